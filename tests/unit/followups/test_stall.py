"""What comes next while a client says nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mailroute.domain.followups import Tone
from mailroute.domain.policy import FollowUps
from mailroute.domain.ticket import Move, Status, Ticket, TicketEvent
from mailroute.followups.business_time import Calendar
from mailroute.followups.stall import Silence, Step, offers, open_question, silence, stall

Happened = Callable[..., TicketEvent]

HABITS, UTC_OFFICE = FollowUps(), Calendar()
ASKED = {"asks": "Which seal is fitted?"}
NUDGE = {"draft": "nudge-draft:MR-17:1", "staff": "sam", "words": "Hello Ann", **ASKED}


def at(day: int, hour: int = 10) -> datetime:
    """A moment in March."""
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def looked_at(ticket: Ticket, *history: TicketEvent, day: int = 30) -> Silence:
    """What is told on that day."""
    found = silence(ticket, history, at(day), HABITS, UTC_OFFICE)
    assert found is not None

    return found


def test_first_the_rep_after_three_working_days(waiting: Ticket, happened: Happened) -> None:
    """Asked on Tuesday, due on Friday at the same hour."""
    found = looked_at(waiting, happened("staff-replied", 3, **ASKED), day=4)

    assert (Step.NUDGE, at(6), 1) == (found.step, found.due_at, found.days)
    assert ["question-open"] == [reason.code for reason in found.reasons]


@pytest.mark.parametrize(
    ("answer", "begins"),
    [(None, 6), ("nudged", 9), ("nudge-declined", 9)],
)
def test_then_the_pm_whatever_the_rep_said(
    waiting: Ticket, happened: Happened, answer: str | None, begins: int
) -> None:
    """Three working days after the nudge was offered, or after the rep's word about it."""
    history = [happened("staff-replied", 3, **ASKED), happened("nudge-drafted", 6, **NUDGE)]
    if answer:
        history.append(happened(answer, 9, by="sam", draft=NUDGE["draft"]))
    found = looked_at(waiting, *history)

    assert (Step.FIRM, at(begins + (5 if begins == 6 else 3))) == (found.step, found.due_at)


def test_the_rep_is_asked_again_when_they_want(waiting: Ticket, happened: Happened) -> None:
    """At the time that they named, not before the client has had time enough."""
    found = looked_at(
        waiting,
        happened("staff-replied", 3, **ASKED),
        happened("nudge-drafted", 6, **NUDGE),
        happened("nudge-postponed", 6, by="sam", draft=NUDGE["draft"], until="2026-03-11T08:00:00+00:00"),
    )

    assert (Step.NUDGE, at(11, 8)) == (found.step, found.due_at)


def test_after_both_people_decide(waiting: Ticket, happened: Happened) -> None:
    """No third text is offered for the same question; a new question begins anew."""
    history = (
        happened("staff-replied", 3, **ASKED),
        happened("nudge-drafted", 6, **NUDGE),
        happened("firm-drafted", 11, draft="firm-draft:MR-17:1", staff="ines", words="Hello", **ASKED),
        happened("staff-replied", 11, draft="firm-draft:MR-17:1", **ASKED),
    )
    after = looked_at(waiting, *history)
    anew = looked_at(waiting, *history, happened("staff-replied", 12, asks="And which pump?"))

    assert (Step.NOTHING, None) == (after.step, after.due_at)
    assert (Step.NUDGE, "And which pump?") == (anew.step, anew.question.words)


def test_nudges_on_one_ticket_are_few(waiting: Ticket, happened: Happened) -> None:
    """After two, a further question goes to the PM at once."""
    history = [
        event
        for number in (1, 2)
        for event in (
            happened("staff-replied", number * 2, **ASKED),
            happened("nudge-drafted", number * 2 + 1, **NUDGE | {"draft": f"nudge-draft:MR-17:{number}"}),
        )
    ]
    found = looked_at(waiting, *history, happened("staff-replied", 9, **ASKED))

    assert (Step.FIRM, "nudges-spent") == (found.step, found.reasons[-1].code)


def test_without_a_rep_the_pm_is_first(waiting: Ticket, happened: Happened) -> None:
    """Nobody else has a voice for it."""
    found = looked_at(replace(waiting, rep=None), happened("staff-replied", 3, **ASKED))

    assert (Step.FIRM, "no-rep") == (found.step, found.reasons[-1].code)


def test_nobody_is_chased_for_a_question_that_was_lost(waiting: Ticket, happened: Happened) -> None:
    """It bounced: its owner has been told, and a nudge would bounce as well."""
    found = looked_at(
        waiting, happened("staff-replied", 3, **ASKED), happened("bounce", 3, 11, by="mailroute")
    )

    assert (Step.NOTHING, "question-lost") == (found.step, found.reasons[-1].code)


def test_an_absence_shows(waiting: Ticket, happened: Happened) -> None:
    """While the client is away there is no stall, and the list says until when."""
    history = (
        happened("staff-replied", 3, **ASKED),
        happened("out-of-office", 3, away="ann@borealis.example", until="2026-03-16"),
    )
    found = looked_at(waiting, *history, day=10)

    assert (date(2026, 3, 16), 0) == (found.paused_until, found.days)
    assert stall(waiting, history, at(10), HABITS, UTC_OFFICE) is None
    assert stall(waiting, history, at(19), HABITS, UTC_OFFICE) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"whose_move": Move.PM, "status": Status.OPEN},
        {"whose_move": Move.NOBODY, "status": Status.CLOSED},
        {"whose_move": Move.CLIENT, "status": Status.RESOLVED},
    ],
)
def test_the_ticket_s_own_state_decides(waiting: Ticket, happened: Happened, changes: dict[str, Any]) -> None:
    """Whatever the history says."""
    after = replace(waiting, **changes)

    assert open_question(after, [happened("staff-replied", 3, **ASKED)]) is None


def test_an_offer_tells_what_became_of_it(waiting: Ticket, happened: Happened) -> None:
    """Its words stand in the history, and so does the word about it."""
    [offer] = offers(
        waiting,
        [happened("nudge-drafted", 6, **NUDGE), happened("nudged", 6, 11, by="sam", draft=NUDGE["draft"])],
    )

    assert (Tone.NUDGE, "sam", "Hello Ann", "nudged") == (offer.tone, offer.staff, offer.words, offer.settled)
