"""Sold work on its way from a rep to a PM: is a mail a hand-off, whose, of what; and the offer's mails made whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mailroute.domain.address import Mailbox, address_key, domain_of
from mailroute.domain.decisions import Facts, Outcome, Placement
from mailroute.domain.directory import Directory, Organisation, Project, Staff, StaffRole
from mailroute.domain.outgoing import MailDraft, Reader
from mailroute.domain.policy import Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import (
    Move,
    Participant,
    Role,
    Status,
    Ticket,
    TicketEvent,
    TicketMessage,
)
from mailroute.domain.words import plain_words
from mailroute.handoffs.asked import is_asked
from mailroute.handoffs.checklist import missing
from mailroute.handoffs.introduction import introduction
from mailroute.handoffs.terms import TermKind, terms_of
from mailroute.routing.projects import find_project
from mailroute.services.commanded import Orders, leading_words, said_inside
from mailroute.tickets.account import attachment_context, message_context, ticket_context
from mailroute.tickets.actions import How, LetterKind
from mailroute.tickets.actions_handoff import TITLE, offered_to
from mailroute.tickets.commands_arguments import find_staff
from mailroute.tickets.letters import files_along, mailbox_of
from mailroute.tickets.opening import new_ticket

STARTED = "handoff-started"
"""Kind of the receipt to the rep, with what is still missing."""
_TAKES = frozenset({StaffRole.PM, StaffRole.LEAD})
_LEGAL_FORMS = frozenset(
    (
        "gmbh",
        "inc",
        "ltd",
        "llc",
        "ag",
        "bv",
        "sa",
        "sas",
        "sarl",
        "plc",
        "co",
        "kg",
        "oy",
        "ab",
        "srl",
        "spa",
        "nv",
        "limited",
    )
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """What a mail of ours hands over."""

    pm: Staff
    organisation: Organisation | None
    project: Project | None
    why: Reason
    words: str
    """What was agreed, in the rep's words and those they passed on."""


def handed_over(facts: Facts, orders: Orders | None) -> HandOver | None:
    """The hand-off that the message is: by command, by its first words, or because it came to the hand-off address.

    Only a proved member of staff hands anything over, and never in an answer on a ticket.
    """
    author = facts.directory.staff_by_id.get(facts.identity.staff or "")
    if author is None or not facts.identity.proved or facts.tokens:
        return None
    parsed = facts.reading.parsed
    said = orders.below if orders else leading_words(parsed)
    order = next((line for line in orders.lines if line.name == "handoff"), None) if orders else None
    passed_on = parsed.forwarded.origin.body if parsed.forwarded else ""
    if order is not None:
        why = Reason("handoff-asked", str(order))
    elif _came_to(facts):
        why = Reason("handoff-address", facts.policy.service.handoff_address or "")
    elif words := is_asked(parsed.subject or "", said):
        why = Reason("handoff-asked", words)
    else:
        return None
    argument = order.argument if order else ""
    words = "\n\n".join(part for part in (said, passed_on) if part.strip())
    organisation, project = _about(facts, argument, f"{parsed.subject}\n{words}")
    pm = _taker(facts, argument, said, author, organisation, project)
    if pm is None:
        return None
    return HandOver(
        pm=pm, organisation=organisation, project=project, why=why, words=words or (parsed.subject or "")
    )


def _came_to(facts: Facts) -> bool:
    address = facts.policy.service.handoff_address
    if address is None:
        return False
    parsed = facts.reading.parsed
    keys = {address_key(one) for one in (*facts.entry.envelope.rcpt_to, *parsed.delivered_to)}
    keys |= {m.key for m in (*parsed.to, *parsed.cc) if m.key}
    return address_key(address) in keys


def _about(facts: Facts, argument: str, words: str) -> tuple[Organisation | None, Project | None]:
    directory = facts.directory
    named = argument.rpartition(" to ")[0].strip() if " to " in argument else ""
    for project in directory.projects:
        if named and plain_words(named) in {
            plain_words(x) for x in (project.key, project.name, *project.aliases)
        }:
            return directory.organisations_by_id.get(project.organisation), project
    organisation = directory.organisations_by_id.get(facts.identity.organisation or "") or _named_client(
        words, directory
    )
    for candidate in [organisation] if organisation else directory.organisations:
        if found := find_project(facts.reading.issue, words, candidate, directory):
            return candidate, found.project
    return organisation, None


def _named_client(words: str, directory: Directory) -> Organisation | None:
    """The client whose name or addresses stand in *words*; None when several do."""
    plain = f" {plain_words(words)} "
    domains = {domain_of(address) for address in _ADDRESS.findall(words)}
    found = [
        one
        for one in directory.organisations
        if f" {_bare(one.name)} " in plain or domains & set(one.domains)
    ]
    return found[0] if len(found) == 1 else None


def _bare(name: str) -> str:
    """A company's name as people say it: without its legal form."""
    words = plain_words(name).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _taker(
    facts: Facts,
    argument: str,
    said: str,
    author: Staff,
    organisation: Organisation | None,
    project: Project | None,
) -> Staff | None:
    """Who is offered it: named by command, in the words, in To and Cc; else the project's or client's PM."""
    directory = facts.directory
    takers = [one for one in directory.staff if one.role in _TAKES and one.id != author.id]
    name = argument.rpartition(" to ")[2].strip() if " to " in argument else argument.strip()
    if name and isinstance(found := find_staff(name, takers, actor=author), Staff):
        return found
    plain = f" {plain_words(said)} "
    named = [one for one in takers if _is_named(one, plain, takers)]
    if len(named) == 1:
        return named[0]
    parsed = facts.reading.parsed
    keys = {m.key for m in (*parsed.to, *parsed.cc)}
    addressed = [one for one in named or takers if {address_key(email) for email in one.emails} & keys]
    if len(addressed) == 1:
        return addressed[0]
    for id_ in (project.pm if project else None, organisation.pm if organisation else None):
        if (staff := directory.staff_by_id.get(id_ or "")) and staff.id != author.id:
            return staff
    return directory.lead


