"""A further message on a ticket that is here: the client's, a reply of ours to the client, or a note."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mailroute.domain.decisions import Facts, Objection, Outcome, Placement
from mailroute.domain.outgoing import MailDraft, Silence
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Audience, Ticket, TicketEvent, TicketMessage
from mailroute.tickets import letters
from mailroute.tickets.audience import sent_to
from mailroute.tickets.lifecycle import ENDED, after_client_message, after_staff_reply, with_participants
from mailroute.tickets.move import ANSWERS, ASKS, ENDS, ROLE, answered, ending, question, turn
from mailroute.tickets.people import author_name, has_it_already, owners, people_of
from mailroute.tickets.unproved import is_refuted, read_only
from mailroute.tickets.waiting import Guard, held_back, wait_for, waits
from mailroute.tickets.words import Words


def append(
    facts: Facts,
    placement: Placement,
    ticket: Ticket,
    words: Words,
    reopened_by: tuple[Reason, ...] = (),
    guards: Sequence[Guard] = (),
) -> Outcome:
    """The outcome of a message that belongs to *ticket*.

    *reopened_by* is the rule that brings a closed one back; *guards* may object to a reply that would go to the client.
    """
    if words.client is not None:
        if is_refuted(facts):
            return read_only(facts, placement, ticket, words.client)
        return _client_wrote(facts, placement, ticket, words, reopened_by)
    assert words.staff is not None, "a message has an author"
    if words.staff.audience is Audience.PUBLIC:
        return _staff_replied(facts, placement, ticket, words.staff, guards)
    return _noted(facts, placement, ticket, words.staff)


def _client_wrote(
    facts: Facts, placement: Placement, ticket: Ticket, words: Words, reopened_by: tuple[Reason, ...]
) -> Outcome:
    said, aside = words.client, words.staff
    assert said is not None, "the client has spoken"
    after = after_client_message(ticket, facts.reading.issue, facts.now)
    after = with_participants(after, people_of(facts, after))
    by = author_name(facts)
    events = [TicketEvent(at=facts.now, event="client-wrote", by=by, reasons=placement.reasons)]
    if ticket.status in ENDED:
        why = (*reopened_by, Reason("client-wrote-again", f"it was {ticket.status}"))
        events.append(TicketEvent(at=facts.now, event="reopened", by="mailroute", reasons=why))
    return Outcome(
        identity=facts.identity,
        placement=placement,
        ticket=after,
        messages=(said,) if aside is None else (aside, said),
        events=tuple(events),
        drafts=tuple(
            letters.follow_up(facts, after, said, owner)
            for owner in owners(facts, after)
            if owner.id != facts.identity.staff and not has_it_already(facts, owner)
        ),
    )


def _staff_replied(
    facts: Facts, placement: Placement, ticket: Ticket, said: TicketMessage, guards: Sequence[Guard]
) -> Outcome:
    asked, ended = question(facts.reading.issue, said.text), ending(said.text)
    told = answered(ticket.issue, said.text)
    after = after_staff_reply(ticket, asked, facts.now, ended, told)
    ends = ended if after.status is not ticket.status else None
    details = {ASKS: asked, ENDS: None if asked else ends, ANSWERS: None if asked or ends else told}
    event = _event(facts, placement, "staff-replied", after, details)
    outcome = Outcome(
        identity=facts.identity,
        placement=placement,
        ticket=after,
        messages=(said,),
        events=(event,),
        drafts=_notes(facts, after, said),
    )
    if why := _why_not_relayed(facts, after):
        to = after.requester.address or str(after.requester)
        return replace(outcome, silences=(Silence(kind="reply", to=to, reason=why, ticket=after.ref),))
    event = replace(event, reasons=(*event.reasons, *sent_to(after, facts.directory)))
    drafts = (letters.reply(facts, after, said), *outcome.drafts)
    outcome = replace(outcome, events=(event,), drafts=drafts)
    if facts.entry.observed:  # mail of the past has gone long ago
        return outcome
    objections = tuple(found for guard in guards if (found := guard(facts, ticket, said)))
    return _held_back(facts, ticket, outcome, objections) if objections else outcome


def _held_back(facts: Facts, ticket: Ticket, outcome: Outcome, objections: tuple[Objection, ...]) -> Outcome:
    """The reply and its copies wait, the ticket stays as it is, and the author is asked what shall become of it."""
    wait = wait_for(objections, outcome.events[-1])
    return replace(
        outcome,
        ticket=replace(ticket, updated_at=facts.now),
        messages=tuple(replace(said, audience=Audience.INTERNAL) for said in outcome.messages),
        events=(held_back(facts, wait, outcome.placement.reasons),),
        drafts=(*waits(outcome.drafts, wait), objections[0].question),
    )


def _why_not_relayed(facts: Facts, ticket: Ticket) -> str | None:
    """Why our answer is not sent on to the requester, as a code; None to send it."""
    if ticket.requester.address is None:
        return "no-address"
    parsed = facts.reading.parsed
    if ticket.requester.key in {m.key for m in (*parsed.to, *parsed.cc)}:
        return "written-to-in-person"
    return None


def _noted(facts: Facts, placement: Placement, ticket: Ticket, said: TicketMessage) -> Outcome:
    after = replace(ticket, updated_at=facts.now)
    live = ticket.status not in ENDED  # on an ended ticket words among us ask nobody for anything
    details = {ASKS: question(facts.reading.issue, said.text), ROLE: str(facts.identity.role)} if live else {}
    event = _event(facts, placement, "noted", after, details)
    if turned := turn(after, event):
        after = replace(after, whose_move=turned.move)
    return Outcome(
        identity=facts.identity,
        placement=placement,
        ticket=after,
        messages=(said,),
        events=(event,),
        drafts=_notes(facts, after, said),
    )


def _event(
    facts: Facts, placement: Placement, name: str, ticket: Ticket, details: Mapping[str, str | None]
) -> TicketEvent:
    """A message of ours as a line of history: what it asks, and whose move it is by that."""
    event = TicketEvent(
        at=facts.now,
        event=name,
        by=author_name(facts),
        reasons=placement.reasons,
        details={key: value for key, value in details.items() if value},
    )
    turned = turn(ticket, event)
    return replace(event, reasons=(*event.reasons, turned.because)) if turned else event


def _notes(facts: Facts, ticket: Ticket, said: TicketMessage) -> tuple[MailDraft, ...]:
    """The other owner reads what one of us has written, unless the mail went there anyway."""
    return tuple(
        letters.note(facts, ticket, said, owner)
        for owner in owners(facts, ticket)
        if owner.id != facts.identity.staff and not has_it_already(facts, owner)
    )
