"""How a digest names days and numbers of days."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from mailroute.digests.matters import due, questions
from mailroute.digests.wording import said
from mailroute.domain.digest import Desk, Due, Matter, View
from mailroute.domain.directory import Directory, Staff, StaffRole
from mailroute.domain.ticket import Ticket

NOW = datetime(2026, 3, 4, 6, 30, tzinfo=UTC)
INES = Staff(id="ines", name="Ines Costa", role=StaffRole.PM, emails=("ines@northwind.example",))


def desk(matter: Matter) -> Desk:
    """What Ines's digest is made of on a Wednesday morning."""
    return Desk(
        reader=INES,
        view=View.PM,
        now=NOW,
        since=NOW - timedelta(days=1),
        timezone="Europe/Berlin",
        directory=Directory(staff=(INES,)),
        matters=(matter,),
    )


def test_a_promise_is_due_on_its_day(make_ticket: Callable[..., Ticket]) -> None:
    """What was promised for Thursday is said to be promised for Thursday, though it is late from Friday on."""
    promised = Due(
        what="promise",
        words="You will have it by Thursday.",
        by=datetime(2026, 3, 5, 23, 0, tzinfo=UTC),
        late=False,
        day=date(2026, 3, 5),
    )
    [line] = due(desk(Matter(ticket=make_ticket(), owed=(promised,))))

    assert said(line, "en").endswith("promised for 2026-03-05")


def test_a_title_is_not_said_twice(make_ticket: Callable[..., Ticket]) -> None:
    """An answer that is due is about the ticket itself, so nothing is quoted below it."""
    ticket = make_ticket()
    owed = Due(what="answer", words=ticket.title, by=NOW, late=False)
    [line] = due(desk(Matter(ticket=ticket, owed=(owed,))))

    assert line.words is None


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "asked less than a working day ago"),
        (1, "asked a working day ago"),
        (4, "asked 4 working days ago"),
    ],
)
def test_one_day_is_no_days(make_ticket: Callable[..., Ticket], days: int, words: str) -> None:
    """The number of days is said as people say it."""
    [line] = questions(desk(Matter(ticket=make_ticket(), question="Which one?", silent_days=days)))

    assert said(line, "en").endswith(words)
