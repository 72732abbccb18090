"""Jobs and their handlers: what is tried again, and what a person must look at."""

import asyncio
import inspect
import random
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import procrastinate
import psycopg
import psycopg_pool
from procrastinate import connector, exceptions, jobs, manager, retry, utils

from mailroute.domain.errors import TryLater
from mailroute.engine.jobs import QUEUES, JobName
from mailroute.engine.location import SqliteFile, locate
from mailroute.engine.sqlite_connector import SqliteConnector
from mailroute.engine.sqlite_queries import JobGone
from mailroute.engine.sqlite_workers import ADOPT
from mailroute.engine.supervisor import say_number
from mailroute.journal import Journal

Handler = Callable[[int], Awaitable[None] | None]
"""Does a job on the row with this id. An ordinary function runs in a thread, a coroutine on the event loop.

It raises `TryLater` when the same may work later. Whatever else it raises is a crash.
"""

OnCrash = Callable[[JobName, int, Exception], None]
"""Told of a crash, once for each; sets the row aside for a person. The job is over then."""

# A queue that was empty when PostgreSQL last looked is planned for as if it still were: sort all that waits, then
# compare each with each (2,000 jobs: 85 ms to take one). Along the index, as for a long queue, it is 0.5 ms always.
_ONE_JOB_AT_A_TIME = (
    "-c enable_sort=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off"
)

# What the engine notes for itself may be lost with the machine: `schema.open_sqlite` says why that does no harm.
_BOOKKEEPING = "-c synchronous_commit=off"

MAX_HANDLERS = 64
"""Handlers that run at the same time in one worker, at the utmost."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long a job waits before the next try: twice as long each time, up to a limit, without end."""

    first_seconds: float = 1.0
    most_seconds: float = 3600.0
    spread: float = 0.25
    """Part of the wait that is left to chance, so that jobs postponed together do not come back together."""

    def wait_seconds(self, tries: int, luck: float) -> float:
        """The wait after *tries* earlier ones; *luck* is a random number from 0 to 1."""
        longest = min(self.most_seconds, self.first_seconds * 2.0 ** min(tries, 40))
        return longest * (1 - self.spread * luck)


