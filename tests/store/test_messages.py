"""Messages, history and Message-IDs of tickets, on both databases."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import SeenMessage
from mailroute.domain.errors import TryLater
from mailroute.domain.reasons import Reason
from mailroute.domain.received import ReceivedMail
from mailroute.domain.ticket import Audience, Role, Ticket, TicketEvent, TicketMessage, TicketRef, Via
from mailroute.store import inbox, messages, tickets
from mailroute.store.session import Store

ONE, TWO = TicketRef(1), TicketRef(2)


@pytest.fixture
def store(store: Store, make_ticket: Callable[..., Ticket]) -> Iterator[Store]:
    """A store with tickets 1 and 2."""
    with store.write() as connection:
        tickets.insert(connection, make_ticket(1))
        tickets.insert(connection, make_ticket(2))
    return store


def seen(ref: TicketRef, message_id: str | None, **changes: object) -> SeenMessage:
    """A message that is known."""
    plain = SeenMessage(ticket=ref, entry=None, message_id=message_id, sha256=None, ours=False)
    return replace(plain, **changes)  # type: ignore[arg-type]  # changes of several types


def message(at: datetime) -> TicketMessage:
    """A message on a ticket."""
    return TicketMessage(
        entry=None,
        source="01-a.eml",
        author=Mailbox("Ann", "ann@borealis.example"),
        role=Role.CLIENT,
        via=Via.DIRECT,
        audience=Audience.PUBLIC,
        at=at,
        message_id="<a@borealis.example>",
        text="Die Pumpe läuft aus 🚰",
        fingerprint="f1",
    )


def test_messages_and_history_read_back_in_order(store: Store, noon: datetime) -> None:
    """What was put on a ticket comes back as it was, in the order in which it was put there."""
    first, second = message(noon), message(noon - timedelta(days=1))
    history = [
        TicketEvent(at=noon, event="opened", by="mailroute", reasons=(Reason("new-matter", ""),)),
        TicketEvent(at=noon, event="routed", by="mailroute", details={"pm": "ines"}),
    ]
    with store.write() as connection:
        messages.add_message(connection, ONE, first)
        messages.add_message(connection, ONE, second)
        messages.add_events(connection, ONE, history)
        messages.add_events(connection, TWO, [])
    with store.read() as connection:
        assert [first, second] == messages.messages(connection, ONE)
        assert history == messages.events(connection, ONE)
        assert messages.messages(connection, TWO) == []


def test_an_entry_is_on_one_ticket_only(
    store: Store, noon: datetime, arrival: Callable[..., ReceivedMail]
) -> None:
    """A message applied twice is refused by the database, whatever the code above believes."""
    with store.write() as connection:
        (kept,) = inbox.keep(connection, [arrival(1)])
        messages.add_message(connection, ONE, replace(message(noon), entry=kept.id))
    with pytest.raises(TryLater), store.write() as connection:
        messages.add_message(connection, TWO, replace(message(noon), entry=kept.id))


def test_a_message_is_found_by_any_id_that_a_mail_names(store: Store, noon: datetime) -> None:
    """Message-IDs, however long, lead to the messages under them; unknown ones lead nowhere."""
    long_id = f"<{'x' * 5000}@borealis.example>"
    known = [
        seen(ONE, "<a@x.example>", sha256="c1", at=noon),
        seen(TWO, long_id, ours=True),
        seen(TWO, None),
    ]
    with store.write() as connection:
        messages.remember(connection, known, organisation="borealis")
    with store.read() as connection:
        found = messages.seen(connection, message_ids=[long_id, "<nobody@x.example>", "<a@x.example>"])

    assert [known[1], known[0]] == found


def test_the_same_words_are_found_within_an_organisation(store: Store) -> None:
    """Words are compared within one organisation, newest first; a text too short to have a fingerprint matches none."""
    known = [seen(ONE, "<a@x.example>", fingerprint="f1"), seen(TWO, None, fingerprint="f1")]
    with store.write() as connection:
        messages.remember(connection, known, organisation="borealis")
        messages.remember(connection, [seen(ONE, None, fingerprint="")], organisation="borealis")
    with store.read() as connection:

        def found(fingerprint: str, organisation: str | None, *ids: str) -> list[SeenMessage]:
            return messages.seen(
                connection, message_ids=ids, fingerprint=fingerprint, organisation=organisation
            )

        assert [known[1], known[0]] == found("f1", "borealis")
        assert known == found("f1", "borealis", "<a@x.example>")
        assert found("f1", "other") == []
        assert found("f1", None) == []
        assert found("", "borealis") == []


def test_a_flood_under_one_id_does_not_hide_the_first_message(store: Store) -> None:
    """However many copies claim one Message-ID, the oldest are the ones looked at."""
    with store.write() as connection:
        messages.remember(connection, [seen(ONE, "<a@x.example>")], organisation=None)
        messages.remember(connection, [seen(TWO, "<a@x.example>")] * 300, organisation=None)
    with store.read() as connection:
        found = messages.seen(connection, message_ids=["<a@x.example>"])

    assert found[0].ticket == ONE
    assert len(found) == messages.SAME_MESSAGE_ID


def test_a_thread_keeps_its_root_and_its_latest(store: Store) -> None:
    """References of a long thread are the first Message-ID and the latest ones, each once, oldest first."""
    ids = [f"<{number}@x.example>" for number in range(30)]
    with store.write() as connection:
        messages.remember(connection, [seen(ONE, one) for one in ids], organisation=None)
        messages.remember(connection, [seen(ONE, ids[-1]), seen(ONE, None)], organisation=None)
        messages.remember(connection, [seen(TWO, "<z@x.example>")], organisation=None)
    with store.read() as connection:
        threads = messages.thread(connection, [ONE, TWO, TicketRef(3)], limit=5)

    assert {ONE: (ids[0], *ids[-3:]), TWO: ("<z@x.example>",), TicketRef(3): ()} == threads


def test_what_clients_wrote_lately_is_read_newest_first_and_bounded(store: Store, noon: datetime) -> None:
    """Of the tickets that are named alone, without our own words and without what is old."""
    said = [
        replace(message(noon - timedelta(days=9)), text="old"),
        replace(message(noon - timedelta(hours=2)), text="first"),
        replace(message(noon), text="ours", role=Role.PM),
        replace(message(noon), text="second", role=Role.STRANGER),
    ]
    with store.write() as connection:
        for one in said:
            messages.add_message(connection, ONE, one)
        messages.add_message(connection, TWO, replace(message(noon), text="elsewhere"))
    with store.read() as connection:
        since = noon - timedelta(days=7)

        assert [(ONE, "second"), (ONE, "first")] == [
            (ref, one.text) for ref, one in messages.lately(connection, [ONE], since=since, limit=9)
        ]
        assert ["second"] == [m.text for _, m in messages.lately(connection, [ONE], since=since, limit=1)]
        assert [] == messages.lately(connection, [], since=since, limit=9)


def test_a_mail_that_is_only_named_is_known_as_such(store: Store) -> None:
    """With the subject of the mail that names it; what is here has none."""
    with store.write() as connection:
        known = [seen(ONE, "<named@x>", named_in="lift 2"), seen(ONE, "<here@x>")]
        messages.remember(connection, known, organisation="borealis")
    with store.read() as connection:
        found = messages.seen(connection, message_ids=["<named@x>", "<here@x>"])

        assert ["lift 2", None] == [one.named_in for one in found]


def test_tickets_with_an_alarm_are_found_newest_first(store: Store, noon: datetime) -> None:
    """Each once, and not for ever."""
    alarm = TicketEvent(at=noon, event="gathers-clients", by="mailroute")
    old = replace(alarm, at=noon - timedelta(days=20))
    with store.write() as connection:
        messages.add_events(connection, TWO, [old])
        messages.add_events(connection, ONE, [alarm, alarm])
    with store.read() as connection:
        assert [ONE] == messages.alarms(connection, noon - timedelta(days=14))
        assert [ONE, TWO] == messages.alarms(connection, noon - timedelta(days=30))
