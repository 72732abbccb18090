"""The whole path: mails kept -> worked through -> handed to a catcher, by real worker processes; and where time goes.

    python tests/bench/path.py [--count 400] [--rounds 2] [--quick]

The first table counts from a filled inbox to the last mail caught, the workers being up and warm. CPU is that of all
worker processes; the reader's is the share of parsing and extraction. The second table walks the same mails through
the same functions in one process and says what each step costs, the third looks into the reading child.
"""

import argparse
import asyncio
import pickle
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import figures
import generate
import ground

from mailroute.domain.decisions import Facts, Reading
from mailroute.domain.issue import Issue
from mailroute.domain.outgoing import ComposedMail, MailDraft, OutboxId
from mailroute.extraction import FIELDS, LanguageModel, extract, load_language
from mailroute.extraction.reading import read
from mailroute.outbound.transport import SmtpTransport
from mailroute.parsing import parse
from mailroute.services.apply import apply
from mailroute.services.decide import decide
from mailroute.services.gather import gather
from mailroute.services.way_out import smarthost_of
from mailroute.store import inbox

WARM_UP = 20
"""Mails that are worked through before the clock starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One drain of the inbox; CPU in milliseconds a message."""

    rate: float
    worker: float
    reader: float
    postgres: float

    @property
    def cpu(self) -> float:
        """Of everything that is ours to pay for."""
        return self.worker + self.reader + self.postgres


def drain(folder: Path, url: str, mails: Sequence[generate.Mail], workers: int, smarthost: int) -> Run:
    """Work *mails* through with so many worker processes."""
    with ground.installation(folder, url, smarthost=smarthost) as ours:
        received = ground.arrivals(mails)
        commands = [("worker", "--config", str(ours.config))] * workers
        with ground.processes(*commands) as pids:
            ground.keep(ours.app, received[:WARM_UP])
            ground.wait_until_settled(ours.app, WARM_UP)
            before = _cpu(pids, url)
            begun = time.monotonic()
            ground.keep(ours.app, received[WARM_UP:])
            seconds = ground.wait_until_settled(ours.app, len(received)) - begun
            after = _cpu(pids, url)
    count = len(received) - WARM_UP
    worker, reader, postgres = ((b - a) * 1000 / count for a, b in zip(before, after, strict=True))
    return Run(rate=count / seconds, worker=worker, reader=reader, postgres=postgres)


def _cpu(workers: Sequence[int], url: str) -> tuple[float, float, float]:
    readers = [child for pid in workers for child in ground.children(pid)]
    return (
        sum(ground.cpu_seconds(pid) for pid in workers),
        sum(ground.cpu_seconds(pid) for pid in readers),
        ground.postgres_cpu_seconds(url),
    )


def throughput(count: int, rounds: int, plan: Sequence[tuple[str, int]]) -> str:
    """The first table; *plan* says which databases with how many workers, in turn in every round."""
    mails = list(generate.generate(count + WARM_UP))
    runs: dict[tuple[str, int], list[Run]] = defaultdict(list)
    with (
        tempfile.TemporaryDirectory(prefix="mailroute-bench-") as place,
        ground.databases([kind for kind, _ in plan]) as new,
        ground.catching() as smarthost,
    ):
        for turn in range(rounds):
            for kind, workers in plan:
                folder = Path(place) / f"{kind}-{workers}-{turn}"
                folder.mkdir()
                runs[kind, workers].append(drain(folder, new(kind, folder), mails, workers, smarthost))
    base = statistics.median(run.rate for run in runs[plan[0]])
    rows = [[kind, str(workers), *_figures(runs[kind, workers], base)] for kind, workers in plan]
    head = [
        "database",
        "workers",
        "msg/s",
        "ratio",
        "CPU ms",
        "reader",
        "worker",
        "PostgreSQL",
        "reader's share",
    ]
    title = f"Whole path: {count} mails, kept -> worked through -> caught (median of {rounds})"
    note = "CPU in ms a message; reader = parsing and extraction, in its own process"
    return figures.table(title, head, rows, note, *ground.left_out())


def _figures(runs: Sequence[Run], base: float) -> list[str]:
    def median(of: Callable[[Run], float]) -> float:
        return statistics.median(of(run) for run in runs)

    rate, cpu, reader = median(lambda r: r.rate), median(lambda r: r.cpu), median(lambda r: r.reader)
    worker, postgres = median(lambda r: r.worker), median(lambda r: r.postgres)
    return [
        f"{rate:.1f}",
        f"{rate / base:.2f}",
        f"{cpu:.1f}",
        f"{reader:.1f}",
        f"{worker:.1f}",
        f"{postgres:.1f}",
        f"{100 * reader / cpu:.0f} %",
    ]


# -- where the time goes ---------------------------------------------------------------------------------------------