def _is_named(staff: Staff, plain: str, takers: list[Staff]) -> bool:
    whole, first = plain_words(staff.name), plain_words(staff.name).split()[0]
    alone = sum(plain_words(one.name).split()[0] == first for one in takers) == 1
    return f" {whole} " in plain or (alone and f" {first} " in plain)


def open_hand_off(facts: Facts, placement: Placement, over: HandOver) -> Outcome:
    """The ticket that carries the offer; the client hears nothing of it."""
    author = facts.directory.staff_by_id[facts.identity.staff or ""]
    ticket = _ticket(facts, over, author)
    said = said_inside(facts, over.words)
    placement = replace(placement, ticket=ticket.ref, reasons=(*placement.reasons, over.why))
    how = {"how": str(How.MAIL)}
    return Outcome(
        identity=facts.identity,
        placement=placement,
        routing=ticket.routing,
        ticket=ticket,
        messages=(said,),
        events=(
            TicketEvent(at=facts.now, event="opened", by=author.id, reasons=placement.reasons, details=how),
            TicketEvent(
                at=facts.now,
                event="handoff-offered",
                by=author.id,
                reasons=ticket.routing.reasons,
                details=how,
            ),
        ),
        drafts=(
            _mail(facts, ticket, said, over.pm, str(LetterKind.OFFER)),
            _mail(facts, ticket, said, author, STARTED),
        ),
    )


def _ticket(facts: Facts, over: HandOver, author: Staff) -> Ticket:
    routing = offered_to(over.pm, author)
    ticket = new_ticket(facts, routing, project=over.project.key if over.project else None, rep=author.id)
    people = (
        Participant(
            mailbox=mailbox_of(author), role=facts.identity.role, reason=Reason("requester", "offers it")
        ),
        Participant(
            mailbox=mailbox_of(over.pm),
            role=Role(str(over.pm.role)),
            reason=Reason("pm-of-ticket", over.pm.name),
        ),
    )
    return replace(
        ticket,
        title=f"{TITLE}{over.project.name if over.project else _what(facts, over)}",
        status=Status.OPEN,
        whose_move=Move.PM,
        requester=Mailbox(author.name, author.email),
        organisation=over.organisation.id if over.organisation else None,
        participants=people,
    )


def _what(facts: Facts, over: HandOver) -> str:
    """What is handed over, by the subject; else the client's name."""
    subject = re.sub(
        r"(?i)\A(?:\W*(?:fwd?|wg|re|aw|won|hand[ -]?(?:off|over)|übergabe)\s*[:\-–]\s*)+",
        "",
        facts.reading.parsed.subject or "",
    )
    if subject.strip():
        return subject.strip()[:90]
    return over.organisation.name if over.organisation else "sold work"


def _mail(facts: Facts, ticket: Ticket, said: TicketMessage, to: Staff, kind: str) -> MailDraft:
    parsed = facts.reading.parsed
    return MailDraft(
        kind=kind,
        key=f"{kind}:{ticket.ref}:{to.id}",
        ticket=ticket.ref,
        to=(mailbox_of(to),),
        reader=Reader.INTERNAL,
        subject=ticket.title,
        sender_name=facts.policy.service.name,
        answers=parsed.message_id if kind == STARTED else None,
        encloses=files_along(facts) if kind != STARTED else (),
        context={
            "service": {"name": facts.policy.service.name},
            "ticket": ticket_context(ticket, facts.directory),
            "message": {
                **message_context(said, ticket),
                "subject": parsed.subject or "",
                "attachments": [attachment_context(a) for a in parsed.attachments if not a.inline],
            },
            "brief": None,
        },
    )


def whole(draft: MailDraft, ticket: Ticket, directory: Directory, policy: Policy) -> MailDraft:
    """A mail about a hand-off with what its template wants: terms, what is missing, words for the client."""
    if draft.kind in {LetterKind.OFFER, STARTED}:
        return replace(draft, context={**draft.context, **_terms(draft, policy)})
    if draft.kind == LetterKind.ACCEPTED:
        return replace(draft, context={**draft.context, "introduction": _introduction(ticket, directory)})
    return draft


def _terms(draft: MailDraft, policy: Policy) -> Mapping[str, Any]:
    terms = terms_of(draft.context["message"]["words"])
    language = policy.service.language
    return {
        "terms": [
            {"kind": str(term.kind), "words": term.words}
            for kind in TermKind
            for term in terms
            if term.kind is kind
        ],
        "missing": [item.asks.get(language) or item.asks["en"] for item in missing(terms)],
    }


def _introduction(ticket: Ticket, directory: Directory) -> dict[str, Any]:
    """Words with which the rep presents the PM to the client."""
    pm, rep = directory.staff_by_id.get(ticket.pm or ""), directory.staff_by_id.get(ticket.rep or "")
    project = directory.projects_by_key.get(ticket.project or "")
    contacts = [one for one in directory.clients if one.organisation == ticket.organisation]
    return {
        "to": [{"name": one.name, "address": one.emails[0]} for one in contacts[:3] if one.emails],
        "words": introduction(
            contact=contacts[0].name if contacts else None,
            project=project.name if project else ticket.title.removeprefix(TITLE),
            pm=pm,
            rep=rep,
            language=ticket.issue.language or "en",
        ),
    }
