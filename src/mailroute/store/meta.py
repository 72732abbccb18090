"""Single values of the installation: the directory's version, the instance's secret."""

import sqlalchemy as sa

from mailroute.store import dialects
from mailroute.store.session import Connection
from mailroute.store.tables import meta

_GET = sa.select(meta.c.value).where(meta.c.key == sa.bindparam("key"))
_LOCK = _GET.with_for_update()


def get(connection: Connection, key: str, *, lock: bool = False) -> str | None:
    """The value under *key*; with *lock* it stays so until the end of this transaction."""
    return connection.execute(_LOCK if lock else _GET, {"key": key}).scalar()


def put(connection: Connection, key: str, value: str) -> None:
    """Sets the value under *key*."""
    overwrite = dialects.replace(connection, meta, "key", "value")
    connection.execute(overwrite, {"key": key, "value": value})


def get_or_put(connection: Connection, key: str, value: str) -> str:
    """The value under *key*; *value* when there was none. All who ask at once get the same one."""
    connection.execute(dialects.insert_new(connection, meta, "key"), {"key": key, "value": value})
    present: str = connection.execute(_GET, {"key": key}).scalar_one()
    return present
