"""Keeping messages, on both databases."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mailroute.domain.decisions import Action
from mailroute.domain.errors import TryLater
from mailroute.domain.reasons import Reason
from mailroute.domain.received import Channel, Envelope, InboxId, ReceivedMail, Verdict
from mailroute.domain.ticket import Ticket
from mailroute.store import inbox, tickets
from mailroute.store.session import Store
from mailroute.store.tables import InboxState

Arrival = Callable[..., ReceivedMail]
WHY = (Reason("too-deep", "21 levels"),)


def test_a_batch_is_kept_in_the_order_in_which_it_came(store: Store, arrival: Arrival) -> None:
    """Every message of a batch is kept once, with numbers in the order of arrival, and reads back byte for byte."""
    mails = [arrival(number) for number in range(200)]
    with store.write() as connection:
        kept = inbox.keep(connection, mails)
    with store.read() as connection:
        raws = [inbox.raw(connection, one.id) for one in kept]

    assert [one.fresh for one in kept] == [True] * 200
    assert sorted(one.id for one in kept) == [one.id for one in kept]
    assert [mail.raw for mail in mails] == raws


def test_an_empty_batch_is_no_work(store: Store) -> None:
    """Keeping nothing keeps nothing."""
    with store.write() as connection:
        assert inbox.keep(connection, []) == []


def test_an_arrival_kept_again_keeps_its_number(store: Store, arrival: Arrival) -> None:
    """The same arrival again, in another batch or within one, is the same entry and not fresh."""
    with store.write() as connection:
        first = inbox.keep(connection, [arrival(1), arrival(2)])
    with store.write() as connection:
        again = inbox.keep(connection, [arrival(3), arrival(2), arrival(3), arrival(1)])

    assert [one.fresh for one in again] == [True, False, False, False]
    assert (first[1].id, first[0].id) == (again[1].id, again[3].id)
    assert again[0].id == again[2].id


def test_two_arrivals_of_the_same_bytes_share_them(store: Store, arrival: Arrival) -> None:
    """One message that arrives twice is two entries over one copy of the bytes."""
    with store.write() as connection:
        one, other = inbox.keep(connection, [arrival(1), arrival(1, source_key="by-another-way")])
        entries = [inbox.load(connection, kept.id) for kept in (one, other)]

    assert one.id != other.id
    assert len({entry.sha256 for entry in entries if entry is not None}) == 1


def test_everything_about_an_arrival_is_kept(store: Store, arrival: Arrival, noon: datetime) -> None:
    """Envelope, channel, time, source and verdict read back as they were, with NUL and broken text made storable."""
    mail = arrival(
        1,
        envelope=Envelope(None, ("issues@northwind.example", "müller\x00@northwind.example")),
        channel=Channel.FILE,
        source="mails/\udce4-a.eml",
        vouched=Verdict.FAIL,
        received_at=noon.astimezone(tz=None),
    )
    with store.write() as connection:
        (kept,) = inbox.keep(connection, [mail])
    with store.read() as connection:
        entry = inbox.load(connection, kept.id)

    assert entry is not None
    assert Envelope(None, ("issues@northwind.example", "müller\ufffd@northwind.example")) == entry.envelope
    assert (Channel.FILE, noon, "mails/\ufffd-a.eml", Verdict.FAIL, 0) == (
        entry.channel,
        entry.received_at,
        entry.source,
        entry.vouched,
        entry.attempts,
    )


def test_a_very_long_source_key_is_still_one_arrival(store: Store, arrival: Arrival) -> None:
    """A key longer than an index can hold tells arrivals apart all the same."""
    keys = ["x" * 5000 + end for end in "aba"]
    with store.write() as connection:
        kept = inbox.keep(connection, [arrival(n, source_key=key) for n, key in enumerate(keys)])

    assert [one.fresh for one in kept] == [True, True, False]


def test_a_finished_entry_is_not_worked_on_again(store: Store, arrival: Arrival, noon: datetime) -> None:
    """Once finished, an entry is neither new nor loaded, and finishing it again is refused."""
    with store.write() as connection:
        (kept,) = inbox.keep(connection, [arrival(1)])
        assert inbox.is_new(connection, kept.id)
        inbox.finish(connection, kept.id, action=Action.IGNORE, ticket=None, reasons=WHY, at=noon)

        assert not inbox.is_new(connection, kept.id)
        assert inbox.load(connection, kept.id) is None
    with pytest.raises(TryLater), store.write() as connection:
        inbox.finish(connection, kept.id, action=Action.IGNORE, ticket=None, reasons=WHY, at=noon)


def test_a_failed_entry_waits_on_and_counts_its_attempts(
    store: Store, arrival: Arrival, noon: datetime
) -> None:
    """A failure leaves the entry new, with the number of attempts and the reason for people to see."""
    with store.write() as connection:
        (kept,) = inbox.keep(connection, [arrival(1)])
    for attempt in (1, 2):
        with store.write() as connection:
            assert attempt == inbox.failed(connection, kept.id, reason=WHY[0], at=noon)
    with store.read() as connection:
        entry, line = inbox.load(connection, kept.id), inbox.line(connection, kept.id)

    assert entry is not None
    assert line is not None
    assert (entry.attempts, line.reasons, line.state) == (2, WHY, InboxState.NEW)


def test_held_and_quarantined_entries_can_be_let_go(store: Store, arrival: Arrival, noon: datetime) -> None:
    """A person can send a held or quarantined entry on its way again; one that is done stays done."""
    ways = (Action.HOLD, Action.QUARANTINE, Action.IGNORE)
    with store.write() as connection:
        kept = inbox.keep(connection, [arrival(number) for number in range(3)])
        for one, action in zip(kept, ways, strict=True):
            inbox.finish(connection, one.id, action=action, ticket=None, reasons=WHY, at=noon)
    with store.write() as connection:
        again = [inbox.retry(connection, one.id) for one in kept]

        assert again == [True, True, False]
        assert [inbox.is_new(connection, one.id) for one in kept] == [True, True, False]


def test_lists_show_the_newest_first(store: Store, arrival: Arrival, noon: datetime) -> None:
    """A list of entries is newest first, by state when asked, and tells action, reasons and size."""
    with store.write() as connection:
        kept = inbox.keep(connection, [arrival(number) for number in range(5)])
        inbox.finish(connection, kept[2].id, action=Action.HOLD, ticket=None, reasons=WHY, at=noon)
    with store.read() as connection:
        newest = inbox.listing(connection, limit=2)
        (held,) = inbox.listing(connection, state=InboxState.HELD)

    assert [kept[4].id, kept[3].id] == [line.entry.id for line in newest]
    assert (kept[2].id, Action.HOLD, WHY, len(arrival(2).raw)) == (
        held.entry.id,
        held.action,
        held.reasons,
        held.size_bytes,
    )


def test_the_sweep_finds_what_has_waited_too_long(store: Store, arrival: Arrival, noon: datetime) -> None:
    """Entries that wait since before a moment are found, oldest first; finished ones are not."""
    minute = timedelta(minutes=1)
    with store.write() as connection:
        kept = inbox.keep(connection, [arrival(n, received_at=noon + n * minute) for n in range(4)])
        inbox.finish(connection, kept[0].id, action=Action.IGNORE, ticket=None, reasons=(), at=noon)
    with store.read() as connection:
        found = inbox.waiting(connection, noon + 3 * minute)

    assert [kept[1].id, kept[2].id] == found


def test_the_books_close(
    store: Store, arrival: Arrival, noon: datetime, make_ticket: Callable[..., Ticket]
) -> None:
    """Everything received is accounted for, each under what became of it."""
    actions = [*Action, Action.APPEND]
    with store.write() as connection:
        kept = inbox.keep(connection, [arrival(number) for number in range(len(actions) + 2)])
        ticket = make_ticket(1)
        tickets.insert(connection, ticket)
        for one, action in zip(kept, actions, strict=False):
            inbox.finish(connection, one.id, action=action, ticket=ticket.ref, reasons=(), at=noon)
    with store.read() as connection:
        books = inbox.books(connection)

    assert books.close
    assert inbox.Books(
        received=9, opened=1, appended=2, duplicates=1, ignored=1, held=1, quarantined=1, waiting=2
    ) == (books)


def test_a_message_on_no_ticket_cannot_count_as_appended(
    store: Store, arrival: Arrival, noon: datetime
) -> None:
    """The database itself refuses an entry that is said to be on a ticket without naming one."""
    with store.write() as connection:
        (kept,) = inbox.keep(connection, [arrival(1)])
    with pytest.raises(Exception, match="placed"), store.write() as connection:
        inbox.finish(connection, kept.id, action=Action.APPEND, ticket=None, reasons=(), at=noon)


def test_an_unknown_entry_is_nothing_to_do(store: Store, noon: datetime) -> None:
    """A job for an entry that does not exist finds nothing to do."""
    with store.write() as connection:
        nobody = InboxId(4711)

        assert not inbox.is_new(connection, nobody)
        assert inbox.load(connection, nobody) is None
        assert inbox.line(connection, nobody) is None
        assert inbox.failed(connection, nobody, reason=WHY[0], at=noon) == 0
