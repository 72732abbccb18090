"""Procrastinate on SQLite: one file, one host, any number of processes.

Procrastinate sends a fixed set of named queries through its connector, and takes any connector that answers
them: its own `InMemoryConnector` looks the name up by the text and calls a method, and so does this one. Each
query becomes one short `BEGIN IMMEDIATE` transaction. Since SQLite has a single writer, taking a job needs no
`SKIP LOCKED`.

What wakes an idle worker is `PRAGMA data_version`, asked for every 50 ms: it changes with every commit of
another connection to the file, whichever process made it, and asking costs a few microseconds.

All queries of a connector run in one thread of its own, on one connection. They do not wait behind
handlers in a shared pool; otherwise a worker with its hands full would seem dead to the others.

The queries are internal to Procrastinate, hence the pin `>=3.10,<3.11` and the check at construction.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any

from procrastinate import connector, exceptions, manager, sql
from procrastinate.schema import SchemaManager

from mailroute.engine.schema import SQLITE_TABLES, open_sqlite
from mailroute.engine.sqlite_listings import Row, Rows
from mailroute.engine.sqlite_queries import QUERIES, is_job_due
from mailroute.engine.sqlite_workers import ADOPT, adopt_job
from mailroute.store.connect import begin_immediate

_WAKE_UP = '{"type": "job_inserted", "job_id": 0}'
_NOT_SENT = frozenset({"listen_queue"})
"""Queries that only Procrastinate's own connectors send, from a method that ours replaces."""
_READS = frozenset(
    {
        "check_connection",
        "count_jobs_status",
        "get_job_status",
        "list_jobs",
        "list_jobs_to_abort",
        "list_locks",
        "list_queues",
        "list_tasks",
        "select_stalled_jobs_by_heartbeat",
        "select_stalled_jobs_by_started",
    }
)
"""Queries that need no write transaction."""


def known_queries(sent: Iterable[str]) -> frozenset[str]:
    """The names in *sent*, if they are exactly those that this connector answers.

    Raises:
        RuntimeError: another version of Procrastinate is installed than this connector was written for.
    """
    names, ours = frozenset(sent), QUERIES.keys() | _NOT_SENT
    if names != ours:
        new, gone = ", ".join(sorted(names - ours)), ", ".join(sorted(ours - names))
        raise RuntimeError(
            "Procrastinate's queries are not those of version 3.10, for which the SQLite connector was written"
            f" (new: {new or 'none'}; gone: {gone or 'none'}); install procrastinate>=3.10,<3.11"
        )
    return names


