"""When to try again (RFC 5321 §4.5.4.1)."""

import hashlib
from datetime import datetime, timedelta

WAITS = (
    timedelta(minutes=15),
    timedelta(minutes=40),
    timedelta(hours=2),
    timedelta(hours=2, minutes=30),
    timedelta(hours=3),
)
"""Before the second, third, ... attempt; the last one repeats. Two more in the first hour, then every 2-3 hours."""

JITTER = 0.08
"""Share of the wait by which it may be shorter or longer, so that what failed together does not come back together."""


def next_attempt(
    attempts: int, now: datetime, created_at: datetime, give_up_after: timedelta
) -> datetime | None:
    """When to try a mail again that was tried *attempts* times; None when that would be too late.

    The same row gets the same answer every time: its jitter comes from *created_at* and *attempts*.
    """
    if attempts < 1:
        return now
    wait = WAITS[min(attempts, len(WAITS)) - 1]
    digest = hashlib.sha256(f"{created_at.isoformat()} {attempts}".encode()).digest()
    share = int.from_bytes(digest[:4], "big") / 2**32  # 0 to 1
    due = now + wait * (1 + JITTER * (2 * share - 1))
    return due if due <= created_at + give_up_after else None
