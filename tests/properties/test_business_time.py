"""Working time keeps the order of moments, can be added in parts, and knows weekends, holidays and changed clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailroute.domain.policy import WorkingHours
from mailroute.followups import business_time
from mailroute.followups.business_time import Calendar

CALENDARS = st.builds(
    lambda place, hours: Calendar(zone=place[0], country=place[1], subdivision=place[2], hours=hours),
    st.sampled_from(
        [
            ("UTC", None, None),
            ("Europe/Berlin", "DE", "BY"),
            ("America/Toronto", "CA", "ON"),
            ("Australia/Adelaide", "AU", "SA"),
            ("Asia/Riyadh", "SA", None),
            ("Asia/Kolkata", "IN", None),
        ]
    ),
    st.builds(
        lambda days, opens, length: WorkingHours(
            days=days, opens=time(opens), closes=time(min(23, opens + length))
        ),
        st.frozensets(st.integers(0, 6), min_size=1),
        st.integers(4, 14),
        st.integers(1, 14),
    ),
)
MOMENTS = st.integers(0, 12 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
DAYS = st.integers(0, 15)
HOURS = st.integers(0, 4 * 60).map(lambda quarters: quarters / 4)
FEW = settings(max_examples=120, deadline=None)


@FEW
@given(MOMENTS, MOMENTS, DAYS, CALENDARS)
def test_days_keep_the_order(one: datetime, two: datetime, days: int, calendar: Calendar) -> None:
    """Who asked earlier is not due later."""
    first, last = sorted((one, two))

    assert business_time.add_days(first, days, calendar) <= business_time.add_days(last, days, calendar)


@FEW
@given(MOMENTS, DAYS, DAYS, CALENDARS)
def test_days_add_up(moment: datetime, some: int, more: int, calendar: Calendar) -> None:
    """Three days and then two are five."""
    in_parts = business_time.add_days(business_time.add_days(moment, some, calendar), more, calendar)

    assert business_time.add_days(moment, some + more, calendar) == in_parts


@FEW
@given(MOMENTS, DAYS, CALENDARS)
def test_days_between_is_what_was_added(moment: datetime, days: int, calendar: Calendar) -> None:
    """Counting days is the reverse of adding them."""
    later = business_time.add_days(moment, days, calendar)

    assert days == business_time.days_between(moment, later, calendar)


@FEW
@given(MOMENTS, MOMENTS, HOURS, CALENDARS)
def test_hours_keep_the_order(one: datetime, two: datetime, hours: float, calendar: Calendar) -> None:
    """As days do."""
    first, last = sorted((one, two))

    assert business_time.add_hours(first, hours, calendar) <= business_time.add_hours(last, hours, calendar)


@FEW
@given(MOMENTS, HOURS, HOURS, CALENDARS)
def test_hours_add_up(moment: datetime, some: float, more: float, calendar: Calendar) -> None:
    """What is worked in two parts is worked as if in one, be it at the evening or the next morning."""
    at_once = business_time.add_hours(moment, some + more, calendar)
    in_parts = business_time.add_hours(business_time.add_hours(moment, some, calendar), more, calendar)
    morning = business_time.at_work(at_once, calendar)

    assert in_parts in {at_once, morning}


@FEW
@given(MOMENTS, HOURS, CALENDARS)
def test_hours_between_is_what_was_added(moment: datetime, hours: float, calendar: Calendar) -> None:
    """Measuring hours is the reverse of adding them."""
    later = business_time.add_hours(moment, hours, calendar)

    assert pytest.approx(hours) == business_time.hours_between(moment, later, calendar)


@FEW
@given(MOMENTS, DAYS, CALENDARS)
def test_what_is_due_is_due_in_the_office(moment: datetime, days: int, calendar: Calendar) -> None:
    """Nobody hears of anything by night, on a weekend or on a holiday."""
    due = business_time.add_days(moment, days, calendar)
    local = due.astimezone(ZoneInfo(calendar.zone))

    assert business_time.is_working_day(local.date(), calendar)
    assert calendar.hours.opens <= local.time() <= calendar.hours.closes


BERLIN = Calendar(zone="Europe/Berlin", country="DE", subdivision="BE")


def local(calendar: Calendar, year: int, month: int, day: int, hour: int) -> datetime:
    """A moment by the wall clock of the office."""
    return datetime(year, month, day, hour, tzinfo=ZoneInfo(calendar.zone))


def test_a_weekend_does_not_count() -> None:
    """Asked on Thursday, three days later it is Tuesday, at the same hour."""
    assert local(BERLIN, 2026, 3, 10, 10) == business_time.add_days(local(BERLIN, 2026, 3, 5, 10), 3, BERLIN)


def test_a_question_of_the_evening_counts_from_the_morning() -> None:
    """Friday at seven in the evening is Monday at nine."""
    assert local(BERLIN, 2026, 3, 10, 9) == business_time.add_days(local(BERLIN, 2026, 3, 6, 19), 1, BERLIN)


def test_easter_does_not_count() -> None:
    """Good Friday and Easter Monday are holidays in Germany."""
    assert local(BERLIN, 2026, 4, 8, 11) == business_time.add_days(local(BERLIN, 2026, 4, 2, 11), 2, BERLIN)


def test_a_holiday_of_one_land_is_none_of_another() -> None:
    """Epiphany is kept in Bavaria and not in Berlin."""
    bavaria = Calendar(zone="Europe/Berlin", country="DE", subdivision="BY")

    assert business_time.is_working_day(date(2026, 1, 6), BERLIN)
    assert not business_time.is_working_day(date(2026, 1, 6), bavaria)


def test_the_wall_clock_counts_when_clocks_change() -> None:
    """From Friday at ten to Monday at ten, though the night to Sunday is an hour shorter."""
    before = local(BERLIN, 2026, 3, 27, 10)
    after = business_time.add_days(before, 1, BERLIN)

    assert local(BERLIN, 2026, 3, 30, 10) == after
    assert timedelta(days=3, hours=-1) == after - before.astimezone(UTC)
    assert business_time.hours_between(before, after, BERLIN) == 8.0


def test_hours_stop_at_night() -> None:
    """Four hours from three o'clock end at eleven the next morning."""
    assert local(BERLIN, 2026, 3, 4, 11) == business_time.add_hours(local(BERLIN, 2026, 3, 3, 15), 4, BERLIN)


def test_hours_without_a_day_are_told() -> None:
    """Instead of counting for ever."""
    with pytest.raises(ValueError, match="no day to work on"):
        business_time.add_days(
            datetime(2026, 1, 1, tzinfo=UTC), 1, Calendar(hours=WorkingHours(days=frozenset()))
        )
