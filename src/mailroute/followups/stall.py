"""Does the client owe us an answer, since when, and what comes next? Told from the ticket and its history alone.

A question is open until anybody of the client's organisation has written, or the matter ends or moves to one of us.
Their out-of-office stops the clock from the day of the note to the day of the return.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from mailroute.domain.followups import Offer, Tone
from mailroute.domain.policy import FollowUps
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Move, Status, Ticket, TicketEvent, TicketRef
from mailroute.followups.business_time import Calendar, add_days, days_between, opening

ASKS, MOVE, DRAFT, WORDS, STAFF, UNTIL, AWAY = (
    "asks",
    "to.whose_move",
    "draft",
    "words",
    "staff",
    "until",
    "away",
)
"""Details of events: the question in it, the move that somebody set, key and words of an offer, who got it, the day or
moment until which something holds, and the address of who is away."""

OFFERED: Mapping[str, Tone] = {"nudge-drafted": Tone.NUDGE, "firm-drafted": Tone.FIRM}
SETTLED = frozenset({"nudged", "staff-replied", "nudge-postponed", "nudge-declined"})
"""What settles an offer, where it names its key."""


LOST = frozenset({"bounce", "delivery-failed"})
"""What says that the client has not got our words: its owner has been told, and chasing goes nowhere."""

OVERTAKEN = "overtaken"
"""How an offer is settled when the client has written, or we have, before anybody answered it."""


class Step(StrEnum):
    """What comes next while the client says nothing."""

    NUDGE = "nudge"
    """The rep is offered a friendly text."""
    FIRM = "firm"
    """The PM is offered a firm one."""
    NOTHING = "nothing"
    """Both have been offered, or the limit is reached: people decide."""


@dataclass(frozen=True, slots=True)
class Question:
    """What we asked the client and nobody has answered yet."""

    words: str
    """Empty when one of us only said that the client must answer."""
    by: str
    """Staff id."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A question of ours that is open, whether the client has had time enough or not."""

    ticket: TicketRef
    question: Question
    days: int
    """Working days of the client since then, their absences taken off."""
    step: Step
    due_at: datetime | None
    """When the step comes; None when there is none."""
    stalls_at: datetime
    """When the client has had time enough."""
    paused_until: date | None
    """The day until which the client is away."""
    reasons: tuple[Reason, ...]


def open_question(ticket: Ticket, events: Iterable[TicketEvent]) -> Question | None:
    """The last question to the client that is unanswered; None when it is not the client's move."""
    if ticket.whose_move is not Move.CLIENT or ticket.status in {Status.RESOLVED, Status.CLOSED}:
        return None
    found: Question | None = None
    for event in events:
        if event.event in {"client-wrote", "reopened"}:
            found = None
        elif event.event == "staff-replied" and event.details.get(ASKS) and DRAFT not in event.details:
            found = Question(event.details[ASKS], event.by, event.at)
        elif moved := event.details.get(MOVE):
            found = (found or Question("", event.by, event.at)) if moved == Move.CLIENT else None
    return found


def offers(ticket: Ticket, events: Iterable[TicketEvent]) -> tuple[Offer, ...]:
    """Every text offered on the ticket, oldest first, and what became of it."""
    found: dict[str, Offer] = {}
    for event in events:
        key = event.details.get(DRAFT)
        if key is None:
            continue
        if tone := OFFERED.get(event.event):
            found[key] = Offer(
                ticket=ticket.ref,
                tone=tone,
                key=key,
                staff=event.details.get(STAFF, ""),
                words=event.details.get(WORDS, ""),
                question=event.details.get(ASKS, ""),
                at=event.at,
            )
        elif key in found and event.event in SETTLED:
            found[key] = replace(found[key], settled=event.event)
    return tuple(found.values())


def silence(
    ticket: Ticket, events: Sequence[TicketEvent], now: datetime, habits: FollowUps, calendar: Calendar
) -> Silence | None:
    """The open question of *ticket*, how long it has been open, and what comes next; None when there is none.

    Args:
        ticket: as it is now.
        events: its history, oldest first.
        now: the present.
        habits: after how many days whom.
        calendar: the client's.
    """
    question = open_question(ticket, events)
    if question is None:
        return None
    absences = _absences(ticket, events, question.at, calendar)
    stalls_at = _after(question.at, habits.nudge_after_days, absences, calendar)
    due_after = _Reckoning(habits, absences, calendar)
    step, due_at, why = _next(ticket, events, question, stalls_at, due_after)
    away = max((a.until for a in absences if a.begins <= now < a.ends), default=None)
    said = f"“{question.words}”" if question.words else "the client must answer"
    reasons = [Reason("question-open", f"{question.by} on {question.at:%Y-%m-%d}: {said}"), *why]
    if away:
        reasons.append(Reason("client-away", f"until {away}"))
    return Silence(
        ticket=ticket.ref,
        question=question,
        days=_worked(question.at, now, absences, calendar),
        step=step,
        due_at=due_at,
        stalls_at=stalls_at,
        paused_until=away,
        reasons=tuple(reasons),
    )


