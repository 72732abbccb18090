"""What the templates of follow-ups may say; see `context`."""

from typing import TypedDict


class OfferView(TypedDict):
    """`offer`: a text to a client who does not answer, ready to go."""

    words: str
    question: str
    """What we asked; empty when one of us only said that the client must answer."""
    asked_by: str
    asked_at: str
    days: int
    """Working days of the client since then."""
    nudge: str | None
    """What became of the rep's nudge: `sent`, `declined`, `postponed` or `unanswered`; None when there was none."""


class DueView(TypedDict):
    """One row of `due`: something that we owe the client."""

    occasion: str
    """`first-answer`, `answer`, `promise`, `deadline` or `resolution`."""
    words: str
    """What was asked or promised."""
    by: str
    """When it is late."""
    late: bool
    owner: str | None
    reason: str
