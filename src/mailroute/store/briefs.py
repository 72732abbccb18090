"""Who has had the brief of which client and when, and what people say of its lines."""

from datetime import datetime

import sqlalchemy as sa

from mailroute.domain.brief import BriefNote, Seen
from mailroute.store.session import Connection
from mailroute.store.tables_account import account_line, brief_note, brief_seen


def last_seen(connection: Connection, staff: str, organisation: str) -> Seen | None:
    """The client's brief as this member of staff had it last."""
    query = sa.select(brief_seen.c.at, brief_seen.c.line).where(
        brief_seen.c.staff == staff, brief_seen.c.organisation == organisation
    )
    row = connection.execute(query).one_or_none()
    return Seen(row.at, row.line) if row else None


def mark_seen(connection: Connection, staff: str, organisation: str, at: datetime) -> None:
    """The member of staff has the brief as it stands at this moment."""
    newest = sa.select(sa.func.max(account_line.c.id)).where(account_line.c.organisation == organisation)
    line: int = connection.execute(newest).scalar() or 0
    mine = (brief_seen.c.staff == staff, brief_seen.c.organisation == organisation)
    if not connection.execute(sa.update(brief_seen).where(*mine).values(at=at, line=line)).rowcount:
        connection.execute(
            sa.insert(brief_seen), {"staff": staff, "organisation": organisation, "at": at, "line": line}
        )


def notes(connection: Connection, organisation: str) -> list[BriefNote]:
    """People's words on lines of this client's brief, oldest first."""
    query = sa.select(brief_note).where(brief_note.c.organisation == organisation).order_by(brief_note.c.id)
    return [
        BriefNote(key=row.key, verdict=row.verdict, instead=row.instead, by=row.by, at=row.at)
        for row in connection.execute(query)
    ]


def add_note(connection: Connection, organisation: str, note: BriefNote) -> None:
    """Keep a person's word on a line; the newest on a line holds."""
    connection.execute(
        sa.insert(brief_note),
        {
            "organisation": organisation,
            "key": note.key,
            "verdict": note.verdict,
            "instead": note.instead,
            "by": note.by,
            "at": note.at,
        },
    )


def withdraw_note(connection: Connection, organisation: str, key: str) -> bool:
    """Take the newest word on a line back; False when there was none."""
    newest = (
        sa.select(sa.func.max(brief_note.c.id))
        .where(brief_note.c.organisation == organisation, brief_note.c.key == key)
        .scalar_subquery()
    )
    return connection.execute(sa.delete(brief_note).where(brief_note.c.id == newest)).rowcount == 1
