"""Decisions about one message, each with its reasons, and what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mailroute.domain.account import AccountLine
from mailroute.domain.address import Mailbox
from mailroute.domain.digest import Frequency
from mailroute.domain.directory import Directory, Project
from mailroute.domain.followups import Offer
from mailroute.domain.issue import Issue
from mailroute.domain.learned import LearnedModel
from mailroute.domain.outgoing import MailDraft, OutboxId, OutboxState, Silence, Wait
from mailroute.domain.parsed import ParsedMail
from mailroute.domain.policy import Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.received import Channel, Envelope, FolderRole, InboxId, Verdict
from mailroute.domain.ticket import Role, Routing, Ticket, TicketEvent, TicketMessage, TicketRef, Via
from mailroute.domain.tokens import ReplyToken


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxEntry:
    """A kept message on its way through the service."""

    id: InboxId
    envelope: Envelope
    channel: Channel
    received_at: datetime
    source: str | None
    vouched: Verdict | None
    sha256: str
    attempts: int = 0
    folder: FolderRole | None = None
    owner: str | None = None
    observed: bool = False
    released: bool = False
    """Whether one of us has let it in after it had been held as spam."""

    @property
    def name(self) -> str:
        """What people call it: the file's name, or its number."""
        return self.source or f"entry {self.id}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A message, read and understood: the value that the killable child hands back."""

    parsed: ParsedMail
    issue: Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who is behind a message, and for whom they speak."""

    role: Role
    author: Mailbox
    requester: Mailbox
    """Whose problem it is: the author, or the client whose mail staff passed on."""
    via: Via
    client: str | None = None
    """Name of the known client, if the requester is one."""
    organisation: str | None = None
    rep: str | None = None
    """Staff id: who forwarded it, else the organisation's rep."""
    staff: str | None = None
    """Staff id of the author when one of us wrote and that is proved."""
    on_behalf_of: Mailbox | None = None
    proved: bool = False
    """Whether the author's domain was authenticated."""
    reasons: tuple[Reason, ...] = ()


