"""What the pure code may know of the installation: names, limits and habits, made from the settings."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum

from mailroute.domain.address import address_key, domain_of


class Mode(StrEnum):
    """Whether mail really goes out."""

    OBSERVE = "observe"
    """Everything happens, but nothing is sent: what would have gone out is kept and shown."""
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyScale:
    """How urgent a mail is: what each sign adds to a sum, and from which sum a level begins. The figures are ours."""

    normal_from: float = 0.3
    """Below it the urgency is low."""
    high_from: float = 1.8
    critical_from: float = 3.4
    standstill: float = 1.2
    """Each word of what stands still or is in danger, twice at most."""
    urgent_word: float = 0.9
    """Each "urgent", "today", "as soon as possible", twice at most."""
    impact: float = 0.5
    """Each word of work that suffers or of a day that cannot be moved, twice at most."""
    no_hurry: float = -1.5
    due_in_two_days: float = 1.3
    due_in_a_week: float = 0.8
    due_later: float = 0.2
    frustrated: float = 0.4
    angry: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The company that runs mailroute, as clients see it."""

    name: str = "mailroute"
    routing_address: str = "issues@localhost"
    """Where clients and reps write; reply addresses are sub-addresses of it (RFC 5233)."""
    also_accepts: tuple[str, ...] = ()
    """Further addresses that lead here."""
    handoff_address: str | None = None
    """What staff write or forward there is sold work to be handed over; one of our addresses."""
    form_senders: tuple[str, ...] = ()
    """Addresses from which web forms write in their visitors' names: Reply-To is believed there."""
    internal_domains: tuple[str, ...] = ()
    timezone: str = "UTC"
    """IANA name; used where a mail does not tell its own zone."""
    country: str | None = None
    """Whose holidays we keep: ISO 3166-1, perhaps with a subdivision (`DE-BY`); by the time zone when None."""
    language: str = "en"
    """ISO 639-1; of the mails to our own people, where a translation is there."""
    competitors: tuple[str, ...] = ()
    """Companies whose names in a client's mail the sales people want to read."""
    reference_patterns: tuple[tuple[str, str], ...] = ()
    """Kind of reference (`domain.issue.ReferenceKind`) and the regular expression of the house's own numbers."""
    urgency: UrgencyScale = UrgencyScale()
    public_url: str | None = None
    """Where people's browsers reach our pages, https; None: nowhere."""

    @property
    def domain(self) -> str:
        """The domain of everything that we sign, send and receive."""
        return domain_of(self.routing_address)

    @property
    def own_addresses(self) -> frozenset[str]:
        """Every address that leads to mailroute itself, as `address_key`, without sub-addresses."""
        return frozenset(
            address_key(a)
            for a in (
                self.routing_address,
                *self.also_accepts,
                *([self.handoff_address] if self.handoff_address else []),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What one message may cost; above it, quarantine or a defect."""

    seconds: float = 10.0
    """Wall clock for parsing and extraction of one message in the child."""
    memory_bytes: int = 2 * 2**30
    """Address space of the child; spaCy with its model takes about 0.9 GB of it."""
    raw_bytes: int = 35 * 2**20
    """25 MiB of files, times 4/3 for base64, plus line ends."""
    header_bytes: int = 256 * 2**10
    field_bytes: int = 64 * 2**10
    parts: int = 1000
    depth: int = 20
    html_bytes: int = 2 * 2**20
    text_characters: int = 200_000
    """Of the visible text that is split and shown."""
    extraction_characters: int = 20_000
    """Of the client's words that spaCy sees (reference: extraction.md §1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Whose word counts."""

    authserv_ids: tuple[str, ...] = ()
    """authserv-id of our own border (RFC 8601 §2.5); none named means that no header is trusted."""
    check_dkim: bool = False
    """Whether DKIM signatures are checked where our border says nothing; this asks the DNS."""
    arc_sealers: tuple[str, ...] = ()
    """Domains whose ARC seals (RFC 8617) count then."""
    staff_without_proof: bool = False
    """Whether mail From: staff counts as theirs although nothing proves it. Unsafe: From: is never identity."""
    spam_headers: tuple[str, ...] = ()
    """Fields of our border's filter whose verdict counts (`domain.parsed.SPAM_HEADERS`)."""
    drop_spam: bool = False
    """Whether spam is put aside for good instead of being held for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingLimits:
    """How much automatic mail may leave (RFC 3834 §2)."""

    per_address_and_hour: int = 5
    per_organisation_and_hour: int = 40
    """To all addresses of one client company together; public mail providers are nobody's company."""
    automatic_per_day: int = 2000
    give_up_after: timedelta = timedelta(days=5)
    """RFC 5321 §4.5.4.1: at least 4-5 days."""
    ask_once: bool = True
    """Whether a reply that asks for what the client has told waits for its author's word."""
    hold_stale: timedelta = timedelta(minutes=10)
    """How long a reply waits when somebody has added to the ticket since the mail that it answers; 0: not at all."""


class AfterClose(StrEnum):
    """What becomes of a client's message on a closed ticket."""

    REOPEN = "reopen"
    NEW_TICKET = "new-ticket"
    """A ticket of its own, linked to the old one."""
    REFUSE = "refuse"
    """Held for a person; the ticket stays closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedTickets:
    """Clients who write on closed tickets. Resolved ones always come back: that is what resolved means."""

    reopen_within: timedelta = timedelta(days=30)
    """The age, counted from when the ticket was closed, at which the second rule begins."""
    within: AfterClose = AfterClose.REOPEN
    later: AfterClose = AfterClose.NEW_TICKET


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingHabits:
    """Whose work it is, where the directory leaves it open."""

    learned_threshold: float = 0.8
    """How sure a suggestion learned from people's reassignments must be."""
    previous_handler: timedelta = timedelta(days=90)
    """How long a client's earlier ticket counts for a further one of the same matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """When our own people get theirs; only on our working days."""

    enabled: bool = True
    at: time = time(7, 30)
    """Local time of the house."""
    often: str = "daily"
    """`domain.digest.Frequency` of who has not chosen."""
    weekly_on: int = 0
    """Weekday of weekly ones, Monday is 0; on a holiday the next working day."""
    agenda_on: int | None = 0
    """Weekday of the joint agenda; None for no agenda."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """When an office is open; local time."""

    days: frozenset[int] = frozenset(range(5))
    """Monday is 0."""
    opens: time = time(9)
    closes: time = time(17)


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """What we promise the clients of one tier, in our working time; None promises nothing."""

    first_answer_hours: float | None = None
    resolution_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUps:
    """Who hears when of what stands still. Days and hours are working ones."""

    enabled: bool = True
    nudge_after_days: int = 3
    """From our question until the rep gets a nudge to send; the client's working days."""
    firm_after_days: int = 3
    """From there until the PM gets a firm text to send."""
    nudges_per_ticket: int = 2
    """Nudges offered to the rep on one ticket, for however many questions."""
    nudges_per_client_and_week: int = 2
    """Nudges and firm texts that one client gets from all of us in seven days."""
    nudge_unasked: bool = False
    """Whether the nudge goes to the client without the rep's word."""
    first_answer_hours: float = 16.0
    """By when a new ticket should have its first answer, where its tier says nothing."""
    answer_after_days: int = 3
    """How long the PM may leave a client's further word unanswered."""
    escalate_after_days: int = 2
    """From the reminder of that, or a promise's day, until the lead is told."""
    tell_first_answer: bool = True
    """Whether the acknowledgement names the day by which the first answer comes."""
    levels: tuple[tuple[str, ServiceLevel], ...] = ()
    """Tiers of organisations, as the directory writes them, and what they are promised."""
    hours: WorkingHours = field(default_factory=WorkingHours)

    def level_of(self, tier: str | None) -> ServiceLevel:
        """What clients of *tier* are promised."""
        usual = ServiceLevel(first_answer_hours=self.first_answer_hours)
        named = {name.casefold(): level for name, level in self.levels}
        return named.get((tier or "").casefold(), usual)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything the pure code may consult."""

    service: Service = field(default_factory=Service)
    mode: Mode = Mode.OBSERVE
    reading: ReadingLimits = field(default_factory=ReadingLimits)
    trust: Trust = field(default_factory=Trust)
    sending: SendingLimits = field(default_factory=SendingLimits)
    closed: ClosedTickets = field(default_factory=ClosedTickets)
    routing: RoutingHabits = field(default_factory=RoutingHabits)
    digests: Digests = field(default_factory=Digests)
    followups: FollowUps = field(default_factory=FollowUps)
    secret: bytes = field(default=b"", repr=False)
    """Key of reply tokens and Message-IDs (HMAC-SHA256)."""
