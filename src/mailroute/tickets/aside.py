"""Messages that are no person's word on a ticket: duplicates, machines, held and unreadable ones."""

from dataclasses import replace

from mailroute.domain.address import Mailbox, address_key
from mailroute.domain.decisions import Action, Facts, Outcome, Placement
from mailroute.domain.outgoing import Silence
from mailroute.domain.parsed import AutomaticKind
from mailroute.domain.ticket import Audience, Role, Ticket, TicketEvent, TicketMessage
from mailroute.tickets import letters
from mailroute.tickets.people import staff_member
from mailroute.tickets.silence import why_over_budget


def set_aside(facts: Facts, placement: Placement) -> Outcome:
    """The outcome of a message that opens nothing and joins nothing.

    What a machine says about mail of ours goes into the ticket's history, and a bounce is told to an owner;
    a held message is told to the lead, who decides.
    """
    outcome = Outcome(identity=facts.identity, placement=placement)
    ticket = facts.tickets.get(placement.ticket) if placement.ticket else None
    machine = facts.reading.parsed.automatic
    if placement.action is Action.HOLD:
        return _told_to_lead(facts, outcome)
    if ticket is None or machine is None:
        return outcome
    event = TicketEvent(at=facts.now, event=str(machine.kind), by="mailroute", reasons=placement.reasons)
    outcome = replace(outcome, ticket=replace(ticket, updated_at=facts.now), events=(event,))
    if machine.kind is AutomaticKind.BOUNCE and facts.bounced:
        return _told_to_owner(facts, outcome, ticket, machine.evidence)
    return outcome


def _told_to_lead(facts: Facts, outcome: Outcome) -> Outcome:
    lead = facts.directory.lead
    if lead is None:
        return outcome
    why = "; ".join(str(reason) for reason in outcome.placement.reasons)
    if spent := why_over_budget(facts, address_key(lead.email)):
        return replace(outcome, silences=(Silence(kind="held", to=lead.email, reason=spent),))
    return replace(outcome, drafts=(letters.held(facts, lead, why),))


def _told_to_owner(facts: Facts, outcome: Outcome, ticket: Ticket, why: str) -> Outcome:
    failed = {address_key(address) for address in facts.bounced.to} if facts.bounced else set()
    candidates = (staff_member(facts, ticket.rep), staff_member(facts, ticket.pm), facts.directory.lead)
    owner = next((o for o in candidates if o and address_key(o.email) not in failed), None)
    if owner is None:
        return outcome
    message = TicketMessage(
        entry=facts.entry.id,
        source=facts.entry.source,
        author=Mailbox(None, facts.identity.author.address),
        role=Role.MACHINE,
        via=facts.identity.via,
        audience=Audience.INTERNAL,
        at=facts.now,
        message_id=facts.reading.parsed.message_id,
        text=facts.reading.parsed.body.fresh[:2000],
    )
    return replace(outcome, drafts=(letters.delivery_failed(facts, ticket, message, owner, why),))
