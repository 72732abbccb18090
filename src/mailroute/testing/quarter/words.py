"""What the sentences of the quarter are made of: the rows of `words_en`, `words_de` and `words_fr`."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a PM has to know: as it is told, asked and answered. In all of them the facts are filled in."""

    told: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What a client may write about."""

    subject: str
    problem: tuple[str, ...]
    """Wordings of the same."""
    ask: tuple[str, ...]
    needs: tuple[str, ...]
    """Keys of `Words.needs` that matter here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All that is said in one language. `{thing}`, `{serial}`, ... are the facts of a story."""

    hello: tuple[str, ...]
    bye: tuple[str, ...]
    matters: tuple[Matter, ...]
    needs: Mapping[str, Need]
    remarks: Mapping[str, tuple[str, ...]]
    """What the market says: a theme, and wordings of it."""
    chaser: tuple[str, ...]
    angry: tuple[str, ...]
    thanks: tuple[str, ...]
    again: tuple[str, ...]
    """It is not over after all."""
    away: str
    away_subject: str
    we_answer: tuple[str, ...]
    """A PM settles the matter."""
    we_promise: tuple[str, ...]
    """`{day}` is the day promised."""
    we_keep: tuple[str, ...]
    we_ask: tuple[str, ...]
    """What stands around a question."""
    we_move: tuple[str, ...]
    """A promise that is not kept in time."""
    nudge: tuple[str, ...]
    """A rep's own words to a silent client."""
    days: tuple[str, ...]
    """Monday to Sunday."""
