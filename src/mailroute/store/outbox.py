"""Mail that leaves: written with the decision, sent after it, never twice by a machine's mistake.

A mail is `queued`; `start` claims an attempt, `mark_sending` stands just before the final dot, `mark_results` after the
smarthost's answers. The number of the attempt fences off a sender that was frozen while another one took over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from mailroute.domain.address import address_key, domain_of
from mailroute.domain.outgoing import (
    ComposedMail,
    Deferred,
    Delivery,
    MailDraft,
    OutboxId,
    OutboxItem,
    OutboxState,
    Refused,
    Sent,
)
from mailroute.domain.received import InboxId
from mailroute.domain.ticket import TicketRef
from mailroute.store.dialects import insert_new
from mailroute.store.session import Connection
from mailroute.store.tables import Answer, inbox, outbox, outbox_recipient

LEASE = timedelta(minutes=15)
"""How long a claimed attempt may take; a sender that died before the final dot is replaced after this."""

ANSWERS: Mapping[type[Delivery], Answer] = {
    Sent: Answer.SENT,
    Deferred: Answer.DEFERRED,
    Refused: Answer.REFUSED,
}

UNSETTLED = frozenset({None, Answer.DEFERRED})
"""A recipient's answer while the mail may still go to them."""

RETRIABLE = (
    OutboxState.PERHAPS_SENT,
    OutboxState.EXPIRED,
    OutboxState.REFUSED,
    OutboxState.BOUNCED,
    OutboxState.OBSERVED,
)
"""What a person may queue again."""


# the statements of the path are built once: building one costs more than running it
_THIS = outbox.c.id == sa.bindparam("item")
_STATE = sa.select(outbox.c.state).where(_THIS)
_ROWS = sa.select(outbox, inbox.c.source.label("source")).join(
    inbox, inbox.c.id == outbox.c.after_entry, isouter=True
)
_LOAD = _ROWS.where(_THIS)
_BY_MESSAGE_ID = _ROWS.where(outbox.c.message_id == sa.bindparam("message_id"))
_PEOPLE = (
    sa.select(outbox_recipient)
    .where(outbox_recipient.c.outbox.in_(sa.bindparam("items", expanding=True)))
    .order_by(outbox_recipient.c.outbox, outbox_recipient.c.position)
)
_CLAIM = (
    sa.update(outbox)
    .where(_THIS, outbox.c.state == OutboxState.QUEUED, outbox.c.next_attempt_at <= sa.bindparam("now"))
    .values(
        attempts=outbox.c.attempts + 1, next_attempt_at=sa.bindparam("until"), changed_at=sa.bindparam("now")
    )
)
_OF_ATTEMPT = sa.update(outbox).where(_THIS, outbox.c.attempts == sa.bindparam("attempt"))
_MARK = _OF_ATTEMPT.where(outbox.c.state == OutboxState.QUEUED)
_SETTLE = _OF_ATTEMPT.where(
    outbox.c.state.in_([OutboxState.QUEUED, OutboxState.SENDING, OutboxState.PERHAPS_SENT])
)
_ANSWER = sa.update(outbox_recipient).where(
    outbox_recipient.c.outbox == sa.bindparam("item"),
    outbox_recipient.c.address == sa.bindparam("recipient"),
    # A thawed sender's late answer must not hide that the mail has gone since.
    sa.or_(outbox_recipient.c.answer.is_(None), outbox_recipient.c.answer != Answer.SENT),
)


@dataclass(frozen=True, slots=True)
class Recovered:
    """A mail that was found between the final dot and its answer."""

    id: OutboxId
    kind: str
    state: OutboxState
    """Where it stands now: perhaps sent, or queued again with the same Message-ID."""


