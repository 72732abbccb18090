"""What we owe: when its owner is reminded, and when the lead is told; each once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.address import Mailbox
from mailroute.domain.issue import Deadline, Issue
from mailroute.domain.policy import FollowUps, ServiceLevel
from mailroute.domain.ticket import Move, Role, Status, Ticket, TicketEvent
from mailroute.followups.business_time import Calendar
from mailroute.followups.ours import Books, Telling, answered_at, calls, first_answer_by, owed

Happened = Callable[..., TicketEvent]
HABITS, OFFICE = FollowUps(), Calendar()
LEVEL = ServiceLevel(first_answer_hours=8.0)


def at(day: int, hour: int = 9) -> datetime:
    """A moment in March."""
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def books(of: Ticket, *history: TicketEvent, **more: Any) -> Books:
    """Of a ticket that is ours to work on, unless it is given as it is."""
    usual = Books(
        ticket=replace(of, status=Status.OPEN, whose_move=Move.PM),
        events=history,
        level=LEVEL,
        habits=HABITS,
        calendar=OFFICE,
    )
    return replace(usual, **more)


def told(found: Books, now: datetime) -> list[tuple[str, str]]:
    """Who must hear of what."""
    due, _ = calls(found, now)
    return [(str(call.telling), call.owed.key) for call in due]


def promise(ticket: Ticket, day: int, made: int = 3) -> AccountLine:
    """Ines has promised something for that day."""
    return AccountLine(
        id=5,
        kind=LineKind.PROMISE,
        words="You have it on that day.",
        ticket=ticket.ref,
        organisation="borealis",
        author=Mailbox("Ines Costa", "ines@northwind.example"),
        role=Role.PM,
        staff="ines",
        at=at(made),
        due=date(2026, 3, day),
    )


def test_a_first_answer_is_reminded_of_before_it_is_late(waiting: Ticket) -> None:
    """Opened on Monday at nine with eight hours: Ines at three, Lea at five."""
    found = books(waiting)

    assert at(2, 17) == first_answer_by(waiting.opened_at, LEVEL, OFFICE)
    assert [] == told(found, at(2, 14))
    assert [("reminded", "first-answer")] == told(found, at(2, 15))
    assert [("escalated", "first-answer")] == told(found, at(2, 17))


def test_each_is_told_once(waiting: Ticket, happened: Happened) -> None:
    """A reminder is not repeated, and after the lead has heard of it nobody is reminded any more."""
    reminded = happened("reminded", 2, 15, by="mailroute", occasion="first-answer")
    escalated = happened("escalated", 2, 17, by="mailroute", occasion="first-answer")

    assert [] == told(books(waiting, reminded), at(2, 16))
    assert [] == told(books(waiting, escalated), at(9))
    assert (Telling.ESCALATED,) == tuple(c.telling for c in calls(books(waiting, reminded), at(3))[0])


def test_the_next_look_is_when_the_next_is_due(waiting: Ticket) -> None:
    """So that nobody looks in vain."""
    assert at(2, 15) == calls(books(waiting), at(2))[1]


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        ({"status": Status.CLOSED}, []),
        ({"whose_move": Move.NOBODY}, []),
        ({"status": Status.NEW, "whose_move": Move.NOBODY, "pm": None}, ["first-answer"]),
    ],
)
def test_closed_and_sleeping_tickets_owe_nothing(
    waiting: Ticket, changes: dict[str, Any], keys: list[str]
) -> None:
    """One that nobody has been given does."""
    found = books(waiting, ticket=replace(waiting, **{"status": Status.OPEN} | changes))

    assert keys == [one.key for one in owed(found)]


def test_a_client_s_further_word_is_answered_within_days(waiting: Ticket, happened: Happened) -> None:
    """Three working days, then Ines is reminded; two later Lea hears of it."""
    found = books(waiting, happened("staff-replied", 2, 11), happened("client-wrote", 4, 9, by="ann"))
    [one] = owed(found)

    assert ("ines", at(9)) == (one.owner, one.remind_at)
    assert [("reminded", one.key)] == told(found, at(9))
    assert [("escalated", one.key)] == told(found, at(11))


def test_nothing_is_due_after_an_answer(waiting: Ticket, happened: Happened) -> None:
    """Ines has answered without a question: no reminder, but a day from which to ask if it is done."""
    found = books(waiting, happened("client-wrote", 2, 9, by="ann"), happened("staff-replied", 2, 11))

    assert () == owed(found)
    assert at(2, 11) == answered_at(found)


def test_an_answer_that_promises_one_is_none(waiting: Ticket, happened: Happened) -> None:
    """It is due as long as the promise is open, even without a day."""
    told = happened("client-wrote", 2, 9, by="ann"), happened("staff-replied", 3, 9)
    undated = replace(promise(waiting, 9), due=None)
    found = books(waiting, *told, promises=[undated])

    assert ["answer"] == [str(one.occasion) for one in owed(found)]
    assert answered_at(found) is None


@pytest.mark.parametrize("later", ["client-wrote", "woke", "assigned", "reopened"])
def test_what_turns_to_us_again_is_due_again(waiting: Ticket, happened: Happened, later: str) -> None:
    """A further word, the end of a rest, another owner."""
    found = books(waiting, happened("staff-replied", 2, 11), happened(later, 4, 9))

    assert ["answer"] == [str(one.occasion) for one in owed(found)]


def test_a_promise_counts_by_its_day(waiting: Ticket, happened: Happened) -> None:
    """Ines is reminded on the working day before; it is late on the next one, and nothing else is asked of her."""
    found = books(waiting, happened("staff-replied", 3), promises=[promise(waiting, 9)])
    [one] = owed(found)

    assert (at(6), at(10), at(12)) == (one.remind_at, one.by, one.escalate_at)
    assert [("reminded", "promise:5")] == told(found, at(6))


def test_a_promise_of_before_the_client_s_last_word_does_not_excuse(
    waiting: Ticket, happened: Happened
) -> None:
    """What they wrote since still wants its answer."""
    history = happened("staff-replied", 3), happened("client-wrote", 4, by="ann")
    found = books(waiting, *history, promises=[promise(waiting, 30)])

    assert ["answer", "promise"] == sorted(str(one.occasion) for one in owed(found))


def test_the_client_s_day_is_told_while_it_is_our_move(waiting: Ticket, happened: Happened) -> None:
    """When they owe us an answer, the day is theirs to keep."""
    issue = Issue(
        deadlines=(Deadline(date=date(2026, 3, 12), words="by Thursday", start=0, end=9, sure=1.0),)
    )
    replied = happened("staff-replied", 3)
    ours = books(waiting, replied, ticket=replace(waiting, whose_move=Move.PM, issue=issue))
    theirs = books(waiting, replied, ticket=replace(waiting, whose_move=Move.CLIENT, issue=issue))

    assert "deadline:2026-03-12" in [one.key for one in owed(ours)]
    assert () == owed(theirs)


def test_a_tier_may_be_promised_a_solution(waiting: Ticket, happened: Happened) -> None:
    """Reminded a day before; time in which the client owes us an answer is not ours."""
    level = ServiceLevel(first_answer_hours=4.0, resolution_days=5)
    [one] = owed(books(waiting, happened("staff-replied", 2), level=level))

    assert ("resolution", at(6), at(9)) == (str(one.occasion), one.remind_at, one.by)


def test_sold_work_is_not_to_be_solved(waiting: Ticket, happened: Happened) -> None:
    """A hand-off that waits for a PM's word is no matter of the client, whatever their tier is promised."""
    level = ServiceLevel(first_answer_hours=4.0, resolution_days=5)
    offer = replace(waiting, routing=replace(waiting.routing, rule="hand-off"))
    found = owed(books(offer, happened("staff-replied", 2), level=level))

    assert "resolution" not in {str(one.occasion) for one in found}


@pytest.mark.parametrize(("tier", "hours"), [("gold", 4.0), ("Gold", 4.0), ("tin", 16.0), (None, 16.0)])
def test_tiers_are_found_by_name(tier: str | None, hours: float) -> None:
    """In either case of letters; others have what the house promises everybody."""
    habits = FollowUps(levels=(("gold", ServiceLevel(4.0)),))

    assert hours == habits.level_of(tier).first_answer_hours
