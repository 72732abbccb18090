"""Writing an outcome: rows for the ticket, its history and its mails, in the transaction that gathered the facts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from mailroute.domain.decisions import (
    Action,
    Change,
    Facts,
    Outcome,
    SeenMessage,
    WaitingReply,
    WordOnHeld,
)
from mailroute.domain.errors import TryLater
from mailroute.domain.outgoing import ComposedMail, MailDraft, OutboxId, OutboxState
from mailroute.domain.policy import Mode, Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.received import Verdict
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import read_message_id
from mailroute.followups.planning import looks
from mailroute.services.keep_account import keep_account, keep_released
from mailroute.services.outgoing import EnqueueDelivery, going, write_mail
from mailroute.services.promises_kept import settle_by_events
from mailroute.store import (
    account,
    corrections,
    digests,
    directory,
    inbox,
    mailboxes,
    messages,
    returned,
    silences,
    tickets,
    timers,
    waiting,
)
from mailroute.store.session import Connection
from mailroute.store.timers import Timer
from mailroute.threads.subjects import base_subject
from mailroute.tickets.move import RESTING

Compose = Callable[[MailDraft, Facts], ComposedMail]

WAKE = "wake"
"""Kind of timer that brings a waiting or sleeping ticket back to its PM."""

CANARY = "canary"
"""Name of the door by which mail to ourselves comes back."""

MOST_NAMED = 10
"""Message-IDs of mails that are not here which one message makes known: the nearest ones."""


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
        state = _state(facts, draft)
        mail = compose(draft, facts)
        written = write_mail(connection, draft, mail, state, now=facts.now, after_entry=facts.entry.id)
        if written is not None:
            mails.append((written, draft.kind, state))
            if state is OutboxState.QUEUED:
                enqueue(connection, written)
    silences.add_silences(connection, outcome.silences, now=facts.now, after_entry=facts.entry.id)
    if outcome.digest_choice is not None and facts.identity.staff is not None:
        digests.choose(connection, facts.identity.staff, outcome.digest_choice)
    if outcome.projects:
        directory.put_projects(connection, outcome.projects)
    if outcome.word_on_held is not None:
        _settle_held(connection, facts, outcome.word_on_held)
    if outcome.canary_is_back:
        mailboxes.mail_came(connection, CANARY, facts.now)
    if (lost := outcome.came_back) is not None:
        returned.mark_bounced(connection, lost.id, dict(lost.answers), now=facts.now)
    if outcome.word_on_waiting is not None and facts.asked_about is not None:
        send, mode = outcome.word_on_waiting.send, facts.policy.mode
        settle_waiting(connection, facts.asked_about, send, mode, enqueue, facts.now)
    inbox.finish(
        connection,
        facts.entry.id,
        action=outcome.placement.action,
        ticket=outcome.placement.ticket,
        reasons=tuple(dict.fromkeys((*outcome.identity.reasons, *outcome.placement.reasons))),
        at=facts.now,
    )
    return Written(tuple(mails))


def _state(facts: Facts, draft: MailDraft) -> OutboxState:
    """Mail of the past causes none that goes out, in whatever mode, now or later."""
    if facts.entry.observed:
        return OutboxState.OBSERVED
    return OutboxState.WAITING if draft.waits else going(facts.policy.mode)


def settle_waiting(
    connection: Connection,
    reply: WaitingReply,
    send: bool,
    mode: Mode,
    enqueue: EnqueueDelivery,
    now: datetime,
) -> None:
    """Let a reply that waits go with its copies, or drop it; what becomes of its ticket is written apart.

    Raises:
        TryLater: somebody was faster.
    """
    state = going(mode) if send else OutboxState.DROPPED
    moved = waiting.settle(connection, reply, state, now=now)
    if not moved:
        raise TryLater("the reply that waited has just been settled")
    if send:
        waiting.publish(connection, reply)
        keep_released(connection, reply, now)
    if state is OutboxState.QUEUED:
        for number in moved:
            enqueue(connection, number)


def _settle_held(connection: Connection, facts: Facts, word: WordOnHeld) -> None:
    """Let a held message in as its author's, or drop it; nothing when somebody was faster."""
    if word.let_in:
        inbox.retry(connection, word.entry, vouched=Verdict.PASS)
        return
    why = Reason("dropped-by-staff", facts.identity.author.address or "")
    inbox.drop(connection, word.entry, reason=why, at=facts.now)


def _write_ticket(connection: Connection, facts: Facts, outcome: Outcome) -> None:
    for change in outcome.also:
        write_change(connection, change, facts.policy)
    ticket = outcome.ticket
    if ticket is None:
        return
    change = Change(
        before=facts.ticket(ticket.ref),
        after=ticket,
        events=outcome.events,
        messages=outcome.messages,
        wake_at=outcome.wake_at,
    )
    write_change(connection, change, facts.policy)
    keep_account(connection, facts, outcome)
    if outcome.messages or outcome.placement.action is Action.APPEND:
        known = _ids_to_remember(facts, outcome, ticket.ref)
        messages.remember(connection, known, organisation=ticket.organisation)


def write_change(connection: Connection, change: Change, policy: Policy) -> None:
    """What becomes of one ticket: its row, messages, history and the moment at which it comes back by itself."""
    before, after = change.before, change.after
    if before is None:
        tickets.insert(connection, after)
    else:
        tickets.update(connection, after, before.version)
        if before.organisation != after.organisation:
            messages.readdress(connection, after.ref, after.organisation)
            author = (before.requester, after.requester)
            account.readdress(connection, after.ref, after.organisation, author=author)
        if before.whose_move in RESTING and before.whose_move is not after.whose_move:
            timers.cancel(connection, after.ref, WAKE)
    for message in change.messages:
        messages.add_message(connection, after.ref, message)
    messages.add_events(connection, after.ref, change.events)
    for event in change.events:
        corrections.keep(connection, after.ref, event)
    if change.wake_at is not None:
        timers.cancel(connection, after.ref, WAKE)
        occasion = after.version if before is None else before.version + 1
        timers.plan(connection, Timer(WAKE, after.ref, occasion, change.wake_at))
    settle_by_events(connection, change)
    for kind, at in looks(before, after, change.events, policy).items():
        if at is None:
            timers.cancel(connection, after.ref, kind)
        else:
            timers.look(connection, after.ref, kind, at)


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
    return [*_only_named(facts, own), *known]


def _only_named(facts: Facts, own: SeenMessage) -> list[SeenMessage]:
    """What the message answers and nobody has shown us: it may come later, or others may answer it, too."""
    parsed = facts.reading.parsed
    here = {seen.message_id for seen in facts.seen if seen.named_in is None or seen.ticket == own.ticket}
    ids = dict.fromkeys((*parsed.references, *parsed.in_reply_to))
    new = [
        i for i in ids if i not in here | {parsed.message_id} and not read_message_id(facts.policy.secret, i)
    ]
    subject = base_subject(parsed.subject)
    return [
        replace(own, entry=None, message_id=i, sha256=None, fingerprint="", named_in=subject)
        for i in new[-MOST_NAMED:]
    ]
