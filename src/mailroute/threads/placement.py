"""Which ticket does a message belong to? SIGNALS are asked in order, strongest first; the first answer counts.

Empty and foreign ids never join (libredesk#122), a number in a subject opens nothing to a stranger
(FreeScout GHSA-j49f-9g94-3wh4), and a mail that nobody can stand for is held for a person.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from mailroute.domain.decisions import Action, Facts, Placement, SeenMessage
from mailroute.domain.reasons import Reason
from mailroute.domain.received import FolderRole, InboxId
from mailroute.domain.ticket import Role, TicketRef
from mailroute.domain.tokens import ReplyAudience, is_own_loop_mark, read_message_id
from mailroute.domain.words import plain_words
from mailroute.threads.belonging import belongs
from mailroute.threads.fingerprint import content_hash
from mailroute.threads.marks import body_marker, reply_token, subject_mark, thread_ids
from mailroute.threads.matter import resembling
from mailroute.threads.returned import to_return_path
from mailroute.threads.same_words import forwarded_copy, nearly_the_same
from mailroute.threads.spam import taken_for_spam
from mailroute.threads.waiting import word_on_waiting


@dataclass(frozen=True, slots=True)
class HeldMessage:
    """A held message that somebody answers about; `let_in` is None when the answer is neither yes nor no."""

    entry: InboxId
    let_in: bool | None


UNDATED_AGAIN = timedelta(hours=1)
"""Within this the same words with neither Message-ID nor Date are one mail; later, a reminder. Ours."""

CANARY = "canary"
"""Kind of the mail that we send to ourselves (`outbound.catalogue.MAIL_KINDS`)."""

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
    ours = read_message_id(secret, parsed.message_id) if parsed.message_id else None
    if ours is not None and ours.kind == CANARY:
        why = Reason("canary-returned", "the mail to ourselves that shows that mail arrives")
        return Placement(action=Action.IGNORE, reasons=(why,))
    if parsed.message_id and ours is not None:
        return Placement(action=Action.IGNORE, reasons=(Reason("own-message-id", parsed.message_id),))
    if any(is_own_loop_mark(secret, mark) for mark in parsed.loop_marks):
        return Placement(action=Action.IGNORE, reasons=(Reason("own-loop-mark", "X-Mailroute-Loop"),))
    return None


def repeated(facts: Facts) -> Placement | None:
    """The same Message-ID, or lack of one, with the same content counts once, by however many servers it came."""
    parsed = facts.reading.parsed
    content = content_hash(parsed)
    for seen in facts.seen:
        if seen.message_id == parsed.message_id and seen.sha256 == content and _tells_once(seen, facts):
            reason = Reason("same-message-again", parsed.message_id or "no Message-ID, same Date and content")
            return Placement(action=Action.DUPLICATE, ticket=seen.ticket, reasons=(reason,))
    return None


def _tells_once(seen: SeenMessage, facts: Facts) -> bool:
    """Whether the same content is the same mail: without Message-ID and Date only for a while."""
    parsed = facts.reading.parsed
    if parsed.message_id is not None or parsed.date is not None:
        return True
    return seen.at is None or facts.now - seen.at <= UNDATED_AGAIN


def automatic(facts: Facts) -> Placement | None:
    """What a machine wrote opens no ticket; when it is about mail of ours it goes into that ticket's history."""
    machine = facts.reading.parsed.automatic
    if machine is None or facts.identity.role is not Role.MACHINE:
        return None  # a person's words by a form, or in an invitation
    reason = Reason(f"automatic-{machine.kind}", machine.evidence)
    return Placement(action=Action.IGNORE, ticket=_about(facts), reasons=(reason,))


def _about(facts: Facts) -> TicketRef | None:
    if facts.bounced and facts.bounced.ticket:
        return facts.bounced.ticket
    of_tickets = {ReplyAudience.CLIENT, ReplyAudience.INTERNAL}
    named = [TicketRef(t.number) for t in facts.tokens if t.audience in of_tickets]
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
    if any(reason.code == "staff-refuted" for reason in facts.identity.reasons):
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


MOST_PROPOSED = 3
"""Tickets that a person is asked to look at."""


def open_matter(facts: Facts) -> Placement | None:
    """No mark at all, but the words are about a matter of this client that is open: a chaser, or another way in."""
    if facts.identity.role is Role.STRANGER:
        return None
    alike = [one for one in resembling(facts, subject_and_words(facts)) if one.is_certain]
    if not alike:
        return None
    why_there = belongs(facts, alike[0].ticket)
    if why_there is None:
        return None
    return Placement(action=Action.APPEND, ticket=alike[0].ticket.ref, reasons=(alike[0].reason, why_there))


def subject_and_words(facts: Facts) -> str:
    """What the client says: of the innermost mail where one of us passed it on."""
    parsed = facts.reading.parsed
    origin = parsed.forwarded.origin if parsed.forwarded and facts.identity.on_behalf_of else None
    parts = (origin.subject, origin.body) if origin else (parsed.subject, parsed.body.fresh)
    return "\n".join(part for part in parts if part)


def only_joins(facts: Facts) -> Placement | None:
    """What a rep has sent to a client by their own mail program, and no ticket knows, is none of ours."""
    if facts.entry.folder is not FolderRole.SENT:
        return None
    why = Reason("sent-joins-none", "sent by one of us past mailroute, and about no ticket")
    return Placement(action=Action.IGNORE, reasons=(why,))


def nothing_known(facts: Facts) -> Placement:
    """No signal points to a ticket, so this is a new matter. Always answers: stays last."""
    reasons = [Reason("new-matter", "no reply address, no known Message-ID, no ticket mark")]
    reasons += [
        Reason("possibly-related", f"{ref}: named, but the sender is not on it")
        for ref in sorted(facts.tickets)
    ]
    own_id = facts.reading.parsed.message_id
    if own_id and any(seen.message_id == own_id and seen.sha256 for seen in facts.seen):
        reasons.insert(1, Reason("message-id-used-twice", f"{own_id} is here with other content"))
    alike = resembling(facts, subject_and_words(facts))[:MOST_PROPOSED]
    if facts.identity.role is Role.STRANGER:
        alike = ()
    reasons += [one.reason for one in alike]
    possibly = tuple(one.ticket.ref for one in alike)
    return Placement(action=Action.OPEN, reasons=tuple(reasons), possibly=possibly)


SIGNALS: tuple[Signal, ...] = (
    unreadable,
    own_mail,
    repeated,
    automatic,
    to_return_path,
    word_on_held,
    word_on_waiting,
    taken_for_spam,
    unproved_author,
    reply_token,
    thread_ids,
    body_marker,
    forwarded_copy,
    subject_mark,
    nearly_the_same,
    open_matter,
    only_joins,
    nothing_known,
)


def place(facts: Facts, signals: Iterable[Signal] = SIGNALS) -> Placement:
    """The first signal that answers decides."""
    for signal in signals:
        if (placement := signal(facts)) is not None:
            return placement
    raise AssertionError("the last signal always answers")
