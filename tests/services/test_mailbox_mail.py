"""Mail of mailboxes on the path: whose it is, what it joins, and what it may cause."""

from typing import TYPE_CHECKING

from mailroute.domain.decisions import Action
from mailroute.domain.outgoing import OutboxState
from mailroute.domain.received import Channel, FolderRole, Verdict
from mailroute.domain.ticket import TicketRef
from mailroute.store import inbox, outbox, tickets

if TYPE_CHECKING:
    from conftest import House

SAM = "sam@northwind.example"


def test_what_a_client_writes_to_a_rep_is_that_reps(house: "House") -> None:
    """The rep in whose inbox the mail lay is the ticket's rep, also of a company that is another's."""
    lea = house.keep(
        "To Lea", channel=Channel.IMAP, folder=FolderRole.INBOX_KNOWN, owner="lea@northwind.example"
    )
    other = house.keep("To Sam", channel=Channel.IMAP, folder=FolderRole.INBOX_KNOWN, owner=SAM)
    for entry in (lea, other):
        house.processor().process(entry)
    with house.store.read() as connection:
        found = [tickets.get(connection, TicketRef(number)) for number in (1, 2)]

    assert ["sam", "sam"] == [ticket.rep for ticket in found if ticket]


def test_a_reps_sent_mail_needs_no_border_and_opens_nothing(house: "House") -> None:
    """The login proves the author; about no ticket the mail is put aside with its reason."""
    entry = house.keep(
        "Lunch", author=SAM, channel=Channel.IMAP, folder=FolderRole.SENT, owner=SAM, vouched=Verdict.NONE
    )
    house.processor().process(entry)
    with house.store.read() as connection:
        line = inbox.line(connection, entry)

    assert line is not None
    assert Action.IGNORE is line.action
    assert {"known-staff", "sent-joins-none"} <= {reason.code for reason in line.reasons}


def test_a_colleagues_name_in_a_sent_folder_proves_nothing(house: "House") -> None:
    """The login proves its owner alone."""
    entry = house.keep(
        "Order",
        author="ines@northwind.example",
        channel=Channel.IMAP,
        folder=FolderRole.SENT,
        owner=SAM,
        vouched=Verdict.NONE,
    )
    house.processor().process(entry)
    with house.store.read() as connection:
        line = inbox.line(connection, entry)

    assert line is not None
    assert Action.HOLD is line.action


def test_mail_of_the_past_sends_nothing_in_live_mode(house: "House") -> None:
    """Its ticket stands at the mail's own time, and every mail that it causes is only shown."""
    house.clock.pass_by(days=-40)
    entry = house.keep("Pump 4", observed=True)
    house.clock.pass_by(days=40)
    house.processor().process(entry)
    with house.store.read() as connection:
        ticket = tickets.get(connection, TicketRef(1))
        written = outbox.listing(connection)

    assert ticket is not None
    assert 40 == (house.clock.now() - ticket.opened_at).days
    assert {OutboxState.OBSERVED} == {one.state for one in written}
    assert [] == house.deliveries
