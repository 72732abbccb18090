"""Values as the two public interfaces show them: `explain --json` and `rehearse --json`, schema 1.

Keys are a promise: they may be added, never renamed or dropped without a new schema number.
"""

from collections.abc import Iterable
from typing import Any

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Action, Identity, Placement
from mailroute.domain.issue import Issue
from mailroute.domain.outgoing import OutboxItem
from mailroute.domain.parsed import Attachment, Body, Forwarded, ParsedMail, SignatureCard
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Candidate, Routing, Ticket, TicketEvent, TicketMessage

SCHEMA = 1

SET_ASIDE = frozenset({Action.DUPLICATE, Action.IGNORE, Action.HOLD, Action.QUARANTINE})
"""What is listed under `set_aside`: messages that are on no ticket as somebody's word."""

View = dict[str, Any]


def mailbox(one: Mailbox | None) -> View | None:
    """A name and an address."""
    return None if one is None else {"name": one.name, "address": one.address}


def mailboxes(several: Iterable[Mailbox]) -> list[View]:
    """Names and addresses, in order."""
    return [{"name": one.name, "address": one.address} for one in several]


def reasons(why: Iterable[Reason]) -> list[View]:
    """Codes with their evidence."""
    return [{"code": reason.code, "evidence": reason.evidence} for reason in why]


def message(parsed: ParsedMail) -> View:
    """What the outer message says."""
    return {
        "message_id": parsed.message_id,
        "date": parsed.date.isoformat() if parsed.date else None,
        "subject": parsed.subject,
        "from": mailbox(parsed.sender),
        "reply_to": mailboxes(parsed.reply_to),
        "to": mailboxes(parsed.to),
        "cc": mailboxes(parsed.cc),
        "in_reply_to": list(parsed.in_reply_to),
        "references": list(parsed.references),
        "attachments": [_attachment(a) for a in parsed.attachments],
        "html_only": parsed.html_only,
        "defects": list(parsed.defects),
        "card": _card(parsed.card),
    }


def _card(one: SignatureCard | None) -> View | None:
    """What a sign-off tells; its place counts characters of the text that was signed."""
    if one is None:
        return None
    return {
        "name": one.name,
        "role": one.role,
        "organisation": one.organisation,
        "phones": [{"text": phone.text, "e164": phone.e164} for phone in one.phones],
        "addresses": list(one.addresses),
        "links": list(one.links),
        "start": one.start,
        "end": one.end,
    }


def _attachment(one: Attachment) -> View:
    return {
        "filename": one.filename,
        "content_type": one.content_type,
        "size_bytes": one.size_bytes,
        "inline": one.inline,
        "sha256": one.sha256,
    }


def automatic(parsed: ParsedMail) -> View | None:
    """That a machine wrote it, and what shows it."""
    machine = parsed.automatic
    if machine is None:
        return None
    reports = [
        {"recipient": r.recipient, "action": r.action, "status": r.status, "diagnostic": r.diagnostic}
        for r in machine.reports
    ]
    return {
        "kind": str(machine.kind),
        "evidence": machine.evidence,
        "reports": reports,
        "about": machine.about,
        "until": machine.until.isoformat() if machine.until else None,
        "stand_in": mailbox(machine.stand_in),
    }


def body(split: Body) -> View:
    """The text of the outer message, split."""
    return {
        "full": split.full,
        "fresh": split.fresh,
        "quoted": split.quoted,
        "signature": split.signature,
    }


def forwarded(level: Forwarded | None) -> View | None:
    """The message that was passed on, and those inside it."""
    if level is None:
        return None
    return {
        "from": mailbox(level.sender),
        "to": mailboxes(level.to),
        "cc": mailboxes(level.cc),
        "subject": level.subject,
        "date": level.date.isoformat() if level.date else None,
        "date_text": level.date_text,
        "body": level.body,
        "note": level.note,
        "by": level.by,
        "card": _card(level.card),
        "inner": forwarded(level.inner),
    }


