"""Procrastinate's own doings answer the same on SQLite as on PostgreSQL, which is the reference."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from procrastinate import exceptions, sql
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from mailroute.engine.app import make_connector
from mailroute.engine.sqlite_connector import SqliteConnector, known_queries
from mailroute.store.connect import driver_connection

Run = Callable[..., None]


@pytest.fixture
def manage(place: Any, run: Run) -> Callable[[Callable[[JobManager], Awaitable[Any]]], Any]:
    """Runs a coroutine function with a job manager and gives what it returns."""

    def manage(use: Callable[[JobManager], Awaitable[Any]]) -> Any:
        answers: list[Any] = []

        async def scenario() -> None:
            connector = make_connector(place.url)
            await connector.open_async()
            try:
                answers.append(await use(JobManager(connector)))
            finally:
                await connector.close_async()

        run(scenario())
        return answers[0]

    return manage


def job(name: str, **others: Any) -> Job:
    """A job to defer."""
    return Job(**{"queue": "inbox", "lock": None, "queueing_lock": None, "task_name": name, **others})


async def take(manager: JobManager, queues: list[str] | None = None) -> Job | None:
    """The next job, taken by a new worker."""
    return await manager.fetch_job(queues, await manager.register_worker())


def test_query_names_are_pinned() -> None:
    """The connector knows exactly the queries of the installed Procrastinate."""
    assert known_queries(sql.queries) == set(sql.queries)
    assert len(sql.queries) == 22


def test_another_set_of_queries_is_refused() -> None:
    """With a Procrastinate of other queries the connector says which they are and what to install."""
    with pytest.raises(
        RuntimeError, match=r"new: praise_job; gone: fetch_job\); install procrastinate>=3.10"
    ):
        known_queries(set(sql.queries) - {"fetch_job"} | {"praise_job"})


def test_foreign_queries_are_refused(sqlite: Any) -> None:
    """Statements that are not Procrastinate's are refused."""
    connector = SqliteConnector(sqlite.url.removeprefix("sqlite:///"))
    with pytest.raises(exceptions.ConnectorException, match="Neither a query of Procrastinate nor of ours"):
        connector.execute_query("DELETE FROM procrastinate_jobs")
    connector.close()


