"""Sentences in which something is wanted."""

from collections.abc import Callable

import pytest

from mailroute.domain.issue import Issue


@pytest.mark.parametrize(
    "sentence",
    [
        "Could you send someone before Friday?",
        "Please advise which one governs.",
        "We need the report by Monday.",
        "I'd like to move the visit to May.",
        "Let me know what it costs.",
        "When is it coming?",
        "Send it to the new address.",
        "Would it be possible to add an export?",
        "Somebody needs to come today.",
        "A short call would be appreciated.",
        "Bitte prüfen Sie die Rechnung.",
        "Können Sie das bis Freitag erledigen?",
        "Wir brauchen zwei weitere Schlüssel.",
        "Pourriez-vous nous envoyer un avoir ?",
        "Merci de nous rappeler.",
        "Appelez-moi demain matin.",
    ],
)
def test_ask(card: Callable[..., Issue], sentence: str) -> None:
    """A request, question or need is found as its exact sentence."""
    text = f"The machine stands in hall 3. {sentence} It is the blue one."
    asks = card(text).asks

    assert [sentence] == [a.text for a in asks]
    assert [sentence] == [text[a.start : a.end] for a in asks]


@pytest.mark.parametrize(
    "sentence",
    [
        "Thank you for sending the brochure.",
        "The pump broke on Sunday.",
        "Please find attached the photos.",
        "No need to reply.",
        "We have cleaned the filter.",
        "Order number TB-4012",
        "The phone stays the same.",
        "Der Monteur war gestern hier.",
        "Nous avons vidé le cache.",
    ],
)
def test_no_ask(card: Callable[..., Issue], sentence: str) -> None:
    """Thanks, reports and enclosures want nothing."""
    assert () == card(sentence).asks


def test_items_of_a_wish_list(card: Callable[..., Issue]) -> None:
    """The entries under a line that announces wishes are asks, without their marks."""
    asks = card("What we would like to have:\n\n1. a larger screen\n2. a second handle\n").asks

    assert ["a larger screen", "a second handle"] == [a.text for a in asks][-2:]


def test_sign_off_asks_for_nothing(card: Callable[..., Issue]) -> None:
    """What stands under the sign-off is not asked."""
    sign_off = "Kind regards\nAnn Lee\nCall centre manager"
    text = f"Please call me.\n\n{sign_off}\n\nPlease think before you print this confidential mail."

    assert ["Please call me."] == [a.text for a in card(text).asks]


@pytest.mark.parametrize(
    "text",
    [
        "Perhaps we could meet on site next week.",
        "Tuesday at ten works for me.",
        "If the lamp stays red, call the porter first.",
        "I would like to discuss the second offer with you.",
        "You may want to check the seal as well.",
    ],
)
def test_a_proposal_is_an_ask(card: Callable[..., Issue], text: str) -> None:
    """A meeting, a time, a piece of advice: the reader has to answer or to act."""
    assert [text] == [ask.text for ask in card(text).asks]


def test_small_print_asks_nothing(card: Callable[..., Issue]) -> None:
    """What stands below every mail of a firm is no ask, however it is worded."""
    text = "If you are not the intended recipient, please delete this message."

    assert () == card(text).asks