class Action(StrEnum):
    """What becomes of a message."""

    OPEN = "open"
    APPEND = "append"
    DUPLICATE = "duplicate"
    IGNORE = "ignore"
    QUARANTINE = "quarantine"
    HOLD = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Which ticket a message belongs to, or why it belongs to none."""

    action: Action
    ticket: TicketRef | None = None
    reasons: tuple[Reason, ...] = ()
    possibly: tuple[TicketRef, ...] = ()
    """Tickets of the same client that may be about the same matter, the most alike first: proposed, not joined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMessage:
    """A message that is already here under some Message-ID or fingerprint."""

    ticket: TicketRef
    entry: InboxId | None
    message_id: str | None
    sha256: str | None
    """Of the words and files (`threads.content_hash`), so that another Received line makes no other message."""
    ours: bool
    fingerprint: str = ""
    at: datetime | None = None
    named_in: str | None = None
    """Base subject of the mail that names this one, of which nothing more is known; None when it is here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredMail:
    """An outgoing mail of ours that did not arrive: refused by the smarthost, or bounced later."""

    id: OutboxId
    kind: str
    ticket: TicketRef | None
    subject: str
    text: str
    written_at: datetime
    answers: tuple[tuple[str, str], ...]
    """Each recipient whom it did not reach, with the last words of the mail server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingReply:
    """A reply to a client that waits, or waited, for its author's word, with the copies for colleagues."""

    entry: InboxId
    """The mail of ours that brought it."""
    ticket: TicketRef
    to: tuple[Mailbox, ...]
    state: OutboxState
    wait: Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Why a reply of one of us should wait for another word of its author, and the mail that asks for that word."""

    reasons: tuple[Reason, ...]
    until: datetime | None
    """When it goes all the same; None: not before the word comes."""
    question: MailDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the decision may look at, read under the lock; no handles."""

    entry: InboxEntry
    reading: Reading
    identity: Identity
    directory: Directory
    policy: Policy
    now: datetime
    next_ref: TicketRef
    tokens: tuple[ReplyToken, ...] = ()
    """Genuine reply tokens in the recipients, in order."""
    tickets: Mapping[TicketRef, Ticket] = field(default_factory=dict)
    """Every ticket that a signal points to."""
    seen: tuple[SeenMessage, ...] = ()
    """Messages that this one names (its own id, References, In-Reply-To, forwarded ids) or repeats in words."""
    recent: tuple[Ticket, ...] = ()
    """Tickets of the requester's organisation (or of the requester) that are not closed, newest first, few."""
    lately: tuple[tuple[TicketRef, TicketMessage], ...] = ()
    """What the same client has lately written on open tickets, newest first, few; empty when a mark names a ticket."""
    thread: Mapping[TicketRef, tuple[str, ...]] = field(default_factory=dict)
    """Message-IDs of each ticket's thread, oldest first, for References."""
    bounced: UndeliveredMail | None = None
    """The mail of ours that a bounce or delay is about."""
    open_counts: Mapping[str, int] = field(default_factory=dict)
    """Open tickets by staff id, for capacity."""
    last_assigned: Mapping[str, datetime] = field(default_factory=dict)
    """When the newest ticket of each member of a team was opened, by staff id."""
    earlier: tuple[Ticket, ...] = ()
    """Tickets of the same client, closed ones too, newest first, few, without participants."""
    learned: LearnedModel | None = None
    """What people's reassignments have taught."""
    sent_last_hour: Mapping[str, int] = field(default_factory=dict)
    """Automatic mails in the last hour by `address_key` of the recipient."""
    sent_to_organisation: int = 0
    """Automatic mails in the last hour to the requester's organisation, or domain."""
    automatic_today: int = 0
    named: Mapping[TicketRef, Ticket] = field(default_factory=dict)
    """Tickets that the author's commands name."""
    said: Mapping[TicketRef, tuple[TicketMessage, ...]] = field(default_factory=dict)
    """Messages of the tickets that the author's commands may be about."""
    history: Mapping[TicketRef, tuple[TicketEvent, ...]] = field(default_factory=dict)
    """What has happened to them, where a command wants to take something back."""

    asked_about: WaitingReply | None = None
    """The reply that the author was asked about in the mail which this one answers."""
    offer: Offer | None = None
    """The text to a silent client that the author was offered in the mail which this one answers."""
    added_since: tuple[TicketMessage, ...] = ()
    """What others have added to the ticket since the mail that one of us answers here, oldest first, few."""
    told: tuple[AccountLine, ...] = ()
    """What the client has told so far, on this ticket and on others; only for replies of ours that ask something."""

    def ticket(self, ref: TicketRef | None) -> Ticket | None:
        """The ticket called *ref*, whether a signal points to it, a command names it or it is merely open."""
        if ref is None:
            return None
        found = self.tickets.get(ref) or next((one for one in self.recent if one.ref == ref), None)
        return found or self.named.get(ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of one ticket by somebody's action."""

    before: Ticket | None
    """None for a ticket that is opened by it."""
    after: Ticket
    events: tuple[TicketEvent, ...] = ()
    messages: tuple[TicketMessage, ...] = ()
    wake_at: datetime | None = None
    """When the ticket comes back to its PM by itself."""


@dataclass(frozen=True, slots=True)
class WordOnHeld:
    """One of us has answered what becomes of a held message."""

    entry: InboxId
    let_in: bool


@dataclass(frozen=True, slots=True)
class WordOnWaiting:
    """One of us has answered whether a reply that waits shall go."""

    entry: InboxId
    """The one that brought the reply."""
    send: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All that one message causes. Applied in one transaction."""

    identity: Identity
    placement: Placement
    routing: Routing | None = None
    ticket: Ticket | None = None
    """The ticket as it is to be afterwards; None when the message touches none."""
    messages: tuple[TicketMessage, ...] = ()
    """New on the ticket: the client's words, and the rep's own words above a forward as an internal note."""
    content_hash: str = ""
    """Of the message as it came (`threads.content_hash`)."""
    events: tuple[TicketEvent, ...] = ()
    drafts: tuple[MailDraft, ...] = ()
    silences: tuple[Silence, ...] = ()
    word_on_held: WordOnHeld | None = None
    word_on_waiting: WordOnWaiting | None = None
    came_back: UndeliveredMail | None = None
    """A mail of ours that the message reports as not delivered."""
    canary_is_back: bool = False
    """Whether it is the mail that we send to ourselves to see whether mail arrives."""
    wake_at: datetime | None = None
    """When the ticket comes back to its PM by itself."""
    also: tuple[Change, ...] = ()
    """Other tickets that change with it."""
    projects: tuple[Project, ...] = ()
    """Projects of the directory as they are from now on."""
    digest_choice: Frequency | None = None
    """How often the author wants digests from now on."""
    briefs: tuple[str, ...] = ()
    """Staff ids of those who asked for the client's brief."""
