"""The client brief: what a PM should know about a client before the first word, each line with date and source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mailroute.domain.account import AccountLine
from mailroute.domain.directory import Directory, Organisation
from mailroute.domain.ticket import Ticket, TicketMessage, TicketRef


class Section(StrEnum):
    """The parts of a brief, in the order in which it is read."""

    WHO = "who"
    """Who is who, the one who decides first, who reports to whom as a tree."""
    CONFLICTS = "conflicts"
    """What cannot both be true."""
    OPEN = "open"
    PROMISES = "promises"
    PROJECTS = "projects"
    OPINIONS = "opinions"
    OUTCOMES = "outcomes"
    WRITING = "writing"
    """How they write, and when. Never what they are like."""


class Verdict(StrEnum):
    """What one of us says of a line."""

    CONFIRMED = "confirmed"
    WRONG = "wrong"
    """It is left out from now on, or stands with other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefNote:
    """A person's word on a line."""

    key: str
    verdict: Verdict
    instead: str | None = None
    """What is right, for a line that is wrong."""
    by: str
    """Staff id."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefLine:
    """One thing worth knowing."""

    section: Section
    code: str
    """Row of `briefs.wording.WORDS`: what kind of thing it is."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What stands in its wording."""
    about: str
    """Which thing of its code: a person, a project, a ticket. With the code it makes the key."""
    words: str | None = None
    """The sentence that shows it."""
    at: datetime | None = None
    """When that was said; None for what the directory says."""
    ticket: TicketRef | None = None
    line: int | None = None
    """Number of the line of the account that says so, if one does."""
    depth: int = 0
    """In the tree of people."""
    late: bool = False
    fresh: bool = False
    """Not in the brief that its reader had last."""
    note: BriefNote | None = None

    @property
    def key(self) -> str:
        """By which people confirm or correct it; the same as long as it is about the same."""
        return f"{self.code}:{self.about}".replace(" ", "-").casefold()[:80]


@dataclass(frozen=True, slots=True)
class Seen:
    """The brief that a reader had last."""

    at: datetime
    line: int
    """The newest line of the account that it was made from; what has a higher number came later, whatever its date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All of it, as it stands at one moment for one reader."""

    organisation: Organisation
    at: datetime
    since: datetime | None
    """When its reader had the one before."""
    lines: tuple[BriefLine, ...]

    def of(self, section: Section) -> tuple[BriefLine, ...]:
        """The lines of one section."""
        return tuple(line for line in self.lines if line.section is section)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientBook:
    """What a brief is made from: a bounded piece of a client's history."""

    organisation: Organisation
    directory: Directory
    timezone: str
    """IANA name of our own zone, for hours and days."""
    now: datetime
    tickets: tuple[Ticket, ...] = ()
    """Newest first."""
    lines: tuple[AccountLine, ...] = ()
    """Oldest first."""
    messages: tuple[TicketMessage, ...] = ()
    """What the client wrote lately, oldest first."""
    notes: tuple[BriefNote, ...] = ()
