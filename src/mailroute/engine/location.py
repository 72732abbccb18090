"""What a database URL means to the drivers beneath: the file of sqlite3, the connection URI of libpq."""

from dataclasses import dataclass

from mailroute.domain.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """A database file on a local disk."""

    path: str


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A PostgreSQL database; *uri* is what libpq calls a connection URI."""

    uri: str


def locate(url: str) -> SqliteFile | PostgresServer:
    """Where the database at *url* (as in the settings: `sqlite:///...` or `postgresql+psycopg://...`) is.

    Raises:
        Misconfigured: it is neither, or an SQLite database without a file, which other processes cannot see.
    """
    scheme, separator, rest = url.partition("://")
    backend = scheme.partition("+")[0]
    if separator and backend in {"postgresql", "postgres"}:
        return PostgresServer(f"postgresql://{rest}")
    if separator and backend == "sqlite":
        # sqlite:///relative, sqlite:////absolute: the host between the second and third slash is always empty.
        path = rest.partition("?")[0].removeprefix("/")
        if path and path != ":memory:":
            return SqliteFile(path)
        raise Misconfigured("jobs need an SQLite database in a file: write sqlite:////path/to/file")
    raise Misconfigured(f"no jobs on a database of the kind {backend!r}: use sqlite or postgresql")
