"""Writing an outcome: rows for the ticket, its history and its mails, in the transaction that gathered the facts."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from mailroute.domain.decisions import Facts, Outcome, SeenMessage
from mailroute.domain.outgoing import ComposedMail, MailDraft, OutboxId, OutboxState
from mailroute.domain.policy import Mode
from mailroute.domain.ticket import TicketRef
from mailroute.store import inbox, messages, outbox, silences, tickets
from mailroute.store.session import Connection

Compose = Callable[[MailDraft, Facts], ComposedMail]
EnqueueDelivery = Callable[[Connection, OutboxId], None]


@dataclass(frozen=True, slots=True)
class Written:
    """Outgoing mails that were written, and in which state."""

    mails: tuple[tuple[OutboxId, str, OutboxState], ...] = ()


def apply(
    connection: Connection, facts: Facts, outcome: Outcome, *, compose: Compose, enqueue: EnqueueDelivery
) -> Written:
    """Make *outcome* true. The caller's transaction makes it all or nothing."""
    _write_ticket(connection, facts, outcome)
    mails = []
    for draft in outcome.drafts:
        state = OutboxState.QUEUED if facts.policy.mode is Mode.LIVE else OutboxState.OBSERVED
        written = _write_mail(connection, facts, draft, compose(draft, facts), state)
        if written is not None:
            mails.append((written, draft.kind, state))
            if state is OutboxState.QUEUED:
                enqueue(connection, written)
    silences.add_silences(connection, outcome.silences, now=facts.now, after_entry=facts.entry.id)
    inbox.finish(
        connection,
        facts.entry.id,
        action=outcome.placement.action,
        ticket=outcome.placement.ticket,
        reasons=tuple(dict.fromkeys((*outcome.identity.reasons, *outcome.placement.reasons))),
        at=facts.now,
    )
    return Written(tuple(mails))


def _write_ticket(connection: Connection, facts: Facts, outcome: Outcome) -> None:
    ticket = outcome.ticket
    if ticket is None:
        return
    before = facts.ticket(ticket.ref)
    if before is None:
        tickets.insert(connection, ticket)
    else:
        tickets.update(connection, ticket, before.version)
    for message in outcome.messages:
        messages.add_message(connection, ticket.ref, message)
    messages.add_events(connection, ticket.ref, outcome.events)
    if outcome.messages:
        known = _ids_to_remember(facts, outcome, ticket.ref)
        messages.remember(connection, known, organisation=ticket.organisation)


def _ids_to_remember(facts: Facts, outcome: Outcome, ref: TicketRef) -> list[SeenMessage]:
    """Every id by which this message may come again or be answered: its own, and those of what it forwards."""
    parsed = facts.reading.parsed
    own = SeenMessage(
        ticket=ref,
        entry=facts.entry.id,
        message_id=parsed.message_id,
        sha256=outcome.content_hash,
        ours=False,
        fingerprint=next((m.fingerprint for m in outcome.messages if m.fingerprint), ""),
        at=facts.now,
    )
    known, level = [own], parsed.forwarded
    while level is not None:
        if level.message_id:
            known.append(replace(own, message_id=level.message_id, sha256=None, fingerprint=""))
        level = level.inner
    return known


def _write_mail(
    connection: Connection, facts: Facts, draft: MailDraft, mail: ComposedMail, state: OutboxState
) -> OutboxId | None:
    written = outbox.add(connection, draft, mail, state=state, now=facts.now, after_entry=facts.entry.id)
    if written is not None and draft.ticket is not None:
        ours = SeenMessage(
            ticket=draft.ticket, entry=None, message_id=mail.message_id, sha256=None, ours=True, at=facts.now
        )
        messages.remember(connection, [ours], organisation=None)
    return written
