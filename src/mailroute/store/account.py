"""The account of a client, line by line (`domain.account`). Every read goes by an index and has a limit."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.address import Mailbox, address_key
from mailroute.domain.received import InboxId
from mailroute.domain.ticket import Role, TicketRef
from mailroute.store.session import Connection
from mailroute.store.tables_account import OPEN_QUESTION, account_line

MOST = 1000
"""Lines that one read gives at the most: the newest."""

_THEIRS = (Role.CLIENT, Role.STRANGER)


def add_lines(connection: Connection, lines: Sequence[AccountLine]) -> list[int]:
    """Keep what has been said, in order; the numbers under which it is kept."""
    rows = [
        {
            "kind": line.kind,
            "key": line.key,
            "value": line.value,
            "words": line.words,
            "ticket": line.ticket.number,
            "organisation": line.organisation,
            "author_name": line.author.name,
            "author_address": line.author.address,
            "author_key": line.author.key,
            "role": line.role,
            "staff": line.staff,
            "at": line.at,
            "due": line.due,
            "settled_at": line.settled_at,
            "settled_by": line.settled_by,
            "entry": line.entry,
        }
        for line in lines
    ]
    if not rows:
        return []
    insert = sa.insert(account_line).returning(account_line.c.id, sort_by_parameter_order=True)
    return list(connection.execute(insert, rows).scalars())


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFilter:
    """Which lines are wanted; None and empty stand for any."""

    organisation: str | None = None
    tickets: Collection[TicketRef] = ()
    author: str | None = None
    """An address."""
    kinds: Collection[LineKind] = ()
    keys: Collection[str] = ()
    since: datetime | None = None
    until: datetime | None = None
    """The first moment that does not count."""
    is_open: bool | None = None
    """Whether it is settled no more than not."""


def lines(connection: Connection, wanted: LineFilter, *, limit: int = MOST) -> list[AccountLine]:
    """What was said, oldest first; if there is more than *limit*, the newest of it."""
    query = sa.select(account_line).where(*_conditions(wanted))
    rows = connection.execute(query.order_by(account_line.c.id.desc()).limit(min(limit, MOST))).all()
    return [_line(row) for row in reversed(rows)]


def every(connection: Connection, wanted: LineFilter) -> Iterator[AccountLine]:
    """All that was said, oldest first, read in batches: for figures over a period, not for the path of a message."""
    last = 0
    while True:
        query = sa.select(account_line).where(*_conditions(wanted), account_line.c.id > last)
        rows = connection.execute(query.order_by(account_line.c.id).limit(MOST)).all()
        yield from (_line(row) for row in rows)
        if len(rows) < MOST:
            return
        last = rows[-1].id


def line(connection: Connection, number: int) -> AccountLine | None:
    """One line by its number."""
    row = connection.execute(sa.select(account_line).where(account_line.c.id == number)).one_or_none()
    return None if row is None else _line(row)


def open_questions(connection: Connection, refs: Collection[TicketRef], limit: int = 50) -> list[AccountLine]:
    """What we have asked the client on these tickets and have no answer to, oldest first."""
    wanted = LineFilter(tickets=refs, kinds=(LineKind.QUESTION,), is_open=True)
    return lines(connection, wanted, limit=limit) if refs else []


def open_promises(connection: Connection, refs: Collection[TicketRef], limit: int = 100) -> list[AccountLine]:
    """What either side has promised on these tickets and not kept, oldest first."""
    wanted = LineFilter(tickets=refs, kinds=(LineKind.PROMISE,), is_open=True)
    return lines(connection, wanted, limit=limit) if refs else []


def numbered(connection: Connection, numbers: Collection[int]) -> dict[int, AccountLine]:
    """Lines by their numbers; those that are not there are left out."""
    if not numbers:
        return {}
    rows = connection.execute(sa.select(account_line).where(account_line.c.id.in_(numbers))).all()
    return {row.id: _line(row) for row in rows}


def open_again(connection: Connection, ref: TicketRef, key: str) -> int:
    """Promises of a ticket that were settled by lines with this key are open again; how many."""
    by = sa.select(account_line.c.id).where(
        account_line.c.ticket == ref.number,
        account_line.c.kind == LineKind.DONE,
        account_line.c.key == key,
    )
    mine = sa.update(account_line).where(
        account_line.c.kind == LineKind.PROMISE, account_line.c.settled_by.in_(by)
    )
    return connection.execute(mine.values(settled_at=None, settled_by=None)).rowcount


def open_to(
    connection: Connection, organisation: str | None, ref: TicketRef, limit: int
) -> list[AccountLine]:
    """What we have asked this client, on whatever ticket, and have no answer to; the newest, oldest first.

    Of a client of no organisation only what was asked on the ticket itself.
    """
    if organisation is None:
        return open_questions(connection, [ref], limit)
    theirs = sa.select(account_line).where(OPEN_QUESTION, account_line.c.organisation == organisation)
    rows = connection.execute(theirs.order_by(account_line.c.id.desc()).limit(limit)).all()
    return [_line(row) for row in reversed(rows)]


def settle(connection: Connection, numbers: Collection[int], *, at: datetime, by: int | None = None) -> int:
    """Mark lines as answered, kept or met (*by* which line); how many were open until now."""
    if not numbers:
        return 0
    mine = sa.update(account_line).where(account_line.c.id.in_(numbers), account_line.c.settled_at.is_(None))
    return connection.execute(mine.values(settled_at=at, settled_by=by)).rowcount


def readdress(
    connection: Connection,
    ref: TicketRef,
    organisation: str | None,
    *,
    author: tuple[Mailbox, Mailbox] | None = None,
) -> None:
    """The lines of a ticket are of another client.

    Args:
        connection: the transaction.
        ref: the ticket.
        organisation: whose account they belong to now.
        author: the wrong person and the right one: what the first is said to have said, the second has.
    """
    mine = account_line.c.ticket == ref.number
    connection.execute(sa.update(account_line).where(mine).values(organisation=organisation))
    if author is None or author[0].key is None:
        return
    wrong, right = author
    theirs = sa.update(account_line).where(
        mine, account_line.c.author_key == wrong.key, account_line.c.role.in_(_THEIRS)
    )
    connection.execute(
        theirs.values(author_name=right.name, author_address=right.address, author_key=right.key)
    )


def _conditions(wanted: LineFilter) -> list[sa.ColumnElement[bool]]:
    has = account_line.c
    found: list[sa.ColumnElement[bool]] = []
    if wanted.organisation is not None:
        found.append(has.organisation == wanted.organisation)
    if wanted.tickets:
        found.append(has.ticket.in_([ref.number for ref in wanted.tickets]))
    if wanted.author is not None:
        found.append(has.author_key == address_key(wanted.author))
    if wanted.kinds:
        found.append(has.kind.in_(wanted.kinds))
    if wanted.keys:
        found.append(has.key.in_(wanted.keys))
    if wanted.since is not None:
        found.append(has.at >= wanted.since)
    if wanted.until is not None:
        found.append(has.at < wanted.until)
    if wanted.is_open is not None:
        found.append(has.settled_at.is_(None) if wanted.is_open else has.settled_at.is_not(None))
    return found


def _line(row: sa.Row[Any]) -> AccountLine:
    return AccountLine(
        id=row.id,
        kind=row.kind,
        key=row.key,
        value=row.value,
        words=row.words,
        ticket=TicketRef(row.ticket),
        organisation=row.organisation,
        author=Mailbox(row.author_name, row.author_address),
        role=row.role,
        staff=row.staff,
        at=row.at,
        due=row.due,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        entry=None if row.entry is None else InboxId(row.entry),
    )
