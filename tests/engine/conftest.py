"""Databases for the engine's tests: an SQLite file, and a PostgreSQL server of our own that may be restarted."""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from prometheus_client import CollectorRegistry

from mailroute.engine import schema
from mailroute.engine.app import Backoff, Handler, JobApp, make_app
from mailroute.engine.jobs import Enqueuer, JobName
from mailroute.engine.worker import WorkerPlan, run_worker
from mailroute.journal import Journal
from mailroute.store.session import Connection, Store, connect

QUICK = WorkerPlan(heartbeat=0.2, stalled=1.0, poll=0.1, sweep=60.0, restart_first=0.05, restart_most=0.5)


@dataclass
class Server:
    """A PostgreSQL server in a directory; reached by a socket in it, so that it needs no port."""

    directory: Path

    def control(self, *words: str) -> None:
        """Run pg_ctl; PostgreSQL refuses to be run by root."""
        owner = self.directory.owner()
        subprocess.run(
            ["pg_ctl", "-D", str(self.directory / "data"), "-w", "-s", *words],
            check=True,
            user=owner if os.getuid() == 0 else None,
            cwd=self.directory,
        )

    def start(self) -> None:
        options = f"-k {self.directory} -c listen_addresses= -c fsync=off -c max_connections=50"
        self.control("start", "-o", options, "-l", str(self.directory / "log"))

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.directory}"

    def restart_at_once(self) -> None:
        """As after a power cut: every connection breaks."""
        self.control("stop", "-m", "immediate")
        self.start()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server for the engine's tests alone: they break its connections."""
    if shutil.which("initdb") is None or shutil.which("pg_ctl") is None:
        pytest.skip("PostgreSQL's initdb is not on this machine")
    directory = Path(tempfile.mkdtemp(prefix="engine-pg-"))
    if os.getuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(directory, account.pw_uid, account.pw_gid)
    found = Server(directory)
    found.control("init", "-o", "-U postgres -A trust -N")
    found.start()
    with psycopg.connect(found.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE jobs_template")
    schema.create(found.url("jobs_template"))
    yield found
    found.control("stop", "-m", "immediate")
    shutil.rmtree(directory)


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
def sqlite(tmp_path: Path) -> Iterator[Place]:
    """An SQLite file of its own."""
    url = f"sqlite:///{tmp_path}/jobs.db"
    schema.create(url)
    yield from _place(url)


@pytest.fixture
def postgres(server: Server) -> Iterator[Place]:
    """A database of its own on the one server."""
    name = f"jobs_{uuid.uuid4().hex}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE jobs_template")
    yield from _place(server.url(name))


def _place(url: str) -> Iterator[Place]:
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
