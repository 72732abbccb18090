"""Keeping the client's account: the lines of a message and what they settle, in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.decisions import Facts, Outcome, WaitingReply
from mailroute.domain.ticket import Role, Ticket
from mailroute.ledger.matching import Scene, scene_of
from mailroute.ledger.settling import answers, question_of
from mailroute.services.account_book import lines_of, lines_of_reply
from mailroute.services.promises_kept import keep_promises, keep_promises_of
from mailroute.store import account, messages, tickets
from mailroute.store.account import LineFilter
from mailroute.store.session import Connection
from mailroute.tickets.unproved import is_refuted

MOST_TOLD = 600
"""Lines of a ticket among which the answer to a new question is looked for, the newest."""


def keep_account(connection: Connection, facts: Facts, outcome: Outcome) -> None:
    """Write down what a message says, and settle what it answers."""
    lines, ticket = lines_of(facts, outcome), outcome.ticket
    if ticket is None or is_refuted(facts):
        return
    kept = _kept(connection, ticket, lines, facts.now) if lines else []
    keep_promises(connection, facts, outcome, kept)
    said = [line for line in kept if line.role in {Role.CLIENT, Role.STRANGER}]
    if said:
        _settle(connection, facts, outcome, ticket, said)


def keep_released(connection: Connection, reply: WaitingReply, now: datetime) -> None:
    """The same for a reply of ours that had to wait for its author's word, and has it."""
    ticket = tickets.get(connection, reply.ticket)
    message = messages.of_entry(connection, reply.ticket, reply.entry)
    if ticket is not None and message is not None:
        staff = reply.wait.author
        lines = _kept(connection, ticket, lines_of_reply(ticket, message, staff), now)
        keep_promises_of(connection, ticket, message, lines, now=now, staff=staff)


def _kept(
    connection: Connection, ticket: Ticket, lines: Sequence[AccountLine], now: datetime
) -> list[AccountLine]:
    """The lines with their numbers; a question that was answered before it was asked is settled from the first."""
    if any(line.kind is LineKind.QUESTION for line in lines):
        here = ticket.family
        told = account.lines(connection, LineFilter(tickets=here), limit=MOST_TOLD)
        scene = scene_of(told, here=here, now=now, title=ticket.title)
        lines = [_with_answer(line, scene) for line in lines]
    numbers = account.add_lines(connection, lines)
    return [replace(line, id=number) for line, number in zip(lines, numbers, strict=True)]


def _with_answer(line: AccountLine, scene: Scene) -> AccountLine:
    told = scene.answer(question_of(line)) if line.kind is LineKind.QUESTION else None
    if told is None:
        return line
    return replace(line, settled_at=min(told.line.at, line.at), settled_by=told.line.id)


def _settle(
    connection: Connection, facts: Facts, outcome: Outcome, ticket: Ticket, said: Sequence[AccountLine]
) -> None:
    here = ticket.family
    asked = account.open_questions(connection, here)
    if not asked:
        return
    text = "\n".join(m.text for m in outcome.messages if not m.role.is_staff)
    has_files = any(not one.inline for one in facts.reading.parsed.attachments)
    for found in answers(asked, said, text=text, has_files=has_files, now=facts.now):
        number = found.asked.id
        if number is not None:
            account.settle(connection, [number], at=facts.now, by=found.line.id if found.line else None)
