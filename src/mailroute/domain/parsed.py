"""What a message says, once read: the value that `parsing.parse` makes of any bytes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from mailroute.domain.address import Mailbox
from mailroute.domain.received import Verdict


class AutomaticKind(StrEnum):
    """Kinds of mail that no person wrote to us."""

    BOUNCE = "bounce"
    DELAY = "delay"
    OUT_OF_OFFICE = "out-of-office"
    AUTO_REPLY = "auto-reply"
    RECEIPT = "receipt"
    LIST = "list"
    NEWSLETTER = "newsletter"
    CALENDAR = "calendar"
    FEEDBACK_REPORT = "feedback-report"
    CHALLENGE = "challenge"
    LOOP = "loop"


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a bounce says of one recipient (RFC 3464 §2.3); None where the report does not say."""

    recipient: str | None
    action: str | None
    """failed | delayed | delivered | relayed | expanded."""
    status: str | None
    """Enhanced code such as 5.2.2 (RFC 3463)."""
    diagnostic: str | None


@dataclass(frozen=True, slots=True)
class Automatic:
    """That a machine wrote the message, and what shows it."""

    kind: AutomaticKind
    evidence: str
    reports: tuple[DeliveryReport, ...] = ()
    about: str | None = None
    """Message-ID of the mail that a bounce or receipt is about."""
    until: date | None = None
    """The day of the return, or the last day of the absence where only that is told."""
    stand_in: Mailbox | None = None
    """Whom an absent writer names to be asked meanwhile; name or address may be missing."""


@dataclass(frozen=True, slots=True)
class Authentication:
    """Whether the author's domain is proved, by trusted headers (RFC 8601 §5) or a checked signature (RFC 6376)."""

    verdict: Verdict = Verdict.NONE
    evidence: tuple[str, ...] = ()


SPAM_HEADERS = (
    "X-Spam-Flag",
    "X-Spam-Status",
    "X-Spam-Level",
    "X-Spam",
    "X-Spamd-Result",
    "X-Rspamd-Action",
    "X-MS-Exchange-Organization-SCL",
    "X-Forefront-Antispam-Report",
    "X-Gm-Spam",
    "X-Gm-Phishy",
)
"""Fields in which filters say what they think of a message; anybody can write them, so settings say which count."""


@dataclass(frozen=True, slots=True)
class SpamVerdict:
    """That a filter took the message for spam; whether it is ours, the field does not prove."""

    header: str
    """One of SPAM_HEADERS, or `Authentication-Results` of a border that we trust."""
    said: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in the message; its bytes stay in the raw message until asked for."""

    filename: str | None
    content_type: str
    size_bytes: int
    inline: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Body:
    """The visible text of the outer message, split."""

    full: str = ""
    """As a reader sees it, HTML converted, line ends as LF."""
    fresh: str = ""
    """What the sender wrote now: no quote, no forward, no signature."""
    quoted: str | None = None
    signature: str | None = None


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number."""

    text: str
    """As written."""
    e164: str | None
    """None where the country of a national number is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureCard:
    """What a sign-off tells of the one who signs; what it does not tell is None or empty."""

    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    phones: tuple[Phone, ...] = ()
    """Without fax numbers."""
    addresses: tuple[str, ...] = ()
    """E-mail addresses."""
    links: tuple[str, ...] = ()
    start: int = 0
    """Place in the text that was signed: `Body.full`, or the `body` of a message passed on."""
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarded:
    """A message that was passed on inside another one."""

    sender: Mailbox
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    subject: str | None = None
    date: datetime | None = None
    """Aware when the block names a zone; otherwise naive, in the writer's local time."""
    date_text: str | None = None
    body: str = ""
    note: str | None = None
    """What the forwarder wrote above it."""
    by: str = "inline"
    """inline | attached (message/rfc822)."""
    message_id: str | None = None
    """Known for attached messages, and where an inline block shows it."""
    inner: "Forwarded | None" = None
    card: SignatureCard | None = None
    """Of the innermost message alone: the sign-off of its writer."""

    @property
    def origin(self) -> "Forwarded":
        """The innermost message: where a forward of a forward began."""
        return self if self.inner is None else self.inner.origin


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedMail:
    """A message, read. Total: damage stands in `defects`, what is missing is None or empty."""

    message_id: str | None = None
    """With angle brackets."""
    date: datetime | None = None
    """Aware."""
    subject: str = ""
    """Decoded (RFC 2047), unfolded, free of control characters."""
    sender: Mailbox | None = None
    """The author, for showing. Identity needs `sender_is_sole` too (RFC 5322 §3.6.2, RFC 7103 §7.5.1)."""
    sender_is_sole: bool = False
    """Exactly one From field with exactly one mailbox."""
    reply_to: tuple[Mailbox, ...] = ()
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    """Message-IDs with angle brackets, oldest first."""
    delivered_to: tuple[str, ...] = ()
    """Addresses of Delivered-To, X-Original-To and Envelope-To: where the mail really went."""
    loop_marks: tuple[str, ...] = ()
    """Values of X-Mailroute-Loop, outermost first, unverified."""
    hops: int = 0
    """Number of Received fields (RFC 5321 §6.3)."""
    attachments: tuple[Attachment, ...] = ()
    html_only: bool = False
    defects: tuple[str, ...] = ()
    automatic: Automatic | None = None
    authentication: Authentication = field(default_factory=Authentication)
    spam: tuple[SpamVerdict, ...] = ()
    """Filters that took it for spam, believed or not."""
    body: Body = field(default_factory=Body)
    card: SignatureCard | None = None
    """The sign-off of the sender."""
    forwarded: Forwarded | None = None
    answered: Forwarded | None = None
    """The message quoted under the fresh words, nearest first: its sender, date and own words where the quote tells
    them. None when nothing is quoted or the mail passes something on."""
