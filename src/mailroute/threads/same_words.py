"""Signals by content: a forward of what is here, and the same words by another path."""

from mailroute.domain.decisions import Facts, Placement, SeenMessage
from mailroute.domain.parsed import ParsedMail
from mailroute.domain.reasons import Reason
from mailroute.threads.belonging import join
from mailroute.threads.fingerprint import fingerprint, own_fingerprint


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
