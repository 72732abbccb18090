"""Digests: what one of us should know this morning, from the facts that everybody sees."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from mailroute.domain.directory import Directory, Staff
from mailroute.domain.market import ThemeCount
from mailroute.domain.ticket import Ticket, TicketRef


class View(StrEnum):
    """Through whose eyes."""

    REP = "rep"
    """My clients."""
    PM = "pm"
    """My tickets."""
    LEAD = "lead"
    """The house."""
    AGENDA = "agenda"
    """Sales and project management together, for the weekly meeting."""


class Frequency(StrEnum):
    """How often somebody wants it."""

    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


class Section(StrEnum):
    """Headings; each view has its own in its own order (`digests.VIEWS`)."""

    NEW = "new"
    LATE = "late"
    DUE = "due"
    STALLED = "stalled"
    AT_RISK = "at-risk"
    MOVE = "move"
    DONE = "done"
    PROMISES = "promises"
    QUESTIONS = "questions"
    PRAISED = "praised"
    HANDOFFS = "handoffs"
    BOOKS = "books"
    UNROUTED = "unrouted"
    LOADS = "loads"
    EXPLAINED = "explained"
    LEARNING = "learning"
    MARKET = "market"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that we owe a client."""

    what: str
    """A `followups.ours.Occasion`."""
    words: str
    by: datetime
    late: bool
    day: date | None = None
    """The day, where no hour was named; `by` is its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What one side has promised on a ticket."""

    ours: bool
    author: str
    words: str
    due: date | None = None
    kept_at: datetime | None = None
    """When it was kept; None while it is open."""
    evidence: str | None = None
    """The words, or the file, that show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A live ticket with what stands still on it and what was said of late."""

    ticket: Ticket
    owed: tuple[Due, ...] = ()
    """Soonest first."""
    question: str | None = None
    """Of ours, that the client has not answered."""
    silent_days: int = 0
    """Working days of the client since then."""
    stalled: bool = False
    """Whether that is too long."""
    promised: tuple[Promised, ...] = ()
    """Open ones with a day, and those kept of late."""
    answered_at: datetime | None = None
    """When our last word to the client left nothing for us to answer; None while something is due, or theirs."""
    ask_done_at: datetime | None = None
    """When people are asked whether the matter is done: some working days after that."""
    mood: str | None = None
    """`angry` or `frustrated`, where the client's last words sound so."""
    mood_words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Praise:
    """Kind words of a client."""

    ticket: TicketRef
    organisation: str | None
    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much a member of staff has."""

    staff: str
    open: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseFigures:
    """What only the lead looks at."""

    received: int = 0
    books_close: bool = True
    waiting: int = 0
    held: int = 0
    quarantined: int = 0
    perhaps_sent: int = 0
    loads: tuple[Load, ...] = ()
    explained_rate: float | None = None
    """Of the last thirty days."""
    asked_twice: int = 0
    mails_needed: float | None = None
    corrections: Mapping[str, int] = field(default_factory=dict)
    """By field of the card, of the last thirty days."""
    cards: int = 0
    """Tickets opened in that time."""
    themes: tuple[ThemeCount, ...] = ()
    """What the market says, in the first digest of a month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that one digest is made from."""

    reader: Staff
    view: View
    now: datetime
    since: datetime
    """When the reader had the one before, or a day or week ago."""
    timezone: str
    directory: Directory
    matters: tuple[Matter, ...] = ()
    """Live tickets of the reader, or of everybody."""
    praise: tuple[Praise, ...] = ()
    house: HouseFigures = field(default_factory=HouseFigures)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """One thing to know, with what can be answered to it."""

    section: Section
    code: str
    """Row of `digests.wording.WORDS`."""
    values: Mapping[str, str] = field(default_factory=dict)
    ticket: TicketRef | None = None
    words: str | None = None
    late: bool = False
    commands: tuple[str, ...] = ()
    """Commands that fit: write one below the line in an answer, or `MR-17 /close`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One mail to one person."""

    reader: Staff
    view: View
    at: datetime
    lines: tuple[DigestLine, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell: then no mail goes out."""
        return not self.lines
