"""Where the company has no PM of its own, the one who has most of its projects knows it best."""

from collections import Counter

from mailroute.domain.directory import ProjectStatus
from mailroute.domain.reasons import Reason
from mailroute.routing.case import Assign, Case, Pass


def account_pm(case: Case) -> Assign | Pass:
    """The PM with most open projects of the organisation; a tie decides nothing."""
    if case.organisation is None:
        return Pass("the requester belongs to no known organisation")
    own = [p for p in case.directory.projects if p.organisation == case.organisation.id and p.pm]
    counts = Counter(p.pm for p in own if p.status is not ProjectStatus.CLOSED).most_common(2)
    if not counts:
        return Pass(f"{case.organisation.name} has no open project with a PM")
    if len(counts) == 2 and counts[0][1] == counts[1][1]:
        return Pass(f"several PMs look after {case.organisation.name} alike")
    pm, projects = counts[0]
    why = Reason(
        "account-pm", f"has {projects} open project{'s' * (projects > 1)} of {case.organisation.name}"
    )
    return Assign(str(pm), why, 0.6)
