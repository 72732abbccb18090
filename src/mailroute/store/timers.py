"""Moments at which something falls due on a ticket. The rows are the truth; a sweep fires those that are due."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailroute.domain.ticket import TicketRef
from mailroute.store.dialects import insert_new, look_by
from mailroute.store.session import Connection
from mailroute.store.tables import timer


@dataclass(frozen=True, slots=True)
class Timer:
    """One of them: the *n*-th of its kind on the ticket."""

    kind: str
    ticket: TicketRef
    n: int
    due_at: datetime


def plan(connection: Connection, planned: Timer) -> bool:
    """Sets a timer; False when this one was set before, whether it has fired or not."""
    values = {
        "kind": planned.kind,
        "ticket": planned.ticket.number,
        "n": planned.n,
        "due_at": planned.due_at,
    }
    insert = insert_new(connection, timer, "ticket", "kind", "n", returning=("id",))
    return connection.execute(insert, values).scalar_one_or_none() is not None


def look(connection: Connection, ticket: TicketRef, kind: str, due_at: datetime) -> None:
    """Sees to it that the ticket is looked at by *due_at*; a look of this kind planned for earlier stays.

    Such a kind has one timer a ticket, which is set again and again.
    """
    values = {"kind": kind, "ticket": ticket.number, "n": 0, "due_at": due_at, "fired_at": None}
    connection.execute(look_by(connection, timer), values)


def due(
    connection: Connection,
    now: datetime,
    limit: int = 100,
    *,
    kind: str | None = None,
    kinds: Collection[str] | None = None,
) -> list[Timer]:
    """Timers that should have fired by now, of one kind, of some or of all, the most overdue first."""
    query = sa.select(timer).where(timer.c.fired_at.is_(None), timer.c.due_at <= now)
    if kind is not None:
        query = query.where(timer.c.kind == kind)
    if kinds is not None:
        query = query.where(timer.c.kind.in_(kinds))
    rows = connection.execute(query.order_by(timer.c.due_at).limit(limit))
    return [Timer(row.kind, TicketRef(row.ticket), row.n, row.due_at) for row in rows]


def next_due(connection: Connection) -> datetime | None:
    """When the next timer falls due."""
    waiting = sa.select(timer.c.due_at).where(timer.c.fired_at.is_(None))
    return connection.execute(waiting.order_by(timer.c.due_at).limit(1)).scalar()


def watched(connection: Connection, kind: str, limit: int = 1000) -> list[TicketRef]:
    """Tickets that have a timer of this kind before them, the next one first."""
    waiting = sa.select(timer.c.ticket).where(timer.c.fired_at.is_(None), timer.c.kind == kind)
    return [
        TicketRef(number)
        for number in connection.execute(waiting.order_by(timer.c.due_at).limit(limit)).scalars()
    ]


def overdue(connection: Connection, since: datetime) -> tuple[int, datetime | None]:
    """How many timers should have fired before *since*, up to a thousand, and when the first one should have."""
    late = sa.select(timer.c.due_at).where(timer.c.fired_at.is_(None), timer.c.due_at < since)
    moments = connection.execute(late.order_by(timer.c.due_at).limit(1000)).scalars().all()
    return len(moments), next(iter(moments), None)


def fire(connection: Connection, fired: Timer, now: datetime) -> bool:
    """Claims a timer for this transaction; False when it is gone, put off, or somebody else has fired it."""
    marked = connection.execute(
        sa.update(timer)
        .where(
            timer.c.kind == fired.kind,
            timer.c.ticket == fired.ticket.number,
            timer.c.n == fired.n,
            timer.c.fired_at.is_(None),
            timer.c.due_at <= now,
        )
        .values(fired_at=now)
    )
    return marked.rowcount == 1


def cancel(connection: Connection, ticket: TicketRef, kind: str | None = None) -> int:
    """Takes back timers of a ticket that have not fired: of one kind, or all. How many there were."""
    mine = sa.delete(timer).where(timer.c.ticket == ticket.number, timer.c.fired_at.is_(None))
    return connection.execute(mine if kind is None else mine.where(timer.c.kind == kind)).rowcount
