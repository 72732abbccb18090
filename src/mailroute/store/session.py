"""The door to the database: opening it, transactions, and its errors in our own words.

Inside `Store.write()` and `Store.read()` every failure of the database that may pass by itself comes out as `TryLater`
(or `StorageFull`); nothing was done then. What is left untranslated is a bug.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from mailroute.domain.errors import MailrouteError, Misconfigured
from mailroute.store.connect import WAIT_SECONDS, connect
from mailroute.store.faults import as_ours, first_line
from mailroute.store.schema import HEAD

Connection: TypeAlias = sa.Connection
"""What store functions take; others annotate with this and so need not import SQLAlchemy."""

_LAST = "mailroute_last"
_DO_NOT_WAIT = sa.text("SET LOCAL synchronous_commit = off")


class Store:
    """A database that is reachable and migrated. Safe to share between threads; not across a fork."""

    def __init__(self, engine: sa.Engine, *, wait_seconds: int = WAIT_SECONDS) -> None:
        self._engine = engine
        self._wait_seconds = wait_seconds
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._alone = threading.Lock() if self.is_sqlite else None
        reading: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._writing = engine.execution_options(mailroute_writes=True)
        self._noting = engine.execution_options(mailroute_writes=True, mailroute_flushes=False)
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
    def write(self, *, flush: bool = True) -> Iterator[Connection]:
        """One transaction that writes: commits at the end of the block, rolls back when it raises.

        On SQLite it has the write lock from its first moment (BEGIN IMMEDIATE), so what it reads stays true.
        With *flush* the commit is on the disk when this returns. Without, it may be lost if the machine dies, though
        never while a later one is kept: for notes that only matter to what comes after them.
        """
        engine = self._writing if flush else self._noting
        with self._translated(writing=True), self._turn(), engine.begin() as connection:
            connection.info.pop(_LAST, None)  # of a transaction that was rolled back
            if not flush and not self.is_sqlite:
                connection.execute(_DO_NOT_WAIT)
            yield connection
            steps = connection.info.pop(_LAST, ())
            # in one order everywhere, so that two transactions cannot wait for each other
            for _, statement, values in sorted(steps, key=itemgetter(0)):
                connection.execute(statement, values)

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


def last(connection: Connection, key: str, statement: sa.Executable, values: dict[str, Any]) -> None:
    """Runs *statement* just before the commit: for a row that many transactions change (*key* names it)."""
    connection.info.setdefault(_LAST, []).append((key, statement, values))


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
