"""The state of the quarter: who will write when, and what has become of each matter."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from mailroute.domain.outgoing import OutboxItem
from mailroute.testing.quarter.letters import Letter
from mailroute.testing.quarter.people import BY_ADDRESS, DOMAIN, ZONE, Client, Colleague, Person
from mailroute.testing.quarter.words import Matter, Words
from mailroute.testing.quarter.words_de import GERMAN
from mailroute.testing.quarter.words_en import ENGLISH
from mailroute.testing.quarter.words_fr import FRENCH

LANGUAGES = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH}
OPENS, CLOSES = time(8), time(17, 30)
"""Hours in which people write; machines write at any time."""

Write = Callable[[], Letter | None]
"""Writes a letter when its time has come; None when there is nothing left to say."""


@dataclass(slots=True, kw_only=True)
class Story:
    """One matter of one client."""

    client: Client
    person: Person
    matter: Matter
    facts: dict[str, str]
    told: set[str]
    """Keys of needs that the client has told."""
    asked: list[str] = field(default_factory=list)
    """Keys that our PM asked and nobody has answered, oldest first."""
    promised: str | None = None
    """The day that our PM named, as written."""
    settled: bool = False
    chased: int = 0
    last: OutboxItem | None = None
    """The mail that the PM answers to."""
    to_client: OutboxItem | None = None
    """The mail that the client answers to."""

    @property
    def words(self) -> Words:
        """The client's language."""
        return LANGUAGES[self.client.language]

    def fill(self, text: str) -> str:
        """*text* with the facts of the matter in it, begun with a capital as a sentence is."""
        filled = text.format(**self.facts)
        return filled[:1].upper() + filled[1:]


@dataclass(order=True, slots=True)
class Act:
    """A letter to come."""

    at: datetime
    order: int
    write: Write = field(compare=False)
    story: Story | None = field(compare=False, default=None)


@dataclass(slots=True)
class World:
    """Everything that the people of the quarter know. One for one playing."""

    rng: Random
    begin: datetime
    end: datetime
    acts: list[Act] = field(default_factory=list)
    count: int = 0
    stories: dict[int, Story] = field(default_factory=dict)
    """By the ticket's number."""
    away: dict[str, date] = field(default_factory=dict)
    """Addresses of clients with a responder, and their last day away."""
    noted: set[str] = field(default_factory=set)
    """What happens once in the quarter and has happened."""
    handed: int = 0
    """Hand-offs begun."""

    def plan(self, at: datetime, write: Write, story: Story | None = None) -> None:
        """Let *write* be done at *at*; what comes after the quarter is never written."""
        at = at.replace(second=0, microsecond=0)
        if at < self.end:
            self.count += 1
            heapq.heappush(self.acts, Act(at, self.count, write, story))

    def chance(self, share: float) -> bool:
        """Whether something happens that happens in *share* of all cases."""
        return self.rng.random() < share

    def later(self, now: datetime, low: float, high: float) -> datetime:
        """A working moment *low* to *high* hours after *now*."""
        return at_work(now + timedelta(hours=self.rng.uniform(low, high)), self.rng)

    def pick(self, among: tuple[str, ...]) -> str:
        """One of several wordings."""
        return self.rng.choice(among)


def at_work(moment: datetime, rng: Random) -> datetime:
    """The same moment, or if nobody works then, somewhen in the next working morning."""
    local = moment.astimezone(ZoneInfo(ZONE))
    if local.weekday() < 5 and OPENS <= local.time() < CLOSES:
        return local
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, ZoneInfo(ZONE)) + timedelta(minutes=rng.randrange(0, 150))


def colleague_of(mail: OutboxItem) -> Colleague | None:
    """Who of us a mail is for."""
    return next((BY_ADDRESS[one.address] for one in mail.to if one.address in BY_ADDRESS), None)


def is_to_client(mail: OutboxItem) -> bool:
    """Whether a mail goes out of the house."""
    return any(not (one.address or "").endswith(f"@{DOMAIN}") for one in mail.to)
