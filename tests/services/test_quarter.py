"""The played quarter: believable, complete, and the same each time."""

from datetime import date
from pathlib import Path

from prometheus_client import CollectorRegistry

from mailroute.cli.demo_quarter import quarter_stage
from mailroute.cli.demo_summary import summary
from mailroute.domain.outgoing import OutboxItem
from mailroute.journal import Journal
from mailroute.store import inbox, outbox, tickets
from mailroute.store.inbox import Books
from mailroute.testing.quarter import Plan, Tick, play

PLAN = Plan(last_day=date(2026, 3, 13), letters=30, seed=7, weeks=1)
MOST = 1000


def _nobody_watches(_: Tick) -> None:
    """Where no bar is drawn."""


def played(folder: Path) -> tuple[list[tuple[str, str, str]], list[OutboxItem], Books, str]:
    """All tickets and mails of ours of one playing, its books and its summary."""
    folder.mkdir()
    with quarter_stage(folder, PLAN, Journal(registry=CollectorRegistry())) as stage:
        play(stage, PLAN, _nobody_watches)
        with stage.store.read() as connection:
            found = [
                (str(one.ref), one.title, str(one.status)) for one in tickets.listing(connection, limit=MOST)
            ]
            mails = outbox.listing(connection, limit=MOST)
            books = inbox.books(connection)
        return found, mails, books, summary(stage, PLAN)


def test_a_seed_makes_the_same_quarter(tmp_path: Path) -> None:
    """The same seed gives the same tickets and the same mails, byte for byte; all that came in is accounted for."""
    found, mails, books, shown = played(tmp_path / "one")
    again = played(tmp_path / "two")

    assert again[0] == found
    assert [mail.mail.raw for mail in again[1]] == [mail.mail.raw for mail in mails]
    assert books.close
    assert books.received >= PLAN.letters
    assert {"ticket-assigned", "reply", "digest", "follow-up"} <= {mail.kind for mail in mails}
    assert "Explained once" in shown


def test_a_quarter_has_thirteen_weeks_of_working_days() -> None:
    """A quarter begins on a Monday and ends on its last day."""
    plan = Plan(last_day=date(2026, 3, 27))

    assert date(2025, 12, 29) == plan.first_day
    assert 65 == len(plan.days)
