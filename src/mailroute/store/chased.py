"""How often a client has been chased lately, over all of their tickets."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from mailroute.domain.ticket import Ticket, TicketEvent
from mailroute.store.session import Connection
from mailroute.store.tables import NOT_CLOSED, ticket, ticket_event

NOTES = ("out-of-office", "auto-reply")
"""Events of machines that tell of an absence."""

MOST = 100
"""Counting stops there."""


def absences(connection: Connection, one: Ticket, since: datetime) -> list[TicketEvent]:
    """Notes of absence that came since then to other open tickets of the same requester, oldest first, few."""
    if one.requester.key is None:
        return []
    found = (
        sa.select(ticket_event)
        .join(ticket, ticket.c.number == ticket_event.c.ticket)
        .where(ticket.c.requester_key == one.requester.key, NOT_CLOSED, ticket.c.updated_at >= since)
        .where(ticket_event.c.event.in_(NOTES), ticket_event.c.at >= since, ticket.c.number != one.ref.number)
        .limit(MOST)
    )
    notes = (
        TicketEvent(at=row.at, event=row.event, by=row.by, reasons=row.reasons, details=row.details)
        for row in connection.execute(found)
    )
    return sorted(notes, key=lambda note: note.at)


def count_events(connection: Connection, one: Ticket, names: Collection[str], since: datetime) -> int:
    """Events called one of *names* since then on open tickets of the same client.

    By the index of live tickets: what has such an event has changed since.
    """
    whose = (
        ticket.c.organisation == one.organisation
        if one.organisation is not None
        else ticket.c.requester_key == one.requester.key
    )
    found = (
        sa.select(ticket_event.c.id)
        .join(ticket, ticket.c.number == ticket_event.c.ticket)
        .where(whose, NOT_CLOSED, ticket.c.updated_at >= since)
        .where(ticket_event.c.event.in_(names), ticket_event.c.at >= since)
        .limit(MOST)
    )
    return connection.execute(sa.select(sa.func.count()).select_from(found.subquery())).scalar_one()
