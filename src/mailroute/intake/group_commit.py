"""One commit shared by all messages that wait at the moment, in a thread of its own.

A commit's price is the wait for the disk, whether it holds one message or fifty. No message waits for company: the
first one starts a commit at once, and what arrives while that runs goes into the next.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from mailroute.domain.errors import TryLater
from mailroute.domain.received import InboxId, ReceivedMail

GIVE_UP_AFTER = 3
"""Messages that fail alone one after the other before the store itself counts as down."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    mail: ReceivedMail
    loop: asyncio.AbstractEventLoop
    answer: "asyncio.Future[InboxId]"


_Answer = InboxId | TryLater


class GroupCommit:
    """Gives `async keep` for a `keep_all` that keeps several messages in one transaction, or none of them.

    *keep_all* runs in this object's thread only. It must be idempotent by `source_key`: when it fails for several
    messages, each is tried again alone, so that a bad one cannot fail the others.
    """

    def __init__(
        self,
        keep_all: Callable[[Sequence[ReceivedMail]], Sequence[InboxId]],
        *,
        max_messages: int = 100,
        max_bytes: int = 64 * 2**20,
    ) -> None:
        self._keep_all = keep_all
        self._max_messages = max_messages
        self._max_bytes = max_bytes
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._left_over: _Waiting | None = None
        self._closing = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="group-commit", daemon=True)
        self._thread.start()

    async def keep(self, mail: ReceivedMail) -> InboxId:
        """Returns once *mail* is on disk; raises TryLater or StorageFull when it is not.

        Whoever stops waiting does not take the message out again.
        """
        loop = asyncio.get_running_loop()
        waiting = _Waiting(mail, loop, loop.create_future())
        with self._lock:
            if self._closing:
                raise TryLater("intake is closing")
            self._queue.put(waiting)
        return await waiting.answer

    async def close(self) -> None:
        """Commit what waits, take nothing more, end the thread. May be called twice."""
        with self._lock:
            if not self._closing:
                self._closing = True
                self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        while batch := self._next_batch():
            _tell(batch, self._commit([waiting.mail for waiting in batch]))

    def _next_batch(self) -> list[_Waiting]:
        """Everybody who waits, up to the limits; blocks for the first. Empty means the end."""
        first = self._left_over or self._queue.get()
        self._left_over = None
        if first is None:
            return []
        batch, size = [first], len(first.mail.raw)
        while len(batch) < self._max_messages:
            try:
                another = self._queue.get_nowait()
            except Empty:
                break
            if another is None:
                self._queue.put(None)
                break
            size += len(another.mail.raw)
            if size > self._max_bytes:
                self._left_over = another
                break
            batch.append(another)
        return batch

    def _commit(self, mails: Sequence[ReceivedMail]) -> Sequence[_Answer]:
        answers = self._attempt(mails)
        if len(mails) == 1 or not isinstance(answers[0], TryLater):
            return answers
        alone: list[_Answer] = []
        failures = 0
        for mail in mails:
            answer = alone[-1] if failures >= GIVE_UP_AFTER else self._attempt([mail])[0]
            failures = failures + 1 if isinstance(answer, TryLater) else 0
            alone.append(answer)
        return alone

    def _attempt(self, mails: Sequence[ReceivedMail]) -> Sequence[_Answer]:
        try:
            ids = self._keep_all(mails)
        except TryLater as refusal:
            return [refusal] * len(mails)
        except Exception as error:  # noqa: BLE001 - the one door of the store: whatever breaks there, mail is not lost
            failure = TryLater(f"the store failed: {type(error).__name__}")
            failure.__cause__ = error
            return [failure] * len(mails)
        assert len(ids) == len(mails), "keep_all gives one id for each message"
        return ids


def _tell(batch: Sequence[_Waiting], answers: Sequence[_Answer]) -> None:
    """Wake those who wait, each loop once."""
    loops: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[InboxId], _Answer]]] = {}
    for waiting, answer in zip(batch, answers, strict=True):
        loops.setdefault(waiting.loop, []).append((waiting.answer, answer))
    for loop, told in loops.items():
        try:
            loop.call_soon_threadsafe(_resolve, told)
        except RuntimeError:
            # The loop has been closed meanwhile: nobody waits there any more, and what is kept is kept.
            continue


def _resolve(told: Sequence[tuple["asyncio.Future[InboxId]", _Answer]]) -> None:
    for future, answer in told:
        if future.done():
            continue
        if isinstance(answer, TryLater):
            # A fresh one for each, since several waiters must not share one traceback.
            fresh = type(answer)(*answer.args)
            fresh.__cause__ = answer.__cause__
            future.set_exception(fresh)
        else:
            future.set_result(answer)
