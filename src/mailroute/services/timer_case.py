"""A ticket whose timer has fired: what a clerk may look at, and what comes of it. Pure.

Every clerk looks at the ticket as it is now: what has changed since the timer was set makes the timer do nothing, or
come again later. So a timer that fires late, twice or for an old reason does no harm.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mailroute.domain.account import AccountLine
from mailroute.domain.address import address_key
from mailroute.domain.decisions import Change
from mailroute.domain.directory import Directory, Staff
from mailroute.domain.outgoing import MailDraft, Silence
from mailroute.domain.policy import Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Status, Ticket, TicketEvent, TicketMessage
from mailroute.followups.business_time import Calendar, at_work
from mailroute.followups.ours import Books
from mailroute.followups.regions import client_calendar, house_calendar
from mailroute.routing.decide import present
from mailroute.tickets.actions import How, differences
from mailroute.tickets.actions_letters import back_again
from mailroute.tickets.actions_state import at_work as back_at_work
from mailroute.tickets.chasing import House
from mailroute.tickets.move import RESTING

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A ticket whose timer has fired, and all that may be looked at."""

    ticket: Ticket
    events: Sequence[TicketEvent]
    absences: Sequence[TicketEvent]
    """Notes that the requester is away, from their other tickets."""
    messages: Sequence[TicketMessage]
    promises: Sequence[AccountLine]
    """Open promises of ours on this ticket."""
    thread: Sequence[str]
    """Message-IDs of the ticket, oldest first."""
    directory: Directory
    policy: Policy
    now: datetime
    sent_last_hour: Mapping[str, int] = field(default_factory=dict)
    """Automatic mails by `address_key` of our people."""
    automatic_today: int = 0
    chased_lately: int = 0
    """Nudges and firm texts offered for this client in the last seven days, on any ticket."""

    @property
    def house(self) -> House:
        """Who we are."""
        return House(self.directory, self.policy.service)

    @property
    def our_calendar(self) -> Calendar:
        """When we work."""
        return house_calendar(self.policy.service, self.policy.followups)

    @property
    def their_calendar(self) -> Calendar:
        """When the client works."""
        organisation = self.directory.organisations_by_id.get(self.ticket.organisation or "")
        address = self.ticket.requester.address
        return client_calendar(organisation, address, self.policy.service, self.policy.followups)

    @property
    def books(self) -> Books:
        """What we owe on this ticket is told from these."""
        organisation = self.directory.organisations_by_id.get(self.ticket.organisation or "")
        return Books(
            ticket=self.ticket,
            events=self.events,
            messages=self.messages,
            promises=self.promises,
            level=self.policy.followups.level_of(organisation.tier if organisation else None),
            habits=self.policy.followups,
            calendar=self.our_calendar,
        )

    def who_is_there(self, staff_id: str | None) -> Staff | None:
        """That member of staff, or who stands in today."""
        if staff_id not in self.directory.staff_by_id or staff_id is None:
            return None
        today = self.now.astimezone(ZoneInfo(self.policy.service.timezone)).date()
        there, _ = present(staff_id, self.directory, today)
        return self.directory.staff_by_id.get(there)

    def budget_is_spent(self, *people: Staff) -> bool:
        """Whether no further automatic mail may leave to one of them within this hour, or to anybody today."""
        limits = self.policy.sending
        keys = [address_key(person.email) for person in people]
        most = max((self.sent_last_hour.get(key, 0) for key in keys), default=0)
        return most >= limits.per_address_and_hour or self.automatic_today >= limits.automatic_per_day

    def in_an_hour(self) -> datetime:
        """The next working hour."""
        return at_work(self.now + HOUR, self.our_calendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """What a timer causes."""

    change: Change | None = None
    drafts: tuple[MailDraft, ...] = ()
    silences: tuple[Silence, ...] = ()
    again_at: datetime | None = None
    """When the same kind looks at the ticket again."""


NOTHING = Fired()

Clerk = Callable[[Case], Fired]


def wake(case: Case) -> Fired:
    """A ticket that waited or slept until now is its PM's again."""
    before = case.ticket
    if before.whose_move not in RESTING or before.status in {Status.RESOLVED, Status.CLOSED}:
        return NOTHING
    after = back_at_work(before)
    reason = Reason("time-is-up", f"it was {before.status}, move: {before.whose_move}")
    event = TicketEvent(
        at=case.now,
        event="woke",
        by="mailroute",
        reasons=(reason,),
        details={"how": str(How.RULE), **differences(before, after)},
    )
    pm = case.directory.staff_by_id.get(after.pm or "")
    letter = (back_again(before, after, pm, case.directory, case.policy, case.now),) if pm else ()
    return Fired(change=Change(before=before, after=after, events=(event,)), drafts=letter)


def noted(case: Case, *events: TicketEvent, said: tuple[TicketMessage, ...] = ()) -> Change:
    """Lines of history, and what was said, on the case's ticket; its state stays."""
    after = replace(case.ticket, updated_at=case.now)
    with_how = (replace(e, details={"how": str(How.RULE), **e.details}) for e in events)
    return Change(before=case.ticket, after=after, events=tuple(with_how), messages=said)
