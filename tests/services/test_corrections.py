"""What people put right is kept as an example, by the keyboard and by mail, in the transaction of the change."""

from typing import Any

import pytest

from mailroute.domain.issue import IssueType, Urgency
from mailroute.domain.ticket import Ticket, TicketRef
from mailroute.domain.tokens import ReplyAudience
from mailroute.services.ticket_actions import TicketActions
from mailroute.store import corrections, tickets
from mailroute.tickets.actions import How

ONE = TicketRef(1)
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


def do(house: Any, *lines: str, by: str = "ines") -> list[bool]:
    """Somebody at the keyboard; which of the lines were done."""
    return [r.done for r in actions(house).act(ONE, by, lines, How.COMMAND_LINE)]


def receive(house: Any, name: str, **mail: Any) -> None:
    """A mail worked through."""
    house.processor().process(house.keep(name, **mail))


def examples(house: Any) -> list[tuple[str, str, str, str]]:
    """Field, old, new and who."""
    with house.store.read() as connection:
        return [(c.field, c.old, c.new, c.by) for c in corrections.listing(connection)]


def ticket(house: Any) -> Ticket:
    """As it stands."""
    with house.store.read() as connection:
        found = tickets.get(connection, ONE)
    assert found is not None

    return found


@pytest.fixture
def one(house: Any) -> Any:
    """A house with one ticket of Ann's, on each database."""
    receive(house, "March", words="You billed us twice for March. Please send a credit note.")
    return house


def test_old_and_new_stand_with_who_when_and_the_client_s_words(one: Any) -> None:
    """An example can be read again from the mail that brought it."""
    before = ticket(one).issue
    assert [True, True] == do(one, "/type access", "/urgency low")
    with one.store.read() as connection:
        first, second = corrections.listing(connection)

    assert (IssueType.ACCESS, Urgency.LOW) == (ticket(one).issue.type.value, ticket(one).issue.urgency.value)
    assert ("type", str(before.type.value), "access", "ines", one.clock.at) == (
        first.field, first.old, first.new, first.by, first.at,
    )  # fmt: skip
    assert ("urgency", "low") == (second.field, second.new)
    assert "March" == first.subject
    assert first.text.startswith("You billed us twice")
    assert first.entry is not None


def test_commands_in_a_mail_are_examples_too(one: Any) -> None:
    """Also those that are older than examples are: /urgent, /project, /requester."""
    to = (one.token(ReplyAudience.INTERNAL, 1),)
    receive(
        one, "Right", author=INES, rcpt_to=to, words="/type complaint\n/urgent\n/deadline 2026-03-12\n\nInes"
    )

    assert [("type", "complaint"), ("urgency", "high")] == [
        (field, new) for field, _, new, by in examples(one) if field in {"type", "urgency"} and by == "ines"
    ]
    assert '"2026-03-12"' in next(new for field, _, new, _ in examples(one) if field == "deadlines")


def test_undo_takes_the_example_back(one: Any) -> None:
    """The value from before stands again, and the one before that is the last word again."""
    before = ticket(one)
    do(one, "/type access", "/type other")
    assert actions(one).undo(ONE, "ines", How.COMMAND_LINE).done

    assert [("access", IssueType.ACCESS)] == [(e[2], ticket(one).issue.type.value) for e in examples(one)]
    assert actions(one).undo(ONE, "ines", How.COMMAND_LINE).done
    after = ticket(one).issue
    assert ([], before.issue.type.value, before.issue.type.sure, ()) == (
        examples(one), after.type.value, after.type.sure, after.corrected,
    )  # fmt: skip


def test_the_last_word_on_a_field_counts(one: Any) -> None:
    """Who changes her mind teaches one thing."""
    do(one, "/type access", "/title Twice", "/type other")

    assert [("title", "Twice"), ("type", "other")] == [(field, new) for field, _, new, _ in examples(one)]


def test_a_title_put_right_is_not_taken_for_the_subject(one: Any) -> None:
    """What is learned from is what the client wrote."""
    do(one, "/title Double billing", "/title Billed twice", "/type access")
    with one.store.read() as connection:
        found = corrections.listing(connection, field="type")

    assert ["March"] == [c.subject for c in found]


def test_a_list_of_several_mails_is_no_example(one: Any) -> None:
    """No one mail holds all of it; its type is still that of the first."""
    receive(one, "More", author=ANN, words="And we need it.", rcpt_to=(one.token(ReplyAudience.CLIENT, 1),))
    do(one, "/correct asks=Send a credit note.", "/type access")

    assert ["type"] == [field for field, *_ in examples(one)]
    assert ("asks", "type") == ticket(one).issue.corrected


def test_what_was_put_right_outlasts_the_client_s_next_mail(one: Any) -> None:
    """However urgent that one sounds."""
    do(one, "/urgency low")
    words = "Everything stands still! This is an emergency, nobody can work, come immediately!"
    receive(one, "More", author=ANN, words=words, rcpt_to=(one.token(ReplyAudience.CLIENT, 1),))

    assert Urgency.LOW is ticket(one).issue.urgency.value


def test_commands_that_correct_nothing_are_no_examples(one: Any) -> None:
    """Closing is no word on what was read."""
    do(one, "/close", "/reopen", "/note hello", "/assign lea")

    assert [] == examples(one)
