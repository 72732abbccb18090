"""The mail that began it comes after its answers: whoever wrote it is the requester, not who answered first."""

from dataclasses import replace
from datetime import timedelta

from mailroute.domain.decisions import Facts, Placement
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Participant, Role, Ticket, TicketEvent
from mailroute.tickets.actions import differences, seated

LATE = timedelta(days=1)
"""How long after its answer the original still changes whose ticket it is; later, people have got used to it. Ours."""


def given_back(facts: Facts, placement: Placement, ticket: Ticket) -> tuple[Ticket, tuple[TicketEvent, ...]]:
    """The ticket with the author of the original as requester, and the line of history that says so.

    Unchanged unless the mail came to it as the original of an answer, from somebody of the same client.
    """
    first, before = facts.identity.requester, ticket.requester
    code = placement.reasons[0].code
    brought = facts.identity.on_behalf_of is not None  # what one of us passes on or answers, their mail names
    passed_on = code == "answers-same-mail" and brought
    theirs = facts.identity.organisation is not None and facts.identity.organisation == ticket.organisation
    in_time = facts.now - ticket.opened_at <= LATE
    if not ((passed_on or code == "answered-here") and theirs and in_time) or first.key in {None, before.key}:
        return ticket, ()
    wrote = Participant(mailbox=before, role=Role.CLIENT, reason=Reason("was-requester", str(before)))
    others = tuple(p for p in ticket.participants if p.mailbox.key not in {before.key, first.key})
    after = seated(replace(ticket, requester=first, participants=(*others, wrote)), facts.directory)
    event = TicketEvent(
        at=facts.now,
        event="readdressed",
        by="mailroute",
        reasons=placement.reasons[:1],
        details=differences(ticket, after),
    )
    return after, (event,)
