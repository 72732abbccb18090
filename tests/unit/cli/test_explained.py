"""The card beside the text, with the evidence marked."""

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from mailroute.cli.explained import SIDE_BY_SIDE, bracketed, marked, show_explained

ISSUE = {
    "text": "Hello,\nplease send valve V-4 by Friday.\x07\n",
    "title": "Valve",
    "type": {"value": "question", "sure": 0.7, "alternatives": [{"value": "defect", "sure": 0.2}]},
    "urgency": {"value": "normal", "evidence": []},
    "sentiment": {"value": "neutral"},
    "asks": [{"text": "please send valve V-4 by Friday.", "start": 7, "end": 39}],
    "deadlines": [
        {"date": "2026-03-06", "words": "by Friday", "start": 29, "end": 38, "ambiguous": True},
    ],
    "references": [{"kind": "other", "value": "Q-9", "start": None, "end": None}],
    "products": [{"text": "valve V-4", "start": 19, "end": 28}],
    "people": [],
    "facts": [],
    "feedback": [],
}
SHOWN: dict[str, Any] = {
    "source": "one.eml",
    "message": {"subject": "Valve", "from": None, "defects": []},
    "automatic": None,
    "forwarded": None,
    "issue": ISSUE,
    "identity": {"role": "client", "reasons": []},
    "placement": {"action": "open", "reasons": []},
    "routing": {"pm": None, "reasons": [], "candidates": [], "would_change": []},
    "outgoing": [],
}


def test_evidence_is_marked_where_it_stands() -> None:
    """Each value's words carry the style of its label; values without a place mark nothing."""
    text = marked(ISSUE)
    found = {(text.plain[s.start : s.end], s.style) for s in text.spans}

    assert found == {
        ("please send valve V-4 by Friday.", "cyan"),
        ("valve V-4", "bold green"),
        ("by Friday", "bold yellow"),
    }


def test_no_control_character_reaches_the_terminal() -> None:
    """What is not printable is shown as a replacement character, so that offsets stay true."""
    assert marked(ISSUE).plain.endswith("by Friday.\N{REPLACEMENT CHARACTER}")


def test_without_colours_the_evidence_stands_in_brackets() -> None:
    """So that a pipe and a printer show it, too; values inside others are nested."""
    assert "Hello,\n[Asks: please send [Products: valve V-4] [By: by Friday].]" in bracketed(ISSUE).plain


def test_somebody_is_marked_where_named_and_a_whole_sentence_as_fact_is_not() -> None:
    """The first place of a name; what a fact says at length is there to be read anyway."""
    text = "Ann Lee here. " + "The pump has been leaking since Monday. " * 3
    issue = {
        **{part: [] for part in ISSUE}, "text": text,
        "people": [{"name": "Ann Lee"}, {"name": "Tom Ray"}, {"name": None}],
        "facts": [{"key": "since", "start": 42, "end": 52}, {"key": "when", "start": 14, "end": 120}],
    }  # fmt: skip

    assert {("Ann Lee", "bold blue"), (text[42:52], "underline")} == {
        (text[s.start : s.end], s.style) for s in marked(issue).spans
    }


@pytest.mark.parametrize(("width", "beside"), [(SIDE_BY_SIDE, True), (SIDE_BY_SIDE - 1, False)])
def test_card_and_text_side_by_side(width: int, *, beside: bool) -> None:
    """On a wide terminal the text stands beside the card, on a narrow one below it."""
    out = StringIO()
    show_explained(SHOWN, Console(file=out, width=width, color_system=None))
    first = next(line for line in out.getvalue().splitlines() if "Hello," in line)
    shown = " ".join(out.getvalue().split())

    assert beside == ("From" in first)
    assert "day and month could be swapped" in shown
    assert "question (0.70), defect (0.20)" in shown
    assert "─" not in shown
