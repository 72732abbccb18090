"""The addresses of MAIL and RCPT (RFC 5321 §4.1.2, RFC 6531 §3.3): a grammar of our own, stricter than the library's.

aiosmtpd reads them with the parser for header fields, which decodes encoded-words and drops control characters, so
that the address it returns is not the one that was sent. Here nothing is rewritten.
"""

import re
from dataclasses import dataclass

LOCAL_PART_OCTETS = 64
DOMAIN_OCTETS = 255

# Dots may follow each other or stand at the end: Japanese carriers gave out such addresses. Anything above ASCII is
# UTF-8 by then (RFC 6531).
_ATOM_TEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-\u00a0-\U0010ffff]+"
_QUOTED = r'"(?:[ !#-\[\]-~\u00a0-\U0010ffff]|\\[ -~])*"'
_DOMAIN = r"[A-Za-z0-9_\u00a0-\U0010ffff](?:[A-Za-z0-9_.\-\u00a0-\U0010ffff]*[A-Za-z0-9_\u00a0-\U0010ffff])?"
_LITERAL = r"\[[0-9A-Za-z.:\-]+\]"
_ROUTE = rf"(?:@{_DOMAIN}(?:,@{_DOMAIN})*:)?"
_PATH = re.compile(
    rf" *<{_ROUTE}(?P<local>{_ATOM_TEXT}|{_QUOTED})(?:@(?P<domain>{_DOMAIN}|{_LITERAL}))?>(?P<rest>.*)\Z"
)
_NULL = re.compile(r" *<>(?P<rest>.*)\Z")
_ENCODED_WORD = re.compile(r"=\?[^?]*\?[bqBQ]\?")


@dataclass(frozen=True, slots=True)
class Path:
    """What stood between the angle brackets, source route taken off, and the parameters behind it."""

    address: str | None
    """None is the null reverse-path."""
    parameters: tuple[str, ...]

    @property
    def is_postmaster(self) -> bool:
        """Whether this is the one mailbox that every host has, with or without a domain (RFC 5321 §4.5.1)."""
        return self.address is not None and self.address.partition("@")[0].casefold() == "postmaster"


def read_path(argument: str) -> Path | None:
    """The path in the argument after `FROM:` or `TO:`; None when it breaks the grammar or a limit of §4.5.3.1.

    Bytes that are not UTF-8 arrive as lone surrogates, and never pass.
    """
    if (null := _NULL.match(argument)) is not None:
        return _path(None, null["rest"])
    if (match := _PATH.match(argument)) is None:
        return None
    local, domain = match["local"], match["domain"]
    if domain is None and local.casefold() != "postmaster":
        return None
    if _ENCODED_WORD.search(match[0][: match.start("rest")]):
        return None
    if len(local.encode("utf-8", "surrogatepass")) > LOCAL_PART_OCTETS:
        return None
    if domain is not None and (
        len(domain.encode("utf-8", "surrogatepass")) > DOMAIN_OCTETS or ".." in domain
    ):
        return None
    return _path(local if domain is None else f"{local}@{domain}", match["rest"])


def _path(address: str | None, rest: str) -> Path | None:
    if rest and not rest.startswith(" "):
        return None
    # Not printable: control and format characters (bidi, zero width), other spaces, and bytes that are not UTF-8.
    if address is not None and not address.isprintable():
        return None
    return Path(address, tuple(rest.split()))
