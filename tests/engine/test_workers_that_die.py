"""Worker processes that are killed, and who takes their place and their jobs."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mailroute.engine.jobs import JobName
from mailroute.engine.supervisor import Crew, supervise

HERE = Path(__file__).parent
Run = Callable[..., None]


def command(place: Any, directory: Path) -> list[str]:
    """Starts a worker that tells in *directory* what it does."""
    return [sys.executable, str(HERE / "worker_process.py"), place.url, str(directory)]


def files(directory: Path, pattern: str, number: int) -> set[int]:
    """The process ids in the names of the files, once there are so many."""
    deadline = time.monotonic() + 20
    while len(found := {int(path.name.split("-")[1]) for path in directory.glob(pattern)}) < number:
        assert time.monotonic() < deadline, f"only {found} of {pattern}"
        time.sleep(0.02)
    return found


def test_jobs_of_a_killed_worker_are_taken_over(place: Any, run: Run, tmp_path: Path) -> None:
    """The job of a worker that was killed is done by another one soon after, which is told of it before."""
    done: list[int] = []
    place.ask(1)
    with subprocess.Popen(command(place, tmp_path)) as victim:
        files(tmp_path, "row-1", 1)
        victim.kill()
    app = place.app(done.append)

    async def scenario() -> None:
        async with place.worker(app):
            await place.left(0)

    began = time.monotonic()
    run(scenario())

    assert done == [1]
    assert place.recovered == [(JobName.PROCESS, 1)]
    assert time.monotonic() - began < 8


def test_supervisor_replaces_a_killed_worker(sqlite: Any, run: Run, tmp_path: Path) -> None:
    """A worker process that is killed is replaced, and all end at the word of the supervisor."""
    crew = Crew(command=command(sqlite, tmp_path), size=2, grace=5)

    async def scenario() -> None:
        stop = asyncio.Event()
        keeping = asyncio.create_task(supervise(crew, stop=stop, journal=sqlite.journal))
        first = await asyncio.to_thread(files, tmp_path, "up-*", 2)
        os.kill(next(iter(first)), signal.SIGKILL)
        await asyncio.to_thread(files, tmp_path, "up-*", 3)
        stop.set()
        await keeping

    run(scenario())

    ended = [line["why"] for line in sqlite.log.lines if line["event"] == "stopped"]
    assert len(ended) == 3
    assert sorted(why.split()[-1] for why in ended) == ["-9", "0", "0"]


def test_successor_takes_the_job_at_once(place: Any, run: Run, tmp_path: Path) -> None:
    """The successor of a killed worker does its job without waiting for the silence of the dead to be noticed."""
    crew = Crew(command=command(place, tmp_path), size=1, grace=5)
    place.ask(1)

    async def scenario() -> None:
        stop = asyncio.Event()
        keeping = asyncio.create_task(supervise(crew, stop=stop, journal=place.journal))
        await asyncio.to_thread(files, tmp_path, "row-*", 1)
        [victim] = await asyncio.to_thread(files, tmp_path, "up-*", 1)
        os.kill(victim, signal.SIGKILL)
        await place.left(
            0
        )  # in much less than the minute after which these workers take one another for dead
        stop.set()
        await keeping

    run(scenario())

    assert len(set((tmp_path / "row-1").read_text().split())) == 2


def test_supervisor_kills_what_does_not_listen(sqlite: Any, run: Run, tmp_path: Path) -> None:
    """A worker whose job does not end is killed when its grace is over."""
    crew = Crew(command=command(sqlite, tmp_path), size=1, grace=0.5)
    sqlite.ask(1)

    async def scenario() -> None:
        stop = asyncio.Event()
        keeping = asyncio.create_task(supervise(crew, stop=stop, journal=sqlite.journal))
        await asyncio.to_thread(files, tmp_path, "row-*", 1)
        stop.set()
        await keeping

    run(scenario())

    assert [line["why"].split()[-1] for line in sqlite.log.lines if line["event"] == "stopped"] == ["-9"]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_their_supervisor(sqlite: Any, tmp_path: Path, how: signal.Signals) -> None:
    """Workers whose supervisor was killed finish what they have in hand and end."""
    crew = [sys.executable, str(HERE / "crew_process.py"), *command(sqlite, tmp_path)]
    with subprocess.Popen(crew) as supervisor:
        workers = files(tmp_path, "up-*", 2)
        supervisor.send_signal(how)

    assert files(tmp_path, "down-*", 2) == workers
