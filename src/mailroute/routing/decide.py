"""Whose work is it? The first rule that assigns wins; whoever is away hands over to the deputy."""

from collections.abc import Iterable
from datetime import date

from mailroute.domain.directory import Directory
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Routing
from mailroute.routing.case import Assign, Case, Pass
from mailroute.routing.rules import RULES, Rule


def route(case: Case, rules: Iterable[Rule] = RULES) -> Routing:
    """Ask the rules in order; the value tells who, by which rule, and why each earlier rule passed."""
    passed: list[Reason] = []
    for rule in rules:
        name = rule.__name__.replace("_", "-")
        match rule(case):
            case Assign(staff, because, sure):
                pm, handed_over = present(staff, case.directory, case.today)
                return Routing(
                    pm=pm, rule=name, sure=sure, reasons=(because, *handed_over), passed=tuple(passed)
                )
            case Pass(why):
                passed.append(Reason(name, why))
    return Routing(reasons=(Reason("nobody", "no rule could name anybody"),), passed=tuple(passed))


def present(staff_id: str, directory: Directory, today: date) -> tuple[str, tuple[Reason, ...]]:
    """Who does the work of *staff_id* today: themselves, or the first deputy in the chain who is there.

    A chain that leads back to somebody who is away, or to nobody, leaves the work where it was.
    """
    current, seen = staff_id, {staff_id}
    reasons: list[Reason] = []
    while (person := directory.staff_by_id.get(current)) is not None:
        absence = next((a for a in person.away if a.since <= today <= a.until), None)
        if absence is None:
            return current, tuple(reasons)
        if absence.deputy is None or absence.deputy in seen or absence.deputy not in directory.staff_by_id:
            why = Reason("away-without-deputy", f"{person.name} is away until {absence.until}")
            return staff_id, (*reasons, why)
        reasons.append(Reason("deputy", f"{person.name} is away until {absence.until}"))
        current = absence.deputy
        seen.add(current)
    return staff_id, ()
