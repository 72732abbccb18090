"""What was promised on both sides and is not kept yet."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from mailroute.domain.account import LineKind
from mailroute.domain.brief import BriefLine, ClientBook, Section
from mailroute.domain.ticket import Status

MOST = 8


def promises(book: ClientBook) -> Iterator[BriefLine]:
    """Open promises of tickets that are not ended: those with a day first, in the order of the days."""
    today = book.now.astimezone(ZoneInfo(book.timezone)).date()
    ended = {ticket.ref for ticket in book.tickets if ticket.status in {Status.RESOLVED, Status.CLOSED}}
    held = [
        line
        for line in book.lines
        if line.kind is LineKind.PROMISE and line.settled_at is None and line.ticket not in ended
    ]
    dated = sorted((line for line in held if line.due), key=lambda line: (line.due or today, line.at))
    undated = [line for line in held if not line.due]
    for line in [*dated, *reversed(undated)][:MOST]:
        staff = book.directory.staff_by_id.get(line.staff or "")
        yield BriefLine(
            section=Section.PROMISES,
            code="promise-ours" if line.role.is_staff else "promise-theirs",
            about=f"{line.id or line.at.isoformat()}",
            values={
                "author": (staff.name if staff else None) or line.author.name or line.author.address or "",
                "due": line.due.isoformat() if line.due else "",
            },
            words=line.words,
            at=line.at,
            ticket=line.ticket,
            line=line.id,
            late=line.due is not None and line.due < today,
        )
