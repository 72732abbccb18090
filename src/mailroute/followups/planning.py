"""When a ticket must be looked at again, from what has just happened to it. Pure, cheap, and never too late.

The looks planned here may come too early: the clerk who looks knows the client's calendar, tier and history, and plans
the next look anew. So a message costs the same however long its ticket is.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from mailroute.domain.policy import Policy
from mailroute.domain.ticket import Move, Status, Ticket, TicketEvent
from mailroute.followups.business_time import opening
from mailroute.followups.ours import NEAR, working_day_before
from mailroute.followups.regions import house_calendar
from mailroute.followups.stall import DRAFT, UNTIL

SILENT, OURS = "client-silent", "ours"
"""Kinds of timers: a client who does not answer, and what we owe."""

ENDED = frozenset({Status.RESOLVED, Status.CLOSED})

Looks = Mapping[str, datetime | None]
"""By kind the moment of the next look at the latest: one that is planned for earlier stays. None takes it back; kinds
that are not named stay as they are."""


def looks(before: Ticket | None, after: Ticket, events: Sequence[TicketEvent], policy: Policy) -> Looks:
    """When to look at a ticket again that has just become *after* by *events*."""
    habits = policy.followups
    if not habits.enabled or not events:
        return {}
    if after.status in ENDED or after.leads_to:
        return {} if before is None else {SILENT: None, OURS: None}
    now = events[-1].at
    found: dict[str, datetime | None] = {}
    if after.whose_move is Move.CLIENT:
        found[SILENT] = _silent(events, now, policy)
    elif before is not None and before.whose_move is Move.CLIENT:
        found[SILENT] = None
    found[OURS] = _ours(before, after, events, policy)
    return found


def _silent(events: Sequence[TicketEvent], now: datetime, policy: Policy) -> datetime:
    """The soonest that anybody may have been silent too long: weekends of the client are not known here."""
    until = [e.details[UNTIL] for e in events if DRAFT in e.details and UNTIL in e.details]
    if until:
        return datetime.fromisoformat(until[-1])
    habits = policy.followups
    return now + timedelta(days=min(habits.nudge_after_days, habits.firm_after_days))


def _ours(before: Ticket | None, after: Ticket, events: Sequence[TicketEvent], policy: Policy) -> datetime:
    """The soonest that anything may be due: a first answer by the shortest promise, an answer, a dated matter.

    What one of us has just written may promise something for today: then it is looked at once.
    """
    habits, calendar = policy.followups, house_calendar(policy.service, policy.followups)
    now = events[-1].at
    if any(event.event == "staff-replied" for event in events):
        return now
    soonest = [now + timedelta(days=habits.answer_after_days)]
    if before is None:
        hours = [level.first_answer_hours for _, level in habits.levels if level.first_answer_hours]
        soonest.append(now + timedelta(hours=min([habits.first_answer_hours, *hours]) * NEAR))
    known = set(before.issue.deadlines) if before else set()
    soonest += [
        opening(working_day_before(wanted.date, calendar), calendar)
        for wanted in after.issue.deadlines
        if wanted not in known and wanted.date >= now.date()
    ]
    return max(min(soonest), now)
