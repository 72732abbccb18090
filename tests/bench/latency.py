"""How long a sender waits from the final dot to 250, while workers use the same cores and the same disk.

    python tests/bench/latency.py [--count 400] [--sessions 4] [--rounds 3] [--quick]

Each round measures the listener alone and with one and two workers that have a full inbox to work through.
"""

import argparse
import asyncio
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import figures
import generate
import ground
import sender

BACKLOG = 1000
"""Mails that wait in the inbox before the clock starts, so that the workers do not run dry."""


def waits(
    folder: Path, smarthost: int, workers: int, mails: Sequence[generate.Mail], sessions: int, backlog: int
) -> list[float]:
    """Seconds from dot to 250 of each of *mails*."""
    with ground.served(folder, smarthost, workers=workers) as (ours, _):
        asyncio.run(sender.send(ours.smtp_port, list(generate.generate(20, first=10**5)), sessions))
        if workers:
            ground.wait_until_settled(ours.app, 20)
            waiting = list(generate.generate(backlog, first=2 * 10**5))
            ground.keep(ours.app, ground.arrivals(waiting, first=2 * 10**5))
        return asyncio.run(sender.send(ours.smtp_port, mails, sessions))


def latency(count: int, sessions: int, rounds: int, crews: Sequence[int], backlog: int = BACKLOG) -> str:
    """The table."""
    mails = list(generate.generate(count))
    found: dict[int, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="mailroute-bench-") as place, ground.catching() as smarthost:
        for turn in range(rounds):
            for workers in crews:
                folder = Path(place) / f"{turn}-{workers}"
                found[workers] += waits(folder, smarthost, workers, mails, sessions, backlog)
    alone = statistics.median(found[crews[0]])
    rows = []
    for workers in crews:
        ordered = sorted(found[workers])
        middle, late = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
        rows.append(
            [f"{workers} at work", f"{1000 * middle:.1f}", f"{middle / alone:.2f}", f"{1000 * late:.1f}"]
        )
    title = f"From final dot to 250: {sessions} sessions, {rounds} x {count} mails, SQLite"
    return figures.table(title, ["workers", "p50 ms", "ratio", "p99 ms"], rows)


def tables(count: int = 400, sessions: int = 4, rounds: int = 3, *, quick: bool = False) -> Iterator[str]:
    """All of this benchmark."""
    if quick:
        yield latency(50, sessions, 1, (0, 1), backlog=100)
    else:
        yield latency(count, sessions, rounds, (0, 1, 2))


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description="Dot-to-250 latency beside working workers.")
    parser.add_argument("--count", type=int, default=400, help="messages in a round")
    parser.add_argument("--sessions", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    print(figures.machine())
    print("\n".join(tables(given.count, given.sessions, given.rounds, quick=given.quick)))


if __name__ == "__main__":
    main()
