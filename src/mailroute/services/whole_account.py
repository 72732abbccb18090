"""What the account to a PM holds besides the card: the matter in short, what came before, what is unanswered."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mailroute.domain.account import AccountLine
from mailroute.domain.decisions import Facts, Outcome
from mailroute.domain.directory import Directory
from mailroute.domain.issue import Issue
from mailroute.domain.outgoing import MailDraft
from mailroute.domain.ticket import Ticket
from mailroute.ledger.sentences import sentences
from mailroute.store import account, tickets
from mailroute.store.session import Connection
from mailroute.tickets.account import staff_name
from mailroute.tickets.actions import LetterKind

HISTORY = 5
"""Earlier tickets of the client that are named."""
QUESTIONS = 8
"""Open questions of ours to the client that are named."""
IN_SHORT = 2
"""Sentences that stand for the whole message."""
SHORTEST = 4
"""Words of a sentence that says something; greetings have fewer."""
LONGEST = 300
"""Characters of a sentence that can stand for others."""


def with_whole_accounts(connection: Connection, facts: Facts, outcome: Outcome) -> Outcome:
    """*outcome* with all that the PM needs in each account; reads only when there is one, and then few rows."""
    ticket = outcome.ticket
    if ticket is None or not any(draft.kind == LetterKind.ACCOUNT for draft in outcome.drafts):
        return outcome
    drafts = [with_what_came_before(connection, one, ticket, facts.directory) for one in outcome.drafts]
    return replace(outcome, drafts=tuple(drafts))


def with_what_came_before(
    connection: Connection, draft: MailDraft, ticket: Ticket, directory: Directory
) -> MailDraft:
    """The same mail; an account with its summary, the client's last tickets, and our open questions to them."""
    if draft.kind != LetterKind.ACCOUNT:
        return draft
    before = _before(connection, ticket)
    asked = account.open_to(connection, ticket.organisation, ticket.ref, limit=QUESTIONS)
    words = str(draft.context["message"]["words"])
    more = {
        "summary": list(in_short(words, ticket.issue)),
        "history": [_outcome(one, directory) for one in before],
        "questions": [_question(line, directory) for line in asked],
    }
    return replace(draft, context={**draft.context, **more})


def in_short(text: str, card: Issue) -> tuple[str, ...]:
    """The sentences that say most of what the card holds, in their order; what is asked stands apart."""
    asks = {" ".join(ask.text.split()) for ask in card.asks}
    told = [one for one in sentences(text) if len(one.split()) >= SHORTEST and len(one) <= LONGEST]
    told = [one for one in told if not any(one in ask or ask in one for ask in asks)]
    values = [" ".join(value.split()) for value in _values(card)]
    weighed = sorted(enumerate(told), key=lambda one: (-sum(value in one[1] for value in values), one[0]))
    return tuple(sentence for _, sentence in sorted(weighed[:IN_SHORT]))


def _values(card: Issue) -> list[str]:
    facts = [fact.value for fact in card.facts]
    named = [product.text for product in card.products] + [number.value for number in card.references]
    return [*facts, *named, *card.urgency.evidence]


def _before(connection: Connection, ticket: Ticket) -> Sequence[Ticket]:
    if ticket.organisation is None:
        return ()
    wanted = tickets.TicketFilter(organisation=ticket.organisation)
    found = tickets.listing(connection, wanted, limit=HISTORY + 1)
    return [one for one in found if one.ref != ticket.ref][:HISTORY]


def _outcome(ticket: Ticket, directory: Directory) -> dict[str, Any]:
    return {
        "ref": str(ticket.ref),
        "title": ticket.title,
        "status": str(ticket.status),
        "opened": ticket.opened_at.isoformat(),
        "ended": ticket.ended_at.isoformat() if ticket.ended_at else None,
        "pm": staff_name(ticket.pm, directory) if ticket.pm else None,
    }


def _question(line: AccountLine, directory: Directory) -> dict[str, Any]:
    return {
        "words": line.words,
        "by": staff_name(line.staff, directory) if line.staff else (line.author.name or ""),
        "at": line.at.isoformat(),
        "ticket": str(line.ticket),
    }
