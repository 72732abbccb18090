"""What a reply asks, cut into single questions; what was promised; what an answer settles; the figures."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.address import Mailbox
from mailroute.domain.ticket import Role, TicketRef
from mailroute.ledger.measures import Explained, explained
from mailroute.ledger.promises import promises
from mailroute.ledger.questions import questions
from mailroute.ledger.sentences import around, sentences
from mailroute.ledger.settling import answers

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
ANN, INES = Mailbox("Ann Lee", "ann@borealis.example"), Mailbox("Ines Costa", "ines@northwind.example")


def line(
    kind: LineKind, words: str, hours: int = 0, ticket: int = 1, *, key: str = "", value: str = ""
) -> AccountLine:
    """A line of the account, said some hours after noon."""
    ours = kind is LineKind.QUESTION
    return AccountLine(
        id=hours,
        kind=kind,
        words=words,
        ticket=TicketRef(ticket),
        organisation="borealis",
        author=INES if ours else ANN,
        role=Role.PM if ours else Role.CLIENT,
        at=NOW + timedelta(hours=hours),
        key=key,
        value=value,
    )


def test_a_message_is_read_sentence_by_sentence() -> None:
    """Wrapped lines belong together, list entries stand alone, abbreviations end nothing."""
    text = (
        "Dear Ms. Lee,\n\nthe pump of order no. 7 that we delivered to your plant in\nMarch is ready. Please tell us:\n"
        "- which gate\n- what time\n"
    )

    assert sentences(text) == (
        "Dear Ms. Lee,",
        "the pump of order no. 7 that we delivered to your plant in March is ready.",
        "Please tell us:",
        "which gate",
        "what time",
    )
    assert around(text, text.index("March"), text.index("March") + 5) == sentences(text)[1]


@pytest.mark.parametrize(
    ("reply", "asked"),
    [
        ("Could you send me the serial number and the firmware version?", [("serial", 0), ("version", 0)]),
        ("Which room is it in, and since when does it leak?", [("place", 0), ("since", 0)]),
        ("Please send me the serial number and a photo of the seal.", [("serial", 0), ("", 1)]),
        ("Is it still leaking?", [("", 1)]),
        ("What is the serial number of the pump? Kind regards", [("serial", 0)]),
        ("Könnten Sie mir die Seriennummer und den Standort nennen?", [("serial", 0), ("place", 0)]),
        ("Merci de m'indiquer le numéro de commande.", [("order", 0)]),
        ("We will send you the serial number of the new pump.", []),
        ("Thank you for the serial number.", []),
    ],
)
def test_each_thing_that_is_asked_is_a_question(reply: str, asked: list[tuple[str, int]]) -> None:
    """With the fact that it is about, and whether it must be news."""
    assert asked == [(one.key, int(one.is_new)) for one in questions(reply)]


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("I will send you the drawing by Friday.", True),
        ("We'll call you tomorrow.", True),
        ("Wir schicken Ihnen das Teil bis Freitag.", True),
        ("Je vous enverrai le devis lundi.", True),
        ("Will you send it?", False),
        ("Otherwise we will cancel the order.", False),
        ("I will be away until Monday.", False),
    ],
)
def test_a_promise_is_what_its_author_will_do(text: str, promised: bool) -> None:
    """In three languages; questions, threats and absences are none."""
    assert promised == (promises(text) == (text,))


@pytest.mark.parametrize(
    ("asked", "text", "has_files", "settled"),
    [
        ("Which firmware is it?", "It is firmware 4.2.", False, True),
        ("Which firmware is it?", "I have to look.", False, False),
        ("Could you send me a photo of the seal?", "Here it is.", True, True),
        ("Was the seal ever replaced?", "No, never.", False, True),
        ("Was the seal ever replaced?", "The seal was replaced in 2022.", False, True),
        ("Was the seal ever replaced?", "When do you come?", False, False),
    ],
)
def test_an_answer_settles_its_question(asked: str, text: str, *, has_files: bool, settled: bool) -> None:
    """By the fact, by the file that was asked for, by a yes or no, or by speaking of the same."""
    [question] = questions(asked)
    open_line = line(LineKind.QUESTION, asked, key=question.key, value=question.part)
    said = [line(LineKind.FACT, one, 1) for one in sentences(text)]

    assert settled == bool(answers([open_line], said, text=text, has_files=has_files, now=NOW))


def test_the_figures_count_what_a_client_went_through() -> None:
    """One ticket understood at once, one that took a second mail, one on which we asked in vain."""
    answered = line(LineKind.QUESTION, "Which firmware is it?", 1, ticket=2)
    in_vain = line(LineKind.QUESTION, "What is the serial?", 1, ticket=3)
    lines = [
        line(LineKind.MOOD, "It leaks."),
        line(LineKind.MOOD, "It leaks.", ticket=2),
        replace(answered, settled_at=NOW + timedelta(hours=2)),
        line(LineKind.MOOD, "It is 4.2.", 2, ticket=2),
        line(LineKind.MOOD, "Serial 44-1207 leaks.", ticket=3),
        replace(in_vain, settled_at=NOW),
    ]
    figures = explained(lines)

    assert Explained(tickets=3, once=1, questions=2, open=0, asked_twice=1, mails=4) == figures
    assert (1 / 3, 4 / 3) == (figures.rate, figures.mails_needed)
    assert None is explained([]).rate
