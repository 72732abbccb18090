"""What we owe comes near or is late: its owner is reminded, the lead is told. Pure."""

from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from mailroute.domain.directory import Staff
from mailroute.domain.outgoing import MailDraft
from mailroute.domain.ticket import TicketEvent
from mailroute.followups.business_time import add_days, at_work
from mailroute.followups.ours import Call, Owed, Telling, calls, owed
from mailroute.services.timer_case import NOTHING, Case, Fired, noted
from mailroute.tickets.account import staff_name
from mailroute.tickets.chasing import due_letter

KINDS = {Telling.REMINDED: "reminder", Telling.ESCALATED: "escalation"}


def we_owe(case: Case) -> Fired:
    """One look at what we owe on a ticket."""
    if not case.policy.followups.enabled:
        return NOTHING
    found, again_at = calls(case.books, case.now)
    if again_at is not None:
        again_at = at_work(again_at, case.our_calendar)
    elif owed(case.books):  # seen again, so that it stays on the list of what is late
        again_at = add_days(case.now, case.policy.followups.answer_after_days, case.our_calendar)
    if not found:
        return Fired(again_at=again_at)
    at = at_work(case.now, case.our_calendar)
    if at > case.now:
        return Fired(again_at=at)
    told = {call: _people(case, call) for call in found}
    if case.budget_is_spent(*(person for people in told.values() for person in people)):
        return Fired(again_at=case.in_an_hour())
    events = tuple(_event(case, call, people) for call, people in told.items() if people)
    return Fired(
        change=noted(case, *events) if events else None,
        drafts=tuple(_letters(case, told)),
        again_at=again_at,
    )


def _people(case: Case, call: Call) -> tuple[Staff, ...]:
    """Who hears of it: the owner or who stands in; of what is late the lead, and the deputy of an absent owner."""
    lead = case.directory.lead
    owner = case.who_is_there(call.owed.owner)
    if call.telling is Telling.REMINDED:
        return tuple(one for one in (owner or lead,) if one)
    deputy = owner if owner and owner.id != call.owed.owner else None
    if lead and lead.id == call.owed.owner:
        lead = None  # who is late knows it already
    told = {one.id: one for one in (case.who_is_there(lead.id) if lead else None, deputy) if one}
    return tuple(told.values())


def _event(case: Case, call: Call, people: Iterable[Staff]) -> TicketEvent:
    return TicketEvent(
        at=case.now,
        event=str(call.telling),
        by="mailroute",
        reasons=(call.owed.reason,),
        details={"occasion": call.owed.key, "to": ", ".join(person.id for person in people)},
    )


def _letters(case: Case, told: dict[Call, tuple[Staff, ...]]) -> Iterator[MailDraft]:
    """One mail a person and kind, whatever the number of matters."""
    grouped: dict[tuple[Telling, str], list[Call]] = {}
    for call, people in told.items():
        for person in people:
            grouped.setdefault((call.telling, person.id), []).append(call)
    for (telling, staff_id), matters in grouped.items():
        kind, ref = KINDS[telling], case.ticket.ref
        key = f"{kind}:{ref}:{staff_id}:{'+'.join(call.owed.key for call in matters)}"
        due = [_view(case, call.owed) for call in matters]
        staff = case.directory.staff_by_id[staff_id]
        yield due_letter(kind, key, case.ticket, staff, due, case.house)


def _view(case: Case, matter: Owed) -> dict[str, Any]:
    """As `outbound.context.DueView` has it."""
    local = matter.by.astimezone(ZoneInfo(case.policy.service.timezone))
    return {
        "occasion": str(matter.occasion),
        "words": matter.words,
        "by": matter.day.isoformat() if matter.day else local.isoformat(timespec="minutes"),
        "late": matter.is_late(case.now),
        "owner": staff_name(matter.owner, case.directory) if matter.owner else None,
        "reason": str(matter.reason),
    }
