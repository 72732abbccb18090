"""Single values of the installation: the directory's version, the instance's secret."""

import sqlalchemy as sa

from mailroute.store import dialects
from mailroute.store.session import Connection
from mailroute.store.tables import meta


def get(connection: Connection, key: str, *, lock: bool = False) -> str | None:
    """The value under *key*; with *lock* it stays so until the end of this transaction."""
    query = sa.select(meta.c.value).where(meta.c.key == key)
    return connection.execute(query.with_for_update() if lock else query).scalar()


def put(connection: Connection, key: str, value: str) -> None:
    """Sets the value under *key*."""
    connection.execute(dialects.replace(connection, meta, "key", "value").values(key=key, value=value))


def get_or_put(connection: Connection, key: str, value: str) -> str:
    """The value under *key*; *value* when there was none. All who ask at once get the same one."""
    connection.execute(dialects.insert_new(connection, meta, "key").values(key=key, value=value))
    present: str = connection.execute(sa.select(meta.c.value).where(meta.c.key == key)).scalar_one()
    return present
