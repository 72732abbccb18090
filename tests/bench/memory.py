"""Peak memory of the service's processes: listener, worker, reading child.

    python tests/bench/memory.py [--megabytes 30] [--quick]

Each row is a service started anew (VmHWM never goes down), with one worker: at rest, after fifty mails of every kind,
after one big mail, after ten big mails that come at the same moment.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import figures
import generate
import ground
import sender


def peaks(folder: Path, smarthost: int, mails: Sequence[generate.Mail], sessions: int) -> list[float]:
    """Send *mails* to a fresh service and wait for the end of the work; MB of listener, worker and reading child."""
    first = list(generate.generate(1, first=10**5))  # so that the reading child is up
    with ground.served(folder, smarthost, workers=1) as (ours, listener):
        asyncio.run(sender.send(ours.smtp_port, first, 1))
        ground.wait_until_settled(ours.app, 1)
        asyncio.run(sender.send(ours.smtp_port, mails, sessions))
        ground.wait_until_settled(ours.app, 1 + len(mails))
        (worker,) = ground.children(listener)
        (reader,) = ground.children(worker)
        return [ground.peak_megabytes(pid) for pid in (listener, worker, reader)]


def memory(megabytes: int, *, quick: bool) -> str:
    """The table."""
    size = megabytes * 10**6
    ten = [generate.big(size, number) for number in range(10)]
    cases = [
        ("at rest (one mail)", [], 1),
        ("50 mails of every kind", list(generate.generate(50)), 5),
        (f"a mail of {megabytes} MB", ten[:1], 1),
        (f"ten of {megabytes} MB at once", ten, 10),
    ]
    rows = []
    with tempfile.TemporaryDirectory(prefix="mailroute-bench-") as place, ground.catching() as smarthost:
        for number, (name, mails, sessions) in enumerate(cases[2:3] if quick else cases):
            found = peaks(Path(place) / str(number), smarthost, mails, sessions)
            rows.append([name, *(f"{one:.0f}" for one in found), f"{sum(found):.0f}"])
    return figures.table(
        "Peak memory in MB (resident), SQLite, one worker",
        ["case", "listener", "worker", "reader", "in all"],
        rows,
    )


def tables(megabytes: int = 30, *, quick: bool = False) -> Iterator[str]:
    """All of this benchmark."""
    yield memory(8 if quick else megabytes, quick=quick)


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description="Peak memory of the service's processes.")
    parser.add_argument("--megabytes", type=int, default=30, help="of a big mail")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    print(figures.machine())
    print("\n".join(tables(given.megabytes, quick=given.quick)))


if __name__ == "__main__":
    main()
