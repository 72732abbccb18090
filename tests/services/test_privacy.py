"""What is kept of a person can be had by them, and goes when they want it; on both databases."""

import io
import json
import zipfile
from typing import Any

import pytest
import sqlalchemy as sa

from mailroute.domain.errors import Misconfigured
from mailroute.domain.ticket import TicketRef
from mailroute.services.privacy import Privacy
from mailroute.store import messages, tickets
from mailroute.store.inbox import books
from mailroute.store.schema import metadata

ANN = "ann@borealis.example"
SECRET = "the code of the gate is 4711"


def privacy(house: Any) -> Privacy:
    """Over the house's store."""
    return Privacy(store=house.store, clock=house.clock, directories=house.directories)


def receive(house: Any, name: str, **mail: Any) -> None:
    """A mail worked through."""
    house.processor().process(house.keep(name, **mail))
    house.clock.pass_by(minutes=5)


def sent(house: Any) -> None:
    """All mails have left."""
    with house.store.write() as connection:
        connection.execute(sa.text("UPDATE outbox SET state = 'sent'"))


def everything(house: Any) -> str:
    """Every text and number in the database, as one text."""
    with house.store.read() as connection:
        rows = (
            str(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row))
            for table in metadata.sorted_tables
            for row in connection.execute(sa.text(f'SELECT * FROM "{table.name}"'))
        )
        return "\n".join(rows).lower()


def test_a_person_gets_all_that_is_kept_of_them(house: Any) -> None:
    """Their messages, what was written down of them, what we wrote to them, and their mails byte for byte."""
    receive(house, "Leak", author='"Ann Lee" <ann@borealis.example>', words=f"The pump leaks, {SECRET}.")
    receive(house, "Thanks", author=ANN, words="The invoice 2207 has a wrong total.")
    archive = zipfile.ZipFile(io.BytesIO(privacy(house).export(ANN)))
    person = json.loads(archive.read("person.json"))
    mails = [name for name in archive.namelist() if name.startswith("mails/")]

    assert ["Ann Lee"] == person["names"]
    assert SECRET in person["messages"][0]["text"]
    assert any(SECRET in line["words"] for line in person["account"])
    assert ["ticket-opened"] == [mail["kind"] for mail in person["mails_to_them"]]
    assert SECRET.encode() in archive.read(mails[0])


def test_what_is_erased_is_nowhere_and_the_books_still_close(house: Any) -> None:
    """Words, name and address are in no table any more; ticket, numbers and history stay."""
    receive(house, "Leak", author='"Ann Lee" <ann@borealis.example>', words=f"The pump leaks, {SECRET}.")
    receive(house, "Other", author="joe@borealis.example", words="Another pump drips, please come.")
    sent(house)
    privacy(house).erase(ANN)
    left = everything(house)
    with house.store.read() as connection:
        ticket = tickets.get(connection, TicketRef(1))
        said = messages.messages(connection, TicketRef(1))
        counted = books(connection)

    assert ANN not in left
    assert "ann lee" not in left
    assert "4711" not in left
    assert "another pump drips" in left
    assert ticket is not None
    assert ["[erased]"] == [one.text for one in said]
    assert counted.close


def test_a_mail_on_its_way_is_not_torn_out(house: Any) -> None:
    """While a mail to the person has not left nothing is erased, and it is said why."""
    receive(house, "Leak", author=ANN)
    with pytest.raises(Misconfigured, match="still under way"):
        privacy(house).erase(ANN)


def test_one_of_us_is_not_erased(house: Any) -> None:
    """Staff are in the directory; erasing them would break the history of everybody's tickets."""
    with pytest.raises(Misconfigured, match="one of us"):
        privacy(house).erase("ines@northwind.example")
