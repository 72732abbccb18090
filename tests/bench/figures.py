"""How benchmarks tell their figures: the machine's calibration, and tables."""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path


def calibration() -> float:
    """CPU milliseconds of a fixed loop in Python: how fast this machine is at this moment."""
    begun = time.process_time()
    total = 0
    for number in range(1_000_000):
        total += number * number % 7
    return 1000 * (time.process_time() - begun)


def fsync_milliseconds(folder: Path) -> float:
    """Median time to append 4 KB to a file and bring it to the disk."""
    path, waits = folder / "fsync", []
    with path.open("ab", buffering=0) as file:
        for _ in range(50):
            begun = time.perf_counter()
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
            waits.append(time.perf_counter() - begun)
    path.unlink()
    return 1000 * statistics.median(waits)


def machine() -> str:
    """One line on where the figures were taken."""
    with tempfile.TemporaryDirectory(prefix="mailroute-bench-") as folder:
        disk = fsync_milliseconds(Path(folder))
    loop = statistics.median(calibration() for _ in range(3))
    load = os.getloadavg()[0]
    return (
        f"machine: {os.cpu_count()} cores, Python {sys.version.split()[0]}, fixed loop {loop:.0f} ms CPU,"
        f" fsync of 4 KB {disk:.2f} ms, load {load:.1f}"
    )


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], *notes: str) -> str:
    """Columns that fit: the first to the left, numbers to the right."""
    lines = [head, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    shown = [
        "  ".join(
            word.ljust(width) if place == 0 else word.rjust(width)
            for place, (word, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    return "\n".join([title, *(f"  {line}" for line in shown), *(f"  {note}" for note in notes)])
