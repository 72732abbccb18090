"""Who has had which digest, and how often each wants one."""

from datetime import datetime

import sqlalchemy as sa

from mailroute.domain.digest import Frequency, View
from mailroute.store.dialects import insert_new
from mailroute.store.session import Connection
from mailroute.store.tables_account import digest_choice, digest_sent


def claim(connection: Connection, staff: str, view: View, period: str, at: datetime, *, empty: bool) -> bool:
    """Note that this digest is made; False when it was made before."""
    row = {"staff": staff, "view": view, "period": period, "at": at, "empty": empty}
    insert = insert_new(connection, digest_sent, "staff", "view", "period", returning=("staff",))
    return connection.execute(insert, row).scalar_one_or_none() is not None


def is_made(connection: Connection, staff: str, view: View, period: str) -> bool:
    """Whether the digest of this period was made, with or without anything to tell."""
    query = sa.select(digest_sent.c.at).where(
        digest_sent.c.staff == staff, digest_sent.c.view == view, digest_sent.c.period == period
    )
    return connection.execute(query).scalar() is not None


def last_at(connection: Connection, staff: str, view: View) -> datetime | None:
    """When the last one was made."""
    query = sa.select(sa.func.max(digest_sent.c.at)).where(
        digest_sent.c.staff == staff, digest_sent.c.view == view
    )
    found: datetime | None = connection.execute(query).scalar()
    return found


def choices(connection: Connection) -> dict[str, Frequency]:
    """What people chose, by staff id."""
    return {row.staff: row.frequency for row in connection.execute(sa.select(digest_choice))}


def choose(connection: Connection, staff: str, frequency: Frequency) -> None:
    """Keep how often somebody wants it."""
    mine = digest_choice.c.staff == staff
    if not connection.execute(sa.update(digest_choice).where(mine).values(frequency=frequency)).rowcount:
        connection.execute(sa.insert(digest_choice), {"staff": staff, "frequency": frequency})
