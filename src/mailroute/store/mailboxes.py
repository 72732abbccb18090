"""How far mailboxes have been read, and when each door by which mail comes was last used."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from mailroute.domain.mailboxes import Cursor, DoorState
from mailroute.store.dialects import overwrite
from mailroute.store.session import Connection, last
from mailroute.store.tables import door, imap_cursor


def cursor(connection: Connection, name: str) -> Cursor | None:
    """How far the folder of this name has been read."""
    row = connection.execute(sa.select(imap_cursor).where(imap_cursor.c.name == name)).one_or_none()
    if row is None:
        return None
    return Cursor(
        uidvalidity=row.uidvalidity,
        taken_uid=row.taken_uid,
        settled_uid=row.settled_uid,
        since=row.since,
        since_uid=row.since_uid,
    )


def note(connection: Connection, name: str, at: Cursor) -> None:
    """Note how far the folder of this name has been read."""
    values = {
        "name": name,
        "uidvalidity": at.uidvalidity,
        "taken_uid": at.taken_uid,
        "settled_uid": at.settled_uid,
        "since": at.since,
        "since_uid": at.since_uid,
    }
    connection.execute(overwrite(connection, imap_cursor, "name", *(set(values) - {"name"})), values)


def opened(connection: Connection, names: Iterable[str], at: datetime) -> None:
    """Doors that are open from now on; what was known of them stays known."""
    rows = [{"name": name, "since": at} for name in sorted(set(names))]
    if rows:
        connection.execute(overwrite(connection, door, "name", "since"), rows)


def looked(connection: Connection, name: str, at: datetime, trouble: str | None) -> None:
    """A look into a mailbox: a good one, or one that failed by *trouble*."""
    values = {"name": name, "since": at, "looked_at": at if trouble is None else None, "trouble": trouble}
    columns = ("trouble",) if trouble else ("looked_at", "trouble")
    connection.execute(overwrite(connection, door, "name", *columns), values)


def mail_came(connection: Connection, name: str, at: datetime) -> None:
    """Mail came by a door."""
    values = {"name": name, "since": at, "mail_at": at}
    # many transactions change the one row of a door: just before the commit, so that none waits for another's work
    last(connection, f"door:{name}", overwrite(connection, door, "name", "mail_at"), values)


def doors(connection: Connection) -> Mapping[str, DoorState]:
    """Every door that was ever open, by name."""
    return {
        row.name: DoorState(
            name=row.name, since=row.since, looked_at=row.looked_at, mail_at=row.mail_at, trouble=row.trouble
        )
        for row in connection.execute(sa.select(door))
    }
