"""Transactions, locks and the translation of the databases' errors."""

import sqlite3
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from signal import SIGQUIT
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from mailroute.domain.errors import Misconfigured, StorageFull, TryLater
from mailroute.domain.received import ReceivedMail
from mailroute.store import faults, inbox, meta
from mailroute.store.connect import driver_connection
from mailroute.store.session import Connection, Store, last

Arrival = Callable[..., ReceivedMail]


def test_a_block_that_raises_leaves_nothing(store: Store, arrival: Arrival) -> None:
    """A transaction is rolled back whole when its block raises, and the error stays what it was."""

    def fail(connection: Connection) -> None:
        inbox.keep(connection, [arrival(1)])
        raise KeyError

    with pytest.raises(KeyError), store.write() as connection:
        fail(connection)
    with store.read() as connection:
        assert inbox.books(connection).received == 0


def test_reading_cannot_write(store: Store) -> None:
    """A write where only reading was asked for is a bug, and said to be one, not a reason to try again."""
    with pytest.raises(sa.exc.DBAPIError, match=r"read-?only"), store.read() as connection:
        meta.put(connection, "key", "value")
    with store.write() as connection:
        meta.put(connection, "key", "value")


def test_a_view_stays_the_same_while_others_write(store: Store) -> None:
    """Everything read in one block is of one moment."""
    with store.read() as view:
        before = meta.get(view, "key")
        with store.write() as connection:
            meta.put(connection, "key", "value")
        after = meta.get(view, "key")

    assert (before, after) == (None, None)


def test_who_holds_a_key_is_alone(store: Store) -> None:
    """Transactions that lock the same key run one after the other: 40 increments by 4 threads add up to 40."""

    def add() -> None:
        for _ in range(10):
            with store.write() as connection:
                store.lock(connection, "organisation:borealis")
                meta.put(connection, "count", str(int(meta.get(connection, "count") or 0) + 1))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as connection:
        assert meta.get(connection, "count") == "40"


def test_the_driver_works_inside_the_transaction(store: Store) -> None:
    """What is done on the driver's own connection commits and rolls back with the rest."""

    def put(connection: Connection, *, fail: bool = False) -> None:
        driver_connection(connection).cursor().execute("INSERT INTO meta VALUES ('by', 'driver')")
        if fail:
            raise KeyError

    with pytest.raises(KeyError), store.write() as connection:
        put(connection, fail=True)
    with store.write() as connection:
        assert meta.get(connection, "by") is None
        put(connection)
    with store.read() as connection:
        assert meta.get(connection, "by") == "driver"


def test_a_driver_error_is_translated_too(store: Store) -> None:
    """A taken key found out below SQLAlchemy means the same: somebody did it, look again."""
    with store.write() as connection:
        meta.put(connection, "by", "us")
    with pytest.raises(TryLater), store.write() as connection:
        driver_connection(connection).cursor().execute("INSERT INTO meta VALUES ('by', 'driver')")


def test_a_wrong_statement_is_a_bug(store: Store) -> None:
    """Errors that would come again each time are not hidden behind "try later"."""
    with pytest.raises(sa.exc.DBAPIError), store.write() as connection:
        connection.execute(sa.text("SELECT nothing FROM nowhere"))


def test_a_full_disk_says_so(sqlite_url: str, arrival: Arrival) -> None:
    """SQLite without room answers `StorageFull`, keeps nothing of the batch, and works again once there is room."""
    store = Store.open(sqlite_url)
    with store.read() as connection:
        pages = connection.execute(sa.text("PRAGMA page_count")).scalar_one()

    def fill(connection: Connection) -> None:
        connection.execute(sa.text(f"PRAGMA max_page_count = {pages + 5}"))
        inbox.keep(connection, [arrival(number, raw=bytes(2000 + number)) for number in range(50)])

    with pytest.raises(StorageFull), store.write() as connection:
        fill(connection)
    with store.write() as connection:
        connection.execute(sa.text("PRAGMA max_page_count = 1000000"))
        inbox.keep(connection, [arrival(1)])
        books = inbox.books(connection)
    store.dispose()

    assert books.received == 1


def test_a_writer_elsewhere_means_later(sqlite_url: str) -> None:
    """A SQLite file that another process keeps locked for too long means `TryLater`."""
    store = Store.open(sqlite_url, wait_seconds=0)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(TryLater, match="locked"), store.write():
        pass
    other.close()
    with store.write():
        pass
    store.dispose()


def test_a_writer_within_means_later(sqlite_url: str) -> None:
    """A thread that does not get its turn within the process means `TryLater` as well."""
    store = Store.open(sqlite_url, wait_seconds=0)
    with store.write(), pytest.raises(TryLater, match="busy"), store.write():
        pass
    store.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("sqlstate", "expected"),
    [
        ("53100", StorageFull),
        ("57P01", TryLater),
        ("40P01", TryLater),
        ("55P03", TryLater),
        ("53300", TryLater),
        ("25P03", TryLater),
    ],
)
def test_postgres_says_when_to_come_again(postgres_url: str, sqlstate: str, expected: type[TryLater]) -> None:
    """PostgreSQL's own codes for full, going down, deadlock, lock wait and too many clients become ours."""
    store = Store.open(postgres_url)
    with pytest.raises(expected) as raised, store.write() as connection:
        connection.execute(
            sa.text(f"DO $$ BEGIN RAISE EXCEPTION 'enough' USING ERRCODE = '{sqlstate}'; END $$")
        )
    store.dispose()

    assert type(raised.value) is expected


