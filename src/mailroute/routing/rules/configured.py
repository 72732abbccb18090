"""Rule of the house: a `[[rule]]` table of the directory whose conditions all hold."""

from mailroute.domain.reasons import Reason
from mailroute.routing.case import Assign, Case, Pass
from mailroute.routing.conditions import unmet


def configured(case: Case) -> Assign | Pass:
    """The first configured rule whose conditions all hold, in the order of the file."""
    for rule in case.directory.rules:
        if rule.assign not in case.directory.staff_by_id:
            continue  # `mailroute check` reports it; mail must not wait for that
        if unmet(rule, case) is None:
            held = ", ".join(f"{path} = {' or '.join(values)}" for path, values in rule.when.items())
            return Assign(rule.assign, Reason("configured-rule", f"{rule.name}: {held}"), 1.0)
    if not case.directory.rules:
        return Pass("no rules are configured")
    first = case.directory.rules[0]
    return Pass(f"no configured rule holds ({first.name}: {unmet(first, case) or 'its assignee is unknown'})")
