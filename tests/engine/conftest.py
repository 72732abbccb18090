"""What the engine's tests share: databases with jobs in them, and workers on them."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from mailroute.engine import schema
from mailroute.engine.app import Backoff, Handler, JobApp, make_app
from mailroute.engine.jobs import Enqueuer, JobName
from mailroute.engine.worker import WorkerPlan, run_worker
from mailroute.journal import Journal
from mailroute.store.connect import connect
from mailroute.store.session import Connection, Store

QUICK = WorkerPlan(heartbeat=0.2, stalled=2.0, poll=0.1, sweep=60.0, restart_first=0.05, restart_most=0.5)


@dataclass
class Log:
    """Stands in for structlog: keeps what the journal says."""

    lines: list[dict[str, Any]] = field(default_factory=list)

    def log(self, level: int, event: str, **fields: Any) -> None:
        self.lines.append({"event": event, **fields})

    def debug(self, event: str, **fields: Any) -> None:
        self.lines.append({"event": event, **fields})


@dataclass
class Place:
    """A database with the tables of the jobs, and ways to ask and to work there."""

    url: str
    store: Store
    log: Log
    journal: Journal
    crashes: list[tuple[JobName, int, str]] = field(default_factory=list)
    recovered: list[tuple[JobName, int]] = field(default_factory=list)
    sweep: Callable[[], None] = lambda: None
    quick: WorkerPlan = QUICK

    def ask(self, *row_ids: int, job: JobName = JobName.PROCESS, **how: Any) -> None:
        """Enqueue a job for each row, one after the other, and commit."""
        with self.store.write() as connection:
            for row_id in row_ids:
                Enqueuer(self.url).enqueue(connection, job, row_id, **how)

    def jobs(self, columns: str = "task_name, args, status") -> list[tuple[Any, ...]]:
        """What stands in the table of jobs."""
        with self.store.read() as connection:
            return rows(connection, f"SELECT {columns} FROM procrastinate_jobs ORDER BY id")

    def app(
        self,
        handler: Handler,
        *,
        backoff: Backoff | None = None,
        others: Mapping[JobName, Handler] | None = None,
    ) -> JobApp:
        """An app whose `process` jobs go to *handler*."""
        return make_app(
            self.url,
            {JobName.PROCESS: handler, **(others or {})},
            on_crash=lambda job, row, error: self.crashes.append((job, row, str(error))),
            journal=self.journal,
            backoff=backoff or Backoff(),
        )

    @asynccontextmanager
    async def worker(self, app: JobApp, plan: WorkerPlan = QUICK) -> AsyncIterator[asyncio.Event]:
        """A worker while the block runs; yields what stops it."""
        stop = asyncio.Event()
        work = run_worker(
            app,
            plan=plan,
            stop=stop,
            journal=self.journal,
            sweep=self.sweep,
            recover=lambda job, row: self.recovered.append((job, row)),
        )
        task = asyncio.create_task(work)
        try:
            yield stop
        finally:
            stop.set()
            await task

    async def left(self, number: int) -> None:
        """Wait until so many jobs are left."""
        await asyncio.to_thread(self._wait_for, number)

    def _wait_for(self, number: int) -> None:
        deadline = time.monotonic() + 8
        while len(self.jobs()) != number:
            assert time.monotonic() < deadline, self.jobs()
            time.sleep(0.02)


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    """The rows that a statement answers."""
    return [tuple(row) for row in connection.exec_driver_sql(statement)]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> Place:
    """The same tests run on both databases."""
    found: Place = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Place]:
    """An SQLite file of its own."""
    yield from _place(sqlite_url)


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Place]:
    """A PostgreSQL database of its own."""
    yield from _place(postgres_url)


def _place(url: str) -> Iterator[Place]:
    schema.create(url)
    store, log = Store(connect(url)), Log()
    yield Place(url, store, log, Journal(log, CollectorRegistry()))
    store.dispose()


@pytest.fixture
def run() -> Callable[[Awaitable[None]], None]:
    """Runs what a test does on an event loop; 20 seconds at most."""

    def run(awaitable: Awaitable[None]) -> None:
        async def limited() -> None:
            async with asyncio.timeout(20):
                await awaitable

        asyncio.run(limited())

    return run
