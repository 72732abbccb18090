"""One line of the client corrects the ticket where it is plain, and is an ordinary message where it is not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mailroute.domain.decisions import Outcome
from mailroute.domain.issue import Ask, Deadline, Fact, Issue
from mailroute.domain.policy import Policy
from mailroute.domain.ticket import Move, Status, Ticket
from mailroute.domain.tokens import ReplyAudience, ReplyToken, reply_address
from mailroute.services.decide import decide

ANN = "ann.lee@borealis.example"
TITLE = "Pump 4 leaks in the north hall"
CARD = Issue(
    title=TITLE,
    asks=(Ask("Please send a fitter for pump 4.", 0, 32, 0.9),),
    deadlines=(Deadline(date(2026, 3, 6), "by Friday", 0, 9, 0.9),),
    facts=(Fact("serial-number", "44-1207", 0, 7),),
)
Answer = Callable[..., Outcome]


@pytest.fixture
def answer(
    make_parsed: Callable[..., Any],
    make_facts: Callable[..., Any],
    make_ticket: Callable[..., Ticket],
    policy: Policy,
) -> Answer:
    """What follows when Ann answers the acknowledgement of MR-17; it is Tuesday, 3 March 2026."""

    def run(words: str, *, card: Issue = CARD, **ticket: Any) -> Outcome:
        token = reply_address(
            policy.secret, policy.service.routing_address, ReplyToken(ReplyAudience.CLIENT, 17)
        )
        here = make_ticket(title=TITLE, issue=card, **ticket)
        facts = make_facts(make_parsed(ANN, words), rcpt_to=(token,), tickets=(here,), issue=Issue())
        return decide(facts)

    return run


def after(outcome: Outcome) -> Ticket:
    """The ticket as it is then."""
    assert outcome.ticket is not None

    return outcome.ticket


def events(outcome: Outcome) -> list[str]:
    """What has happened."""
    return [event.event for event in outcome.events]


def remarks(outcome: Outcome) -> list[str]:
    """What the PM is told beside the words."""
    return [line for draft in outcome.drafts for line in draft.context["message"].get("remarks", ())]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("The deadline is Monday.", date(2026, 3, 9)),
        ("Sorry, the deadline is 20 March, not 6 March.", date(2026, 3, 20)),
        ("We need it by 12 March at the latest.", date(2026, 3, 12)),
        ("Der Termin ist der 20. März, nicht Freitag.", date(2026, 3, 20)),
        ("Nicht Freitag, sondern Montag.", date(2026, 3, 9)),
        ("La date limite est le 20 mars.", date(2026, 3, 20)),
    ],
)
def test_the_day_is_corrected(answer: Answer, words: str, day: date) -> None:
    """The day named takes the place of the one that was read; the history keeps both, and the PM is told."""
    outcome = answer(words)

    assert [day] == [one.date for one in after(outcome).issue.deadlines]
    assert ["client-corrected", "client-wrote"] == events(outcome)
    assert any(day.isoformat() in line for line in remarks(outcome))


@pytest.mark.parametrize(
    "words",
    [
        "Is the deadline still Friday?",
        "Our fitter was here on Monday.",
        "We can offer Monday or Wednesday for the visit.",
        "The deadline is Monday or Tuesday, I must ask.",
    ],
)
def test_a_day_that_is_no_plain_deadline_corrects_nothing(answer: Answer, words: str) -> None:
    """Questions, days of something else, and two days at once are ordinary messages."""
    outcome = answer(words)

    assert CARD.deadlines == after(outcome).issue.deadlines
    assert ["client-wrote"] == events(outcome)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("It is pump 7, not 4.", "Pump 7 leaks in the north hall"),
        ("it's pump 7, not pump 4", "Pump 7 leaks in the north hall"),
        ("Not the north hall but the boiler house.", "Pump 4 leaks in the boiler house"),
        ("Es ist Pumpe 7, nicht Pump 4.", "Pumpe 7 leaks in the north hall"),
        ("Nicht Pump 4, sondern Pump 7.", "Pump 7 leaks in the north hall"),
        ("C'est pump 7, pas pump 4.", "Pump 7 leaks in the north hall"),
    ],
)
def test_what_something_is_called_is_corrected(answer: Answer, words: str, title: str) -> None:
    """In the title and in what is asked."""
    outcome = answer(words)

    assert title == after(outcome).title
    assert "client-corrected" == events(outcome)[0]


def test_numbers_are_corrected_too(answer: Answer) -> None:
    """A fact that the client need not be asked again must be the right one."""
    outcome = answer("The serial is 44-1270, not 44-1207.")

    assert ["44-1270"] == [fact.value for fact in after(outcome).issue.facts]


@pytest.mark.parametrize(
    "words",
    ["It is urgent, not a joke.", "We are not the owner, but the tenant.", "That is fine, not to worry."],
)
def test_a_pair_that_is_not_on_the_card_corrects_nothing(answer: Answer, words: str) -> None:
    """It is an ordinary message."""
    outcome = answer(words)

    assert TITLE == after(outcome).title
    assert ["client-wrote"] == events(outcome)


@pytest.mark.parametrize(
    "words",
    ["Please close, solved.", "Hat sich erledigt, danke!", "C'est réglé, merci.", "It works again, thanks."],
)
def test_that_it_is_settled_is_told_to_the_pm(answer: Answer, words: str) -> None:
    """Who closes; the client's word alone does not."""
    outcome = answer(words)

    assert (Status.OPEN, Move.PM) == (after(outcome).status, after(outcome).whose_move)
    assert "client-says-settled" == events(outcome)[0]
    assert any("/close" in line for line in remarks(outcome))