def test_a_job_comes_back_as_it_went_in(manage: Any) -> None:
    """Every field of a job survives the way into the database and out again."""
    due = datetime(2020, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
    sent = job("x", priority=3, lock="a", queueing_lock="b", task_kwargs={"k": ["ü", None]}, scheduled_at=due)

    async def use(manager: JobManager) -> Any:
        deferred = await manager.defer_job_async(sent)
        return deferred, await take(manager)

    deferred, taken = manage(use)

    assert taken == deferred.evolve(status="doing", worker_id=taken.worker_id)


def test_second_waiting_job_is_refused(manage: Any) -> None:
    """Procrastinate's own way to enqueue refuses a second waiting job under one queueing lock."""

    async def use(manager: JobManager) -> Any:
        await manager.defer_job_async(job("x", queueing_lock="a"))
        with pytest.raises(exceptions.AlreadyEnqueued, match="queueing lock a"):
            await manager.batch_defer_jobs_async([job("x"), job("x", queueing_lock="a")])
        return len(list(await manager.list_jobs_async()))

    assert manage(use) == 1


def test_urgent_jobs_first_and_locks_one_at_a_time(manage: Any) -> None:
    """Higher priority goes first; of the jobs under one lock only the first may run; queues are told apart."""

    async def use(manager: JobManager) -> Any:
        for name, how in (
            ("a1", {"lock": "a"}),
            ("a2", {"lock": "a"}),
            ("urgent", {"priority": 9}),
            ("other", {"queue": "outbox", "priority": 10}),
            ("later", {"scheduled_at": datetime.now(UTC) + timedelta(hours=1)}),
            ("plain", {}),
        ):
            await manager.defer_job_async(job(name, **how))
        taken = [await take(manager, ["inbox"]) for _ in range(4)]
        return [found and found.task_name for found in taken]

    assert manage(use) == ["urgent", "a1", "plain", None]


def test_tallies(manage: Any) -> None:
    """Queues, tasks and locks are listed with the number of their jobs by status."""

    async def use(manager: JobManager) -> Any:
        await manager.batch_defer_jobs_async([job("x", lock="l"), job("x"), job("y", queue="outbox")])
        await take(manager)
        return [
            [(line["name"], line["jobs_count"], line["todo"], line["doing"]) for line in lines]
            for lines in (
                await manager.list_queues_async(),
                await manager.list_tasks_async(),
                await manager.list_locks_async(),
                await manager.list_queues_async(task="y"),
            )
        ]

    assert manage(use) == [
        [("inbox", 2, 1, 1), ("outbox", 1, 1, 0)],
        [("x", 2, 1, 1), ("y", 1, 1, 0)],
        [("l", 1, 0, 1)],
        [("outbox", 1, 1, 0)],
    ]


def test_listing_asks_for_any_field(manage: Any) -> None:
    """Jobs are found by each of their fields."""

    async def use(manager: JobManager) -> Any:
        one = await manager.defer_job_async(job("x", lock="l", queueing_lock="q"))
        await manager.defer_job_async(job("y"))
        questions: list[dict[str, Any]] = [
            {"id": one.id},
            {"queue": "inbox", "task": "x"},
            {"status": "todo", "lock": "l"},
            {"queueing_lock": "q"},
            {"worker_id": 99},
        ]
        return [[found.task_name for found in await manager.list_jobs_async(**asked)] for asked in questions]

    assert manage(use) == [["x"], ["x"], ["x"], ["x"], []]


def test_endings(manage: Any) -> None:
    """Finished, failed, cancelled, aborted and retried jobs have the status and the number of tries due to them."""

    async def use(manager: JobManager) -> Any:
        for name in ("done", "failed", "again"):
            await manager.defer_job_async(job(name))
            found = await take(manager)
            assert found
            if name == "again":
                await manager.retry_job(found, priority=4, queue="outbox", lock="new")
            else:
                await manager.finish_job(found, Status.SUCCEEDED if name == "done" else Status.FAILED, False)
        cancelled = await manager.defer_job_async(job("cancelled"))
        assert await manager.cancel_job_by_id_async(cancelled.id)
        assert not await manager.cancel_job_by_id_async(cancelled.id)
        removed = await manager.defer_job_async(job("removed"))
        assert await manager.cancel_job_by_id_async(removed.id, delete_job=True)
        return [
            (found.task_name, found.status, found.attempts, found.queue, found.priority, found.lock)
            for found in await manager.list_jobs_async()
        ]

    assert manage(use) == [
        ("done", "succeeded", 1, "inbox", 0, None),
        ("failed", "failed", 1, "inbox", 0, None),
        ("again", "todo", 1, "outbox", 4, "new"),
        ("cancelled", "cancelled", 0, "inbox", 0, None),
    ]


def test_abort(manage: Any) -> None:
    """A running job that somebody asked to abort is listed as such, and a retry of it fails."""

    async def use(manager: JobManager) -> Any:
        await manager.defer_job_async(job("x"))
        found = await take(manager)
        assert found
        assert found.id
        assert await manager.cancel_job_by_id_async(found.id, abort=True)
        listed = [await manager.list_jobs_to_abort_async(), await manager.list_jobs_to_abort_async("outbox")]
        await manager.retry_job(found)
        return [found.id] == listed[0], listed[1], await manager.get_job_status_async(found.id)

    assert manage(use) == (True, [], Status.FAILED)


def test_what_is_gone_cannot_end(manage: Any) -> None:
    """Ending, retrying or asking for a job that is not there is an error."""

    async def use(manager: JobManager) -> Any:
        gone = job("x", id=12345)
        for attempt in (
            manager.finish_job(gone, Status.SUCCEEDED, delete_job=True),
            manager.finish_job(gone, Status.SUCCEEDED, delete_job=False),
            manager.retry_job(gone),
            manager.get_job_status_async(12345),
        ):
            with pytest.raises(exceptions.ConnectorException):
                await attempt
        return await manager.cancel_job_by_id_async(12345)

    assert manage(use) is False


def test_jobs_of_silent_workers(manage: Any) -> None:
    """A job is stalled when its worker has been silent for long, has signed off, or was struck off."""

    async def use(manager: JobManager) -> Any:
        answers = []
        await manager.batch_defer_jobs_async([job("x"), job("y")])
        one, two = await take(manager), await take(manager)
        assert one
        assert two
        assert one.worker_id
        assert two.worker_id
        answers.append(len(list(await manager.get_stalled_jobs(seconds_since_heartbeat=30))))
        await asyncio.sleep(1.5)
        await manager.update_heartbeat(two.worker_id)
        answers.append(
            [found.id == one.id for found in await manager.get_stalled_jobs(None, None, None, 1.2)]
        )
        answers.append([w == one.worker_id for w in await manager.prune_stalled_workers(1.2)])
        answers.append([found.id == one.id for found in await manager.get_stalled_jobs()])
        await manager.unregister_worker(two.worker_id)
        answers.append(len(list(await manager.get_stalled_jobs())))
        answers.append(len(list(await manager.get_stalled_jobs(task_name="y", queue="inbox"))))
        with pytest.warns(DeprecationWarning, match="nb_seconds"):
            answers.append(len(list(await manager.get_stalled_jobs(nb_seconds=30))))
        return answers

    assert manage(use) == [0, [True], [True], [True], 2, 1, 0]


def test_old_jobs_are_removed(manage: Any) -> None:
    """Jobs that ended long ago are removed, those of other endings stay."""

    async def use(manager: JobManager) -> Any:
        for name, status in (("done", Status.SUCCEEDED), ("failed", Status.FAILED)):
            await manager.defer_job_async(job(name))
            found = await take(manager)
            assert found
            await manager.finish_job(found, status, delete_job=False)
        await manager.delete_old_jobs(nb_hours=1)
        kept = len(list(await manager.list_jobs_async()))
        await manager.delete_old_jobs(nb_hours=0)
        return kept, [found.task_name for found in await manager.list_jobs_async()]

    assert manage(use) == (2, ["failed"])


def test_periodic_jobs_once_a_moment(manage: Any) -> None:
    """A periodic job is deferred once for each moment, whoever tries."""

    async def use(manager: JobManager) -> Any:
        def at(moment: int) -> Job:
            return job("tick", task_kwargs={"timestamp": moment})

        return [
            await manager.defer_periodic_job(at(moment), periodic_id="p", defer_timestamp=moment) is not None
            for moment in (60, 60, 120)
        ]

    assert manage(use) == [True, False, True]


def test_the_tables_are_there(manage: Any) -> None:
    """Procrastinate finds its tables."""

    async def use(manager: JobManager) -> Any:
        return await manager.check_connection_async()

    assert manage(use) is True


def test_inside_the_callers_transaction(sqlite: Any) -> None:
    """Procrastinate's own enqueueing joins a transaction that is given to it."""
    connector = SqliteConnector(sqlite.url.removeprefix("sqlite:///"))
    manager = JobManager(connector)
    statuses = []

    def ask_and_give_up() -> None:
        with sqlite.store.write() as connection:
            driver = driver_connection(connection)
            deferred = manager.defer_job(job("x"), connection=driver)
            assert deferred.id
            statuses.append(manager.get_job_status(deferred.id, connection=driver))
            raise InterruptedError

    with pytest.raises(InterruptedError):
        ask_and_give_up()

    assert statuses == [Status.TODO]
    assert list(manager.list_jobs()) == []
    connector.close()
