"""The client does not answer: first the rep is offered a friendly text, then the PM a firm one. Pure."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mailroute.domain.address import Mailbox
from mailroute.domain.directory import Staff
from mailroute.domain.followups import Offer, Tone
from mailroute.domain.outgoing import Silence as Unsent
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Audience, Role, Ticket, TicketEvent, TicketMessage, Via
from mailroute.followups import stall
from mailroute.followups.business_time import add_days, at_work
from mailroute.followups.stall import Silence, Step
from mailroute.followups.wording import Occasion, questions_in, text_of
from mailroute.services.timer_case import NOTHING, Case, Fired, noted
from mailroute.tickets.chasing import (
    DRAFT_KINDS,
    Asked,
    copy_of,
    letter_to_client,
    offer_letter,
    thread_of_client,
)
from mailroute.tickets.letters import mailbox_of

DRAFTED = {tone: event for event, tone in stall.OFFERED.items()}
TIME_TO_ANSWER = 3
"""Working days that the firm text gives the client. Ours."""


def client_silent(case: Case) -> Fired:
    """One look at a ticket on which it is the client's move."""
    habits = case.policy.followups
    found = stall.silence(
        _as_chased(case), [*case.absences, *case.events], case.now, habits, case.their_calendar
    )
    if found is None or not habits.enabled or not _can_be_chased(case):
        return NOTHING
    if found.due_at is None:  # seen again, so that it stays on the list of what stands still
        return Fired(again_at=add_days(case.now, habits.firm_after_days, case.our_calendar))
    at = at_work(max(found.due_at, case.now), case.our_calendar)
    if at > case.now:
        return Fired(again_at=at)
    return _offered(case, found)


def _can_be_chased(case: Case) -> bool:
    """Whether there is anybody to write to, who is none of us."""
    key = case.ticket.requester.key
    return key is not None and key not in case.directory.staff_by_address


def _as_chased(case: Case) -> Ticket:
    """The ticket without a rep who is not with us any more: then the PM is next."""
    known = case.ticket.rep in case.directory.staff_by_id
    return case.ticket if known else replace(case.ticket, rep=None)


def _offered(case: Case, found: Silence) -> Fired:
    tone = Tone(found.step)
    owner = case.who_is_there(case.ticket.rep if found.step is Step.NUDGE else case.ticket.pm)
    tomorrow = add_days(case.now, 1, case.our_calendar)
    if owner is None:
        return Fired(again_at=tomorrow)
    if case.budget_is_spent(owner):
        return Fired(again_at=case.in_an_hour())
    if case.chased_lately >= case.policy.followups.nudges_per_client_and_week:
        unsent = Unsent(
            kind=DRAFT_KINDS[tone], to=owner.email, reason="client-chased-enough", ticket=case.ticket.ref
        )
        return Fired(silences=(unsent,), again_at=tomorrow)
    offer = _offer(case, found, tone, owner)
    drafted = TicketEvent(
        at=case.now,
        event=DRAFTED[tone],
        by="mailroute",
        reasons=found.reasons,
        details={
            stall.DRAFT: offer.key,
            stall.STAFF: owner.id,
            stall.WORDS: offer.words,
            stall.ASKS: offer.question,
        },
    )
    next_at = add_days(case.now, case.policy.followups.firm_after_days, case.our_calendar)
    if tone is Tone.NUDGE and case.policy.followups.nudge_unasked:
        return _nudged_unasked(case, offer, owner, drafted, next_at)
    letter = offer_letter(offer, _asked(case, found), case.ticket, owner, case.house)
    return Fired(change=noted(case, drafted), drafts=(letter,), again_at=next_at)


def _offer(case: Case, found: Silence, tone: Tone, owner: Staff) -> Offer:
    ticket = case.ticket
    zone = ZoneInfo(case.policy.service.timezone)
    before = [one for one in stall.offers(ticket, case.events) if one.tone is tone]
    pm = case.directory.staff_by_id.get(ticket.pm or "")
    words = text_of(
        tone,
        Occasion(
            client=ticket.requester,
            title=ticket.title,
            questions=_questions(case, found),
            asked_on=found.question.at.astimezone(zone).date(),
            colleague=pm.name if pm else None,
            author=owner.name,
            answer_by=add_days(case.now, TIME_TO_ANSWER, case.their_calendar).astimezone(zone).date(),
            language=ticket.issue.language,
        ),
    )
    return Offer(
        ticket=ticket.ref,
        tone=tone,
        key=f"{DRAFT_KINDS[tone]}:{ticket.ref}:{len(before) + 1}",
        staff=owner.id,
        words=words,
        question=found.question.words,
        at=case.now,
    )


def _questions(case: Case, found: Silence) -> tuple[str, ...]:
    """All that was asked in the message that the question stands in."""
    first = found.question.words
    said = (m.text for m in reversed(case.messages) if m.role.is_staff and m.audience is Audience.PUBLIC)
    text = next((text for text in said if first and first in text), "")
    return questions_in(text, first)


BECAME = {"nudged": "sent", "nudge-declined": "declined", "nudge-postponed": "postponed", None: "unanswered"}
"""What settled an offer, in the words of `outbound.context.OfferView`."""


def _asked(case: Case, found: Silence) -> Asked:
    nudges = [
        one
        for one in stall.offers(case.ticket, case.events)
        if one.tone is Tone.NUDGE and one.at >= found.question.at
    ]
    became = BECAME.get(nudges[-1].settled, "unanswered") if nudges else None
    question = found.question
    zone = ZoneInfo(case.policy.service.timezone)
    return Asked(
        words=question.words, by=question.by, at=question.at.astimezone(zone), days=found.days, before=became
    )


def _nudged_unasked(case: Case, offer: Offer, owner: Staff, drafted: TicketEvent, next_at: datetime) -> Fired:
    """The nudge goes at once, as the house wants it; both owners get a copy."""
    why = Reason("configured", "followups.nudge_unasked")
    nudged = TicketEvent(
        at=case.now, event="nudged", by="mailroute", reasons=(why,), details={stall.DRAFT: offer.key}
    )
    said = nudge_message(offer, mailbox_of(owner), case.now)
    thread = thread_of_client(case.thread, case.policy.secret)
    letter = letter_to_client("nudge", f"nudge:{offer.key}", case.ticket, said, thread, case.house)
    ids = dict.fromkeys(id_ for id_ in (owner.id, case.ticket.pm) if id_)
    owners = [staff for id_ in ids if (staff := case.directory.staff_by_id.get(id_))]
    copies = (copy_of(said, case.ticket, staff, offer.key, case.house) for staff in owners)
    return Fired(
        change=noted(case, drafted, nudged, said=(said,)), drafts=(letter, *copies), again_at=next_at
    )


def nudge_message(offer: Offer, author: Mailbox, now: datetime) -> TicketMessage:
    """The offered text as a message on the ticket."""
    return TicketMessage(
        entry=None,
        source=None,
        author=author,
        role=Role.REP if offer.tone is Tone.NUDGE else Role.PM,
        via=Via.DIRECT,
        audience=Audience.PUBLIC,
        at=now,
        message_id=None,
        text=offer.words,
    )
