"""The one shared ticket, its messages and its history."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mailroute.domain.address import Mailbox
from mailroute.domain.issue import Issue
from mailroute.domain.reasons import Reason
from mailroute.domain.received import InboxId


class Status(StrEnum):
    """Where a ticket stands."""

    NEW = "new"
    """Nobody has been given it yet."""
    OPEN = "open"
    WAITING = "waiting-for-client"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Move(StrEnum):
    """Who must act next."""

    PM = "pm"
    REP = "rep"
    CLIENT = "client"
    NOBODY = "nobody"


class Role(StrEnum):
    """What the author of a message is to us."""

    CLIENT = "client"
    REP = "rep"
    PM = "pm"
    LEAD = "lead"
    STRANGER = "stranger"
    MACHINE = "machine"

    @property
    def is_staff(self) -> bool:
        """One of us."""
        return self in {Role.REP, Role.PM, Role.LEAD}


class Via(StrEnum):
    """How a message came to the ticket."""

    DIRECT = "direct"
    FORWARDED = "forwarded"
    CC = "cc"
    REPLY = "reply"
    WEB = "web"


class Audience(StrEnum):
    """Who may read a message."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, order=True)
class TicketRef:
    """The number that people say: MR-17."""

    number: int

    def __str__(self) -> str:
        return f"MR-{self.number}"

    @classmethod
    def read(cls, text: str) -> "TicketRef | None":
        """The ref in `MR-17`, `mr-17` or `17`; None when *text* is none."""
        match = re.fullmatch(r"(?:MR-)?(\d{1,15})", text.strip(), re.IGNORECASE)
        return cls(int(match[1])) if match else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """Whose work it is, by which rule, and why."""

    pm: str | None = None
    """Staff id of who gets the work; the deputy while the PM is away."""
    rule: str | None = None
    sure: float | None = None
    reasons: tuple[Reason, ...] = ()
    passed: tuple[Reason, ...] = ()
    """Rules asked before, and why each passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody on the ticket, with the reason why."""

    mailbox: Mailbox
    role: Role
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMessage:
    """One message as the ticket shows it."""

    entry: InboxId | None
    """None for what we sent or what came from the page."""
    source: str | None
    author: Mailbox
    role: Role
    via: Via
    audience: Audience
    at: datetime
    message_id: str | None
    text: str
    """The author's own words: fresh text, or the forwarded body."""
    fingerprint: str = ""
    """`threads.fingerprint` of the words: the same words by another path have the same one; empty for short texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketEvent:
    """One line of the history. Nothing is ever overwritten."""

    at: datetime
    event: str
    """kebab-case verb: opened, client-wrote, staff-replied, noted, routed, reopened, ..."""
    by: str
    """Staff id, address, or `mailroute`."""
    reasons: tuple[Reason, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """The state that both departments see."""

    ref: TicketRef
    title: str
    status: Status
    whose_move: Move
    requester: Mailbox
    organisation: str | None
    project: str | None
    rep: str | None
    """Staff id."""
    pm: str | None
    """Staff id."""
    routing: Routing
    issue: Issue
    opened_at: datetime
    updated_at: datetime
    version: int = 1
    participants: tuple[Participant, ...] = ()
