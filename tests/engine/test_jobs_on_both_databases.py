"""The contract of the engine, on SQLite and on PostgreSQL."""

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from mailroute.domain.errors import TryLater
from mailroute.engine import schema
from mailroute.engine.app import Backoff, make_connector
from mailroute.engine.jobs import Enqueuer, JobName
from mailroute.engine.location import locate

Run = Callable[..., None]


class ChangedTheirMindError(Exception):
    """The caller gives up their transaction."""


def test_rollback_leaves_no_job(place: Any) -> None:
    """A job that was enqueued in a transaction that is rolled back never was."""

    def ask_and_give_up() -> None:
        with place.store.write() as connection:
            Enqueuer(place.url).enqueue(connection, JobName.PROCESS, 1)
            Enqueuer(place.url).enqueue_many(connection, JobName.DELIVER, [2, 3])
            raise ChangedTheirMindError

    with pytest.raises(ChangedTheirMindError):
        ask_and_give_up()

    assert place.jobs() == []


def test_a_job_is_as_durable_as_its_row(place: Any) -> None:
    """A job is written on the connection of the caller, which waits for the disk, and no other sees it before that."""
    durability = "PRAGMA synchronous" if place.store.is_sqlite else "SHOW synchronous_commit"
    with place.store.write() as connection:
        Enqueuer(place.url).enqueue(connection, JobName.PROCESS, 1)
        how = connection.exec_driver_sql(durability).scalar()
        inside = connection.exec_driver_sql("SELECT count(*) FROM procrastinate_jobs").scalar()
        seen_by_others = place.jobs()

    assert (2 if place.store.is_sqlite else "on", 1, []) == (how, inside, seen_by_others)
    assert 1 == len(place.jobs())


def test_the_engines_own_notes_do_not_wait_for_the_disk(place: Any) -> None:
    """What the engine notes on its own connection may be lost with the machine: it can always be done again."""
    if place.store.is_sqlite:
        with closing(schema.open_sqlite(locate(place.url).path, busy_seconds=1)) as connection:
            how = connection.execute("PRAGMA synchronous").fetchone()[0]
    else:
        how = asyncio.run(_asked(make_connector(place.url), "SHOW synchronous_commit"))["synchronous_commit"]

    assert (1 if place.store.is_sqlite else "off") == how


async def _asked(connector: Any, question: str) -> Any:
    """What the engine's connection answers."""
    await connector.open_async()
    try:
        return await connector.execute_query_one_async(question)
    finally:
        await connector.close_async()


def test_jobs_look_like_procrastinates_own(place: Any, run: Run) -> None:
    """A job that we insert equals one that Procrastinate defers, but for its number."""
    due = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
    app = place.app(lambda row_id: None)

    async def defer() -> None:
        async with app.procrastinate.open_async():
            own = app.procrastinate.configure_task(
                "process", queue="inbox", lock="process:7", queueing_lock="process:7", schedule_at=due
            )
            await own.defer_async(row_id=7)

    run(defer())
    columns = (
        "queue_name, task_name, priority, lock, queueing_lock, args, status, scheduled_at, attempts,"
        " abort_requested, worker_id"
    )
    theirs = place.jobs(columns)
    with place.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM procrastinate_jobs")
    place.ask(7, at=due)

    assert [tuple(map(unspaced, row)) for row in theirs] == [
        tuple(map(unspaced, row)) for row in place.jobs(columns)
    ]


def unspaced(value: object) -> object:
    """Text without spaces: JSON is written with and without."""
    return value.replace(" ", "") if isinstance(value, str) else value


def test_one_job_waits_for_a_row(place: Any) -> None:
    """Asking twice for the same job on the same row is no error and makes one job."""
    place.ask(1)
    with place.store.write() as connection:
        Enqueuer(place.url).enqueue(connection, JobName.PROCESS, 1)
        Enqueuer(place.url).enqueue_many(connection, JobName.PROCESS, [2, 1, 2])
        Enqueuer(place.url).enqueue(connection, JobName.DELIVER, 1)

    assert place.jobs("queueing_lock") == [("process:1",), ("process:2",), ("deliver:1",)]


