"""What an installation tells of itself: its own numbers, its competitors."""

from collections.abc import Callable

import pytest

from mailroute.domain.issue import FeedbackTheme, Issue, ReferenceKind
from mailroute.domain.policy import Service


def test_own_numbers_are_references(card: Callable[..., Issue]) -> None:
    """A number of the house's own shape is a reference of the kind that the house gives it."""
    house = Service(reference_patterns=(("contract", r"K/[A-Z]{2}/\d"),))
    found = card("It is about K/BD/7, please call.", service=house).references

    assert [(ReferenceKind.CONTRACT, "K/BD/7")] == [(r.kind, r.value) for r in found]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "Please call. quibble gmbh would do the same in a week.",
            ["quibble gmbh would do the same in a week."],
        ),
        ("Please send the drawings.", []),
    ],
)
def test_named_competitors_are_feedback(card: Callable[..., Issue], text: str, quotes: list[str]) -> None:
    """A sentence that names a competitor of the house is quoted, in whatever case."""
    found = card(text, service=Service(competitors=("Quibble GmbH",))).feedback

    assert quotes == [f.quote for f in found if f.theme is FeedbackTheme.COMPETITOR]