@pytest.mark.postgres
def test_postgres_restarts_in_the_middle(postgres_server: Any, postgres_url: str, arrival: Arrival) -> None:
    """A restart under way means `TryLater` with nothing done; afterwards the same store works again."""
    store = Store.open(postgres_url)

    def crash(connection: Connection) -> None:
        inbox.keep(connection, [arrival(1)])
        postgres_server.stop(SIGQUIT)
        inbox.keep(connection, [arrival(2)])

    with pytest.raises(TryLater), store.write() as connection:
        crash(connection)
    with pytest.raises(TryLater), store.write() as connection:
        inbox.keep(connection, [arrival(3)])
    with pytest.raises(Misconfigured, match="cannot be used"):
        Store.open(postgres_url)
    postgres_server.start()
    with store.write() as connection:
        (kept,) = inbox.keep(connection, [arrival(1)])
        books = inbox.books(connection)
    store.dispose()

    assert (kept.fresh, books.received) == (True, 1)


@pytest.mark.postgres
def test_postgres_restarts_between_two_transactions(postgres_server: Any, postgres_url: str) -> None:
    """Connections that a restart has broken in the pool are replaced without anybody noticing."""
    store = Store.open(postgres_url)
    with store.write() as connection:
        meta.put(connection, "key", "value")
    postgres_server.stop()
    postgres_server.start()
    with store.read() as connection:
        found = meta.get(connection, "key")
    store.dispose()

    assert found == "value"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mailroute.db", "no database URL"),
        ("mysql://localhost/mailroute", "only sqlite and postgresql"),
        ("sqlite://", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
        ("sqlite:////nowhere/at/all.db", "mailroute db upgrade"),
        ("postgresql://mailroute:secret@127.0.0.1:1/mailroute", "cannot be used"),
    ],
)
def test_a_wrong_url_says_what_is_wrong(url: str, said: str) -> None:
    """A URL that cannot work is refused with the reason, never with the password."""
    with pytest.raises(Misconfigured, match=said) as raised:
        Store.open(url)

    assert "secret" not in str(raised.value)


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    """Some other file in the place of the database is not touched."""
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ann, " * 100)
    with pytest.raises(Misconfigured, match="not a database"):
        Store.open(f"sqlite:///{path}")

    assert path.read_text() == "Dear Ann, " * 100


def test_only_its_owner_can_read_the_file(tmp_path: Path) -> None:
    """A new SQLite file, and the folder's other files of it, are for its owner alone: it holds people's mail."""
    Store.open(f"sqlite:///{tmp_path / 'new.db'}", create=True, durable=False).dispose()

    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_sqlite_flushes_each_commit(sqlite_url: str) -> None:
    """WAL with synchronous=FULL and foreign keys for the real store; only a throw-away one does without flushing."""
    habits = []
    for durable in (True, False):
        store = Store.open(sqlite_url, durable=durable)
        with store.read() as connection:
            names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            habits.append([connection.execute(sa.text(f"PRAGMA {name}")).scalar() for name in names])
        store.dispose()

    assert habits == [["wal", 2, 1, 30000], ["wal", 0, 1, 30000]]


def test_a_note_does_not_wait_for_the_disk(store: Store) -> None:
    """What may be lost with the machine is committed without waiting; whatever comes next waits as ever."""
    ask = "PRAGMA synchronous" if store.is_sqlite else "SHOW synchronous_commit"
    seen = []
    for flush in (True, False, True):
        with store.write(flush=flush) as connection:
            seen.append(connection.execute(sa.text(ask)).scalar())

    assert seen == ([2, 1, 2] if store.is_sqlite else ["on", "off", "on"])


def test_last_steps_come_before_the_commit(store: Store) -> None:
    """Steps put off to the end run in the order of their keys, and not at all after a block that raised."""
    note = sa.text("INSERT INTO meta (key, value) VALUES (:key, (SELECT count(*) FROM meta))")
    if not store.is_sqlite:
        note = sa.text("INSERT INTO meta (key, value) VALUES (:key, (SELECT count(*)::text FROM meta))")

    def give_up(connection: Connection) -> None:
        last(connection, "never", note, {"key": "never"})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.write() as connection:
        give_up(connection)
    with store.write() as connection:
        before = connection.execute(sa.text("SELECT count(*) FROM meta")).scalar_one()
        last(connection, "b", note, {"key": "second"})
        last(connection, "a", note, {"key": "first"})
        early = meta.get(connection, "first")
    with store.read() as connection:
        found = [meta.get(connection, key) for key in ("never", "first", "second")]

    assert (early, found) == (None, [None, str(before), str(before + 1)])


@pytest.mark.postgres
def test_the_urls_lead_where_they_should(postgres_url: str) -> None:
    """Both spellings of the URL open, and psycopg can use what the store gives it."""
    store = Store.open(postgres_url.replace("postgresql://", "postgresql+psycopg://"))
    Store.open(store.url).dispose()
    with psycopg.connect(store.conninfo) as connection:
        row = connection.execute("SELECT count(*) FROM meta").fetchone()
    store.dispose()

    assert row == (0,)


def test_errors_without_a_code_are_left_alone() -> None:
    """An error that does not say what it is about is not taken for one that passes."""
    assert faults.as_ours(sqlite3.ProgrammingError("closed"), writing=True) is None
    assert faults.as_ours(psycopg.ProgrammingError("wrong"), writing=True) is None
    assert isinstance(faults.as_ours(psycopg.OperationalError("gone"), writing=False), TryLater)
