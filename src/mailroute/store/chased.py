"""How often a client has been chased lately, over all of their tickets."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from mailroute.domain.ticket import Ticket
from mailroute.store.session import Connection
from mailroute.store.tables import NOT_CLOSED, ticket, ticket_event

MOST = 100
"""Counting stops there."""


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
