"""Signals by marks: reply addresses, Message-IDs and ticket numbers, wherever they stand in a message."""

import re
from datetime import timedelta

from mailroute.domain.decisions import Facts, Placement, SeenMessage
from mailroute.domain.parsed import ParsedMail
from mailroute.domain.policy import Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import ReplyAudience, read_reply_address
from mailroute.threads.belonging import by_form, join
from mailroute.threads.subjects import base_subject

RECENT_THREAD = timedelta(days=30)
"""How long answers to a mail that is not here gather on one ticket. Ours."""

MOST_MARKERS = 20
"""Reply addresses that are looked at in one body: long threads quote each of our mails."""

_ADDRESS_IN_BODY = re.compile(
    r"[^\s<>()\[\]\"',;:@]{1,64}\+[bchi]\.\d{1,15}\.[a-z2-7]{26}@[\w.-]{1,255}", re.IGNORECASE
)

SUBJECT_MARK = re.compile(r"\[(MR-\d{1,15})\]", re.IGNORECASE)
"""How our mails name their ticket in the subject."""


def reply_token(facts: Facts) -> Placement | None:
    """A reply address that only we can have made, used by somebody who is on the ticket."""
    for token in facts.tokens:
        if token.audience in {ReplyAudience.CLIENT, ReplyAudience.INTERNAL}:
            why = Reason("reply-token", f"{token.audience.name.lower()} address of {TicketRef(token.number)}")
            if joined := join(facts, TicketRef(token.number), why):
                return joined
    return None


def thread_ids(facts: Facts) -> Placement | None:
    """Message-IDs in In-Reply-To or References that are ours or that we have seen, nearest first."""
    parsed = facts.reading.parsed
    for message_id in filter(None, (*parsed.in_reply_to, *reversed(parsed.references))):
        for seen in facts.seen:  # several under one id, when somebody has used it again
            if seen.message_id != message_id:
                continue
            code = "answers-our-mail" if seen.ours else "answers-seen-mail"
            if seen.named_in is not None:
                if not _is_of_that_thread(seen, facts):
                    continue
                code = "answers-same-mail"
            if joined := join(facts, seen.ticket, Reason(code, message_id)):
                return joined
    return None


def _is_of_that_thread(seen: SeenMessage, facts: Facts) -> bool:
    """Whether a mail that names the same mail as one on the ticket is about the same matter: by its subject.

    The mail itself is not here, and one that went to many may be answered by many about many things.
    """
    fresh = seen.at is None or facts.now - seen.at <= RECENT_THREAD
    speaks_for_client = facts.identity.staff is None or facts.identity.on_behalf_of is not None
    return fresh and speaks_for_client and base_subject(facts.reading.parsed.subject) == seen.named_in


def body_markers(parsed: ParsedMail, policy: Policy) -> tuple[TicketRef, ...]:
    """Tickets whose genuine reply addresses stand in the quoted text: nearest first, as our mails show them."""
    service = policy.service
    found = []
    for address in _ADDRESS_IN_BODY.findall(parsed.body.full)[:MOST_MARKERS]:
        token = read_reply_address(policy.secret, service.own_addresses, address)
        if token and token.audience in {ReplyAudience.CLIENT, ReplyAudience.INTERNAL}:
            found.append(TicketRef(token.number))
    return tuple(dict.fromkeys(found))


def body_marker(facts: Facts) -> Placement | None:
    """A reply address of ours in the text: where a mail program has lost every header, the quote still shows it."""
    named = body_markers(facts.reading.parsed, facts.policy)
    if facts.identity.staff is not None and len(named) > 1:
        return None  # one of us quotes a list of tickets
    for ref in named:
        if joined := join(facts, ref, Reason("body-marker", f"a reply address of {ref} stands in the text")):
            return joined
    return None


def subject_mark(facts: Facts) -> Placement | None:
    """`[MR-17]` in the subject, from somebody who is on that ticket or of its organisation."""
    if any(reason.code == "author-refuted" for reason in facts.identity.reasons) or by_form(facts):
        return None  # a number is guessed easily, and who writes is as good as known to be somebody else
    for mark in SUBJECT_MARK.findall(facts.reading.parsed.subject[:500]):
        ref = TicketRef.read(mark)
        if ref and (joined := join(facts, ref, Reason("subject-mark", f"[{ref}]"))):
            return joined
    return None
