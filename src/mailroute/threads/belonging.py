"""May the author of a message write on a ticket? Asked of every signal that points to one."""

from mailroute.domain.decisions import Action, Facts, Placement
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Role, Ticket, TicketRef


def join(facts: Facts, ref: TicketRef, why: Reason) -> Placement | None:
    """The message joins that ticket for this reason, if its author may write there."""
    ticket = facts.tickets.get(ref)
    if ticket is None:
        return None
    allowed = belongs(facts, ticket)
    return Placement(action=Action.APPEND, ticket=ref, reasons=(why, allowed)) if allowed else None


def belongs(facts: Facts, ticket: Ticket) -> Reason | None:
    """Why the author may write on *ticket*; None for strangers, whatever mark they know."""
    identity = facts.identity
    if identity.staff is not None:
        if _is_of_other_client(facts, ticket):
            return None
        return Reason("staff-author", f"{identity.staff}, proved")
    keys = {p.mailbox.key for p in ticket.participants} | {ticket.requester.key}
    if identity.author.key in keys:
        return Reason("participant", "the author is on the ticket")
    if (
        identity.role is Role.CLIENT
        and identity.organisation
        and identity.organisation == ticket.organisation
    ):
        return Reason("same-organisation", identity.organisation)
    return None


def _is_of_other_client(facts: Facts, ticket: Ticket) -> bool:
    """Whether one of us passes on or answers a client of another organisation: their words are not for this ticket."""
    theirs = facts.identity.organisation if facts.identity.on_behalf_of else None
    return bool(theirs and ticket.organisation and theirs != ticket.organisation)


def by_form(facts: Facts) -> bool:
    """Whether a visitor wrote it in a form: a person, whatever machine sent it, and nobody has proved whom."""
    return any(reason.code in {"form", "proved-form"} for reason in facts.identity.reasons)
