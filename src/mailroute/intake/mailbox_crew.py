"""The threads that watch mailboxes: one for each folder."""

import asyncio
import threading
import time
from collections.abc import Sequence

from mailroute.intake.mailbox_watch import FolderWatch

STOP_SECONDS = 20.0
"""For the batch in hand. Who needs longer waits for a server, and loses nothing when the process ends."""


class MailboxCrew:
    """Watches that have been started; `close` ends them."""

    def __init__(self, watches: Sequence[FolderWatch]) -> None:
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(
                target=watch.run, args=(self._stop,), name=f"mailbox {watch.watched.name}", daemon=True
            )
            for watch in watches
        ]
        for thread in self._threads:
            thread.start()

    async def close(self) -> None:
        """Ask all to stop, and wait for them together."""
        self._stop.set()
        await asyncio.to_thread(self._join)

    def _join(self) -> None:
        until = time.monotonic() + STOP_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