def stall(
    ticket: Ticket, events: Sequence[TicketEvent], now: datetime, habits: FollowUps, calendar: Calendar
) -> Silence | None:
    """The open question that the client has had time enough to answer; None before that, and while they are away."""
    found = silence(ticket, events, now, habits, calendar)
    return found if found and found.stalls_at <= now and found.paused_until is None else None


@dataclass(frozen=True, slots=True)
class _Absence:
    begins: datetime
    ends: datetime
    """When the office opens on the day of the return."""
    until: date


def _absences(
    ticket: Ticket, events: Iterable[TicketEvent], since: datetime, calendar: Calendar
) -> list[_Absence]:
    """When the requester is away by their own notes, as far as it matters after *since*; one after the other."""
    noted = []
    for event in events:
        if AWAY not in event.details or UNTIL not in event.details:
            continue
        who = event.details[AWAY]
        if ticket.requester.key and who != ticket.requester.key:
            continue  # a colleague in copy is away; the one we asked may be there
        until = date.fromisoformat(event.details[UNTIL])
        ends = opening(until, calendar)
        if ends > max(since, event.at):
            noted.append(_Absence(max(since, event.at).astimezone(UTC), ends, until))
    joined: list[_Absence] = []
    for one in sorted(noted, key=lambda absence: absence.begins):
        if joined and one.begins <= joined[-1].ends:
            last = joined[-1]
            longer = one if one.ends > last.ends else last
            joined[-1] = _Absence(last.begins, longer.ends, longer.until)
        else:
            joined.append(one)
    return joined


def _after(since: datetime, days: int, absences: Sequence[_Absence], calendar: Calendar) -> datetime:
    """*days* working days after *since*, without the days of absence."""
    due = add_days(since, days, calendar)
    for absence in absences:
        if absence.begins >= due:
            break
        had = days_between(since, absence.begins, calendar) if absence.begins > since else 0
        since, days = max(since, absence.ends), max(days - had, 0)
        due = add_days(since, days, calendar)
    return due


def _worked(since: datetime, now: datetime, absences: Sequence[_Absence], calendar: Calendar) -> int:
    days = days_between(since, now, calendar) if now > since else 0
    for absence in absences:
        if absence.begins < now:
            days -= days_between(absence.begins, min(absence.ends, now), calendar)
    return max(days, 0)


@dataclass(frozen=True, slots=True)
class _Reckoning:
    """By what days are counted."""

    habits: FollowUps
    absences: Sequence[_Absence]
    calendar: Calendar


def _next(
    ticket: Ticket, events: Sequence[TicketEvent], question: Question, stalls_at: datetime, by: _Reckoning
) -> tuple[Step, datetime | None, tuple[Reason, ...]]:
    ever = offers(ticket, events)
    made = [offer for offer in ever if offer.at >= question.at]
    last = made[-1] if made else None
    lost = [e for e in events if e.event in LOST and e.at >= question.at]
    if lost:
        return Step.NOTHING, None, (Reason("question-lost", f"{lost[-1].event} on {lost[-1].at:%Y-%m-%d}"),)
    if last and last.settled == "nudge-postponed":
        again = _postponed(events, last)
        step = Step(last.tone)
        return step, max(again, stalls_at), (Reason("nudge-postponed", f"until {again:%Y-%m-%d}"),)
    if any(offer.tone is Tone.FIRM for offer in made):
        return Step.NOTHING, None, (Reason("all-offered", "rep and PM have had their texts"),)
    if last is not None:
        begins = max((e.at for e in events if e.details.get(DRAFT) == last.key), default=last.at)
        became = last.settled or "unanswered"
        due = _after(begins, by.habits.firm_after_days, by.absences, by.calendar)
        return Step.FIRM, due, (Reason("nudge-offered", f"to {last.staff} on {last.at:%Y-%m-%d}: {became}"),)
    most = by.habits.nudges_per_ticket
    if sum(offer.tone is Tone.NUDGE for offer in ever) >= most:
        return Step.FIRM, stalls_at, (Reason("nudges-spent", f"{most} on this ticket"),)
    if ticket.rep is None:
        return Step.FIRM, stalls_at, (Reason("no-rep", "nobody to nudge in a rep's voice"),)
    return Step.NUDGE, stalls_at, ()


def _postponed(events: Iterable[TicketEvent], offer: Offer) -> datetime:
    [*_, last] = [e for e in events if e.event == "nudge-postponed" and e.details.get(DRAFT) == offer.key]
    return datetime.fromisoformat(last.details[UNTIL])
