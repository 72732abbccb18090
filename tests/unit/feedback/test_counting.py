"""Accounts are counted, not voices; and a change of two says nothing."""

from datetime import UTC, datetime, timedelta

from mailroute.domain.issue import FeedbackTheme
from mailroute.domain.market import Remark, Theme
from mailroute.domain.ticket import TicketRef
from mailroute.feedback.counting import counted

NOW = datetime(2026, 3, 31, tzinfo=UTC)
MONTH = timedelta(days=30)
EXPORT = Theme(id=1, category=FeedbackTheme.FEATURE_REQUEST, name="Export to Excel")
DOWNLOAD = Theme(id=2, category=FeedbackTheme.FEATURE_REQUEST, name="Download of lists", merged_into=1)


def remark(line: int, organisation: str | None, days_ago: int) -> Remark:
    """One sentence of somebody at *organisation*."""
    return Remark(
        line=line,
        category=FeedbackTheme.FEATURE_REQUEST,
        quote=f"Sentence {line}.",
        ticket=TicketRef(line),
        organisation=organisation,
        author="A. Person",
        voice=f"person{line}@mail.example",
        at=NOW - timedelta(days=days_ago),
    )


def test_an_account_counts_once_in_a_period() -> None:
    """Three mails of one firm are one voice; of people without a firm each is one."""
    said = [
        (1, remark(1, "acme", 3)),
        (1, remark(2, "acme", 4)),
        (1, remark(3, None, 5)),
        (1, remark(4, None, 6)),
    ]

    (count,) = counted([EXPORT], said, since=NOW - MONTH, until=NOW)

    assert (3, 0, 4) == (count.now, count.before, len(count.remarks))


def test_the_period_before_is_as_long() -> None:
    """What was said in the thirty days before counts as before; what is older counts no more."""
    said = [
        (1, remark(1, "acme", 10)),
        (1, remark(2, "brew", 40)),
        (1, remark(3, "cask", 50)),
        (1, remark(4, "dove", 70)),
    ]

    (count,) = counted([EXPORT], said, since=NOW - MONTH, until=NOW)

    assert (1, 2, -1) == (count.now, count.before, count.change)
    assert count.few


def test_many_accounts_make_a_change_worth_telling() -> None:
    """From five accounts in both periods on, the small-number warning goes away."""
    said = [(1, remark(number, f"firm{number}", 5 + 30 * (number % 2))) for number in range(1, 7)]

    (count,) = counted([EXPORT], said, since=NOW - MONTH, until=NOW)

    assert not count.few


def test_merged_themes_count_as_one() -> None:
    """What people merged stays merged: the remarks of both count under the one that is left."""
    said = [(1, remark(1, "acme", 1)), (2, remark(2, "brew", 2))]

    (count,) = counted([EXPORT, DOWNLOAD], said, since=NOW - MONTH, until=NOW)

    assert ("Export to Excel", ("acme", "brew")) == (count.theme.name, count.accounts)
