"""Moments as people write them on the command line."""

from datetime import UTC, datetime, timedelta

from mailroute.domain.errors import Misconfigured


def moment(text: str) -> datetime:
    """The moment in `2026-03-01`, or so long ago: `30d`, `12h`.

    Raises:
        Misconfigured: *text* is neither.
    """
    amount, unit = text[:-1], text[-1:]
    if amount.isdigit() and unit in {"d", "h"}:
        back = timedelta(days=int(amount)) if unit == "d" else timedelta(hours=int(amount))
        return datetime.now(UTC) - back
    try:
        day = datetime.fromisoformat(text)
    except ValueError as error:
        raise Misconfigured(f"--since {text}: write a day such as 2026-03-01, or 30d, or 12h") from error
    return day if day.tzinfo else day.replace(tzinfo=UTC)
