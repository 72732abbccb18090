"""Dates: of the Date field (RFC 5322 §3.3), and as mail programs write them in the language of their user."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from mailroute.parsing.months import AM_WORDS, MONTHS, PM_WORDS, ZONE_MINUTES
from mailroute.parsing.vocabulary import MARKS

# Longer texts are not dates; the bound keeps every pattern below cheap.
_LONGEST = 200

_TIME = re.compile(
    r"(?<![\d.:/])(\d{1,2})(?:\.|\s?[:h時时시]\s?)(\d{2})(?:(?:\.|\s?[:分분]\s?)(\d{2}))?(?:[.,]\d{1,7})?(?![\d/])"
)
_HOUR_CJK = re.compile(r"(\d{1,2})\s?[時时點点시]\s?(?:(\d{1,2})\s?[分분])?(?:\s?(\d{1,2})\s?[秒초])?")
_HOUR_ONLY = re.compile(r"(?<![\d.:/])(\d{1,2})\s?([ap])\.?m\b")
_CJK_DAY = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?")
_VIETNAMESE_DAY = re.compile(r"(\d{1,2})\s(?:tháng|thg)\s(\d{1,2})(?:,|\snăm)?\s(\d{4})")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)")
_OFFSET = re.compile(r"(?:\b(?:utc|gmt)\s?)?([+\-−])\s?(\d{1,2}):?(\d{2})?(?!\d)")
_NAMED_OFFSET = re.compile(r"\b(?:utc|gmt)\s?([+\-−])\s?(1[0-4]|\d)\b")
# Marks that stand on letters in Thai, Hindi, Arabic and Hebrew are no letters to the pattern.
_MARK = (
    r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd"
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
_TOKEN = re.compile(rf"\d+|[^\W\d_][\w.'’{_MARK}]*")
# Western Polish and Croatian name different months alike; Croatian writes a full stop after the day ("27. lis").
_CROATIAN = {"listopada": 10, "lis": 10, "lip": 6, "srp": 7}


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of day that was found, and where it stood."""

    hour: int
    minute: int
    second: int
    start: int
    end: int


def parse_date_field(value: str) -> datetime | None:
    """The moment that a Date field names, aware; None when it is no date.

    "-0000" and a missing zone both mean that the zone is not known (RFC 5322 §3.3): read as UTC.
    """
    try:
        moment = parsedate_to_datetime(value.strip()[:_LONGEST])
    except (TypeError, ValueError, OverflowError, IndexError):
        loose = parse_written_date(value)
        if loose is None:
            return None
        moment = loose
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return None if moment.utcoffset() is None else moment


def parse_written_date(text: str, *, month_first: bool = True) -> datetime | None:
    """The moment that a line such as "Le mar. 3 mars 2026 à 09:14" names; aware only when it names a zone.

    *month_first* settles what 03/04/2026 means where nothing else does.
    """
    if not text or len(text) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).translate(MARKS).casefold().replace("\xa0", " ")
    if not plain.isascii():
        plain = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in plain)
    clock = _clock(plain)
    rest = (
        plain
        if clock is None
        else plain[: clock.start] + " " * (clock.end - clock.start) + plain[clock.end :]
    )
    day = _counted_day(rest) or _numeric_day(rest, month_first=month_first, clock=plain) or _named_day(rest)
    if day is None:
        return None
    hour, minute, second = (0, 0, 0) if clock is None else (clock.hour, clock.minute, clock.second)
    try:
        return datetime(*day, hour, minute, second, tzinfo=_zone(plain, clock))
    except ValueError:
        return None


def _clock(plain: str) -> _Clock | None:
    found = _HOUR_CJK.search(plain)
    if found is None:
        # A dotted time looks like a dotted date ("26.10.2021 kl. 14.25"): the last match that is a time of day counts.
        matches = [
            m for m in _TIME.finditer(plain) if int(m[1]) < 25 and int(m[2]) < 60 and not _in_date(plain, m)
        ]
        colons = [m for m in matches if ":" in m[0]]
        found = colons[0] if colons else matches[-1] if matches else None
    if found is None:
        if (short := _HOUR_ONLY.search(plain)) is None:
            return None
        hour = int(short[1]) % 12 + (12 if short[2] == "p" else 0)
        return _Clock(hour, 0, 0, short.start(), short.end())
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    return _Clock(_shift(hour, plain, found.start(), found.end()), minute, second, found.start(), found.end())


