"""Projects, what is open and late, and how the last matters ended."""

from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from mailroute.domain.brief import BriefLine, ClientBook, Section
from mailroute.domain.ticket import Status, Ticket

ENDED = frozenset({Status.RESOLVED, Status.CLOSED})
LAST_OUTCOMES = 3
MOST_OPEN = 10


def projects(book: ClientBook) -> Iterator[BriefLine]:
    """Each project with its state, its PM and how much is open on it."""
    live = Counter(ticket.project for ticket in book.tickets if ticket.status not in ENDED)
    for project in book.directory.projects:
        if project.organisation != book.organisation.id:
            continue
        pm = book.directory.staff_by_id.get(project.pm or book.organisation.pm or "")
        yield BriefLine(
            section=Section.PROJECTS,
            code="project",
            about=project.key,
            values={
                "name": project.name,
                "key": project.key,
                "status": str(project.status),
                "pm": pm.name if pm else "",
                "open": str(live[project.key]),
            },
        )


def open_matters(book: ClientBook) -> Iterator[BriefLine]:
    """Tickets that are not ended: late ones first, then the oldest."""
    today = book.now.astimezone(ZoneInfo(book.timezone)).date()

    def late(ticket: Ticket) -> bool:
        return any(deadline.date < today for deadline in ticket.issue.deadlines)

    live = [ticket for ticket in book.tickets if ticket.status not in ENDED]
    for ticket in sorted(live, key=lambda one: (not late(one), one.opened_at))[:MOST_OPEN]:
        due = min((deadline.date for deadline in ticket.issue.deadlines), default=None)
        yield BriefLine(
            section=Section.OPEN,
            code="open",
            about=str(ticket.ref),
            values={
                "title": ticket.title,
                "status": str(ticket.status),
                "move": str(ticket.whose_move),
                "due": due.isoformat() if due else "",
            },
            at=ticket.opened_at,
            ticket=ticket.ref,
            late=late(ticket),
        )


def outcomes(book: ClientBook) -> Iterator[BriefLine]:
    """How the last three matters ended."""
    ended = [ticket for ticket in book.tickets if ticket.status in ENDED]
    newest = sorted(ended, key=lambda one: one.ended_at or one.updated_at, reverse=True)[:LAST_OUTCOMES]
    for ticket in newest:
        over = ticket.ended_at or ticket.updated_at
        days = max(0, (over - ticket.opened_at).days)
        yield BriefLine(
            section=Section.OUTCOMES,
            code=f"outcome-{days}" if days < 2 else "outcome",
            about=str(ticket.ref),
            values={
                "title": ticket.title,
                "status": str(ticket.status),
                "days": str(days),
            },
            at=over,
            ticket=ticket.ref,
        )
