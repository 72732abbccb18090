"""Who is on a ticket, and who of us must hear of a message."""

from mailroute.domain.decisions import Facts
from mailroute.domain.directory import Staff
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Participant, Role, Ticket
from mailroute.tickets.letters import mailbox_of


def author_name(facts: Facts) -> str:
    """Who did it, for the history: staff id, else address."""
    return facts.identity.staff or facts.identity.author.address or str(facts.identity.author)


def staff_member(facts: Facts, staff_id: str | None) -> Staff | None:
    """The member of staff with this id."""
    return facts.directory.staff_by_id.get(staff_id or "")


def owners(facts: Facts, ticket: Ticket) -> list[Staff]:
    """The PM and the rep of a ticket, once each."""
    both = [staff_member(facts, ticket.pm), staff_member(facts, ticket.rep)]
    return list({owner.id: owner for owner in both if owner}.values())


def has_it_already(facts: Facts, staff: Staff) -> bool:
    """Whether the mail itself went to this member of staff: then a copy from us would be noise."""
    parsed = facts.reading.parsed
    keys = {m.key for m in (*parsed.to, *parsed.cc)}
    return any(email.casefold() in keys for email in staff.emails)


def people_of(facts: Facts, ticket: Ticket) -> tuple[Participant, ...]:
    """Who is on the ticket, and why: requester, both owners, and the client's colleagues who had the mail too."""
    found = [
        Participant(
            mailbox=ticket.requester, role=_requester_role(facts), reason=Reason("requester", "asked")
        )
    ]
    for staff_id, role in ((ticket.rep, Role.REP), (ticket.pm, Role.PM)):
        if staff := staff_member(facts, staff_id):
            owner = Reason(f"{role}-of-ticket", staff.name)
            found.append(Participant(mailbox=mailbox_of(staff), role=role, reason=owner))
    author = facts.identity.author
    if facts.identity.role is Role.CLIENT and author.key != ticket.requester.key:
        found.append(Participant(mailbox=author, role=Role.CLIENT, reason=Reason("wrote", str(author))))
    parsed = facts.reading.parsed
    for mailbox in (*parsed.to, *parsed.cc):
        client = facts.directory.clients_by_address.get(mailbox.key or "")
        if client and client.organisation == ticket.organisation:
            reason = Reason("copied", "To or Cc of the client's mail")
            found.append(Participant(mailbox=mailbox, role=Role.CLIENT, reason=reason))
    return tuple(found)


def _requester_role(facts: Facts) -> Role:
    if facts.identity.on_behalf_of is not None or facts.identity.role is Role.CLIENT:
        return Role.CLIENT
    return facts.identity.role
