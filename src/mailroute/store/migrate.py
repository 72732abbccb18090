"""Bringing a database up to date. Alembic is loaded here only."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from mailroute.domain.errors import Misconfigured, TryLater
from mailroute.store.connect import connect
from mailroute.store.schema import HEAD
from mailroute.store.session import Store, newer, revision_of, unreachable

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(store_or_url: Store | str) -> list[str]:
    """Applies what is missing, in one transaction; the revisions applied, oldest first.

    A SQLite file that does not exist is made. Two processes may do this at once: the second finds nothing to do.
    """
    with _reached(store_or_url, create=True) as store, store.write() as connection:
        store.lock(connection, "migrate")
        missing = _missing(store, revision_of(connection))
        if missing:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, HEAD)
        return missing


def current(store_or_url: Store | str) -> str | None:
    """The revision that the database is at; None when it has none of our tables."""
    with _reached(store_or_url, create=False) as store, store.read() as connection:
        return revision_of(connection)


def pending(store_or_url: Store | str) -> list[str]:
    """The revisions that `migrate` would apply, oldest first."""
    with _reached(store_or_url, create=False) as store, store.read() as connection:
        return _missing(store, revision_of(connection))


@contextmanager
def _reached(store_or_url: Store | str, *, create: bool) -> Iterator[Store]:
    url = store_or_url if isinstance(store_or_url, str) else store_or_url.url
    store = Store(connect(url, create=create))
    try:
        try:
            with store.read() as connection:
                revision_of(connection)
        except TryLater as error:
            raise unreachable(store.place, error) from error
        yield store
    finally:
        store.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def _missing(store: Store, present: str | None) -> list[str]:
    known = [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]
    if present is None:
        return known[::-1]
    if present not in known:
        raise Misconfigured(newer(store.place, present))
    return known[: known.index(present)][::-1]
