"""What a message does to a ticket's state: status, whose move it is, and the card."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from mailroute.domain.issue import Issue, Urgency
from mailroute.domain.ticket import Move, Participant, Status, Ticket
from mailroute.domain.words import plain_words

T = TypeVar("T")

ENDED = frozenset({Status.RESOLVED, Status.CLOSED})
"""A message of the client brings a ticket back from here."""

_URGENCY_ORDER = tuple(Urgency)


def after_client_message(ticket: Ticket, issue: Issue, now: datetime) -> Ticket:
    """The client has written: the PM must act, and what is new on the card joins what was there."""
    return replace(
        ticket,
        status=Status.OPEN if ticket.pm else Status.NEW,
        whose_move=Move.PM if ticket.pm else Move.NOBODY,
        issue=joined(ticket.issue, issue),
        updated_at=now,
        ended_at=None,
    )


def after_staff_reply(
    ticket: Ticket,
    asked: str | None,
    now: datetime,
    ended: str | None = None,
    answered: str | None = None,
) -> Ticket:
    """One of us has answered the client: with a question in it the ball is theirs, otherwise it stays where it was.

    *asked* and *ended* are the words that ask, and those that end the matter (`move.question`, `move.ending`); a
    question keeps it open. *answered* is the client's last open question (`move.answered`): then it is nobody's move.
    """
    if asked:
        return replace(ticket, status=Status.WAITING, whose_move=Move.CLIENT, updated_at=now, ended_at=None)
    if ended and ticket.status not in ENDED:
        return replace(ticket, status=Status.RESOLVED, whose_move=Move.NOBODY, updated_at=now, ended_at=now)
    status = Status.OPEN if ticket.status is Status.NEW else ticket.status
    if answered and ticket.status not in ENDED:
        return replace(ticket, status=status, whose_move=Move.NOBODY, updated_at=now)
    return replace(ticket, status=status, updated_at=now)


def joined(first: Issue, later: Issue) -> Issue:
    """The card of a ticket after a further message: title and type stay, what is new is added, urgency only rises.

    What one of us has put right stays as it is. Offsets of added values count in the message they came from.
    """
    urgent = _URGENCY_ORDER.index(later.urgency.value) > _URGENCY_ORDER.index(first.urgency.value)
    both = replace(
        first,
        urgency=later.urgency if urgent else first.urgency,
        sentiment=later.sentiment,
        asks=_added(first.asks, later.asks, lambda a: a.text),
        deadlines=_added(first.deadlines, later.deadlines, lambda d: d.date.isoformat()),
        references=_added(first.references, later.references, lambda r: r.value),
        people=_added(first.people, later.people, lambda p: p.name or p.email or p.phone or ""),
        products=_added(first.products, later.products, lambda p: p.text),
        feedback=_added(first.feedback, later.feedback, lambda f: f.quote),
        facts=_added(first.facts, later.facts, lambda f: f"{f.key} {f.value}"),
    )
    return replace(both, **{name: getattr(first, name) for name in first.corrected})


def with_participants(ticket: Ticket, found: tuple[Participant, ...]) -> Ticket:
    """The ticket with those of *found* who are not on it yet; of who was in copy and has written, the latter counts."""
    wrote = {p.mailbox.key: p for p in found if p.reason.code == "wrote"}
    here = (wrote.get(p.mailbox.key, p) if p.reason.code == "copied" else p for p in ticket.participants)
    ticket = replace(ticket, participants=tuple(here))
    known = {p.mailbox.key for p in ticket.participants}
    new = []
    for participant in found:
        if participant.mailbox.key not in known:
            known.add(participant.mailbox.key)
            new.append(participant)
    return replace(ticket, participants=(*ticket.participants, *new))


def _added(first: tuple[T, ...], later: tuple[T, ...], words: Callable[[T], str]) -> tuple[T, ...]:
    """*first*, then those of *later* whose words are new."""
    known = {plain_words(words(value)) for value in first}
    return (*first, *(value for value in later if plain_words(words(value)) not in known))
