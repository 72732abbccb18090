"""What is on a ticket: its messages, its history, and every Message-ID by which a later mail may find it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import SeenMessage
from mailroute.domain.received import InboxId
from mailroute.domain.ticket import LinkKind, Role, TicketEvent, TicketMessage, TicketRef
from mailroute.store import codec
from mailroute.store.columns import Utc
from mailroute.store.session import Connection
from mailroute.store.tables import ALARM, inbox, message_seen, ticket, ticket_event, ticket_message

SAME_FINGERPRINT = 50
"""How many messages with the same words are looked at, newest first: an alarm may send the same ones for years."""

SAME_MESSAGE_ID = 20
"""How many messages under one Message-ID, oldest first: a flood of copies must not hide the first."""

# the statements of the path are built once: building one costs more than running it
_SAME_ID = (
    sa.select(message_seen)
    .where(message_seen.c.message_id == sa.bindparam("message_id"))
    .order_by(message_seen.c.id)
    .limit(SAME_MESSAGE_ID)
)
_ALL_SAME_WORDS = (
    sa.select(message_seen)
    .where(message_seen.c.fingerprint == sa.bindparam("fingerprint"))
    .order_by(message_seen.c.id.desc())
    .limit(SAME_FINGERPRINT)
)
_SAME_WORDS = _ALL_SAME_WORDS.where(message_seen.c.organisation == sa.bindparam("organisation"))
_SAME_WORDS_OF_NOBODY = _ALL_SAME_WORDS.where(message_seen.c.organisation.is_(None))
_IDS = sa.select(message_seen.c.id, message_seen.c.message_id).where(
    message_seen.c.ticket == sa.bindparam("ref"), message_seen.c.message_id.is_not(None)
)
_LINKS = sa.select(ticket.c.links).where(ticket.c.number == sa.bindparam("ref"))
_FIRST = _IDS.order_by(message_seen.c.id).limit(1)
_LATEST = _IDS.order_by(message_seen.c.id.desc()).limit(sa.bindparam("limit"))


def add_message(connection: Connection, ref: TicketRef, message: TicketMessage) -> None:
    """One more message on the ticket. An entry brings one message of each role: the client's, and ours above it."""
    connection.execute(
        sa.insert(ticket_message),
        {
            "ticket": ref.number,
            "entry": message.entry,
            "source": message.source,
            "author_name": message.author.name,
            "author_address": message.author.address,
            "role": message.role,
            "via": message.via,
            "audience": message.audience,
            "at": message.at,
            "message_id": message.message_id,
            "text": message.text,
            "fingerprint": message.fingerprint,
        },
    )


def add_events(connection: Connection, ref: TicketRef, happened: Sequence[TicketEvent]) -> None:
    """More lines of history, in order."""
    rows = [
        {
            "ticket": ref.number,
            "at": event.at,
            "event": event.event,
            "by": event.by,
            "reasons": event.reasons,
            "details": event.details,
        }
        for event in happened
    ]
    if rows:
        connection.execute(sa.insert(ticket_event), rows)


def messages(connection: Connection, ref: TicketRef) -> list[TicketMessage]:
    """The messages of a ticket and of those merged into it, in the order in which they were kept."""
    mine = sa.select(ticket_message).where(ticket_message.c.ticket.in_(_family(connection, ref)))
    return [_message(row) for row in connection.execute(mine.order_by(ticket_message.c.id))]


def added_since(
    connection: Connection, ref: TicketRef, since: datetime, *, limit: int
) -> list[TicketMessage]:
    """The newest messages that came to the ticket after *since*, whoever wrote them when, oldest first."""
    came = sa.func.coalesce(inbox.c.changed_at, ticket_message.c.at, type_=Utc)
    query = (
        sa.select(ticket_message)
        .join(inbox, inbox.c.id == ticket_message.c.entry, isouter=True)
        .where(ticket_message.c.ticket == ref.number, came > since)
        .order_by(ticket_message.c.id.desc())
        .limit(limit)
    )
    return [_message(row) for row in reversed(connection.execute(query).all())]


def lately(
    connection: Connection, refs: Collection[TicketRef], *, since: datetime, limit: int
) -> list[tuple[TicketRef, TicketMessage]]:
    """What clients have written on these tickets, newest first."""
    if not refs:
        return []
    theirs = sa.select(ticket_message).where(
        ticket_message.c.ticket.in_([ref.number for ref in refs]),
        ticket_message.c.role.in_([Role.CLIENT, Role.STRANGER]),
        ticket_message.c.at >= since,
    )
    rows = connection.execute(theirs.order_by(ticket_message.c.id.desc()).limit(limit))
    return [(TicketRef(row.ticket), _message(row)) for row in rows]


def of_organisation(connection: Connection, organisation: str, *, limit: int) -> list[TicketMessage]:
    """The newest messages of a client's people, oldest first."""
    theirs = (
        sa.select(ticket_message)
        .join(ticket, ticket.c.number == ticket_message.c.ticket)
        .where(ticket.c.organisation == organisation, ticket_message.c.role == Role.CLIENT)
        .order_by(ticket_message.c.ticket.desc(), ticket_message.c.id.desc())
        .limit(limit)
    )
    return sorted((_message(row) for row in connection.execute(theirs)), key=lambda one: one.at)


