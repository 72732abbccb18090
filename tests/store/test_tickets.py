"""Tickets and who is on them, on both databases."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.errors import TryLater
from mailroute.domain.issue import Ask, Deadline, Issue, IssueType, Person, TypeFinding, TypeGuess
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Move, Participant, Role, Routing, Status, Ticket, TicketRef
from mailroute.store import tickets
from mailroute.store.session import Store

Make = Callable[..., Ticket]


def whole(make_ticket: Make) -> Ticket:
    """A ticket in which nothing is left empty."""
    why = (Reason("project-named", "“hall 4”"),)
    return make_ticket(
        7,
        project="P4",
        pm="ines",
        status=Status.OPEN,
        routing=Routing(pm="ines", rule="project-owner", sure=0.97, reasons=why, passed=why),
        issue=Issue(
            title="Pumpe 4 läuft aus\x00",
            type=TypeFinding(IssueType.DEFECT, 0.9, (TypeGuess(IssueType.DELAY, 0.1),)),
            asks=(Ask("Send someone.", 3, 16, 0.8),),
            deadlines=(Deadline(date(2026, 3, 6), "by Friday", 20, 29, 0.7),),
            people=(Person(name="Ann Lee", phone="+49 30 1234"),),
            language="de",
        ),
        participants=(
            Participant(mailbox=Mailbox("Ann", "ann@borealis.example"), role=Role.CLIENT, reason=why[0]),
            Participant(mailbox=Mailbox(None, None), role=Role.STRANGER, reason=why[0]),
        ),
    )


def test_a_ticket_reads_back_as_it_was(store: Store, make_ticket: Make) -> None:
    """Issue, routing, reasons and participants survive the database; NUL becomes a replacement character."""
    ticket = whole(make_ticket)
    with store.write() as connection:
        tickets.insert(connection, ticket)
    with store.read() as connection:
        found = tickets.get(connection, ticket.ref)

    assert replace(ticket, issue=replace(ticket.issue, title="Pumpe 4 läuft aus\ufffd")) == found


def test_a_ticket_changes_as_a_whole(store: Store, make_ticket: Make, noon: datetime) -> None:
    """An update overwrites state and participants, and gives the ticket its next version."""
    ticket = whole(make_ticket)
    later = replace(
        ticket,
        status=Status.WAITING,
        whose_move=Move.CLIENT,
        updated_at=noon + timedelta(hours=1),
        version=2,
        participants=ticket.participants[:1],
    )
    with store.write() as connection:
        tickets.insert(connection, ticket)
        tickets.update(connection, later, expected_version=1)
    with store.read() as connection:
        found = tickets.get_many(connection, [ticket.ref, TicketRef(99)])

    assert [ticket.ref] == list(found)
    assert (Status.WAITING, Move.CLIENT, 2, ticket.participants[:1]) == (
        found[ticket.ref].status,
        found[ticket.ref].whose_move,
        found[ticket.ref].version,
        found[ticket.ref].participants,
    )


def test_a_change_made_on_an_old_view_is_refused(store: Store, make_ticket: Make) -> None:
    """Who decided on a ticket that somebody changed meanwhile must decide again; nothing is overwritten."""
    ticket = make_ticket(1)
    with store.write() as connection:
        tickets.insert(connection, ticket)
        tickets.update(connection, replace(ticket, title="Theirs", version=2), expected_version=1)
    with pytest.raises(TryLater), store.write() as connection:
        tickets.update(connection, replace(ticket, title="Mine", version=2), expected_version=1)
    with pytest.raises(TryLater), store.write() as connection:
        tickets.update(connection, make_ticket(2), expected_version=1)
    with store.read() as connection:
        found = tickets.get(connection, ticket.ref)

    assert found is not None
    assert found.title == "Theirs"


def test_a_number_is_given_once(store: Store, make_ticket: Make) -> None:
    """A second ticket under the same number is refused as work that somebody else has just done."""
    with store.write() as connection:
        tickets.insert(connection, make_ticket(1))
    with pytest.raises(TryLater), store.write() as connection:
        tickets.insert(connection, make_ticket(1))


def test_numbers_leave_no_gaps_for_messages_that_open_no_ticket(store: Store, make_ticket: Make) -> None:
    """The next number stays the next until a ticket takes it."""
    refs = []
    for opens in (False, True, False, False, True):
        with store.write() as connection:
            refs.append(tickets.next_ref(connection))
            if opens:
                tickets.insert(connection, make_ticket(refs[-1].number))
    with store.read() as connection:
        expected = tickets.expected_ref(connection)

    assert [ref.number for ref in refs] == [1, 1, 2, 2, 2]
    assert TicketRef(3) == expected


def test_two_who_ask_at_once_get_two_numbers(store: Store, make_ticket: Make) -> None:
    """Transactions side by side never share a number: threads opening 20 tickets get 1 to 20."""
    refs: list[int] = []

    def open_tickets() -> None:
        for _ in range(5):
            with store.write() as connection:
                ref = tickets.next_ref(connection)
                tickets.insert(connection, make_ticket(ref.number))
            refs.append(ref.number)

    threads = [threading.Thread(target=open_tickets) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(range(1, 21)) == sorted(refs)


def test_lists_show_what_was_asked_for(store: Store, make_ticket: Make) -> None:
    """A list is newest first, by any of its filters, a page at a time."""
    with store.write() as connection:
        for number in range(1, 7):
            pm = "ines" if number % 2 else "kai"
            status = Status.OPEN if number < 5 else Status.CLOSED
            tickets.insert(connection, make_ticket(number, pm=pm, status=status, project=f"P{number}"))
    with store.read() as connection:

        def numbers(limit: int = 100, before: TicketRef | None = None, **wanted: object) -> list[int]:
            asked = tickets.TicketFilter(**wanted)  # type: ignore[arg-type]  # one helper for filters of several types
            return [one.ref.number for one in tickets.listing(connection, asked, limit=limit, before=before)]

        assert numbers() == [6, 5, 4, 3, 2, 1]
        assert numbers(pm="ines") == [5, 3, 1]
        assert numbers(pm="ines", statuses=frozenset({Status.OPEN})) == [3, 1]
        assert numbers(limit=1, before=TicketRef(5), pm="ines") == [3]
        assert numbers(project="P4", organisation="borealis", rep="sam", whose_move=Move.PM) == [4]
        assert numbers(organisation="nobody") == []


def test_recent_tickets_are_those_of_the_organisation(
    store: Store, make_ticket: Make, noon: datetime
) -> None:
    """Not closed, not too old, latest change first; without an organisation those of the requester."""
    hour = timedelta(hours=1)
    with store.write() as connection:
        for number in range(1, 6):
            tickets.insert(connection, make_ticket(number, updated_at=noon - number * hour))
        tickets.insert(connection, make_ticket(6, status=Status.CLOSED))
        tickets.insert(connection, make_ticket(7, organisation=None))
        tickets.insert(connection, make_ticket(8, organisation="other"))
    with store.read() as connection:

        def numbers(organisation: str | None, key: str | None, limit: int = 9) -> list[int]:
            found = tickets.recent(
                connection,
                organisation=organisation,
                requester_key=key,
                since=noon - 3 * hour,
                limit=limit,
            )
            return [one.ref.number for one in found]

        assert numbers("borealis", "ann@borealis.example") == [1, 2, 3]
        assert numbers("borealis", None, limit=2) == [1, 2]
        assert {7, 8} < set(numbers(None, "ann@borealis.example"))
        assert numbers(None, None) == []


def test_open_tickets_are_counted_with_each_change(store: Store, make_ticket: Make) -> None:
    """A PM's count follows tickets as they are given, passed on, resolved and reopened."""
    one, two = make_ticket(1, pm="ines"), make_ticket(2)
    with store.write() as connection:
        tickets.insert(connection, one)
        tickets.insert(connection, two)
        tickets.insert(connection, make_ticket(3, pm="kai", status=Status.CLOSED))
    counted = [counts(store)]
    for version, changed in enumerate(
        [
            replace(two, pm="ines", status=Status.OPEN, version=2),
            replace(one, pm="kai", version=2),
            replace(one, pm="kai", status=Status.RESOLVED, version=3),
            replace(one, pm="kai", status=Status.OPEN, version=4),
        ]
    ):
        with store.write() as connection:
            tickets.update(connection, changed, max(version, 1))
        counted.append(counts(store))

    assert counted == [
        {"ines": 1},
        {"ines": 2},
        {"ines": 1, "kai": 1},
        {"ines": 1},
        {"ines": 1, "kai": 1},
    ]


def counts(store: Store) -> dict[str, int]:
    """Open tickets by PM, as the next transaction sees them."""
    with store.read() as connection:
        return tickets.open_counts(connection)


def test_a_naive_time_is_refused(store: Store, make_ticket: Make) -> None:
    """A moment without a time zone is a bug and never reaches the database."""
    naive = datetime(2026, 3, 2, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(Exception, match="time zone"), store.write() as connection:
        tickets.insert(connection, make_ticket(1, opened_at=naive))