def test_asking_again_keeps_the_time(place: Any) -> None:
    """What waits for a later time keeps it when asked for again."""
    place.ask(1, at=datetime.now(UTC) + timedelta(hours=1))
    place.ask(1)

    assert place.jobs("scheduled_at IS NULL") == [(False,)]


def test_commit_wakes_the_worker(place: Any, run: Run) -> None:
    """An idle worker starts on a job within a second of the commit."""

    async def scenario() -> None:
        started = asyncio.Event()

        async def handler(row_id: int) -> None:
            started.set()

        idle = place.app(handler)
        async with place.worker(idle, replace(place.quick, poll=60)):  # so that it is not the poll
            await asyncio.sleep(0.3)  # long enough for it to have found nothing
            await asyncio.to_thread(place.ask, 1)
            async with asyncio.timeout(1):
                await started.wait()
            await place.left(0)

    run(scenario())


def test_first_come_first_served(place: Any, run: Run) -> None:
    """Jobs are done in the order in which they were asked for, and are gone when done."""
    done: list[tuple[str, int]] = []
    app = place.app(
        lambda row_id: done.append(("process", row_id)),
        others={JobName.DELIVER: lambda row_id: done.append(("deliver", row_id))},
    )
    place.ask(3, 1)
    place.ask(2, job=JobName.DELIVER)
    place.ask(2)

    async def scenario() -> None:
        async with place.worker(app):
            await place.left(0)

    run(scenario())

    assert done == [("process", 3), ("process", 1), ("deliver", 2), ("process", 2)]


def test_try_later_comes_again(place: Any, run: Run) -> None:
    """A handler that asks to be tried later is, each time after a longer wait."""
    times: list[float] = []

    def handler(row_id: int) -> None:
        times.append(time.monotonic())
        if len(times) < 4:
            raise TryLater("not yet")

    app = place.app(handler, backoff=Backoff(first_seconds=0.2, spread=0))
    place.ask(1)

    async def scenario() -> None:
        async with place.worker(app):
            await place.left(0)

    run(scenario())

    waits = [later - earlier for earlier, later in pairwise(times)]
    assert len(times) == 4
    assert waits[0] >= 0.2
    assert waits[1] >= 0.4
    assert waits[2] >= 0.8
    assert place.crashes == []


def test_crash_is_told_once(place: Any, run: Run) -> None:
    """Whatever else a handler raises is told once, and the job is over; the next one is done."""
    done: list[int] = []

    def handler(row_id: int) -> None:
        if row_id == 1:
            raise ValueError("boom")
        done.append(row_id)

    app = place.app(handler)
    place.ask(1, 2)

    async def scenario() -> None:
        async with place.worker(app):
            await place.left(0)

    run(scenario())

    assert place.crashes == [(JobName.PROCESS, 1, "boom")]
    assert done == [2]


def test_untold_crash_comes_again(place: Any, run: Run) -> None:
    """When a crash cannot be reported the job is tried again, so that the row is not forgotten."""
    told: list[int] = []

    def handler(row_id: int) -> None:
        raise ValueError("boom")

    class Deaf(list[object]):
        def append(self, crash: object) -> None:
            told.append(1)
            if len(told) == 1:
                raise ConnectionError("no database")

    place.crashes = Deaf()
    app = place.app(handler, backoff=Backoff(first_seconds=0.05))
    place.ask(1)

    async def scenario() -> None:
        async with place.worker(app):
            await place.left(0)

    run(scenario())

    assert len(told) == 2
    assert "on_crash of process" in [line.get("where") for line in place.log.lines]


