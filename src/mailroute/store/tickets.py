"""Tickets and who is on them. Their messages and history are in `messages`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailroute.domain.address import Mailbox, address_key
from mailroute.domain.errors import TryLater
from mailroute.domain.ticket import Move, Participant, Status, Ticket, TicketRef
from mailroute.store.dialects import add_up
from mailroute.store.session import Connection, last
from mailroute.store.tables import NOT_CLOSED, participant, spare_ref, ticket, ticket_number, workload

OPEN = frozenset({Status.NEW, Status.OPEN, Status.WAITING})
"""Where a ticket counts as work of its PM."""


# the statements of the path are built once: building one costs more than running it
_SPARE = sa.select(spare_ref.c.number).order_by(spare_ref.c.number).limit(1).with_for_update(skip_locked=True)
_DRAW = sa.select(ticket_number.next_value())
_USED = sa.delete(spare_ref).where(spare_ref.c.number == sa.bindparam("ref"))
_HIGHEST = sa.select(sa.func.max(ticket.c.number))
_WORKLOAD = sa.select(workload.c.staff, workload.c.open_tickets)
_THIS = ticket.c.number == sa.bindparam("ref")
_BEFORE = sa.select(ticket.c.version, ticket.c.pm, ticket.c.status).where(_THIS).with_for_update()
_CHANGE = sa.update(ticket).where(_THIS)
_THESE = sa.select(ticket).where(ticket.c.number.in_(sa.bindparam("refs", expanding=True)))
_ON_THEM = (
    sa.select(participant)
    .where(participant.c.ticket.in_(sa.bindparam("refs", expanding=True)))
    .order_by(participant.c.ticket, participant.c.position)
)


def _recent(whose: sa.Column[Any]) -> sa.Select[Any]:
    live = sa.select(ticket).where(
        whose == sa.bindparam("whose"), NOT_CLOSED, ticket.c.updated_at >= sa.bindparam("since")
    )
    return live.order_by(ticket.c.updated_at.desc()).limit(sa.bindparam("limit"))


_RECENT_THERE = _recent(ticket.c.organisation)
_RECENT_THEIRS = _recent(ticket.c.requester_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFilter:
    """Which tickets a list shows; None asks for nothing in particular."""

    statuses: frozenset[Status] | None = None
    whose_move: Move | None = None
    organisation: str | None = None
    project: str | None = None
    pm: str | None = None
    rep: str | None = None


def next_ref(connection: Connection) -> TicketRef:
    """The number that the next ticket gets if this transaction opens one; nobody else is given it meanwhile.

    SQLite's writer is alone: one more than the highest. On PostgreSQL a number drawn and not used stays as a spare,
    so that messages which open no ticket leave no gaps; a rollback may leave one.
    """
    if connection.dialect.name == "sqlite":
        return expected_ref(connection)
    number: int | None = connection.execute(_SPARE).scalar()
    if number is None:
        number = connection.execute(_DRAW).scalar_one()
        connection.execute(sa.insert(spare_ref), {"number": number})
    return TicketRef(number)


def expected_ref(connection: Connection) -> TicketRef:
    """The number that a ticket opened now would probably get, for who only reads."""
    highest: int | None = connection.execute(_HIGHEST).scalar()
    return TicketRef((highest or 0) + 1)


def insert(connection: Connection, opened: Ticket) -> None:
    """A new ticket, with its participants."""
    connection.execute(sa.insert(ticket), {"number": opened.ref.number, **_columns(opened)})
    if connection.dialect.name != "sqlite":
        connection.execute(_USED, {"ref": opened.ref.number})
    _count(connection, None, None, opened)
    _add_participants(connection, opened.ref, opened.participants)


def update(connection: Connection, changed: Ticket, expected_version: int) -> None:
    """Overwrites a ticket and its participants; *changed* has the version after *expected_version*.

    Raises:
        TryLater: Somebody changed it since it was read; roll back and decide again.
    """
    before = connection.execute(_BEFORE, {"ref": changed.ref.number}).one_or_none()
    if before is None or before.version != expected_version:
        raise TryLater(f"{changed.ref} was changed meanwhile")
    version = max(changed.version, expected_version + 1)
    connection.execute(_CHANGE, {"ref": changed.ref.number, **_columns(changed), "version": version})
    _count(connection, before.pm, before.status, changed)
    set_participants(connection, changed.ref, changed.participants)


def set_participants(connection: Connection, ref: TicketRef, people: Sequence[Participant]) -> None:
    """Who is on the ticket, in this order, from now on."""
    if _participants(connection, [ref]).get(ref, ()) == tuple(people):
        return
    connection.execute(sa.delete(participant).where(participant.c.ticket == ref.number))
    _add_participants(connection, ref, people)


def _add_participants(connection: Connection, ref: TicketRef, people: Sequence[Participant]) -> None:
    rows = [
        {
            "ticket": ref.number,
            "position": position,
            "name": person.mailbox.name,
            "address": person.mailbox.address,
            "role": person.role,
            "reason": person.reason,
        }
        for position, person in enumerate(people)
    ]
    if rows:
        connection.execute(sa.insert(participant), rows)


def get(connection: Connection, ref: TicketRef) -> Ticket | None:
    """One ticket."""
    return get_many(connection, [ref]).get(ref)


def get_many(connection: Connection, refs: Collection[TicketRef]) -> dict[TicketRef, Ticket]:
    """Those of *refs* that exist."""
    if not refs:
        return {}
    found = _tickets(connection, _THESE, {"refs": [ref.number for ref in refs]})
    return {one.ref: one for one in found}


def listing(
    connection: Connection,
    wanted: TicketFilter | None = None,
    *,
    limit: int = 100,
    before: TicketRef | None = None,
) -> list[Ticket]:
    """The newest tickets that fit, newest first; *before* asks for the page after that ticket."""
    wanted = wanted or TicketFilter()
    query = sa.select(ticket).order_by(ticket.c.number.desc()).limit(limit)
    if wanted.statuses is not None:
        query = query.where(ticket.c.status.in_(wanted.statuses))
    if before is not None:
        query = query.where(ticket.c.number < before.number)
    for name in ("whose_move", "organisation", "project", "pm", "rep"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(ticket.c[name] == value)
    return _tickets(connection, query, {})


def recent(
    connection: Connection,
    *,
    organisation: str | None,
    requester_key: str | None,
    since: datetime,
    limit: int,
) -> list[Ticket]:
    """Tickets not closed of the organisation, or without one of the requester; latest change first."""
    if organisation is not None:
        return _tickets(connection, _RECENT_THERE, {"whose": organisation, "since": since, "limit": limit})
    if requester_key is not None:
        return _tickets(connection, _RECENT_THEIRS, {"whose": requester_key, "since": since, "limit": limit})
    return []


def open_counts(connection: Connection) -> dict[str, int]:
    """Open tickets by the PM's staff id: kept with each change, so the cost does not grow with the tickets."""
    rows = connection.execute(_WORKLOAD)
    return {staff: count for staff, count in rows if count > 0}


