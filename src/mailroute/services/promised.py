"""The promises of both sides as digests and the ledger tell them: kept with the evidence, late, or open."""

from collections.abc import Collection, Iterator

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.digest import Promised
from mailroute.domain.directory import Directory
from mailroute.domain.ticket import TicketRef
from mailroute.store import account
from mailroute.store.account import LineFilter
from mailroute.store.session import Connection

MOST = 600
"""Promises that one digest looks at: the newest."""


def promised_on(
    connection: Connection, refs: Collection[TicketRef], directory: Directory
) -> dict[TicketRef, tuple[Promised, ...]]:
    """By ticket what is open with a day, and what was kept."""
    if not refs:
        return {}
    made = account.lines(connection, LineFilter(tickets=refs, kinds=(LineKind.PROMISE,)), limit=MOST)
    found: dict[TicketRef, list[Promised]] = {}
    for line, one in told(connection, made, directory):
        if one.kept_at is not None or one.due is not None:
            found.setdefault(line.ticket, []).append(one)
    return {ref: tuple(lines) for ref, lines in found.items()}


def told(
    connection: Connection, made: Collection[AccountLine], directory: Directory
) -> Iterator[tuple[AccountLine, Promised]]:
    """Each promise with what became of it; one that was made anew is left out, for the newer one stands there."""
    by = account.numbered(connection, {line.settled_by for line in made if line.settled_by is not None})
    for line in made:
        evidence = by.get(line.settled_by or 0)
        if line.settled_at is not None and (evidence is None or evidence.kind is not LineKind.DONE):
            continue
        staff = directory.staff_by_id.get(line.staff or "")
        yield (
            line,
            Promised(
                ours=line.role.is_staff,
                author=(staff.name if staff else None) or line.author.name or line.author.address or "",
                words=line.words,
                due=line.due,
                kept_at=evidence.at if evidence else None,
                evidence=evidence.words if evidence else None,
            ),
        )
