"""What people's reassignments teach, and how little is suggested without good grounds."""

from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroute.domain.directory import ConfiguredRule, Directory
from mailroute.domain.issue import Issue
from mailroute.domain.learned import LearnedModel
from mailroute.routing.case import Assign, Case, Pass
from mailroute.routing.decide import route
from mailroute.routing.learning import Example, marks, suggest, train
from mailroute.routing.rules.learned import learned

Make = Callable[..., Case]
NOW = datetime(2026, 3, 3, tzinfo=UTC)

BILLS = [
    "invoice",
    "amount",
    "credit",
    "note",
    "booked",
    "twice",
    "account",
    "wrong",
    "total",
    "payment",
    "reminder",
]
VALVES = ["valve", "gasket", "leaks", "bearing", "noise", "pump", "pressure", "drips", "seal", "vibration"]
ALL = ["monday", "hall", "morning", "colleague", "phone", "call", "list", "office", "team", "week"]


def example(number: int, words: list[str], staff: str, *, given: bool) -> Example:
    """A mail of eight words, five of them telling."""
    pick = Random(number)
    text = " ".join([*pick.sample(words, 5), *pick.sample(ALL, 3)])
    return Example(
        ticket=number,
        marks=marks(text, organisation="borealis", project=None, kind="other"),
        staff=staff,
        given=given,
    )


def lessons(reassigned: int) -> list[Example]:
    """Bills were moved to Kai by people; pumps stayed with Ines."""
    moved = [example(n, BILLS, "kai", given=True) for n in range(reassigned)]
    stayed = [example(1000 + n, VALVES, "ines", given=False) for n in range(40)]
    return moved + stayed


def model(reassigned: int = 30) -> LearnedModel:
    """What that teaches."""
    return train(lessons(reassigned), now=NOW, threshold=0.8)


BILL = "The invoice shows a wrong total; please send a credit note for the amount booked twice."


def test_mail_like_what_people_moved_goes_where_they_moved_it(make_case: Make) -> None:
    """With the words that spoke for it as evidence."""
    answer = learned(make_case(words=BILL, learned=model()))

    assert isinstance(answer, Assign)
    assert answer.staff == "kai"
    assert 0.8 <= answer.sure < 1
    assert set(BILLS) & set(answer.because.evidence.replace(",", " ").split())
    assert model().version in answer.because.evidence


@pytest.mark.parametrize("words", ["Pump 4: the valve leaks and the seal drips.", "Hello", "", "zzz yyy xxx"])
def test_other_mail_is_left_to_the_other_rules(make_case: Make, words: str) -> None:
    """What stayed with its PM, and what has never been seen."""
    answer = learned(make_case(words=words, learned=model()))

    assert isinstance(answer, Pass)
    assert answer.why


@pytest.mark.parametrize(("reassigned", "speaks"), [(0, False), (19, False), (20, True)])
def test_nothing_is_suggested_from_fewer_than_twenty_reassignments(
    make_case: Make, reassigned: int, speaks: bool
) -> None:
    """And nothing before the first training."""
    assert speaks is isinstance(learned(make_case(words=BILL, learned=model(reassigned))), Assign)
    assert isinstance(learned(make_case(words=BILL)), Pass)


def test_a_suggestion_below_the_threshold_is_told_and_not_followed(make_case: Make) -> None:
    """So that people see what it would have said."""
    answer = learned(make_case(words="invoice total credit noise", learned=model(), learned_threshold=1.0))

    assert isinstance(answer, Pass)
    assert "is needed" in answer.why


def test_it_never_beats_a_rule_of_the_house(make_case: Make, house: Directory) -> None:
    """And by the order of the rules no named project."""
    rule = ConfiguredRule(name="bills", when={"words": ("invoice",)}, assign="lea")
    directory = Directory(staff=house.staff, rules=(rule,))
    routing = route(make_case(words=BILL, learned=model(), directory=directory))

    assert ("lea", "configured") == (routing.pm, routing.rule)
    assert "learned" in [one.rule for one in routing.candidates]


def test_it_goes_before_the_company_s_pm(make_case: Make) -> None:
    """It is from there that people move such mail."""
    routing = route(make_case(words=BILL, learned=model(), issue=Issue()))

    assert routing.rule == "learned"


def test_who_has_left_is_not_suggested(make_case: Make, house: Directory) -> None:
    """The next rule decides."""
    directory = Directory(staff=tuple(one for one in house.staff if one.id != "kai"))

    assert isinstance(learned(make_case(words=BILL, learned=model(), directory=directory)), Pass)


def test_training_says_how_well_it_does_on_mails_left_out() -> None:
    """Here the two matters differ clearly; of Ines's mail, which nobody was ever given, nothing is suggested."""
    found = model()

    assert (30, 70) == (found.given, found.tested)
    assert found.right == found.spoke
    assert found.spoke >= 28


def test_where_words_tell_nothing_it_is_not_sure() -> None:
    """Mail of one kind that people gave to two PMs by turns."""
    mixed = [
        example(n, VALVES, "kai" if Random(n).random() < 0.5 else "ines", given=True) for n in range(120)
    ]
    found = train(mixed, now=NOW, threshold=0.8)

    assert found.spoke <= 12


def test_the_same_tickets_teach_the_same_whatever_their_order() -> None:
    """Version and all."""
    examples = lessons(25)

    assert train(examples, now=NOW, threshold=0.8) == train(examples[::-1], now=NOW, threshold=0.8)


@given(text=st.text(max_size=300))
def test_any_text_gets_a_suggestion_that_is_a_probability_or_none(text: str) -> None:
    """No mail breaks it."""
    found = suggest(WHOLE, marks(text + " " + BILL, organisation=None, project=None, kind="other"))

    assert found is None or (0 <= found.sure <= 1 and found.staff in WHOLE.people)


WHOLE = model()
