"""Several worker processes: started, started again when one dies, ended together.

Each child inherits the read end of a pipe whose only write end is ours. When we are gone, however that came
about, the pipe ends, and the child finishes the message in hand and goes too (`follow_parent`).
"""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from mailroute.journal import Journal

LIFELINE = "WORKER_LIFELINE_FD"
"""Environment variable by which a child learns the number of its end of the pipe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """The worker processes to keep; times in seconds."""

    command: Sequence[str]
    """What starts one worker; the program is a path."""
    size: int
    grace: float = 30.0
    """For the message in hand, before a child that was asked to end is killed."""
    restart_first: float = 0.2
    """Before a dead child's successor starts; doubled at each death in quick succession."""
    restart_most: float = 30.0
    """The longest such wait; a child that lived so long was well."""


async def supervise(crew: Crew, *, stop: asyncio.Event, journal: Journal) -> None:
    """Keep the crew at work until *stop* is set; return when every process has ended."""
    reading, writing = os.pipe()
    try:
        places = (_keep_one(crew, reading, stop, journal) for _ in range(crew.size))
        await asyncio.gather(*places)
    finally:
        os.close(writing)
        os.close(reading)


async def _keep_one(crew: Crew, lifeline: int, stop: asyncio.Event, journal: Journal) -> None:
    clock = asyncio.get_running_loop().time
    wait = crew.restart_first
    stopping = asyncio.create_task(stop.wait())
    try:
        while not stop.is_set():
            began = clock()
            try:
                await _one_life(crew, lifeline, stopping, journal)
            except OSError as error:  # no memory or no room for another process just now
                journal.failed("worker process", error)
            if clock() - began > crew.restart_most:
                wait = crew.restart_first
            await asyncio.wait([stopping], timeout=wait)
            wait = min(wait * 2, crew.restart_most)
    finally:
        stopping.cancel()


async def _one_life(crew: Crew, lifeline: int, stopping: "asyncio.Task[bool]", journal: Journal) -> None:
    child = await asyncio.create_subprocess_exec(
        *crew.command, env=os.environ | {LIFELINE: str(lifeline)}, pass_fds=[lifeline]
    )
    journal.started("worker process", where=str(child.pid))
    ended = asyncio.create_task(child.wait())
    try:
        await asyncio.wait([ended, stopping], return_when=asyncio.FIRST_COMPLETED)
    finally:  # also when we are cancelled
        if not ended.done():
            child.terminate()
            await asyncio.wait([ended], timeout=crew.grace)
        if not ended.done():
            child.kill()
            await ended
    journal.stopped("worker process", why=f"{child.pid} ended with {child.returncode}")


def follow_parent(stop: asyncio.Event, *, grace: float = 30.0) -> None:
    """In a child: set *stop* when the supervisor is gone, and die *grace* seconds later if that is not enough.

    Does nothing in a worker that was started by hand. To be called on the event loop.
    """
    lifeline = os.environ.get(LIFELINE)
    if lifeline is None:
        return
    loop = asyncio.get_running_loop()

    def watch() -> None:
        # A thread, since it must work even when a handler holds up the event loop.
        os.read(int(lifeline), 1)
        try:
            loop.call_soon_threadsafe(stop.set)
        except RuntimeError:  # the loop has ended, so has the work
            return
        time.sleep(grace)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
