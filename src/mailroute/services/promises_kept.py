"""Promises are settled when they are kept: by what a later message reports or brings, or by the ticket's end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Change, Facts, Outcome
from mailroute.domain.ticket import Audience, LinkKind, Role, Status, Ticket, TicketEvent, TicketMessage
from mailroute.ledger.keeping import (
    How,
    Kept,
    Later,
    kept_by_author,
    kept_by_hand_over,
    kept_by_receipt,
)
from mailroute.store import account
from mailroute.store.session import Connection

ENDED = frozenset({Status.RESOLVED, Status.CLOSED})
TAKES_OVER = frozenset({"assigned", "handoff-accepted"})
"""Events by which the work is somebody else's."""
BROUGHT_BACK = frozenset({"reopened", "undone"})
"""Events by which one of us takes an end back: it was no evidence then."""


def keep_promises(
    connection: Connection, facts: Facts, outcome: Outcome, lines: Sequence[AccountLine]
) -> None:
    """Settle what the messages of *outcome* tell to be done; *lines* are those that they have just added."""
    ticket = outcome.ticket
    if ticket is None or any(event.event == "reply-held" for event in outcome.events):
        return  # what waits for its author's word has not been said yet
    files = tuple(one.filename for one in facts.reading.parsed.attachments if one.filename and not one.inline)
    for message in outcome.messages:
        if message.role is not Role.MACHINE:
            own = outcome.identity.staff if message.role.is_staff else None
            keep_promises_of(connection, ticket, message, lines, now=facts.now, staff=own, files=files)


def keep_promises_of(
    connection: Connection,
    ticket: Ticket,
    message: TicketMessage,
    lines: Sequence[AccountLine],
    *,
    now: datetime,
    staff: str | None = None,
    files: tuple[str, ...] = (),
) -> None:
    """The same of one message; what *lines* promise is newer than it."""
    new = {line.id for line in lines}
    held = [one for one in account.open_promises(connection, ticket.family) if one.id not in new]
    if not held:
        return
    ours = message.role.is_staff
    later = Later(message.text, files, is_public=message.audience is Audience.PUBLIC)
    found = list(kept_by_author([one for one in held if one.role.is_staff is ours], later))
    if later.is_public or not ours:
        found += kept_by_receipt([one for one in held if one.role.is_staff is not ours], message.text)
    evidence = AccountLine(
        kind=LineKind.DONE,
        words="",
        ticket=ticket.ref,
        organisation=ticket.organisation,
        author=message.author,
        role=message.role,
        staff=staff,
        at=message.at,
        entry=message.entry,
    )
    renewed = {line.words: line for line in lines if line.kind is LineKind.PROMISE}
    for one in found:
        newer = renewed.get(one.words) if one.how is How.RENEWED else None
        if newer is None and one.how is How.RENEWED:
            continue
        _settle(connection, [one], evidence, now, newer)


def settle_by_events(connection: Connection, change: Change) -> None:
    """What becomes of a ticket settles promises of ours, too: its end, and that somebody else has it now."""
    before, after = change.before, change.after
    if before is None or not change.events:
        return
    last = change.events[-1]
    if before.status in ENDED and after.status not in ENDED and last.event in BROUGHT_BACK:
        if not any(event.event == "client-wrote" for event in change.events):
            account.open_again(connection, after.ref, str(How.ENDED))
        return
    over = after.status in ENDED and before.status not in ENDED and not after.linked(LinkKind.MERGED_INTO)
    given = next((event for event in change.events if event.event in TAKES_OVER), None)
    if not over and given is None:
        return
    held = [one for one in account.open_promises(connection, after.family) if one.role.is_staff]
    if over:
        words = last.details.get("ends") or f"{after.status} by {last.by}"
        found: Sequence[Kept] = [Kept(one, How.ENDED, words) for one in held]
    else:
        found = kept_by_hand_over(held, f"{after.pm} has it now") if after.pm != before.pm else ()
    _settle(connection, found, _of_event(after, given if given and not over else last), last.at, None)


def _of_event(ticket: Ticket, event: TicketEvent) -> AccountLine:
    return AccountLine(
        kind=LineKind.DONE,
        words="",
        ticket=ticket.ref,
        organisation=ticket.organisation,
        author=Mailbox(event.by, None),
        role=Role.PM,
        at=event.at,
    )


def _settle(
    connection: Connection,
    found: Sequence[Kept],
    evidence: AccountLine,
    now: datetime,
    newer: AccountLine | None,
) -> None:
    """Write the evidence down, and that it settles; a promise that is made anew is settled by the newer one."""
    for one in found:
        if newer is not None:
            by = newer.id
        else:
            line = replace(evidence, key=str(one.how), words=one.words)
            [by] = account.add_lines(connection, [line])
        if one.promise.id is not None:
            account.settle(connection, [one.promise.id], at=now, by=by)
