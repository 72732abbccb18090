"""Replies to clients that wait for another word of their author: why, until when, and what becomes of the ticket. Pure.

A guard looks at a reply that is about to go and may object (`Objection`); `services.guards.GUARDS` lists them. With an
objection the reply and the copies for colleagues wait, and its author is asked: `send`, or `drop`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from mailroute.domain.decisions import Change, Facts, Objection, WaitingReply
from mailroute.domain.directory import Staff
from mailroute.domain.outgoing import MailDraft, Reader, Wait
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Ticket, TicketEvent, TicketMessage
from mailroute.domain.tokens import ReplyAudience, ReplyToken, reply_address
from mailroute.tickets.letters import mailbox_of
from mailroute.tickets.lifecycle import after_staff_reply
from mailroute.tickets.move import ANSWERS, ASKS, ENDS, turn

Guard = Callable[[Facts, Ticket, TicketMessage], Objection | None]
"""Looks at the words that are about to go to the client of the ticket; None lets them go."""

UNTIL = "until"
"""Detail of the event `reply-held`: when the reply goes by itself."""


def word_address(facts: Facts) -> str:
    """Where the author of this message answers whether the reply in it shall go: Reply-To of the question."""
    token = ReplyToken(ReplyAudience.WAITING, int(facts.entry.id))
    return reply_address(facts.policy.secret, facts.policy.service.routing_address, token)


def ask_author(
    kind: str, facts: Facts, author: Staff, ticket: Ticket, subject: str, context: Mapping[str, Any]
) -> MailDraft:
    """A guard's question to the author of the reply, in answer to it; `send` or `drop` leads back here."""
    return MailDraft(
        kind=kind,
        key=f"{kind}:{ticket.ref}:{facts.entry.id}:{author.id}",
        ticket=ticket.ref,
        to=(mailbox_of(author),),
        reader=Reader.INTERNAL,
        subject=f"{subject}: {ticket.title}",
        sender_name=facts.policy.service.name,
        answers_go_to=word_address(facts),
        answers=facts.reading.parsed.message_id,
        references=facts.reading.parsed.references,
        context=context,
    )


def wait_for(objections: Sequence[Objection], reply: TicketEvent) -> Wait:
    """How long the reply waits that would have caused the event *reply*: as long as any objection wants."""
    times = [one.until for one in objections]
    endless = None in times
    return Wait(
        author=reply.by,
        reasons=tuple(reason for one in objections for reason in one.reasons),
        until=None if endless else max(when for when in times if when is not None),
        details=dict(reply.details),
    )


def held_back(facts: Facts, wait: Wait, placement: Sequence[Reason]) -> TicketEvent:
    """The line of history for a reply that must wait."""
    details = {UNTIL: wait.until.isoformat()} if wait.until else {}
    reasons = (*placement, *wait.reasons)
    return TicketEvent(at=facts.now, event="reply-held", by=wait.author, reasons=reasons, details=details)


def waits(drafts: Sequence[MailDraft], wait: Wait) -> tuple[MailDraft, ...]:
    """The same mails, kept back."""
    return tuple(replace(draft, waits=wait) for draft in drafts)


def goes(ticket: Ticket, waiting: WaitingReply, why: Reason, *, by: str, how: str, now: datetime) -> Change:
    """What becomes of the ticket when the reply goes: as if it had been written now."""
    wait = waiting.wait
    after = after_staff_reply(
        ticket, wait.details.get(ASKS), now, wait.details.get(ENDS), wait.details.get(ANSWERS)
    )
    event = TicketEvent(
        at=now,
        event="staff-replied",
        by=wait.author,
        reasons=(why,),
        details={"how": how, "released-by": by, **wait.details},
    )
    if turned := turn(after, event):
        event = replace(event, reasons=(*event.reasons, turned.because))
    return Change(before=ticket, after=after, events=(event,))


def dropped(ticket: Ticket, why: Reason, *, by: str, how: str, now: datetime) -> Change:
    """What becomes of the ticket when the reply is not to go: nothing but a line of history."""
    event = TicketEvent(at=now, event="reply-dropped", by=by, reasons=(why,), details={"how": how})
    return Change(before=ticket, after=replace(ticket, updated_at=now), events=(event,))
