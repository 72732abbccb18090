"""What one message costs does not grow with the store: every statement of its path goes by an index."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Action, SeenMessage
from mailroute.domain.outgoing import ComposedMail, MailDraft, OutboxState, Sent
from mailroute.domain.reasons import Reason
from mailroute.domain.received import ReceivedMail
from mailroute.domain.ticket import Audience, Participant, Role, Ticket, TicketMessage, Via
from mailroute.store import account, chased, directory, inbox, messages, outbox, silences, tickets, timers
from mailroute.store.account import LineFilter
from mailroute.store.schema import metadata
from mailroute.store.session import Connection, Store

LARGE = set(metadata.tables) - {"workload", "spare_ref", "meta"}
"""All tables but those that stay small however many messages come: a row for each PM, worker or setting."""

Statement = tuple[str, Any]


@contextmanager
def listening() -> Iterator[list[Statement]]:
    """Collects every statement with its values."""
    heard: list[Statement] = []

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        heard.append((statement, values[0] if many else values))

    sa.event.listen(sa.Engine, "before_cursor_execute", hear)
    yield heard
    sa.event.remove(sa.Engine, "before_cursor_execute", hear)


def account_lines(connection: Connection, ticket: Ticket, noon: datetime) -> None:
    """What is kept of one message in its client's account, and read before it is asked about."""
    line = AccountLine(
        kind=LineKind.QUESTION,
        words="Which seal is it?",
        ticket=ticket.ref,
        organisation="borealis",
        author=ticket.requester,
        role=Role.PM,
        at=noon,
    )
    [number] = account.add_lines(connection, [line])
    account.lines(connection, LineFilter(tickets=[ticket.ref]), limit=600)
    account.lines(connection, LineFilter(organisation="borealis"), limit=800)
    account.open_questions(connection, [ticket.ref])
    account.open_to(connection, "borealis", ticket.ref, limit=8)
    account.settle(connection, [number], at=noon)


def one_message(
    connection: Connection,
    store: Store,
    mail: ReceivedMail,
    ticket: Ticket,
    draft: MailDraft,
    composed: ComposedMail,
    noon: datetime,
) -> None:
    """Everything that is read and written for one message, from keeping it to its acknowledgement being sent."""
    (kept,) = inbox.keep(connection, [mail])
    inbox.keep(connection, [mail])
    inbox.load(connection, kept.id)
    inbox.raw(connection, kept.id)
    inbox.waiting(connection, noon)
    store.lock(connection, "organisation:borealis")
    inbox.is_new(connection, kept.id)
    directory.version(connection)
    found = messages.seen(
        connection, message_ids=["<a@x.example>"], fingerprint="f1", organisation="borealis"
    )
    messages.seen(connection, message_ids=[], fingerprint="f1", organisation=None)
    tickets.get_many(connection, {one.ticket for one in found} | {ticket.ref})
    for organisation in ("borealis", None):
        tickets.recent(
            connection, organisation=organisation, requester_key="ann@x.example", since=noon, limit=5
        )
    tickets.open_counts(connection)
    messages.thread(connection, [ticket.ref])
    silences.count_sent(connection, ["ann@borealis.example"], noon)
    silences.automatic_since(connection, noon, at_most=2000)
    outbox.find_by_message_id(connection, "<nobody@x.example>")
    tickets.next_ref(connection)
    tickets.insert(connection, ticket)
    tickets.update(connection, replace(ticket, pm="ines", participants=(), version=2), 1)
    messages.add_message(
        connection,
        ticket.ref,
        TicketMessage(
            entry=kept.id,
            source=None,
            author=ticket.requester,
            role=Role.CLIENT,
            via=Via.DIRECT,
            audience=Audience.PUBLIC,
            at=noon,
            message_id="<a@x.example>",
            text="It leaks.",
        ),
    )
    seen = SeenMessage(ticket=ticket.ref, entry=kept.id, message_id="<a@x.example>", sha256=None, ours=False)
    messages.remember(connection, [seen], organisation="borealis")
    messages.messages(connection, ticket.ref)
    messages.events(connection, ticket.ref)
    timers.plan(connection, timers.Timer("nudge", ticket.ref, 1, noon))
    timers.cancel(connection, ticket.ref, "nudge")
    timers.look(connection, ticket.ref, "ours", noon)
    timers.overdue(connection, noon)
    for whose in (ticket, replace(ticket, organisation=None)):
        chased.count_events(connection, whose, ("nudge-drafted",), noon)
        chased.absences(connection, whose, noon)
    timers.due(connection, noon)
    timers.next_due(connection)
    inbox.finish(connection, kept.id, action=Action.OPEN, ticket=ticket.ref, reasons=(), at=noon)
    item = outbox.add(connection, draft, composed, state=OutboxState.QUEUED, now=noon, after_entry=kept.id)
    assert item is not None
    outbox.due(connection, noon)
    started = outbox.start(connection, item, noon)
    assert started is not None
    outbox.mark_sending(connection, item, attempt=1, now=noon)
    outbox.recover_sending(connection, noon - timedelta(minutes=1))
    outbox.mark_results(
        connection,
        item,
        {"ann@borealis.example": Sent("250 ok")},
        attempt=1,
        now=noon,
        next_attempt_at=None,
    )
    outbox.listing(connection, ticket=ticket.ref)
    silences.silences(connection, ticket=ticket.ref)


def plan(connection: Connection, statement: Statement) -> list[str]:
    """The steps by which the database would carry out *statement*."""
    text, values = statement
    if connection.dialect.name == "sqlite":
        return [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)]
    return [str(row[0]) for row in connection.exec_driver_sql(f"EXPLAIN {text}", values)]


def walks(steps: list[str]) -> bool:
    """Whether a plan goes through the whole of a large table, by whatever order, or sorts what it finds."""
    for step, following in zip(steps, [*steps[1:], ""], strict=True):
        words = step.strip(" ->").split()
        if step.startswith("USE TEMP B-TREE") or (words[0] == "SCAN" and words[1] in LARGE):
            return True
        if "Scan" in words and "on" in words and words[words.index("on") + 1] in LARGE:
            by_key = "Index Cond" in following or "Recheck Cond" in following
            if not by_key:
                return True
    return False


def test_every_statement_of_the_path_goes_by_an_index(
    store: Store,
    arrival: Callable[..., ReceivedMail],
    make_ticket: Callable[..., Ticket],
    make_draft: Callable[..., MailDraft],
    make_mail: Callable[..., ComposedMail],
    noon: datetime,
) -> None:
    """Nothing that a message causes looks through a table that grows with the messages."""
    person = Participant(
        mailbox=Mailbox("Ann", "ann@x.example"), role=Role.CLIENT, reason=Reason("wrote", "")
    )
    ticket = make_ticket(1, participants=(person,))
    with store.write() as connection:
        if not store.is_sqlite:  # tables this small would be read whole
            connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
        with listening() as heard:
            draft = make_draft("ticket-opened:MR-1", ticket=ticket.ref)
            one_message(connection, store, arrival(1), ticket, draft, make_mail(1), noon)
            account_lines(connection, ticket, noon)
        # an INSERT looks for nothing but its unique keys, which are indexes by nature
        asked = [one for one in heard if one[0].startswith(("SELECT", "UPDATE", "DELETE"))]
        plans = {text: plan(connection, (text, values)) for text, values in asked}

    assert len(plans) > 30
    assert {text: steps for text, steps in plans.items() if walks(steps)} == {}
