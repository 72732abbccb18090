"""Reads for replies of ours to clients: what has come since the mail that is answered, and what waits for a word."""

from dataclasses import replace

from mailroute.domain.decisions import Facts, SeenMessage, WaitingReply
from mailroute.domain.followups import Offer
from mailroute.domain.outgoing import QUESTIONS, OutboxItem
from mailroute.domain.received import InboxId
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import ReplyAudience, read_message_id
from mailroute.followups.answers import is_bare_word
from mailroute.followups.stall import OVERTAKEN, offers, open_question
from mailroute.store import messages, outbox, tickets, waiting
from mailroute.store.session import Connection
from mailroute.tickets.chasing import DRAFT_KINDS

OFFERING = frozenset(DRAFT_KINDS.values())
"""Kinds of mail of ours whose answer decides about the text in them."""

MOST_ADDED = 10
"""Messages of others that the author of a reply is told of."""


def with_what_replies_need(connection: Connection, facts: Facts) -> Facts:
    """What has come since the mail that one of us answers, and the reply or text that they were asked about."""
    facts = _with_offer(connection, _with_what_came_since(connection, facts))
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


def _with_offer(connection: Connection, facts: Facts) -> Facts:
    """For the few answers to a text that was offered: that text, and what became of it."""
    if facts.identity.staff is None:
        return facts
    parsed, secret = facts.reading.parsed, facts.policy.secret
    ids = (*parsed.in_reply_to, *reversed(parsed.references))
    named = [one for one in ids if (own := read_message_id(secret, one)) and own.kind in OFFERING]
    inside = [TicketRef(t.number) for t in facts.tokens if t.audience is ReplyAudience.INTERNAL]
    mail = outbox.find_by_message_id(connection, named[0]) if named else None
    ref = mail.ticket if mail else next(iter(inside), None)
    ticket = facts.tickets.get(ref) if ref else None
    if ticket is None or not (mail or is_bare_word(parsed.body.fresh)):
        return facts
    events = messages.events(connection, ticket.ref)
    made = [one for one in offers(ticket, events) if _is_meant(one, mail, facts.identity.staff)]
    if not made:
        return facts
    offer, question = made[-1], open_question(ticket, events)
    if offer.settled is None and (question is None or question.at > offer.at):
        offer = replace(offer, settled=OVERTAKEN)
    return replace(facts, offer=offer)


def _is_meant(offer: Offer, mail: OutboxItem | None, author: str) -> bool:
    """Whether the answer is to this text: by the mail it answers, else the author's own that is open."""
    return offer.key == mail.key if mail else offer.staff == author and offer.settled is None


def _is_answered(seen: SeenMessage, answered: set[str]) -> bool:
    return seen.message_id is not None and seen.message_id in answered
