"""Sections about tickets: what is late, due, stalled, at risk, new, praised, handed over, and whose move it is."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from mailroute.domain.digest import Desk, DigestLine, Due, Matter, Section, View
from mailroute.domain.issue import Urgency
from mailroute.domain.ticket import Move, Status, Ticket

MOST = 12
"""Lines of one section; the rest is a number."""
SOON = timedelta(days=3)
HAND_OFF = "hand-off"
"""`Routing.rule` of sold work that is offered."""
_RANK: Mapping[Urgency, int] = {Urgency.CRITICAL: 0, Urgency.HIGH: 1, Urgency.NORMAL: 2, Urgency.LOW: 3}


def of_clients(desk: Desk) -> list[Matter]:
    """All but sold work that is offered."""
    return [one for one in desk.matters if one.ticket.routing.rule != HAND_OFF]


def values_of(desk: Desk, ticket: Ticket) -> dict[str, str]:
    """What the wording of a line about a ticket may say."""
    organisation = desk.directory.organisations_by_id.get(ticket.organisation or "")
    names = desk.directory.staff_by_id
    pm, rep = names.get(ticket.pm or ""), names.get(ticket.rep or "")
    client = organisation.name if organisation else (ticket.requester.name or ticket.requester.address or "")
    return {
        "title": ticket.title,
        "client": "" if client and client in ticket.title else client,
        "pm": pm.name if pm and desk.view is not View.PM else "",
        "rep": rep.name if rep and desk.view is not View.REP else "",
        "urgency": str(ticket.issue.urgency.value),
        "move": str(ticket.whose_move),
    }


def _by(desk: Desk, due: Due) -> str:
    """The day by which something is due, as our people know days."""
    return f"{due.day or due.by.astimezone(ZoneInfo(desk.timezone)):%Y-%m-%d}"


def _words(due: Due, ticket: Ticket) -> str | None:
    """What was promised or asked; the title is there anyway."""
    return due.words if due.words and due.words != ticket.title else None


def cut(section: Section, lines: Iterable[DigestLine]) -> Iterator[DigestLine]:
    """The first lines, and how many more there are."""
    found = list(lines)
    yield from found[:MOST]
    if len(found) > MOST:
        yield DigestLine(section=section, code="more", values={"count": str(len(found) - MOST)})


def late(desk: Desk) -> Iterator[DigestLine]:
    """What we owe and have not done in time."""
    found = [(due, one) for one in of_clients(desk) for due in one.owed[:1] if due.late]
    yield from cut(
        Section.LATE,
        (
            DigestLine(
                section=Section.LATE,
                code=f"late-{due.what}",
                values=values_of(desk, one.ticket) | {"by": _by(desk, due)},
                ticket=one.ticket.ref,
                words=_words(due, one.ticket),
                late=True,
                commands=("/close", "/wait 3d", "/note ..."),
            )
            for due, one in sorted(found, key=lambda pair: pair[0].by)
        ),
    )


def due(desk: Desk) -> Iterator[DigestLine]:
    """What falls due in the next days."""
    found = [
        (one.owed[0], one)
        for one in of_clients(desk)
        if one.owed and not one.owed[0].late and one.owed[0].by <= desk.now + SOON
    ]
    yield from cut(
        Section.DUE,
        (
            DigestLine(
                section=Section.DUE,
                code=f"due-{soon.what}",
                values=values_of(desk, one.ticket) | {"by": _by(desk, soon)},
                ticket=one.ticket.ref,
                words=_words(soon, one.ticket),
                commands=("/close", "/snooze fri"),
            )
            for soon, one in sorted(found, key=lambda pair: pair[0].by)
        ),
    )


def stalled(desk: Desk) -> Iterator[DigestLine]:
    """Clients who owe us an answer for too long."""
    found = [one for one in of_clients(desk) if one.stalled]
    yield from cut(
        Section.STALLED,
        (
            DigestLine(
                section=Section.STALLED,
                code="stalled-1" if one.silent_days == 1 else "stalled",
                values=values_of(desk, one.ticket) | {"days": str(one.silent_days)},
                ticket=one.ticket.ref,
                words=one.question or None,
                commands=("/wait 3d", "/close"),
            )
            for one in sorted(found, key=lambda one: -one.silent_days)
        ),
    )


def at_risk(desk: Desk) -> Iterator[DigestLine]:
    """Clients who sound angry, or disappointed about what is urgent."""
    found = [
        one
        for one in of_clients(desk)
        if one.mood == "angry" or (one.mood == "frustrated" and _RANK[one.ticket.issue.urgency.value] < 2)
    ]
    yield from cut(
        Section.AT_RISK,
        (
            DigestLine(
                section=Section.AT_RISK,
                code=f"mood-{one.mood}",
                values=values_of(desk, one.ticket),
                ticket=one.ticket.ref,
                words=one.mood_words,
                commands=("/urgent", "/note ..."),
            )
            for one in found
        ),
    )


def new(desk: Desk) -> Iterator[DigestLine]:
    """What has come since the last digest."""
    found = [one for one in of_clients(desk) if one.ticket.opened_at > desk.since]
    yield from cut(
        Section.NEW,
        (
            DigestLine(
                section=Section.NEW,
                code="new",
                values=values_of(desk, one.ticket),
                ticket=one.ticket.ref,
                commands=("/assign NAME", "/not-mine REASON"),
            )
            for one in sorted(found, key=lambda one: _RANK[one.ticket.issue.urgency.value])
        ),
    )


def my_move(desk: Desk) -> Iterator[DigestLine]:
    """The PM's tickets that wait for the PM, the most urgent first."""
    found = [
        one
        for one in of_clients(desk)
        if one.ticket.whose_move is Move.PM and one.ticket.opened_at <= desk.since and one.answered_at is None
    ]
    yield from cut(
        Section.MOVE,
        (
            DigestLine(
                section=Section.MOVE,
                code="move",
                values=values_of(desk, one.ticket),
                ticket=one.ticket.ref,
                commands=("/close", "/wait 3d", "/snooze fri"),
            )
            for one in sorted(
                found, key=lambda one: (_RANK[one.ticket.issue.urgency.value], one.ticket.opened_at)
            )
        ),
    )


