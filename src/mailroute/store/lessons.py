"""What earlier work teaches: who had the last new ticket, what people reassigned, and the model made of that."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailroute.domain.learned import LearnedModel
from mailroute.domain.ticket import Role, Routing, TicketRef
from mailroute.store import codec, meta
from mailroute.store.session import Connection
from mailroute.store.tables import ticket, ticket_event, ticket_message

MODEL = "learned-model"
MODEL_VERSION = "learned-version"
"""Where in `meta` the model and its version stand."""

_NEWEST_OF = (
    sa.select(ticket.c.opened_at)
    .where(ticket.c.pm == sa.bindparam("pm"), ticket.c.number < sa.bindparam("before"))
    .order_by(ticket.c.number.desc())
    .limit(1)
)
_FIRST_WORDS = (
    sa.select(ticket_message.c.text)
    .where(ticket_message.c.ticket == sa.bindparam("ref"), ticket_message.c.role.in_([Role.CLIENT, Role.STRANGER]))
    .order_by(ticket_message.c.id)
    .limit(1)
)  # fmt: skip
_HIGHEST = 2**53


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A ticket and with whom it ended."""

    ref: TicketRef
    title: str
    text: str
    """The client's first words."""
    organisation: str | None
    project: str | None
    kind: str
    pm: str
    routing: Routing
    given: bool
    """Whether a person gave it to this PM."""


def last_assigned(
    connection: Connection, staff: Collection[str], *, before: TicketRef | None = None
) -> dict[str, datetime]:
    """When the newest ticket of each was opened; one look into an index for each, however many tickets there are.

    By the tickets that they have, not by those that passed through their hands: who gave a ticket away keeps the turn.
    """
    found = {}
    limit = _HIGHEST if before is None else before.number
    for one in staff:
        at = connection.execute(_NEWEST_OF, {"pm": one, "before": limit}).scalar()
        if at is not None:
            found[one] = at
    return found


def given_by_people(connection: Connection, staff: Collection[str]) -> dict[TicketRef, str]:
    """To whom one of *staff* last gave a ticket, by ticket. Reads the whole history."""
    query = (
        sa.select(ticket_event.c.ticket, ticket_event.c.by, ticket_event.c.details)
        .where(ticket_event.c.event == "assigned")
        .order_by(ticket_event.c.id)
    )
    known = set(staff)
    found: dict[TicketRef, str] = {}
    for row in connection.execute(query):
        to = row.details.get("to.pm") or row.details.get("to")
        if row.by in known and to:
            found[TicketRef(row.ticket)] = to
    return found


def settled(connection: Connection, given: dict[TicketRef, str], *, at_most: int) -> Iterator[Settled]:
    """The newest tickets that are still with whom a person gave them to, and those that ended; newest first."""
    for refs in (given.keys(), None):
        query = sa.select(ticket).order_by(ticket.c.number.desc()).limit(at_most)
        if refs is None:
            query = query.where(ticket.c.ended_at.is_not(None))
        else:
            query = query.where(
                ticket.c.number.in_(sorted((ref.number for ref in refs), reverse=True)[:at_most])
            )
        for row in connection.execute(query).all():
            ref = TicketRef(row.number)
            to = given.get(ref)
            if row.pm is None or (refs is None) is (to is not None) or (to is not None and to != row.pm):
                continue
            yield Settled(
                ref=ref,
                title=row.title,
                text=connection.execute(_FIRST_WORDS, {"ref": row.number}).scalar() or "",
                organisation=row.organisation,
                project=row.project,
                kind=str(row.issue.type.value),
                pm=row.pm,
                routing=row.routing,
                given=to is not None,
            )


def model_version(connection: Connection) -> str | None:
    """Of the model that is kept; one cheap read for each message."""
    return meta.get(connection, MODEL_VERSION)


def load_model(connection: Connection) -> LearnedModel | None:
    """The model that is kept."""
    kept = meta.get(connection, MODEL)
    return None if kept is None else codec.adapter(LearnedModel).validate_json(kept)


def keep_model(connection: Connection, model: LearnedModel) -> None:
    """Puts *model* in the place of the one before."""
    meta.put(connection, MODEL, codec.to_text(codec.to_plain(LearnedModel, model)))
    meta.put(connection, MODEL_VERSION, f"{model.version} {model.trained_at.isoformat()}")
