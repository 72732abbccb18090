"""The routing rules, one a file. The order of RULES is company policy: read it aloud."""

from collections.abc import Callable

from mailroute.routing.case import Assign, Case, Pass
from mailroute.routing.rules.account_pm import account_pm
from mailroute.routing.rules.configured import configured
from mailroute.routing.rules.learned import learned
from mailroute.routing.rules.named_project import named_project
from mailroute.routing.rules.organisation_pm import organisation_pm
from mailroute.routing.rules.previous_handler import previous_handler
from mailroute.routing.rules.triage_lead import triage_lead

Rule = Callable[[Case], Assign | Pass]

RULES: tuple[Rule, ...] = (
    configured,
    named_project,
    previous_handler,
    learned,
    organisation_pm,
    account_pm,
    triage_lead,
)
