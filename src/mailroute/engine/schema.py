"""The tables of the jobs, in the same database as the rows that the jobs are about."""

import sqlite3
from contextlib import closing

import psycopg
from procrastinate.schema import SchemaManager

from mailroute.engine.location import SqliteFile, locate

# As in procrastinate/sql/schema.sql (3.10), less the table of events, plus `changed_at` in its stead.
SQLITE_TABLES = (
    """CREATE TABLE IF NOT EXISTS procrastinate_workers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        last_heartbeat REAL NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS procrastinate_jobs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        queue_name TEXT NOT NULL,
        task_name TEXT NOT NULL,
        priority INTEGER NOT NULL DEFAULT 0,
        lock TEXT,
        queueing_lock TEXT,
        args TEXT NOT NULL DEFAULT '{}',
        status TEXT NOT NULL DEFAULT 'todo'
            CHECK (status IN ('todo', 'doing', 'succeeded', 'failed', 'cancelled', 'aborted')),
        scheduled_at REAL,
        attempts INTEGER NOT NULL DEFAULT 0,
        abort_requested INTEGER NOT NULL DEFAULT 0,
        worker_id INTEGER REFERENCES procrastinate_workers(id) ON DELETE SET NULL,
        changed_at REAL NOT NULL,
        CHECK (NOT (status = 'todo' AND abort_requested))
    )""",
    """CREATE TABLE IF NOT EXISTS procrastinate_periodic_defers (
        task_name TEXT NOT NULL,
        periodic_id TEXT NOT NULL,
        defer_timestamp INTEGER NOT NULL,
        PRIMARY KEY (task_name, periodic_id, defer_timestamp)
    )""",
    """CREATE UNIQUE INDEX IF NOT EXISTS procrastinate_jobs_queueing_lock
        ON procrastinate_jobs(queueing_lock) WHERE status = 'todo'""",
    """CREATE INDEX IF NOT EXISTS procrastinate_jobs_next
        ON procrastinate_jobs(priority DESC, id, scheduled_at, queue_name) WHERE status = 'todo'""",
    """CREATE INDEX IF NOT EXISTS procrastinate_jobs_lock
        ON procrastinate_jobs(lock) WHERE status IN ('todo', 'doing')""",
    """CREATE INDEX IF NOT EXISTS procrastinate_jobs_doing
        ON procrastinate_jobs(worker_id) WHERE status = 'doing'""",
)

# "mrjobs" in ASCII: two services that start at once on an empty database take turns.
_POSTGRES_LOCK = 0x6D726A6F6273


def create(url: str) -> None:
    """Create the tables of the jobs where they are missing. Harmless when they are there."""
    place = locate(url)
    if isinstance(place, SqliteFile):
        _create_on_sqlite(place.path)
    else:
        _create_on_postgres(place.uri)


def open_sqlite(path: str, *, busy_seconds: float) -> sqlite3.Connection:
    """A connection of the engine's own, for its bookkeeping: which jobs are taken and finished, and by whom.

    Its commits do not wait for the disk (`synchronous = NORMAL`). A job comes into being in the caller's transaction,
    on the caller's connection, which does. What the engine notes afterwards may be lost when the machine dies, newest
    first, since the WAL keeps the order: then a job that was taken or finished is there once more, and its row says
    what is still to be done. The next durable commit of anybody brings it to the disk as well.

    There is no transaction but the ones we begin. *busy_seconds* is how long a statement waits while another process
    writes.
    """
    connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    # A worker that others struck off must find out when it takes its next job.
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _create_on_sqlite(path: str) -> None:
    with closing(open_sqlite(path, busy_seconds=30)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for statement in SQLITE_TABLES:
            connection.execute(statement)
        connection.execute("COMMIT")


def _create_on_postgres(uri: str) -> None:
    with psycopg.connect(uri) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_POSTGRES_LOCK,))
        found = connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
        if found == (None,):
            connection.execute(SchemaManager.get_schema())
