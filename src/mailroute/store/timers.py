"""Moments at which something falls due on a ticket. The rows are the truth; a sweep fires those that are due."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailroute.domain.ticket import TicketRef
from mailroute.store.dialects import insert_new
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


def due(connection: Connection, now: datetime, limit: int = 100, *, kind: str | None = None) -> list[Timer]:
    """Timers that should have fired by now, of one kind or of all, the most overdue first."""
    query = sa.select(timer).where(timer.c.fired_at.is_(None), timer.c.due_at <= now)
    if kind is not None:
        query = query.where(timer.c.kind == kind)
    rows = connection.execute(query.order_by(timer.c.due_at).limit(limit))
    return [Timer(row.kind, TicketRef(row.ticket), row.n, row.due_at) for row in rows]


def next_due(connection: Connection) -> datetime | None:
    """When the next timer falls due."""
    waiting = sa.select(timer.c.due_at).where(timer.c.fired_at.is_(None))
    return connection.execute(waiting.order_by(timer.c.due_at).limit(1)).scalar()


def fire(connection: Connection, fired: Timer, now: datetime) -> bool:
    """Claims a timer for this transaction; False when it is gone or somebody else has fired it."""
    marked = connection.execute(
        sa.update(timer)
        .where(
            timer.c.kind == fired.kind,
            timer.c.ticket == fired.ticket.number,
            timer.c.n == fired.n,
            timer.c.fired_at.is_(None),
        )
        .values(fired_at=now)
    )
    return marked.rowcount == 1


def cancel(connection: Connection, ticket: TicketRef, kind: str | None = None) -> int:
    """Takes back timers of a ticket that have not fired: of one kind, or all. How many there were."""
    mine = sa.delete(timer).where(timer.c.ticket == ticket.number, timer.c.fired_at.is_(None))
    return connection.execute(mine if kind is None else mine.where(timer.c.kind == kind)).rowcount
