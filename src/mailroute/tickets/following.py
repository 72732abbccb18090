"""A further message on a ticket that is here: the client's, a reply of ours to the client, or a note."""

from dataclasses import replace

from mailroute.domain.decisions import Facts, Outcome, Placement
from mailroute.domain.outgoing import MailDraft, Silence
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Audience, Ticket, TicketEvent, TicketMessage
from mailroute.tickets import letters
from mailroute.tickets.lifecycle import ENDED, after_client_message, after_staff_reply, with_participants
from mailroute.tickets.people import author_name, has_it_already, owners, people_of
from mailroute.tickets.words import Words


def append(facts: Facts, placement: Placement, ticket: Ticket, words: Words) -> Outcome:
    """The outcome of a message that belongs to *ticket*."""
    if words.client is not None:
        return _client_wrote(facts, placement, ticket, words.client, words.staff)
    assert words.staff is not None, "a message has an author"
    if words.staff.audience is Audience.PUBLIC:
        return _staff_replied(facts, placement, ticket, words.staff)
    return _noted(facts, placement, ticket, words.staff)


def _client_wrote(
    facts: Facts, placement: Placement, ticket: Ticket, said: TicketMessage, aside: TicketMessage | None
) -> Outcome:
    after = after_client_message(ticket, facts.reading.issue, facts.now)
    after = with_participants(after, people_of(facts, after))
    by = author_name(facts)
    events = [TicketEvent(at=facts.now, event="client-wrote", by=by, reasons=placement.reasons)]
    if ticket.status in ENDED:
        why = (Reason("client-wrote-again", f"it was {ticket.status}"),)
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


def _staff_replied(facts: Facts, placement: Placement, ticket: Ticket, said: TicketMessage) -> Outcome:
    after = after_staff_reply(ticket, facts.reading.issue, facts.now)
    by = author_name(facts)
    drafts: tuple[MailDraft, ...] = ()
    silences: tuple[Silence, ...] = ()
    if why := _why_not_relayed(facts, after):
        to = after.requester.address or str(after.requester)
        silences = (Silence(kind="reply", to=to, reason=why, ticket=after.ref),)
    else:
        drafts = (letters.reply(facts, after, said),)
    return Outcome(
        identity=facts.identity,
        placement=placement,
        ticket=after,
        messages=(said,),
        events=(TicketEvent(at=facts.now, event="staff-replied", by=by, reasons=placement.reasons),),
        drafts=(*drafts, *_notes(facts, after, said)),
        silences=silences,
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
    event = TicketEvent(at=facts.now, event="noted", by=author_name(facts), reasons=placement.reasons)
    return Outcome(
        identity=facts.identity,
        placement=placement,
        ticket=after,
        messages=(said,),
        events=(event,),
        drafts=_notes(facts, after, said),
    )


def _notes(facts: Facts, ticket: Ticket, said: TicketMessage) -> tuple[MailDraft, ...]:
    """The other owner reads what one of us has written, unless the mail went there anyway."""
    return tuple(
        letters.note(facts, ticket, said, owner)
        for owner in owners(facts, ticket)
        if owner.id != facts.identity.staff and not has_it_already(facts, owner)
    )