def add(
    connection: Connection,
    draft: MailDraft,
    mail: ComposedMail,
    *,
    state: OutboxState,
    now: datetime,
    after_entry: InboxId | None,
) -> OutboxId | None:
    """Puts a mail into the outbox; None when what it is for has been written before."""
    values = {
        "key": draft.key,
        "message_id": mail.message_id,
        "kind": draft.kind,
        "ticket": draft.ticket.number if draft.ticket else None,
        "reader": draft.reader,
        "automatic": draft.automatic,
        "to": draft.to,
        "cc": draft.cc,
        "subject": mail.subject,
        "text": mail.text,
        "raw": mail.raw,
        "mail_from": mail.mail_from,
        "state": state,
        "attempts": 0,
        "created_at": now,
        "changed_at": now,
        "next_attempt_at": now if state is OutboxState.QUEUED else draft.waits and draft.waits.until,
        "after_entry": after_entry,
        "waits": draft.waits,
    }
    insert = insert_new(connection, outbox, "key", returning=("id",))
    number: int | None = connection.execute(insert, values).scalar_one_or_none()
    if number is None:
        return None
    same = {"outbox": number, "automatic": draft.automatic, "created_at": now}
    recipients = [
        {
            **same,
            "position": position,
            "address": address,
            "address_key": address_key(address),
            "domain": domain_of(address_key(address)),
        }
        for position, address in enumerate(mail.rcpt_to)
    ]
    if recipients:
        connection.execute(sa.insert(outbox_recipient), recipients)
    return OutboxId(number)


def due(connection: Connection, now: datetime, limit: int = 100) -> list[OutboxId]:
    """Mails to be sent now, those that wait longest first; also those whose sender died before the final dot."""
    found = connection.scalars(
        sa.select(outbox.c.id)
        .where(outbox.c.state == OutboxState.QUEUED, outbox.c.next_attempt_at <= now)
        .order_by(outbox.c.next_attempt_at)
        .limit(limit)
    )
    return [OutboxId(number) for number in found]


def load(connection: Connection, item: OutboxId) -> OutboxItem | None:
    """One mail, in whatever state, with all its recipients."""
    return next(iter(_items(connection, _LOAD, {"item": item})), None)


def start(connection: Connection, item: OutboxId, now: datetime) -> OutboxItem | None:
    """Claims the next attempt: the mail with those recipients alone that have no final answer yet.

    None when there is nothing to do: sent, observed, not due yet, or in somebody else's hands.
    """
    claim = {"item": item, "now": now, "until": now + LEASE}
    if connection.execute(_CLAIM, claim).rowcount != 1:
        return None
    row = connection.execute(_LOAD, {"item": item}).one()
    people = connection.execute(_PEOPLE, {"items": [item]}).all()
    left = tuple(person.address for person in people if person.answer in UNSETTLED)
    mail = _item(row, people)
    return replace(mail, mail=replace(mail.mail, rcpt_to=left))


def mark_sending(connection: Connection, item: OutboxId, *, attempt: int, now: datetime) -> bool:
    """Just before the final dot of *attempt* (`OutboxItem.attempts`); when it says False the dot must not be sent."""
    mark = {"item": item, "attempt": attempt, "state": OutboxState.SENDING, "changed_at": now}
    return connection.execute(_MARK, mark).rowcount == 1


def mark_results(
    connection: Connection,
    item: OutboxId,
    results: Mapping[str, Delivery],
    *,
    attempt: int,
    now: datetime,
    next_attempt_at: datetime | None,
) -> OutboxState:
    """Writes down the answers of *attempt* by recipient, and where the mail stands now.

    Deferred recipients alone are queued again, for *next_attempt_at*; None gives them up (expired). Answers of an
    attempt that another one has overtaken are kept for the recipients; the mail stays where the other one put it.
    """
    answers = [
        {"item": item, "recipient": address, "answer": ANSWERS[type(result)], "reply": result.reply}
        for address, result in results.items()
    ]
    if answers:
        connection.execute(_ANSWER, answers)
    state, when = _after(connection, item, next_attempt_at)
    change = {"item": item, "attempt": attempt, "state": state, "next_attempt_at": when, "changed_at": now}
    if connection.execute(_SETTLE, change).rowcount == 1:
        return state
    stands: OutboxState = connection.execute(_STATE, {"item": item}).scalar_one()
    return stands


