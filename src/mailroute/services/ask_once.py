"""The ask-once guard: a reply that asks for what the client has told waits, and its author is shown the answer."""

from typing import Any

from mailroute.domain.decisions import Facts, Objection
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Ticket, TicketMessage
from mailroute.ledger.matching import Answered, Told, already_told
from mailroute.tickets.account import context
from mailroute.tickets.waiting import ask_author


def already_answered(facts: Facts, ticket: Ticket, said: TicketMessage) -> Objection | None:
    """Objects when a question in the reply was answered before it was asked."""
    author = facts.directory.staff_by_id.get(facts.identity.staff or "")
    if author is None or not facts.told or not facts.policy.sending.ask_once:
        return None
    here = ticket.family
    found = already_told(said.text, facts.told, here=here, now=facts.now, title=ticket.title)
    if not found.told:
        return None
    shown = {
        **context(facts, ticket, said),
        "to": ticket.requester.name or ticket.requester.address or "the client",
        **told_context(found),
    }
    question = ask_author("already-answered", facts, author, ticket, "Answered already", shown)
    return Objection(reasons=tuple(_reason(one) for one in found.told), until=None, question=question)


def told_context(found: Answered) -> dict[str, Any]:
    """What was answered, by whom, when and in which words, and which questions are new, in plain values."""
    return {
        "told": [
            {
                "key": one.question.key,
                "question": one.question.words,
                "value": one.value,
                "words": one.line.words,
                "author": {"name": one.line.author.name, "address": one.line.author.address},
                "at": one.line.at.isoformat(),
                "ticket": str(one.line.ticket),
            }
            for one in found.told
        ],
        "fresh": list(dict.fromkeys(one.part for one in found.new)),
    }


def _reason(told: Told) -> Reason:
    line = told.line
    who = line.author.name or line.author.address
    return Reason("already-answered", f"{who} on {line.at:%Y-%m-%d}, {line.ticket}: “{line.words}”")
