"""Playing the quarter: letters go in, the service does its work, and people act on what it writes."""

import heapq
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from mailroute.domain.outgoing import OutboxId, OutboxItem, OutboxState, Sent
from mailroute.services.rehearse import Stage, do_what_is_due, next_stop
from mailroute.store import inbox, outbox
from mailroute.store.session import Connection
from mailroute.testing.quarter import clients, ours
from mailroute.testing.quarter.letters import Letter, Says, message_of, source_of
from mailroute.testing.quarter.opening import begin_story, newsletter, sold_work, stranger
from mailroute.testing.quarter.people import ZONE
from mailroute.testing.quarter.world import Story, World, colleague_of, is_to_client

WEEKS = 13
NIGHT = time(6)
"""When the day's new matters are planned."""
LAST_HOUR = timedelta(hours=1)
"""Of the quarter: before it what is missing of the letters is made good."""
FOLLOWS = 1.5
"""Letters that a new matter brings on its first day, about."""
EACH_HAND_OFF = 110
"""Letters to one hand-off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be played."""

    last_day: date
    """A Friday is best: the quarter ends in its evening."""
    letters: int = 1500
    """At least so many."""
    seed: int = 1
    weeks: int = WEEKS

    @property
    def first_day(self) -> date:
        """A Monday."""
        return self.last_day - timedelta(days=self.last_day.weekday()) - timedelta(weeks=self.weeks - 1)

    @property
    def days(self) -> list[date]:
        """Its working days."""
        span = (self.last_day - self.first_day).days + 1
        all_days = [self.first_day + timedelta(days=number) for number in range(span)]
        return [day for day in all_days if day.weekday() < 5]


@dataclass(frozen=True, slots=True)
class Tick:
    """How far it is."""

    week: int
    letters: int
    tickets: int


@dataclass(slots=True)
class Play:
    """One playing."""

    stage: Stage
    plan: Plan
    world: World
    letters: int = 0
    seen: int = 0
    """The last mail of the outbox that people have read."""
    waiting: set[OutboxId] = field(default_factory=set)
    """Replies that nobody has got yet."""
    written: dict[str, tuple[Letter, Story | None]] = field(default_factory=dict)
    """By the source of the entry in the inbox."""


