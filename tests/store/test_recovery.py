"""Mails whose sender was stopped before the final dot, or answers too late, on both databases."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mailroute.domain.outgoing import (
    ComposedMail,
    Deferred,
    MailDraft,
    OutboxId,
    OutboxItem,
    OutboxState,
    Sent,
)
from mailroute.store import outbox, recovery
from mailroute.store.session import Store

ANN = "ann@borealis.example"
SECOND = timedelta(seconds=1)


@pytest.fixture
def queued(
    store: Store,
    make_draft: Callable[..., MailDraft],
    make_mail: Callable[..., ComposedMail],
    noon: datetime,
) -> OutboxId:
    """A mail to one recipient that waits to be sent."""
    with store.write() as connection:
        item = outbox.add(
            connection,
            make_draft("ticket-opened:MR-1"),
            make_mail(1, ANN),
            state=OutboxState.QUEUED,
            now=noon,
            after_entry=None,
        )
    assert item is not None
    return item


def start(store: Store, item: OutboxId, now: datetime) -> OutboxItem | None:
    """Claims the next attempt."""
    with store.write() as connection:
        return outbox.start(connection, item, now)


def give_back(store: Store, item: OutboxId, marked_at: datetime | None, now: datetime) -> None:
    """Says that an attempt came to nothing before the dot."""
    with store.write() as connection:
        recovery.give_back(connection, item, marked_at=marked_at, now=now)


def mark(store: Store, item: OutboxItem, now: datetime) -> bool:
    """Stands before the dot."""
    with store.write() as connection:
        return outbox.mark_sending(connection, item.id, attempt=item.attempts, now=now)


@pytest.mark.parametrize("marked_at", [None, SECOND / 3])
def test_a_mail_given_back_goes_at_once(
    store: Store, queued: OutboxId, noon: datetime, marked_at: timedelta | None
) -> None:
    """An attempt that ended before the dot does not hold up the next one, even if the mark was written."""
    moment = None if marked_at is None else noon + marked_at
    first = start(store, queued, noon)
    assert first is not None
    assert moment is None or mark(store, first, moment)
    held = start(store, queued, noon + SECOND)
    give_back(store, queued, moment, noon)
    second = start(store, queued, noon + SECOND)

    assert held is None
    assert second is not None
    assert second.attempts == 2


@pytest.mark.parametrize("marked_at", [None, SECOND / 3])
def test_the_mark_of_another_sender_stays(
    store: Store, queued: OutboxId, noon: datetime, marked_at: timedelta | None
) -> None:
    """A sender that did not come to the dot cannot free a mail that another one is just sending."""
    sender = start(store, queued, noon)
    assert sender is not None
    assert mark(store, sender, noon + SECOND / 4)
    give_back(store, queued, None if marked_at is None else noon + marked_at, noon)

    assert start(store, queued, noon + SECOND) is None


def test_a_late_answer_does_not_undo_a_final_one(store: Store, queued: OutboxId, noon: datetime) -> None:
    """What a frozen sender learns after another one has sent the mail changes nothing."""
    first = start(store, queued, noon)
    assert first is not None
    give_back(store, queued, None, noon)
    second = start(store, queued, noon + SECOND)
    assert second is not None
    with store.write() as connection:
        for item, result in ((second, Sent("250 ok")), (first, Deferred("connection: lost"))):
            outbox.mark_results(
                connection, queued, {ANN: result}, attempt=item.attempts, now=noon, next_attempt_at=noon
            )
        stands = outbox.load(connection, queued)

    assert stands is not None
    assert (OutboxState.SENT, {ANN: "250 ok"}) == (stands.state, stands.results)
