"""Several worker processes: started, started again when one dies, ended together.

Each child inherits the read end of a pipe whose only write end is ours. When we are gone, however that came
about, the pipe ends, and the child finishes the message in hand and goes too (`follow_parent`).

By another pipe each child says under which number it works (`say_number`). When it dies, its successor learns the
number (`predecessor`) and gives up its jobs at once: we have seen it end, so there is no silence to wait for.
"""

import asyncio
import contextlib
import os
import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from mailroute.journal import Journal

LIFELINE = "WORKER_LIFELINE_FD"
"""Environment variable by which a child learns the number of its end of the pipe."""
NUMBER = "WORKER_NUMBER_FD"
"""The same for the pipe by which it says its number."""
PREDECESSOR = "WORKER_PREDECESSOR"
"""Environment variable with the number of the dead worker whose place a child takes."""


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
    dead: str | None = None
    try:
        while not stop.is_set():
            began = clock()
            try:
                dead = await _one_life(crew, lifeline, dead, stopping, journal) or dead
            except OSError as error:  # no memory or no room for another process just now
                journal.failed("worker process", error)
            if clock() - began > crew.restart_most:
                wait = crew.restart_first
            await asyncio.wait([stopping], timeout=wait)
            wait = min(wait * 2, crew.restart_most)
    finally:
        stopping.cancel()


async def _one_life(
    crew: Crew, lifeline: int, dead: str | None, stopping: "asyncio.Task[bool]", journal: Journal
) -> str | None:
    """Keep one child until it ends; the number under which it worked, if it came so far."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    try:
        told = {LIFELINE: str(lifeline), NUMBER: str(writing)} | ({PREDECESSOR: dead} if dead else {})
        child = await asyncio.create_subprocess_exec(
            *crew.command, env=os.environ | told, pass_fds=[lifeline, writing]
        )
        journal.started("worker process", where=str(child.pid))
        await _until_ended(child, stopping, crew.grace)
        journal.stopped("worker process", why=f"{child.pid} ended with {child.returncode}")
        return _last_number(reading)
    finally:
        os.close(reading)
        os.close(writing)


async def _until_ended(
    child: asyncio.subprocess.Process, stopping: "asyncio.Task[bool]", grace: float
) -> None:
    ended = asyncio.create_task(child.wait())
    try:
        await asyncio.wait([ended, stopping], return_when=asyncio.FIRST_COMPLETED)
    finally:  # also when we are cancelled
        if not ended.done():
            child.terminate()
            await asyncio.wait([ended], timeout=grace)
        if not ended.done():
            child.kill()
            await ended


def _last_number(reading: int) -> str | None:
    try:
        said = os.read(reading, 65536)
    except BlockingIOError:  # it has not said any
        return None
    return said.decode("ascii").split()[-1]


def say_number(number: int) -> None:
    """In a child: tell the supervisor under which number we work from now on."""
    if (writing := os.environ.get(NUMBER)) is not None:
        with contextlib.suppress(
            BrokenPipeError
        ):  # it is gone, and so shall we be in a moment (`follow_parent`)
            os.write(int(writing), f"{number}\n".encode("ascii"))


def predecessor() -> int | None:
    """In a child: the number of the dead worker whose place we take, if there was one."""
    number = os.environ.get(PREDECESSOR)
    return None if number is None else int(number)


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
