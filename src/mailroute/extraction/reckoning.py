"""What reckoning with dates needs: spans, the clock, numbers in words, the parts that the patterns are made of."""

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mailroute.extraction.calendar_words import MONTHS, NUMBERS, ORDINALS, WEEKDAYS
from mailroute.extraction.wordlists import joined


@dataclass(frozen=True, slots=True)
class Span:
    """What a phrase names, before it has a place."""

    first: date
    last: date
    explicit_year: bool = False
    ambiguous: bool = False
    relative: bool = False
    hour: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """What reckoning needs: the day of writing, the weekday names of the language, the order of day and month."""

    anchor: date
    weekdays: Mapping[str, int]
    month_first: bool = False


Reckoner = Callable[[re.Match[str], Clock], Span | None]


def one_day(day: date | None, **about: bool) -> Span | None:
    """A single day, or nothing."""
    return None if day is None else Span(day, day, **about)


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    if not (1 <= month <= 12 and 1900 <= year <= 2200 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def next_such(anchor: date, month: int, day: int) -> date | None:
    """The next date of that month and day, on or after *anchor*; 29 February waits for a leap year."""
    years = range(anchor.year, anchor.year + 9)
    return next((d for y in years if (d := make_date(y, month, day)) and d >= anchor), None)


def month_end(year: int, month: int) -> date:
    """Its last day."""
    return date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day that many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_working_days(day: date, days: int) -> date:
    """That many Mondays to Fridays later."""
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def number(words: str) -> int:
    """Digits or a number word; 0 when it is neither."""
    folded = " ".join(words.lower().split())
    return int(folded) if folded.isdigit() else NUMBERS.get(folded, 0)


def day_number(words: str) -> int:
    """Digits with or without ending, or an ordinal in words; 0 when it is neither."""
    folded = re.sub(r"(?<=\d)\s*(?:st|nd|rd|th|er|\.)$", "", " ".join(words.lower().split()))
    return int(folded) if folded.isdigit() else ORDINALS.get(folded, NUMBERS.get(folded, 0))


def full_year(words: str | None) -> int | None:
    """Four digits as they are, two as this century."""
    if not words:
        return None
    year = int(re.sub(r"\D", "", words))
    return year + 2000 if year < 100 else year


def any_of(words: Mapping[str, object]) -> str:
    """A pattern for one of the words, the longest first, with any white space and either apostrophe."""
    longest_first = sorted(words, key=len, reverse=True)
    return (
        "(?:"
        + "|".join(re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in longest_first)
        + ")"
    )


WEEKDAY_WORD = any_of({name: 0 for names in WEEKDAYS.values() for name in names})
MONTH_WORD = any_of(MONTHS)
DAY = r"(?:\d{1,2}(?:\s?(?:st|nd|rd|th|er)\b|\.)?|" + any_of(ORDINALS) + r")"
COUNT = r"(?:\d{1,3}|" + any_of(NUMBERS) + ")"
YEAR = r"(?:\d{4}|['’]\d{2})(?![\d:.]?\d)"
LEADING_WEEKDAY = rf"(?:(?P<leading>{WEEKDAY_WORD})\.?,?\s+(?:the\s+|den\s+|dem\s+|le\s+)?)?"
UNIT = joined(
    r"""
    (?:hours?|hrs?|days?|weeks?|months?|years?|fortnights?|stunden?|tage?n?|wochen?|monate?n?|heures?|
    jours?|semaines?|mois|ans?)
    """
)  # fmt: skip
WORKING = r"(?P<working>working|business|werk|arbeits|ouvr[ée]s?)?"
