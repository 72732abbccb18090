"""The smarthost of these tests: the public test kit's catcher on an event loop in a thread of its own."""

import asyncio
import email
import threading
from email.message import EmailMessage
from email.policy import default
from typing import Self

from mailroute.testing.catcher import Catcher
from mailroute.testing.faults import Caught

PATIENCE = 20.0
"""Seconds for the catcher to come up."""


class CatcherThread:
    """A catcher that the tests, which know no event loop, can look into at any moment."""

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), name="smarthost")
        self._catcher = Catcher()
        self._loop: asyncio.AbstractEventLoop
        self._stop: asyncio.Event
        self.port = 0

    async def _live(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with self._catcher as catcher:
            self.port = catcher.port
            self._ready.set()
            await self._stop.wait()

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(PATIENCE), "the catcher came up"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    @property
    def caught(self) -> list[Caught]:
        """All mails so far, in the order in which they came; a copy."""
        return list(self._catcher.messages)


def headers(caught: Caught) -> EmailMessage:
    """The header fields of a caught mail."""
    return email.message_from_bytes(caught.raw, policy=default)
