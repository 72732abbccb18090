"""Connecting to either kind of database, with our habits on each connection."""

import select
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DisconnectionError

from mailroute.domain.errors import Misconfigured
from mailroute.store import codec

WAIT_SECONDS = 30
"""How long a transaction waits for another one before it is told to try later."""

LOOK_SECONDS = 0.002
"""Between two looks whether SQLite's write lock is free; most transactions hold it for a few milliseconds."""

IDLE_SECONDS = 120
"""PostgreSQL ends a transaction in which nothing happened for so long: a frozen host must not keep its locks."""


def driver_connection(connection: sa.Connection) -> DBAPIConnection:
    """The sqlite3 or psycopg connection beneath, inside the same transaction."""
    beneath: DBAPIConnection | None = connection.connection.driver_connection
    assert beneath is not None
    return beneath


def connect(
    url: str, *, durable: bool = True, create: bool = False, wait_seconds: int = WAIT_SECONDS
) -> sa.Engine:
    """An engine for *url* with our habits; says `Misconfigured` for what can be told from the URL alone."""
    parsed = _read_url(url)
    if parsed.get_backend_name() != "sqlite":
        return _connect_postgres(parsed, wait_seconds)
    _prepare_file(Path(str(parsed.database)), create=create)
    return _connect_sqlite(parsed, wait_seconds, "FULL" if durable else "OFF")


def _read_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise Misconfigured(
            "`store.url` is no database URL: write sqlite:///path or postgresql://..."
        ) from error
    if parsed.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in {"sqlite", "sqlite+pysqlite"}:
        raise Misconfigured(f"`store.url` names {parsed.drivername}: only sqlite and postgresql are known.")
    if parsed.database in {None, "", ":memory:"}:
        raise Misconfigured(
            "`store.url` must name a file: sqlite:///path (memory is not shared between processes)."
        )
    return parsed


def _prepare_file(path: Path, *, create: bool) -> None:
    if path.is_file():
        return
    if not create:
        raise Misconfigured(f"There is no database at {path}: run `mailroute db upgrade`.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # people's mail; SQLite gives its -wal file the same mode
    except OSError as error:
        raise Misconfigured(f"The database {path} cannot be made: {error.strerror}.") from error


def _connect_sqlite(url: URL, wait_seconds: int, synchronous: str) -> sa.Engine:
    engine = sa.create_engine(
        url,
        pool_size=5,
        max_overflow=35,
        # the driver must not begin transactions by itself
        connect_args={"timeout": wait_seconds, "check_same_thread": False, "isolation_level": None},
        json_serializer=codec.to_text,
    )

    def prepare(connection: DBAPIConnection, _record: object) -> None:
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            "cache_size=-8192",  # KiB a connection
            "journal_size_limit=67108864",  # bytes: a WAL that one huge mail blew up shrinks again
        ):
            connection.cursor().execute(f"PRAGMA {pragma}")

    def begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        writes = options.get("mailroute_writes", False)
        cursor = driver_connection(connection).cursor()
        cursor.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        if writes:
            flushes = synchronous != "FULL" or options.get("mailroute_flushes", True)
            cursor.execute(f"PRAGMA synchronous={synchronous if flushes else 'NORMAL'}")
            begin_immediate(cursor.execute, wait_seconds)
        else:
            cursor.execute("BEGIN")

    sa.event.listen(engine, "connect", prepare)
    sa.event.listen(engine, "begin", begin)
    return engine


def begin_immediate(execute: Callable[[str], object], wait_seconds: float) -> None:
    """Takes the write lock, looking often: SQLite by itself sleeps up to 100 ms, and who comes fresh goes first."""
    end = time.monotonic() + wait_seconds
    execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                    raise
            time.sleep(LOOK_SECONDS)
    finally:
        execute(f"PRAGMA busy_timeout={round(1000 * wait_seconds)}")


def _connect_postgres(url: URL, wait_seconds: int) -> sa.Engine:
    engine = sa.create_engine(
        url,
        pool_size=5,
        max_overflow=20,
        connect_args={"connect_timeout": 10, "application_name": "mailroute"} | dict(url.query),
        json_serializer=codec.to_text,
    )

    def prepare(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = '{max(wait_seconds * 1000, 1)}ms'")  # 0 would mean for ever
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'")
        connection.commit()

    def look(connection: DBAPIConnection, _record: object, _fairy: object) -> None:
        # Instead of a question over the wire each time: a server that goes away closes the connection, which shows
        # as something to read where nobody has asked.
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN)
        if poll.poll(0):
            raise DisconnectionError("the server has closed the connection")

    sa.event.listen(engine, "connect", prepare)
    sa.event.listen(engine, "checkout", look)
    return engine
