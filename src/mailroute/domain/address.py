"""Addresses as people and machines write them (RFC 5322 §3.4, RFC 6531)."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A display name and an address; in damaged or old mail either may be missing."""

    name: str | None
    address: str | None

    @property
    def key(self) -> str | None:
        """What two spellings of one address have in common; None without an address."""
        return None if self.address is None else address_key(self.address)

    def __str__(self) -> str:
        if self.name and self.address:
            return f"{self.name} <{self.address}>"
        return self.name or self.address or "nobody"


def address_key(address: str) -> str:
    """The form in which addresses are compared: NFC (RFC 6531 §3.1), without case.

    Local parts may be case-sensitive by RFC 5321 §2.4; no provider that people use makes them so.
    """
    local, at, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    return f"{local.casefold()}{at}{domain.lower()}"


def domain_of(address: str) -> str:
    """The part after the last @ in lower case; empty when there is none.

    Lower case, not `casefold`: straße.example is another domain than strasse.example (RFC 5891).
    """
    plain = unicodedata.normalize("NFC", address.strip())
    return plain.rpartition("@")[2].lower() if "@" in plain else ""


def local_part(address: str) -> str:
    """The part before the last @ as written; the whole text when there is no @."""
    return address.rpartition("@")[0] if "@" in address else address


def is_within(domain: str, parent: str) -> bool:
    """Whether *domain* is *parent* or lies below it."""
    domain, parent = domain.lower().rstrip("."), parent.lower().rstrip(".")
    return domain == parent or domain.endswith("." + parent)
