"""What stands still, for lists and digests: clients who owe us an answer, and what we owe them. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailroute.domain.account import AccountLine
from mailroute.domain.directory import Directory
from mailroute.domain.policy import Policy
from mailroute.domain.ticket import Move, Ticket, TicketRef
from mailroute.followups.business_time import add_days
from mailroute.followups.ours import Books, Owed, answered_at, owed
from mailroute.followups.planning import OURS, SILENT
from mailroute.followups.regions import client_calendar, house_calendar
from mailroute.followups.stall import Silence, silence
from mailroute.store import account, chased, messages, tickets, timers
from mailroute.store.session import Connection
from mailroute.store.tickets import OPEN, TicketFilter

AWAY_AT_MOST = timedelta(days=60)
"""Since when notes of absence on other tickets of the client are looked at."""

MOST = 500
"""Tickets that one list looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Of whose tickets a list tells; staff ids, None for all."""

    pm: str | None = None
    rep: str | None = None

    @property
    def is_all(self) -> bool:
        """Everybody's."""
        return self.pm is None and self.rep is None


EVERYBODY = Whose()


@dataclass(frozen=True, slots=True)
class SilentClient:
    """A ticket on which a question of ours is open, whether the client has had time enough or not."""

    ticket: Ticket
    silence: Silence


@dataclass(frozen=True, slots=True)
class OwedOn:
    """A ticket on which we owe something."""

    ticket: Ticket
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """Our last word on a ticket left nothing due."""

    at: datetime
    ask_at: datetime
    """When people are asked whether it is done."""


def silent_clients(
    connection: Connection, directory: Directory, policy: Policy, now: datetime, whose: Whose = EVERYBODY
) -> list[SilentClient]:
    """Questions of ours that are open, the oldest first."""
    found = []
    for ticket in _candidates(connection, SILENT, whose, Move.CLIENT):
        organisation = directory.organisations_by_id.get(ticket.organisation or "")
        calendar = client_calendar(organisation, ticket.requester.address, policy.service, policy.followups)
        away = chased.absences(connection, ticket, now - AWAY_AT_MOST)
        history = [*away, *messages.events(connection, ticket.ref)]
        if told := silence(ticket, history, now, policy.followups, calendar):
            found.append(SilentClient(ticket, told))
    return sorted(found, key=lambda one: (one.silence.question.at, one.ticket.ref))


def answered_by_us(
    connection: Connection, directory: Directory, policy: Policy, whose: Whose
) -> dict[TicketRef, Answered]:
    """The open tickets of one of us on which nothing is due after our last word, and nobody has ended them."""
    found = {}
    for ticket in tickets.listing(
        connection, TicketFilter(statuses=OPEN, pm=whose.pm, rep=whose.rep), limit=MOST
    ):
        books = books_of(connection, ticket, directory, policy)
        if (at := answered_at(books)) is not None:
            days = policy.followups.answer_after_days
            found[ticket.ref] = Answered(at, add_days(at, days, books.calendar))
    return found


def owed_by_us(
    connection: Connection, directory: Directory, policy: Policy, whose: Whose = EVERYBODY
) -> list[OwedOn]:
    """What we owe on open tickets, the most urgent first."""
    found = [
        OwedOn(ticket, due)
        for ticket in _candidates(connection, OURS, whose, None)
        if (due := owed(books_of(connection, ticket, directory, policy)))
    ]
    return sorted(found, key=lambda one: (one.owed[0].by, one.ticket.ref))


def books_of(connection: Connection, ticket: Ticket, directory: Directory, policy: Policy) -> Books:
    """All from which it is told what we owe on a ticket."""
    organisation = directory.organisations_by_id.get(ticket.organisation or "")
    return Books(
        ticket=ticket,
        events=messages.events(connection, ticket.ref),
        messages=messages.messages(connection, ticket.ref),
        promises=promises_of(connection, ticket),
        level=policy.followups.level_of(organisation.tier if organisation else None),
        habits=policy.followups,
        calendar=house_calendar(policy.service, policy.followups),
    )


def promises_of(connection: Connection, ticket: Ticket) -> list[AccountLine]:
    """Open promises of ours on a ticket and those that are part of it."""
    return [line for line in account.open_promises(connection, ticket.family) if line.role.is_staff]


def _candidates(connection: Connection, kind: str, whose: Whose, move: Move | None) -> Iterator[Ticket]:
    """Tickets that may be on the list: somebody's by the index of their tickets, all by the timers before them."""
    if whose.is_all:
        found = tickets.get_many(connection, timers.watched(connection, kind, MOST))
        yield from (found[ref] for ref in sorted(found) if move in {None, found[ref].whose_move})
        return
    wanted = TicketFilter(statuses=OPEN, whose_move=move, pm=whose.pm, rep=whose.rep)
    yield from tickets.listing(connection, wanted, limit=MOST)