def test_delayed_job_waits(place: Any, run: Run) -> None:
    """A job for a later time is left alone until then."""
    done: list[datetime] = []
    app = place.app(lambda row_id: done.append(datetime.now(UTC)))
    due = datetime.now(UTC) + timedelta(seconds=0.8)
    place.ask(1, at=due)

    async def scenario() -> None:
        async with place.worker(app):
            await place.left(0)

    run(scenario())

    assert len(done) == 1
    assert due <= done[0] <= due + timedelta(seconds=1.5)


def test_two_jobs_of_a_row_do_not_overlap(place: Any, run: Run) -> None:
    """While a job is in hand another one for the same row waits, however many hands are free."""
    inside, most = [0], [0]

    async def scenario() -> None:
        first = asyncio.Event()

        async def handler(row_id: int) -> None:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            if not first.is_set():
                first.set()
                await asyncio.to_thread(place.ask, 1)
                await asyncio.sleep(0.3)
            inside[0] -= 1

        place.ask(1)
        async with place.worker(place.app(handler), replace(place.quick, concurrency=4)):
            await first.wait()
            await place.left(0)

    run(scenario())

    assert most[0] == 1


def test_retry_beside_a_waiting_job_is_one_job(place: Any, run: Run) -> None:
    """A job that is tried later while another one for its row waits already gives way to that one."""
    tries: list[int] = []

    def handler(row_id: int) -> None:
        tries.append(row_id)
        if len(tries) == 1:
            place.ask(1)
            raise TryLater("not yet")

    app = place.app(handler, backoff=Backoff(first_seconds=3600))
    place.ask(1)

    async def scenario() -> None:
        async with place.worker(app):
            await place.left(0)

    run(scenario())

    assert tries == [1, 1]


def test_stop_finishes_the_job_in_hand(place: Any, run: Run) -> None:
    """A worker that is asked to stop finishes what it has in hand, takes nothing new, and seems alive till then."""
    events: list[str] = []

    async def scenario() -> None:
        begun, may_end = threading.Event(), threading.Event()

        def handler(row_id: int) -> None:
            events.append(f"begin {row_id}")
            begun.set()
            may_end.wait(10)
            events.append(f"end {row_id}")

        place.ask(1, 2)
        async with place.worker(place.app(handler)) as stop:
            await asyncio.to_thread(begun.wait, 10)
            stop.set()
            await asyncio.sleep(place.quick.stalled * 1.25)  # longer than a worker may be silent
            async with place.worker(
                place.app(lambda row_id: None, others={}), replace(place.quick, poll=60.0)
            ):
                await asyncio.sleep(0.5)  # it looks for dead workers
            may_end.set()

    run(scenario())

    assert events[0] == "begin 1"
    assert events.count("begin 1") == 1
    assert "end 1" in events
    assert place.recovered == []


def test_the_tables_are_made_once(place: Any) -> None:
    """Making the tables again changes nothing."""
    place.ask(1)
    schema.create(place.url)

    assert len(place.jobs()) == 1


def test_jobs_of_newer_versions_are_left_alone(place: Any, run: Run) -> None:
    """A worker leaves the jobs that it has no handler for to others."""
    place.ask(1, job=JobName.DELIVER)
    place.ask(2)
    app = place.app(lambda row_id: None)

    async def scenario() -> None:
        async with place.worker(app):
            await place.left(1)

    run(scenario())

    assert place.jobs("task_name, status") == [("deliver", "todo")]


def test_the_sweep_runs_at_the_start(place: Any, run: Run) -> None:
    """The sweep runs when a worker starts, and its failure leaves the worker at work."""
    done: list[int] = []
    swept = threading.Event()

    def sweep() -> None:
        swept.set()
        raise ValueError("a bug in the sweep")

    place.sweep = sweep
    app = place.app(done.append)

    async def scenario() -> None:
        async with place.worker(app):
            await asyncio.to_thread(swept.wait, 10)
            await asyncio.to_thread(place.ask, 1)
            await place.left(0)

    run(scenario())

    assert done == [1]
    assert ("sweep", "ValueError") in [(line.get("where"), line.get("error")) for line in place.log.lines]
