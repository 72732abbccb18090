"""A ticket that gathers clients who have nothing to do with each other: one reads the other's words. People are told.

Nothing is undone by it: the mail may be right, as when two companies build together, but somebody must have looked.
"""

from dataclasses import replace
from datetime import timedelta

from mailroute.directory.freemail import is_freemail
from mailroute.directory.lookup import is_ours, organisation_of
from mailroute.domain.address import Mailbox, domain_of
from mailroute.domain.decisions import Facts, Outcome
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Ticket, TicketEvent
from mailroute.tickets.actions_letters import said_by_us, word_of_ours
from mailroute.tickets.people import staff_member

GATHERS = "gathers-clients"
"""The event; `mailroute doctor` tells of tickets that have it."""

MOST_ORGANISATIONS = 1
"""Known client organisations that a ticket may hold without an alarm."""
MOST_PARTIES = 3
"""Known organisations and unknown companies together: a client, its contractor and its consultant are usual. Ours."""
SHOWN_FOR = timedelta(days=14)
"""How long `mailroute doctor` tells of it."""


def with_alarm(facts: Facts, outcome: Outcome) -> Outcome:
    """*outcome*, with an event and a word to the PM and the lead when its ticket has just gathered too many."""
    ticket = outcome.ticket
    if ticket is None or not outcome.messages:
        return outcome
    before = facts.ticket(ticket.ref)
    now = _parties(facts, ticket, outcome.identity.requester)
    if not _too_many(facts, now) or (before and _too_many(facts, _parties(facts, before))):
        return outcome
    names = ", ".join(sorted(now))
    why = Reason("unrelated-clients", names)
    event = TicketEvent(at=facts.now, event=GATHERS, by="mailroute", reasons=(why,))
    words = (
        f"People of several companies write on this ticket now: {names}. If they have nothing to do with each other, "
        "take one out with /split, or put the requester right with /requester."
    )
    told = [staff_member(facts, ticket.pm), facts.directory.lead]
    drafts = tuple(
        word_of_ours(ticket, staff, said_by_us(words, facts.policy, facts.now), GATHERS, facts.directory)
        for staff in {s.id: s for s in told if s}.values()
    )
    return replace(outcome, events=(*outcome.events, event), drafts=(*outcome.drafts, *drafts))


def _too_many(facts: Facts, parties: frozenset[str]) -> bool:
    known = {o.name for o in facts.directory.organisations}
    return len(parties & known) > MOST_ORGANISATIONS or len(parties) > MOST_PARTIES


def _parties(facts: Facts, ticket: Ticket, *more: Mailbox) -> frozenset[str]:
    """Names of the client organisations on a ticket, and domains of companies that nobody knows."""
    directory, service = facts.directory, facts.policy.service
    found = set()
    own = directory.organisations_by_id.get(ticket.organisation or "")
    if own:
        found.add(own.name)
    people = (ticket.requester, *(p.mailbox for p in ticket.participants if not p.role.is_staff), *more)
    for mailbox in people:
        if mailbox.address is None or is_ours(mailbox, directory, service):
            continue
        organisation = organisation_of(mailbox, directory)
        if organisation:
            found.add(organisation.name)
        elif not is_freemail(domain_of(mailbox.address)):
            found.add(domain_of(mailbox.address))
    return frozenset(found)
