"""By when a client hears from a person: told in the acknowledgement, by the tier of the company and our hours. Pure."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from mailroute.domain.decisions import Facts, Outcome
from mailroute.followups.ours import first_answer_by
from mailroute.followups.regions import house_calendar

WITHIN_A_DAY = 8.0
"""Hours of work; what is promised sooner is named with the time, later with the day alone."""


def with_first_answer(facts: Facts, outcome: Outcome) -> Outcome:
    """*outcome* with the day in the acknowledgement, where the settings want it told and promise one."""
    if not facts.policy.followups.tell_first_answer or outcome.ticket is None:
        return outcome
    drafts = tuple(
        replace(one, context={**one.context, "answer_by": _answer_by(facts, outcome)})
        if one.kind == "ticket-opened" and one.context["known_client"]
        else one
        for one in outcome.drafts
    )
    return replace(outcome, drafts=drafts)


def _answer_by(facts: Facts, outcome: Outcome) -> dict[str, Any] | None:
    habits, service, ticket = facts.policy.followups, facts.policy.service, outcome.ticket
    assert ticket is not None, "an acknowledgement is of a ticket"
    organisation = facts.directory.organisations_by_id.get(ticket.organisation or "")
    level = habits.level_of(organisation.tier if organisation else None)
    when = first_answer_by(ticket.opened_at, level, house_calendar(service, habits))
    if when is None:
        return None
    local = when.astimezone(ZoneInfo(service.timezone))
    soon = (level.first_answer_hours or WITHIN_A_DAY) < WITHIN_A_DAY
    return {"day": local.date().isoformat(), "time": f"{local:%H:%M}" if soon else None}
