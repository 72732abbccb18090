"""Mail that leaves, on both databases."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mailroute.domain.errors import TryLater
from mailroute.domain.outgoing import (
    ComposedMail,
    Deferred,
    Delivery,
    MailDraft,
    OutboxId,
    OutboxItem,
    OutboxState,
    Refused,
    Sent,
    Silence,
)
from mailroute.domain.received import ReceivedMail
from mailroute.domain.ticket import Ticket, TicketRef
from mailroute.store import inbox, outbox, silences, tickets
from mailroute.store.session import Store

MakeDraft = Callable[..., MailDraft]
MakeMail = Callable[..., ComposedMail]
Write = Callable[..., OutboxId]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def write(store: Store, make_draft: MakeDraft, make_mail: MakeMail, noon: datetime) -> Write:
    """Puts a mail into the outbox."""

    def make(
        number: int, *recipients: str, state: OutboxState = OutboxState.QUEUED, **draft: object
    ) -> OutboxId:
        with store.write() as connection:
            item = outbox.add(
                connection,
                make_draft(f"ticket-opened:MR-{number}", **draft),
                make_mail(number, *recipients),
                state=state,
                now=noon,
                after_entry=None,
            )
        assert item is not None
        return item

    return make


def attempt(store: Store, item: OutboxId, now: datetime) -> OutboxItem:
    """Brings a mail to just before its final dot."""
    with store.write() as connection:
        started = outbox.start(connection, item, now)
        assert started is not None
        assert outbox.mark_sending(connection, item, attempt=started.attempts, now=now)
    return started


def settle(
    store: Store, item: OutboxItem, results: dict[str, Delivery], now: datetime, again: datetime | None = None
) -> OutboxState:
    """Writes down what the smarthost said."""
    with store.write() as connection:
        return outbox.mark_results(
            connection, item.id, results, attempt=item.attempts, now=now, next_attempt_at=again
        )


def test_a_mail_reads_back_as_it_was(
    store: Store,
    make_draft: MakeDraft,
    make_mail: MakeMail,
    make_ticket: Callable[..., Ticket],
    arrival: Callable[..., ReceivedMail],
    noon: datetime,
) -> None:
    """An outgoing mail is found by number and by Message-ID, with the ticket and the entry that caused it."""
    draft, mail = make_draft("k", ticket=TicketRef(1)), make_mail(1, "b@x.example", "a@x.example")
    with store.write() as connection:
        tickets.insert(connection, make_ticket(1))
        (kept,) = inbox.keep(connection, [arrival(1, source="01-a.eml")])
        item = outbox.add(connection, draft, mail, state=OutboxState.QUEUED, now=noon, after_entry=kept.id)
        assert item is not None
    with store.read() as connection:
        found = outbox.load(connection, item)

        assert found == outbox.find_by_message_id(connection, mail.message_id)
        assert [found] == outbox.listing(connection, ticket=TicketRef(1))
        assert outbox.find_by_message_id(connection, "<nobody@x.example>") is None
    assert found is not None
    assert (mail, draft.to, "k", "01-a.eml", noon, {}) == (
        found.mail,
        found.to,
        found.key,
        found.after,
        found.next_attempt_at,
        found.results,
    )


def test_what_was_written_once_is_not_written_again(
    store: Store, write: Write, make_draft: MakeDraft, make_mail: MakeMail, noon: datetime
) -> None:
    """A mail for the same purpose is not written twice; another one under the same Message-ID is refused."""
    write(1)
    with store.write() as connection:
        again = outbox.add(
            connection,
            make_draft("ticket-opened:MR-1"),
            make_mail(2),
            state=OutboxState.QUEUED,
            now=noon,
            after_entry=None,
        )
    assert again is None
    with pytest.raises(TryLater), store.write() as connection:
        outbox.add(
            connection,
            make_draft("another-purpose"),
            make_mail(1),
            state=OutboxState.QUEUED,
            now=noon,
            after_entry=None,
        )


def test_only_queued_mail_falls_due(store: Store, write: Write, noon: datetime) -> None:
    """Mail is due once it is queued and its time has come; observed mail never is."""
    first, observed = write(1), write(2, state=OutboxState.OBSERVED)
    with store.write() as connection:
        assert [first] == outbox.due(connection, noon)
        assert outbox.due(connection, noon - MINUTE) == []
        assert outbox.start(connection, observed, noon) is None
        assert outbox.start(connection, OutboxId(4711), noon) is None


def test_an_attempt_is_claimed_by_one(store: Store, write: Write, noon: datetime) -> None:
    """While one sender has a mail nobody else gets it; when that one died before the final dot, somebody does."""
    item = write(1)
    with store.write() as connection:
        first = outbox.start(connection, item, noon)
        assert first is not None
        assert outbox.start(connection, item, noon + MINUTE) is None
        second = outbox.start(connection, item, noon + outbox.LEASE)

        assert second is not None
        assert (first.attempts, second.attempts) == (1, 2)


def test_a_thawed_sender_may_not_send_the_final_dot(store: Store, write: Write, noon: datetime) -> None:
    """A sender that was frozen while another took over is told not to finish, and its answers move nothing."""
    item = write(1)
    with store.write() as connection:
        frozen = outbox.start(connection, item, noon)
        other = outbox.start(connection, item, noon + outbox.LEASE)
        assert frozen is not None
        assert other is not None
        assert not outbox.mark_sending(connection, item, attempt=frozen.attempts, now=noon)
        assert outbox.mark_sending(connection, item, attempt=other.attempts, now=noon)
    late = settle(store, frozen, {}, noon, noon + MINUTE)

    assert OutboxState.SENDING is late


@pytest.mark.parametrize(
    ("results", "again", "state"),
    [
        ({"a@x.example": Sent("250 ok"), "b@x.example": Sent("250 ok")}, True, OutboxState.SENT),
        ({"a@x.example": Sent("250 ok"), "b@x.example": Refused("550 no")}, True, OutboxState.SENT),
        ({"a@x.example": Refused("550 no"), "b@x.example": Refused("550 no")}, True, OutboxState.REFUSED),
        ({"a@x.example": Sent("250 ok"), "b@x.example": Deferred("451 later")}, True, OutboxState.QUEUED),
        ({"a@x.example": Sent("250 ok")}, True, OutboxState.QUEUED),
        ({"a@x.example": Sent("250 ok"), "b@x.example": Deferred("451 later")}, False, OutboxState.EXPIRED),
    ],
)
def test_the_answers_decide_where_a_mail_stands(
    store: Store, write: Write, noon: datetime, results: dict[str, Delivery], again: bool, state: OutboxState
) -> None:
    """Final answers for all make it sent or refused, a deferral queues it again or gives it up."""
    item = write(1, "a@x.example", "b@x.example")
    stands = settle(store, attempt(store, item, noon), results, noon, noon + MINUTE if again else None)
    with store.read() as connection:
        found = outbox.load(connection, item)

    assert found is not None
    assert (state, state) == (stands, found.state)
    assert {address: result.reply for address, result in results.items()} == found.results


def test_only_deferred_recipients_are_tried_again(store: Store, write: Write, noon: datetime) -> None:
    """The next attempt goes to those alone who have not got it and may still."""
    item = write(1, "a@x.example", "b@x.example", "c@x.example")
    first = attempt(store, item, noon)
    results: dict[str, Delivery] = {
        "a@x.example": Sent("250 ok"),
        "b@x.example": Deferred("451 later"),
        "c@x.example": Refused("550 no"),
    }
    settle(store, first, results, noon, noon + MINUTE)
    with store.read() as connection:
        assert outbox.due(connection, noon) == []
    second = attempt(store, item, noon + MINUTE)
    stands = settle(store, second, {"b@x.example": Sent("250 ok")}, noon)

    assert first.mail.rcpt_to == ("a@x.example", "b@x.example", "c@x.example")
    assert second.mail.rcpt_to == ("b@x.example",)
    assert OutboxState.SENT is stands


def test_a_crash_at_the_final_dot_holds_automatic_mail(store: Store, write: Write, noon: datetime) -> None:
    """Mail whose sender died at the final dot: a machine's is held, a person's goes again under its Message-ID."""
    automatic, human = write(1), write(2, automatic=False)
    for item in (automatic, human):
        attempt(store, item, noon)
    with store.write() as connection:
        assert outbox.recover_sending(connection, noon) == []
        recovered = outbox.recover_sending(connection, noon + MINUTE)
        assert outbox.recover_sending(connection, noon + MINUTE) == []
        due = outbox.due(connection, noon + MINUTE)
        held = outbox.listing(connection, state=OutboxState.PERHAPS_SENT)

    assert {automatic: OutboxState.PERHAPS_SENT, human: OutboxState.QUEUED} == {
        one.id: one.state for one in recovered
    }
    assert [human] == due
    assert [automatic] == [one.id for one in held]


def test_an_answer_that_comes_after_all_settles_what_was_unknown(
    store: Store, write: Write, noon: datetime
) -> None:
    """A sender that was only slow still may say that its mail went."""
    slow = attempt(store, write(1), noon)
    with store.write() as connection:
        outbox.recover_sending(connection, noon + MINUTE)

    assert OutboxState.SENT is settle(store, slow, {"ann@borealis.example": Sent("250 ok")}, noon)


def test_a_person_can_let_held_mail_go(store: Store, write: Write, noon: datetime) -> None:
    """Refused, held and observed mail can be queued again by hand, for all who have not got it; sent mail cannot."""
    item, observed = write(1, "a@x.example", "b@x.example"), write(2, state=OutboxState.OBSERVED)
    refused: dict[str, Delivery] = {"a@x.example": Refused("550 no"), "b@x.example": Refused("550 no")}
    settle(store, attempt(store, item, noon), refused, noon)
    with store.write() as connection:
        assert outbox.requeue(connection, item, noon)
        assert outbox.requeue(connection, observed, noon)
        assert not outbox.requeue(connection, item, noon)
    again = attempt(store, item, noon)

    assert again.mail.rcpt_to == ("a@x.example", "b@x.example")


def test_automatic_mail_is_counted_by_recipient(store: Store, write: Write, noon: datetime) -> None:
    """How much automatic mail an address was written lately, in any spelling; people's own mail does not count."""
    write(1, "Ann@Borealis.example", "b@x.example")
    write(2, state=OutboxState.OBSERVED)
    write(3, automatic=False)
    with store.read() as connection:
        keys = ["ann@borealis.example", "b@x.example", "c@x.example"]

        assert {keys[0]: 2, keys[1]: 1, keys[2]: 0} == silences.count_sent(connection, keys, noon)
        assert {keys[0]: 1} == silences.count_sent(connection, keys[:1], noon, at_most=1)
        assert {keys[0]: 0} == silences.count_sent(connection, keys[:1], noon + MINUTE)
        assert silences.automatic_since(connection, noon, at_most=100) == 2
        assert silences.automatic_since(connection, noon, at_most=1) == 1
        assert silences.automatic_since(connection, noon + MINUTE, at_most=100) == 0


def test_mail_that_was_not_written_is_accounted_for(
    store: Store, arrival: Callable[..., ReceivedMail], make_ticket: Callable[..., Ticket], noon: datetime
) -> None:
    """Each silence is kept with its reason and with the message that would have caused the mail."""
    kept_back = [
        Silence(kind="ticket-opened", to="bot@x.example", reason="answers-a-machine"),
        Silence(kind="follow-up", to="ann@x.example", reason="budget-spent", ticket=TicketRef(1)),
    ]
    with store.write() as connection:
        tickets.insert(connection, make_ticket(1))
        (kept,) = inbox.keep(connection, [arrival(1)])
        silences.add_silences(connection, kept_back, now=noon, after_entry=kept.id)
        silences.add_silences(connection, [], now=noon, after_entry=None)
    with store.read() as connection:
        found = silences.silences(connection)
        of_ticket = silences.silences(connection, ticket=TicketRef(1))

    assert kept_back[::-1] == [line.silence for line in found]
    assert (str(kept.id), noon) == (found[0].after, found[0].at)
    assert found[:1] == of_ticket
