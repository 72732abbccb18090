"""Replies to clients that wait for another word of their author, on both databases."""

from email import message_from_bytes
from email.utils import parseaddr
from typing import Any

import pytest

from mailroute.domain.outgoing import OutboxState
from mailroute.domain.received import Verdict
from mailroute.domain.ticket import Audience, Move, Status, Ticket, TicketRef
from mailroute.domain.tokens import ReplyAudience
from mailroute.services.waiting import WaitingReplies
from mailroute.store import messages, outbox, tickets
from mailroute.tickets.actions import How

ANN, INES, SAM, MALLORY = (
    "ann@borealis.example",
    "ines@northwind.example",
    "sam@northwind.example",
    "mallory@evil.example",
)
MR1 = TicketRef(1)


def take(house: Any, name: str, **more: Any) -> None:
    """A mail comes and is worked on; a minute passes."""
    house.processor().process(house.keep(name, **more))
    house.clock.pass_by(minutes=1)


@pytest.fixture
def stale(house: Any) -> Any:
    """Ann has written twice; Ines has answered the account of the first mail, with a question."""
    take(house, "Seal")
    account = house.mails()["ticket-assigned"].mail.message_id
    take(house, "More", rcpt_to=(house.token(ReplyAudience.CLIENT),), words="It is pump 5, not 4.")
    take(
        house,
        "Answer",
        author=INES,
        rcpt_to=(house.token(ReplyAudience.CLIENT),),
        head=f"In-Reply-To: {account}\r\n",
        words="Which side of pump 4 leaks?",
    )
    return house


def question_address(house: Any) -> str:
    """Where Ines was told to answer."""
    return parseaddr(str(message_from_bytes(house.mails()["held"].mail.raw)["Reply-To"]))[1]


def answers(house: Any, words: str, *, author: str = INES, vouched: Verdict = Verdict.NONE) -> None:
    """Somebody answers the question, with nothing but its address to prove it."""
    take(
        house, f"Re {words}", author=author, words=words, rcpt_to=(question_address(house),), vouched=vouched
    )


def states(house: Any) -> tuple[OutboxState, OutboxState]:
    """Of the reply, and of the copy to the rep."""
    return house.mails()["reply"].state, house.mails()["note"].state


def ticket(house: Any) -> Ticket:
    """MR-1 as it stands."""
    with house.store.read() as connection:
        found = tickets.get(connection, MR1)
    assert found is not None

    return found


def events(house: Any) -> list[str]:
    """What has happened to MR-1."""
    with house.store.read() as connection:
        return [event.event for event in messages.events(connection, MR1)]


def replies(house: Any) -> WaitingReplies:
    """What becomes of them outside of mail."""
    return WaitingReplies(
        store=house.store,
        policy=house.policy,
        clock=house.clock,
        enqueue=lambda connection, mail: house.enqueue(connection, mail, None),
    )


def test_a_stale_reply_waits_and_changes_nothing(stale: Any) -> None:
    """Reply and copy wait, no delivery is asked for, the move stays with the PM, and the words stay inside."""
    with stale.store.read() as connection:
        last = messages.messages(connection, MR1)[-1]
    asked_for = {number for number, _ in stale.deliveries}

    assert (OutboxState.WAITING, OutboxState.WAITING) == states(stale)
    assert not asked_for & {stale.mails()["reply"].id, stale.mails()["note"].id}
    assert (Status.OPEN, Move.PM) == (ticket(stale).status, ticket(stale).whose_move)
    assert Audience.INTERNAL is last.audience
    assert "reply-held" == events(stale)[-1]


def test_its_author_is_told_what_came_in_between(stale: Any) -> None:
    """With the words of who wrote, and when it goes without an answer."""
    told = stale.mails()["held"]

    assert INES == told.to[0].address
    assert "It is pump 5, not 4." in told.mail.text
    assert "Without a word from you it goes by itself" in told.mail.text


