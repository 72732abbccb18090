"""When a ticket is looked at again: never later than anything may be due."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from mailroute.domain.issue import Deadline, Issue
from mailroute.domain.policy import FollowUps, Policy, ServiceLevel
from mailroute.domain.ticket import Move, Status, Ticket, TicketEvent
from mailroute.followups.planning import OURS, SILENT, looks

Happened = Callable[..., TicketEvent]
POLICY = Policy()


def test_a_question_is_looked_at_in_time(waiting: Ticket, happened: Happened) -> None:
    """Not later than three days on, whatever the client's week is like."""
    asked = happened("staff-replied", 3, asks="Which seal?")
    found = looks(replace(waiting, whose_move=Move.PM), waiting, [asked], POLICY)

    assert asked.at + timedelta(days=3) == found[SILENT]
    assert asked.at == found[OURS]


def test_an_answer_takes_the_look_back(waiting: Ticket, happened: Happened) -> None:
    """The client has spoken: now it is our time that counts."""
    after = replace(waiting, status=Status.OPEN, whose_move=Move.PM)
    wrote = happened("client-wrote", 4)
    found = looks(waiting, after, [wrote], POLICY)

    assert {SILENT: None, OURS: wrote.at + timedelta(days=3)} == found


def test_a_new_ticket_is_looked_at_by_the_shortest_promise(waiting: Ticket, happened: Happened) -> None:
    """Whose tier it is shows when it is looked at."""
    habits = FollowUps(levels=(("gold", ServiceLevel(4.0)), ("tin", ServiceLevel(None, 9))))
    opened = happened("opened", 2, 9)
    ticket = replace(waiting, status=Status.OPEN, whose_move=Move.PM)
    found = looks(None, ticket, [opened], replace(POLICY, followups=habits))

    assert {OURS: opened.at + timedelta(hours=3)} == found


def test_a_client_s_day_is_looked_at_the_working_day_before(waiting: Ticket, happened: Happened) -> None:
    """Wanted on Wednesday: Tuesday morning."""
    wanted = Deadline(date=date(2026, 3, 4), words="Wednesday", start=0, end=9, sure=1.0)
    ticket = replace(waiting, status=Status.OPEN, whose_move=Move.PM, issue=Issue(deadlines=(wanted,)))
    before = replace(ticket, issue=Issue())
    found = looks(before, ticket, [happened("client-wrote", 2)], POLICY)

    assert datetime(2026, 3, 3, 9, tzinfo=UTC) == found[OURS]


def test_the_rep_s_time_counts(waiting: Ticket, happened: Happened) -> None:
    """`later` names it."""
    later = happened("nudge-postponed", 6, draft="nudge-draft:MR-17:1", until="2026-03-09T08:00:00+01:00")

    assert datetime(2026, 3, 9, 7, tzinfo=UTC) == looks(waiting, waiting, [later], POLICY)[SILENT]


def test_an_ended_ticket_is_left_alone(waiting: Ticket, happened: Happened) -> None:
    """And so is every ticket of a house that wants no follow-ups, and one to which nothing has happened."""
    closed = replace(waiting, status=Status.CLOSED, whose_move=Move.NOBODY)
    off = replace(POLICY, followups=FollowUps(enabled=False))
    event = happened("closed", 4)

    assert {SILENT: None, OURS: None} == looks(waiting, closed, [event], POLICY)
    assert {} == looks(waiting, waiting, [happened("noted", 4)], off)
    assert {} == looks(waiting, waiting, [], POLICY)
