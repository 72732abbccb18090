"""What the databases' own errors mean for us: one table for each of them."""

import sqlite3
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from mailroute.domain.errors import StorageFull, TryLater

SQLITE_LATER = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
SQLITE_UNIQUE = frozenset({sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY})

POSTGRES_FULL = "53100"
POSTGRES_UNIQUE = "23505"
POSTGRES_READ_ONLY = "25006"
POSTGRES_LATER = ("08", "25P03", "40", "53", "55", "57", "58")
"""Beginnings of codes: connection, idle for too long, rollback by the server, resources, object in use, operator's
doing, system (PostgreSQL manual, appendix A)."""


def as_ours(error: Exception, *, writing: bool) -> TryLater | None:
    """*error* as one of our own, or None when trying again would not help.

    A unique key that is taken means that somebody else did the work in this moment: looked at again, it is done.
    A database that is read-only by itself may become writable; writing where only reading was asked for is a bug.
    """
    if isinstance(error, NoConnectionLeft):
        return TryLater(f"the database is busy: {first_line(error)}")
    cause: Any = error.orig if isinstance(error, DBAPIError) else error
    text = f"the database says: {first_line(cause)}"
    if isinstance(cause, sqlite3.Error):
        return _sqlite(cause, text, writing=writing)
    sqlstate: str | None = getattr(cause, "sqlstate", None)
    if sqlstate == POSTGRES_FULL:
        return StorageFull(text)
    if sqlstate is None:  # psycopg gives none when the connection itself is gone
        return TryLater(text) if type(cause).__name__ in {"OperationalError", "InterfaceError"} else None
    if sqlstate == POSTGRES_UNIQUE or sqlstate.startswith(POSTGRES_LATER):
        return TryLater(text)
    return TryLater(text) if writing and sqlstate == POSTGRES_READ_ONLY else None


def _sqlite(cause: sqlite3.Error, text: str, *, writing: bool) -> TryLater | None:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_FULL:
        return StorageFull(text)
    if primary in SQLITE_LATER or code in SQLITE_UNIQUE:
        return TryLater(text)
    return TryLater(text) if writing and primary == sqlite3.SQLITE_READONLY else None


def first_line(error: object) -> str:
    """The first line of what *error* says: the rest may hold statements and values."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
