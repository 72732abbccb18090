"""The issue card: what a client's mail is about, each value with the words that it was read from.

Offsets are Unicode code points into the text the issue was read from; None where a value has no single place.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class IssueType(StrEnum):
    """What a mail is for."""

    DEFECT = "defect"
    DELAY = "delay"
    BILLING = "billing"
    CHANGE_REQUEST = "change-request"
    QUESTION = "question"
    ACCESS = "access"
    COMPLAINT = "complaint"
    PRAISE = "praise"
    FEATURE_REQUEST = "feature-request"
    INFORMATION = "information"
    OTHER = "other"


class Urgency(StrEnum):
    """How soon somebody must act."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class Sentiment(StrEnum):
    """How the writer sounds."""

    PLEASED = "pleased"
    NEUTRAL = "neutral"
    FRUSTRATED = "frustrated"
    ANGRY = "angry"


class ReferenceKind(StrEnum):
    """What a number stands for."""

    ORDER = "order"
    INVOICE = "invoice"
    TICKET = "ticket"
    SERIAL = "serial"
    CONTRACT = "contract"
    OTHER = "other"


class FeedbackTheme(StrEnum):
    """What a remark tells the market side."""

    FEATURE_REQUEST = "feature-request"
    PRICE = "price"
    COMPETITOR = "competitor"
    QUALITY = "quality"
    SERVICE = "service"
    PRAISE = "praise"


@dataclass(frozen=True, slots=True)
class TypeGuess:
    """One possible type; `sure` from 0 to 1."""

    value: IssueType
    sure: float


@dataclass(frozen=True, slots=True)
class TypeFinding:
    """The likeliest type and the next best, most likely first."""

    value: IssueType = IssueType.OTHER
    sure: float = 0.0
    alternatives: tuple[TypeGuess, ...] = ()


@dataclass(frozen=True, slots=True)
class UrgencyFinding:
    """How urgent, and by which words."""

    value: Urgency = Urgency.NORMAL
    sure: float = 0.0
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentimentFinding:
    """How the writer sounds."""

    value: Sentiment = Sentiment.NEUTRAL
    sure: float = 0.0


@dataclass(frozen=True, slots=True)
class Ask:
    """A sentence in which something is wanted of us, exactly as written."""

    text: str
    start: int
    end: int
    sure: float


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which the client wants something."""

    date: date
    words: str
    start: int
    end: int
    sure: float
    ambiguous: bool = False
    """Day and month could be swapped (3/4): a person should look."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A number that names an order, invoice, serial..."""

    kind: ReferenceKind
    value: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody named in the mail, with what it tells of them."""

    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """What the client has or wants from us, as named there."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """A remark that product or sales would want to read as a quote."""

    theme: FeedbackTheme
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the client must not be asked again."""

    key: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """The card. Missing fields are empty, never an error."""

    title: str = ""
    """One line, at most 100 characters."""
    type: TypeFinding = field(default_factory=TypeFinding)
    urgency: UrgencyFinding = field(default_factory=UrgencyFinding)
    sentiment: SentimentFinding = field(default_factory=SentimentFinding)
    asks: tuple[Ask, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    references: tuple[Reference, ...] = ()
    people: tuple[Person, ...] = ()
    products: tuple[Product, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    facts: tuple[Fact, ...] = ()
    language: str | None = None
    """ISO 639-1."""
    corrected: tuple[str, ...] = ()
    """Fields that one of us has put right: later mail leaves them alone."""