@pytest.mark.parametrize(
    "words", ["It is not solved.", "Noch nicht erledigt.", "If it is fixed by Friday we close."]
)
def test_what_is_not_settled_is_not_taken_for_it(answer: Answer, words: str) -> None:
    """Whoever says not, still or if."""
    assert "client-says-settled" not in events(answer(words))


def test_thanks_for_what_is_settled_do_not_bring_it_back(answer: Answer) -> None:
    """A resolved ticket stays so, with the words on it."""
    outcome = answer("Solved, thank you!", status=Status.RESOLVED, whose_move=Move.NOBODY)

    assert (Status.RESOLVED, Move.NOBODY) == (after(outcome).status, after(outcome).whose_move)
    assert "reopened" not in events(outcome)
    assert 1 == len(outcome.messages)


def test_what_one_of_us_has_put_right_stays(answer: Answer) -> None:
    """People overrule what is read, and the client's line is read."""
    outcome = answer("The deadline is Monday.", card=replace(CARD, corrected=("deadlines",)))

    assert CARD.deadlines == after(outcome).issue.deadlines


def test_a_long_message_is_an_ordinary_one(answer: Answer) -> None:
    """Corrections are short; in a long story "A, not B" may mean anything."""
    story = "We looked at everything again this morning and talked to the people of the night shift. " * 3
    outcome = answer(f"{story} It is pump 7, not 4.")

    assert TITLE == after(outcome).title


@pytest.mark.parametrize(
    "words",
    [
        "Thank you, that helps.",
        "Perfect, that was quick. Thank you.",
        "Vielen Dank, das hilft uns. Mit der letzten Reparatur waren wir sehr zufrieden.",
        "Merci beaucoup, c'est parfait.",
    ],
)
def test_thanks_alone_bring_nothing_back(answer: Answer, words: str) -> None:
    """A resolved ticket stays resolved when the client says nothing but thanks and kind words."""
    thanked = after(answer(words, status=Status.RESOLVED, whose_move=Move.NOBODY))

    assert (thanked.status, thanked.whose_move) == (Status.RESOLVED, Move.NOBODY)


@pytest.mark.parametrize(
    "words",
    [
        "Thank you. The pump drips at the other side now.",
        "Thanks, but the noise is back.",
        "Danke, leider ist der Fehler wieder da.",
    ],
)
def test_thanks_with_news_bring_it_back(answer: Answer, words: str) -> None:
    """What tells something besides thanks is a word on the matter, and opens a resolved ticket again."""
    told = after(answer(words, status=Status.RESOLVED, whose_move=Move.NOBODY))

    assert (told.status, told.whose_move) == (Status.OPEN, Move.PM)
