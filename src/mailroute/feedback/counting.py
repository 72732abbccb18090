"""How often each theme was heard, by how many accounts, and whether that is more than before. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from mailroute.domain.market import Remark, Theme, ThemeCount

FEW = 5
"""Accounts in both periods together below which a change says nothing: one client more would turn it round."""


def leading(themes: Mapping[int, Theme], number: int) -> Theme:
    """The theme that *number* counts under now: where it was merged into, at the end of the chain."""
    seen = set()
    theme = themes[number]
    while theme.merged_into is not None and theme.id not in seen:
        seen.add(theme.id)
        theme = themes[theme.merged_into]
    return theme


def counted(
    themes: Iterable[Theme], remarks: Iterable[tuple[int, Remark]], *, since: datetime, until: datetime
) -> list[ThemeCount]:
    """Themes heard from *since* to *until*, or in as long a time before; those of most accounts first.

    Args:
        themes: all of them, merged ones too.
        remarks: each with the number of the theme it was put to.
        since: where the period begins; the one before it is as long.
        until: where it ends.
    """
    by_number = {theme.id: theme for theme in themes}
    earlier = since - (until - since)
    now: dict[int, list[Remark]] = defaultdict(list)
    before: dict[int, set[str]] = defaultdict(set)
    for number, remark in remarks:
        theme = leading(by_number, number)
        if since <= remark.at < until:
            now[theme.id].append(remark)
        elif earlier <= remark.at < since:
            before[theme.id].add(remark.account)
    counts = [_count(by_number[number], now[number], before[number]) for number in {*now, *before}]
    return sorted(counts, key=lambda one: (-one.now, -one.before, one.theme.category, one.theme.id))


def _count(theme: Theme, remarks: list[Remark], before: set[str]) -> ThemeCount:
    newest_first = sorted(remarks, key=lambda remark: (remark.at, remark.line), reverse=True)
    accounts = tuple(sorted({remark.account for remark in remarks}))
    return ThemeCount(
        theme=theme,
        accounts=accounts,
        before=len(before),
        remarks=tuple(newest_first),
        few=len(accounts) + len(before) < FEW,
    )
