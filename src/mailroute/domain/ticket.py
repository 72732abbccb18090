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


class LinkKind(StrEnum):
    """What another ticket is to this one."""

    RELATED = "related"
    POSSIBLY = "possibly-same"
    """It may be the same matter; nobody has said so yet."""
    MERGED_INTO = "merged-into"
    MERGED_FROM = "merged-from"
    CONTINUED_IN = "continued-in"
    """The client wrote again long after this one was closed."""
    CONTINUES = "continues"
    SPLIT_INTO = "split-into"
    SPLIT_FROM = "split-from"


@dataclass(frozen=True, slots=True)
class Link:
    """Another ticket that belongs to this one."""

    ref: TicketRef
    kind: LinkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody whom a rule would have given the work to, or who was passed over."""

    staff: str
    """Staff id."""
    rule: str
    score: float
    """How sure the rule is, from 0 to 1; 0 for who was passed over."""
    reasons: tuple[Reason, ...] = ()
    chosen: bool = False


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
    sentence: str = ""
    """All of it in one line for people."""
    candidates: tuple[Candidate, ...] = ()
    """Everybody whom a rule spoke for, in the order of the rules."""
    would_change: tuple[str, ...] = ()
    """What would have sent the work to somebody else, each a sentence."""


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
    links: tuple[Link, ...] = ()
    ended_at: datetime | None = None
    """When it was resolved or closed last; None while it is neither."""

    @property
    def leads_to(self) -> TicketRef | None:
        """Where mail for this ticket belongs now: where it was merged into, or what took it up after it was closed."""
        merged = self.linked(LinkKind.MERGED_INTO)
        if not merged and self.status is Status.CLOSED:
            merged = self.linked(LinkKind.CONTINUED_IN)
        return merged[-1] if merged else None

    @property
    def family(self) -> tuple[TicketRef, ...]:
        """This ticket, and those that have become part of it."""
        return (self.ref, *self.linked(LinkKind.MERGED_FROM))

    def linked(self, kind: LinkKind) -> tuple[TicketRef, ...]:
        """The tickets that are this to it."""
        return tuple(link.ref for link in self.links if link.kind is kind)
