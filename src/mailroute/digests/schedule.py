"""When somebody gets a digest: on working days at the hour of the house, daily or weekly. Pure."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailroute.domain.digest import Frequency, View
from mailroute.domain.directory import Staff, StaffRole
from mailroute.domain.policy import Digests

VIEWS = {StaffRole.REP: View.REP, StaffRole.PM: View.PM, StaffRole.LEAD: View.LEAD}


def period(frequency: Frequency, day: date) -> str:
    """What one digest is for: a day, or a week by ISO 8601."""
    if frequency is Frequency.WEEKLY:
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return day.isoformat()


def due_at(frequency: Frequency, day: date, habits: Digests, timezone: str) -> datetime | None:
    """The moment from which the digest of *day*, or of its week, is due; None when none is. *day* is a working day."""
    if frequency is Frequency.OFF or (frequency is Frequency.WEEKLY and day.weekday() < habits.weekly_on):
        return None
    return datetime.combine(day, habits.at, ZoneInfo(timezone))


FIRST = timedelta(days=7)
"""How far back things are new to who has had no digest yet."""


def view_of(staff: Staff) -> View:
    """Through whose eyes."""
    return VIEWS[staff.role]
