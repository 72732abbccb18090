"""Which ticket does a message belong to? SIGNALS are asked in order, strongest first; the first answer counts.

Empty and foreign ids never join (libredesk#122), a number in a subject opens nothing to a stranger
(FreeScout GHSA-j49f-9g94-3wh4), and a mail that nobody can stand for is held for a person.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mailroute.domain.decisions import Action, Facts, Placement, SeenMessage
from mailroute.domain.parsed import ParsedMail
from mailroute.domain.reasons import Reason
from mailroute.domain.received import InboxId
from mailroute.domain.ticket import Role, Ticket, TicketRef
from mailroute.domain.tokens import ReplyAudience, is_own_loop_mark, read_message_id
from mailroute.domain.words import plain_words
from mailroute.threads.fingerprint import content_hash, fingerprint, own_fingerprint
from mailroute.threads.matter import resembling
from mailroute.threads.waiting import word_on_waiting


@dataclass(frozen=True, slots=True)
class HeldMessage:
    """A held message that somebody answers about; `let_in` is None when the answer is neither yes nor no."""

    entry: InboxId
    let_in: bool | None


Signal = Callable[[Facts], Placement | None]

QUARANTINE_DEFECTS = ("over-limit:parts", "over-limit:depth", "over-limit:header", "over-limit:size")
"""Beginnings of the defects that shapes have which no mail program makes (`parsing`); a person should look at them."""


def unreadable(facts: Facts) -> Placement | None:
    """A message over the limits of reading is set aside with its limit."""
    over = [d for d in facts.reading.parsed.defects if d.startswith(QUARANTINE_DEFECTS)]
    if not over:
        return None
    return Placement(action=Action.QUARANTINE, reasons=(Reason("over-limit", ", ".join(over)),))


def own_mail(facts: Facts) -> Placement | None:
    """Mail that we sent ourselves and that came back is put aside and answered by nobody."""
    parsed, secret = facts.reading.parsed, facts.policy.secret
    if parsed.message_id and read_message_id(secret, parsed.message_id):
        return Placement(action=Action.IGNORE, reasons=(Reason("own-message-id", parsed.message_id),))
    if any(is_own_loop_mark(secret, mark) for mark in parsed.loop_marks):
        return Placement(action=Action.IGNORE, reasons=(Reason("own-loop-mark", "X-Mailroute-Loop"),))
    return None


def repeated(facts: Facts) -> Placement | None:
    """The same Message-ID, or lack of one, with the same content counts once, by however many servers it came."""
    parsed = facts.reading.parsed
    content = content_hash(parsed)
    for seen in facts.seen:
        if seen.message_id == parsed.message_id and seen.sha256 == content:
            reason = Reason("same-message-again", parsed.message_id or "no Message-ID, same Date and content")
            return Placement(action=Action.DUPLICATE, ticket=seen.ticket, reasons=(reason,))
    return None


def automatic(facts: Facts) -> Placement | None:
    """What a machine wrote opens no ticket; when it is about mail of ours it goes into that ticket's history."""
    machine = facts.reading.parsed.automatic
    if machine is None or _by_form(facts):
        return None
    reason = Reason(f"automatic-{machine.kind}", machine.evidence)
    return Placement(action=Action.IGNORE, ticket=_about(facts), reasons=(reason,))


def _by_form(facts: Facts) -> bool:
    """Whether a visitor wrote it in a form: a person, whatever machine sent it, and nobody has proved whom."""
    return any(reason.code in {"form", "proved-form"} for reason in facts.identity.reasons)


def _about(facts: Facts) -> TicketRef | None:
    if facts.bounced and facts.bounced.ticket:
        return facts.bounced.ticket
    named = [TicketRef(t.number) for t in facts.tokens]
    named += [s.ticket for s in facts.seen if s.ours]
    return next((ref for ref in named if ref in facts.tickets), None)


YES = frozenset({"yes", "ja", "oui", "ok", "okay", "si", "sim"})
NO = frozenset({"no", "nein", "non", "nej", "nee", "nao"})
"""First words of an answer about a held message, as `plain_words` gives them."""


def held_message(facts: Facts) -> HeldMessage | None:
    """Which held message this answers, and what it says; None when it answers none.

    The address was mailed to people of ours alone and cannot be guessed: whoever uses it reads their mailbox,
    which proves more than `From:` does.
    """
    token = next((t for t in facts.tokens if t.audience is ReplyAudience.HOLD), None)
    author = facts.identity.author.key
    if token is None or author is None or author not in facts.directory.staff_by_address:
        return None
    first = plain_words(facts.reading.parsed.body.fresh).split(" ", 1)[0]
    let_in = True if first in YES else False if first in NO else None
    return HeldMessage(InboxId(token.number), let_in)


def word_on_held(facts: Facts) -> Placement | None:
    """An answer of one of us to a held message decides about that message and is no matter itself."""
    held = held_message(facts)
    if held is None:
        return None
    code = {True: "let-in", False: "dropped", None: "unclear-word"}[held.let_in]
    return Placement(action=Action.IGNORE, reasons=(Reason(code, f"entry {held.entry}"),))


