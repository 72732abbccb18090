"""Themes of what clients say, and which remark belongs to which."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailroute.domain.account import LineKind
from mailroute.domain.issue import FeedbackTheme
from mailroute.domain.market import Remark, Theme
from mailroute.domain.ticket import TicketRef
from mailroute.store.session import Connection
from mailroute.store.tables_account import account_line, theme, theme_remark

MOST = 5000
"""Remarks that one read gives at the most: the newest."""
_SAID = account_line.c.kind == LineKind.REMARK


def unsorted(connection: Connection, *, limit: int = MOST) -> list[Remark]:
    """Remarks that belong to no theme yet, oldest first."""
    query = (
        sa.select(account_line)
        .outerjoin(theme_remark, theme_remark.c.line == account_line.c.id)
        .where(_SAID, theme_remark.c.line.is_(None))
        .order_by(account_line.c.at, account_line.c.id)
        .limit(limit)
    )
    return [_remark(row) for row in connection.execute(query)]


def sorted_remarks(
    connection: Connection, *, since: datetime, category: FeedbackTheme | None = None, limit: int = MOST
) -> list[tuple[int, Remark]]:
    """Remarks from *since* on, each with the number of the theme it was put to; oldest first."""
    query = (
        sa.select(account_line, theme_remark.c.theme)
        .join(theme_remark, theme_remark.c.line == account_line.c.id)
        .where(theme_remark.c.at >= since)
        .order_by(theme_remark.c.at.desc(), account_line.c.id.desc())
        .limit(limit)
    )
    if category is not None:
        query = query.where(account_line.c.key == category)
    rows = connection.execute(query).all()
    return [(row.theme, _remark(row)) for row in reversed(rows)]


def all_themes(connection: Connection) -> list[Theme]:
    """Every theme, merged ones too, in the order of their numbers."""
    return [_theme(row) for row in connection.execute(sa.select(theme).order_by(theme.c.id))]


def found(connection: Connection, category: FeedbackTheme, name: str) -> int:
    """A new theme; its number."""
    made = sa.insert(theme).returning(theme.c.id)
    number: int = connection.execute(made, {"category": category, "name": name}).scalar_one()
    return number


def put(connection: Connection, places: Mapping[Remark, int]) -> None:
    """Put remarks to themes; one that stands somewhere stays there."""
    known = {remark.line for remark in places}
    taken = sa.select(theme_remark.c.line).where(theme_remark.c.line.in_(known))
    there = set(connection.execute(taken).scalars())
    rows = [
        {"line": remark.line, "theme": number, "at": remark.at}
        for remark, number in places.items()
        if remark.line not in there
    ]
    if rows:
        connection.execute(sa.insert(theme_remark), rows)


def move(connection: Connection, lines: Sequence[int], number: int) -> int:
    """Put remarks to another theme than they stand under; how many."""
    return connection.execute(
        sa.update(theme_remark).where(theme_remark.c.line.in_(lines)).values(theme=number)
    ).rowcount


def change(connection: Connection, number: int, **values: object) -> None:
    """Set columns of a theme: `name` and `named_by`, `merged_into`, `done_at`."""
    connection.execute(sa.update(theme).where(theme.c.id == number).values(**values))


def _theme(row: sa.Row[Any]) -> Theme:
    return Theme(
        id=row.id,
        category=row.category,
        name=row.name,
        named_by=row.named_by,
        merged_into=row.merged_into,
        done_at=row.done_at,
    )


def _remark(row: sa.Row[Any]) -> Remark:
    return Remark(
        line=row.id,
        category=FeedbackTheme(row.key),
        quote=row.words,
        ticket=TicketRef(row.ticket),
        organisation=row.organisation,
        author=row.author_name or row.author_address or "somebody",
        voice=row.author_key or row.author_name or "",
        at=row.at,
    )
