"""Group commit: one commit for all who wait, and nobody pays for another's message."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from mailroute.domain.errors import StorageFull, TryLater
from mailroute.domain.received import Channel, Envelope, InboxId, ReceivedMail
from mailroute.intake.group_commit import GroupCommit

KeepAll = Callable[[Sequence[ReceivedMail]], Sequence[InboxId]]


def mail(key: str, size: int = 1) -> ReceivedMail:
    """A message of *size* bytes."""
    return ReceivedMail(
        raw=b"x" * size,
        envelope=Envelope(None, ("issues@house.example",)),
        channel=Channel.SMTP,
        source_key=key,
        received_at=datetime(2026, 3, 3, tzinfo=UTC),
    )


class Store:
    """Keeps in a list; holds its first commit until it is let go, so that others have to wait."""

    def __init__(self, broken: Callable[[Sequence[ReceivedMail]], Exception | None] = lambda _: None) -> None:
        self.go_on = threading.Event()
        self.begun = threading.Event()
        self.batches: list[list[str]] = []
        self.threads: set[str] = set()
        self._broken = broken

    def keep_all(self, mails: Sequence[ReceivedMail]) -> list[InboxId]:
        """One transaction."""
        self.begun.set()
        self.go_on.wait(10)
        self.threads.add(threading.current_thread().name)
        self.batches.append([mail.source_key for mail in mails])
        if (error := self._broken(mails)) is not None:
            raise error
        return [InboxId(int(mail.source_key)) for mail in mails]


def keep(store: Store, mails: Sequence[ReceivedMail], **limits: int) -> list[InboxId | BaseException]:
    """What each of *mails* is answered: the first starts a commit, the others arrive while it runs."""

    async def run() -> list[InboxId | BaseException]:
        commit = GroupCommit(store.keep_all, **limits)
        first = asyncio.create_task(commit.keep(mails[0]))
        await asyncio.to_thread(store.begun.wait, 10)
        others = [asyncio.create_task(commit.keep(each)) for each in mails[1:]]
        await asyncio.sleep(0)
        store.go_on.set()
        answers = await asyncio.gather(first, *others, return_exceptions=True)
        await commit.close()
        return answers

    return asyncio.run(run())


def numbered(count: int, size: int = 1) -> list[ReceivedMail]:
    """Messages whose keys are 0, 1, 2, ..."""
    return [mail(str(number), size) for number in range(count)]


def test_all_who_wait_share_one_commit() -> None:
    """The first message starts a commit at once; all that arrive meanwhile share the next one."""
    store = Store()
    answers = keep(store, numbered(10))

    assert answers == list(range(10))
    assert [len(batch) for batch in store.batches] == [1, 9]
    assert store.threads == {"group-commit"}


def test_batches_are_bounded_by_count_and_bytes() -> None:
    """No batch is larger than the limits, and order is kept."""
    by_count, by_bytes = Store(), Store()
    keep(by_count, numbered(8), max_messages=3)
    keep(by_bytes, numbered(6, size=10), max_bytes=25)

    assert [len(batch) for batch in by_count.batches] == [1, 3, 3, 1]
    assert [len(batch) for batch in by_bytes.batches] == [1, 2, 2, 1]
    assert [key for batch in by_bytes.batches for key in batch] == [str(n) for n in range(6)]


def test_a_message_above_the_byte_limit_goes_alone() -> None:
    """A limit on batches refuses no message."""
    store = Store()

    assert keep(store, numbered(3, size=100), max_bytes=10) == [0, 1, 2]
    assert [len(batch) for batch in store.batches] == [1, 1, 1]


def test_one_bad_message_fails_alone() -> None:
    """When a batch fails each message is tried by itself; only the bad one is put off, with its cause."""
    error = ValueError("bad row")
    store = Store(lambda mails: error if "3" in [mail.source_key for mail in mails] else None)
    answers = keep(store, numbered(6))
    bad = answers.pop(3)

    assert answers == [0, 1, 2, 4, 5]
    assert type(bad) is TryLater
    assert bad.__cause__ is error
    assert "bad row" not in str(bad)


def test_no_room_for_one_is_room_for_another() -> None:
    """StorageFull reaches the message that does not fit, as StorageFull."""
    store = Store(lambda mails: StorageFull("full") if "2" in [mail.source_key for mail in mails] else None)
    answers = keep(store, numbered(4))

    assert [type(answer) for answer in answers] == [int, int, StorageFull, int]


def test_a_store_that_is_down_is_not_asked_for_each_message() -> None:
    """After three failures in a row the rest of the batch is put off untried."""
    store = Store(lambda _: TryLater("down"))
    answers = keep(store, numbered(50))

    assert {type(answer) for answer in answers} == {TryLater}
    assert len({id(answer) for answer in answers}) == 50
    assert [len(batch) for batch in store.batches] == [1, 49, 1, 1, 1]


def test_it_goes_on_after_a_failure() -> None:
    """A failed commit leaves the thread at work."""
    failures = [RuntimeError("once")]
    store = Store(lambda _: failures.pop() if failures else None)
    answers = keep(store, numbered(2))

    assert isinstance(answers[0], TryLater)
    assert answers[1] == 1


def test_whoever_stops_waiting_does_not_stop_the_commit() -> None:
    """A session that is cancelled leaves its message in the batch, and the others are answered."""
    store = Store()

    async def run() -> InboxId:
        commit = GroupCommit(store.keep_all)
        gone = asyncio.create_task(commit.keep(mail("0")))
        await asyncio.to_thread(store.begun.wait, 10)
        also_gone = asyncio.create_task(commit.keep(mail("1")))
        stays = asyncio.create_task(commit.keep(mail("2")))
        await asyncio.sleep(0)
        gone.cancel()
        also_gone.cancel()
        store.go_on.set()
        answer = await stays
        await commit.close()
        return answer

    assert asyncio.run(run()) == 2
    assert store.batches == [["0"], ["1", "2"]]


def test_closing_commits_what_waits_and_takes_no_more() -> None:
    """After `close` everything that was waiting is answered, and a newcomer is told to come later."""
    store = Store()

    async def run() -> list[InboxId]:
        commit = GroupCommit(store.keep_all, max_messages=2)
        waiting = [asyncio.create_task(commit.keep(each)) for each in numbered(7)]
        await asyncio.to_thread(store.begun.wait, 10)
        closing = asyncio.create_task(commit.close())
        await asyncio.sleep(0)
        with pytest.raises(TryLater):
            await commit.keep(mail("8"))
        store.go_on.set()
        await closing
        await commit.close()
        return await asyncio.gather(*waiting)

    assert asyncio.run(run()) == list(range(7))


def test_two_loops_may_share_one_commit() -> None:
    """SMTP and LMTP listeners on loops of their own are each answered on their own."""
    store = Store()
    store.go_on.set()
    commit = GroupCommit(store.keep_all)

    async def one(key: str) -> InboxId:
        return await commit.keep(mail(key))

    answers = [asyncio.run(one("1")), asyncio.run(one("2"))]
    asyncio.run(commit.close())

    assert answers == [1, 2]
