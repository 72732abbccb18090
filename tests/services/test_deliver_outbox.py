"""Mail leaves once, waits when it must, and tells an owner when it cannot: over a real socket."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from mailroute.domain.outgoing import OutboxId, OutboxItem, OutboxState
from mailroute.domain.policy import Mode
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import ReplyAudience
from mailroute.outbound.smarthost import Smarthost
from mailroute.outbound.transport import SmtpTransport
from mailroute.store import inbox, messages, outbox
from mailroute.testing.catcher import Catcher
from mailroute.testing.faults import DROP, Caught, Fault, Stage

ANN, SAM, INES = "ann@borealis.example", "sam@northwind.example", "ines@northwind.example"
OPENED = ["opened", "routed"]
Scene = Callable[[Catcher, Callable[[str], Awaitable[OutboxState]]], Awaitable[None]]


@pytest.fixture
def opened(small_house: Any) -> Any:
    """A house with one ticket: three mails wait to be sent."""
    small_house.processor().process(small_house.keep("Pump 4"))
    return small_house


def answered(house: Any) -> None:
    """Ines answers the client."""
    account = house.mails()["ticket-assigned"].mail.message_id
    client, head = house.token(ReplyAudience.CLIENT), f"In-Reply-To: {account}\r\n"
    entry = house.keep("Re: Pump", author=INES, rcpt_to=(client,), head=head)
    house.processor().process(entry)


def play(house: Any, scene: Scene, *faults: Fault) -> list[Caught]:
    """Act *scene* against a mail server that fails in these ways; what the server has caught in the end."""

    async def act() -> list[Caught]:
        async with Catcher(faults=faults) as catcher:
            transport = SmtpTransport(Smarthost(host="127.0.0.1", port=catcher.port))
            deliverer = house.deliverer(transport)

            async def deliver(kind: str) -> OutboxState:
                await deliverer.deliver(house.mails()[kind].id)
                state: OutboxState = house.mails()[kind].state
                return state

            try:
                await scene(catcher, deliver)
            finally:
                await transport.close()
            return list(catcher.messages)

    return asyncio.run(act())


def events(house: Any) -> list[str]:
    """The history of MR-1."""
    with house.store.read() as connection:
        return [event.event for event in messages.events(connection, TicketRef(1))]


def test_a_mail_is_sent_once_as_it_was_written(opened: Any) -> None:
    """Byte for byte, under the return path of its ticket; a second job finds nothing to do."""

    async def scene(catcher: Catcher, deliver: Any) -> None:
        assert [OutboxState.SENT] * 2 == [await deliver("ticket-opened"), await deliver("ticket-opened")]

    caught = play(opened, scene)
    mail = opened.mails()["ticket-opened"].mail

    assert [(mail.mail_from, (ANN,), mail.raw)] == [(one.mail_from, one.rcpt_to, one.raw) for one in caught]


def test_a_mail_in_two_hands_is_sent_once(opened: Any) -> None:
    """Two workers, one claim."""

    async def scene(catcher: Catcher, deliver: Any) -> None:
        await asyncio.gather(*(deliver("ticket-opened") for _ in range(4)))

    assert 1 == len(play(opened, scene))


def test_a_mail_that_is_not_there_is_no_trouble(opened: Any) -> None:
    """A job may outlive its row."""

    async def scene(catcher: Catcher, deliver: Any) -> None:
        await opened.deliverer(SmtpTransport(Smarthost(port=catcher.port))).deliver(OutboxId(4711))

    assert [] == play(opened, scene)


@pytest.mark.parametrize("stage", [Stage.CONNECT, Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.DOT])
def test_a_deferred_mail_goes_later(opened: Any, stage: Stage) -> None:
    """Not before its time, then as the same mail; meanwhile it stays queued with a job for that time."""

    async def scene(catcher: Catcher, deliver: Any) -> None:
        before = opened.clock.now()
        assert OutboxState.QUEUED is await deliver("ticket-opened")
        waiting = opened.mails()["ticket-opened"]
        assert opened.deliveries[-1] == (waiting.id, waiting.next_attempt_at)
        assert waiting.next_attempt_at > before

        catcher.fail()
        assert OutboxState.QUEUED is await deliver("ticket-opened")
        assert [] == catcher.messages

        opened.clock.at = waiting.next_attempt_at
        assert OutboxState.SENT is await deliver("ticket-opened")

    caught = play(opened, scene, Fault(stage, "451 4.3.0 try later"))

    assert [opened.mails()["ticket-opened"].mail.raw] == [one.raw for one in caught]
    assert OPENED == events(opened)


def test_a_refused_mail_is_told_to_its_owner(opened: Any) -> None:
    """In the history, and by a mail to the rep with the server's own words, which really goes."""

    async def scene(catcher: Catcher, deliver: Any) -> None:
        assert OutboxState.REFUSED is await deliver("ticket-opened")
        notice = opened.mails()["delivery-failed"]
        assert (notice.id, None) == opened.deliveries[-1]
        assert OutboxState.SENT is await deliver("delivery-failed")

    caught = play(opened, scene, Fault(Stage.RCPT, "550 5.1.1 no such user here", recipient=ANN))

    assert [(SAM,)] == [one.rcpt_to for one in caught]
    assert "no such user here" in opened.mails()["delivery-failed"].mail.text
    assert [*OPENED, "delivery-failed"] == events(opened)


