"""Actions on tickets against a real database: merged, corrected, asleep, taken back."""

from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.errors import Misconfigured
from mailroute.domain.ticket import LinkKind, Move, Status, Ticket, TicketRef
from mailroute.domain.tokens import ReplyAudience
from mailroute.services.ticket_actions import TicketActions
from mailroute.services.timers import TimerDesk
from mailroute.store import messages, outbox, tickets
from mailroute.tickets.actions import How
from mailroute.tickets.move import whose_move

SEAL = "The shaft seal of pump four leaks again since Monday morning, please come and look at it soon."
BILL = "The January invoice has the wrong cost centre on it, our bookkeeping cannot pay it like that."
ONE, TWO = TicketRef(1), TicketRef(2)
INES, ANN = "ines@northwind.example", "ann@borealis.example"


def actions(house: Any) -> TicketActions:
    """As the product wires them."""
    return TicketActions(
        store=house.store,
        compose=house.compose,
        enqueue=lambda connection, mail: house.enqueue(connection, mail, None),
        policy=house.policy,
        clock=house.clock,
        directories=house.directories,
    )


def desk(house: Any) -> TimerDesk:
    """As the product wires it."""
    return TimerDesk(
        store=house.store,
        compose=house.compose,
        enqueue=lambda connection, mail: house.enqueue(connection, mail, None),
        policy=house.policy,
        clock=house.clock,
        journal=house.journal,
        directories=house.directories,
    )


def do(house: Any, ref: TicketRef, *lines: str) -> list[bool]:
    """Ines at the keyboard; which of them were done."""
    return [r.done for r in actions(house).act(ref, "ines", lines, How.COMMAND_LINE)]


def receive(house: Any, name: str, **mail: Any) -> str | None:
    """A mail worked through; what became of it."""
    entry = house.keep(name, **mail)
    house.processor().process(entry)
    became: str | None = house.actions(entry)[0]
    return became


def ticket(house: Any, ref: TicketRef) -> Ticket:
    """As it stands."""
    with house.store.read() as connection:
        found = tickets.get(connection, ref)
    assert found is not None

    return found


def said(house: Any, ref: TicketRef) -> list[str]:
    """First words of its messages."""
    with house.store.read() as connection:
        return [m.text.split()[0] for m in messages.messages(connection, ref)]


def events(house: Any, ref: TicketRef) -> list[str]:
    """Its history."""
    with house.store.read() as connection:
        return [e.event for e in messages.events(connection, ref)]


@pytest.fixture
def two(house: Any) -> Any:
    """A house with two tickets of Ann's, on each database."""
    receive(house, "Seal", words=SEAL)
    receive(house, "Bill", words=BILL)
    return house


def test_a_merged_ticket_s_addresses_and_ids_lead_to_the_other(two: Any) -> None:
    """Messages of both stand there in the order in which they came; a mail to either joins it."""
    assert [True] == do(two, TWO, "/merge MR-1")

    receive(two, "More", author=ANN, words="Still wrong.", rcpt_to=(two.token(ReplyAudience.CLIENT, 2),))
    receive(two, "Again", author=ANN, words="And now?", head="In-Reply-To: <Bill@mail.example>\r\n")

    assert ["The", "The", "Still", "And"] == said(two, ONE)
    assert ["MR-1", "MR-2"] == two.refs()
    with two.store.read() as connection:
        merged = messages.thread(connection, [ONE], merged={ONE: (TWO,)})[ONE]
    assert {"<Seal@mail.example>", "<Bill@mail.example>", "<More@mail.example>"} <= set(merged)


def test_what_is_merged_into_a_merged_ticket_goes_to_the_end(two: Any) -> None:
    """However many steps it takes; a command mail to the first one acts on the last one, too."""
    receive(
        two, "Door", words="The door of the pump house does not lock any more, somebody has bent the bolt."
    )
    do(two, TWO, "/merge MR-1")
    do(two, ONE, "/merge MR-3")

    receive(two, "More", author=ANN, words="Still wrong.", rcpt_to=(two.token(ReplyAudience.CLIENT, 2),))
    receive(two, "Done", author=INES, words="/close", rcpt_to=(two.token(ReplyAudience.INTERNAL, 2),))

    assert ["The", "The", "The", "Still", "/close"] == said(two, TicketRef(3))
    assert Status.CLOSED is ticket(two, TicketRef(3)).status


def test_a_merge_can_be_taken_back(two: Any) -> None:
    """Both tickets are as before, and what comes afterwards goes to each again."""
    do(two, TWO, "/merge MR-1")

    result = actions(two).undo(TWO, "ines", How.COMMAND_LINE)
    receive(two, "More", author=ANN, words="Still wrong.", rcpt_to=(two.token(ReplyAudience.CLIENT, 2),))

    assert (True, ["The"], ["The", "Still"]) == (result.done, said(two, ONE), said(two, TWO))
    assert ((), ()) == (ticket(two, ONE).links, ticket(two, TWO).links)
    assert ["merged", "undone", "client-wrote"] == events(two, TWO)[-3:]


def test_split_off_at_the_keyboard(two: Any) -> None:
    """The words behind the command open the ticket, and the books still close."""
    assert [True] == do(two, ONE, "/split The bearing whistles")

    opened = ticket(two, TicketRef(3))

    assert ("The bearing whistles", (ONE,)) == (opened.title, opened.linked(LinkKind.SPLIT_FROM))


