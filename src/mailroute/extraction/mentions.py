"""Everything in a text that names a day or a span of days, with its place and what it names.

A phrase that names no possible day (30 February) is no mention.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mailroute.extraction.calendar_words import WEEKDAYS
from mailroute.extraction.date_spans import SPANS
from mailroute.extraction.dates import DAYS
from mailroute.extraction.reckoning import Clock

ABBREVIATED = {n for names in WEEKDAYS.values() for n in names if len(n) <= 5 and n in WEEKDAYS["en"]}


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


def find_dates(text: str, clock: Clock) -> tuple[Mention, ...]:
    """What names days in the text, in order; where two overlap, the longer one."""
    found = sorted(_mentions(text, clock), key=lambda m: (m.start - m.end, m.start))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.start))


def _mentions(text: str, clock: Clock) -> Iterator[Mention]:
    for pattern, reckon in (*DAYS, *SPANS):
        for match in pattern.finditer(text):
            if _is_weekday_of_another_language(match, clock):
                continue
            if span := reckon(match, clock):
                end = match.start() + len(match.group().rstrip(" ,-"))
                about = (span.explicit_year, span.ambiguous, span.relative)
                yield Mention(match.start(), end, span.first, span.last, *about)


def _is_weekday_of_another_language(match: re.Match[str], clock: Clock) -> bool:
    """`mon` is no Monday in French; short English names count only with a capital letter."""
    name = match.groupdict().get("weekday")
    if name is None:
        return False
    return name.lower() not in clock.weekdays or (name.lower() in ABBREVIATED and not name[0].isupper())
