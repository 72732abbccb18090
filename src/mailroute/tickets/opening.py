"""A new matter: the ticket, an acknowledgement, a receipt and the whole account to the PM."""

from dataclasses import replace

from mailroute.domain.decisions import Facts, Outcome, Placement
from mailroute.domain.outgoing import MailDraft, Silence
from mailroute.domain.ticket import Move, Role, Routing, Status, Ticket, TicketEvent, TicketMessage, Via
from mailroute.tickets import letters
from mailroute.tickets.lifecycle import with_participants
from mailroute.tickets.people import author_name, has_it_already, people_of, staff_member
from mailroute.tickets.silence import why_unacknowledged
from mailroute.tickets.words import Words


def open_ticket(
    facts: Facts,
    placement: Placement,
    ticket: Ticket,
    words: Words,
) -> Outcome:
    """The outcome of a message that opens *ticket*, made by `new_ticket`."""
    routing = ticket.routing
    messages = tuple(m for m in (words.staff, words.client) if m)
    by = author_name(facts)
    message = words.client or messages[0]
    acknowledgement, silence = _acknowledgement(facts, ticket, message)
    return Outcome(
        identity=facts.identity,
        placement=replace(placement, ticket=ticket.ref),
        routing=routing,
        ticket=ticket,
        messages=messages,
        events=(
            TicketEvent(at=facts.now, event="opened", by=by, reasons=placement.reasons),
            TicketEvent(at=facts.now, event="routed", by="mailroute", reasons=routing.reasons),
        ),
        drafts=(*acknowledgement, *_letters_to_us(facts, ticket, message)),
        silences=silence,
    )


def new_ticket(facts: Facts, routing: Routing, *, project: str | None, rep: str | None) -> Ticket:
    """The ticket of a message that belongs to none that is here."""
    issue = facts.reading.issue
    ticket = Ticket(
        ref=facts.next_ref,
        title=issue.title or facts.reading.parsed.subject or "(no subject)",
        status=Status.OPEN if routing.pm else Status.NEW,
        whose_move=Move.PM if routing.pm else Move.NOBODY,
        requester=facts.identity.requester,
        organisation=facts.identity.organisation,
        project=project,
        rep=rep,
        pm=routing.pm,
        routing=routing,
        issue=issue,
        opened_at=facts.now,
        updated_at=facts.now,
    )
    return with_participants(ticket, people_of(facts, ticket))


def _letters_to_us(facts: Facts, ticket: Ticket, message: TicketMessage) -> tuple[MailDraft, ...]:
    """A receipt to who passed it on, or to the rep who does not have the mail; the account to the PM."""
    drafts: list[MailDraft] = []
    pm, author = staff_member(facts, ticket.pm), staff_member(facts, facts.identity.staff)
    rep = staff_member(facts, ticket.rep)
    if author is None and rep and has_it_already(facts, rep):
        rep = None
    receiver = author or rep
    if receiver and receiver != pm:
        drafts.append(letters.ticket_received(facts, ticket, message, receiver))
    if pm:
        drafts.append(letters.ticket_assigned(facts, ticket, message, pm))
    return tuple(drafts)


def _acknowledgement(
    facts: Facts, ticket: Ticket, message: TicketMessage
) -> tuple[tuple[MailDraft, ...], tuple[Silence, ...]]:
    """The mail to the requester, or the reason for none."""
    identity = facts.identity
    if identity.staff and identity.on_behalf_of is None:
        return (), ()  # a matter of our own: the receipt says all
    answered = identity.staff is not None and identity.via is Via.CC
    why = "staff-answered-in-person" if answered else why_unacknowledged(facts, ticket)
    if why is None:
        vouched = identity.proved or identity.on_behalf_of is not None
        known = identity.role is not Role.STRANGER and vouched
        return (letters.ticket_opened(facts, ticket, message, known_client=known),), ()
    to = ticket.requester.address or str(ticket.requester)
    return (), (Silence(kind="ticket-opened", to=to, reason=why, ticket=ticket.ref),)
