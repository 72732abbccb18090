"""A ticket and lines of its history."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.issue import Issue
from mailroute.domain.ticket import Move, Routing, Status, Ticket, TicketEvent, TicketRef

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

Happened = Callable[..., TicketEvent]


@pytest.fixture
def waiting() -> Ticket:
    """Ann's matter of Monday; it is her move."""
    return Ticket(
        ref=TicketRef(17),
        title="Pump 4 leaks",
        status=Status.WAITING,
        whose_move=Move.CLIENT,
        requester=Mailbox("Ann Lee", "ann@borealis.example"),
        organisation="borealis",
        project=None,
        rep="sam",
        pm="ines",
        routing=Routing(pm="ines"),
        issue=Issue(),
        opened_at=MONDAY,
        updated_at=MONDAY,
    )


@pytest.fixture
def happened() -> Happened:
    """A line of history: what, on which day of March at which hour (UTC), and details."""

    def make(event: str, day: int, hour: int = 10, by: str = "ines", **details: str) -> TicketEvent:
        at = datetime(2026, 3, day, hour, tzinfo=UTC)
        return TicketEvent(
            at=at, event=event, by=by, details={k.replace("_", "-"): v for k, v in details.items()}
        )

    return make
