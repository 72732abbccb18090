"""Messages that are no person's word on a ticket: duplicates, machines, held and unreadable ones."""

from dataclasses import replace

from mailroute.domain.address import address_key
from mailroute.domain.decisions import Action, Change, Facts, Outcome, Placement, UndeliveredMail
from mailroute.domain.directory import Directory, Staff
from mailroute.domain.outgoing import Silence
from mailroute.domain.parsed import AutomaticKind
from mailroute.domain.ticket import Move, Role, Ticket, TicketEvent
from mailroute.tickets import letters
from mailroute.tickets.silence import why_over_budget
from mailroute.tickets.unproved import is_refuted


def set_aside(facts: Facts, placement: Placement) -> Outcome:
    """The outcome of a message that opens nothing and joins nothing.

    What a machine says about mail of ours goes into the ticket's history, and a bounce is told to an owner;
    a held message is asked about.
    """
    outcome = Outcome(identity=facts.identity, placement=placement)
    ticket = facts.ticket(placement.ticket)
    machine = facts.reading.parsed.automatic
    if placement.action is Action.HOLD:
        return _asked_about(facts, outcome)
    outcome = replace(outcome, also=_elsewhere(facts, placement))
    unmarked = placement.reasons[0].code == "to-return-path"  # a machine that does not say so
    if ticket is None or (machine is None and not unmarked):
        return outcome
    kind = machine.kind if machine else AutomaticKind.AUTO_REPLY
    event = TicketEvent(
        at=facts.now, event=str(kind), by="mailroute", reasons=placement.reasons, details=_absence(facts)
    )
    outcome = replace(outcome, ticket=replace(ticket, updated_at=facts.now), events=(event,))
    if kind is not AutomaticKind.BOUNCE or facts.bounced is None:
        return outcome
    outcome = replace(outcome, came_back=facts.bounced)
    owner = owner_to_tell(ticket, facts.directory, facts.bounced)
    if owner is None:
        return outcome
    spent = why_over_budget(facts, address_key(owner.email))
    if spent and facts.bounced.kind == "ticket-opened":  # those to forged senders come back in heaps
        silence = Silence(kind="delivery-failed", to=owner.email, reason=spent, ticket=ticket.ref)
        return replace(outcome, silences=(silence,))
    service = facts.policy.service
    letter = letters.delivery_failed(facts.bounced, ticket, owner, facts.directory, service)
    return replace(outcome, drafts=(letter,))


def _absence(facts: Facts) -> dict[str, str]:
    """Of a note that somebody is away: who, until when, and whom to ask meanwhile."""
    machine, author = facts.reading.parsed.automatic, facts.identity.author
    if machine is None or (machine.until is None and machine.stand_in is None):
        return {}
    told = {
        "away": author.key,
        "until": machine.until.isoformat() if machine.until else None,
        "stand-in": str(machine.stand_in) if machine.stand_in else None,
    }
    return {name: value for name, value in told.items() if value}


def _elsewhere(facts: Facts, placement: Placement) -> tuple[Change, ...]:
    """The same note on the author's other tickets that wait for them: they are away there, too."""
    absence, author = _absence(facts), facts.identity.author.key
    if "until" not in absence or author is None:
        return ()
    event = TicketEvent(
        at=facts.now,
        event=str(AutomaticKind.OUT_OF_OFFICE),
        by="mailroute",
        reasons=placement.reasons,
        details={"how": "rule", **absence},
    )
    waiting = (t for t in facts.recent if t.whose_move is Move.CLIENT and t.requester.key == author)
    return tuple(
        Change(before=one, after=one, events=(event,)) for one in waiting if one.ref != placement.ticket
    )


def _asked_about(facts: Facts, outcome: Outcome) -> Outcome:
    """The lead is asked, and whose name the message bears ("did you send this?"); either may answer yes or no."""
    spam = outcome.placement.reasons[0].code == "spam-by-border"
    if spam and (facts.identity.role is Role.STRANGER or is_refuted(facts)):
        return outcome  # nobody wants a mail for each of these; `doctor` and the books count them
    named = facts.directory.staff_by_address.get(facts.identity.author.key or "")
    asked = {staff.id: staff for staff in (named, facts.directory.lead) if staff}
    why = "; ".join(str(reason) for reason in outcome.placement.reasons)
    drafts, silences = [], []
    for staff in asked.values():
        if spent := why_over_budget(facts, address_key(staff.email)):
            silences.append(Silence(kind="held", to=staff.email, reason=spent))
        else:
            drafts.append(letters.held(facts, staff, why))
    return replace(outcome, drafts=tuple(drafts), silences=tuple(silences))


def owner_to_tell(ticket: Ticket, directory: Directory, undelivered: UndeliveredMail) -> Staff | None:
    """Who must know that a mail did not arrive: the rep, the PM or the lead, whoever it was not written to.

    Nobody, when it was such a notice itself: two dead mailboxes would be told of each other for ever.
    """
    if undelivered.kind == "delivery-failed":
        return None
    failed = {address_key(address) for address, _ in undelivered.answers}
    by_id = directory.staff_by_id
    candidates = (by_id.get(ticket.rep or ""), by_id.get(ticket.pm or ""), directory.lead)
    return next((staff for staff in candidates if staff and address_key(staff.email) not in failed), None)