def test_an_answer_to_a_notice_comes_to_its_ticket(opened: Any) -> None:
    """Its Message-ID is remembered like those of our other mails, so that nothing else has to name the ticket."""

    async def scene(catcher: Catcher, deliver: Any) -> None:
        await deliver("ticket-opened")

    play(opened, scene, Fault(Stage.RCPT, "550 5.1.1 no such user here", recipient=ANN))
    notice = opened.mails()["delivery-failed"].mail.message_id
    head = f"In-Reply-To: {notice}\r\n"
    answer = opened.keep(
        "Odd address", author=SAM, words="Ann has left the company, I ask who follows.", head=head
    )
    opened.processor().process(answer)

    assert ["append"] == opened.actions(answer)
    assert ["MR-1"] == opened.refs()


@pytest.mark.parametrize(
    ("kind", "dead", "told"), [("ticket-assigned", INES, SAM), ("ticket-received", SAM, INES)]
)
def test_a_colleague_s_dead_mailbox_is_told_to_another(opened: Any, kind: str, dead: str, told: str) -> None:
    """Else the PM's work would lie in nobody's mailbox."""

    async def scene(catcher: Catcher, deliver: Any) -> None:
        assert OutboxState.REFUSED is await deliver(kind)
        assert OutboxState.SENT is await deliver("delivery-failed")

    caught = play(opened, scene, Fault(Stage.RCPT, "550 5.1.1 gone", recipient=dead))

    assert [(told,)] == [one.rcpt_to for one in caught]


def test_a_refused_notice_is_told_to_nobody(opened: Any) -> None:
    """Everybody's mailbox is dead: the history says so, and it ends there."""

    async def scene(catcher: Catcher, deliver: Any) -> None:
        await deliver("ticket-opened")
        assert OutboxState.REFUSED is await deliver("delivery-failed")

    play(opened, scene, Fault(Stage.RCPT, "550 5.1.1 gone"))

    assert 1 == opened.written().count("delivery-failed")
    assert [*OPENED, "delivery-failed", "delivery-failed"] == events(opened)


