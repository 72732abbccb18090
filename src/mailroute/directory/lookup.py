"""Finding people in the directory by what a mail says of them: an address, a name, a domain."""

from mailroute.directory.freemail import is_freemail
from mailroute.domain.address import Mailbox, domain_of
from mailroute.domain.directory import Client, Directory, Organisation
from mailroute.domain.speakers import (
    answered_level,
    client_level,
    is_ours,
    leads_here,
    levels,
    name_key,
    staff_of,
)

__all__ = [
    "answered_level",
    "client_level",
    "client_of",
    "completed",
    "is_ours",
    "leads_here",
    "levels",
    "name_key",
    "organisation_of",
    "staff_of",
]


def client_of(mailbox: Mailbox, directory: Directory) -> Client | None:
    """Which known client has this address; without an address, the one client who has this name."""
    if mailbox.key is not None:
        return directory.clients_by_address.get(mailbox.key)
    same = [c for c in directory.clients if mailbox.name and name_key(c.name) == name_key(mailbox.name)]
    return same[0] if len(same) == 1 else None


def organisation_of(mailbox: Mailbox, directory: Directory) -> Organisation | None:
    """The organisation a person belongs to: by the directory, else by the mail domain (never a free-mail one)."""
    if client := client_of(mailbox, directory):
        return directory.organisations_by_id.get(client.organisation)
    if mailbox.address is None or is_freemail(domain_of(mailbox.address)):
        return None
    return directory.organisation_at(mailbox.address)


def completed(mailbox: Mailbox, directory: Directory) -> Mailbox:
    """The mailbox with what the directory knows: an address for a name alone, a name for an address alone."""
    client = client_of(mailbox, directory)
    if client is None:
        return mailbox
    return Mailbox(mailbox.name or client.name, mailbox.address or client.emails[0])
