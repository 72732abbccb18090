"""The few statements that SQLite and PostgreSQL spell alike but SQLAlchemy keeps apart. Each is built once."""

from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(
    connection: sa.Connection, table: sa.Table, *key: str, returning: tuple[str, ...] = ()
) -> sa.Insert:
    """An INSERT into *table* that passes over rows whose unique *key* is taken, and returns columns of the others."""
    return _insert_new(connection.dialect.name, table, key, returning)


def add_up(connection: sa.Connection, table: sa.Table, key: str, amount: str) -> sa.Insert:
    """An INSERT into *table* that adds its *amount* to the row that has the same *key*, if there is one."""
    return _add_up(connection.dialect.name, table, key, amount)


def replace(connection: sa.Connection, table: sa.Table, key: str, value: str) -> sa.Insert:
    """An INSERT into *table* that overwrites *value* of the row that has the same *key*, if there is one."""
    return _replace(connection.dialect.name, table, key, value)


def overwrite(connection: sa.Connection, table: sa.Table, key: str, *values: str) -> sa.Insert:
    """An INSERT into *table* that overwrites *values* of the row that has the same *key*, if there is one."""
    return _overwrite(connection.dialect.name, table, key, values)


def look_by(connection: sa.Connection, timer: sa.Table) -> sa.Insert:
    """An INSERT of a timer that moves the same one if it is there: to sooner only, unless that has fired."""
    return _look_by(connection.dialect.name, timer)


@cache
def _look_by(dialect: str, timer: sa.Table) -> sa.Insert:
    insert = _insert(dialect, timer)
    stays = sa.and_(timer.c.fired_at.is_(None), timer.c.due_at < insert.excluded.due_at)
    return insert.on_conflict_do_update(
        index_elements=["ticket", "kind", "n"],
        set_={
            "due_at": sa.case((stays, timer.c.due_at), else_=insert.excluded.due_at),
            "fired_at": sa.null(),
        },
    )


@cache
def _insert_new(dialect: str, table: sa.Table, key: tuple[str, ...], returning: tuple[str, ...]) -> sa.Insert:
    insert: sa.Insert = _insert(dialect, table).on_conflict_do_nothing(index_elements=key)
    return insert.returning(*(table.c[name] for name in returning)) if returning else insert


@cache
def _add_up(dialect: str, table: sa.Table, key: str, amount: str) -> sa.Insert:
    insert = _insert(dialect, table)
    total = table.c[amount] + insert.excluded[amount]
    return insert.on_conflict_do_update(index_elements=[key], set_={amount: total})


@cache
def _replace(dialect: str, table: sa.Table, key: str, value: str) -> sa.Insert:
    insert = _insert(dialect, table)
    return insert.on_conflict_do_update(index_elements=[key], set_={value: insert.excluded[value]})


@cache
def _overwrite(dialect: str, table: sa.Table, key: str, values: tuple[str, ...]) -> sa.Insert:
    insert = _insert(dialect, table)
    return insert.on_conflict_do_update(
        index_elements=[key], set_={value: insert.excluded[value] for value in values}
    )


def _insert(dialect: str, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