def recover_sending(connection: Connection, older_than: datetime) -> list[Recovered]:
    """Settles mails that have stood before the final dot since *older_than*: their sender is dead.

    Whether they went is unknown. Automatic mail is held; a person's words are queued again, with the same Message-ID.
    """
    stuck = sa.select(outbox.c.id, outbox.c.kind, outbox.c.automatic).where(
        outbox.c.state == OutboxState.SENDING, outbox.c.changed_at < older_than
    )
    recovered = []
    for row in connection.execute(stuck.with_for_update(skip_locked=True)).all():
        state = OutboxState.PERHAPS_SENT if row.automatic else OutboxState.QUEUED
        when = None if row.automatic else older_than
        connection.execute(
            sa.update(outbox).where(outbox.c.id == row.id).values(state=state, next_attempt_at=when)
        )
        recovered.append(Recovered(OutboxId(row.id), row.kind, state))
    return recovered


def requeue(connection: Connection, item: OutboxId, now: datetime) -> bool:
    """Lets a mail that is held, refused, expired or only observed go out after all: a person's word.

    False when it is none of these.
    """
    queued = connection.execute(
        sa.update(outbox)
        .where(outbox.c.id == item, outbox.c.state.in_(RETRIABLE))
        .values(state=OutboxState.QUEUED, next_attempt_at=now, changed_at=now)
    )
    if queued.rowcount != 1:
        return False
    connection.execute(
        sa.update(outbox_recipient)
        .where(outbox_recipient.c.outbox == item, outbox_recipient.c.answer == Answer.REFUSED)
        .values(answer=None)
    )
    return True


def listing(
    connection: Connection,
    *,
    state: OutboxState | None = None,
    ticket: TicketRef | None = None,
    limit: int = 100,
) -> list[OutboxItem]:
    """The newest mails, newest first."""
    query = _ROWS.order_by(outbox.c.id.desc()).limit(limit)
    if state is not None:
        query = query.where(outbox.c.state == state)
    if ticket is not None:
        query = query.where(outbox.c.ticket == ticket.number)
    return _items(connection, query, {})


def find_by_message_id(connection: Connection, message_id: str) -> OutboxItem | None:
    """The mail of ours that has this Message-ID."""
    return next(iter(_items(connection, _BY_MESSAGE_ID, {"message_id": message_id})), None)


def _after(
    connection: Connection, item: OutboxId, next_attempt_at: datetime | None
) -> tuple[OutboxState, datetime | None]:
    answers = {person.answer for person in connection.execute(_PEOPLE, {"items": [item]})}
    if answers & UNSETTLED:
        if next_attempt_at is None:
            return OutboxState.EXPIRED, None
        return OutboxState.QUEUED, next_attempt_at
    return (OutboxState.SENT if Answer.SENT in answers else OutboxState.REFUSED), None


def _items(connection: Connection, query: sa.Select[Any], values: dict[str, Any]) -> list[OutboxItem]:
    rows = connection.execute(query, values).all()
    numbers = [row.id for row in rows]
    people: dict[int, list[sa.Row[Any]]] = {number: [] for number in numbers}
    for person in connection.execute(_PEOPLE, {"items": numbers}) if numbers else ():
        people[person.outbox].append(person)
    return [_item(row, people[row.id]) for row in rows]


def _item(row: sa.Row[Any], people: Sequence[sa.Row[Any]]) -> OutboxItem:
    after = row.source or (None if row.after_entry is None else str(row.after_entry))
    return OutboxItem(
        id=OutboxId(row.id),
        kind=row.kind,
        key=row.key,
        ticket=None if row.ticket is None else TicketRef(row.ticket),
        reader=row.reader,
        automatic=row.automatic,
        to=row.to,
        cc=row.cc,
        mail=ComposedMail(
            message_id=row.message_id,
            subject=row.subject,
            text=row.text,
            raw=bytes(row.raw),
            mail_from=row.mail_from,
            rcpt_to=tuple(person.address for person in people),
        ),
        state=row.state,
        attempts=row.attempts,
        created_at=row.created_at,
        next_attempt_at=row.next_attempt_at,
        results={person.address: person.reply for person in people if person.reply is not None},
        after=after,
    )
