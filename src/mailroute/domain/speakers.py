"""Whose words stand in a mail: which of the messages inside one of ours is the client's.

The one rule for all who ask: who it is about, what the ticket shows, and what the issue card is read from.
"""

from collections.abc import Iterator

from mailroute.domain.address import Mailbox, domain_of, is_within
from mailroute.domain.directory import Directory, Staff
from mailroute.domain.parsed import Forwarded, ParsedMail
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


def client_message(parsed: ParsedMail, directory: Directory, service: Service) -> Forwarded | None:
    """The client's message inside one of ours: the one passed on, or the one that is answered."""
    return client_level(parsed.forwarded, directory, service) or answered_level(
        parsed.answered, directory, service
    )


def spoken_for(parsed: ParsedMail, directory: Directory, service: Service) -> Forwarded | None:
    """The client's message, if the mail passes one on or answers one outside; None for the author's own words.

    Told before anybody knows whether the author is proved. Without any staff in the directory nobody can tell who is a
    rep, so every forward counts.
    """
    by_staff = parsed.sender is not None and staff_of(parsed.sender, directory) is not None
    if not by_staff and (directory.staff or parsed.forwarded is None):
        return None
    if parsed.forwarded is None and all(is_ours(m, directory, service) for m in parsed.to):
        return None
    return client_message(parsed, directory, service)