def issue(card: Issue) -> View:
    """The issue card."""
    return {
        "title": card.title,
        "type": {
            "value": str(card.type.value),
            "sure": card.type.sure,
            "alternatives": [{"value": str(a.value), "sure": a.sure} for a in card.type.alternatives],
        },
        "urgency": {
            "value": str(card.urgency.value),
            "sure": card.urgency.sure,
            "evidence": list(card.urgency.evidence),
        },
        "sentiment": {"value": str(card.sentiment.value), "sure": card.sentiment.sure},
        "asks": [{"text": a.text, "start": a.start, "end": a.end, "sure": a.sure} for a in card.asks],
        "deadlines": [
            {
                "date": d.date.isoformat(),
                "words": d.words,
                "start": d.start,
                "end": d.end,
                "sure": d.sure,
                "ambiguous": d.ambiguous,
            }
            for d in card.deadlines
        ],
        "references": [
            {"kind": str(r.kind), "value": r.value, "start": r.start, "end": r.end} for r in card.references
        ],
        "people": [
            {
                "name": p.name,
                "role": p.role,
                "organisation": p.organisation,
                "phone": p.phone,
                "email": p.email,
            }
            for p in card.people
        ],
        "products": [{"text": p.text, "start": p.start, "end": p.end} for p in card.products],
        "feedback": [
            {"theme": str(f.theme), "quote": f.quote, "start": f.start, "end": f.end} for f in card.feedback
        ],
        "facts": [{"key": f.key, "value": f.value, "start": f.start, "end": f.end} for f in card.facts],
        "language": card.language,
    }


def identity(who: Identity) -> View:
    """Who wrote, and for whom."""
    return {
        "role": str(who.role),
        "client": who.client,
        "organisation": who.organisation,
        "rep": who.rep,
        "on_behalf_of": mailbox(who.on_behalf_of),
        "reasons": reasons(who.reasons),
    }


def placement(where: Placement) -> View:
    """Which ticket, or why none."""
    return {
        "action": str(where.action),
        "ticket": str(where.ticket) if where.ticket else None,
        "reasons": reasons(where.reasons),
    }


def routing(whose: Routing) -> View:
    """Whose work, by which rule, and why the earlier rules passed."""
    return {
        "pm": whose.pm,
        "rule": whose.rule,
        "sure": whose.sure,
        "reasons": reasons(whose.reasons),
        "passed": reasons(whose.passed),
        "sentence": whose.sentence,
        "candidates": [_candidate(one) for one in whose.candidates],
        "would_change": list(whose.would_change),
    }


def _candidate(one: Candidate) -> View:
    return {
        "staff": one.staff,
        "rule": one.rule,
        "score": one.score,
        "chosen": one.chosen,
        "reasons": reasons(one.reasons),
    }


def ticket_message(one: TicketMessage) -> View:
    """A message as a ticket lists it."""
    return {
        "source": one.source,
        "author": one.author.address or one.author.name,
        "role": str(one.role),
        "via": str(one.via),
        "audience": str(one.audience),
        "at": one.at.isoformat(),
    }


def ticket_event(one: TicketEvent) -> View:
    """A line of the history."""
    return {
        "at": one.at.isoformat(),
        "event": one.event,
        "by": one.by,
        "how": one.details.get("how"),
        "reasons": reasons(one.reasons),
    }


def ticket(one: Ticket, messages: Iterable[TicketMessage], events: Iterable[TicketEvent]) -> View:
    """A whole ticket."""
    return {
        "ref": str(one.ref),
        "title": one.title,
        "status": str(one.status),
        "whose_move": str(one.whose_move),
        "requester": mailbox(one.requester),
        "organisation": one.organisation,
        "project": one.project,
        "rep": one.rep,
        "pm": one.pm,
        "opened_at": one.opened_at.isoformat(),
        "updated_at": one.updated_at.isoformat(),
        "routed_by": {
            "rule": one.routing.rule,
            "sure": one.routing.sure,
            "reasons": reasons(one.routing.reasons),
            "sentence": one.routing.sentence,
            "candidates": [_candidate(other) for other in one.routing.candidates],
            "would_change": list(one.routing.would_change),
        },
        "links": [{"ref": str(link.ref), "kind": str(link.kind)} for link in one.links],
        "participants": [str(p.mailbox.address or p.mailbox.name) for p in one.participants],
        "messages": [ticket_message(m) for m in messages],
        "issue": {**issue(one.issue), "corrected": list(one.issue.corrected)},
        "history": [ticket_event(e) for e in events],
    }


def outgoing(item: OutboxItem) -> View:
    """A mail of the outbox."""
    return {
        "kind": item.kind,
        "to": [m.address for m in item.to],
        "cc": [m.address for m in item.cc],
        "subject": item.mail.subject,
        "text": item.mail.text,
        "audience": str(item.reader),
        "automatic": item.automatic,
        "ticket": str(item.ticket) if item.ticket else None,
        "after": item.after,
        "state": str(item.state),
        "message_id": item.mail.message_id,
    }
