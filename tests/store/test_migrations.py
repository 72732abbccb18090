"""Migrations and opening, on both databases."""

import threading
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from mailroute.domain.errors import Misconfigured
from mailroute.store.migrate import SCRIPTS, current, migrate, pending
from mailroute.store.schema import HEAD, metadata
from mailroute.store.session import Store

ALL = [f"{number:04}" for number in range(1, int(HEAD) + 1)]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'mailroute.db'}"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


def condition(index: Any) -> str:
    """What rows a partial index holds."""
    options = index.get("dialect_options", {})
    return str(options.get("sqlite_where", options.get("postgresql_where", "")))


def described(store: Store) -> dict[str, object]:
    """Everything about the tables that the database tells."""
    with store.read() as connection:
        inspector = sa.inspect(connection)
        return {
            table: {
                "columns": [
                    (str(one["name"]), str(one["type"]), one["nullable"])
                    for one in inspector.get_columns(table)
                ],
                "key": inspector.get_pk_constraint(table),
                "unique": sorted(inspector.get_unique_constraints(table), key=str),
                "foreign": sorted(inspector.get_foreign_keys(table), key=str),
                "checks": sorted(inspector.get_check_constraints(table), key=str),
                "indexes": sorted(
                    (one["name"], one["column_names"], one["unique"], condition(one))
                    for one in inspector.get_indexes(table)
                ),
            }
            for table in inspector.get_table_names()
            if table != "alembic_version"
        } | {"sequences": [] if store.is_sqlite else sorted(inspector.get_sequence_names())}


def test_migrating_gives_the_tables_of_the_code(
    empty_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """From nothing, the revisions make the very tables, keys, checks and indexes that the code describes."""
    assert migrate(empty_url) == ALL
    migrated = Store.open(empty_url)
    with migrated.read() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    by_migrating = described(migrated)
    with migrated.write() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
    by_metadata = described(migrated)
    migrated.dispose()

    assert by_metadata == by_migrating
    assert set(metadata.tables) == set(by_migrating) - {"sequences"}


def test_the_code_knows_its_own_revision() -> None:
    """The revision that opening checks for is the last of the revisions shipped."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))

    assert list(ScriptDirectory.from_config(config).get_heads()) == [HEAD]


def test_migrating_twice_changes_nothing(empty_url: str) -> None:
    """What is up to date stays as it is; what is missing can be asked for beforehand."""
    first = migrate(empty_url)
    store = Store.open(empty_url)

    assert first == ALL
    assert pending(store) == []
    assert migrate(store) == []
    assert current(empty_url) == HEAD
    store.dispose()


def test_two_who_migrate_at_once_do_not_collide(empty_url: str) -> None:
    """Several hosts may start together on an empty database: one migrates, the others find it done."""
    applied: list[list[str]] = []
    threads = [threading.Thread(target=lambda: applied.append(migrate(empty_url))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(applied) == [[], [], [], ALL]


def test_a_store_without_tables_says_what_to_do(empty_url: str) -> None:
    """Opening a database that is not there or not migrated names the command that mends it."""
    with pytest.raises(Misconfigured, match="mailroute db upgrade"):
        Store.open(empty_url)
    Store.open(empty_url, create=True).dispose()
    Store.open(empty_url).dispose()


def test_a_store_of_a_newer_version_is_left_alone(store: Store) -> None:
    """A database that a later mailroute has migrated is neither opened nor migrated."""
    with store.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    for use in (Store.open, migrate, pending):
        with pytest.raises(Misconfigured, match="newer mailroute"):
            use(store.url)
    with store.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(Misconfigured, match="revision 0000"):
        Store.open(store.url)
