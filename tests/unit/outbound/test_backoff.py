"""When a mail is tried again."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroute.outbound.backoff import next_attempt

CREATED = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
FIVE_DAYS = timedelta(days=5)


def schedule(created: datetime) -> list[datetime]:
    """All tries after the first, when each fails at once."""
    tries: list[datetime] = []
    now = created
    while (due := next_attempt(len(tries) + 1, now, created, FIVE_DAYS)) is not None:
        tries.append(due)
        now = due
    return tries


def test_two_tries_come_in_the_first_hour() -> None:
    """After the first failure there are two more tries within the hour (RFC 5321 §4.5.4.1)."""
    assert sum(due - CREATED <= timedelta(hours=1) for due in schedule(CREATED)) == 2


def test_later_tries_come_every_two_to_three_hours_for_five_days() -> None:
    """A server that is down for a weekend still gets the mail."""
    tries = schedule(CREATED)
    gaps = [later - earlier for earlier, later in pairwise(tries[1:])]

    assert timedelta(hours=1.8) < min(gaps)
    assert max(gaps) < timedelta(hours=3.3)
    assert CREATED + timedelta(days=4, hours=20) < tries[-1] <= CREATED + FIVE_DAYS


def test_the_same_row_gets_the_same_answer() -> None:
    """Asking again after a crash does not move the try."""
    now = CREATED + timedelta(minutes=3)

    assert next_attempt(1, now, CREATED, FIVE_DAYS) == next_attempt(1, now, CREATED, FIVE_DAYS)


def test_mails_that_failed_together_come_back_apart() -> None:
    """Rows made at different moments have different waits."""
    waits = {
        next_attempt(1, CREATED, CREATED + timedelta(microseconds=number), FIVE_DAYS) for number in range(50)
    }

    assert len(waits) == 50


@given(attempts=st.integers(0, 10**6), minutes=st.integers(0, 10**5), limit=st.integers(0, 10**5))
def test_no_try_is_in_the_past_or_after_the_end(attempts: int, minutes: int, limit: int) -> None:
    """A try lies at or after now and never behind the time to give up."""
    now, give_up = CREATED + timedelta(minutes=minutes), timedelta(minutes=limit)
    due = next_attempt(attempts, now, CREATED, give_up)

    assert due is None or now <= due
    assert due is None or attempts == 0 or due <= CREATED + give_up


@pytest.mark.parametrize("attempts", [1, 5, 50])
def test_too_late_is_told(attempts: int) -> None:
    """After the time to give up there is no further try."""
    assert next_attempt(attempts, CREATED + FIVE_DAYS, CREATED, FIVE_DAYS) is None
