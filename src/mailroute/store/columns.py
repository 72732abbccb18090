"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from mailroute.store import codec

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""Row numbers; SQLite numbers rows by itself only in columns of type INTEGER."""


class Utc(TypeDecorator[datetime]):
    """Moments: aware datetimes in, UTC out. A naive one is a bug and is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class _Alike(TypeDecorator[T]):
    """A type that is stored in the same way on both databases."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = sa.Text
    cache_ok = True  # SQLAlchemy wants it said again in each subclass

    def _to_database(self, value: T) -> object:
        return value

    def _from_database(self, value: Any) -> T:  # noqa: ANN401 - whatever the driver gives
        kept: T = value
        return kept

    def process_bind_param(self, value: T | None, dialect: Dialect) -> object:  # noqa: ARG002 - SQLAlchemy's signature
        """To the database."""
        return None if value is None else self._to_database(value)

    def process_result_value(self, value: object | None, dialect: Dialect) -> T | None:  # noqa: ARG002 - as above
        """From the database."""
        return None if value is None else self._from_database(value)


class Words(_Alike[str]):
    """Text that strangers may have written: see `codec.clean`."""

    cache_ok = True

    def _to_database(self, value: str) -> object:
        return codec.clean(value)


class Key(_Alike[str]):
    """Text that is looked up. Too long for an index (PostgreSQL: 2704 bytes) it is kept by its hash."""

    cache_ok = True

    def _to_database(self, value: str) -> object:
        return codec.short(codec.clean(value))


class Word(_Alike[E], Generic[E]):
    """A member of one of our enumerations, by its value."""

    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def _to_database(self, value: E) -> object:
        return str(value)

    def _from_database(self, value: Any) -> E:  # noqa: ANN401 - whatever the driver gives
        return self.kind(value)


class Value(_Alike[T], Generic[T]):
    """One of our frozen dataclasses, or a tuple or mapping of them, as JSON."""

    impl = sa.JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, kind: type[T]) -> None:
        super().__init__()
        self.kind = kind

    def _to_database(self, value: T) -> object:
        return codec.to_plain(self.kind, value)

    def _from_database(self, value: Any) -> T:  # noqa: ANN401 - whatever the driver gives
        return codec.from_plain(self.kind, value)
