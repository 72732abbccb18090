"""Who reads what on the client's side of a ticket, each with the reason why; and who stands outside."""

from typing import Any

from mailroute.domain.address import Mailbox, domain_of
from mailroute.domain.decisions import Facts
from mailroute.domain.directory import Directory
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Participant, Role, Ticket
from mailroute.domain.tokens import without_detail

WROTE = "wrote"
"""Reason of a participant who has written on the ticket, and therefore gets the answers too."""


def is_inside(mailbox: Mailbox, ticket: Ticket, directory: Directory) -> bool:
    """Whether somebody is the requester, or of the requester's company by the directory."""
    if mailbox.key == ticket.requester.key:
        return True
    if ticket.organisation is None or mailbox.key is None:
        return False
    client = directory.clients_by_address.get(mailbox.key)
    if client is not None:
        return client.organisation == ticket.organisation
    organisation = directory.organisations_by_id.get(ticket.organisation)
    return organisation is not None and domain_of(mailbox.key) in {d.lower() for d in organisation.domains}


def in_copy(ticket: Ticket, directory: Directory) -> tuple[Participant, ...]:
    """Who gets our answers besides the requester: those of the same company who have written on the ticket."""
    return tuple(
        one
        for one in ticket.participants
        if one.reason.code == WROTE
        and one.role is Role.CLIENT
        and one.mailbox.key != ticket.requester.key
        and is_inside(one.mailbox, ticket, directory)
    )


def sent_to(ticket: Ticket, directory: Directory) -> tuple[Reason, ...]:
    """To whom an answer of ours goes, and why; for the history."""
    asked = Reason("sent-to", f"{ticket.requester}: the requester")
    others = (Reason("sent-to", f"{one.mailbox}: has written on it") for one in in_copy(ticket, directory))
    return (asked, *others)


def people_shown(ticket: Ticket, directory: Directory) -> list[dict[str, Any]]:
    """The client's side of the ticket as mails to us show it (`outbound.context.OnTicketView`)."""
    reads = {one.mailbox.key for one in in_copy(ticket, directory)} | {ticket.requester.key}
    return [
        {
            "name": one.mailbox.name,
            "address": one.mailbox.address,
            "why": one.reason.code.replace("-", " "),
            "outside": not is_inside(one.mailbox, ticket, directory),
            "gets_answers": one.mailbox.key in reads,
        }
        for one in ticket.participants
        if not one.role.is_staff
    ]


def outsiders(facts: Facts, ticket: Ticket) -> list[dict[str, Any]]:
    """Who had this mail too and is neither ours nor the client's: flagged, and never written to."""
    directory, service = facts.directory, facts.policy.service
    on_it = {one.mailbox.key for one in ticket.participants}
    found: dict[str, dict[str, Any]] = {}
    parsed = facts.reading.parsed
    for one in (*parsed.to, *parsed.cc):
        key = one.key
        if key is None or key in on_it or key in directory.staff_by_address:
            continue
        ours = domain_of(key) in {d.lower() for d in service.internal_domains}
        if ours or without_detail(key) in service.own_addresses or is_inside(one, ticket, directory):
            continue
        found.setdefault(
            key,
            {
                "name": one.name,
                "address": one.address,
                "why": "in copy of this mail",
                "outside": True,
                "gets_answers": False,
            },
        )
    return list(found.values())
