"""A client's history as briefs are made from it; and the brief by mail, with the first ticket and for who asks."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from mailroute.briefs import brief_of
from mailroute.briefs.view import brief_context
from mailroute.domain.brief import ClientBook
from mailroute.domain.decisions import Facts, Outcome
from mailroute.domain.directory import Directory, Organisation, Staff
from mailroute.domain.outgoing import MailDraft, Reader
from mailroute.domain.policy import Policy
from mailroute.store import account, briefs, messages, tickets
from mailroute.store.account import LineFilter
from mailroute.store.session import Connection
from mailroute.store.tickets import TicketFilter
from mailroute.tickets.account import ticket_context
from mailroute.tickets.actions import LetterKind
from mailroute.tickets.letters import mailbox_of

MOST_LINES, MOST_TICKETS, MOST_MESSAGES = 400, 60, 60
"""How much of a client's history a brief is made from, the newest of each: its cost stays the same."""


def book_of(
    connection: Connection, organisation: Organisation, *, directory: Directory, policy: Policy, now: datetime
) -> ClientBook:
    """The piece of a client's history that a brief is made from."""
    wanted = LineFilter(organisation=organisation.id)
    return ClientBook(
        organisation=organisation,
        directory=directory,
        timezone=policy.service.timezone,
        now=now,
        tickets=tuple(
            tickets.listing(connection, TicketFilter(organisation=organisation.id), limit=MOST_TICKETS)
        ),
        lines=tuple(account.lines(connection, wanted, limit=MOST_LINES)),
        messages=tuple(messages.of_organisation(connection, organisation.id, limit=MOST_MESSAGES)),
        notes=tuple(briefs.notes(connection, organisation.id)),
    )


def with_briefs(connection: Connection, facts: Facts, outcome: Outcome) -> Outcome:
    """*outcome* with the client's brief in the account of a PM who has never had it, and in a mail to who asked for it.

    Reads only when there is somebody to read it to, and then a bounded piece.
    """
    ticket = outcome.ticket
    client = facts.directory.organisations_by_id.get((ticket.organisation if ticket else None) or "")
    if ticket is None or client is None:
        return outcome
    new = {
        staff.id
        for draft in outcome.drafts
        if draft.kind == LetterKind.ACCOUNT and (staff := _reader(draft, facts.directory))
        if briefs.last_seen(connection, staff.id, client.id) is None
    }
    offered = any(draft.kind == LetterKind.OFFER for draft in outcome.drafts)
    if not (new or offered or outcome.briefs):
        return outcome
    book = book_of(connection, client, directory=facts.directory, policy=facts.policy, now=facts.now)
    language = facts.policy.service.language
    shown = brief_context(brief_of(book), language)
    drafts = []
    for draft in outcome.drafts:
        staff = _reader(draft, facts.directory) if draft.kind == LetterKind.ACCOUNT else None
        first = draft.kind == LetterKind.OFFER or (staff is not None and staff.id in new)
        drafts.append(replace(draft, context={**draft.context, "brief": shown}) if first else draft)
    for reader in sorted(new):
        briefs.mark_seen(connection, reader, client.id, facts.now)
    for reader in dict.fromkeys(outcome.briefs):
        since = briefs.last_seen(connection, reader, client.id)
        shown = brief_context(brief_of(book, since=since), language)
        drafts.append(_letter(facts, outcome, reader, shown))
        briefs.mark_seen(connection, reader, client.id, facts.now)
    return replace(outcome, drafts=tuple(drafts))


def _reader(draft: MailDraft, directory: Directory) -> Staff | None:
    return directory.staff_by_address.get(draft.to[0].key or "")


def _letter(facts: Facts, outcome: Outcome, reader: str, shown: dict[str, Any]) -> MailDraft:
    """The brief by itself, for who wrote `/brief`."""
    ticket = outcome.ticket
    assert ticket is not None, "a brief is of a ticket's client"
    return MailDraft(
        kind="client-brief",
        key=f"client-brief:entry-{facts.entry.id}:{reader}",
        ticket=ticket.ref,
        to=(mailbox_of(facts.directory.staff_by_id[reader]),),
        reader=Reader.INTERNAL,
        subject=f"{shown['organisation']}: {ticket.title}",
        sender_name=facts.policy.service.name,
        answers=facts.reading.parsed.message_id,
        context={
            "service": {"name": facts.policy.service.name},
            "ticket": ticket_context(ticket, facts.directory),
            "brief": shown,
        },
    )
