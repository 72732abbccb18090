"""What we owe: first answers, answers, promises and deadlines; who is reminded when, and when the lead is told.

Each occasion has a key of its own, so that each is told once: to the owner when it comes near, to the lead when it
has passed. Clients never hear of any of this.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from mailroute.domain.account import AccountLine
from mailroute.domain.policy import FollowUps, ServiceLevel
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import (
    Audience,
    Move,
    Status,
    Ticket,
    TicketEvent,
    TicketMessage,
    TicketRef,
)
from mailroute.followups.business_time import (
    Calendar,
    add_days,
    add_hours,
    is_working_day,
    opening,
)

NEAR = 0.75
"""Part of the time for a first answer after which its owner is reminded."""

TURNING = frozenset({"client-wrote", "opened", "reopened", "woke", "noted", "assigned", "staff-replied"})
"""Events from which the time counts that one of us has for the next move."""

ANSWERED = "staff-replied"
ASKS_AGAIN = TURNING - {ANSWERED, "noted"}
"""Events after which an answer that we gave before counts no more."""


class Occasion(StrEnum):
    """What may be late; also the first word of its key."""

    FIRST_ANSWER = "first-answer"
    ANSWER = "answer"
    PROMISE = "promise"
    DEADLINE = "deadline"
    RESOLUTION = "resolution"


class Telling(StrEnum):
    """How somebody hears of it; the event in the ticket's history has the same name."""

    REMINDED = "reminded"
    ESCALATED = "escalated"


HAND_OFF = "hand-off"
"""`Routing.rule` of sold work that is offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Something that we owe the client of a ticket."""

    ticket: TicketRef
    occasion: Occasion
    key: str
    """Unlike that of anything else owed on this ticket."""
    by: datetime
    """When it is late."""
    remind_at: datetime
    escalate_at: datetime
    owner: str | None
    """Staff id; None while nobody has the ticket."""
    words: str
    """What was asked or promised."""
    reason: Reason
    day: date | None = None
    """On which it is due, where a day was named."""

    def is_late(self, now: datetime) -> bool:
        """Whether its time has passed."""
        return self.by <= now


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """All that is looked at."""

    ticket: Ticket
    events: Sequence[TicketEvent]
    messages: Sequence[TicketMessage] = ()
    promises: Sequence[AccountLine] = ()
    """Open ones of ours."""
    level: ServiceLevel
    """What clients of this tier are promised."""
    habits: FollowUps
    calendar: Calendar
    """Ours."""


def owed(books: Books) -> tuple[Owed, ...]:
    """Everything that we owe the client, the most urgent first."""
    ticket = books.ticket
    if ticket.status in {Status.RESOLVED, Status.CLOSED} or ticket.leads_to:
        return ()
    found = [
        *_first_answer(books),
        *_answer(books),
        *_promises(books),
        *_deadlines(books),
        *_resolution(books),
    ]
    return tuple(sorted(found, key=lambda one: (one.remind_at, one.key)))


def first_answer_by(opened_at: datetime, level: ServiceLevel, calendar: Calendar) -> datetime | None:
    """By when a client of this tier has a first answer, as promised; None promises nothing."""
    hours = level.first_answer_hours
    return None if hours is None else add_hours(opened_at, hours, calendar)


def is_answered(books: Books) -> bool:
    """Whether the client has heard from one of us, by whatever way."""
    if any(event.event == "staff-replied" for event in books.events):
        return True
    return any(m.role.is_staff and m.audience is Audience.PUBLIC for m in books.messages)


def answered_at(books: Books) -> datetime | None:
    """When our last word to the client left nothing for us to answer; None while an answer is due, or theirs.

    An answer that only promises one is none, until that promise is kept. Whether the matter itself is done nobody can
    tell from the mails: people are asked once.
    """
    if books.ticket.status is not Status.OPEN or books.ticket.whose_move not in {Move.PM, Move.NOBODY}:
        return None
    last = next((e for e in reversed(books.events) if e.event == ANSWERED or _asks_again(e)), None)
    if last is None or last.event != ANSWERED:
        return None
    heard = max((e.at for e in books.events if e.event == "client-wrote"), default=books.ticket.opened_at)
    if any(line.at >= heard and line.settled_at is None for line in books.promises):
        return None
    return last.at


def _asks_again(event: TicketEvent) -> bool:
    """Whether one of us must act anew; a note does so when it is the rep's answer to the PM."""
    return event.event in ASKS_AGAIN or any(why.code == "rep-answered" for why in event.reasons)


def _first_answer(books: Books) -> Iterator[Owed]:
    ticket, level = books.ticket, books.level
    by = first_answer_by(ticket.opened_at, level, books.calendar)
    sleeps = ticket.whose_move is Move.NOBODY and ticket.status is not Status.NEW
    if by is None or level.first_answer_hours is None or sleeps or is_answered(books):
        return
    near = add_hours(ticket.opened_at, level.first_answer_hours * NEAR, books.calendar)
    yield Owed(
        ticket=ticket.ref,
        occasion=Occasion.FIRST_ANSWER,
        key=str(Occasion.FIRST_ANSWER),
        by=by,
        remind_at=near,
        escalate_at=by,
        owner=ticket.pm,
        words=ticket.title,
        reason=Reason("no-first-answer", f"since {ticket.opened_at:%Y-%m-%d %H:%M}"),
    )


