"""A reply to a mail that is no longer the latest on its ticket: it waits a little, and its author is told what came."""

from mailroute.domain.address import address_key
from mailroute.domain.decisions import Facts, Objection
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Ticket, TicketMessage
from mailroute.tickets.account import context
from mailroute.tickets.waiting import ask_author


def stale(facts: Facts, ticket: Ticket, said: TicketMessage) -> Objection | None:
    """Objects when somebody else has added to the ticket since the mail that the author answers."""
    author = facts.directory.staff_by_id.get(facts.identity.staff or "")
    hold = facts.policy.sending.hold_stale
    if author is None or not hold:
        return None
    own = {address_key(email) for email in author.emails}
    others = [one for one in facts.added_since if one.author.key not in own]
    if not others:
        return None
    reasons = tuple(Reason("added-since", f"{one.author}, {one.at:%Y-%m-%d %H:%M}") for one in others)
    until = facts.now + hold
    names = ", ".join(dict.fromkeys(one.author.name or str(one.author) for one in others))
    shown = {
        **context(facts, ticket, said),
        "why": f"{names} added to the ticket after the mail that you answered.",
        "in_own_name": True,
        "waiting": {
            "to": str(ticket.requester.name or ticket.requester.address),
            "until": until.isoformat(),
            "since": [
                {
                    "author": {"name": one.author.name, "address": one.author.address},
                    "at": one.at.isoformat(),
                    "words": one.text,
                }
                for one in others
            ],
        },
    }
    question = ask_author("held", facts, author, ticket, "Not sent yet", shown)
    return Objection(reasons=reasons, until=until, question=question)
