"""Every benchmark of the project, as one set of tables.

    python tests/bench/all.py [--quick]

Figures of one run may be divided by each other; those of two runs may not: machines drift. `--quick` takes under a
minute and says little more than that every benchmark works.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

PROGRAMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # program, its arguments when quick
    ("accept.py", ("--count", "40", "--rounds", "1")),
    ("parsing.py", ("--rounds", "2")),
    ("extraction.py", ("--quick",)),
    ("path.py", ("--quick",)),
    ("growth.py", ("--quick",)),
    ("memory.py", ("--quick",)),
    ("latency.py", ("--quick",)),
)


def main() -> None:
    """Run them one after the other: they must not disturb each other."""
    parser = argparse.ArgumentParser(description="Run every benchmark.")
    parser.add_argument("--quick", action="store_true", help="under a minute, for CI")
    quick = parser.parse_args().quick
    here, begun = Path(__file__).resolve().parent, time.monotonic()
    for program, short in PROGRAMS:
        print(f"\n== {program}", flush=True)
        started = time.monotonic()
        done = subprocess.run([sys.executable, str(here / program), *(short if quick else ())], check=False)
        if done.returncode:
            raise SystemExit(f"{program} failed with exit code {done.returncode}")
        print(f"({time.monotonic() - started:.0f} s)")
    print(f"\n{time.monotonic() - begun:.0f} s in all")


if __name__ == "__main__":
    main()
