"""What people corrected in issue cards: labelled examples for `train` and `eval`."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailroute.domain.received import InboxId
from mailroute.domain.ticket import Role, TicketEvent, TicketRef
from mailroute.store.session import Connection
from mailroute.store.tables import ticket, ticket_message
from mailroute.store.tables_account import correction
from mailroute.tickets.card import CARD

_CLIENT = (Role.CLIENT, Role.STRANGER)

CORRECTING = frozenset({"corrected", "made-urgent", "project-named", "readdressed"})
"""Events by which one of us says what a value should have been."""
UNDONE = "undone"
FIELDS = {**{name: name for name in CARD}, "project": "project", "requester_address": "requester"}
"""Value of a ticket, as its history names it, to the field that was corrected."""
OF_THE_FIRST = frozenset({"type", "title", "project", "requester"})
OF_THE_LAST = frozenset({"urgency", "sentiment"})
"""Of several messages of the client; a list is the sum of all of them, and an example only where there is one."""

# the statements are built once, for they run within the path of a message
_SAID = (
    sa.select(ticket_message.c.id)
    .where(ticket_message.c.ticket == sa.bindparam("ref"), ticket_message.c.role.in_(_CLIENT))
    .order_by(ticket_message.c.id)
)
_FIRST, _LAST = _SAID.limit(2), _SAID.order_by(None).order_by(ticket_message.c.id.desc()).limit(1)
_STANDING = (
    sa.select(sa.func.max(correction.c.id))
    .where(
        correction.c.ticket == sa.bindparam("ref"),
        correction.c.field == sa.bindparam("name"),
        correction.c.new_value == sa.bindparam("value"),
        correction.c.taken_back_at.is_(None),
    )
    .scalar_subquery()
)
_TAKE_BACK = (
    sa.update(correction).where(correction.c.id == _STANDING).values(taken_back_at=sa.bindparam("now"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One value that a person put right."""

    id: int
    ref: TicketRef
    field: str
    old: str
    new: str
    """As `tickets.card.CARD` reads it; the key of a project, the address of a requester."""
    by: str
    """Staff id."""
    at: datetime
    subject: str
    """The ticket's title before anybody put that right."""
    text: str
    """The client's words that the value was read from."""
    entry: InboxId | None = None
    """The mail that brought them."""


def keep(connection: Connection, ref: TicketRef, event: TicketEvent) -> None:
    """Keep what *event* says of the ticket's card as an example, or that an earlier one is taken back."""
    if event.event not in CORRECTING | {UNDONE}:
        return
    for value, field in FIELDS.items():
        old, new = event.details.get(f"from.{value}"), event.details.get(f"to.{value}")
        if old is None or new is None:
            continue
        if event.event == UNDONE:
            connection.execute(_TAKE_BACK, {"ref": ref.number, "name": field, "value": old, "now": event.at})
            continue
        row = {"ticket": ref.number, "message": _message(connection, ref, field), "field": field}
        said = {"old_value": old, "new_value": new, "by": event.by, "at": event.at}
        connection.execute(sa.insert(correction), row | said)


def _message(connection: Connection, ref: TicketRef, field: str) -> int | None:
    """The client's message that the value was read from; None when it is the sum of several."""
    wanted = _LAST if field in OF_THE_LAST else _FIRST
    found: list[int] = list(connection.execute(wanted, {"ref": ref.number}).scalars())
    if not found or (len(found) > 1 and field not in OF_THE_FIRST):
        return None
    return found[0]


def listing(connection: Connection, field: str | None = None) -> list[Correction]:
    """The last word on each field of each ticket, oldest first; of *field* alone, if given.

    Left out are those that were taken back, and those with no message of a client that they could be read from.
    """
    standing = sa.select(sa.func.max(correction.c.id)).where(correction.c.taken_back_at.is_(None))
    if field is not None:
        standing = standing.where(correction.c.field == field)
    query = (
        sa.select(correction, ticket.c.title, ticket_message.c.text, ticket_message.c.entry)
        .join(ticket, ticket.c.number == correction.c.ticket)
        .join(ticket_message, ticket_message.c.id == correction.c.message)
        .where(correction.c.id.in_(standing.group_by(correction.c.ticket, correction.c.field)))
        .order_by(correction.c.id)
    )
    titles = _first_titles(connection)
    return [
        Correction(
            id=row.id,
            ref=TicketRef(row.ticket),
            field=row.field,
            old=row.old_value,
            new=row.new_value,
            by=row.by,
            at=row.at,
            subject=titles.get(row.ticket, row.title),
            text=row.text,
            entry=None if row.entry is None else InboxId(row.entry),
        )
        for row in connection.execute(query)
    ]


def counts(connection: Connection, *, since: datetime) -> dict[str, int]:
    """How often people put each field right from *since* on."""
    query = (
        sa.select(correction.c.field, sa.func.count().label("number"))
        .where(correction.c.at >= since)
        .group_by(correction.c.field)
    )
    return {row.field: row.number for row in connection.execute(query)}


def _first_titles(connection: Connection) -> dict[int, str]:
    """By ticket, the title that the mail gave, where somebody has put it right since."""
    first = sa.select(sa.func.min(correction.c.id)).where(correction.c.field == "title")
    rows = sa.select(correction.c.ticket, correction.c.old_value).where(
        correction.c.id.in_(first.group_by(correction.c.ticket))
    )
    return {row.ticket: row.old_value for row in connection.execute(rows)}