@pytest.mark.parametrize("word", ["send", "Send it anyway.", "/send", "ja"])
def test_send_lets_it_go_at_once(stale: Any, word: str) -> None:
    """Reply and copy are queued, the words are public, and the question in them gives the move to the client."""
    answers(stale, word)

    with stale.store.read() as connection:
        said = messages.messages(connection, MR1)[-1]
    assert (OutboxState.QUEUED, OutboxState.QUEUED) == states(stale)
    assert (Status.WAITING, Move.CLIENT) == (ticket(stale).status, ticket(stale).whose_move)
    assert Audience.PUBLIC is said.audience
    assert "staff-replied" == events(stale)[-1]
    assert "done" in stale.mails()["command-result"].mail.text


@pytest.mark.parametrize("word", ["drop", "No, I write anew."])
def test_drop_keeps_it_for_good(stale: Any, word: str) -> None:
    """However long one waits."""
    answers(stale, word)
    stale.clock.pass_by(hours=1)

    assert 0 == replies(stale).release_due()
    assert (OutboxState.DROPPED, OutboxState.DROPPED) == states(stale)
    assert "reply-dropped" == events(stale)[-1]


def test_without_a_word_it_goes_after_ten_minutes(stale: Any) -> None:
    """Not a minute before."""
    stale.clock.pass_by(minutes=8)
    early = replies(stale).release_due()
    stale.clock.pass_by(minutes=2)

    assert (0, 1, 0) == (early, replies(stale).release_due(), replies(stale).release_due())
    assert (OutboxState.QUEUED, OutboxState.QUEUED) == states(stale)
    assert Move.CLIENT is ticket(stale).whose_move


def test_any_other_word_is_answered(stale: Any) -> None:
    """It says what to write, and the reply waits on."""
    answers(stale, "What is this about?")

    assert "write send" in stale.mails()["command-result"].mail.text
    assert OutboxState.WAITING is stale.mails()["reply"].state


def test_a_second_word_is_told_that_it_is_late(stale: Any) -> None:
    """It has gone; nothing goes twice."""
    answers(stale, "send")
    answers(stale, "drop")

    assert "it has gone to" in stale.mails()["command-result"].mail.text
    assert OutboxState.QUEUED is stale.mails()["reply"].state


@pytest.mark.parametrize(
    ("author", "verdict"), [(MALLORY, Verdict.PASS), (ANN, Verdict.PASS), (INES, Verdict.FAIL)]
)
def test_nobody_else_decides(stale: Any, author: str, verdict: Verdict) -> None:
    """Whoever got hold of the address without being one of us, or in a name that the checks refute."""
    answers(stale, "send", author=author, vouched=verdict)

    assert OutboxState.WAITING is stale.mails()["reply"].state


def test_a_reply_to_the_latest_mail_goes_at_once(house: Any) -> None:
    """Nothing has come since."""
    take(house, "Seal")
    take(house, "More", rcpt_to=(house.token(ReplyAudience.CLIENT),), words="It is pump 5, not 4.")
    latest = house.mails()["follow-up"].mail.message_id
    take(
        house,
        "Answer",
        author=INES,
        rcpt_to=(house.token(ReplyAudience.CLIENT),),
        head=f"In-Reply-To: {latest}\r\n",
    )

    assert OutboxState.QUEUED is house.mails()["reply"].state
    assert "held" not in house.written()


def test_an_own_note_makes_no_reply_stale(house: Any) -> None:
    """What the author has added is known to the author."""
    take(house, "Seal")
    account = house.mails()["ticket-assigned"].mail.message_id
    take(
        house, "Note", author=INES, rcpt_to=(house.token(ReplyAudience.INTERNAL),), words="Sam, they owe us."
    )
    answer = {"rcpt_to": (house.token(ReplyAudience.CLIENT),), "head": f"In-Reply-To: {account}\r\n"}
    take(house, "Answer", author=INES, **answer)

    assert OutboxState.QUEUED is house.mails()["reply"].state


def test_an_operator_may_settle_it(stale: Any) -> None:
    """By the number of the mail, once."""
    number = stale.mails()["reply"].id
    done = [replies(stale).word(number, send=True, by="operator", how=How.COMMAND_LINE) for _ in range(2)]

    assert [True, False] == done
    with stale.store.read() as connection:
        [mail] = [one for one in outbox.listing(connection) if one.id == number]
    assert OutboxState.QUEUED is mail.state
