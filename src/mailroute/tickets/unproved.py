"""The lowest step of the trust ladder: a mail in a client's name that the checks refute may be read, and do nothing.

It came to a reply address that only we can have made, so it is shown where it belongs; but it neither reopens nor
moves anything, changes no card and is never quoted to anybody outside.
"""

from dataclasses import replace

from mailroute.domain.decisions import Facts, Outcome, Placement
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Audience, Ticket, TicketEvent, TicketMessage
from mailroute.tickets import letters
from mailroute.tickets.people import author_name, has_it_already, owners

REFUTED = "author-refuted"


def is_refuted(facts: Facts) -> bool:
    """Whether the checks of the author's domain failed."""
    return any(reason.code == REFUTED for reason in facts.identity.reasons)


def read_only(facts: Facts, placement: Placement, ticket: Ticket, said: TicketMessage) -> Outcome:
    """The outcome of such a mail: it stands on the ticket for us alone, and its people are warned."""
    why = Reason("read-only", "the checks of the author's domain failed: nothing follows from it")
    placement = replace(placement, reasons=(*placement.reasons, why))
    event = TicketEvent(
        at=facts.now, event="unproved-wrote", by=author_name(facts), reasons=placement.reasons
    )
    after = replace(ticket, updated_at=facts.now)
    return Outcome(
        identity=facts.identity,
        placement=placement,
        ticket=after,
        messages=(replace(said, audience=Audience.INTERNAL),),
        events=(event,),
        drafts=tuple(
            letters.follow_up(facts, after, said, owner)
            for owner in owners(facts, after)
            if not has_it_already(facts, owner)
        ),
    )
