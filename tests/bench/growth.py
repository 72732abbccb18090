"""What a message costs when the store has grown: with 1,000, 10,000 and 100,000 tickets in it.

    python tests/bench/growth.py [--sizes 1000 10000 100000] [--count 40] [--rounds 5]

The stores are made by the service itself: it works a hundred mails through, and the rows that these leave in every
table are then multiplied in SQL under new numbers, Message-IDs, words and moments: 250 tickets a day, so that a larger
store is an older one of the same company; of those older than a month one in five is still open. In every round each
store gets the same new mails in turn. Goal: the largest costs at most 1.2 times what the smallest does.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import figures
import generate
import ground
import psycopg
import sqlalchemy as sa

from mailroute.bootstrap import Application
from mailroute.domain.decisions import Reading
from mailroute.domain.directory import Directory
from mailroute.domain.received import ReceivedMail
from mailroute.outbound.transport import SmtpTransport
from mailroute.services.process_mail import Read
from mailroute.services.reading import Reader
from mailroute.services.way_out import smarthost_of
from mailroute.store import outbox
from mailroute.store.schema import metadata
from mailroute.store.session import Connection

GOAL = 1.2
SEEDS, QUICK_SEEDS = 100, 25
"""Mails whose rows are multiplied."""
TICKETS_A_DAY = 250

OF = {"ticket": "ticket", "entry": "inbox", "after_entry": "inbox", "outbox": "outbox"}
"""Columns that point to numbered rows, and the table of those."""
NUMBERED = {"ticket": "number", "inbox": "id", "outbox": "id"}
"""Tables whose rows are pointed to, and the column that numbers them."""
RENAMED = frozenset({"source_key", "sha256", "key", "fingerprint", "content_hash"})
"""Values that must differ in a copy, or it would be joined with what has nothing to do with it."""
MOMENTS = frozenset({"received_at", "changed_at", "opened_at", "updated_at", "at", "created_at"})
CUT = frozenset({"outbox.raw", "outbox.text", "raw_message.bytes"})
"""What is long and not looked at again; short in copies, so that 100,000 tickets fit in a gigabyte."""
ORDER = (
    "raw_message", "ticket", "inbox", "participant", "ticket_message", "ticket_event", "message_seen", "outbox",
    "outbox_recipient",
)  # fmt: skip
"""Tables that grow with the messages, each after those that it points to."""


@dataclass(slots=True)
class Once:
    """Reads each message once, whichever stores it goes to: the rows to be multiplied are the same in all."""

    read: Read
    known: dict[bytes, Reading] = field(default_factory=dict)

    def __call__(self, raw: bytes, directory: Directory) -> Reading:
        """As the reader, or what that said before."""
        if raw not in self.known:
            self.known[raw] = self.read(raw, directory)
        return self.known[raw]


@dataclass(slots=True)
class Timed:
    """Seconds of the reads, so that they can be taken out."""

    read: Read
    seconds: list[float] = field(default_factory=list)

    def __call__(self, raw: bytes, directory: Directory) -> Reading:
        """As the reader, timed."""
        begun = time.perf_counter()
        try:
            return self.read(raw, directory)
        finally:
            self.seconds.append(time.perf_counter() - begun)


# -- filling ---------------------------------------------------------------------------------------------------------


def fill(app: Application, read: Read, size: int, seed_mails: int) -> None:
    """Bring the store to about *size* tickets, made from the rows of so many mails."""
    processor = app.processor(read)
    seeds = [mail for mail in generate.generate(seed_mails, seed=11) if mail.kind != "file"]
    for kept in app.keep(ground.arrivals(seeds)):
        processor.process(kept.id)
    with app.store.write() as connection:
        tickets = connection.execute(sa.text("SELECT count(*) FROM ticket")).scalar_one()
        connection.execute(sa.text("DELETE FROM procrastinate_jobs"))
        connection.execute(sa.text("UPDATE outbox SET state = 'sent', next_attempt_at = NULL"))
        copies = max(1, round(size / tickets) - 1)
        _multiply(connection, copies, tickets / TICKETS_A_DAY)
        _settle(connection)
    if not app.store.is_sqlite:
        with psycopg.connect(app.store.conninfo, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # as the server does by itself in the course of time


def _multiply(connection: Connection, copies: int, days_each: float) -> None:
    """Copies of all rows; each next one is *days_each* days younger."""
    strides = {
        name: connection.execute(sa.text(f"SELECT max({number}) FROM {name}")).scalar_one()
        for name, number in NUMBERED.items()
    }
    for name in ORDER:
        # rows that nothing points to are numbered by the database
        columns = [c.name for c in metadata.tables[name].columns if c.name != "id" or name in NUMBERED]
        made = ", ".join(_copied(column, name, strides, connection.dialect.name) for column in columns)
        listed = ", ".join(f'"{column}"' for column in columns)
        connection.execute(
            sa.text(
                f"INSERT INTO {name} ({listed}) WITH RECURSIVE copies(n) AS"
                " (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < :copies)"
                f" SELECT {made} FROM copies CROSS JOIN {name} ORDER BY n"
            ),
            {"copies": copies, "days": days_each},
        )


def _copied(column: str, name: str, strides: Mapping[str, int], dialect: str) -> str:
    """The expression for a column of the n-th copy."""
    here = f'{name}."{column}"'
    if column == NUMBERED.get(name):
        return f"{here} + n * {strides[name]}"
    if column in OF:
        return f"{here} + n * {strides[OF[column]]}"
    if column == "message_id":
        return f"'<' || n || '.' || substr({here}, 2)"
    if column in RENAMED:
        return f"CASE WHEN {here} = '' THEN '' ELSE n || '.' || {here} END"
    if f"{name}.{column}" in CUT:
        return f"substr({here}, 1, 200)"
    if column in MOMENTS:
        if dialect == "sqlite":
            return f"strftime('%Y-%m-%d %H:%M:%f000', {here}, '-' || ((:copies + 1 - n) * :days) || ' days')"
        return f"{here} - (CAST(:copies AS integer) + 1 - n) * CAST(:days AS float8) * interval '1 day'"
    return here


def _settle(connection: Connection) -> None:
    """Close most of what is old, count the work of each PM, and go on numbering where the copies end."""
    old = (
        "datetime('now', '-30 days')" if connection.dialect.name == "sqlite" else "now() - interval '30 days'"
    )
    statements = [
        f"UPDATE ticket SET status = 'closed' WHERE updated_at < {old} AND number % 5 <> 0",
        "DELETE FROM workload",
        "INSERT INTO workload SELECT pm, count(*) FROM ticket WHERE status <> 'closed' AND pm IS NOT NULL GROUP BY pm",
    ]
    if connection.dialect.name != "sqlite":
        statements += [
            "SELECT setval('ticket_number', (SELECT max(number) FROM ticket))",
            *(
                f"SELECT setval('{name}_id_seq', (SELECT max(id) FROM {name}))"
                for name in ("inbox", "outbox")
            ),
        ]
    for statement in statements:
        connection.execute(sa.text(statement))


# -- measuring -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Figures:
    """Seconds of each message in one store."""

    settle: list[float] = field(default_factory=list)
    """Load, gather, decide, apply and commit: all that looks at the store before delivery."""
    settle_cpu: list[float] = field(default_factory=list)
    deliver: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)


class Subject:
    """A filled store, and the services on it."""

    def __init__(self, app: Application, read: Read) -> None:
        self._app = app
        self._read = Timed(read)
        self._processor = app.processor(self._read)
        self._transport = SmtpTransport(smarthost_of(app.settings))
        self._deliverer = app.deliverer(self._transport)
        self._loop = asyncio.new_event_loop()
        self.figures = Figures()

    def take(self, mail: ReceivedMail) -> None:
        """Work one message through and send what it causes, with the watch in hand."""
        (kept,) = self._app.keep([mail])
        begun, cpu = time.perf_counter(), time.thread_time()
        self._processor.process(kept.id)
        processed, cpu = time.perf_counter() - begun, time.thread_time() - cpu
        with self._app.store.read() as connection:
            mails = outbox.due(connection, self._app.clock.now())
        begun = time.perf_counter()
        for number in mails:
            self._loop.run_until_complete(self._deliverer.deliver(number))
        delivered = time.perf_counter() - begun
        figures = self.figures
        figures.settle.append(processed - self._read.seconds[-1])
        figures.settle_cpu.append(cpu)
        figures.deliver.append(delivered)
        figures.whole.append(processed + delivered)

    def close(self) -> None:
        """End the connection to the smarthost."""
        self._loop.run_until_complete(self._transport.close())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


def growth(sizes: Sequence[int], count: int, rounds: int, kinds: Sequence[str], seeds: int = SEEDS) -> str:
    """The table: every new message goes to every store in turn."""
    with (
        tempfile.TemporaryDirectory(prefix="mailroute-bench-") as place,
        ground.databases(kinds) as new,
        ground.catching() as smarthost,
        ExitStack() as closing,
    ):
        subjects = dict[tuple[str, int], Subject]()
        for kind, size in ((kind, size) for kind in kinds for size in sizes):
            folder = Path(place) / f"{kind}-{size}"
            folder.mkdir()
            url = new(kind, folder)
            app = closing.enter_context(ground.installation(folder, url, smarthost=smarthost)).app
            if not subjects:
                reader = closing.enter_context(Reader(app.policy))
                once = Once(reader.read)
            fill(app, once, size, seeds)
            subject = subjects[kind, size] = Subject(app, reader.read)
            closing.callback(subject.close)
        for turn in range(rounds + 1):
            mails = list(generate.generate(count, first=10_000 * (turn + 1)))
            for mail in ground.arrivals(mails, first=10_000 * (turn + 1)):
                for subject in subjects.values():
                    subject.take(mail)
            if turn == 0:  # to warm up
                for subject in subjects.values():
                    subject.figures = Figures()
        rows = [
            [kind, f"{size:,}", *_figures(subject.figures, subjects[kind, sizes[0]].figures)]
            for (kind, size), subject in subjects.items()
        ]
    head = [
        "database",
        "tickets",
        "decide+apply ms",
        "ratio",
        "CPU ms",
        "ratio",
        "deliver ms",
        "ratio",
        "whole ms",
        "ratio",
    ]
    title = f"Growth: one message more, medians of {count * rounds} messages that every store got in turn"
    goal = f"Goal: every ratio at most {GOAL}. Wall time includes the commits' fsync."
    return figures.table(title, head, rows, goal, *(ground.left_out() if len(kinds) == 1 else ()))


def _figures(mine: Figures, smallest: Figures) -> list[str]:
    words = []
    for name in ("settle", "settle_cpu", "deliver", "whole"):
        ours, base = (statistics.median(getattr(figures, name)) for figures in (mine, smallest))
        words += [f"{1000 * ours:.2f}", f"{ours / base:.2f}"]
    return words


def tables(
    sizes: Sequence[int] = (1_000, 10_000, 100_000), count: int = 40, rounds: int = 5, *, quick: bool = False
) -> Iterator[str]:
    """All of this benchmark."""
    if quick:
        yield growth((1_000, 3_000), 5, 1, ["sqlite"], QUICK_SEEDS)
    else:
        yield growth(sizes, count, rounds, ground.available())


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description="The cost of a message by the size of the store.")
    parser.add_argument("--sizes", type=int, nargs="+", default=(1_000, 10_000, 100_000))
    parser.add_argument("--count", type=int, default=40, help="messages in a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    print(figures.machine())
    print("\n".join(tables(given.sizes, given.count, given.rounds, quick=given.quick)))


if __name__ == "__main__":
    main()