def _in_date(plain: str, match: re.Match[str]) -> bool:
    """Whether "26.10" is the head of "26.10.2021" or its tail."""
    return "." in match[0] and (
        plain[match.end() : match.end() + 2].startswith(".")
        and plain[match.end() + 1 : match.end() + 2].isdigit()
    )


def _shift(hour: int, plain: str, start: int, end: int) -> int:
    after = _TOKEN.match(plain[end : end + 20].lstrip(" ,"))
    word = after[0] if after else ""
    before = plain[max(0, start - 12) : start].split()
    marks = {word, word.rstrip("."), word.replace(" ", "")}
    if before and not before[-1].isascii():
        marks |= {before[-1], before[-1].rstrip("."), before[-1][-2:]}
    if marks & PM_WORDS and hour < 12:
        return hour + 12
    if marks & AM_WORDS and hour == 12:
        return 0
    return 0 if hour == 24 else hour


def _counted_day(rest: str) -> tuple[int, int, int] | None:
    """Year, month and day by numbers with words between them."""
    if found := _CJK_DAY.search(rest):
        return int(found[1]), int(found[2]), int(found[3])
    found = _VIETNAMESE_DAY.search(rest)
    return (int(found[3]), int(found[2]), int(found[1])) if found else None


def _numeric_day(rest: str, *, month_first: bool, clock: str) -> tuple[int, int, int] | None:
    found = _NUMERIC.search(rest)
    if found is None:
        return None
    first, mark, second, third = found[1], found[2], int(found[3]), found[4]
    if len(first) == 4:
        return int(first), second, int(third)
    if len(first) > 2 or len(third) not in (2, 4):
        return None
    year = int(third) if len(third) == 4 else _century(int(third))
    one = int(first)
    # Who writes the month first counts the hours to twelve.
    halves = bool(re.search(r"\d\s?[ap]\.?m\b", clock))
    american = mark == "/" and (halves or (month_first and not _TIME.search(clock)))
    if one > 12 or (second <= 12 and not american):
        return year, second, one
    return year, one, second


def _named_day(rest: str) -> tuple[int, int, int] | None:
    """Day, month by name, year, in any order."""
    tokens = [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(rest)]
    at = next((i for i, (word, _, _) in enumerate(tokens) if _month(word) is not None), None)
    if at is None:
        return None
    word = tokens[at][0].rstrip(".")
    numbers = [
        (i, int(w), len(w), rest[e : e + 1])
        for i, (w, _, e) in enumerate(tokens)
        if w.isascii() and w.isdigit()
    ]
    years = [n for n in numbers if n[2] == 4 and 1970 <= n[1] <= 2600]
    days = [n for n in numbers if n[2] <= 2 and 1 <= n[1] <= 31]
    near = sorted(days, key=lambda n: abs(n[0] - at))
    if not near:
        return None
    day = near[0]
    month = _month(word)
    if day[3] == "." and day[0] < at:
        month = _CROATIAN.get(word, month)
    if not years:
        short = [n for n in days if n is not day and n[0] > at]
        years = [(short[0][0], _century(short[0][1]), 4, "")] if short else []
    if not years or month is None:
        return None
    year = years[0][1]
    return (year - 543 if year > 2400 else year), month, day[1]  # the Thai calendar counts from 543 BC


def _month(word: str) -> int | None:
    """The month of a word, also with an ending ("октября.", "maaliskuuta", "lokakuun")."""
    word = word.rstrip(".,")
    # Hebrew joins "in" to the name of the month.
    if (number := MONTHS.get(word) or MONTHS.get(word.removeprefix("ב"))) is not None:
        return number
    return next((MONTHS[word[:n]] for n in range(len(word) - 1, 3, -1) if word[:n] in MONTHS), None)


def _century(year: int) -> int:
    return year + (2000 if year < 70 else 1900)


def _zone(plain: str, clock: _Clock | None) -> timezone | None:
    """The zone that stands after the time of day, or by its name before it."""
    if clock is None:
        return None
    tail = plain[clock.end : clock.end + 60]
    if found := _OFFSET.search(tail):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        if minutes <= 14 * 60:
            return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes))
    names = [m[0] for m in _TOKEN.finditer(tail)]
    minutes_east = next((ZONE_MINUTES[n] for n in names if n in ZONE_MINUTES), None)
    if minutes_east is None and (named := _NAMED_OFFSET.search(plain[: clock.start])):
        # Apple's Chinese has the zone before the time.
        minutes_east = int(named[2]) * (60 if named[1] == "+" else -60)
    return None if minutes_east is None else timezone(timedelta(minutes=minutes_east))