def done(desk: Desk) -> Iterator[DigestLine]:
    """What was answered some days ago and nobody has ended: asked once whether it is done."""
    found = [
        one
        for one in of_clients(desk)
        if one.ask_done_at is not None and desk.since < one.ask_done_at <= desk.now
    ]
    yield from cut(
        Section.DONE,
        (
            DigestLine(
                section=Section.DONE,
                code="done",
                values=values_of(desk, one.ticket)
                | {"since": f"{(one.answered_at or desk.now).astimezone(ZoneInfo(desk.timezone)):%Y-%m-%d}"},
                ticket=one.ticket.ref,
                commands=("/close", "/snooze fri"),
            )
            for one in sorted(found, key=lambda one: one.ticket.ref)
        ),
    )


def questions(desk: Desk) -> Iterator[DigestLine]:
    """What clients have not answered yet."""
    found = [one for one in of_clients(desk) if one.question is not None]
    yield from cut(
        Section.QUESTIONS,
        (
            DigestLine(
                section=Section.QUESTIONS,
                code=f"asked-{one.silent_days}" if one.silent_days < 2 else "asked",
                values=values_of(desk, one.ticket) | {"days": str(one.silent_days)},
                ticket=one.ticket.ref,
                words=one.question or None,
                commands=("/close",),
            )
            for one in sorted(found, key=lambda one: -one.silent_days)
        ),
    )


def praised(desk: Desk) -> Iterator[DigestLine]:
    """Kind words since the last digest."""
    for one in desk.praise[:MOST]:
        organisation = desk.directory.organisations_by_id.get(one.organisation or "")
        yield DigestLine(
            section=Section.PRAISED,
            code="praised",
            values={"client": organisation.name if organisation else ""},
            ticket=one.ticket,
            words=one.words,
        )


def hand_offs(desk: Desk) -> Iterator[DigestLine]:
    """Sold work that waits for a PM's word, or for the rep's."""
    for one in desk.matters:
        if one.ticket.routing.rule == HAND_OFF and one.ticket.status is not Status.RESOLVED:
            returned = one.ticket.whose_move is Move.REP
            yield DigestLine(
                section=Section.HANDOFFS,
                code="returned" if returned else "offered",
                values=values_of(desk, one.ticket),
                ticket=one.ticket.ref,
                commands=("/handoff NAME",) if returned else ("/accept", "/return REASON"),
            )
