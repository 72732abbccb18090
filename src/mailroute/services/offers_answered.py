"""One of us answers, by mail, a text that was offered for a silent client. Pure."""

from dataclasses import replace

from mailroute.domain.decisions import Facts, Outcome, Placement
from mailroute.domain.ticket import Audience, Ticket, TicketMessage
from mailroute.services.offers_settled import Answer, settle
from mailroute.tickets.actions import How
from mailroute.tickets.actions_letters import command_result
from mailroute.tickets.chasing import House
from mailroute.tickets.commands import Result


def answered_offer(facts: Facts, placement: Placement, ticket: Ticket, said: TicketMessage) -> Outcome | None:
    """The outcome of an answer to `facts.offer`; None when it is none, but words like others.

    Args:
        facts: with the offer.
        placement: on its ticket.
        ticket: as it is.
        said: the answer, as an internal message.
    """
    offer, staff = facts.offer, facts.directory.staff_by_id.get(facts.identity.staff or "")
    if offer is None or staff is None or offer.ticket != ticket.ref:
        return None
    settled = settle(
        Answer(
            offer=offer,
            said=said,
            ticket=ticket,
            staff=staff,
            thread=facts.thread.get(ticket.ref, ()),
            house=House(facts.directory, facts.policy.service),
            policy=facts.policy,
            now=facts.now,
            how=str(How.MAIL),
        )
    )
    if settled is None:
        return None
    outcome = Outcome(
        identity=facts.identity,
        placement=placement,
        ticket=replace(ticket, updated_at=facts.now),
        messages=(settled.message,),
        events=settled.events,
        drafts=settled.letters,
    )
    return _told(facts, outcome, ticket, settled.words, done=settled.done)


def not_sent(facts: Facts, ticket: Ticket, outcome: Outcome) -> Outcome:
    """Words about an offer that are neither an answer nor meant for the client: a note, and its author hears so."""
    offer = facts.offer
    if offer is None or offer.ticket != ticket.ref or offer.settled is not None:
        return outcome
    if any(message.audience is Audience.PUBLIC for message in outcome.messages):
        return outcome
    why = "a note; nothing went to the client: answer send, later 3d or no, or begin a text of your own with a greeting"
    return _told(facts, outcome, ticket, why, done=False)


def _told(facts: Facts, outcome: Outcome, ticket: Ticket, words: str, *, done: bool) -> Outcome:
    """The author learns what came of it."""
    author = facts.directory.staff_by_id[facts.identity.staff or ""]
    first = " ".join(facts.reading.parsed.body.fresh.split())[:60]
    letter = command_result(facts, author, [Result(first, done=done, words=words)], ticket)
    return replace(outcome, drafts=(*outcome.drafts, letter))
