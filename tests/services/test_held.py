"""A message in the name of staff that nothing proves: both the lead and the one it names are asked, and may decide."""

from email import message_from_bytes
from email.utils import parseaddr
from typing import Any

import pytest

from mailroute.domain.received import InboxId, Verdict
from mailroute.store import inbox, outbox, tickets
from mailroute.store.tables import InboxState

SAM, LEA, MALLORY = "sam@northwind.example", "lea@northwind.example", "mallory@evil.example"


@pytest.fixture
def held(small_house: Any) -> InboxId:
    """The entry of a mail from Sam's address that nobody vouches for."""
    entry = small_house.keep(
        "Won order", author=SAM, words="Please call Ann about the seal.", vouched=Verdict.NONE
    )
    small_house.processor().process(entry)
    return InboxId(entry)


def answer_address(house: Any, reader: str) -> str:
    """Where *reader* was told to answer about the held message."""
    with house.store.read() as connection:
        mails = [one for one in outbox.listing(connection) if one.kind == "held"]
    raw = next(one.mail.raw for one in mails if one.to[0].address == reader)
    return parseaddr(str(message_from_bytes(raw)["Reply-To"]))[1]


def state_of(house: Any, entry: InboxId) -> InboxState:
    """Where the entry stands."""
    with house.store.read() as connection:
        line = inbox.line(connection, entry)
    assert line is not None

    return line.state


def answer(house: Any, author: str, to: str, words: str) -> None:
    """*author* answers, with nothing but the address to prove it."""
    entry = house.keep(f"Re {words}", author=author, words=words, rcpt_to=(to,), vouched=Verdict.NONE)
    house.processor().process(entry)


def test_the_lead_and_the_one_it_names_are_asked(small_house: Any, held: InboxId) -> None:
    """Two mails ask about it, one to the lead and one to whose name it bears; it waits."""
    with small_house.store.read() as connection:
        asked = {one.to[0].address for one in outbox.listing(connection) if one.kind == "held"}

    assert {SAM, LEA} == asked
    assert InboxState.HELD == state_of(small_house, held)


@pytest.mark.parametrize("who", [SAM, LEA])
def test_yes_lets_it_in(small_house: Any, held: InboxId, who: str) -> None:
    """A yes at the address that only they were told makes a ticket of it at once, as its author's."""
    answer(small_house, who, answer_address(small_house, who), "Yes, that was me.")

    with small_house.store.read() as connection:
        [ticket] = tickets.listing(connection)
    assert SAM == ticket.requester.address
    assert InboxState.DONE == state_of(small_house, held)


def test_no_drops_it(small_house: Any, held: InboxId) -> None:
    """A no puts it aside for good, and opens nothing."""
    answer(small_house, SAM, answer_address(small_house, SAM), "No!")

    with small_house.store.read() as connection:
        assert [] == tickets.listing(connection)
        assert InboxState.DONE == state_of(small_house, held)
        assert inbox.books(connection).close


def test_a_stranger_with_the_address_decides_nothing(small_house: Any, held: InboxId) -> None:
    """The address alone, without being one of us, lets nothing in."""
    answer(small_house, MALLORY, answer_address(small_house, SAM), "Yes")

    assert InboxState.HELD == state_of(small_house, held)


def test_without_the_address_a_yes_is_just_another_unproved_mail(small_house: Any, held: InboxId) -> None:
    """Whoever writes in Sam's name to the desk is held like the first mail."""
    answer(small_house, SAM, "issues@northwind.example", "Yes")

    with small_house.store.read() as connection:
        assert 2 == inbox.books(connection).held
    assert InboxState.HELD == state_of(small_house, held)


def test_any_other_word_decides_nothing(small_house: Any, held: InboxId) -> None:
    """What is neither yes nor no leaves the message waiting."""
    answer(small_house, SAM, answer_address(small_house, SAM), "What is this about?")

    assert InboxState.HELD == state_of(small_house, held)


def test_any_other_word_is_answered(small_house: Any, held: InboxId) -> None:
    """With what to write: no word of ours is swallowed."""
    answer(small_house, SAM, answer_address(small_house, SAM), "What is this about?")
    back = small_house.mails()["command-result"]

    assert SAM == back.to[0].address
    assert "write yes to let it in as theirs, or no to drop it" in back.mail.text


def test_a_refuted_word_decides_nothing(small_house: Any, held: InboxId) -> None:
    """Whoever has the address and Sam's name, while the checks of his domain fail."""
    address = answer_address(small_house, SAM)
    entry = small_house.keep("Re: yes", author=SAM, words="yes", rcpt_to=(address,), vouched=Verdict.FAIL)
    small_house.processor().process(entry)

    assert InboxState.HELD == state_of(small_house, held)
    assert InboxState.HELD == state_of(small_house, InboxId(entry))