def test_a_mail_that_never_gets_through_is_given_up_and_told(opened: Any) -> None:
    """After the days that the settings give it (RFC 5321 §4.5.4.1: at least four to five)."""

    async def scene(catcher: Catcher, deliver: Any) -> None:
        opened.clock.at += timedelta(days=4)
        assert OutboxState.QUEUED is await deliver("ticket-opened")
        opened.clock.at += timedelta(days=1)
        assert OutboxState.EXPIRED is await deliver("ticket-opened")

    play(opened, scene, Fault(Stage.MAIL, "451 4.3.0 try later"))

    assert "delivery-failed" in opened.written()


def test_a_machine_s_mail_that_may_have_gone_is_held(opened: Any) -> None:
    """The connection broke after the final dot: it must not come twice."""

    async def scene(catcher: Catcher, deliver: Any) -> None:
        assert OutboxState.PERHAPS_SENT is await deliver("ticket-opened")
        catcher.fail()
        opened.clock.pass_by(days=1)
        opened.sweep()()
        assert OutboxState.PERHAPS_SENT is await deliver("ticket-opened")

    assert 1 == len(play(opened, scene, Fault(Stage.DOT, DROP, keeps=True)))


def test_a_person_may_send_what_was_held(opened: Any) -> None:
    """Once it is known that it did not come."""

    async def scene(catcher: Catcher, deliver: Any) -> None:
        await deliver("ticket-opened")
        catcher.fail()
        with opened.store.write() as connection:
            assert outbox.requeue(connection, opened.mails()["ticket-opened"].id, opened.clock.now())
        assert OutboxState.SENT is await deliver("ticket-opened")

    assert 1 == len(play(opened, scene, Fault(Stage.DOT, DROP)))


def test_a_person_s_words_that_may_have_gone_go_again(opened: Any) -> None:
    """Better twice under one Message-ID, which mail programs join, than not at all."""
    answered(opened)

    async def scene(catcher: Catcher, deliver: Any) -> None:
        assert OutboxState.QUEUED is await deliver("reply")
        catcher.fail()
        waiting = opened.mails()["reply"]
        assert waiting.next_attempt_at > opened.clock.now()
        assert opened.deliveries[-1] == (waiting.id, waiting.next_attempt_at)
        opened.clock.at = waiting.next_attempt_at
        assert OutboxState.SENT is await deliver("reply")

    caught = play(opened, scene, Fault(Stage.DOT, DROP, keeps=True))

    assert 2 == len(caught)
    assert caught[0].raw == caught[1].raw


@pytest.mark.parametrize("stage", [Stage.EHLO, Stage.MAIL, Stage.RCPT, Stage.DATA])
def test_a_connection_that_breaks_before_the_dot_leaves_nothing_open(opened: Any, stage: Stage) -> None:
    """Nothing has gone, so the mail simply waits."""

    async def scene(catcher: Catcher, deliver: Any) -> None:
        assert OutboxState.QUEUED is await deliver("ticket-opened")

    assert [] == play(opened, scene, Fault(stage, DROP))


def test_observe_mode_sends_nothing(small_house: Any) -> None:
    """Not even what was queued before the mode was changed."""
    small_house.processor().process(small_house.keep("Pump 4"))
    watching = small_house.in_mode(Mode.OBSERVE)

    async def scene(catcher: Catcher, deliver: Any) -> None:
        assert OutboxState.QUEUED is await deliver("ticket-opened")
        assert 0 == catcher.connections

    play(watching, scene)


def test_a_worker_that_was_overtaken_does_not_end_its_mail(opened: Any) -> None:
    """Frozen before the dot for longer than its claim: another one sends the mail, the first must not."""
    first = in_hand(opened, "ticket-opened", at_the_dot=False)

    async def scene(catcher: Catcher, deliver: Any) -> None:
        opened.clock.pass_by(hours=1)
        assert OutboxState.SENT is await deliver("ticket-opened")
        with opened.store.write() as connection:
            may_go_on = outbox.mark_sending(
                connection, first.id, attempt=first.attempts, now=opened.clock.now()
            )
        assert not may_go_on

    assert 1 == len(play(opened, scene))


# A sender that died


