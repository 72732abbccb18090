"""A thousand mails while every process is killed again and again: nothing lost, nothing done twice."""

import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import mails
import pytest
from accounts import check_books, check_outbox, is_settled
from catching import CatcherThread, headers
from wire import CarefulSender, Outgoing

from house import House, Kind
from mailroute.domain.outgoing import OutboxState
from mailroute.services.operating import Standing

CLIENT_MAILS, FORWARDS, ANSWERS = 700, 150, 150
LONGEST_GAP = 8.0
"""Seconds without enough work after which the next one is killed all the same: processes die at their start, too."""
MAILS_A_SECOND = 40.0
SECONDS_TO_SETTLE = 480.0


@dataclass(frozen=True)
class Act:
    """What is killed, in random order, and how much work at most lies between two kills: mails, at random."""

    victims: tuple[Kind, ...]
    most: int
    work: Callable[[Standing], int]
    has_begun: Callable[[Standing], bool]
    """Whether kills may come for mere lapse of time."""


ACTS = (
    Act(
        (*[Kind.SERVE] * 3, *[Kind.WORKER] * 4, *[Kind.READER] * 7),
        120,
        lambda now: now.books.received + now.books.received - now.books.waiting,
        lambda now: True,
    ),
    Act(
        (*[Kind.SERVE] * 2, *[Kind.WORKER] * 6, *[Kind.READER] * 1),
        120,
        lambda now: now.outbox[OutboxState.SENT],
        lambda now: now.outbox[OutboxState.SENT] > 0 and not now.books.waiting,
    ),
)
"""First while mail is taken in and worked through, then while mail is sent."""


class Killer:
    """Kills one process after the other, and starts `serve` again as an init system would."""

    def __init__(self, house: House, chance: random.Random) -> None:
        self.killed: Counter[Kind] = Counter()
        self._house = house
        self._chance = chance
        self._plan = [(act, kind) for act in ACTS for kind in chance.sample(act.victims, len(act.victims))]
        self._work_before = 0
        self._gap = 0
        self._time = time.monotonic() + LONGEST_GAP

    @property
    def done(self) -> bool:
        """Whether everything that was planned has been killed."""
        return not self._plan

    def turn(self) -> None:
        """Kill the next one if its moment has come and one of its kind lives."""
        now = self._house.standing()
        if self.done or now is None or not self._is_due(now):
            return
        _, kind = self._plan[0]
        if not (victims := self._house.processes(kind)):
            return
        self._chance.choice(victims).send(signal.SIGKILL)
        self.killed[kind] += 1
        self._plan.pop(0)
        if kind is Kind.SERVE:
            self._house.start()
        if not self.done:
            act, _ = self._plan[0]
            self._work_before, self._gap = act.work(now), self._chance.randint(0, act.most)
            self._time = time.monotonic() + LONGEST_GAP

    def _is_due(self, now: Standing) -> bool:
        act, _ = self._plan[0]
        if act.work(now) - self._work_before > self._gap:
            return True
        return act.has_begun(now) and time.monotonic() > self._time


class Answering:
    """Clients who answer some of the acknowledgements that they get."""

    def __init__(self, catcher: CatcherThread) -> None:
        self.sent: dict[str, Outgoing] = {}
        """Message-ID of the acknowledgement to the answer."""
        self._catcher = catcher
        self._looked_at = 0

    def due(self) -> list[Outgoing]:
        """Answers to what has come since the last look."""
        fresh = self._catcher.caught[self._looked_at :]
        self._looked_at += len(fresh)
        answers = []
        for caught in fresh:
            message_id = str(headers(caught)["Message-ID"])
            is_acknowledgement = caught.rcpt_to[0].startswith("c")
            if is_acknowledgement and message_id not in self.sent and len(self.sent) < ANSWERS:
                answers.append(mails.answer_to(caught, 10_000 + len(self.sent)))
                self.sent[message_id] = answers[-1]
        return answers


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "house_url", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_nothing_is_lost_or_doubled_while_everything_is_killed(
    house_url: str | None,
    new_house: Callable[..., House],
    catcher: CatcherThread,
    chance: random.Random,
) -> None:
    """1,000 mails, over 20 kills: each mail is on exactly one ticket, each acknowledgement goes out once at most."""
    house = new_house(house_url)
    assert house.command("db", "upgrade").returncode == 0
    opening = [mails.client_mail(number) for number in range(CLIENT_MAILS)]
    opening += [mails.rep_forward(CLIENT_MAILS + number) for number in range(FORWARDS)]
    chance.shuffle(opening)
    began = time.monotonic()
    house.start()
    sender = CarefulSender(house.port, rate=MAILS_A_SECOND)
    sender.send(opening)
    killer, answering = Killer(house, chance), Answering(catcher)
    try:

        def all_is_done() -> bool:
            killer.turn()
            assert sender.refused == {}
            sender.send(answering.due())
            return killer.done and len(sender.accepted) == len(opening) + ANSWERS and is_settled(house)

        house.wait(all_is_done, "everything killed, sent, worked through and delivered", SECONDS_TO_SETTLE)
    finally:
        sender.close()
        print(summary(house, sender, killer, catcher, time.monotonic() - began))

    check_books(house, sender, opened=opening, appended=list(answering.sent.values()))
    check_outbox(house, catcher, tickets=len(opening))
    check_answers(house, answering)


def check_answers(house: House, answering: Answering) -> None:
    """Each answer is on the ticket whose acknowledgement it answers."""
    tickets = dict(house.rows("SELECT message_id, ticket FROM ticket_message"))
    acknowledged = dict(house.rows("SELECT message_id, ticket FROM outbox WHERE kind = 'ticket-opened'"))
    assert {a: acknowledged[a] for a in answering.sent} == {
        a: tickets[answer.message_id] for a, answer in answering.sent.items()
    }


def summary(
    house: House, sender: CarefulSender, killer: Killer, catcher: CatcherThread, seconds: float
) -> str:
    """The figures in a line."""
    now = house.standing()
    kills = ", ".join(f"{count} {kind}" for kind, count in killer.killed.items())
    line = (
        f"{len(sender.accepted)} mails accepted in {sender.tries.total()} tries, {killer.killed.total()} kills"
        f" ({kills}), {len(catcher.caught)} mails caught, {seconds:.0f} s"
    )
    if now is None:
        return f"{line}; the database cannot be asked"
    states = ", ".join(f"{count} {state}" for state, count in now.outbox.items() if count)
    return (
        f"{line}; {now.books.received} received = {now.books.accounted_for} accounted for, {now.books.opened} tickets,"
        f" {now.books.appended} appended, {now.books.duplicates} duplicates, {now.books.quarantined} quarantined,"
        f" {now.books.waiting} waiting; outbox: {states}"
    )
