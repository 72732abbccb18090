"""Finding people in the directory by what a mail says of them: an address, a name, a domain."""

from collections.abc import Iterator

from mailroute.directory.freemail import is_freemail
from mailroute.domain.address import Mailbox, domain_of, is_within
from mailroute.domain.directory import Client, Directory, Organisation, Staff
from mailroute.domain.parsed import Forwarded
from mailroute.domain.policy import Service
from mailroute.domain.tokens import without_detail
from mailroute.domain.words import plain_words


def name_key(name: str) -> str:
    """Spellings of one name that should compare equal: `Reed, Sam` and `sam reed`, with or without accents."""
    last, comma, first = name.partition(",")
    straight = f"{first} {last}" if comma and first.strip() else name
    return plain_words(straight)


def staff_of(mailbox: Mailbox, directory: Directory) -> Staff | None:
    """Who of us has this address; without an address, the one person of ours who has this name."""
    if mailbox.key is not None:
        return directory.staff_by_address.get(mailbox.key)
    same = [s for s in directory.staff if mailbox.name and name_key(s.name) == name_key(mailbox.name)]
    return same[0] if len(same) == 1 else None


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


def leads_here(mailbox: Mailbox, service: Service) -> bool:
    """Whether this is an address of mailroute itself, or a sub-address of one."""
    return mailbox.address is not None and without_detail(mailbox.address) in service.own_addresses


def is_ours(mailbox: Mailbox, directory: Directory, service: Service) -> bool:
    """Whether this is one of us: known staff, our own addresses, or anybody at our internal domains."""
    if staff_of(mailbox, directory) is not None:
        return True
    if mailbox.address is None:
        return False
    if leads_here(mailbox, service):
        return True
    return any(is_within(domain_of(mailbox.address), domain) for domain in service.internal_domains)


def levels(forwarded: Forwarded | None) -> Iterator[Forwarded]:
    """A forward and the forwards inside it, outermost first."""
    while forwarded is not None:
        yield forwarded
        forwarded = forwarded.inner


def client_level(forwarded: Forwarded | None, directory: Directory, service: Service) -> Forwarded | None:
    """The message in a chain of forwards that the client wrote: the innermost one that is not by one of us."""
    outsiders = [level for level in levels(forwarded) if not is_ours(level.sender, directory, service)]
    return outsiders[-1] if outsiders else None


def answered_level(answered: Forwarded | None, directory: Directory, service: Service) -> Forwarded | None:
    """The nearest message in a chain of quotes that is not by one of us: what a reply of ours answers."""
    return next((level for level in levels(answered) if not is_ours(level.sender, directory, service)), None)


def completed(mailbox: Mailbox, directory: Directory) -> Mailbox:
    """The mailbox with what the directory knows: an address for a name alone, a name for an address alone."""
    client = client_of(mailbox, directory)
    if client is None:
        return mailbox
    return Mailbox(mailbox.name or client.name, mailbox.address or client.emails[0])
