"""Nothing else spoke, so a person must decide."""

from mailroute.domain.reasons import Reason
from mailroute.routing.case import Assign, Case, Pass


def triage_lead(case: Case) -> Assign | Pass:
    """The lead, who gives the work to somebody. Stays last."""
    if case.directory.lead is None:
        return Pass("the directory names no lead and no PM")
    return Assign(case.directory.lead.id, Reason("triage", "no other rule found somebody for it"), 0.3)
