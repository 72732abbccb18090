"""What we send to chase an answer asks for nothing that was not asked before."""

import pytest

from mailroute.domain.followups import Tone
from mailroute.followups.wording import TEXTS
from mailroute.ledger.questions import questions
from mailroute.services.account_book import without_quotes


@pytest.mark.parametrize(("tone", "language"), sorted(TEXTS))
def test_a_chasing_text_asks_nothing_anew(tone: Tone, language: str) -> None:
    """Nudges and firm texts repeat a question; the ledger has it once."""
    text = TEXTS[tone, language].format(
        name=" Ann Lee",
        colleague="Tom Hale",
        title="Spare parts: the winder",
        asked_on="9. Oktober 2026",
        answer_by="20. Oktober 2026",
        question="> When did it begin?\n>\n> Which version is it?",
        author="Sam Reed",
    )

    assert () == questions(without_quotes(text))


def test_a_question_before_a_quote_is_one() -> None:
    """Only what leads to the quote goes with it."""
    text = "Could you send the serial number? You wrote:\n\n> it leaks\n\nThanks"

    assert ["serial"] == [question.key for question in questions(without_quotes(text))]


@pytest.mark.parametrize(
    "words",
    [
        "Please write if anything is left open.",
        "merci de votre message.",
        "Veuillez excuser le retard.",
        "Bitte melden Sie sich bis zum 9. Mai.",
        "Merci de nous répondre au plus tard le 9 mai.",
    ],
)
def test_courtesies_want_no_answer(words: str) -> None:
    """A kind word at the end of a mail is no open question."""
    assert () == questions(words)
