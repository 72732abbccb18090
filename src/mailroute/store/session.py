"""The door to the database: opening it, transactions, and its errors in our own words.

Inside `Store.write()` and `Store.read()` every failure of the database that may pass by itself comes out as `TryLater`
(or `StorageFull`); nothing was done then. What is left untranslated is a bug.
"""

import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from mailroute.domain.errors import MailrouteError, Misconfigured
from mailroute.store import codec
from mailroute.store.faults import as_ours, first_line
from mailroute.store.tables import HEAD

Connection: TypeAlias = sa.Connection
"""What store functions take; others annotate with this and so need not import SQLAlchemy."""

WAIT_SECONDS = 30
"""How long a transaction waits for another one before it is told to try later."""

LOOK_SECONDS = 0.002
"""Between two looks whether SQLite's write lock is free; most transactions hold it for a few milliseconds."""

IDLE_SECONDS = 120
"""PostgreSQL ends a transaction in which nothing happened for so long: a frozen host must not keep its locks."""


class Store:
    """A database that is reachable and migrated. Safe to share between threads; not across a fork."""

    def __init__(self, engine: sa.Engine, *, wait_seconds: int = WAIT_SECONDS) -> None:
        self._engine = engine
        self._wait_seconds = wait_seconds
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._alone = threading.Lock() if self.is_sqlite else None
        reading: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._writing = engine.execution_options(mailroute_writes=True)
        self._reading = engine.execution_options(postgresql_readonly=not self.is_sqlite, **reading)
        self._driver_error: type[Exception] = engine.dialect.loaded_dbapi.Error

    @classmethod
    def open(
        cls, url: str, *, create: bool = False, durable: bool = True, wait_seconds: int = WAIT_SECONDS
    ) -> "Store":
        """The database at *url*, checked.

        Args:
            url: `sqlite:///path` or `postgresql://...` (also `postgresql+psycopg://...`).
            create: Makes a missing SQLite file and brings either kind of database up to date.
            durable: False is for throw-away stores only: commits are not flushed to the disk (SQLite).
            wait_seconds: How long a transaction waits for others before it is told to try later.

        Raises:
            Misconfigured: Wrong URL, no database there, or not migrated; says what to do next.
        """
        if create:
            from mailroute.store.migrate import migrate

            migrate(url)
        engine = connect(url, durable=durable, wait_seconds=wait_seconds)
        store = cls(engine, wait_seconds=wait_seconds)
        try:
            store._check_revision()
        except MailrouteError:
            store.dispose()
            raise
        return store

    @property
    def url(self) -> str:
        """The database's URL with its password."""
        return self._engine.url.render_as_string(hide_password=False)

    @property
    def conninfo(self) -> str:
        """The same for libpq and psycopg, which know nothing of SQLAlchemy's drivers."""
        return self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)

    @property
    def place(self) -> str:
        """The URL as it may be shown and logged."""
        return str(self._engine.url)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that writes: commits at the end of the block, rolls back when it raises.

        On SQLite it has the write lock from its first moment (BEGIN IMMEDIATE), so what it reads stays true.
        """
        with self._translated(writing=True), self._turn(), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One view of the database, the same from its first statement to its last; writing in it is an error."""
        with self._translated(writing=False), self._reading.connect() as connection:
            yield connection

    def lock(self, connection: Connection, key: str) -> None:
        """Waits until no other transaction holds *key*, then holds it until the end of this one."""
        if not self.is_sqlite:  # SQLite's writer is alone anyway
            digest = hashlib.sha256(f"mailroute:{key}".encode()).digest()
            number = int.from_bytes(digest[:8], "big", signed=True)
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})

    def dispose(self) -> None:
        """Closes every connection; the store may be used again afterwards."""
        self._engine.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        # SQLite's own waiting is a sleep of up to 100 ms; between the threads of one process a lock hands over at once.
        if self._alone is None:
            yield
            return
        if not self._alone.acquire(timeout=self._wait_seconds):
            raise NoConnectionLeft(f"no turn to write within {self._wait_seconds} s")
        try:
            yield
        finally:
            self._alone.release()

    @contextmanager
    def _translated(self, *, writing: bool) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, NoConnectionLeft, self._driver_error) as error:
            if (ours := as_ours(error, writing=writing)) is None:
                raise
            raise ours from error

    def _check_revision(self) -> None:
        try:
            with self._reading.connect() as connection:
                revision = revision_of(connection)
        except (SQLAlchemyError, self._driver_error) as error:
            raise unreachable(self.place, error) from error
        if revision is None:
            raise Misconfigured(
                f"The database at {self.place} has no tables yet: run `mailroute db upgrade`."
            )
        if revision > HEAD:
            raise Misconfigured(newer(self.place, revision))
        if revision != HEAD:
            raise Misconfigured(
                f"The database at {self.place} is at revision {revision}, this mailroute needs {HEAD}:"
                " run `mailroute db upgrade`."
            )


def driver_connection(connection: Connection) -> DBAPIConnection:
    """The sqlite3 or psycopg connection beneath, inside the same transaction."""
    beneath: DBAPIConnection | None = connection.connection.driver_connection
    assert beneath is not None
    return beneath


def revision_of(connection: Connection) -> str | None:
    """The revision the database is at; None before the first."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def unreachable(place: str, error: Exception) -> Misconfigured:
    """What to say when the database cannot even be asked."""
    return Misconfigured(
        f"The database at {place} cannot be used: {first_line(error)}. Start it, or mend `store.url` in the settings."
    )


def newer(place: str, revision: str) -> str:
    """What to say of a database that a later version has migrated."""
    return (
        f"The database at {place} is of a newer mailroute (revision {revision}, this one knows {HEAD}):"
        " install that version again."
    )


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
        writes = connection.get_execution_options().get("mailroute_writes", False)
        cursor = driver_connection(connection).cursor()
        cursor.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        if writes:
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
        pool_pre_ping=True,
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

    sa.event.listen(engine, "connect", prepare)
    return engine