def unproved_author(facts: Facts) -> Placement | None:
    """Mail in the name of staff that nothing proves, or of nobody at all, waits for a person's word."""
    held = [
        r for r in facts.identity.reasons if r.code in {"staff-refuted", "staff-unproved", "no-sole-author"}
    ]
    return Placement(action=Action.HOLD, reasons=tuple(held)) if held else None


def reply_token(facts: Facts) -> Placement | None:
    """A reply address that only we can have made, used by somebody who is on the ticket."""
    for token in facts.tokens:
        if token.audience in {ReplyAudience.CLIENT, ReplyAudience.INTERNAL}:
            why = Reason("reply-token", f"{token.audience.name.lower()} address of {TicketRef(token.number)}")
            if joined := _join(facts, TicketRef(token.number), why):
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
            if joined := _join(facts, seen.ticket, Reason(code, message_id)):
                return joined
    return None


def forwarded_copy(facts: Facts) -> Placement | None:
    """A forward of a mail that is already here, or the same words by another path."""
    ids, words = _brought(facts.reading.parsed)
    for seen in facts.seen:
        if seen.ours or not _repeats(seen, facts, ids, words):
            continue
        if joined := _join(
            facts, seen.ticket, Reason("same-words", f"as in {seen.message_id or seen.ticket}")
        ):
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
        return seen.sha256 is None  # known only from inside a forward: this is the original
    return seen.fingerprint in words


SUBJECT_MARK = re.compile(r"\[(MR-\d{1,15})\]", re.IGNORECASE)
"""How our mails name their ticket in the subject."""


def subject_mark(facts: Facts) -> Placement | None:
    """`[MR-17]` in the subject, from somebody who is on that ticket or of its organisation."""
    if any(reason.code == "author-refuted" for reason in facts.identity.reasons) or _by_form(facts):
        return None  # a number is guessed easily, and who writes is as good as known to be somebody else
    for mark in SUBJECT_MARK.findall(facts.reading.parsed.subject[:500]):
        ref = TicketRef.read(mark)
        if ref and (joined := _join(facts, ref, Reason("subject-mark", f"[{ref}]"))):
            return joined
    return None


def open_matter(facts: Facts) -> Placement | None:
    """No mark at all, but the words are about a matter of this client that is open: a chaser, or another way in."""
    if facts.identity.role is Role.STRANGER:
        return None
    alike = [one for one in resembling(facts, subject_and_words(facts)) if one.is_certain]
    if not alike:
        return None
    belongs = _belongs(facts, alike[0].ticket)
    if belongs is None:
        return None
    return Placement(action=Action.APPEND, ticket=alike[0].ticket.ref, reasons=(alike[0].reason, belongs))


def subject_and_words(facts: Facts) -> str:
    """What the client says: of the innermost mail where one of us passed it on."""
    parsed = facts.reading.parsed
    origin = parsed.forwarded.origin if parsed.forwarded and facts.identity.on_behalf_of else None
    parts = (origin.subject, origin.body) if origin else (parsed.subject, parsed.body.fresh)
    return "\n".join(part for part in parts if part)


def nothing_known(facts: Facts) -> Placement:
    """No signal points to a ticket, so this is a new matter. Always answers: stays last."""
    reasons = [Reason("new-matter", "no reply address, no known Message-ID, no ticket mark")]
    reasons += [
        Reason("possibly-related", f"{ref}: named, but the sender is not on it")
        for ref in sorted(facts.tickets)
    ]
    own_id = facts.reading.parsed.message_id
    if own_id and any(seen.message_id == own_id for seen in facts.seen):
        reasons.insert(1, Reason("message-id-used-twice", f"{own_id} is here with other content"))
    if facts.identity.role is not Role.STRANGER:
        reasons += [one.reason for one in resembling(facts, subject_and_words(facts))[:3]]
    return Placement(action=Action.OPEN, reasons=tuple(reasons))


SIGNALS: tuple[Signal, ...] = (
    unreadable,
    own_mail,
    repeated,
    automatic,
    word_on_held,
    word_on_waiting,
    unproved_author,
    reply_token,
    thread_ids,
    forwarded_copy,
    subject_mark,
    open_matter,
    nothing_known,
)


def place(facts: Facts, signals: Iterable[Signal] = SIGNALS) -> Placement:
    """The first signal that answers decides."""
    for signal in signals:
        if (placement := signal(facts)) is not None:
            return placement
    raise AssertionError("the last signal always answers")


def _join(facts: Facts, ref: TicketRef, why: Reason) -> Placement | None:
    ticket = facts.tickets.get(ref)
    if ticket is None:
        return None
    belongs = _belongs(facts, ticket)
    return Placement(action=Action.APPEND, ticket=ref, reasons=(why, belongs)) if belongs else None


def _belongs(facts: Facts, ticket: Ticket) -> Reason | None:
    """Why the author may write on *ticket*; None for strangers, whatever mark they know (S40)."""
    identity = facts.identity
    if identity.staff is not None:
        return Reason("staff-author", f"{identity.staff}, proved")
    keys = {p.mailbox.key for p in ticket.participants} | {ticket.requester.key}
    if identity.author.key in keys:
        return Reason("participant", "the author is on the ticket")
    if (
        identity.role is Role.CLIENT
        and identity.organisation
        and identity.organisation == ticket.organisation
    ):
        return Reason("same-organisation", identity.organisation)
    return None
