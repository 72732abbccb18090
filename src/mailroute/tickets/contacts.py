"""Whom else one may write to at a client's when an address does not work."""

from collections.abc import Iterator
from typing import Any

from mailroute.domain.address import address_key
from mailroute.domain.directory import Client, Directory
from mailroute.domain.ticket import Role, Ticket

MOST = 5
"""Contacts that are offered."""


def other_contacts(ticket: Ticket, directory: Directory, lost: set[str]) -> list[dict[str, Any]]:
    """Other addresses of those *lost* (`address_key`s), then who else is on the ticket, then who else is known there.

    The contract of the rows stands in `outbound.context.ContactView`.
    """
    found: dict[str, dict[str, Any]] = {}
    for name, address, why in _candidates(ticket, directory, lost):
        key = address_key(address)
        if key not in lost:
            found.setdefault(key, {"name": name, "address": address, "why": why})
    return list(found.values())[:MOST]


def _candidates(
    ticket: Ticket, directory: Directory, lost: set[str]
) -> Iterator[tuple[str | None, str, str]]:
    for client in _people_of(lost, directory):
        for address in client.emails:
            yield client.name, address, "another address of the same person"
    for one in ticket.participants:
        if one.role is Role.CLIENT and one.mailbox.address:
            yield one.mailbox.name, one.mailbox.address, "on this ticket"
    if ticket.organisation is None:
        return
    for client in directory.clients:
        if client.organisation == ticket.organisation and client.emails:
            yield client.name, client.emails[0], client.title or "of the same company"


def _people_of(lost: set[str], directory: Directory) -> list[Client]:
    found = (directory.clients_by_address.get(key) for key in sorted(lost))
    return [client for client in found if client]
