"""Mail that leaves: what is to be written, what became of it, and silence with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from mailroute.domain.address import Mailbox
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import TicketRef

OutboxId = NewType("OutboxId", int)

CUT_MARK = "=-=-= write above this line =-=-="
"""Stands at the top of internal mails whose answer goes to the client: whatever a mail program quotes from there on
never travels, even if it is not recognised as a quote."""


class Reader(StrEnum):
    """Who an outgoing mail is for; decides the reply address and what may stand in it."""

    CLIENT = "client"
    INTERNAL = "internal"


QUESTIONS = frozenset({"held", "already-answered"})
"""Kinds of mail by which we ask the author of a reply that waits whether it shall go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Why a reply waits for its author's word, and what becomes of it."""

    author: str
    """Staff id."""
    reasons: tuple[Reason, ...]
    until: datetime | None
    """When it goes by itself; None: it stays until a word comes."""
    details: Mapping[str, str] = field(default_factory=dict)
    """Of the event `staff-replied` that is written when it goes: what it asks, what it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDraft:
    """A mail that a decision wants sent. Rendering it needs nothing but this value and the templates."""

    kind: str
    """A row of `outbound.catalogue.MAIL_KINDS`, and the folder under templates/mail/."""
    key: str
    """What it is for, unique for ever: "ticket-opened:MR-17". Work done twice sends once."""
    ticket: TicketRef | None
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...] = ()
    reader: Reader
    automatic: bool = True
    """Whether a machine's decision sends it (RFC 3834); a person's relayed words are not automatic."""
    language: str = "en"
    subject: str
    """Without the ticket mark."""
    sender_name: str
    """Display name of From; the address is always the routing address."""
    answers_go_to: str | None = None
    """Reply-To, where it is not the ticket's reply address of the kind."""
    answers: str | None = None
    """Message-ID of the mail that this answers, for In-Reply-To."""
    references: tuple[str, ...] = ()
    """Earlier Message-IDs of the thread, oldest first, without `answers`."""
    encloses: tuple[str, ...] = ()
    """SHA-256 of the files of the causing message that travel along."""
    waits: Wait | None = None
    """It is kept back until its author says `send`, or until the time named there has come."""
    context: Mapping[str, Any] = field(default_factory=dict)
    """For the template: plain dicts, lists and strings, JSON-serialisable."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that travels along with a mail of ours."""

    filename: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A mail that was not written, and why (RFC 3834 and our limits)."""

    kind: str
    to: str
    reason: str
    """kebab-case: answers-a-machine, no-return-path, budget-spent, ..."""
    ticket: TicketRef | None = None


class OutboxState(StrEnum):
    """Where an outgoing mail stands."""

    QUEUED = "queued"
    SENDING = "sending"
    """Handed over up to the final dot; a crash in this window leaves it unknown whether it went."""
    SENT = "sent"
    OBSERVED = "observed"
    """Kept and shown, not sent: the installation is in observe mode."""
    REFUSED = "refused"
    PERHAPS_SENT = "perhaps-sent"
    """Found in SENDING after a crash: automatic mail is held instead of being sent twice."""
    EXPIRED = "expired"
    WAITING = "waiting"
    """A reply that waits for its author's word (`Wait`)."""
    BOUNCED = "bounced"
    """It had been sent, and came back from everybody."""
    DROPPED = "dropped"
    """It waited, and its author did not want it to go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedMail:
    """A mail ready for the wire; the Message-ID is made once, with the draft."""

    message_id: str
    subject: str
    text: str
    """The text part, for showing."""
    raw: bytes
    """The whole message, CRLF line ends."""
    mail_from: str
    """Return path: a VERP address of ours."""
    rcpt_to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxItem:
    """A row of the outbox."""

    id: OutboxId
    kind: str
    key: str
    ticket: TicketRef | None
    reader: Reader
    automatic: bool
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    mail: ComposedMail
    state: OutboxState
    attempts: int
    created_at: datetime
    next_attempt_at: datetime | None
    results: Mapping[str, str] = field(default_factory=dict)
    """Recipient to the last answer of the smarthost; "250 ..." is final."""
    after: str | None = None
    """Source or number of the inbox entry that caused it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The smarthost has taken it for this recipient."""

    reply: str


@dataclass(frozen=True, slots=True)
class Deferred:
    """Not now (4yz, no connection); the same mail may go later."""

    reply: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Never (5yz, or an address that cannot be used)."""

    reply: str


Delivery = Sent | Deferred | Refused
