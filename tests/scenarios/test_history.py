"""The history of a ticket is whole: whatever a story does, each line says who, by which way and why."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mailroute.services.views import View

HERE = Path(__file__).parent
STORIES = (
    "14-pm-answers-the-client",
    "17-acknowledgement-bounces",
    "41-words-below-a-command",
    "44-merged",
    "46-wrong-person",
    "52-asleep-until-friday",
    "131-stale-reply-goes-by-itself",
    "133-stale-reply-drop",
    "138-one-line-corrects-the-day",
    "141-refuted-client-is-read-only",
)

Play = Callable[[Path], View]


@pytest.mark.parametrize("story", STORIES)
def test_each_change_says_who_how_and_why(play: Play, story: str) -> None:
    """Mail, web, command or rule; nothing happens by itself without a reason."""
    lines = [line for ticket in play(HERE / story)["tickets"] for line in ticket["history"]]

    assert lines
    assert [] == [
        line for line in lines if not (line["at"] and line["by"] and line["how"] and line["reasons"])
    ]


def test_the_history_tells_to_whom_an_answer_went(play: Play) -> None:
    """Each recipient with the reason."""
    [ticket] = play(HERE / "142-who-gets-the-answer")["tickets"]
    [replied] = [line for line in ticket["history"] if line["event"] == "staff-replied"]
    told = [one["evidence"] for one in replied["reasons"] if one["code"] == "sent-to"]

    assert 2 == len(told)
    assert "ivo.marsh@saltmere.example" in told[0]
    assert "dana.quist@saltmere.example" in told[1]


def test_an_outsider_is_shown_to_the_pm_and_gets_nothing(play: Play) -> None:
    """In the account of the mail that had them in copy."""
    result = play(HERE / "142-who-gets-the-answer")
    account = next(m for m in result["outgoing"] if m["kind"] == "follow-up" and "anders" in m["to"][0])
    pete = next(line for line in account["text"].splitlines() if "pete@rivalry.example" in line)

    assert "OUTSIDE" in pete
    assert "gets nothing from us" in pete


def test_a_known_client_is_told_by_when_a_person_answers(play: Play) -> None:
    """With what was understood, who looks after it, and the day; two days of work from Monday morning."""
    result = play(HERE / "138-one-line-corrects-the-day")
    [told] = [m["text"] for m in result["outgoing"] if m["kind"] == "ticket-opened"]

    assert "Winch 4 slips" in told
    assert "Anders Vik looks after it" in told
    assert "by 3 March 2026" in told


def test_the_pm_is_told_what_the_client_has_corrected(play: Play) -> None:
    """Old and new, beside the client's words."""
    result = play(HERE / "138-one-line-corrects-the-day")
    told = "\n".join(m["text"] for m in result["outgoing"] if m["kind"] == "follow-up")

    assert "deadline 2026-03-06 -> 2026-03-10" in told
    assert "“winch 4” -> “winch 6”" in told