class SqliteConnector(connector.BaseAsyncConnector):
    """Answers Procrastinate's queries from the SQLite database file at *path*.

    *poll_seconds* is the longest that an idle worker sleeps after a commit; *busy_seconds* how long a query
    waits for another process to finish writing before it fails.
    """

    def __init__(self, path: str, *, poll_seconds: float = 0.05, busy_seconds: float = 30.0) -> None:
        self._names = {sql.queries[name]: name for name in known_queries(sql.queries)} | {ADOPT: "adopt_job"}
        self._path = path
        self._poll_seconds = poll_seconds
        self._busy_seconds = busy_seconds
        self._connection: sqlite3.Connection | None = None
        self._thread = self._new_thread()

    @staticmethod
    def _new_thread() -> ThreadPoolExecutor:
        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="jobs-sqlite")

    def get_sync_connector(self) -> connector.BaseConnector:
        """This one speaks both ways."""
        return self

    def open(self, pool: object = None) -> None:
        """Nothing to do: the connection is opened with the first query."""

    def close(self) -> None:
        """Close the connection and end the thread; the next query starts afresh."""
        self._thread.submit(self._hang_up).result()
        self._thread.shutdown()
        self._thread = self._new_thread()

    async def open_async(self, pool: object = None) -> None:
        """As `open`."""

    async def close_async(self) -> None:
        """As `close`."""
        await asyncio.to_thread(self.close)

    def execute_query(self, query: str, **arguments: object) -> None:
        """Run a query for its effect."""
        self._submit(query, arguments).result()

    def execute_query_one(self, query: str, **arguments: object) -> Row:
        """Run a query that answers one row."""
        return _one(self._submit(query, arguments).result())

    def execute_query_all(self, query: str, **arguments: object) -> Rows:
        """Run a query that answers rows."""
        return _all(self._submit(query, arguments).result())

    async def execute_query_async(self, query: str, **arguments: object) -> None:
        """Run a query for its effect."""
        await self._await(query, arguments)

    async def execute_query_one_async(self, query: str, **arguments: object) -> Row:
        """Run a query that answers one row."""
        return _one(await self._await(query, arguments))

    async def execute_query_all_async(self, query: str, **arguments: object) -> Rows:
        """Run a query that answers rows."""
        return _all(await self._await(query, arguments))

    def execute_query_one_with_connection(
        self, connection: sqlite3.Connection, query: str, **arguments: object
    ) -> Row:
        """Run a query that answers one row in the transaction of the caller, whose business its end is."""
        return _one(self._inside(connection, query, arguments))

    def execute_query_all_with_connection(
        self, connection: sqlite3.Connection, query: str, **arguments: object
    ) -> Rows:
        """Run a query that answers rows in the transaction of the caller, whose business its end is."""
        return _all(self._inside(connection, query, arguments))

    async def listen_notify(self, on_notification: connector.Notify, channels: Iterable[str]) -> None:
        """Wake the worker after each commit to the file, for ever.

        Any commit may have brought a job, so there is no telling the channels apart.
        """
        channel = next(iter(channels))
        seen: int | None = None
        with _translated(), closing(open_sqlite(self._path, busy_seconds=0.1)) as connection:
            while True:
                version: int = connection.execute("PRAGMA data_version").fetchone()[0]
                if version != seen:
                    seen = version
                    await on_notification(channel=channel, payload=_WAKE_UP)
                await asyncio.sleep(self._poll_seconds)

    def _submit(self, query: str, arguments: dict[str, Any]) -> "Future[Row | Rows | None]":
        return self._thread.submit(self._alone, query, arguments)

    def _await(self, query: str, arguments: dict[str, Any]) -> "Awaitable[Row | Rows | None]":
        return asyncio.wrap_future(self._submit(query, arguments))

    def _alone(self, query: str, arguments: dict[str, Any]) -> Row | Rows | None:
        """Run one query in a transaction of its own. In the connector's thread only."""
        with _translated():
            if self._connection is None:
                self._connection = open_sqlite(self._path, busy_seconds=self._busy_seconds)
            name = self._name(query)
            if name == "fetch_job" and not is_job_due(_cursor(self._connection), arguments["queues"]):
                return {"id": None}
            if name in _READS:
                return _run(self._connection, name, arguments)
            with _transaction(self._connection, self._busy_seconds):
                return _run(self._connection, name, arguments)

    def _inside(
        self, connection: sqlite3.Connection, query: str, arguments: dict[str, Any]
    ) -> Row | Rows | None:
        with _translated():
            return _run(connection, self._name(query), arguments)

    def _name(self, query: str) -> str:
        if name := self._names.get(query):
            return name
        if query == SchemaManager.get_schema().replace("%", "%%"):
            return "apply_schema"
        raise exceptions.ConnectorException("Neither a query of Procrastinate nor of ours")

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _cursor(connection: sqlite3.Connection) -> sqlite3.Cursor:
    cursor = connection.cursor()
    # Of the cursor, since the connection may be the caller's.
    cursor.row_factory = sqlite3.Row
    return cursor


def _run(connection: sqlite3.Connection, name: str, arguments: dict[str, Any]) -> Row | Rows | None:
    with closing(_cursor(connection)) as cursor:
        if name == "apply_schema":
            for statement in SQLITE_TABLES:
                cursor.execute(statement)
            return None
        query = adopt_job if name == "adopt_job" else QUERIES[name]
        return query(cursor, **arguments)


def _one(answer: Row | Rows | None) -> Row:
    assert isinstance(answer, dict)
    return answer


def _all(answer: Row | Rows | None) -> Rows:
    assert isinstance(answer, list)
    return answer


@contextmanager
def _transaction(connection: sqlite3.Connection, busy_seconds: float) -> Iterator[None]:
    begin_immediate(connection.execute, busy_seconds)
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def _translated() -> Iterator[None]:
    """SQLite's errors as Procrastinate knows them."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        if "procrastinate_jobs.queueing_lock" in str(error):
            raise exceptions.UniqueViolation(
                constraint_name=manager.QUEUEING_LOCK_CONSTRAINT, queueing_lock=None
            ) from error
        raise exceptions.ConnectorException from error
    except sqlite3.Error as error:
        raise exceptions.ConnectorException from error
