"""Taking the last change of a ticket back by a line in a mail."""

from typing import Any

import pytest

from mailroute.domain.ticket import Status, Ticket, TicketRef
from mailroute.domain.tokens import ReplyAudience
from mailroute.store import messages, tickets

INES = "ines@northwind.example"
SEAL = "The shaft seal of pump four leaks again since Monday morning, please come and look at it soon."


def ticket(house: Any, number: int = 1) -> Ticket:
    """As it stands."""
    with house.store.read() as connection:
        found = tickets.get(connection, TicketRef(number))
    assert found is not None

    return found


def events(house: Any) -> list[str]:
    """What has happened to MR-1."""
    with house.store.read() as connection:
        return [one.event for one in messages.events(connection, TicketRef(1))]


def says(house: Any, line: str, audience: ReplyAudience = ReplyAudience.INTERNAL) -> None:
    """Ines writes one line about MR-1."""
    number = len(house.written())
    entry = house.keep(f"{line} {number}", author=INES, words=line, rcpt_to=(house.token(audience),))
    house.processor().process(entry)


@pytest.fixture
def one(small_house: Any) -> Any:
    """A house with MR-1."""
    small_house.processor().process(small_house.keep("Seal", words=SEAL))
    return small_house


def test_the_last_change_is_taken_back(one: Any) -> None:
    """By a new event; the old one stays in the history, and the mail back says what was done."""
    says(one, "/close")
    says(one, "/undo")

    assert Status.OPEN is ticket(one).status
    assert ["closed", "undone"] == events(one)[-2:]
    assert "took back “closed”" in one.mails()["command-result"].mail.text


def test_it_needs_a_mark_of_ours(one: Any) -> None:
    """Taking a change back may send client mail elsewhere: the client's address alone is not enough."""
    says(one, "/close")
    says(one, "/undo", ReplyAudience.CLIENT)

    assert Status.CLOSED is ticket(one).status
    assert "NOT done" in one.mails()["command-result"].mail.text


def test_with_nothing_to_take_back_it_says_so(one: Any) -> None:
    """And does nothing."""
    says(one, "/undo")

    assert "nothing to take back" in one.mails()["command-result"].mail.text
