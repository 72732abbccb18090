"""Sold work from rep to PM, as the whole service does it, on both databases."""

import dataclasses
from typing import Any

from mailroute.domain.directory import Project, ProjectStatus
from mailroute.domain.ticket import Ticket, TicketRef
from mailroute.domain.tokens import ReplyAudience
from mailroute.store import directory as directory_rows
from mailroute.store import messages, tickets

SOLD = """/handoff Ines

Borealis Pumps have signed, order PO-7714.
Scope: two pumps with piping
Promised: a test run before Easter
"""


def receive(house: Any, name: str, **mail: Any) -> None:
    """A mail worked through."""
    house.processor().process(house.keep(name, **mail))
    house.clock.pass_by(hours=1)


def ticket(house: Any, number: int) -> Ticket:
    """As it stands now."""
    with house.store.read() as connection:
        found = tickets.get(connection, TicketRef(number))
    assert found is not None

    return found


def events(house: Any, number: int) -> list[str]:
    """Its history."""
    with house.store.read() as connection:
        return [event.event for event in messages.events(connection, TicketRef(number))]


def answer(house: Any, words: str) -> None:
    """Ines answers the offer."""
    receive(
        house,
        f"Re {words[:12]}",
        author="ines@northwind.example",
        words=words,
        rcpt_to=(house.token(ReplyAudience.INTERNAL),),
    )


def test_an_accepted_hand_off_makes_the_project(house: Any) -> None:
    """The PM has the project with its order number, the rep has words for the client, the history says who did what."""
    receive(house, "New pumps", author="sam@northwind.example", words=SOLD)
    offer, started = house.mails()["handoff-offer"].mail.text, house.mails()["handoff-started"].mail.text
    answer(house, "/accept")
    with house.store.read() as connection:
        (project,) = directory_rows.load(connection).projects

    assert "two pumps with piping" in offer
    assert "a test run before Easter" in offer
    assert "What is it worth, and how is it paid?" in started
    assert ("New pumps", "borealis", "ines", "sam", ("PO-7714",), ProjectStatus.ACTIVE) == (
        project.name,
        project.organisation,
        project.pm,
        project.rep,
        project.references,
        project.status,
    )
    assert ["opened", "handoff-offered", "handoff-accepted"] == [
        e for e in events(house, 1) if "mail" not in e
    ]
    assert "I would like you to meet Ines Costa" in house.mails()["handoff-accepted"].mail.text


def test_a_directory_file_does_not_undo_a_hand_off(house: Any) -> None:
    """What was handed over stays while the file does not know it; what the file says of it later counts."""
    receive(house, "New pumps", author="sam@northwind.example", words=SOLD)
    with house.store.read() as connection:
        file = directory_rows.load(connection)
    answer(house, "/accept")
    closed = Project(key="P-1", name="Pumps", organisation="borealis", status=ProjectStatus.CLOSED)
    with house.store.read() as connection:
        kept = directory_rows.with_handed_over(connection, file).projects
        later = directory_rows.with_handed_over(
            connection, dataclasses.replace(file, projects=(closed,))
        ).projects

    assert [("P-1", ProjectStatus.ACTIVE)] == [(one.key, one.status) for one in kept]
    assert [("P-1", ProjectStatus.CLOSED)] == [(one.key, one.status) for one in later]


def test_only_the_one_it_is_offered_to_can_take_it(house: Any) -> None:
    """The rep cannot accept in the PM's place, and a return needs a reason."""
    receive(house, "New pumps", author="sam@northwind.example", words=SOLD)
    receive(
        house,
        "Me",
        author="sam@northwind.example",
        words="/accept",
        rcpt_to=(house.token(ReplyAudience.INTERNAL),),
    )
    answer(house, "/return")

    assert "open" == ticket(house, 1).status
    assert "say why: /return" in house.mails()["command-result"].mail.text


def test_a_clients_ticket_cannot_be_accepted(house: Any) -> None:
    """/accept on a client's matter changes nothing and says what it is for."""
    receive(house, "Leak")
    answer(house, "/accept")

    assert "only a hand-off can be accepted" in house.mails()["command-result"].mail.text
