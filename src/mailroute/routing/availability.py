"""Who can take new work today: present, and not full; and whose turn it is in a team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from mailroute.domain.directory import Absence, Directory, Staff, Team, TeamMode
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Candidate
from mailroute.routing.case import Case

LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""Stands for never: who has had no ticket yet is first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """To whom an assignee's work comes today."""

    staff: str
    reasons: tuple[Reason, ...] = ()
    """Why it is not simply the one whom the rule named."""
    full: bool = False
    """Whether they have as many open tickets as they may."""
    passed: tuple[tuple[str, Reason], ...] = ()
    """Members of a team who do not get it, and why."""


def settle(assignee: str, case: Case) -> Settled:
    """The member of the team whose turn it is, or the person; whoever is away hands over to the deputy."""
    team = case.directory.teams_by_id.get(assignee)
    if team is not None and assignee not in case.directory.staff_by_id:
        return _of_team(team, case)
    staff, reasons = present(assignee, case.directory, case.today)
    over = full(staff, case)
    return Settled(staff=staff, reasons=(*reasons, over) if over else reasons, full=over is not None)


def absence(person: Staff, today: date) -> Absence | None:
    """The absence that covers *today*, if any."""
    return next((a for a in person.away if a.since <= today <= a.until), None)


def present(staff_id: str, directory: Directory, today: date) -> tuple[str, tuple[Reason, ...]]:
    """Who does the work of *staff_id* today: themselves, or the first deputy in the chain who is there.

    A chain that leads back to somebody who is away, or to nobody, leaves the work where it was.
    """
    current, seen = staff_id, {staff_id}
    reasons: list[Reason] = []
    while (person := directory.staff_by_id.get(current)) is not None:
        gone = absence(person, today)
        if gone is None:
            return current, tuple(reasons)
        if gone.deputy is None or gone.deputy in seen or gone.deputy not in directory.staff_by_id:
            why = Reason("away-without-deputy", f"{person.name} is away until {gone.until}")
            return staff_id, (*reasons, why)
        reasons.append(Reason("deputy", f"{person.name} is away until {gone.until}"))
        current = gone.deputy
        seen.add(current)
    return staff_id, ()


def full(staff_id: str, case: Case) -> Reason | None:
    """That the person has as many open tickets as they may, if so."""
    person = case.directory.staff_by_id.get(staff_id)
    has = case.open_counts.get(staff_id, 0)
    if person is None or person.max_open is None or has < person.max_open:
        return None
    return Reason("full", f"{person.name} has {has} open tickets and takes at most {person.max_open}")


def least_loaded(staff_ids: Sequence[str], case: Case) -> str:
    """Who of them has fewest open tickets; the earliest in the list between equals."""
    return min(staff_ids, key=lambda one: case.open_counts.get(one, 0))


def _of_team(team: Team, case: Case) -> Settled:
    """The next of a team. Nobody there: the deputy of whose turn it is. All full: who has least to do."""
    known = [m for m in team.members if m in case.directory.staff_by_id]
    passed: list[tuple[str, Reason]] = []
    here, free = [], []
    for member in known:
        person = case.directory.staff_by_id[member]
        if gone := absence(person, case.today):
            passed.append((member, Reason("away", f"{person.name} is away until {gone.until}")))
        elif over := full(member, case):
            here.append(member)
            passed.append((member, over))
        else:
            free.append(member)
    if free:
        return _turn(team, free, case, passed)
    if here:
        least = least_loaded(here, case)
        has = case.open_counts.get(least, 0)
        why = Reason(
            "everybody-full", f"all of {team.name} who are here are full; fewest open tickets ({has})"
        )
        others = tuple(pair for pair in passed if pair[0] != least)
        return Settled(staff=least, reasons=(why,), passed=others)
    if not known:
        return Settled(staff=team.id, full=True, reasons=(Reason("full", f"{team.name} has no members"),))
    nobody = Reason("away", f"all of {team.name} are away")
    staff, reasons = present(_next(team, known, case), case.directory, case.today)
    return Settled(staff=staff, reasons=(nobody, *reasons), passed=tuple(p for p in passed if p[0] != staff))


def _next(team: Team, members: Sequence[str], case: Case) -> str:
    def waited(member: str) -> datetime:
        return case.last_assigned.get(member, LONG_AGO)

    def by_load(member: str) -> tuple[int, datetime]:
        return case.open_counts.get(member, 0), waited(member)

    return min(members, key=waited if team.mode is TeamMode.ROUND_ROBIN else by_load)


def _turn(team: Team, free: Sequence[str], case: Case, passed: list[tuple[str, Reason]]) -> Settled:
    chosen = _next(team, free, case)
    waiting = [(one, Reason("not-their-turn", _state(one, team, case))) for one in free if one != chosen]
    why = Reason("team-turn", f"next of {team.name} ({team.mode}): {_state(chosen, team, case)}")
    order = list(team.members)
    return Settled(
        staff=chosen,
        reasons=(why,),
        passed=tuple(sorted([*passed, *waiting], key=lambda p: order.index(p[0]))),
    )


def _state(member: str, team: Team, case: Case) -> str:
    if team.mode is TeamMode.LEAST_OPEN:
        return f"has {case.open_counts.get(member, 0)} open"
    last = case.last_assigned.get(member)
    return f"got the last new ticket on {last:%Y-%m-%d %H:%M}" if last else "has had no ticket yet"


def passed_over(settled: Settled, rule: str) -> tuple[Candidate, ...]:
    """The members who do not get it, as candidates."""
    return tuple(Candidate(staff=one, rule=rule, score=0.0, reasons=(why,)) for one, why in settled.passed)
