"""Reads for the few mails with commands: the tickets that they name, what was said there, and what may be undone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from mailroute.domain.decisions import Facts
from mailroute.domain.ticket import LinkKind, Ticket, TicketRef
from mailroute.services.commanded import orders_of
from mailroute.services.commanded_afar import errand_of
from mailroute.store import messages, tickets
from mailroute.store.session import Connection
from mailroute.tickets.commands import CommandLine, named_tickets

ALIVE = timedelta(days=30)
"""How far back the live tickets of the client of a hand-off are looked for."""


def with_what_commands_need(connection: Connection, facts: Facts, here: Sequence[TicketRef]) -> Facts:
    """For the few mails with commands: the tickets that they name, and what has been said on the ticket."""
    orders = orders_of(facts)
    if (errand := errand_of(facts)) is not None:
        named = tickets.get_many(
            connection, {*errand.refs, *named_tickets([one.line for one in errand.lines])}
        )
        return replace(
            facts, named=named, said={ref: tuple(messages.messages(connection, ref)) for ref in named}
        )
    if orders is None:
        return facts
    proposed = [x for ref in here if (one := facts.ticket(ref)) for x in one.linked(LinkKind.POSSIBLY)]
    named = tickets.get_many(connection, {*named_tickets(orders.lines), *proposed})
    if any(line.name == "accept" for line in orders.lines):
        named |= _matters(connection, [one for ref in here if (one := facts.ticket(ref))], facts.now)
    said = {ref: tuple(messages.messages(connection, ref)) for ref in here}
    facts = replace(facts, named=named, said=said)
    return _with_what_undo_needs(connection, facts, here) if _undoes(orders.lines) else facts


def _undoes(lines: Iterable[CommandLine]) -> bool:
    return any(line.name == "undo" for line in lines)


def _with_what_undo_needs(connection: Connection, facts: Facts, here: Sequence[TicketRef]) -> Facts:
    """The history of the ticket, and the tickets that it is linked with: a merge is taken back on both."""
    linked = {link.ref for ref in here if (one := facts.ticket(ref)) for link in one.links}
    named = {**facts.named, **tickets.get_many(connection, linked)}
    history = {ref: tuple(messages.events(connection, ref)) for ref in here}
    return replace(facts, named=named, history=history)


def _matters(connection: Connection, here: Sequence[Ticket], now: datetime) -> dict[TicketRef, Ticket]:
    """The live tickets of the clients of these hand-offs: what an acceptance may move."""
    found = [other for ticket in here for other in matters_of(connection, ticket, now)]
    return {other.ref: other for other in found}


def matters_of(connection: Connection, hand_off: Ticket, now: datetime) -> list[Ticket]:
    """The live tickets of the client of a hand-off."""
    if hand_off.organisation is None:
        return []
    return tickets.recent(
        connection, organisation=hand_off.organisation, requester_key=None, since=now - ALIVE, limit=50
    )