class Meter:
    """CPU time by step; that of a step within a step counts for the inner one alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner = [0.0]

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Add what the block costs to *name*."""
        self._inner.append(0.0)
        begun = time.process_time()
        try:
            yield
        finally:
            spent = time.process_time() - begun
            self.seconds[name] += spent - self._inner.pop()
            self._inner[-1] += spent

    def table(self, title: str, count: int) -> str:
        """The dearest step first."""
        total = sum(self.seconds.values())
        rows = [
            [name, f"{1000 * seconds / count:.2f}", f"{100 * seconds / total:.0f} %"]
            for name, seconds in sorted(self.seconds.items(), key=lambda item: -item[1])
        ]
        rows.append(["in all", f"{1000 * total / count:.2f}", "100 %"])
        return figures.table(title, ["step", "CPU ms a message", "share"], rows)


@contextmanager
def one_service() -> Iterator[ground.Installation]:
    """A service on SQLite in a throw-away folder, with a catcher."""
    with tempfile.TemporaryDirectory(prefix="mailroute-bench-") as place, ground.catching() as smarthost:
        url = f"sqlite:///{place}/mailroute.db"
        with ground.installation(Path(place), url, smarthost=smarthost) as ours:
            yield ours


def steps(count: int, model: LanguageModel) -> str:
    """The second table: one process, one mail after the other, on SQLite."""
    mails, meter = list(generate.generate(count + WARM_UP)), Meter()
    loop = asyncio.new_event_loop()
    with one_service() as ours:
        app, outbox = ours.app, list[OutboxId]()
        transport = SmtpTransport(smarthost_of(app.settings))
        deliverer = app.deliverer(transport)

        def composed(draft: MailDraft, facts: Facts) -> ComposedMail:
            with meter.step("compose"):
                return app.compose(draft, facts.now)

        for number, one in enumerate(app.keep(ground.arrivals(mails))):
            if number == WARM_UP:
                meter.seconds.clear()
            with meter.step("load"), app.store.read() as connection:
                entry, raw = inbox.load(connection, one.id), inbox.raw(connection, one.id)
                directory = app.directories.current(connection)
            assert entry is not None
            with meter.step("parse"):
                parsed = parse(raw, limits=app.policy.reading, trust=app.policy.trust)
            with meter.step("extract"):
                issue = extract(parsed, model=model, directory=directory, service=app.policy.service)
            reading = Reading(parsed, issue)
            with meter.step("begin and commit"), app.store.write() as connection:
                with meter.step("gather"):
                    facts = gather(
                        connection,
                        entry,
                        reading,
                        directory=directory,
                        policy=app.policy,
                        now=app.clock.now(),
                    )
                with meter.step("decide"):
                    outcome = decide(facts)
                with meter.step("apply"):
                    apply(
                        connection,
                        facts,
                        outcome,
                        compose=composed,
                        enqueue=lambda _, mail: outbox.append(mail),
                    )
            with meter.step("deliver (with the catcher's part)"):
                for mail in outbox:
                    loop.run_until_complete(deliverer.deliver(mail))
            outbox.clear()
        loop.run_until_complete(transport.close())
        loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()
    return meter.table(f"Where the time goes: one process, SQLite, {count} mails", count)


class SpacyMetered(LanguageModel):
    """The model, with spaCy's part of the work told apart from the rules."""

    meter: Meter

    @classmethod
    def of(cls, model: LanguageModel, meter: Meter) -> "SpacyMetered":
        """*model* and where to count."""
        metered = cls(model.nlp, model.name, model.blank, model.kinds)
        object.__setattr__(metered, "meter", meter)
        return metered

    def read(self, texts: Sequence[str]) -> list[Any]:
        """As the model itself."""
        with self.meter.step("spaCy"):
            return super().read(texts)


def reader_profile(count: int, trained: LanguageModel) -> str:
    """The third table: what the reading child does, field by field, with the trained parts of spaCy apart."""
    mails, meter = list(generate.generate(count + WARM_UP)), Meter()
    model = SpacyMetered.of(trained, meter)
    with one_service() as ours, ours.app.store.read() as connection:
        policy, directory = ours.app.policy, ours.app.directories.current(connection)
    for number, mail in enumerate(mails):
        if number == WARM_UP:
            meter.seconds.clear()
        with meter.step("parse"):
            parsed = parse(mail.raw, limits=policy.reading, trust=policy.trust)
        card = Issue()
        with model.zone():
            with meter.step("extract: sentences, language, days"):
                reading = read(parsed, model, directory, policy.service)
            for field, extractor in FIELDS:
                with meter.step(f"extract: {field}"):
                    card = replace(card, **{field: extractor(reading, card)})
        with meter.step("answer the worker"):
            pickle.loads(pickle.dumps(Reading(parsed, card)))
    return meter.table(f"Inside the reading child, {count} mails", count)


def main() -> None:
    """Read the arguments and print the tables."""
    parser = argparse.ArgumentParser(description="The whole path of a message, in messages a second.")
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    print(figures.machine())
    print("\n".join(tables(given.count, given.rounds, quick=given.quick)))


def tables(count: int = 400, rounds: int = 2, *, quick: bool = False) -> Iterator[str]:
    """All of this benchmark."""
    plan = [(kind, workers) for kind in ground.available() for workers in (1, 2)]
    if quick:
        count, rounds, plan = 20, 1, [plan[0], plan[-1]]
    yield throughput(count, rounds, plan)
    model = load_language(None)
    yield steps(min(count, 200), model)
    yield reader_profile(min(count, 200), model)


if __name__ == "__main__":
    main()
