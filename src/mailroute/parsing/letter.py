"""A message as a tree of values, free of any library: what `mime` makes and the steps read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from mailroute.domain.address import Mailbox
from mailroute.domain.policy import ReadingLimits, Trust

Lookup = Callable[[bytes], bytes | None]
"""The TXT record of a name (RFC 6376 §3.6.2.1); None when there is none or it could not be had."""
CountryOf = Callable[[str], str | None]
"""The country (ISO 3166-1) in which the organisation of an address sits; None where nobody told it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One MIME part."""

    content_type: str
    params: dict[str, str] = field(default_factory=dict)
    disposition: str | None = None
    """inline | attachment | anything else that was written; None when absent."""
    filename: str | None = None
    content_id: str | None = None
    data: bytes = b""
    """Decoded; empty for multiparts."""
    children: tuple["Part", ...] = ()
    letter: "Letter | None" = None
    """The message inside a message/rfc822 part."""

    def walk(self) -> Iterator["Part"]:
        """This part and all below, in order, but nothing of messages inside."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message: its header fields and its parts."""

    fields: tuple[tuple[str, str], ...]
    """Names in lower case, values unfolded and as text, encoded-words still in them."""
    firsts: dict[str, str]
    """The topmost field of each name."""
    root: Part
    addresses: dict[str, tuple[Mailbox, ...]] = field(default_factory=dict)
    """By field name, of its first occurrence."""
    defects: tuple[str, ...] = ()

    def all(self, name: str) -> tuple[str, ...]:
        """Values of every field of that name, topmost first."""
        return tuple(value for key, value in self.fields if key == name)

    def first(self, name: str) -> str:
        """Value of the topmost field of that name; empty when there is none."""
        return self.firsts.get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the steps may consult besides the result so far."""

    letter: Letter
    limits: ReadingLimits
    trust: Trust
    raw: bytes = b""
    """As it came, for signatures; empty where it was too large to be read whole."""
    lookup: Lookup | None = None
    """Where keys of signatures come from; without it none is checked."""
    country_of: CountryOf | None = None
    """What our directory knows of the organisations that write to us."""
