"""Rule of the house: a `[[rule]]` table of the directory whose conditions all hold."""

from mailroute.domain.reasons import Reason
from mailroute.routing.case import Assign, Case, Pass
from mailroute.routing.conditions import judge

SHOWN = 6
"""Rules of which a reason tells why they failed."""


def configured(case: Case) -> Assign | Pass:
    """The first configured rule whose conditions all hold, in the order of the file."""
    failed = []
    for rule in case.directory.rules:
        if rule.assign not in case.directory.staff_by_id and rule.assign not in case.directory.teams_by_id:
            # `mailroute check` reports it; mail must not wait for that
            failed.append(f"{rule.name}: its assignee {rule.assign} is unknown")
            continue
        found = judge(rule, case)
        if found.holds:
            because = f"{rule.name}: {found.because or 'it has no conditions'}"
            return Assign(rule.assign, Reason("configured-rule", because), 1.0)
        failed.append(f"{rule.name}: {found.because}")
    if not failed:
        return Pass("no rules are configured")
    more = f"; and {len(failed) - SHOWN} more" if len(failed) > SHOWN else ""
    return Pass(f"no configured rule holds ({'; '.join(failed[:SHOWN])}{more})")
