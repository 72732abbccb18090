"""Everything in a text that names a day or a span of days, with its place and what it names.

A phrase that names no possible day (30 February) is no mention.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mailroute.extraction.calendar_words import FIXED_FEASTS, MOVING_FEASTS, WEEKDAYS
from mailroute.extraction.date_spans import SPANS
from mailroute.extraction.dates import DAYS, DAYS_AHEAD
from mailroute.extraction.quick import Quick, quick
from mailroute.extraction.reckoning import MONTH_WORD, WEEKDAY_WORD, Clock, Reckoner, Span, any_of
from mailroute.extraction.spans import longest
from mailroute.extraction.wordlists import joined

ABBREVIATED = {n for names in WEEKDAYS.values() for n in names if len(n) <= 5 and n in WEEKDAYS["en"]}


AROUND = 40
"""Characters on both sides of a trigger that may belong to its phrase."""
NEXT_TO = 25
"""Characters between an hour and its day."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names a day, or a span of days; both ends included."""

    start: int
    end: int
    first: date
    last: date
    explicit_year: bool = False
    ambiguous: bool = False
    """Day and month could be swapped."""
    relative: bool = False
    """Reckoned from the anchor: today, tomorrow, in two weeks, Friday."""
    hour: bool = False
    """An hour of the day of writing: by noon."""
    bare: bool = False
    """A weekday or two numbers alone: a day only after a preposition (`version 4.1`, `the Monday`)."""


TRIGGER = quick(
    re.compile(
        joined(
            rf"""
        \b(?:{MONTH_WORD}|{WEEKDAY_WORD}|{any_of(DAYS_AHEAD)}|{any_of(FIXED_FEASTS)}|
        {any_of(MOVING_FEASTS)}|week\w*|months?|years?|days?|hours?|quarter|eo[wmqy]|noon|midday|
        lunch\w*|woche\w*|monat\w*|jahr\w*|quartal\w*|tage?n?|semaines?|mois|jours?|année|trimestre|
        premier|first|second|third)\b
        """
        ),
        re.IGNORECASE,
    )
)
NUMBER = re.compile(r"\d|th\b", re.IGNORECASE)
"""Without one of these a line names no day; most lines have none, and the table is costly."""


MONTH = quick(re.compile(rf"(?<![^\W\d_]){MONTH_WORD}", re.IGNORECASE))
WEEKDAY = quick(re.compile(rf"(?<![^\W\d_]){WEEKDAY_WORD}", re.IGNORECASE))
ROWS: tuple[tuple[Quick, Reckoner, bool, bool], ...] = tuple(
    (
        quick(pattern),
        reckon,
        MONTH_WORD in pattern.pattern,
        f"(?P<weekday>{WEEKDAY_WORD})" in pattern.pattern
        or f"(?P<leading>{WEEKDAY_WORD})\\s+" in pattern.pattern,
    )
    for pattern, reckon in (*DAYS, *SPANS)
)
"""The table, and of each row whether it needs the name of a month, and of a weekday."""


def find_dates(text: str, clock: Clock) -> tuple[Mention, ...]:
    """What names days in the text, in order; where two overlap, the longer one."""
    kept = longest(_spans(text, clock), len(text))
    mentions = [
        Mention(start, end, s.first, s.last, s.explicit_year, s.ambiguous, s.relative, s.hour, s.bare)
        for start, end, s in kept
        if s is not None
    ]
    return tuple(m for m in mentions if not (m.hour and any(_beside(m, o) for o in mentions)))


def _beside(hour: Mention, other: Mention) -> bool:
    """Whether the hour belongs to the day that stands next to it."""
    return not other.hour and -NEXT_TO < other.start - hour.end < NEXT_TO


def _spans(text: str, clock: Clock) -> Iterator[tuple[int, int, Span | None]]:
    """Every phrase with what it names; an impossible day still covers the words inside it."""
    for start, stop in _zones(text):
        for pattern, reckon in _fitting(text, start, stop):
            for match in pattern.finditer(text, start, stop):
                if _is_weekday_of_another_language(match, clock):
                    continue
                end = match.start() + len(match.group().rstrip(" ,.-\n\t"))
                yield match.start(), end, reckon(match, clock)


def _fitting(text: str, start: int, stop: int) -> Iterator[tuple[Quick, Reckoner]]:
    """The rows that may find something there: those that need a month or a weekday only where one stands."""
    month, day = (next(one.finditer(text, start, stop), None) for one in (MONTH, WEEKDAY))
    for pattern, reckon, needs_month, needs_weekday in ROWS:
        if (month or not needs_month) and (day or not needs_weekday):
            yield pattern, reckon


def _zones(text: str) -> Iterator[tuple[int, int]]:
    """Stretches around the triggers, joined where they touch, cutting no word of usual length."""
    begin, stop = -1, -1
    triggers = sorted(match.span() for one in (TRIGGER, NUMBER) for match in one.finditer(text))
    for first, last in triggers:
        if last + AROUND <= stop:
            continue
        start, end = max(0, first - AROUND), min(len(text), last + AROUND)
        start = text.rfind(" ", max(0, start - AROUND), start) + 1 or start
        end = end if (space := text.find(" ", end, end + AROUND)) < 0 else space
        if start > stop and begin >= 0:
            yield begin, stop
            begin = start
        begin, stop = (start if begin < 0 else begin), end
    if begin >= 0:
        yield begin, stop


def _is_weekday_of_another_language(match: re.Match[str], clock: Clock) -> bool:
    """`mon` is no Monday in French; short English names count only with a capital letter."""
    name = match.groupdict().get("weekday") or match.groupdict().get("leading")
    if name is None:
        return False
    return name.lower() not in clock.weekdays or (name.lower() in ABBREVIATED and not name[0].isupper())
