"""The account of a client: what was said, found by client, ticket, author and key, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Change
from mailroute.domain.policy import Policy, Service
from mailroute.domain.ticket import Role, Ticket, TicketRef
from mailroute.services.apply import write_change
from mailroute.store import account, tickets
from mailroute.store.account import LineFilter
from mailroute.store.session import Store

ANN = Mailbox("Ann Lee", "Ann@borealis.example")
POLICY = Policy(
    service=Service(name="Northwind", routing_address="desk@northwind.example"), secret=b"of tests"
)
INES = Mailbox("Ines Costa", "ines@northwind.example")


@pytest.fixture
def kept(store: Store, make_ticket: Callable[..., Ticket], noon: datetime) -> Store:
    """Two tickets of one client: a number told on the first, a question of ours on the second."""
    told = AccountLine(
        kind=LineKind.REFERENCE,
        key="serial",
        value="SN 44-1207",
        words="The serial is SN 44-1207.",
        ticket=TicketRef(1),
        organisation="borealis",
        author=ANN,
        role=Role.CLIENT,
        at=noon,
    )
    asked = AccountLine(
        kind=LineKind.QUESTION,
        key="version",
        words="Which version is it?",
        ticket=TicketRef(2),
        organisation="borealis",
        author=INES,
        role=Role.PM,
        staff="ines",
        at=noon + timedelta(days=1),
    )
    with store.write() as connection:
        tickets.insert(connection, make_ticket(1))
        tickets.insert(connection, make_ticket(2))
        account.add_lines(connection, [told, asked])
    return store


def found(store: Store, wanted: LineFilter, **more: int) -> list[str]:
    """The words of what is found."""
    with store.read() as connection:
        return [line.words for line in account.lines(connection, wanted, **more)]


def test_a_line_is_kept_as_it_was_said(kept: Store, noon: datetime) -> None:
    """With author, side, moment and source."""
    with kept.read() as connection:
        (line,) = account.lines(connection, LineFilter(tickets=[TicketRef(2)]))

    assert line == AccountLine(
        id=2,
        kind=LineKind.QUESTION,
        key="version",
        words="Which version is it?",
        ticket=TicketRef(2),
        organisation="borealis",
        author=INES,
        role=Role.PM,
        staff="ines",
        at=noon + timedelta(days=1),
    )


def test_lines_are_found_by_what_is_wanted(kept: Store, noon: datetime) -> None:
    """By client, kind, key, author in any spelling, time, and whether they are open."""
    serial, question = "The serial is SN 44-1207.", "Which version is it?"

    assert found(kept, LineFilter(organisation="borealis")) == [serial, question]
    assert found(kept, LineFilter(organisation="corvus")) == []
    assert found(kept, LineFilter(organisation="borealis", kinds=[LineKind.REFERENCE])) == [serial]
    assert found(kept, LineFilter(organisation="borealis", keys=["version"])) == [question]
    assert found(kept, LineFilter(author="ANN@Borealis.example")) == [serial]
    assert found(kept, LineFilter(organisation="borealis", since=noon + timedelta(hours=1))) == [question]
    assert found(kept, LineFilter(organisation="borealis", until=noon + timedelta(hours=1))) == [serial]
    assert found(kept, LineFilter(tickets=[TicketRef(2)], is_open=True)) == [question]
    assert found(kept, LineFilter(organisation="borealis"), limit=1) == [question]


def test_a_question_that_is_answered_is_open_no_more(kept: Store, noon: datetime) -> None:
    """It keeps when, and by which line; whoever comes second changes nothing."""
    with kept.write() as connection:
        (asked,) = account.open_questions(connection, [TicketRef(2)])
        assert asked.id is not None
        first = account.settle(connection, [asked.id], at=noon, by=1)
        second = account.settle(connection, [asked.id], at=noon + timedelta(days=9))
        after = account.line(connection, asked.id)
        left = account.open_questions(connection, [TicketRef(2)])

    assert (1, 0, []) == (first, second, left)
    assert replace(asked, settled_at=noon, settled_by=1) == after


def test_the_wrong_person_is_put_right_in_the_account(
    kept: Store, make_ticket: Callable[..., Ticket]
) -> None:
    """What was said on the ticket is of the other client, and of the right person; our own words stay ours."""
    right = Mailbox("Cleo Marsh", "cleo@corvus.example")
    with kept.write() as connection:
        for number in (1, 2):
            before = make_ticket(number)
            change = Change(before=before, after=replace(before, requester=right, organisation="corvus"))
            write_change(connection, change, POLICY)
        moved = account.lines(connection, LineFilter(organisation="corvus"))

    assert [(right, Role.CLIENT), (INES, Role.PM)] == [(line.author, line.role) for line in moved]
