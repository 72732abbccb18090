"""What the templates of mails may say: plain dicts, lists and strings (the contract stands in `outbound.context`)."""

from collections.abc import Mapping
from typing import Any

from mailroute.domain.decisions import Facts
from mailroute.domain.directory import Directory
from mailroute.domain.issue import Issue
from mailroute.domain.parsed import Attachment
from mailroute.domain.ticket import LinkKind, Role, Routing, Ticket, TicketMessage
from mailroute.tickets.audience import outsiders, people_shown

TO_LOOK_UP: Mapping[str, Any] = {"brief": None, "summary": [], "history": [], "questions": []}
"""What the account to a PM holds besides; services read it from the store."""


def staff_name(staff_id: str | None, directory: Directory) -> str:
    """A name for showing."""
    staff = directory.staff_by_id.get(staff_id or "")
    return staff.name if staff else (staff_id or "nobody")


def context(facts: Facts, ticket: Ticket, message: TicketMessage) -> dict[str, Any]:
    """What every template about a ticket may use."""
    parsed = facts.reading.parsed
    return {
        "service": {"name": facts.policy.service.name},
        "ticket": _with_outsiders(facts, ticket),
        "issue": issue_context(ticket.issue),
        "message": {
            **message_context(message, ticket),
            "note": _note(facts),
            "subject": _subject(facts),
            "warning": _warning(facts),
            "attachments": [attachment_context(a) for a in parsed.attachments if not a.inline],
        },
        "routing": routing_context(ticket.routing, facts.directory),
        "known_client": facts.identity.role is not Role.STRANGER,
    }


def message_context(message: TicketMessage, ticket: Ticket) -> dict[str, Any]:
    """A message that is on the ticket, in plain values."""
    return {
        "author": {"name": message.author.name, "address": message.author.address},
        "words": message.text,
        "note": None,
        "at": message.at.isoformat(),
        "via": str(message.via),
        "audience": str(message.audience),
        "subject": ticket.title,
        "attachments": [],
    }


def _with_outsiders(facts: Facts, ticket: Ticket) -> dict[str, Any]:
    shown = ticket_context(ticket, facts.directory)
    return shown | {"people": [*shown["people"], *outsiders(facts, ticket)]}


def _warning(facts: Facts) -> str:
    """What our people must know of the author before they believe the words."""
    if any(reason.code == "author-refuted" for reason in facts.identity.reasons):
        return (
            f"The checks of the sender's domain FAILED: perhaps {facts.identity.author} did not write this."
        )
    return ""


def _subject(facts: Facts) -> str:
    """The client's own subject where the mail was passed on."""
    parsed = facts.reading.parsed
    origin = parsed.forwarded.origin if parsed.forwarded and facts.identity.on_behalf_of else None
    return (origin.subject if origin else None) or parsed.subject


def _note(facts: Facts) -> str | None:
    forwarded = facts.reading.parsed.forwarded
    return forwarded.note if forwarded and facts.identity.on_behalf_of else None


def attachment_context(attachment: Attachment) -> dict[str, Any]:
    """A file, as it is listed."""
    return {"filename": attachment.filename or attachment.content_type, "size": attachment.size_bytes}


def ticket_context(ticket: Ticket, directory: Directory) -> dict[str, Any]:
    """The ticket in plain values, with names for people."""
    organisation = directory.organisations_by_id.get(ticket.organisation or "")
    project = directory.projects_by_key.get(ticket.project or "")
    return {
        "ref": str(ticket.ref),
        "title": ticket.title,
        "status": str(ticket.status),
        "organisation": organisation.name if organisation else None,
        "project": f"{project.key}, {project.name}" if project else None,
        "requester": {"name": ticket.requester.name, "address": ticket.requester.address},
        "people": people_shown(ticket, directory),
        "rep": _person(ticket.rep, directory),
        "pm": _person(ticket.pm, directory),
        "possibly": [str(ref) for ref in ticket.linked(LinkKind.POSSIBLY)],
    }


def _person(staff_id: str | None, directory: Directory) -> dict[str, Any] | None:
    staff = directory.staff_by_id.get(staff_id or "")
    return {"name": staff.name, "email": staff.email} if staff else None


def issue_context(issue: Issue) -> dict[str, Any]:
    """The card in plain values."""
    return {
        "title": issue.title,
        "type": str(issue.type.value),
        "urgency": str(issue.urgency.value),
        "sentiment": str(issue.sentiment.value),
        "language": issue.language,
        "asks": [ask.text for ask in issue.asks],
        "deadlines": [{"date": d.date.isoformat(), "words": d.words} for d in issue.deadlines],
        "references": [{"kind": str(r.kind), "value": r.value} for r in issue.references],
        "products": [product.text for product in issue.products],
        "people": [
            {
                "name": p.name,
                "role": p.role,
                "phone": p.phone,
                "email": p.email,
                "organisation": p.organisation,
            }
            for p in issue.people
        ],
        "facts": [{"key": f.key, "value": f.value} for f in issue.facts],
        "feedback": [{"theme": str(f.theme), "quote": f.quote} for f in issue.feedback],
    }


def routing_context(routing: Routing, directory: Directory) -> dict[str, Any]:
    """Why the work came to whom it came, as a sentence and as lines."""
    name = staff_name(routing.pm, directory)
    because = "; ".join(reason.evidence for reason in routing.reasons)
    return {
        "sentence": routing.sentence or f"{name}: {because}",
        "rule": routing.rule,
        "reasons": [str(reason) for reason in routing.reasons],
    }