class JobManager(manager.JobManager):
    """Procrastinate's, except that what becomes of a job is never lost on the way to the database.

    Upstream lets the error end the job's task: the row then says "doing" as long as the worker lives, and
    nobody ever takes it up. Here `lost` is set, whereupon the worker starts anew and gives up its jobs.
    `registered` is set once the worker has its number.
    """

    def __init__(self, connector: connector.BaseConnector) -> None:
        super().__init__(connector)
        self.lost = asyncio.Event()
        self.registered = asyncio.Event()

    async def register_worker(self) -> int:
        """Enter a new worker; the supervisor learns its number, for the day on which it dies."""
        number = await super().register_worker()
        say_number(number)
        self.registered.set()
        return number

    async def finish_job_by_id_async(self, job_id: int, status: jobs.Status, delete_job: bool) -> None:
        """Note that a job is over."""
        try:
            await super().finish_job_by_id_async(job_id, status, delete_job)
        except exceptions.ConnectorException as error:
            self._note(error)

    async def retry_job_by_id_async(
        self,
        job_id: int,
        retry_at: datetime,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Put a job back into its queue, unless another one for the same row waits there: one is enough."""
        try:
            await super().retry_job_by_id_async(job_id, retry_at, priority, queue, lock)
        except exceptions.UniqueViolation:
            await self.finish_job_by_id_async(job_id, jobs.Status.ABORTED, delete_job=True)
        except exceptions.ConnectorException as error:
            self._note(error)

    async def adopt(self, job: jobs.Job, worker_id: int) -> bool:
        """Make a dead worker's job that of *worker_id*; False if another one was quicker."""
        try:
            won = await self.connector.execute_query_all_async(
                query=ADOPT, job_id=job.id, dead_worker_id=job.worker_id, worker_id=worker_id
            )
        except exceptions.ConnectorException:
            # Perhaps it is ours; then nobody would know.
            self.lost.set()
            raise
        return bool(won)

    def _note(self, error: exceptions.ConnectorException) -> None:
        # A worker that was thawed after its jobs had been taken over finds them gone, and that is well.
        if not isinstance(error, JobGone) and not isinstance(error.__cause__, psycopg.errors.RaiseException):
            self.lost.set()


@dataclass(frozen=True, slots=True)
class JobApp:
    """Procrastinate with our handlers in it; `worker.run_worker` runs it. For one event loop."""

    procrastinate: procrastinate.App
    manager: JobManager
    queues: tuple[str, ...]
    threads: ThreadPoolExecutor


def make_app(
    url: str,
    handlers: Mapping[JobName, Handler],
    *,
    on_crash: OnCrash,
    journal: Journal,
    backoff: Backoff = Backoff(),
) -> JobApp:
    """The jobs of the database at *url*, each done by its handler; jobs without one are left to others."""
    connector = make_connector(url)
    app = procrastinate.App(connector=connector)
    app.job_manager = job_manager = JobManager(connector)
    threads = ThreadPoolExecutor(MAX_HANDLERS, thread_name_prefix="job")
    desk = _Desk(on_crash, journal, threads)
    for job, handler in handlers.items():
        task = app.task(name=job.value, queue=QUEUES[job], retry=_TryLaterOnly(backoff))
        task(_task(job, handler, desk))
    return JobApp(app, job_manager, tuple(QUEUES[job] for job in handlers), threads)


def make_connector(url: str) -> connector.BaseAsyncConnector:
    """Procrastinate's door to the database at *url*."""
    place = locate(url)
    if isinstance(place, SqliteFile):
        return SqliteConnector(place.path)
    return procrastinate.PsycopgConnector(
        conninfo=place.uri,
        min_size=1,
        max_size=4,
        timeout=10,
        kwargs={"application_name": "mailroute worker", "options": f"{_ONE_JOB_AT_A_TIME} {_BOOKKEEPING}"},
        configure=_one_trip,
        pool_factory=_unchecked_pool,
    )


async def _one_trip(connection: psycopg.AsyncConnection[Any]) -> None:
    """Every query of Procrastinate is one statement, so BEGIN and COMMIT would be nothing but two more round trips."""
    await connection.set_autocommit(True)


def _unchecked_pool(**settings: Any) -> psycopg_pool.AsyncConnectionPool:  # noqa: ANN401 - passed on as they come
    """A pool that does not ask the server "are you there?" before each query.

    When the server has gone, the query finds out as well, and the worker starts anew with a new pool.
    """
    return psycopg_pool.AsyncConnectionPool(**settings | {"check": None})


class _TryLaterOnly(retry.BaseRetryStrategy):
    def __init__(self, backoff: Backoff) -> None:
        self._backoff = backoff
        self._chance = random.SystemRandom()

    def get_retry_decision(
        self, *, exception: BaseException, job: jobs.Job
    ) -> procrastinate.RetryDecision | None:
        """Again after a while if the handler asked for it; never otherwise."""
        if not isinstance(exception, TryLater):
            return None
        seconds = self._backoff.wait_seconds(job.attempts, self._chance.random())
        return procrastinate.RetryDecision(retry_at=utils.utcnow() + timedelta(seconds=seconds))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where handlers run and where their crashes are reported."""

    on_crash: OnCrash
    journal: Journal
    threads: ThreadPoolExecutor

    async def call(self, handler: Handler, row_id: int) -> None:
        if inspect.iscoroutinefunction(handler):
            await handler(row_id)
            return
        awaitable = await asyncio.get_running_loop().run_in_executor(self.threads, handler, row_id)
        if awaitable is not None:
            await awaitable

    async def report(self, job: JobName, row_id: int, crash: Exception) -> None:
        """Tell the caller of a crash. If that fails, the job comes again, or the row would be forgotten."""
        try:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self.threads, self.on_crash, job, row_id, crash)
        except Exception as error:
            self.journal.failed(f"on_crash of {job}", error, entry=row_id)
            raise TryLater("the crash of a job could not be reported") from error


def _task(job: JobName, handler: Handler, desk: _Desk) -> Callable[[int], Awaitable[None]]:
    async def run(row_id: int) -> None:
        try:
            await desk.call(handler, row_id)
        except TryLater:
            raise
        except Exception as crash:  # noqa: BLE001 - whatever breaks in a handler must reach a person
            await desk.report(job, row_id, crash)

    return run
