"""Signals by content: a forward of what is here, and the same words by another path."""

from dataclasses import dataclass

from mailroute.domain.decisions import Action, Facts, Placement, SeenMessage
from mailroute.domain.parsed import ParsedMail
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import TicketMessage, TicketRef
from mailroute.threads.belonging import belongs, join
from mailroute.threads.fingerprint import fingerprint, own_fingerprint
from mailroute.threads.likeness import likeness, words_of


def forwarded_copy(facts: Facts) -> Placement | None:
    """A forward of a mail that is already here, or the same words by another path."""
    ids, words = _brought(facts.reading.parsed)
    for seen in facts.seen:
        if seen.ours or not _repeats(seen, facts, ids, words):
            continue
        why = Reason("same-words", f"as in {seen.message_id or seen.ticket}")
        if seen.named_in is not None:
            why = Reason("answered-here", f"{seen.message_id} is answered on {seen.ticket}")
        if joined := join(facts, seen.ticket, why):
            return joined
    return None


@dataclass(frozen=True, slots=True)
class NearCopy:
    """A message on a ticket that says nearly the same."""

    ticket: TicketRef
    message: TicketMessage
    share: float
    """How much of the shorter text both have."""


def near_copy(facts: Facts) -> NearCopy | None:
    """What the same client has lately written in nearly the same words: one mail by two ways, changed on one."""
    texts = [words_of(text) for text in _texts(facts.reading.parsed)]
    found = []
    for ref, message in facts.lately:
        there = words_of(message.text)
        share = max((likeness(here, there) for here in texts), default=0.0)
        if share:
            found.append(NearCopy(ref, message, share))
    return max(found, key=lambda one: one.share, default=None)


def nearly_the_same(facts: Facts) -> Placement | None:
    """The same mail by another path on which it was changed a little: banners, disclaimers, wrapped lines."""
    copy = near_copy(facts)
    if copy is None:
        return None
    said = f"{copy.share:.0%} of the words of {copy.message.author} on {copy.ticket}, {copy.message.at:%Y-%m-%d %H:%M}"
    ticket = facts.ticket(copy.ticket)
    allowed = belongs(facts, ticket) if ticket else None
    if allowed is None:
        return None
    return Placement(
        action=Action.APPEND, ticket=copy.ticket, reasons=(Reason("nearly-same-words", said), allowed)
    )


def _texts(parsed: ParsedMail) -> list[str]:
    """What the message passes on, or else what its author says, and what one of us quotes."""
    if parsed.forwarded is None:
        return [parsed.body.fresh, parsed.body.quoted or ""]
    level, found = parsed.forwarded, [parsed.forwarded.body]
    while level.inner is not None:
        level = level.inner
        found.append(level.body)
    return found


def _brought(parsed: ParsedMail) -> tuple[frozenset[str], frozenset[str]]:
    """Message-IDs and fingerprints of what the message passes on; without a forward, of its own and quoted words."""
    ids, found, level = set(), set(), parsed.forwarded
    words = {parsed.body.quoted or ""}
    if level is None:
        found.add(own_fingerprint(parsed))
    while level is not None:
        words.add(level.body)
        if level.message_id:
            ids.add(level.message_id)
        level = level.inner
    found |= {fingerprint(text) for text in words}
    return frozenset(ids), frozenset(found - {""})


def _repeats(seen: SeenMessage, facts: Facts, ids: frozenset[str], words: frozenset[str]) -> bool:
    if seen.message_id in ids:
        return True
    if seen.message_id is not None and seen.message_id == facts.reading.parsed.message_id:
        return seen.sha256 is None  # known only from inside a forward, or by an answer: this is the original
    return seen.fingerprint in words
