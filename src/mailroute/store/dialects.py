"""The few statements that SQLite and PostgreSQL spell alike but SQLAlchemy keeps apart."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: sa.Connection, table: sa.Table, *key: str) -> sa.Insert:
    """An INSERT into *table* that passes over rows whose unique *key* is taken."""
    return _insert(connection, table).on_conflict_do_nothing(index_elements=key)


def add_up(connection: sa.Connection, table: sa.Table, key: str, amount: str) -> sa.Insert:
    """An INSERT into *table* that adds its *amount* to the row that has the same *key*, if there is one."""
    insert = _insert(connection, table)
    total = table.c[amount] + insert.excluded[amount]
    return insert.on_conflict_do_update(index_elements=[key], set_={amount: total})


def replace(connection: sa.Connection, table: sa.Table, key: str, value: str) -> sa.Insert:
    """An INSERT into *table* that overwrites *value* of the row that has the same *key*, if there is one."""
    insert = _insert(connection, table)
    return insert.on_conflict_do_update(index_elements=[key], set_={value: insert.excluded[value]})


def _insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
