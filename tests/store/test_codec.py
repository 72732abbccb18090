"""What strangers write is storable, whatever it is."""

import json

from hypothesis import given
from hypothesis import strategies as st

from mailroute.domain.reasons import Reason
from mailroute.store import codec

ANYTHING = st.text(st.characters(exclude_categories=()))  # surrogates and NUL, too


@given(ANYTHING)
def test_cleaned_text_can_be_stored_anywhere(text: str) -> None:
    """No text keeps NUL or lone surrogates, and clean text stays what it is."""
    cleaned = codec.clean(text)

    assert "\x00" not in cleaned
    assert cleaned.encode().decode() == cleaned
    assert codec.clean(cleaned) == cleaned
    assert len(cleaned) == len(text)


@given(st.lists(st.dictionaries(ANYTHING, ANYTHING)))
def test_json_holds_clean_text_only(value: list[dict[str, str]]) -> None:
    """Texts and keys within JSON are cleaned as well, and nothing else changes."""
    cleaned = [{codec.clean(key): codec.clean(text) for key, text in one.items()} for one in value]

    assert json.loads(codec.to_text(value)) == cleaned


@given(ANYTHING, ANYTHING)
def test_values_survive_json(code: str, evidence: str) -> None:
    """A value comes back from JSON as it went in, cleaned."""
    reasons = (Reason(code, evidence),)
    plain = json.loads(codec.to_text(codec.to_plain(tuple[Reason, ...], reasons)))
    cleaned = (Reason(codec.clean(code), codec.clean(evidence)),)

    assert codec.from_plain(tuple[Reason, ...], plain) == cleaned


@given(st.text())
def test_looked_up_text_fits_an_index(text: str) -> None:
    """A key is at most as long as an index takes, and two different long texts stay different."""
    long = text + "x" * codec.LONGEST_KEY

    assert len(codec.short(long).encode()) <= codec.LONGEST_KEY
    assert codec.short(long) != codec.short(long + "y")
    assert codec.is_shortened(codec.short(long + "y"))
