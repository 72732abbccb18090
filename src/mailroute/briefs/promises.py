"""What was promised on both sides: what is not kept yet, and what was kept lately, with the words that show it."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.brief import BriefLine, ClientBook, Section
from mailroute.domain.ticket import Status

MOST = 8
"""Open ones."""
MOST_KEPT = 4


def promises(book: ClientBook) -> Iterator[BriefLine]:
    """Open promises of tickets that are not ended: those with a day first, in the order of the days; then kept ones."""
    today = book.now.astimezone(ZoneInfo(book.timezone)).date()
    ended = {ticket.ref for ticket in book.tickets if ticket.status in {Status.RESOLVED, Status.CLOSED}}
    made = [line for line in book.lines if line.kind is LineKind.PROMISE]
    held = [line for line in made if line.settled_at is None and line.ticket not in ended]
    dated = sorted((line for line in held if line.due), key=lambda line: (line.due or today, line.at))
    undated = [line for line in held if not line.due]
    for line in [*dated, *reversed(undated)][:MOST]:
        late = line.due is not None and line.due < today
        yield _line(book, line, f"promise-{_side(line)}", late=late)
    yield from _kept(book, made)


def _kept(book: ClientBook, made: list[AccountLine]) -> Iterator[BriefLine]:
    """The newest ones that were kept, with their evidence; one that was promised anew stands as the newer one."""
    by_id = {line.id: line for line in book.lines if line.kind is LineKind.DONE}
    kept = [(line, by_id[line.settled_by]) for line in made if line.settled_by in by_id]
    zone = ZoneInfo(book.timezone)
    for line, evidence in sorted(kept, key=lambda pair: pair[1].at, reverse=True)[:MOST_KEPT]:
        day = evidence.at.astimezone(zone).date()
        late = line.due is not None and day > line.due
        code = f"promise-{_side(line)}-kept-late" if late else f"promise-{_side(line)}-kept"
        yield _line(book, line, code, kept=day.isoformat(), evidence=evidence.words)


def _side(line: AccountLine) -> str:
    return "ours" if line.role.is_staff else "theirs"


def _line(book: ClientBook, line: AccountLine, code: str, *, late: bool = False, **more: str) -> BriefLine:
    staff = book.directory.staff_by_id.get(line.staff or "")
    return BriefLine(
        section=Section.PROMISES,
        code=code,
        about=f"{line.id or line.at.isoformat()}",
        values={
            "author": (staff.name if staff else None) or line.author.name or line.author.address or "",
            "due": line.due.isoformat() if line.due else "",
            **more,
        },
        words=line.words,
        at=line.at,
        ticket=line.ticket,
        line=line.id,
        late=late,
    )
