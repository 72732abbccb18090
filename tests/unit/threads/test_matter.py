"""Whether a mail without any thread mark is about a matter that is open already."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mailroute.domain.decisions import Action, Placement
from mailroute.domain.issue import Ask, Issue, Reference, ReferenceKind
from mailroute.domain.ticket import TicketRef
from mailroute.threads.matter import FRESH
from mailroute.threads.placement import place

Make = Callable[..., Any]
ANN, BEN, STRANGER = "ann.lee@borealis.example", "ben@borealis.example", "mallory@evil.example"


def card(title: str, *numbers: str, ask: str = "") -> Issue:
    """A card with a title, references and perhaps an ask."""
    return Issue(
        title=title,
        references=tuple(Reference(ReferenceKind.ORDER, number, None, None) for number in numbers),
        asks=(Ask(ask, 0, len(ask), 1.0),) if ask else (),
    )


SEAL = card("Shaft seal of the booster pump leaks", "BX-9917", ask="Could you send a fitter with a new seal?")


@pytest.fixture
def placed(make_parsed: Make, make_facts: Make, make_ticket: Make) -> Make:
    """Places a mail of somebody while Ann has MR-17 open about a leaking shaft seal."""

    def ask(sender: str, words: str, issue: Issue | None = None, **ticket: Any) -> Placement:
        open_ticket = make_ticket(17, issue=SEAL, title=SEAL.title, **ticket)
        read = make_parsed(sender, words, subject="Hello")
        facts = make_facts(read, recent=(open_ticket,), issue=issue or Issue(title="Hello"))
        return place(facts)

    return ask


def test_a_chaser_about_the_same_thing_joins(placed: Make) -> None:
    """Somebody who has written before and names the same thing again is not made to start anew."""
    got = placed(ANN, "Any news? The booster pump still leaks at the seal.")

    assert (Action.APPEND, TicketRef(17)) == (got.action, got.ticket)
    assert "same-open-matter" == got.reasons[0].code


def test_the_same_number_and_the_same_thing_join(placed: Make) -> None:
    """A second way in, with the same booking number and the same words, is the same matter."""
    got = placed(ANN, "The booster pump of BX-9917 leaks at its seal.", card("Booster pump", "BX 9917"))

    assert (Action.APPEND, TicketRef(17)) == (got.action, got.ticket)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("The invoice for the conveyor is wrong.", ()),
        ("Any news about the conveyor?", ()),
        ("Separate thing: the booster pump at the seal, any news?", ()),
        ("The invoice is wrong.", ("BX-9917",)),
        ("Your reminder for the seal of the booster pump has come.", ("BX-1200",)),
    ],
)
def test_one_ground_alone_does_not_join(placed: Make, words: str, numbers: tuple[str, ...]) -> None:
    """A new ticket: another subject or number, a chaser of something else, words that part it, a number alone."""
    assert Action.OPEN == placed(ANN, words, card("Other", *numbers)).action


def test_one_ground_is_proposed(placed: Make) -> None:
    """What shares the number alone opens a ticket that says which one it may belong to."""
    got = placed(ANN, "The invoice is wrong.", card("Invoice", "BX-9917"))

    assert Action.OPEN == got.action
    assert "possibly-same-matter" in {reason.code for reason in got.reasons}


def test_the_most_alike_is_named_for_one_word_to_join_it(placed: Make) -> None:
    """The ticket is told apart from the reason, so that /merge needs no number."""
    assert (TicketRef(17),) == placed(ANN, "The invoice is wrong.", card("Invoice", "BX-9917")).possibly
    assert () == placed(STRANGER, "The invoice is wrong.", card("Invoice", "BX-9917")).possibly


def test_one_person_with_two_addresses_is_one_person(placed: Make) -> None:
    """The directory knows both: a chaser from home is a chaser."""
    got = placed("ann@home.example", "Any news? The booster pump still leaks at the seal.")

    assert (Action.APPEND, TicketRef(17)) == (got.action, got.ticket)


@pytest.mark.parametrize("sender", [BEN, STRANGER])
def test_only_the_one_who_asked_joins_by_words(placed: Make, sender: str) -> None:
    """A colleague's or a stranger's words alone join nothing."""
    assert Action.OPEN == placed(sender, "Any news? The booster pump still leaks at the seal.").action


def test_an_old_matter_gathers_nothing(placed: Make, make_ticket: Make) -> None:
    """What has rested for two weeks is not taken up by words alone."""
    old = make_ticket(17).updated_at - FRESH - timedelta(hours=1)

    got = placed(ANN, "Any news? The booster pump still leaks at the seal.", updated_at=old)

    assert Action.OPEN == got.action