def in_hand(house: Any, kind: str, *, at_the_dot: bool) -> OutboxItem:
    """A mail whose sender has come so far."""
    with house.store.write() as connection:
        item = outbox.start(connection, house.mails()[kind].id, house.clock.now())
        assert item is not None
        if at_the_dot:
            assert outbox.mark_sending(connection, item.id, attempt=item.attempts, now=house.clock.now())
    house.deliveries.clear()
    return item


@pytest.mark.parametrize(
    ("kind", "at_the_dot", "state"),
    [
        ("ticket-opened", False, OutboxState.QUEUED),
        ("ticket-opened", True, OutboxState.PERHAPS_SENT),
        ("reply", False, OutboxState.QUEUED),
        ("reply", True, OutboxState.QUEUED),
    ],
)
def test_a_mail_whose_sender_died(opened: Any, kind: str, at_the_dot: bool, state: OutboxState) -> None:
    """Before the dot it goes again; at the dot a machine's is held, a person's goes again."""
    answered(opened)
    item = in_hand(opened, kind, at_the_dot=at_the_dot)
    opened.deliverer(SmtpTransport(Smarthost())).sender_died(item.id)

    assert state is opened.mails()[kind].state
    assert ([(item.id, None)] if state is OutboxState.QUEUED else []) == opened.deliveries


def test_a_sender_that_died_after_its_work_changes_nothing(opened: Any) -> None:
    """What is sent is sent."""

    async def scene(catcher: Catcher, deliver: Any) -> None:
        await deliver("ticket-opened")
        opened.deliverer(SmtpTransport(Smarthost())).sender_died(opened.mails()["ticket-opened"].id)

    play(opened, scene)

    assert OutboxState.SENT is opened.mails()["ticket-opened"].state


# The sweep


def test_the_sweep_asks_again_for_entries_that_wait(small_house: Any) -> None:
    """Not for those that have just come, and not for those that are done."""
    done, waiting = small_house.keep("Done"), small_house.keep("Waiting")
    small_house.processor().process(done)
    small_house.clock.pass_by(minutes=3)
    small_house.keep("Fresh")
    small_house.sweep()()

    assert [waiting] == small_house.entries


def test_the_sweep_asks_again_for_mails_that_are_due(opened: Any) -> None:
    """Those that wait for their time are left alone."""

    async def scene(catcher: Catcher, deliver: Any) -> None:
        await deliver("ticket-opened")
        await deliver("ticket-assigned")

    play(opened, scene, Fault(Stage.RCPT, "451 4.3.0 try later", recipient=ANN))
    opened.clock.pass_by(minutes=3)
    opened.deliveries.clear()
    opened.sweep()()

    assert [(opened.mails()["ticket-received"].id, None)] == opened.deliveries


@pytest.mark.parametrize(
    ("kind", "state"), [("ticket-opened", OutboxState.PERHAPS_SENT), ("reply", OutboxState.QUEUED)]
)
def test_the_sweep_settles_mails_that_were_left_at_the_dot(
    opened: Any, kind: str, state: OutboxState
) -> None:
    """After the time in which an answer could still have come."""
    answered(opened)
    item = in_hand(opened, kind, at_the_dot=True)
    opened.clock.pass_by(minutes=14)
    opened.sweep()()
    assert OutboxState.SENDING is opened.mails()[kind].state

    opened.clock.pass_by(minutes=2)
    opened.deliveries.clear()
    opened.sweep()()
    assert state is opened.mails()[kind].state
    assert ((item.id, None) in opened.deliveries) is (state is OutboxState.QUEUED)


def test_the_sweep_in_an_empty_house_asks_for_nothing(small_house: Any) -> None:
    """And writes nothing."""
    small_house.sweep()()

    assert ([], []) == (small_house.entries, small_house.deliveries)
    with small_house.store.read() as connection:
        assert 0 == inbox.books(connection).received
