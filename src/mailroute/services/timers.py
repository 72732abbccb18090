"""TIMER_KINDS, and the desk that fires what is due: one ticket at a time, each in a transaction of its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailroute.domain.address import address_key
from mailroute.domain.directory import Directory
from mailroute.domain.errors import TryLater
from mailroute.domain.policy import Policy
from mailroute.domain.ticket import LinkKind, Ticket
from mailroute.followups.planning import OURS, SILENT
from mailroute.followups.stall import OFFERED
from mailroute.journal import Journal
from mailroute.services.apply import WAKE, write_change
from mailroute.services.client_silent import client_silent
from mailroute.services.desk import WritingDesk, lock_client
from mailroute.services.outgoing import going
from mailroute.services.standing_still import AWAY_AT_MOST, promises_of
from mailroute.services.timer_case import Case, Clerk, Fired, wake
from mailroute.services.we_owe import we_owe
from mailroute.store import chased, messages, silences, tickets, timers
from mailroute.store.session import Connection
from mailroute.store.timers import Timer

TIMER_KINDS: Mapping[str, Clerk] = {WAKE: wake, SILENT: client_silent, OURS: we_owe}
"""What is done when a timer of a kind fires. To add one: a pure clerk, a row, and its plan (`followups.planning`)."""

WEEK = timedelta(days=7)
NOT_GONE = ("nudge-postponed", "nudge-declined")
"""Events by which an offered text has not gone to the client."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerDesk(WritingDesk):
    """Fires timers. Safe to share between threads."""

    journal: Journal

    def fire_due(self, limit: int = 100, kinds: Collection[str] = frozenset(TIMER_KINDS)) -> int:
        """Fire what is due by now; how many tickets were changed by it."""
        now = self.clock.now()
        with self.store.read() as connection:
            due = timers.due(connection, now, limit, kinds=kinds)
        return sum(self._fire(timer, now) for timer in due)

    def _fire(self, timer: Timer, now: datetime) -> bool:
        try:
            return self._fire_once(timer, now)
        except TryLater:
            return False  # the row is as it was: the next sweep finds it
        except Exception as error:  # noqa: BLE001 - one ticket's fault must not keep the timers of all others waiting
            self.journal.failed(f"timer {timer.kind} of {timer.ticket}", error)
            return False

    def _fire_once(self, timer: Timer, now: datetime) -> bool:
        with self.store.write() as connection:
            directory = self.directories.current(connection)
            ticket = tickets.get(connection, timer.ticket)
            assert ticket is not None, "no ticket is ever deleted"
            lock_client(self.store, connection, ticket)
            ticket = tickets.get(connection, timer.ticket)
            if ticket is None or not timers.fire(connection, timer, now):
                return False
            fired = TIMER_KINDS[timer.kind](case_of(connection, ticket, directory, self.policy, now))
            self._write(connection, timer, fired, now)
        return fired.change is not None

    def _write(self, connection: Connection, timer: Timer, fired: Fired, now: datetime) -> None:
        if fired.change is not None:
            write_change(connection, fired.change, self.policy)
        state = going(self.policy.mode)
        for draft in fired.drafts:
            written = self.post(connection, draft, now)
            if written is not None:
                self.journal.mail_written(
                    written, kind=draft.kind, state=state, ticket=str(draft.ticket) if draft.ticket else None
                )
        silences.add_silences(connection, fired.silences, now=now, after_entry=None)
        if fired.again_at is not None:
            timers.look(connection, timer.ticket, timer.kind, fired.again_at)


def case_of(
    connection: Connection, ticket: Ticket, directory: Directory, policy: Policy, now: datetime
) -> Case:
    """All that a clerk may look at; cheap however many tickets there are."""
    promises = promises_of(connection, ticket)
    people = {
        ticket.pm,
        ticket.rep,
        directory.lead.id if directory.lead else None,
        *(p.staff for p in promises),
    }
    owners = [one for id_ in people if (one := directory.staff_by_id.get(id_ or ""))]
    deputies = {absence.deputy for owner in owners for absence in owner.away}
    emails = [person.email for person in directory.staff if person in owners or person.id in deputies]
    return Case(
        ticket=ticket,
        events=messages.events(connection, ticket.ref),
        absences=chased.absences(connection, ticket, now - AWAY_AT_MOST),
        messages=messages.messages(connection, ticket.ref),
        promises=promises,
        thread=_thread(connection, ticket),
        directory=directory,
        policy=policy,
        now=now,
        sent_last_hour=silences.count_sent(
            connection, [address_key(email) for email in emails], now - timedelta(hours=1)
        ),
        automatic_today=silences.automatic_since(
            connection, now - timedelta(days=1), at_most=policy.sending.automatic_per_day
        ),
        chased_lately=chased.count_events(connection, ticket, tuple(OFFERED), now - WEEK)
        - chased.count_events(connection, ticket, NOT_GONE, now - WEEK),
    )


def _thread(connection: Connection, ticket: Ticket) -> tuple[str, ...]:
    merged = {ticket.ref: ticket.linked(LinkKind.MERGED_FROM)}
    return messages.thread(connection, [ticket.ref], merged=merged).get(ticket.ref, ())
