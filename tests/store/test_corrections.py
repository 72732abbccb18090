"""What people put right in a card is kept, and the newest word on each field counts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.errors import Misconfigured
from mailroute.domain.issue import IssueType, Urgency
from mailroute.domain.ticket import Audience, Role, Ticket, TicketMessage, TicketRef, Via
from mailroute.services.corrections import correct
from mailroute.store import corrections, messages, tickets
from mailroute.store.session import Store
from mailroute.tickets.actions_undo import last_change

REF = TicketRef(1)


@pytest.fixture
def kept(store: Store, make_ticket: Callable[..., Ticket], noon: datetime) -> Store:
    """A store with one ticket and the client's words."""
    said = TicketMessage(
        entry=None,
        source=None,
        message_id=None,
        author=Mailbox("Ann Lee", "ann@borealis.example"),
        role=Role.CLIENT,
        via=Via.DIRECT,
        audience=Audience.PUBLIC,
        at=noon,
        text="You billed us twice for March.",
        fingerprint="f",
    )
    with store.write() as connection:
        tickets.insert(connection, make_ticket(1))
        messages.add_message(connection, REF, said)
    return store


def test_a_correction_changes_the_card_and_keeps_old_and_new(kept: Store, noon: datetime) -> None:
    """With who, when and the client's words, and a line in the history."""
    with kept.write() as connection:
        correct(connection, REF, "type", "billing", by="ines", at=noon)
    with kept.read() as connection:
        ticket = tickets.get(connection, REF)
        one = corrections.listing(connection)[0]
        past = messages.events(connection, REF)

    assert ticket is not None
    assert (IssueType.BILLING, 1.0) == (ticket.issue.type.value, ticket.issue.type.sure)
    assert ("type", "other", "billing", "ines", noon) == (one.field, one.old, one.new, one.by, one.at)
    assert one.text == "You billed us twice for March."
    assert [("corrected", "ines", ["put-right: type: other -> billing"])] == [
        (event.event, event.by, [str(reason) for reason in event.reasons]) for event in past
    ]


def test_only_what_undo_can_put_back_is_offered_to_it(kept: Store, noon: datetime) -> None:
    """Urgency is; a type is taken back by another correction, and undo must not claim to have done it."""
    with kept.write() as connection:
        correct(connection, REF, "urgency", "low", by="ines", at=noon)
        correct(connection, REF, "type", "billing", by="ines", at=noon)
        found = last_change(messages.events(connection, REF))

    assert found is not None
    assert {"from.urgency": "normal", "to.urgency": "low"} == dict(found[1].details)


def test_the_last_correction_of_a_field_counts(kept: Store, noon: datetime) -> None:
    """Who changes his mind teaches the last word, one for each field."""
    with kept.write() as connection:
        correct(connection, REF, "urgency", "low", by="ines", at=noon)
        correct(connection, REF, "type", "defect", by="ines", at=noon)
        correct(connection, REF, "urgency", "high", by="kai", at=noon + timedelta(hours=1))
    with kept.read() as connection:
        found = {one.field: one.new for one in corrections.listing(connection)}

    assert found == {"type": "defect", "urgency": Urgency.HIGH}


def test_a_value_that_stands_already_is_no_correction(kept: Store, noon: datetime) -> None:
    """Nothing is learned from it."""
    with kept.write() as connection:
        correct(connection, REF, "type", "other", by="ines", at=noon)
        assert corrections.listing(connection) == []


def test_a_title_is_put_right_on_card_and_ticket(kept: Store, noon: datetime) -> None:
    """Both show it."""
    with kept.write() as connection:
        after = correct(connection, REF, "title", "March  billed twice", by="ines", at=noon)

    assert ("March billed twice", "March billed twice") == (after.title, after.issue.title)


@pytest.mark.parametrize(
    ("field", "value"), [("type", "quarrel"), ("pm", "kai"), ("title", " "), ("sentiment", "")]
)
def test_what_cannot_be_is_refused(kept: Store, noon: datetime, field: str, value: str) -> None:
    """In words that say why."""
    with kept.write() as connection, pytest.raises(Misconfigured, match=field):
        correct(connection, REF, field, value, by="ines", at=noon)


def test_a_ticket_that_is_not_there_is_refused(kept: Store, noon: datetime) -> None:
    """Nothing is kept of it."""
    with kept.write() as connection, pytest.raises(Misconfigured, match="no ticket MR-2"):
        correct(connection, TicketRef(2), "type", "billing", by="ines", at=noon)


def test_a_correction_that_was_taken_back_teaches_nothing(kept: Store, noon: datetime) -> None:
    """The value from before stands on the card again."""
    with kept.write() as connection:
        before = tickets.get(connection, REF)
        after = correct(connection, REF, "type", "billing", by="ines", at=noon)
        assert before is not None
        tickets.update(
            connection, replace(after, issue=before.issue, version=after.version + 1), after.version
        )

        assert corrections.listing(connection) == []
