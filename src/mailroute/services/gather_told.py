"""Reads for the ask-once guard: what the client has told, for the few replies of ours that ask something."""

from dataclasses import replace

from mailroute.domain.decisions import Facts
from mailroute.domain.ticket import Ticket, TicketRef
from mailroute.domain.tokens import ReplyAudience
from mailroute.ledger.matching import FRESH, TELLING
from mailroute.ledger.questions import questions
from mailroute.store import account
from mailroute.store.account import LineFilter
from mailroute.store.session import Connection

MOST_HERE = 600
"""Lines of the ticket itself, the newest."""
MOST_ELSEWHERE = 800
"""Lines of the client's other tickets, the newest."""


def with_what_was_told(connection: Connection, facts: Facts) -> Facts:
    """The client's account, where one of us asks the client something."""
    ticket = _replied_to(facts)
    if ticket is None or not questions(facts.reading.parsed.body.fresh):
        return facts
    said = account.lines(connection, LineFilter(tickets=ticket.family), limit=MOST_HERE)
    if ticket.organisation is not None:
        known = {line.id for line in said}
        others = account.lines(connection, LineFilter(organisation=ticket.organisation), limit=MOST_ELSEWHERE)
        said += [line for line in others if line.id not in known and facts.now - line.at <= FRESH]
    return replace(facts, told=tuple(line for line in said if line.kind in TELLING))


def _replied_to(facts: Facts) -> Ticket | None:
    """The ticket whose client one of us writes to here."""
    to_client = next((t for t in facts.tokens if t.audience is ReplyAudience.CLIENT), None)
    if facts.identity.staff is None or to_client is None:
        return None
    return facts.ticket(TicketRef(to_client.number))
