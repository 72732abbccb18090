"""Reads for replies of ours to clients: what has come since the mail that is answered, and what waits for a word."""

from dataclasses import replace

from mailroute.domain.decisions import Facts, SeenMessage, WaitingReply
from mailroute.domain.outgoing import QUESTIONS
from mailroute.domain.received import InboxId
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import ReplyAudience, read_message_id
from mailroute.store import messages, tickets, waiting
from mailroute.store.session import Connection

MOST_ADDED = 10
"""Messages of others that the author of a reply is told of."""


def with_what_replies_need(connection: Connection, facts: Facts) -> Facts:
    """What has come since the mail that one of us answers, and the reply that they were asked about."""
    facts = _with_what_came_since(connection, facts)
    asked = _asked_about(connection, facts)
    if asked is None:
        return facts
    ticket = tickets.get_many(connection, [asked.ticket])
    return replace(facts, asked_about=asked, named={**facts.named, **ticket})


def _asked_about(connection: Connection, facts: Facts) -> WaitingReply | None:
    """The reply that the author was asked about in the mail which this one answers."""
    entry = next((InboxId(t.number) for t in facts.tokens if t.audience is ReplyAudience.WAITING), None)
    if entry is None:
        secret, answered = facts.policy.secret, facts.reading.parsed.in_reply_to
        own = ((one, read_message_id(secret, one)) for one in answered)
        questions = [message_id for message_id, read in own if read and read.kind in QUESTIONS]
        entry = waiting.asked_by(connection, questions) if questions else None
    return None if entry is None else waiting.find(connection, entry)


def _with_what_came_since(connection: Connection, facts: Facts) -> Facts:
    """For the few mails of ours to a client address: what others have added since the mail that they answer."""
    to_client = next((t for t in facts.tokens if t.audience is ReplyAudience.CLIENT), None)
    if facts.identity.staff is None or to_client is None:
        return facts
    ticket = facts.tickets.get(TicketRef(to_client.number))
    if ticket is None:
        return facts
    parsed = facts.reading.parsed
    answered = {*parsed.in_reply_to, *parsed.references}
    times = [one.at for one in facts.seen if one.at and _is_answered(one, answered)]
    # without a mail that it answers, its author may have seen all that was there when it was written
    since = max(times, default=min(parsed.date or facts.now, facts.now))
    added = messages.added_since(connection, ticket.ref, since, limit=MOST_ADDED)
    return replace(facts, added_since=tuple(added))


def _is_answered(seen: SeenMessage, answered: set[str]) -> bool:
    return seen.message_id is not None and seen.message_id in answered
