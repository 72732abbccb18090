"""Mail of a client company goes to the PM who looks after the whole company."""

from mailroute.domain.reasons import Reason
from mailroute.routing.case import Assign, Case, Pass


def organisation_pm(case: Case) -> Assign | Pass:
    """The organisation's PM."""
    if case.organisation is None:
        return Pass("the requester belongs to no known organisation")
    if case.organisation.pm is None:
        return Pass(f"{case.organisation.name} has no PM of its own")
    why = Reason("organisation-pm", f"looks after {case.organisation.name}")
    return Assign(case.organisation.pm, why, 0.85)
