"""One of us answers a text that was offered for a silent client: it goes, goes later, or does not. Pure."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mailroute.domain.decisions import Facts, Outcome, Placement
from mailroute.domain.followups import Offer, Tone, Word
from mailroute.domain.outgoing import MailDraft
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Audience, Ticket, TicketEvent, TicketMessage
from mailroute.followups import stall
from mailroute.followups.answers import Company, Said, said_of
from mailroute.followups.business_time import add_days
from mailroute.followups.regions import house_calendar
from mailroute.tickets.actions_letters import command_result
from mailroute.tickets.chasing import House, copy_of, letter_to_client, thread_of_client
from mailroute.tickets.commands import Result
from mailroute.tickets.commands_arguments import moment, shown_moment
from mailroute.tickets.move import ASKS, turn
from mailroute.tickets.people import owners

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


def answered_offer(facts: Facts, placement: Placement, ticket: Ticket, said: TicketMessage) -> Outcome | None:
    """The outcome of an answer to `facts.offer`; None when it is none, but words like others.

    Args:
        facts: with the offer.
        placement: on its ticket.
        ticket: as it is.
        said: the answer, as an internal message.
    """
    offer = facts.offer
    if offer is None or offer.ticket != ticket.ref:
        return None
    colleagues = tuple(person.name for person in facts.directory.staff)
    word = said_of(offer, said.text, Company(ticket.requester, colleagues))
    if word.word is Word.UNCLEAR:
        return None
    if offer.settled is not None:
        return _told(facts, _kept(facts, placement, ticket, said), ticket, OVER[offer.settled], done=False)
    if word.word in {Word.SEND, Word.EDITED}:
        return _sent(facts, placement, ticket, said, word)
    if word.word is Word.LATER:
        return _later(facts, placement, ticket, said, word)
    outcome = _kept(facts, placement, ticket, said, _event(facts, offer, "nudge-declined", "no"))
    return _told(
        facts, outcome, ticket, f"{ticket.requester.name or 'the client'} is left in peace", done=True
    )


def not_sent(facts: Facts, ticket: Ticket, outcome: Outcome) -> Outcome:
    """Words about an offer that are neither an answer nor meant for the client: a note, and its author hears so."""
    offer = facts.offer
    if offer is None or offer.ticket != ticket.ref or offer.settled is not None:
        return outcome
    if any(message.audience is Audience.PUBLIC for message in outcome.messages):
        return outcome
    why = "a note; nothing went to the client: answer send, later 3d or no, or begin a text of your own with a greeting"
    return _told(facts, outcome, ticket, why, done=False)


def _kept(
    facts: Facts, placement: Placement, ticket: Ticket, said: TicketMessage, *events: TicketEvent
) -> Outcome:
    """The answer stands on the ticket; its state stays."""
    return Outcome(
        identity=facts.identity,
        placement=placement,
        ticket=replace(ticket, updated_at=facts.now),
        messages=(said,),
        events=events,
    )


def _event(facts: Facts, offer: Offer, name: str, word: str, **details: str) -> TicketEvent:
    by = facts.identity.staff or ""
    why = Reason("said-so", f"{by}: {word}")
    return TicketEvent(
        at=facts.now, event=name, by=by, reasons=(why,), details={stall.DRAFT: offer.key, **details}
    )


def _sent(facts: Facts, placement: Placement, ticket: Ticket, answer: TicketMessage, word: Said) -> Outcome:
    """The text goes to the client as a public message of who gave the word; the other owner gets a copy."""
    offer = facts.offer
    assert offer is not None, "it was asked for before"
    words = word.rest if word.word is Word.EDITED else offer.words
    said = replace(answer, audience=Audience.PUBLIC, text=words)
    if offer.tone is Tone.NUDGE:
        event = _event(facts, offer, "nudged", str(word.word))
    else:
        asks = {ASKS: offer.question} if offer.question else {}
        event = _event(facts, offer, "staff-replied", str(word.word), **asks)
        if turned := turn(ticket, event):
            event = replace(event, reasons=(*event.reasons, turned.because))
    outcome = _kept(facts, placement, ticket, said, event)
    to = ticket.requester.name or ticket.requester.address or "the client"
    outcome = replace(outcome, drafts=_letters(facts, ticket, said, offer))
    return _told(facts, outcome, ticket, f"it is on its way to {to}, in your name", done=True)


def _letters(facts: Facts, ticket: Ticket, said: TicketMessage, offer: Offer) -> tuple[MailDraft, ...]:
    house = House(facts.directory, facts.policy.service)
    name = facts.directory.staff_by_id[facts.identity.staff or ""].name
    said = replace(said, author=replace(said.author, name=said.author.name or name))
    kind = "nudge" if offer.tone is Tone.NUDGE else "reply"
    thread = thread_of_client(facts.thread.get(ticket.ref, ()), facts.policy.secret)
    letter = letter_to_client(kind, f"{kind}:{offer.key}", ticket, said, thread, house)
    others = (one for one in owners(facts, ticket) if one.id != facts.identity.staff)
    return (letter, *(copy_of(said, ticket, one, offer.key, house) for one in others))


def _later(facts: Facts, placement: Placement, ticket: Ticket, said: TicketMessage, word: Said) -> Outcome:
    offer = facts.offer
    assert offer is not None, "it was asked for before"
    zone = facts.policy.service.timezone
    until = moment(word.rest, facts.now, zone) if word.rest else _usual(facts)
    if until is None:
        why = f"“{word.rest}” is no time to come: write later 3d, later fri or later 2026-03-12"
        return _told(facts, _kept(facts, placement, ticket, said), ticket, why, done=False)
    local = until.astimezone(ZoneInfo(zone)).isoformat()
    event = _event(facts, offer, "nudge-postponed", "later", **{stall.UNTIL: local})
    outcome = _kept(facts, placement, ticket, said, event)
    return _told(facts, outcome, ticket, f"you are asked again on {shown_moment(until, zone)}", done=True)


def _usual(facts: Facts) -> datetime:
    calendar = house_calendar(facts.policy.service, facts.policy.followups)
    return add_days(facts.now, USUAL_DELAY, calendar)


def _told(facts: Facts, outcome: Outcome, ticket: Ticket, words: str, *, done: bool) -> Outcome:
    """The author learns what came of it."""
    author = facts.directory.staff_by_id[facts.identity.staff or ""]
    first = " ".join(facts.reading.parsed.body.fresh.split())[:60]
    letter = command_result(facts, author, [Result(first, done=done, words=words)], ticket)
    return replace(outcome, drafts=(*outcome.drafts, letter))
