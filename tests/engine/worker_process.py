"""A worker as a process of its own, to be killed: python worker_process.py URL DIRECTORY.

Tells what it does by files in the directory: `up-PID`, `down-PID` after a graceful end, and a line in `row-N`
for each time that it takes up row N. The first time that a row is taken up, the job never ends.
"""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

from prometheus_client import CollectorRegistry

from mailroute.engine.app import make_app
from mailroute.engine.jobs import JobName
from mailroute.engine.supervisor import follow_parent
from mailroute.engine.worker import WorkerPlan, run_worker
from mailroute.journal import Journal, configure_logging


async def main(url: str, directory: Path) -> None:
    """Work until SIGTERM or the end of the parent."""
    stop = asyncio.Event()
    follow_parent(stop, grace=5)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    journal = Journal(registry=CollectorRegistry())

    def take_up(row_id: int) -> None:
        with (directory / f"row-{row_id}").open("a+") as file:
            file.write(f"{os.getpid()}\n")
            file.flush()
            file.seek(0)
            first = len(file.readlines()) == 1
        if first:
            time.sleep(600)

    app = make_app(url, {JobName.PROCESS: take_up}, on_crash=lambda *crash: None, journal=journal)
    (directory / f"up-{os.getpid()}").touch()
    plan = WorkerPlan(heartbeat=0.2, stalled=60.0, poll=0.1)
    await run_worker(
        app, plan=plan, stop=stop, journal=journal, sweep=lambda: None, recover=lambda job, row: None
    )
    (directory / f"down-{os.getpid()}").touch()


if __name__ == "__main__":
    configure_logging(level="critical")
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
