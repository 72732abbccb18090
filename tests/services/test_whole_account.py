"""The account to a PM: besides the card, the matter in short, what came before, and what we have asked in vain."""

from typing import Any

from mailroute.domain.issue import Ask, Fact, Issue
from mailroute.domain.tokens import ReplyAudience
from mailroute.services.whole_account import in_short

ANN, INES = "ann@borealis.example", "ines@northwind.example"
LEAK = "Hello,\n\nthe seal of pump 4 leaks since Monday. Please come before Friday.\n\nAnn Lee"


def take(house: Any, name: str, **mail: Any) -> None:
    """A mail worked through; an hour passes."""
    house.processor().process(house.keep(name, **mail))
    house.clock.pass_by(hours=1)


def test_the_next_account_tells_what_came_before_and_what_is_unanswered(house: Any) -> None:
    """The client's last ticket with how it stands, and our question on it with who asked."""
    take(house, "Leak", words=LEAK)
    first = house.mails()["ticket-assigned"].mail
    take(
        house,
        "Question",
        author=INES,
        words="Dear Ann,\n\nwhich firmware is on the controller?\n\nInes",
        head=f"In-Reply-To: {first.message_id}\r\n",
        rcpt_to=(house.token(ReplyAudience.CLIENT),),
    )
    take(house, "Invoice", words="The January invoice 2207 has a wrong total. Could you correct it?")
    second = house.mails()["ticket-assigned"].mail.text

    assert "Before this, with" not in first.text
    assert "- MR-1 Leak: waiting for client, since 3 March 2026, Ines Costa" in second
    assert "- which firmware is on the controller? (Ines Costa, 3 March 2026, MR-1)" in second
    assert "In short:  The January invoice 2207 has a wrong total." in second


def test_an_account_given_by_hand_tells_the_same(house: Any) -> None:
    """Whoever gets a ticket by `/assign` reads what came before, too."""
    take(house, "Leak", words=LEAK)
    take(house, "Invoice", words="The January invoice 2207 has a wrong total. Could you correct it?")
    take(
        house,
        "Hand on",
        author=INES,
        words="/assign lea",
        rcpt_to=(house.token(ReplyAudience.INTERNAL, 2),),
    )
    mail = house.mails()["ticket-assigned"]

    assert ["lea@northwind.example"] == [one.address for one in mail.to]
    assert "- MR-1 Leak: open, since 3 March 2026, Ines Costa" in mail.mail.text


def test_in_short_are_the_sentences_that_tell_most() -> None:
    """Greetings and what is asked are left out; the order is the writer's."""
    text = (
        "Good morning Sam,\n\nI hope you had a good weekend. The press in hall 2 stops with error 12. It is rather "
        "loud here. Serial is P-4471 and we run version 3.2. Could you come?\n"
    )
    card = Issue(
        asks=(Ask("Could you come?", 0, 15, 1.0),),
        facts=(
            Fact("place", "hall 2", 0, 6),
            Fact("error", "error 12", 0, 8),
            Fact("identifier", "P-4471", 0, 6),
            Fact("version", "version 3.2", 0, 11),
        ),
    )

    assert in_short(text, card) == (
        "The press in hall 2 stops with error 12.",
        "Serial is P-4471 and we run version 3.2.",
    )
    assert in_short("", Issue()) == ()
