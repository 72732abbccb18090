"""What a message does to a ticket's state."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroute.domain.address import Mailbox
from mailroute.domain.issue import (
    Ask,
    Deadline,
    Issue,
    IssueType,
    Person,
    Reference,
    ReferenceKind,
    Sentiment,
    SentimentFinding,
    TypeFinding,
    Urgency,
    UrgencyFinding,
)
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Move, Participant, Role, Status, Ticket
from mailroute.tickets.lifecycle import after_client_message, after_staff_reply, joined, with_participants

QUESTION = "Which pump is it?"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(
    ("pm", "becomes", "move"), [("ines", Status.OPEN, Move.PM), (None, Status.NEW, Move.NOBODY)]
)
def test_a_client_s_message_gives_the_move_to_the_pm(
    make_ticket: Callable[..., Ticket], now: Any, status: Status, pm: str | None, becomes: Status, move: Move
) -> None:
    """Wherever the ticket stood: resolved and closed ones come back. Without a PM it is nobody's, as at first."""
    later = now + timedelta(hours=1)
    after = after_client_message(make_ticket(status=status, whose_move=Move.CLIENT, pm=pm), Issue(), later)

    assert (becomes, move, later) == (after.status, after.whose_move, after.updated_at)


@pytest.mark.parametrize("status", Status)
def test_a_question_to_the_client_gives_them_the_move(
    make_ticket: Callable[..., Ticket], now: Any, status: Status
) -> None:
    """We wait for the answer, also on a ticket that was closed."""
    after = after_staff_reply(make_ticket(status=status), QUESTION, now)

    assert (Status.WAITING, Move.CLIENT) == (after.status, after.whose_move)


@pytest.mark.parametrize(
    ("status", "move", "becomes"),
    [
        (Status.NEW, Move.PM, Status.OPEN),
        (Status.OPEN, Move.PM, Status.OPEN),
        (Status.WAITING, Move.CLIENT, Status.WAITING),
        (Status.RESOLVED, Move.NOBODY, Status.RESOLVED),
        (Status.CLOSED, Move.NOBODY, Status.CLOSED),
    ],
)
def test_an_answer_without_a_question_leaves_the_move_where_it_was(
    make_ticket: Callable[..., Ticket], now: Any, status: Status, move: Move, becomes: Status
) -> None:
    """`The parts have come` answers none of our own questions, and `you are welcome` opens nothing again."""
    after = after_staff_reply(make_ticket(status=status, whose_move=move), None, now)

    assert (becomes, move) == (after.status, after.whose_move)


def test_a_further_message_adds_what_is_new_to_the_card() -> None:
    """Title and type stay, repetitions are left out whatever their dress, the latest mood counts."""
    order = Reference(ReferenceKind.ORDER, "PO-4471", 0, 7)
    friday = Deadline(date(2026, 3, 6), "by Friday", 0, 9, 0.9)
    first = Issue(
        title="Pump 4",
        type=TypeFinding(IssueType.DEFECT, 0.9),
        asks=(Ask("Please come.", 0, 12, 0.9),),
        references=(order,),
        deadlines=(friday,),
        people=(Person(name="Ann Lee"),),
        language="en",
    )
    later = Issue(
        title="Bill",
        type=TypeFinding(IssueType.BILLING, 0.9),
        sentiment=SentimentFinding(Sentiment.ANGRY, 0.9),
        asks=(Ask("please come", 5, 16, 0.9), Ask("Send the bill.", 20, 34, 0.9)),
        references=(
            Reference(ReferenceKind.ORDER, "po 4471", 9, 16),
            Reference(ReferenceKind.SERIAL, "S9", 1, 3),
        ),
        deadlines=(Deadline(date(2026, 3, 6), "on Friday", 3, 9, 0.8),),
        people=(Person(name="ann lee", phone="1"), Person(email="bo@borealis.example")),
        language="de",
    )
    card = joined(first, later)

    assert ("Pump 4", IssueType.DEFECT, "en") == (card.title, card.type.value, card.language)
    assert Sentiment.ANGRY is card.sentiment.value
    assert ["Please come.", "Send the bill."] == [ask.text for ask in card.asks]
    assert ["PO-4471", "S9"] == [reference.value for reference in card.references]
    assert (friday,) == card.deadlines
    assert 2 == len(card.people)


@given(st.sampled_from(Urgency), st.sampled_from(Urgency))
def test_urgency_only_rises(first: Urgency, later: Urgency) -> None:
    """A calm second mail does not take back that the line is down."""
    order = list(Urgency)
    card = joined(Issue(urgency=UrgencyFinding(first)), Issue(urgency=UrgencyFinding(later)))

    assert order.index(card.urgency.value) == max(order.index(first), order.index(later))


def test_nobody_is_on_a_ticket_twice(make_ticket: Callable[..., Ticket]) -> None:
    """Spellings of one address are one participant, and the first reason stays."""

    def person(address: str, code: str) -> Participant:
        return Participant(mailbox=Mailbox(None, address), role=Role.CLIENT, reason=Reason(code, ""))

    first = with_participants(
        make_ticket(), (person("ann@x.example", "requester"), person("ANN@x.example", "copied"))
    )
    again = with_participants(first, (person("Ann@X.example", "wrote"), person("bo@x.example", "copied")))

    assert ["requester", "copied"] == [one.reason.code for one in again.participants]
