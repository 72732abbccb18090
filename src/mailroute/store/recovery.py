"""Mails whose sender is known to be dead, and how many mails stand where."""

from datetime import datetime

import sqlalchemy as sa

from mailroute.domain.outgoing import OutboxId, OutboxState
from mailroute.store.outbox import Recovered
from mailroute.store.session import Connection
from mailroute.store.tables import outbox


def sender_died(connection: Connection, item: OutboxId, now: datetime) -> Recovered | None:
    """Settles one mail that a dead sender had in hand; None when nobody had.

    Before the final dot it is queued again at once. At the dot it is unknown whether it went: a machine's mail is
    held as perhaps sent, a person's words are queued again under the same Message-ID.
    """
    row = connection.execute(
        sa.select(outbox.c.kind, outbox.c.automatic, outbox.c.state)
        .where(outbox.c.id == item, outbox.c.state.in_([OutboxState.QUEUED, OutboxState.SENDING]))
        .with_for_update()
    ).one_or_none()
    if row is None:
        return None
    held = row.state is OutboxState.SENDING and row.automatic
    state = OutboxState.PERHAPS_SENT if held else OutboxState.QUEUED
    connection.execute(
        sa.update(outbox)
        .where(outbox.c.id == item)
        .values(state=state, next_attempt_at=None if held else now, changed_at=now)
    )
    return Recovered(item, row.kind, state)


def give_back(connection: Connection, item: OutboxId, *, marked_at: datetime | None, now: datetime) -> None:
    """Lets a mail go out again at once whose sender knows that it has not sent the final dot.

    *marked_at* is the moment that this sender gave to `mark_sending`, if it came so far: the mark of another one is
    left alone, whatever the number of its attempt (a database that crashed may have given a number twice). Should
    another one have it in hand before the dot, a job waits for them, and finds nothing to do.
    """
    ours = sa.and_(outbox.c.state == OutboxState.SENDING, outbox.c.changed_at == marked_at)
    connection.execute(
        sa.update(outbox)
        .where(outbox.c.id == item, sa.or_(outbox.c.state == OutboxState.QUEUED, ours))
        .values(state=OutboxState.QUEUED, next_attempt_at=now, changed_at=now)
    )


def counts(connection: Connection) -> dict[OutboxState, int]:
    """Mails by state."""
    counted = connection.execute(sa.select(outbox.c.state, sa.func.count()).group_by(outbox.c.state))
    return dict.fromkeys(OutboxState, 0) | {row[0]: row[1] for row in counted}