def _columns(one: Ticket) -> dict[str, Any]:
    address = one.requester.address
    return {
        "title": one.title,
        "status": one.status,
        "whose_move": one.whose_move,
        "requester_name": one.requester.name,
        "requester_address": address,
        "requester_key": None if address is None else address_key(address),
        "organisation": one.organisation,
        "project": one.project,
        "rep": one.rep,
        "pm": one.pm,
        "routing": one.routing,
        "issue": one.issue,
        "opened_at": one.opened_at,
        "updated_at": one.updated_at,
        "version": one.version,
        "links": one.links,
        "ended_at": one.ended_at,
    }


def _count(connection: Connection, pm: str | None, status: Status | None, now: Ticket) -> None:
    """Moves one open ticket from the PM who had it to the one who has it now."""
    had = pm if status in OPEN else None
    has = now.pm if now.status in OPEN else None
    if had == has:
        return
    add_step = add_up(connection, workload, "staff", "open_tickets")
    for staff, step in ((had, -1), (has, 1)):
        if staff is not None:
            # PostgreSQL locks the row until the commit, and a PM has many mails
            last(connection, f"workload:{staff}", add_step, {"staff": staff, "open_tickets": step})


def _tickets(connection: Connection, query: sa.Select[Any], values: dict[str, Any]) -> list[Ticket]:
    rows = connection.execute(query, values).all()
    people = _participants(connection, [TicketRef(row.number) for row in rows])
    return [_ticket(row, people.get(TicketRef(row.number), ())) for row in rows]


def _ticket(row: sa.Row[Any], people: tuple[Participant, ...]) -> Ticket:
    return Ticket(
        ref=TicketRef(row.number),
        title=row.title,
        status=row.status,
        whose_move=row.whose_move,
        requester=Mailbox(row.requester_name, row.requester_address),
        organisation=row.organisation,
        project=row.project,
        rep=row.rep,
        pm=row.pm,
        routing=row.routing,
        issue=row.issue,
        opened_at=row.opened_at,
        updated_at=row.updated_at,
        version=row.version,
        participants=people,
        links=row.links,
        ended_at=row.ended_at,
    )


def _participants(
    connection: Connection, refs: Iterable[TicketRef]
) -> dict[TicketRef, tuple[Participant, ...]]:
    numbers = [ref.number for ref in refs]
    if not numbers:
        return {}
    found: dict[TicketRef, tuple[Participant, ...]] = {}
    for row in connection.execute(_ON_THEM, {"refs": numbers}):
        person = Participant(mailbox=Mailbox(row.name, row.address), role=row.role, reason=row.reason)
        found[TicketRef(row.ticket)] = (*found.get(TicketRef(row.ticket), ()), person)
    return found
