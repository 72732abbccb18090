"""Working time: days and hours of an office, in its zone and without the holidays of its region.

The one home of the `holidays` library. A moment outside of office hours counts as the next opening, so that adding
keeps the order of moments and can be done in parts: `add_days(add_days(t, a), b) == add_days(t, a + b)`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from mailroute.domain.policy import WorkingHours

DAY = timedelta(days=1)
FARTHEST = 3660
"""Days that are looked through for the next working one: ten years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When an office works."""

    zone: str = "UTC"
    """IANA name."""
    country: str | None = None
    """ISO 3166-1, two letters; None knows no holidays."""
    subdivision: str | None = None
    """As the `holidays` library names it: `BY` of Germany, `ON` of Canada."""
    hours: WorkingHours = field(default_factory=WorkingHours)

    @property
    def region(self) -> str:
        """`DE-BY`, `DE`, or nothing."""
        return "-".join(part for part in (self.country, self.subdivision) if part)


@lru_cache(maxsize=1024)
def is_known_region(region: str) -> bool:
    """Whether holidays of `DE` or `DE-BY` are known."""
    import holidays

    country, _, subdivision = region.partition("-")
    known = holidays.list_supported_countries(include_aliases=True)
    return country in known and (not subdivision or subdivision in known[country])


@lru_cache(maxsize=512)
def holidays_of(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    """The public holidays of a year."""
    import holidays

    return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year))


@lru_cache(maxsize=256)
def working_week(country: str) -> frozenset[int]:
    """The days on which offices of a country are open, Monday as 0."""
    import holidays

    return frozenset(range(7)) - frozenset(holidays.country_holidays(country).weekend)


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether the office is open on that day."""
    if day.weekday() not in calendar.hours.days:
        return False
    return calendar.country is None or day not in holidays_of(
        calendar.country, calendar.subdivision, day.year
    )


def at_work(moment: datetime, calendar: Calendar) -> datetime:
    """The first moment from *moment* on at which the office is open, in UTC."""
    day = moment.astimezone(ZoneInfo(calendar.zone)).date()
    if is_working_day(day, calendar) and moment < _closes(day, calendar):
        return max(moment.astimezone(UTC), _opens(day, calendar))
    return _opens(next(_working_days(day + DAY, calendar)), calendar)


def opening(day: date, calendar: Calendar) -> datetime:
    """When the office opens on that day, or on the next one on which it does; in UTC."""
    return _opens(next(_working_days(day, calendar)), calendar)


def add_days(moment: datetime, days: int, calendar: Calendar) -> datetime:
    """*days* working days after *moment* at the same hour, in UTC; fewer than none is an error."""
    if days < 0:
        raise ValueError("time is added, never taken away")
    local = at_work(moment, calendar).astimezone(ZoneInfo(calendar.zone))
    coming = _working_days(local.date(), calendar)
    day = next(coming)
    for _ in range(days):
        day = next(coming)
    return datetime.combine(day, local.timetz()).astimezone(UTC)


def add_hours(moment: datetime, hours: float, calendar: Calendar) -> datetime:
    """The moment by which the office has worked that long since *moment*, in UTC.

    What ends with the day's last minute ends then, not with the next morning.
    """
    left, now = timedelta(hours=hours), at_work(moment, calendar)
    for day in _working_days(now.astimezone(ZoneInfo(calendar.zone)).date(), calendar):
        begins = max(now, _opens(day, calendar))
        if (room := _closes(day, calendar) - begins) >= left:
            return begins + left
        left -= room
    raise AssertionError("working days never end")


def hours_between(since: datetime, until: datetime, calendar: Calendar) -> float:
    """How long the office has worked from *since* to *until*, in hours; nothing when that lies behind."""
    worked = timedelta()
    zone = ZoneInfo(calendar.zone)
    day, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    while day <= last:
        if is_working_day(day, calendar):
            span = min(until, _closes(day, calendar)) - max(since, _opens(day, calendar))
            worked += max(span, timedelta())
        day += DAY
    return worked / timedelta(hours=1)


def days_between(since: datetime, until: datetime, calendar: Calendar) -> int:
    """How many whole working days lie between: the most that can be added to *since* without passing *until*."""
    zone = ZoneInfo(calendar.zone)
    local = at_work(since, calendar).astimezone(zone)
    for days, day in enumerate(_working_days(local.date() + DAY, calendar)):
        if datetime.combine(day, local.timetz()).astimezone(UTC) > until:
            return days
    raise AssertionError("working days never end")


def _working_days(first: date, calendar: Calendar) -> Iterator[date]:
    """The working days from *first* on."""
    day, idle = first, 0
    while idle < FARTHEST:
        if is_working_day(day, calendar):
            yield day
            idle = 0
        idle += 1
        day += DAY
    raise ValueError("the working hours leave no day to work on")


def _opens(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, calendar.hours.opens, ZoneInfo(calendar.zone)).astimezone(UTC)


def _closes(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, calendar.hours.closes, ZoneInfo(calendar.zone)).astimezone(UTC)
