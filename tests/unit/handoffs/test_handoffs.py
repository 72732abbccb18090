"""What a rep hands over is read from their own words, and asked of them alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroute.domain.directory import Staff, StaffRole
from mailroute.handoffs.asked import is_asked
from mailroute.handoffs.checklist import CHECKLIST, missing
from mailroute.handoffs.introduction import introduction
from mailroute.handoffs.terms import Term, TermKind, terms_of

INES = Staff(id="ines", name="Ines Costa", role=StaffRole.PM, emails=("ines@northwind.example",))
SAM = Staff(id="sam", name="Sam Reed", role=StaffRole.REP, emails=("sam@northwind.example",))

LABELLED = """Scope: two boilers with piping,
and the removal of the old tank
Not in scope: the chimney

Promised:
- a test run before Easter
- a spare pump
Open: who pays for the crane
"""
PLAIN = """We will install two boilers. The chimney is not included. I promised them a test run before Easter.
We start on 16 March and the heat must be on by 1 April. Your contact is Grace Okoye. It is worth 84,000 EUR."""


def test_labelled_lines_are_terms_and_go_on_in_the_next_line() -> None:
    """A label holds until the next one; a list below it gives one term a line."""
    assert (
        Term(TermKind.SCOPE, "two boilers with piping, and the removal of the old tank"),
        Term(TermKind.NOT_IN_SCOPE, "the chimney"),
        Term(TermKind.PROMISED, "a test run before Easter"),
        Term(TermKind.PROMISED, "a spare pump"),
        Term(TermKind.OPEN, "who pays for the crane"),
    ) == terms_of(LABELLED)


def test_plain_sentences_are_terms_by_what_they_speak_of() -> None:
    """A rep who writes as people write is understood too."""
    assert [
        TermKind.SCOPE,
        TermKind.NOT_IN_SCOPE,
        TermKind.PROMISED,
        TermKind.DATES,
        TermKind.PEOPLE,
        TermKind.MONEY,
    ] == [term.kind for term in terms_of(PLAIN)]


def test_only_what_is_missing_is_asked() -> None:
    """The rep is asked for the rows of the checklist that their words do not fill."""
    assert ["order"] == [item.name for item in missing(terms_of(PLAIN))]
    assert len(CHECKLIST) == len(missing(()))


@pytest.mark.parametrize(
    ("subject", "words", "is_one"),
    [
        ("Hand-off: boiler house", "For Ines.", True),
        ("Übergabe: Heizhaus", "Für Ines.", True),
        ("Boilers", "We won it! I'd like to hand the boiler house over to you, Ines.", True),
        ("Kessel", "Wir haben gewonnen. Ich übergebe das Heizhaus an Ines.", True),
        ("Keys", "I will hand the keys over to the caretaker tomorrow.", False),
        ("Handover protocol", "Attached is the protocol that Grace signed.", False),
        ("Boilers", "Grace asks when the fitters come. Can you hand over the drawing?", False),
    ],
)
def test_a_hand_off_says_so(subject: str, words: str, is_one: bool) -> None:
    """A label or plain words with the news of a won deal hand work over; handing over keys or papers does not."""
    assert is_one is bool(is_asked(subject, words))


@pytest.mark.parametrize("language", ["en", "de", "fr", "it"])
def test_the_introduction_says_that_nothing_need_be_explained_again(language: str) -> None:
    """In the client's language, else in English, with the PM's name and address."""
    words = introduction(contact="Grace Okoye", project="Boiler house", pm=INES, rep=SAM, language=language)

    assert all(
        part in words
        for part in ("Grace Okoye", "Boiler house", "Ines", "ines@northwind.example", "Sam Reed")
    )
    assert any(part in words for part in ("explain anything again", "noch einmal erklären", "réexpliquer"))


@given(st.text(max_size=400))
def test_any_words_give_terms(words: str) -> None:
    """Whatever somebody writes, reading it ends and gives only words that stand there."""
    for term in terms_of(words):
        assert all(piece in words for piece in term.words.split())


def test_a_label_may_stand_in_the_middle_of_a_line() -> None:
    """Whoever writes without line ends is understood too."""
    assert (Term(TermKind.SCOPE, "two boilers with piping."), Term(TermKind.MONEY, "84,000 EUR")) == terms_of(
        "They have agreed. Scope: two boilers with piping. Money: 84,000 EUR"
    )
