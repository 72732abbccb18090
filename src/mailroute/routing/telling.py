"""A decision in words: one sentence, and what would have changed it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from mailroute.domain.directory import Directory
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Routing
from mailroute.routing.availability import absence
from mailroute.routing.case import Case
from mailroute.routing.conditions import judge

PHRASES: Mapping[str, str] = {
    "configured-rule": "by the house's rule {0}",
    "project-reference": "has that project: {0}",
    "project-named": "has that project: {0}",
    "previous-handler": "{0}",
    "learned": "{0}",
    "organisation-pm": "{0}",
    "account-pm": "{0}",
    "triage": "decides whose work it is: {0}",
    "team-turn": "{0}",
}
"""What the first reason says of who has the work."""

MOST_NEAR_RULES = 2
"""Configured rules of which it is told what kept them from holding."""


def name_of(staff_id: str | None, directory: Directory) -> str:
    """What people call them."""
    person = directory.staff_by_id.get(staff_id or "")
    return person.name if person else staff_id or "nobody"


def sentence(routing: Routing, directory: Directory) -> str:
    """Who has it and why, in one line."""
    if routing.pm is None:
        return "Nobody has it yet: no rule could name anybody."
    first, *further = routing.reasons
    said = PHRASES.get(first.code, "{0}").replace("{0}", first.evidence)
    because = "; ".join([said, *(reason.evidence for reason in further)])
    return f"{name_of(routing.pm, directory)}: {because}."


def would_change(routing: Routing, case: Case) -> Iterator[str]:
    """What would have sent the work to somebody else, the nearest first."""
    yield from _presence(routing, case)
    yield from _room(routing.reasons, routing)
    yield from _near_rules(routing, case)
    yield from _next_candidate(routing, case)
    yield from _more_known(routing, case)


def _presence(routing: Routing, case: Case) -> Iterator[str]:
    """Who is back when."""
    if not any(reason.code == "deputy" for reason in routing.reasons):
        return
    for person in case.directory.staff:
        gone = absence(person, case.today)
        away = f"{person.name} is away until {gone.until}" if gone else None
        if gone and any(reason.code == "deputy" and reason.evidence == away for reason in routing.reasons):
            yield f"From {gone.until + timedelta(days=1)} {person.name} is back and would have it."
            return


def _room(reasons: tuple[Reason, ...], routing: Routing) -> Iterator[str]:
    for reason in reasons:
        if reason.code == "full" and routing.pm is not None:
            yield f"With fewer open tickets somebody else would have it: {reason.evidence}."
            return


def _near_rules(routing: Routing, case: Case) -> Iterator[str]:
    """Configured rules that stand before the one that decided, and the one condition that kept each from holding."""
    told = 0
    for rule in case.directory.rules:
        found = judge(rule, case)
        if found.holds:
            return
        team = case.directory.teams_by_id.get(rule.assign)
        who = team.name if team else name_of(rule.assign, case.directory)
        if rule.assign != routing.pm:
            yield f"Rule {rule.name} would give it to {who}, but {found.because}."
            told += 1
        if told == MOST_NEAR_RULES:
            return


def _next_candidate(routing: Routing, case: Case) -> Iterator[str]:
    rules = [one.rule for one in routing.candidates if one.chosen]
    for one in routing.candidates:
        if one.score and not one.chosen and one.staff != routing.pm and rules:
            name = name_of(one.staff, case.directory)
            yield f"Without the rule {rules[0]}, {name} would have it by {one.rule}: {one.reasons[0].evidence}."
            return


def _more_known(routing: Routing, case: Case) -> Iterator[str]:
    """What the directory or the mail could have said."""
    if routing.rule in {"configured", "named-project"}:
        return
    if case.organisation is None:
        yield "Were the requester's company in the directory, its PM would have it."
    elif case.named is None and any(p.organisation == case.organisation.id for p in case.directory.projects):
        its = f"A project of {case.organisation.name}"
        yield f"{its}, named or by its order number, would send it to that project's PM."
    elif case.named is not None and case.named.project.pm is None:
        yield f"A PM for {case.named.project.key} in the directory would have it."
