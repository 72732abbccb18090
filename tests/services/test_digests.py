"""Digests: on working days at the hour, once, never empty; answered line by line; on both databases."""

from datetime import UTC, datetime
from typing import Any

import pytest

from mailroute.domain.digest import Frequency
from mailroute.domain.ticket import Status, TicketRef
from mailroute.domain.tokens import ReplyAudience, read_message_id
from mailroute.services.digests import DigestDesk
from mailroute.store import tickets

MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


def desk(house: Any) -> DigestDesk:
    """The digests of the house."""
    return DigestDesk(
        store=house.store,
        compose=house.compose,
        enqueue=lambda connection, mail: house.enqueue(connection, mail, None),
        policy=house.policy,
        clock=house.clock,
        directories=house.directories,
    )


def receive(house: Any, name: str, **mail: Any) -> None:
    """A mail worked through."""
    house.processor().process(house.keep(name, **mail))
    house.clock.pass_by(minutes=5)


def digests(house: Any) -> list[tuple[str, str]]:
    """To whom a digest went, and its text, oldest first."""
    from mailroute.store import outbox

    with house.store.read() as connection:
        items = reversed(outbox.listing(connection, limit=100))
        return [(item.to[0].address, item.mail.text) for item in items if item.kind == "digest"]


def status(house: Any, number: int = 1) -> Status:
    """How a ticket stands."""
    with house.store.read() as connection:
        found = tickets.get(connection, TicketRef(number))
    assert found is not None

    return found.status


def test_each_of_us_gets_their_own_view_once(house: Any) -> None:
    """The next morning rep, PM and lead read the same ticket through their own eyes; a second look sends nothing."""
    receive(house, "Leak")
    house.clock.at = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
    first = desk(house).send_due()
    again = desk(house).send_due()
    sent = digests(house)

    assert 0 == again
    assert first == len(sent)
    assert {"sam@northwind.example", "ines@northwind.example", "lea@northwind.example"} <= {
        to for to, _ in sent
    }
    assert all(
        "MR-1" in text for to, text in sent if to in {"sam@northwind.example", "ines@northwind.example"}
    )
    assert any("all accounted for" in text for to, text in sent if to == "lea@northwind.example")


@pytest.mark.parametrize(
    "moment", [datetime(2026, 3, 7, 8, 0, tzinfo=UTC), datetime(2026, 3, 9, 7, 0, tzinfo=UTC)]
)
def test_no_digest_at_the_weekend_or_before_the_hour(house: Any, moment: datetime) -> None:
    """Saturday stays quiet, and so does Monday before half past seven."""
    receive(house, "Leak")
    house.clock.at = moment

    assert 0 == desk(house).send_due()


def test_nobody_gets_an_empty_digest(house: Any) -> None:
    """Where nothing has happened nobody hears of it."""
    house.clock.at = MONDAY

    assert 0 == desk(house).send_due()


def test_the_off_switch_holds(house: Any) -> None:
    """Who wants none gets none; the others get theirs."""
    receive(house, "Leak")
    desk(house).choose("sam", Frequency.OFF)
    house.clock.at = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
    desk(house).send_due()

    assert "sam@northwind.example" not in {to for to, _ in digests(house)}


def answer_to_digest(house: Any, author: str, words: str) -> None:
    """One of us answers the digest, with what their mail program quotes below and between."""
    mail = house.mails()["digest"].mail
    assert read_message_id(house.policy.secret, mail.message_id) is not None
    receive(
        house,
        "Re digest",
        author=author,
        words=words,
        head=f"In-Reply-To: {mail.message_id}\r\n",
    )


def test_a_line_is_answered_by_a_command_below_it(house: Any) -> None:
    """A command written below a quoted line is done to that line's ticket, and the author is told."""
    receive(house, "Leak")
    receive(house, "Invoice", words="The invoice 2207 has a wrong total, please correct it.")
    house.clock.at = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
    desk(house).send_due()
    answer_to_digest(
        house,
        "ines@northwind.example",
        "> - MR-1  Leak, Borealis Pumps\r\n\r\n> - MR-2  Invoice, Borealis Pumps\r\n/close\r\n",
    )

    assert (Status.OPEN, Status.CLOSED) == (status(house, 1), status(house, 2))
    assert "MR-2 /close" in house.mails()["command-result"].mail.text
    assert ["MR-1", "MR-2"] == house.refs()


def test_a_number_before_a_command_is_enough(house: Any) -> None:
    """`MR-1 /close` in a new mail does it too, and /digest chooses how often the next one comes."""
    receive(house, "Leak")
    receive(house, "Orders", author="ines@northwind.example", words="MR-1 /close\r\n/digest off")
    house.clock.at = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
    desk(house).send_due()

    assert Status.CLOSED is status(house)
    assert "no more digests" in house.mails()["command-result"].mail.text
    assert "ines@northwind.example" not in {to for to, _ in digests(house)}


def test_the_choice_alone_is_enough(house: Any) -> None:
    """A mail that says nothing but /digest off is one of those that need no ticket."""
    receive(house, "Leak")
    receive(house, "No digest, please", author="ines@northwind.example", words="/digest off")
    house.clock.at = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
    desk(house).send_due()

    assert "no more digests" in house.mails()["command-result"].mail.text
    assert "ines@northwind.example" not in {to for to, _ in digests(house)}


def test_nobody_else_can_answer_for_us(house: Any) -> None:
    """A client's `MR-1 /close` is words like others."""
    receive(house, "Leak")
    receive(house, "Orders", words="MR-1 /close")

    assert Status.OPEN is status(house)


def test_what_was_answered_is_asked_about_once(house: Any) -> None:
    """Three working days after an answer that left nothing due the PM is asked whether it is done: in one digest."""
    receive(house, "Leak")
    receive(
        house,
        "Answer",
        author="ines@northwind.example",
        words="The fitter was with you this morning, and the seal is tight.",
        rcpt_to=(house.token(ReplyAudience.CLIENT),),
        head=f"In-Reply-To: {house.mails()['ticket-assigned'].mail.message_id}\r\n",
    )
    for day in (4, 5, 6, 9, 10):
        house.clock.at = datetime(2026, 3, day, 8, 0, tzinfo=UTC)
        desk(house).send_due()
    mine = [text for to, text in digests(house) if to == "ines@northwind.example"]
    asked = [text for text in mine if "answered on 2026-03-03, nothing has come since" in text]

    assert 1 == len(asked)
    assert not any("Your move" in text for text in mine)


def test_promises_of_both_sides_stand_in_the_digest(house: Any) -> None:
    """Ann's that is late, and Ines's that was kept since the last digest, with the words that show it."""
    receive(house, "Leak", words="Pump 4 leaks. I will send you the photos by 5 March.")
    for name, words in (
        ("Promise", "We will send you the seal by 20 March."),
        ("Sent", "The seal was shipped today."),
    ):
        head = f"In-Reply-To: {house.mails()['ticket-assigned'].mail.message_id}\r\n"
        receive(
            house,
            name,
            author="ines@northwind.example",
            words=words,
            rcpt_to=(house.token(ReplyAudience.CLIENT),),
            head=head,
        )
    house.clock.at = MONDAY
    desk(house).send_due()
    mine = "\n".join(text for to, text in digests(house) if to == "ines@northwind.example")

    assert "promised it for 2026-03-05: late" in mine
    assert "Ines Costa kept it on 2026-03-03 (“The seal was shipped today.”)" in mine
