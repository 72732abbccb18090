"""Letters about what stands still: texts offered to rep and PM, what goes to the client, reminders, escalations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mailroute.domain.directory import Directory, Staff
from mailroute.domain.followups import Offer, Tone
from mailroute.domain.outgoing import MailDraft, Reader
from mailroute.domain.policy import Service
from mailroute.domain.ticket import Ticket, TicketMessage
from mailroute.domain.tokens import read_message_id
from mailroute.tickets.account import message_context, staff_name, ticket_context
from mailroute.tickets.letters import CLIENT_KINDS, CLIENT_LANGUAGES, mailbox_of

DRAFT_KINDS: Mapping[Tone, str] = {Tone.NUDGE: "nudge-draft", Tone.FIRM: "firm-draft"}
"""By which kind of mail a text of each tone is offered."""


@dataclass(frozen=True, slots=True)
class House:
    """Who we are."""

    directory: Directory
    service: Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question that a text is about, for whoever gets it."""

    words: str
    by: str
    """Staff id."""
    at: datetime
    days: int
    """Working days of silence."""
    before: str | None = None
    """What became of the rep's nudge: `sent`, `declined`, `unanswered`; None when there was none."""


def language_for_client(ticket: Ticket) -> str:
    """The language in which the client is written to."""
    language = ticket.issue.language or "en"
    return language if language in CLIENT_LANGUAGES else "en"


def offer_letter(offer: Offer, asked: Asked, ticket: Ticket, staff: Staff, house: House) -> MailDraft:
    """A text ready to go, to the rep or the PM; `send` in the answer sends it."""
    shown = {
        "words": offer.words,
        "question": asked.words,
        "asked_by": staff_name(asked.by, house.directory),
        "asked_at": asked.at.isoformat(),
        "days": asked.days,
        "nudge": asked.before,
    }
    return _inside(DRAFT_KINDS[offer.tone], offer.key, ticket, staff, house, {"offer": shown})


def thread_of_client(thread: Sequence[str], secret: bytes) -> tuple[str, ...]:
    """Those Message-IDs of a ticket that the client has: ids of internal mails stay inside."""
    own = ((one, read_message_id(secret, one)) for one in thread)
    return tuple(one for one, read in own if read is None or read.kind in CLIENT_KINDS)


def letter_to_client(
    kind: str,
    key: str,
    ticket: Ticket,
    message: TicketMessage,
    thread: Sequence[str],
    house: House,
) -> MailDraft:
    """A nudge, or a firm reply, in its author's name; *thread* holds the Message-IDs that the client has."""
    return MailDraft(
        kind=kind,
        key=key,
        ticket=ticket.ref,
        to=(ticket.requester,),
        reader=Reader.CLIENT,
        automatic=False,
        language=language_for_client(ticket),
        subject=ticket.title,
        sender_name=f"{message.author.name or 'A colleague'} at {house.service.name}",
        answers=thread[-1] if thread else None,
        references=tuple(thread[:-1]),
        context={
            "service": {"name": house.service.name},
            "ticket": ticket_context(ticket, house.directory),
            "message": message_context(message, ticket),
        },
    )


def copy_of(message: TicketMessage, ticket: Ticket, staff: Staff, key: str, house: House) -> MailDraft:
    """What went to the client, to the other owner."""
    shown = {"message": message_context(message, ticket)}
    return _inside("note", f"note:{key}:{staff.id}", ticket, staff, house, shown)


def due_letter(
    kind: str,
    key: str,
    ticket: Ticket,
    staff: Staff,
    due: Sequence[Mapping[str, Any]],
    house: House,
) -> MailDraft:
    """A reminder to an owner, or an escalation to the lead; *due* holds a `DueView` for each matter."""
    return _inside(kind, key, ticket, staff, house, {"due": [dict(one) for one in due]})


def _inside(
    kind: str, key: str, ticket: Ticket, staff: Staff, house: House, more: Mapping[str, Any]
) -> MailDraft:
    """A mail to one of us about a ticket; *more* is what its kind may say beside the ticket."""
    return MailDraft(
        kind=kind,
        key=key,
        ticket=ticket.ref,
        to=(mailbox_of(staff),),
        reader=Reader.INTERNAL,
        language=house.service.language,
        subject=ticket.title,
        sender_name=house.service.name,
        context={
            "service": {"name": house.service.name},
            "ticket": ticket_context(ticket, house.directory),
            **more,
        },
    )