def test_the_words_of_a_corrected_ticket_are_found_at_the_new_client(house: Any) -> None:
    """The same words by another path join it there, and nothing goes to the wrong person any more."""
    receive(house, "Seal", author="zoe@quill.example", words=SEAL)
    do(house, ONE, f"/requester {ANN}")

    receive(house, "Again", author=ANN, words=SEAL)
    receive(
        house,
        "Answer",
        author=INES,
        words="We come on Thursday.",
        rcpt_to=(house.token(ReplyAudience.CLIENT),),
    )

    assert (["MR-1"], "borealis") == (house.refs(), ticket(house, ONE).organisation)
    assert (Mailbox("Ann Lee", ANN),) == house.mails()["reply"].to


def test_a_sleeping_ticket_comes_back_by_itself(two: Any) -> None:
    """Not before its time, once, and its PM is told."""
    do(two, ONE, "/snooze 2d")
    woken = []
    for _ in range(3):
        two.clock.pass_by(days=1, seconds=1)
        woken.append(desk(two).fire_due(kinds={"wake"}))

    assert [0, 1, 0] == woken
    assert (Status.OPEN, Move.PM, "woke") == (
        ticket(two, ONE).status,
        ticket(two, ONE).whose_move,
        events(two, ONE)[-1],
    )
    assert INES == two.mails()["note"].to[0].address


def test_a_client_s_answer_ends_the_waiting(two: Any) -> None:
    """What waited for it does not come back a second time."""
    do(two, ONE, "/wait 2d")
    receive(two, "Here", author=ANN, words="Here it is.", rcpt_to=(two.token(ReplyAudience.CLIENT, 1),))

    two.clock.pass_by(days=3)

    assert (0, Move.PM) == (desk(two).fire_due(kinds={"wake"}), ticket(two, ONE).whose_move)


def test_the_stored_move_is_the_one_that_the_history_tells(small_house: Any) -> None:
    """Message by message and as a whole: the same answer after each step."""
    client, inside = ReplyAudience.CLIENT, ReplyAudience.INTERNAL
    steps: tuple[tuple[str, str, ReplyAudience], ...] = (
        (INES, "Which pump is it?", client),
        (ANN, "The one by the door.", client),
        (INES, "Sam, have they paid for the contract?", inside),
        ("sam@northwind.example", "Yes they have.", inside),
        (INES, "/wait 3d", inside),
        (ANN, "Any news?", client),
        (INES, "/close", inside),
        (ANN, "It is back.", client),
        (INES, "It runs again. I am closing this ticket now.", client),
    )
    receive(small_house, "Seal", words=SEAL)
    moves = []
    for number, (author, words, audience) in enumerate(steps):
        small_house.clock.pass_by(hours=1)
        with small_house.store.read() as connection:
            [newest] = outbox.listing(connection, limit=1)  # whoever answers it has seen what is there
        head = f"In-Reply-To: {newest.mail.message_id}\r\n"
        to = (small_house.token(audience),)
        receive(small_house, f"n{number}", author=author, words=words, rcpt_to=to, head=head)
        now = ticket(small_house, ONE)
        with small_house.store.read() as connection:
            told = whose_move(now, messages.events(connection, ONE))
        moves.append((str(now.whose_move), str(told.move)))

    wanted = ["client", "pm", "rep", "pm", "client", "pm", "nobody", "pm", "nobody"]
    assert [(move, move) for move in wanted] == moves


def test_the_same_command_mail_twice_is_done_once(small_house: Any) -> None:
    """By another server it is the same mail."""
    receive(small_house, "Seal", words=SEAL)
    mail: dict[str, Any] = {
        "author": INES,
        "words": "/note call her",
        "rcpt_to": (small_house.token(ReplyAudience.INTERNAL),),
    }
    receive(small_house, "Note", **mail)
    became = receive(small_house, "Note", source_key="by another server", **mail)

    assert ("duplicate", 1) == (became, events(small_house, ONE).count("noted"))


@pytest.mark.parametrize(
    ("ref", "actor", "line", "why"),
    [
        (TicketRef(99), "ines", "/close", "there is no ticket MR-99"),
        (ONE, "zoe", "/close", "there is no “zoe”"),
        (ONE, "ines", "close it\nnow", "is no command"),
    ],
)
def test_what_cannot_even_be_tried(small_house: Any, ref: TicketRef, actor: str, line: str, why: str) -> None:
    """Says what is wrong before anything is done."""
    receive(small_house, "Seal", words=SEAL)

    with pytest.raises(Misconfigured, match=why):
        actions(small_house).act(ref, actor, [line], How.COMMAND_LINE)


def test_commands_write_no_client(two: Any) -> None:
    """Whatever is done at the keyboard stays inside."""
    before = len(two.written())
    do(two, ONE, "/assign lea", "/urgent", "/note call her", f"/requester {ANN}", "/link MR-2", "/close")
    with two.store.read() as connection:
        newest = outbox.listing(connection, limit=len(two.written()) - before)

    assert newest
    assert {"northwind.example"} == {str(to.address).partition("@")[2] for mail in newest for to in mail.to}
