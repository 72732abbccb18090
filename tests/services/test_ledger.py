"""The ask-once ledger over the whole path, on both databases: told, asked, answered, and counted."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailroute.domain.account import LineKind
from mailroute.domain.errors import Misconfigured
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import ReplyAudience
from mailroute.ledger.measures import Explained
from mailroute.services.account_ledger import Ledger, LedgerDesk
from mailroute.services.waiting import WaitingReplies
from mailroute.store import account
from mailroute.store.account import LineFilter
from mailroute.tickets.actions import How

ANN, INES = "ann@borealis.example", "ines@northwind.example"
LEAK = "Hello,\n\npump 4 leaks since Monday, the serial is SN 44-1207. Please come before Friday.\n\nAnn Lee"


def take(house: Any, name: str, **more: Any) -> None:
    """A mail comes and is worked on; an hour passes."""
    house.processor().process(house.keep(name, **more))
    house.clock.pass_by(hours=1)


def writes(house: Any, name: str, words: str, author: str = INES) -> None:
    """Somebody answers the newest mail about the ticket, to its client address."""
    mails = house.mails()
    answered = mails.get("follow-up") or mails["ticket-assigned"]
    head = f"In-Reply-To: {answered.mail.message_id}\r\n"
    take(house, name, author=author, words=words, head=head, rcpt_to=(house.token(ReplyAudience.CLIENT),))


def ledger(house: Any, whose: str = "MR-1") -> Ledger:
    """As people read it."""
    return LedgerDesk(store=house.store, directories=house.directories).ledger(whose)


def test_what_a_client_says_stands_in_the_ledger_with_its_words(house: Any) -> None:
    """Number, day and deadline, each in its sentence, of the ticket and of the client alike."""
    take(house, "Leak", words=LEAK)
    told = {(line.kind, line.value): line.words for line in ledger(house).told}

    sentence = "pump 4 leaks since Monday, the serial is SN 44-1207."
    assert {sentence} == {words for (_, value), words in told.items() if "44-1207" in value}
    assert "Please come before Friday." in {
        words for (kind, _), words in told.items() if kind is LineKind.DEADLINE
    }
    assert ledger(house).told == ledger(house, "Borealis Pumps").told


def test_a_question_is_open_until_the_client_answers_it(house: Any) -> None:
    """By a sentence that tells it, which the ledger shows; the client needed two mails."""
    take(house, "Leak", words=LEAK)
    writes(house, "Question", "Dear Ann,\n\nwhich firmware is on the controller?\n\nInes")
    before = ledger(house)
    writes(house, "Answer", "The firmware is 4.2.", author=ANN)
    after = ledger(house)

    assert [None] == [one.question.settled_at for one in before.asked]
    assert ["The firmware is 4.2."] == [one.answer.words for one in after.asked if one.answer]
    assert Explained(tickets=1, once=0, questions=1, open=0, asked_twice=0, mails=2) == after.figures


def test_what_was_told_is_not_asked(house: Any) -> None:
    """The reply waits, and nothing of it counts; let go by its author, it counts as asked twice."""
    take(house, "Leak", words=LEAK)
    writes(house, "Again", "Dear Ann,\n\nwhat is the serial number?\n\nInes")
    waits = ledger(house)
    item = house.mails()["reply"].id
    WaitingReplies(
        store=house.store,
        policy=house.policy,
        clock=house.clock,
        enqueue=lambda connection, mail: house.enqueue(connection, mail, None),
    ).word(item, send=True, by="ines", how=How.COMMAND_LINE)
    sent = ledger(house)

    assert "already-answered" in house.written()
    assert ((), 1, 1.0) == (waits.asked, waits.figures.once, waits.figures.rate)
    assert Explained(tickets=1, once=0, questions=1, open=0, asked_twice=1, mails=1) == sent.figures
    assert ["pump 4 leaks since Monday, the serial is SN 44-1207."] == [
        one.answer.words for one in sent.asked if one.answer
    ]


def test_figures_are_told_for_a_period(house: Any) -> None:
    """Of the tickets with mail in it; none gives no rate."""
    take(house, "Leak", words=LEAK)
    desk = LedgerDesk(store=house.store, directories=house.directories)
    now = house.clock.now()

    assert 1.0 == desk.explained(since=now - timedelta(days=7)).rate
    assert None is desk.explained(since=now + timedelta(days=1)).rate
    assert None is desk.explained(since=now - timedelta(days=7), organisation="corvus").rate


def test_what_we_promise_in_public_is_kept_with_its_day(house: Any) -> None:
    """And what we say among us is no part of the client's account."""
    take(house, "Leak", words=LEAK)
    writes(house, "Promise", "Dear Ann,\n\nwe will send you the seal by Thursday.\n\nInes")
    take(
        house,
        "Note",
        author=INES,
        words="Sam, I will call her tomorrow.",
        rcpt_to=(house.token(ReplyAudience.INTERNAL),),
    )
    with house.store.read() as connection:
        promises = account.lines(connection, LineFilter(kinds=[LineKind.PROMISE], organisation="borealis"))

    assert [("we will send you the seal by Thursday.", "2026-03-05", "ines")] == [
        (line.words, line.due.isoformat() if line.due else None, line.staff) for line in promises
    ]


