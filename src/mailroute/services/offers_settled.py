"""What becomes of a text that was offered for a silent client, by the word of one of us. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mailroute.domain.directory import Staff
from mailroute.domain.followups import Offer, Tone, Word
from mailroute.domain.outgoing import MailDraft
from mailroute.domain.policy import Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Audience, Ticket, TicketEvent, TicketMessage
from mailroute.followups import stall
from mailroute.followups.answers import Company, Said, said_of
from mailroute.followups.business_time import add_days
from mailroute.followups.regions import house_calendar
from mailroute.tickets.chasing import House, copy_of, letter_to_client, thread_of_client
from mailroute.tickets.commands_arguments import moment, shown_moment
from mailroute.tickets.move import ASKS, turn

USUAL_DELAY = 2
"""Working days that `later` alone means. Ours."""

OVER = {
    "nudged": "it has gone already",
    "staff-replied": "it has gone already",
    "nudge-declined": "it was dropped before",
    "nudge-postponed": "it was put off: a new one comes at its time",
    stall.OVERTAKEN: "the client is not silent any more, or the matter has moved on: nothing was sent",
}
"""Why an offer that is settled is not sent, by what settled it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one of us says to an offer."""

    offer: Offer
    said: TicketMessage
    """As an internal message of its author."""
    ticket: Ticket
    staff: Staff
    thread: tuple[str, ...]
    """Message-IDs of the ticket."""
    house: House
    policy: Policy
    now: datetime
    how: str
    """By which way: a `tickets.actions.How`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What follows from it."""

    words: str
    """For the author."""
    done: bool
    message: TicketMessage
    """On the ticket; public when it went to the client."""
    events: tuple[TicketEvent, ...] = ()
    letters: tuple[MailDraft, ...] = ()


def settle(answer: Answer) -> Settled | None:
    """What becomes of the offer; None when the words are no answer to it, nor meant for the client."""
    colleagues = tuple(person.name for person in answer.house.directory.staff)
    word = said_of(answer.offer, answer.said.text, Company(answer.ticket.requester, colleagues))
    if word.word is Word.UNCLEAR:
        return None
    if answer.offer.settled is not None:
        return Settled(words=OVER[answer.offer.settled], done=False, message=answer.said)
    if word.word in {Word.SEND, Word.EDITED}:
        return _sent(answer, word)
    if word.word is Word.LATER:
        return _later(answer, word)
    return Settled(
        words=f"{_client(answer.ticket)} is left in peace",
        done=True,
        message=answer.said,
        events=(_event(answer, "nudge-declined", "no"),),
    )


def _client(ticket: Ticket) -> str:
    return ticket.requester.name or ticket.requester.address or "the client"


def _event(answer: Answer, name: str, word: str, **details: str) -> TicketEvent:
    by = answer.staff.id
    return TicketEvent(
        at=answer.now,
        event=name,
        by=by,
        reasons=(Reason("said-so", f"{by}: {word}"),),
        details={"how": answer.how, stall.DRAFT: answer.offer.key, **details},
    )


def _sent(answer: Answer, word: Said) -> Settled:
    """The text goes to the client as a public message of who gave the word; the other owner gets a copy."""
    offer, ticket = answer.offer, answer.ticket
    words = word.rest if word.word is Word.EDITED else offer.words
    author = replace(answer.said.author, name=answer.said.author.name or answer.staff.name)
    said = replace(answer.said, audience=Audience.PUBLIC, text=words, author=author)
    if offer.tone is Tone.NUDGE:
        kind, event = "nudge", _event(answer, "nudged", str(word.word))
    else:
        kind = "reply"
        asks = {ASKS: offer.question} if offer.question else {}
        event = _event(answer, "staff-replied", str(word.word), **asks)
        if turned := turn(ticket, event):
            event = replace(event, reasons=(*event.reasons, turned.because))
    thread = thread_of_client(answer.thread, answer.policy.secret)
    letter = letter_to_client(kind, f"{kind}:{offer.key}", ticket, said, thread, answer.house)
    ids = (id_ for id_ in dict.fromkeys((ticket.pm, ticket.rep)) if id_ and id_ != answer.staff.id)
    others = (other for id_ in ids if (other := answer.house.directory.staff_by_id.get(id_)))
    copies = (copy_of(said, ticket, other, offer.key, answer.house) for other in others)
    return Settled(
        words=f"it is on its way to {_client(ticket)}, in your name",
        done=True,
        message=said,
        events=(event,),
        letters=(letter, *copies),
    )


def _later(answer: Answer, word: Said) -> Settled:
    zone = answer.policy.service.timezone
    until = moment(word.rest, answer.now, zone) if word.rest else _usual(answer)
    if until is None:
        why = f"“{word.rest}” is no time to come: write later 3d, later fri or later 2026-03-12"
        return Settled(words=why, done=False, message=answer.said)
    local = until.astimezone(ZoneInfo(zone)).isoformat()
    return Settled(
        words=f"you are asked again on {shown_moment(until, zone)}",
        done=True,
        message=answer.said,
        events=(_event(answer, "nudge-postponed", "later", **{stall.UNTIL: local}),),
    )


def _usual(answer: Answer) -> datetime:
    calendar = house_calendar(answer.policy.service, answer.policy.followups)
    return add_days(answer.now, USUAL_DELAY, calendar)