def _answer(books: Books) -> Iterator[Owed]:
    ticket = books.ticket
    owner = {Move.PM: ticket.pm, Move.REP: ticket.rep}.get(ticket.whose_move)
    if owner is None or not is_answered(books) or answered_at(books) is not None:
        return
    since = next((e.at for e in reversed(books.events) if e.event in TURNING), ticket.opened_at)
    heard = max((e.at for e in books.events if e.event == "client-wrote"), default=ticket.opened_at)
    if any(line.due and line.at >= heard for line in books.promises):
        return  # a day has been named since: that day counts
    by = add_days(since, books.habits.answer_after_days, books.calendar)
    yield Owed(
        ticket=ticket.ref,
        occasion=Occasion.ANSWER,
        key=f"{Occasion.ANSWER}:{since:%Y%m%dT%H%M%S}",
        by=by,
        remind_at=by,
        escalate_at=add_days(by, books.habits.escalate_after_days, books.calendar),
        owner=owner,
        words=ticket.title,
        reason=Reason("move-is-ours", f"{owner} since {since:%Y-%m-%d %H:%M}"),
    )


def _promises(books: Books) -> Iterator[Owed]:
    for line in books.promises:
        if line.due is not None and line.settled_at is None:
            owner = line.staff or books.ticket.pm
            reason = Reason("promised", f"{line.staff or line.author} on {line.at:%Y-%m-%d}: “{line.words}”")
            key = f"{Occasion.PROMISE}:{line.id}"
            yield _dated(books, Occasion.PROMISE, key, line.due, owner, line.words, reason)


def _deadlines(books: Books) -> Iterator[Owed]:
    """Days by which the client wants something, while it is our move."""
    if books.ticket.whose_move not in {Move.PM, Move.REP}:
        return
    for wanted in books.ticket.issue.deadlines:
        if wanted.date >= books.ticket.opened_at.date():
            reason = Reason("client-needs-it", f"by {wanted.date}: “{wanted.words}”")
            key = f"{Occasion.DEADLINE}:{wanted.date}"
            yield _dated(books, Occasion.DEADLINE, key, wanted.date, books.ticket.pm, wanted.words, reason)


def _resolution(books: Books) -> Iterator[Owed]:
    days, ticket = books.level.resolution_days, books.ticket
    if days is None or ticket.whose_move is Move.CLIENT or ticket.routing.rule == HAND_OFF:
        return  # what a tier is promised is for the client's matters, not for our paperwork
    by = add_days(ticket.opened_at, days, books.calendar)
    yield Owed(
        ticket=ticket.ref,
        occasion=Occasion.RESOLUTION,
        key=str(Occasion.RESOLUTION),
        by=by,
        remind_at=add_days(ticket.opened_at, max(days - 1, 0), books.calendar),
        escalate_at=by,
        owner=ticket.pm,
        words=ticket.title,
        reason=Reason("resolution-promised", f"{days} working days from {ticket.opened_at:%Y-%m-%d}"),
    )


def _dated(
    books: Books, occasion: Occasion, key: str, due: date, owner: str | None, words: str, reason: Reason
) -> Owed:
    """Something due on a day: told on the working day before it, late on the working day after it."""
    calendar = books.calendar
    late = opening(due + timedelta(days=1), calendar)
    return Owed(
        ticket=books.ticket.ref,
        occasion=occasion,
        key=key,
        by=late,
        remind_at=opening(working_day_before(due, calendar), calendar),
        escalate_at=add_days(late, books.habits.escalate_after_days, calendar),
        owner=owner,
        words=words,
        reason=reason,
        day=due,
    )


def working_day_before(day: date, calendar: Calendar) -> date:
    """The last working day before *day*; when there is none for a month, the day itself."""
    before = (day - timedelta(days=back) for back in range(1, 32))
    return next((one for one in before if is_working_day(one, calendar)), day)


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody must be told of something owed."""

    telling: Telling
    owed: Owed


def calls(books: Books, now: datetime) -> tuple[tuple[Call, ...], datetime | None]:
    """Who must be told now, and when to look again.

    What is due again and again while nobody looked is told once: who was never reminded is not reminded any more when
    the lead is told at the same moment.
    """
    told = set(_told(books.events))
    due: list[Call] = []
    coming: list[datetime] = []
    for one in owed(books):
        for telling, at in ((Telling.ESCALATED, one.escalate_at), (Telling.REMINDED, one.remind_at)):
            if (telling, one.key) in told or (Telling.ESCALATED, one.key) in told:
                continue
            if at > now:
                coming.append(at)
            else:
                due.append(Call(telling, one))
                break
    return tuple(due), min(coming, default=None)


def _told(events: Iterable[TicketEvent]) -> Iterator[tuple[Telling, str]]:
    for event in events:
        if event.event in set(Telling) and "occasion" in event.details:
            yield Telling(event.event), event.details["occasion"]
