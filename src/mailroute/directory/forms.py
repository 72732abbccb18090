"""Web forms write in the names of their visitors: `From:` is the form's, `Reply-To:` the visitor's.

Reply-To is believed of forms alone. Anybody can write anything there, so it never counts as proof: nothing is
acknowledged because of it unless the form is named in the settings and its domain is proved, and a number in the
subject opens nothing.
"""

import re

from mailroute.directory.lookup import is_ours
from mailroute.domain.address import Mailbox, address_key, domain_of, is_within, local_part
from mailroute.domain.directory import Directory
from mailroute.domain.parsed import AutomaticKind, ParsedMail
from mailroute.domain.policy import Service

_MACHINE = re.compile(
    r"(?:no|do[-_.]?not)[-_.]?reply.*|(?:web|contact|kontakt|online)?[-_.]?form(?:s|ular|ulaire|ulario)?"
    r"|wordpress|website|webmaster|www(?:-data)?|apache|nginx|nobody"
)
"""Local parts of machines that send what visitors of a page fill in; a person never writes from them."""

SUBMITTED = frozenset({AutomaticKind.AUTO_REPLY, AutomaticKind.NEWSLETTER})
"""As what mail of a form may look by its headers, though a person has written the words."""


def is_named_form(author: Mailbox, service: Service) -> bool:
    """Whether the settings name this address as a form."""
    return author.key is not None and author.key in {address_key(a) for a in service.form_senders}


def visitor(parsed: ParsedMail, directory: Directory, service: Service) -> Mailbox | None:
    """Who filled the form in; None when the mail is no form's, or does not name one visitor."""
    author = parsed.sender
    if author is None or author.address is None or len(parsed.reply_to) != 1:
        return None
    [named] = parsed.reply_to
    if named.address is None or named.key == author.key or is_ours(named, directory, service):
        return None
    if parsed.automatic is not None:
        submitted = is_named_form(author, service) and parsed.automatic.kind in SUBMITTED
        return named if submitted else None
    return named if is_named_form(author, service) or _looks_like_a_form(author, named, service) else None


def _looks_like_a_form(author: Mailbox, named: Mailbox, service: Service) -> bool:
    """A machine of our own domains, or a machine elsewhere that names somebody of another domain."""
    here, there = domain_of(author.address or ""), domain_of(named.address or "")
    own = any(is_within(here, domain) for domain in service.internal_domains)
    machine = _MACHINE.fullmatch(local_part(author.key or "")) is not None
    return own or (machine and not is_within(there, here) and not is_within(here, there))
