"""Patterns that are tried only where they can begin find what a search from the left finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroute.extraction.asks import CHOICE, RULES
from mailroute.extraction.mentions import MONTH, ROWS, TRIGGER, WEEKDAY
from mailroute.extraction.quick import Quick, beginnings, quick
from mailroute.extraction.tone import CHEERFUL, DISPLEASED, PRAISE, RAGE

USED = (
    *(pattern for _, _, pattern in RULES), *(row[0] for row in ROWS), MONTH, WEEKDAY, TRIGGER,
    *(part for words in (CHEERFUL, DISPLEASED, PRAISE, RAGE) for part in (words.whole, words.rest)),
)  # fmt: skip
PIECES = (
    "Could you", "please", "send", "it", "we need", "they’d like", "by", "Friday", "3 May", "3May", "2026-03-04",
    "in two weeks", "end of", "the", "not", "happy", "don't", "never again", "thank you", "is", "İstanbul", "mai", "ẞ",
    "20117", "Let’s", "let us", ",", ";", "-", "–", ":", "?", "!", "\n", "'", "(", "könnten Sie", "merci de", "EOD",
    "KW 12", "_x", "1st",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=14).map(" ".join)


@given(TEXTS)
def test_the_same_is_found(text: str) -> None:
    """Whatever the text, from everywhere and within limits."""
    for one in USED:
        expected = [match.span() for match in one.pattern.finditer(text)]
        within = [match.span() for match in one.pattern.finditer(text, 5, max(5, len(text) - 3))]

        assert expected == [match.span() for match in one.finditer(text)]
        assert within == [match.span() for match in one.finditer(text, 5, max(5, len(text) - 3))]
        assert (expected[0] if expected else None) == ((match := one.search(text)) and match.span())


@given(TEXTS)
def test_no_rule_that_fits_is_left_out(text: str) -> None:
    """The choice among many rules may name too many, never too few."""
    fitting = {n for n, (_, _, rule) in enumerate(RULES) if rule.pattern.search(text)}

    assert fitting <= set(CHOICE.possible(text))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\b(?:can|could) you", {"can", "cou"}),
        (r"(?<![\w-])(?:in|a week)\s+", {"in", "a w"}),
        (r"\b(?i:we)? ?need", None),
        (r"\bcolou?r", {"col"}),
        (r"\b(?:the\s+)?\d\d", {"the", *(f"{n}{m}" for n in range(10) for m in range(10))}),
        (r"^maybe|\bso", {"^", "so"}),
        (r"[,;]\s*x", {",", ";", ",x", ";x"}),
        (r"\b\w+ing", None),
        (r"can", None),
        (r".x", None),
        (r"(?<!\w)(?=a)b\.c|\bx+y", {"b.c", "x"}),
    ],
)
def test_beginnings_are_told_or_given_up(pattern: str, expected: set[str] | None) -> None:
    """A pattern that could begin inside a word, or with anything, is searched for as usual."""
    found = beginnings(pattern)

    assert expected == (None if found is None else set(found))


def test_a_pattern_bound_to_the_beginning_is_tried_there_alone() -> None:
    """Python would try it at every letter."""
    one = quick(re.compile(r"^(?:hello|good morning)\b", re.IGNORECASE))

    assert Quick(one.pattern, frozenset(), first_only=True) == one
    assert one.search("Hello you") is not None
    assert one.search("So hello") is None
