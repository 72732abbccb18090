"""Replies of ours that wait for their author's word; known by the inbox entry that brought them."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from mailroute.domain.decisions import WaitingReply
from mailroute.domain.outgoing import QUESTIONS, OutboxId, OutboxState
from mailroute.domain.received import InboxId
from mailroute.domain.ticket import Audience, TicketRef
from mailroute.store.session import Connection
from mailroute.store.tables import inbox, outbox, ticket_message

_DUE = (
    sa.select(outbox.c.after_entry, outbox.c.next_attempt_at)
    .where(outbox.c.state == OutboxState.WAITING, outbox.c.next_attempt_at <= sa.bindparam("now"))
    .order_by(outbox.c.next_attempt_at)
    .limit(sa.bindparam("limit"))
)
# by way of the ticket, whose mails are few and have an index
_OF_ENTRY = (
    sa.select(outbox.c.ticket, outbox.c.to, outbox.c.state, outbox.c.waits)
    .join(inbox, inbox.c.ticket == outbox.c.ticket)
    .where(
        inbox.c.id == sa.bindparam("entry"),
        outbox.c.after_entry == inbox.c.id,
        outbox.c.waits.is_not(None),
    )
    .order_by(outbox.c.id)
    .limit(1)
)
_ASKED_BY = sa.select(outbox.c.after_entry).where(
    outbox.c.message_id == sa.bindparam("message_id"), outbox.c.kind.in_(sorted(QUESTIONS))
)


def find(connection: Connection, entry: InboxId) -> WaitingReply | None:
    """The reply that *entry* brought, if it had to wait, wherever it stands now."""
    row = connection.execute(_OF_ENTRY, {"entry": entry}).one_or_none()
    if row is None:
        return None
    return WaitingReply(entry=entry, ticket=TicketRef(row.ticket), to=row.to, state=row.state, wait=row.waits)


def entry_of(connection: Connection, item: OutboxId) -> InboxId | None:
    """The entry that brought this mail."""
    number = connection.execute(sa.select(outbox.c.after_entry).where(outbox.c.id == item)).scalar()
    return None if number is None else InboxId(number)


def asked_by(connection: Connection, message_ids: Collection[str]) -> InboxId | None:
    """The entry of the reply that a question of ours with one of these Message-IDs was about."""
    for message_id in message_ids:
        number = connection.execute(_ASKED_BY, {"message_id": message_id}).scalar()
        if number is not None:
            return InboxId(number)
    return None


def due(connection: Connection, now: datetime, limit: int = 100) -> list[tuple[InboxId, datetime]]:
    """Entries whose replies go by themselves by *now*, with the moment, the most overdue first."""
    rows = connection.execute(_DUE, {"now": now, "limit": limit}).all()
    found = {InboxId(row.after_entry): row.next_attempt_at for row in reversed(rows)}
    return sorted(found.items(), key=lambda one: one[1])


def last_due(connection: Connection) -> datetime | None:
    """When the last of the replies that wait now goes by itself; None when none does."""
    query = sa.select(sa.func.max(outbox.c.next_attempt_at)).where(outbox.c.state == OutboxState.WAITING)
    last: datetime | None = connection.execute(query).scalar()
    return last


def settle(
    connection: Connection, waiting: WaitingReply, state: OutboxState, *, now: datetime
) -> list[OutboxId]:
    """Puts the reply, and the copies that wait with it, into *state*; which mails. None: somebody was faster."""
    mine = (outbox.c.ticket == waiting.ticket.number, outbox.c.after_entry == waiting.entry)
    moved = connection.execute(
        sa.update(outbox)
        .where(*mine, outbox.c.state == OutboxState.WAITING)
        .values(state=state, next_attempt_at=now if state is OutboxState.QUEUED else None, changed_at=now)
        .returning(outbox.c.id)
    )
    return [OutboxId(number) for number in sorted(moved.scalars())]


def publish(connection: Connection, waiting: WaitingReply) -> None:
    """The words of the reply are the client's to read from now on."""
    connection.execute(
        sa.update(ticket_message)
        .where(ticket_message.c.ticket == waiting.ticket.number, ticket_message.c.entry == waiting.entry)
        .values(audience=Audience.PUBLIC)
    )
