"""What people corrected in issue cards: labelled examples for `train` and `eval`."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailroute.domain.issue import Issue
from mailroute.domain.ticket import Role, TicketRef
from mailroute.store.session import Connection
from mailroute.store.tables import ticket, ticket_message
from mailroute.store.tables_account import correction

_CLIENT = (Role.CLIENT, Role.STRANGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One value that a person put right."""

    id: int
    ref: TicketRef
    field: str
    old: str
    new: str
    by: str
    """Staff id."""
    at: datetime
    subject: str
    text: str
    """The client's words that the value was read from."""


def add(
    connection: Connection, ref: TicketRef, *, field: str, old: str, new: str, by: str, at: datetime
) -> None:
    """Keep that *by* changed a field of the ticket's card, with the client's first message as its text."""
    first = sa.select(sa.func.min(ticket_message.c.id)).where(
        ticket_message.c.ticket == ref.number, ticket_message.c.role.in_(_CLIENT)
    )
    values = {"field": field, "old_value": old, "new_value": new, "by": by, "at": at}
    message = connection.execute(first).scalar()
    connection.execute(sa.insert(correction), {"ticket": ref.number, "message": message, **values})


def listing(connection: Connection) -> list[Correction]:
    """The last correction of each field of each ticket, oldest first.

    Left out are those without words of a client, and those taken back since: the old value stands again.
    """
    last = sa.select(sa.func.max(correction.c.id)).group_by(correction.c.ticket, correction.c.field)
    query = (
        sa.select(correction, ticket.c.title, ticket.c.issue, ticket_message.c.text)
        .join(ticket, ticket.c.number == correction.c.ticket)
        .join(ticket_message, ticket_message.c.id == correction.c.message)
        .where(correction.c.id.in_(last))
        .order_by(correction.c.id)
    )
    return [
        Correction(
            id=row.id,
            ref=TicketRef(row.ticket),
            field=row.field,
            old=row.old_value,
            new=row.new_value,
            by=row.by,
            at=row.at,
            subject=row.title,
            text=row.text,
        )
        for row in connection.execute(query)
        if _value(row.issue, row.field) != row.old_value
    ]


def _value(card: Issue, field: str) -> str:
    found = getattr(card, field)
    return found if isinstance(found, str) else str(found.value)