def _family(connection: Connection, ref: TicketRef) -> list[int]:
    """The ticket's number and those of all tickets that have become part of it, however deep."""
    found = [ref.number]
    for number in found:
        links = connection.execute(_LINKS, {"ref": number}).scalar() or ()
        merged = (link.ref.number for link in links if link.kind is LinkKind.MERGED_FROM)
        found.extend(one for one in merged if one not in found)
    return found


def of_entry(connection: Connection, ref: TicketRef, entry: InboxId) -> TicketMessage | None:
    """What one of us wrote in the mail that *entry* brought to the ticket."""
    mine = sa.select(ticket_message).where(
        ticket_message.c.ticket == ref.number, ticket_message.c.entry == entry
    )
    found = [_message(row) for row in connection.execute(mine.order_by(ticket_message.c.id))]
    return next((message for message in found if message.role.is_staff), None)


def readdress(connection: Connection, ref: TicketRef, organisation: str | None) -> None:
    """The messages of a ticket are of another client: the same words by another path are looked for there."""
    theirs = sa.update(message_seen).where(
        message_seen.c.ticket == ref.number, message_seen.c.ours.is_(False)
    )
    connection.execute(theirs.values(organisation=organisation))


def events(connection: Connection, ref: TicketRef) -> list[TicketEvent]:
    """The history of a ticket, oldest first."""
    mine = sa.select(ticket_event).where(ticket_event.c.ticket == ref.number)
    return [
        TicketEvent(at=row.at, event=row.event, by=row.by, reasons=row.reasons, details=row.details)
        for row in connection.execute(mine.order_by(ticket_event.c.id))
    ]


def alarms(connection: Connection, since: datetime, limit: int = 10) -> list[TicketRef]:
    """Tickets that have lately gathered clients who may have nothing to do with each other, newest first."""
    found = sa.select(ticket_event.c.ticket).where(ALARM, ticket_event.c.at >= since)
    rows = connection.execute(found.order_by(ticket_event.c.id.desc()).limit(limit))
    return list(dict.fromkeys(TicketRef(row.ticket) for row in rows))


def remember(connection: Connection, known: Sequence[SeenMessage], *, organisation: str | None) -> None:
    """Which ticket these messages belong to, so that answers, forwards and copies of them find it."""
    rows = [
        {
            "ticket": message.ticket.number,
            "entry": message.entry,
            "message_id": message.message_id,
            "content_hash": message.sha256,
            "ours": message.ours,
            "fingerprint": message.fingerprint,
            "organisation": organisation,
            "at": message.at,
            "named_in": message.named_in,
        }
        for message in known
    ]
    if rows:
        connection.execute(sa.insert(message_seen), rows)


def seen(
    connection: Connection,
    *,
    message_ids: Collection[str],
    fingerprint: str = "",
    organisation: str | None = None,
) -> list[SeenMessage]:
    """Messages here under one of *message_ids*, then those with the same words for the same organisation.

    An empty *fingerprint* finds nothing: the message was too short to be told from others by its words.
    """
    found = list(_by_message_id(connection, dict.fromkeys(message_ids)))
    if not fingerprint:
        return found
    if organisation is None:
        rows = connection.execute(_SAME_WORDS_OF_NOBODY, {"fingerprint": fingerprint})
    else:
        rows = connection.execute(_SAME_WORDS, {"fingerprint": fingerprint, "organisation": organisation})
    others = [_seen(row, row.message_id) for row in rows]
    return found + [message for message in others if message not in found]


def thread(
    connection: Connection,
    refs: Iterable[TicketRef],
    limit: int = 20,
    *,
    merged: Mapping[TicketRef, Sequence[TicketRef]] | None = None,
) -> dict[TicketRef, tuple[str, ...]]:
    """Message-IDs of each ticket, oldest first: the very first and the latest (RFC 5322 §3.6.4 lets the middle go).

    *merged* names the tickets that have become part of another one: their ids are in that one's thread.
    """
    ids: dict[TicketRef, tuple[str, ...]] = {}
    for ref in refs:
        rows: list[sa.Row[Any, Any]] = []
        for one in (ref, *(merged or {}).get(ref, ())):
            rows += connection.execute(_FIRST, {"ref": one.number}).all()
            rows += connection.execute(_LATEST, {"ref": one.number, "limit": limit - 1}).all()
        by_age = (row.message_id for row in sorted(rows, key=lambda row: row.id))
        ids[ref] = tuple(dict.fromkeys(one for one in by_age if not codec.is_shortened(one)))
    return ids


def _by_message_id(connection: Connection, wanted: Iterable[str]) -> Iterator[SeenMessage]:
    for message_id in wanted:
        for row in connection.execute(_SAME_ID, {"message_id": message_id}):
            yield _seen(row, message_id)


def _seen(row: sa.Row[Any], message_id: str | None) -> SeenMessage:
    return SeenMessage(
        ticket=TicketRef(row.ticket),
        entry=None if row.entry is None else InboxId(row.entry),
        message_id=message_id,
        sha256=row.content_hash,
        ours=row.ours,
        fingerprint=row.fingerprint,
        at=row.at,
        named_in=row.named_in,
    )


def _message(row: sa.Row[Any]) -> TicketMessage:
    return TicketMessage(
        entry=None if row.entry is None else InboxId(row.entry),
        source=row.source,
        author=Mailbox(row.author_name, row.author_address),
        role=row.role,
        via=row.via,
        audience=row.audience,
        at=row.at,
        message_id=row.message_id,
        text=row.text,
        fingerprint=row.fingerprint,
    )
