"""A person's data: where it stands, and how it goes. Reads and writes whole tables: rare, not on the path of a mail."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailroute.domain.address import address_key
from mailroute.domain.issue import Issue
from mailroute.domain.outgoing import OutboxState
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Routing
from mailroute.store.columns import Key, Value, Words
from mailroute.store.schema import metadata
from mailroute.store.session import Connection
from mailroute.store.tables import inbox, outbox, raw_message, ticket, ticket_event, ticket_message
from mailroute.store.tables_account import account_line, correction, theme_remark

ERASED = "[erased]"
"""What stands in the place of a person's words and name."""
PLAIN_DETAILS = frozenset(
    {
        "how",
        "from.status",
        "to.status",
        "from.whose_move",
        "to.whose_move",
        "from.pm",
        "to.pm",
        "from.rep",
        "to.rep",
        "from.project",
        "to.project",
        "from.links",
        "to.links",
        "from.ended_at",
        "to.ended_at",
        "other",
        "staff",
        "until",
    }
)
"""Details of events that hold nobody's words."""
_GOING = (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.WAITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of a person."""

    names: tuple[str, ...]
    entries: tuple[int, ...]
    """Inbox numbers of the messages that they wrote, or that hold their words."""
    messages: tuple[Mapping[str, Any], ...]
    lines: tuple[Mapping[str, Any], ...]
    mails: tuple[Mapping[str, Any], ...]
    """That we sent to them."""


def kept(connection: Connection, address: str) -> Kept:
    """All that is kept of the person with this address."""
    key = address_key(address)
    mine = sa.func.lower(ticket_message.c.author_address) == key
    said = connection.execute(sa.select(ticket_message).where(mine).order_by(ticket_message.c.id)).all()
    lines = connection.execute(
        sa.select(account_line).where(account_line.c.author_key == key).order_by(account_line.c.id)
    ).all()
    sent = sa.func.lower(inbox.c.mail_from) == key
    entries = {row.entry for row in said if row.entry} | set(
        connection.execute(sa.select(inbox.c.id).where(sent)).scalars()
    )
    names = {row.author_name for row in (*said, *lines) if row.author_name}
    return Kept(
        names=tuple(sorted(names)),
        entries=tuple(sorted(entries)),
        messages=tuple(_plain(row, "ticket", "at", "author_name", "author_address", "text") for row in said),
        lines=tuple(_plain(row, "ticket", "at", "kind", "key", "value", "words", "due") for row in lines),
        mails=tuple(_mails_to(connection, key)),
    )


def _mails_to(connection: Connection, key: str) -> Iterator[Mapping[str, Any]]:
    query = sa.select(outbox).order_by(outbox.c.id)
    for row in connection.execute(query.execution_options(yield_per=200)):
        if any(one.key == key for one in (*row.to, *row.cc)):
            yield _plain(row, "ticket", "created_at", "kind", "subject", "text", "state")


def _plain(row: sa.Row[Any], *names: str) -> Mapping[str, Any]:
    return {name: getattr(row, name) for name in names}


def raw(connection: Connection, entry: int) -> bytes:
    """A kept message, byte for byte."""
    query = (
        sa.select(raw_message.c.bytes)
        .join(inbox, inbox.c.sha256 == raw_message.c.sha256)
        .where(inbox.c.id == entry)
    )
    found: bytes = connection.execute(query).scalar_one()
    return found


def still_going(connection: Connection, address: str) -> int:
    """Mails to the person that have not left yet: those must go, or be dropped, first."""
    waiting = sa.select(outbox.c.to, outbox.c.cc).where(outbox.c.state.in_(_GOING))
    key = address_key(address)
    return sum(any(one.key == key for one in (*row.to, *row.cc)) for row in connection.execute(waiting))


def erase(
    connection: Connection, address: str, known: Kept, *, instead: str, now: datetime
) -> dict[str, int]:
    """Take a person's words out, and their name and address wherever else they stand; how much of each.

    Args:
        connection: the transaction.
        address: whose.
        known: what `kept` found.
        instead: the address that stands in the place of theirs from now on.
        now: the present.
    """
    key = address_key(address)
    counts = {
        "messages": _blank_messages(connection, key),
        "lines": _drop_lines(connection, key),
        "raw mails": _blank_raw(connection, known.entries),
        "mails of ours": _blank_mails(connection, known, key, now),
    }
    _forget_quotes(connection, known)
    counts["mentions"] = sum(
        _scrub(connection, table, {address: instead, key: instead} | dict.fromkeys(known.names, ERASED))
        for table in metadata.sorted_tables
        if table.name != "raw_message"
    )
    return counts


def _blank_messages(connection: Connection, key: str) -> int:
    mine = sa.func.lower(ticket_message.c.author_address) == key
    numbers = sa.select(ticket_message.c.id).where(mine)
    connection.execute(sa.delete(correction).where(correction.c.message.in_(numbers)))
    return connection.execute(
        sa.update(ticket_message).where(mine).values(text=ERASED, fingerprint="")
    ).rowcount


def _drop_lines(connection: Connection, key: str) -> int:
    mine = sa.select(account_line.c.id).where(account_line.c.author_key == key)
    connection.execute(sa.delete(theme_remark).where(theme_remark.c.line.in_(mine)))
    settled = sa.update(account_line).where(account_line.c.settled_by.in_(mine))
    connection.execute(settled.values(settled_by=None))
    return connection.execute(sa.delete(account_line).where(account_line.c.author_key == key)).rowcount


def _blank_raw(connection: Connection, entries: Sequence[int]) -> int:
    """The key stays, so that the same mail is known if it comes again; what it said is gone."""
    hashes = sa.select(inbox.c.sha256).where(inbox.c.id.in_(entries))
    gone = b"From: " + ERASED.encode() + b"\r\n\r\n" + ERASED.encode() + b"\r\n"
    blank = sa.update(raw_message).where(raw_message.c.sha256.in_(hashes))
    return connection.execute(blank.values(bytes=gone, size=len(gone))).rowcount


def _blank_mails(connection: Connection, known: Kept, key: str, now: datetime) -> int:
    """Mails of ours to the person, and those to us that their messages caused: both quote them."""
    query = sa.select(outbox.c.id, outbox.c.to, outbox.c.cc, outbox.c.after_entry)
    rows = connection.execute(query.where(outbox.c.state.not_in(_GOING))).all()
    entries = set(known.entries)
    numbers = [
        row.id
        for row in rows
        if row.after_entry in entries or any(one.key == key for one in (*row.to, *row.cc))
    ]
    for start in range(0, len(numbers), 500):
        mine = outbox.c.id.in_(numbers[start : start + 500])
        blank = sa.update(outbox).where(mine)
        connection.execute(blank.values(subject=ERASED, text=ERASED, raw=b"", changed_at=now))
    return len(numbers)


def _forget_quotes(connection: Connection, known: Kept) -> None:
    """On the person's tickets: cards, titles and evidence quote their words; what was decided stays, with its codes."""
    for number in sorted({row["ticket"] for row in known.messages}):
        this = ticket.c.number == number
        issue, routing = connection.execute(sa.select(ticket.c.issue, ticket.c.routing).where(this)).one()
        bare = Issue(title=ERASED, type=issue.type, sentiment=issue.sentiment, language=issue.language)
        bare = replace(bare, urgency=replace(issue.urgency, evidence=()))
        routed = Routing(pm=routing.pm, rule=routing.rule, sure=routing.sure, reasons=_codes(routing.reasons))
        connection.execute(sa.update(ticket).where(this).values(title=ERASED, issue=bare, routing=routed))
        mine = ticket_event.c.ticket == number
        for event in connection.execute(sa.select(ticket_event).where(mine)).all():
            details = {name: value for name, value in event.details.items() if name in PLAIN_DETAILS}
            blank = sa.update(ticket_event).where(ticket_event.c.id == event.id)
            connection.execute(blank.values(reasons=_codes(event.reasons), details=details))
    for entry in known.entries:
        this = inbox.c.id == entry
        reasons = connection.execute(sa.select(inbox.c.reasons).where(this)).scalar_one()
        connection.execute(sa.update(inbox).where(this).values(reasons=_codes(reasons)))


def _codes(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(Reason(reason.code, "") for reason in reasons)


def _scrub(connection: Connection, table: sa.Table, words: Mapping[str, str]) -> int:
    """Put other words in the place of *words* in every text of a table; how many values changed."""
    changed = 0
    for column in table.columns:
        is_json = isinstance(column.type, Value | sa.JSON)
        if not is_json and not isinstance(column.type, Words | Key | sa.Text):
            continue
        changed += _scrub_column(connection, table, column, words, is_json=is_json)
    return changed


def _scrub_column(
    connection: Connection,
    table: sa.Table,
    column: sa.Column[Any],
    words: Mapping[str, str],
    *,
    is_json: bool,
) -> int:
    """The text in the database is what is read and written: the types would make values of ours of it."""
    plain = sa.table(table.name, *(sa.column(one.name) for one in table.columns))
    mine = plain.c[column.name]
    text = sa.cast(mine, sa.Text) if is_json else mine
    keys = [plain.c[key.name] for key in table.primary_key.columns]
    holds = sa.or_(*(sa.func.lower(text).contains(word.lower(), autoescape=True) for word in words))
    rows = connection.execute(sa.select(*keys, text.label("found")).where(holds)).all()
    cast = is_json and connection.dialect.name != "sqlite"
    for row in rows:
        new = sa.literal(_replaced(row.found, words), sa.Text)
        same = sa.and_(*(key == row[place] for place, key in enumerate(keys)))
        value = sa.cast(new, sa.JSON) if cast else new
        connection.execute(sa.update(plain).where(same).values({mine: value}))
    return len(rows)


def _replaced(text: str, words: Mapping[str, str]) -> str:
    for word, other in sorted(words.items(), key=lambda pair: -len(pair[0])):
        start, lowered = 0, text.lower()
        while word and (found := lowered.find(word.lower(), start)) >= 0:
            text = text[:found] + other + text[found + len(word) :]
            start, lowered = found + len(other), text.lower()
    return text