def promised(house: Any) -> list[tuple[str, str | None]]:
    """What was promised on the ticket, and what shows that it was kept."""
    return [(one.words, one.evidence) for one in ledger(house).promised]


SEAL = "we will send you the seal by Thursday."


def test_a_promise_of_ours_is_kept_by_a_later_word(house: Any) -> None:
    """With the sentence that tells it; reminders look at open promises alone."""
    take(house, "Leak", words=LEAK)
    writes(house, "Promise", f"Dear Ann,\n\n{SEAL}\n\nInes")
    before = promised(house)
    writes(house, "Sent", "Dear Ann,\n\nthe seal was shipped this morning.\n\nInes")
    with house.store.read() as connection:
        left = account.open_promises(connection, [TicketRef(1)])

    assert [(SEAL, None)] == before
    assert [(SEAL, "the seal was shipped this morning.")] == promised(house)
    assert [] == left


def test_a_client_s_promise_is_kept_by_the_client_s_word(house: Any) -> None:
    """Promises of both sides are settled."""
    take(house, "Leak", words=f"{LEAK}\n\nI will send you a photo tomorrow.")
    writes(house, "Photo", "Here is the photo.", author=ANN)

    assert [("I will send you a photo tomorrow.", "Here is the photo.")] == promised(house)


def test_the_end_of_a_ticket_keeps_our_promises_until_it_is_taken_back(house: Any) -> None:
    """Closed by mistake, they are open again."""
    take(house, "Leak", words=LEAK)
    writes(house, "Promise", f"Dear Ann,\n\n{SEAL}\n\nInes")
    writes(house, "Closes", "/close")
    closed = promised(house)
    writes(house, "Reopens", "/reopen")

    assert [(SEAL, "closed by ines")] == closed
    assert [(SEAL, None)] == promised(house)


def test_an_unknown_ticket_or_client_is_named(small_house: Any) -> None:
    """A ledger of nobody is a slip of the pen."""
    with pytest.raises(Misconfigured, match="MR-99"):
        ledger(small_house, "MR-99")
    with pytest.raises(Misconfigured, match="quill"):
        ledger(small_house, "quill")


def test_a_house_that_does_not_want_the_guard_has_none(small_house: Any) -> None:
    """With `ask_once` off the reply goes, and the ledger still counts that it was asked in vain."""
    sending = replace(small_house.policy.sending, ask_once=False)
    house = replace(small_house, policy=replace(small_house.policy, sending=sending))
    take(house, "Leak", words=LEAK)
    writes(house, "Again", "Dear Ann,\n\nwhat is the serial number?\n\nInes")

    assert "already-answered" not in house.written()
    assert 1 == ledger(house).figures.asked_twice