def play(stage: Stage, plan: Plan, tell: Callable[[Tick], None]) -> int:
    """Play the quarter on *stage*, whose store holds the directory; how many letters went in."""
    zone = ZoneInfo(ZONE)
    begin = datetime.combine(plan.first_day, NIGHT, zone)
    world = World(rng=Random(plan.seed), begin=begin, end=datetime.combine(plan.last_day, time(18), zone))  # noqa: S311
    evening = world.end - LAST_HOUR
    stage.clock.at = begin
    played = Play(stage, plan, world)
    for number, day in enumerate(plan.days, start=1):
        _plan_day(played, datetime.combine(day, NIGHT, zone), number)
        night = min(evening, datetime.combine(day, NIGHT, zone) + timedelta(days=1))
        _play_until(played, night)
        tell(Tick((day - plan.first_day).days // 7 + 1, played.letters, len(world.stories)))
    # who asks less is answered less: what is missing is made good by new matters
    while (missing := plan.letters - played.letters) > 0:
        for _ in range(missing):
            _plan_one(played, evening)
        _play_until(played, evening)
    _play_until(played, world.end)
    return played.letters


def _plan_day(played: Play, morning: datetime, number: int) -> None:
    """So many new matters that the number of letters comes out."""
    world, plan = played.world, played.plan
    quota = plan.letters * number / len(plan.days)
    evening = morning + timedelta(hours=12)
    due = sum(act.at <= evening for act in world.acts)
    last = number == len(plan.days)
    missing = quota - played.letters - due * 0.8
    for _ in range(math.ceil(missing / (1 if last else FOLLOWS))):
        at = world.later(morning + timedelta(hours=world.rng.uniform(2, 9)), 0, 1)
        _plan_one(played, at)
    if played.letters // EACH_HAND_OFF > world.handed or number == 2:
        world.handed += 1
        at, which = world.later(morning, 4, 8), world.handed
        world.plan(at, lambda: sold_work(world, at, which))


def _plan_one(played: Play, at: datetime) -> None:
    world = played.world
    if world.chance(0.04):
        world.plan(at, lambda: newsletter(world))
    elif world.chance(0.02):
        world.plan(at, lambda: stranger(world))
    else:
        story, letter = begin_story(world, at)
        world.plan(at, lambda: letter, story)


def _play_until(played: Play, until: datetime) -> None:
    stage, world = played.stage, played.world
    while True:
        at = min(until, world.acts[0].at) if world.acts else until
        if (stop := next_stop(stage, at)) is not None:
            do_what_is_due(stage, stop)
            _hand_out(played)
            continue
        stage.clock.at = max(stage.clock.at, at)
        if not world.acts or world.acts[0].at > until:
            return
        act = heapq.heappop(world.acts)
        if (letter := act.write()) is not None:
            _send(played, letter, act.story)
            _hand_out(played)


def _send(played: Play, letter: Letter, story: Story | None) -> None:
    played.letters += 1
    played.written[source_of(played.letters)] = letter, story
    mail = message_of(letter, played.letters, played.stage.clock.at)
    with played.stage.store.write() as connection:
        [kept] = inbox.keep(connection, [mail])
    played.stage.processor.process(kept.id)


def _hand_out(played: Play) -> None:
    """Every new mail of ours arrives, and its reader decides what to do about it."""
    with played.stage.store.read() as connection:
        fresh = _since(connection, played)
    gone = [mail for mail in fresh if mail.state is OutboxState.QUEUED]
    if gone:
        _arrived(played, gone)
    for mail in gone:
        _is_read(played, mail)


def _since(connection: Connection, played: Play) -> list[OutboxItem]:
    limit = 16
    while True:
        found = outbox.listing(connection, limit=limit)
        if len(found) < limit or found[-1].id <= played.seen:
            break
        limit *= 4
    fresh = [mail for mail in found if mail.id > played.seen]
    released = [outbox.load(connection, number) for number in sorted(played.waiting)]
    played.waiting |= {mail.id for mail in fresh if mail.state is OutboxState.WAITING}
    come = [mail for mail in released if mail is not None and mail.state is not OutboxState.WAITING]
    played.waiting -= {mail.id for mail in come}
    played.seen = max((mail.id for mail in fresh), default=played.seen)
    return sorted([*fresh, *come], key=lambda mail: mail.id)


def _arrived(played: Play, gone: Sequence[OutboxItem]) -> None:
    """The mail server has taken them."""
    now = played.stage.clock.at
    with played.stage.store.write() as connection:
        for mail in gone:
            claimed = outbox.start(connection, mail.id, now)
            if claimed is None or not outbox.mark_sending(
                connection, mail.id, attempt=claimed.attempts, now=now
            ):
                continue
            results = {address: Sent("250 2.0.0 taken") for address in claimed.mail.rcpt_to}
            outbox.mark_results(
                connection, mail.id, results, attempt=claimed.attempts, now=now, next_attempt_at=None
            )


def _is_read(played: Play, mail: OutboxItem) -> None:
    world, now = played.world, played.stage.clock.at
    letter, story = played.written.get(mail.after or "", (None, None))
    if mail.ticket is not None:
        if story is not None and letter is not None and letter.says is Says.MATTER:
            world.stories.setdefault(mail.ticket.number, story)
        story = world.stories.get(mail.ticket.number)
    if is_to_client(mail):
        if story is not None:
            clients.on_mail(world, story, mail, letter.says if letter else None, now)
    elif (reader := colleague_of(mail)) is not None:
        ours.on_mail(world, ours.Got(mail=mail, reader=reader, story=story, at=now))
