"""One line that says what the mail is about."""

from collections.abc import Callable

import pytest

from mailroute.domain.issue import Issue


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Pump 4 leaks again", "Pump 4 leaks again"),
        ("Fwd: RE: Pump 4 leaks again", "Pump 4 leaks again"),
        ("WG: AW: Störung Presse 2", "Störung Presse 2"),
        ("[EXT] TR: facture en double", "facture en double"),
    ],
)
def test_subject_without_its_marks(card: Callable[..., Issue], subject: str, title: str) -> None:
    """A telling subject is the title, without reply and forward marks."""
    assert title == card("Please help.", subject=subject).title


@pytest.mark.parametrize(
    "subject", ["", "Re:", "question", "urgent!!", "Hilfe", "(kein Betreff)", "still waiting"]
)
def test_empty_subject(card: Callable[..., Issue], subject: str) -> None:
    """Where the subject says nothing the ask speaks."""
    title = card("Hi Sam,\n\ncould you change the opening hours on our homepage?", subject=subject).title

    assert "opening hours on our homepage" in title


def test_length(card: Callable[..., Issue]) -> None:
    """A title has at most 100 characters and ends at a word."""
    title = card("x", subject="labels " * 40).title

    assert len(title) <= 100
    assert title.endswith("labels…")


def test_nothing_at_all(card: Callable[..., Issue]) -> None:
    """Even an empty mail has a title."""
    assert "(no subject)" == card("", subject="").title
