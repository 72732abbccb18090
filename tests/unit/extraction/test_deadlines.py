"""Which of the days in a mail somebody waits for."""

from collections.abc import Callable

import pytest

from mailroute.domain.directory import Directory
from mailroute.domain.issue import Issue


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Please send us the drawings by Friday.", ["2026-03-06"]),
        ("We need an answer tomorrow at the latest.", ["2026-03-05"]),
        ("Could you come before the fair on 20 April?", ["2026-04-20"]),
        ("Can you ship it? The new shop opens on 5 September.", ["2026-09-05"]),
        ("Please confirm no later than 2 April.", ["2026-04-02"]),
        ("Bitte senden Sie uns das Angebot bis zum 31.03.2026.", ["2026-03-31"]),
        ("Pourriez-vous nous livrer avant le 24 septembre ?", ["2026-09-24"]),
    ],
)
def test_day_that_is_waited_for(card: Callable[..., Issue], text: str, days: list[str]) -> None:
    """A day with a cue, or one that lies ahead in a mail that wants something, is a deadline."""
    assert days == [d.date.isoformat() for d in card(text).deadlines]


@pytest.mark.parametrize(
    "text",
    [
        "The pump has leaked since Monday. Please call me.",
        "Our office is closed from 24 December to 3 January.",
        "You delivered it on 2 March and it broke. Please repair it.",
        "We are on version 4.1 and cannot print. Please help.",
        "Thank you for the lunch on Tuesday.",
        "I have used it for 3 weeks now. Can you send the manual?",
    ],
)
def test_day_that_is_not(card: Callable[..., Issue], text: str) -> None:
    """Past days, closing days, numbers and durations are no deadlines."""
    assert () == card(text).deadlines


def test_the_words_stand_in_the_text(card: Callable[..., Issue]) -> None:
    """A deadline shows the words that it was read from, the cue among them."""
    text = "Hello,\n\nplease send the parts by Friday 20 March.\n\nAnn"
    deadline = card(text).deadlines[0]

    assert "by Friday 20 March" == deadline.words == text[deadline.start : deadline.end]


def test_same_day_once(card: Callable[..., Issue]) -> None:
    """A day named twice is one deadline."""
    issue = card("We need it by Friday. Really, please send it by Friday!", directory=Directory())

    assert 1 == len(issue.deadlines)
