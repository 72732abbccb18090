"""Reading a message in a child process that can be killed: parsing and extraction are CPU work on strangers' bytes.

The child is started once and reads message after message; a message that takes too long or too much memory costs
the child its life, never the worker's. What came over the pipe
back is a pickle of our own child: no stranger can write to that pipe.
"""

import os
import pickle
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from mailroute.domain.decisions import Reading
from mailroute.domain.directory import Directory
from mailroute.domain.errors import MailrouteError, TryLater, Unreadable
from mailroute.domain.policy import Policy

START_SECONDS = 120.0
"""For the child to import spaCy and load its model: about 2 s on an idle machine."""

TRANSFER_SECONDS = 30
"""For the pipe to take or give something; it is a matter of microseconds as long as the child is well."""
OUT_OF_MEMORY = 77
"""Exit code of a child whose memory did not even do for taking the message or giving the answer."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What the child is told first."""

    policy: Policy
    model: str | None
    types: Path | None
    """The classifier of types that this installation has learned."""


@dataclass(frozen=True, slots=True)
class Request:
    """One message. The directory is sent only when it has changed."""

    raw: bytes
    directory: Directory | None


@dataclass(frozen=True, slots=True)
class Failure:
    """The child could not read the message and says why."""

    code: str
    evidence: str


Types = Callable[[], Path | None]


def none_learned() -> Path | None:
    """Types are told by the classifier in the package."""
    return None


class Reader:
    """Reads messages in a child of its own, one at a time; threads wait for each other."""

    def __init__(self, policy: Policy, model: str | None = None, types: Types = none_learned) -> None:
        """*types* names the classifier of types in use; when it names another one, a new child takes that up."""
        self._setup = Setup(policy, model, types())
        self._types = types
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._directory: Directory | None = None

    def read(self, raw: bytes, directory: Directory) -> Reading:
        """Parse and understand *raw*.

        Raises:
            Unreadable: over the limits, or it broke the child twice; the code says which.
            TryLater: the child did not come up, for which no message is to blame.
        """
        if len(raw) > self._setup.policy.reading.raw_bytes:
            raise Unreadable("over-limit:size", f"{len(raw)} bytes")
        with self._lock:
            for _ in range(2):  # a child that died may have died of something else, so once more
                try:
                    return self._ask(raw, directory)
                except EOFError:
                    if self._stop() == OUT_OF_MEMORY:
                        limit = self._setup.policy.reading.memory_bytes
                        raise Unreadable("over-limit:memory", f"over {limit >> 20} MiB") from None
            raise Unreadable("reader-died", "the message ended the reading process twice")

    def warm_up(self) -> None:
        """Start the child now, so that the first message need not wait for it; trouble shows at that message."""
        with self._lock, suppress(MailrouteError, EOFError):
            self._started()

    def _ask(self, raw: bytes, directory: Directory) -> Reading:
        pipe = self._started()
        changed = self._directory is not directory
        try:
            pipe.send_bytes(pickle.dumps(Request(raw, directory if changed else None)))
        except OSError as error:
            raise EOFError from error
        self._directory = directory
        seconds = self._setup.policy.reading.seconds
        answer = self._receive(pipe, seconds, "too-slow", f"not read within {seconds:g} s")
        if isinstance(answer, Failure):
            if answer.code == "over-limit:memory":
                self._stop()  # what it still holds is not known
            raise Unreadable(answer.code, answer.evidence)
        assert isinstance(answer, Reading), "the child answers with one of two"
        return answer

    def _started(self) -> Connection:
        if self._child is not None and self._child.poll() is not None:
            self._stop()  # it died while it had nothing to do
        if (types := self._types()) != self._setup.types:
            self._stop()
            self._setup = replace(self._setup, types=types)
        if self._pipe is not None:
            return self._pipe
        try:
            pipe = self._start()
        except OSError as error:  # no memory or no room for another process just now
            raise TryLater(f"the reading process cannot be started: {error}") from error
        self._greet(pipe)
        return pipe

    def _start(self) -> Connection:
        ours, theirs = socket.socketpair()
        # A child that stops reading or writing midway must not hold us up: no step of a transfer takes so long.
        for direction in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
            ours.setsockopt(socket.SOL_SOCKET, direction, struct.pack("ll", TRANSFER_SECONDS, 0))
        os.set_inheritable(theirs.fileno(), True)
        self._child = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [sys.executable, "-m", "mailroute.services.reading_child", str(theirs.fileno())],
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # what a library prints there must not reach our standard output
            env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            start_new_session=True,  # Ctrl-C at the terminal is for the service; it ends the child by closing the pipe
        )
        theirs.close()
        pipe = Connection(ours.detach())
        self._pipe, self._directory = pipe, None
        return pipe

    def _greet(self, pipe: Connection) -> None:
        """Wait until the child can read."""
        try:
            pipe.send_bytes(pickle.dumps(self._setup))
            if pipe.poll(START_SECONDS):
                pipe.recv_bytes()
                return
            why = f"not ready within {START_SECONDS:g} s"
        except (EOFError, OSError) as error:
            why = f"it ended at its start: {type(error).__name__}"
        self._stop()
        raise TryLater(f"the reading process did not come up: {why}")

    def _receive(self, pipe: Connection, seconds: float, code: str, evidence: str) -> object:
        if not pipe.poll(seconds):
            self._stop()
            raise Unreadable(code, evidence)
        try:
            return pickle.loads(pipe.recv_bytes())  # noqa: S301  (our own child, see above)
        except OSError as error:
            raise EOFError from error

    def _stop(self) -> int | None:
        """End the child if it still lives; its exit code."""
        if self._pipe is not None:
            self._pipe.close()
        code = None
        if self._child is not None:
            self._child.kill()
            code = self._child.wait()
        self._pipe, self._child, self._directory = None, None, None
        return code

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
