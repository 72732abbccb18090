"""The tables of the account: what people put right, what was said line by line, and what is made of it."""

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Table, Text

from mailroute.domain.account import LineKind
from mailroute.domain.brief import Verdict
from mailroute.domain.digest import Frequency, View
from mailroute.domain.issue import FeedbackTheme
from mailroute.domain.ticket import Role
from mailroute.store.columns import Id, Key, Utc, Word, Words
from mailroute.store.tables import metadata

correction = Table(
    "correction",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ticket", Id, ForeignKey("ticket.number"), nullable=False),
    Column("message", Id, ForeignKey("ticket_message.id")),
    Column("field", Words, nullable=False),
    Column("old_value", Words, nullable=False),
    Column("new_value", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Utc, nullable=False),
    Column("taken_back_at", Utc),
    Index(None, "ticket", "id"),
)

account_line = Table(
    "account_line",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Word(LineKind), nullable=False),
    Column("key", Key, nullable=False),
    Column("value", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("ticket", Id, ForeignKey("ticket.number"), nullable=False),
    Column("organisation", Words),
    Column("author_name", Words),
    Column("author_address", Words),
    Column("author_key", Key),
    Column("role", Word(Role), nullable=False),
    Column("staff", Words),
    Column("at", Utc, nullable=False),
    Column("due", Date),
    Column("settled_at", Utc),
    Column("settled_by", Id, ForeignKey("account_line.id")),
    Column("entry", Id, ForeignKey("inbox.id")),
    Index(None, "organisation", "kind", "key", "id"),
    Index(None, "organisation", "id"),
    Index(None, "ticket", "id"),
    Index(None, "author_key", "id"),
    Index(None, "kind", "at"),
)

OPEN_QUESTION = sa.and_(
    account_line.c.kind == sa.literal_column("'question'"), account_line.c.settled_at.is_(None)
)
"""With a literal, or the partial index could not be used."""
Index(
    "ix_account_line_open_question",
    account_line.c.organisation,
    account_line.c.id,
    sqlite_where=OPEN_QUESTION,
    postgresql_where=OPEN_QUESTION,
)

theme = Table(
    "theme",
    metadata,
    Column("id", Id, primary_key=True),
    Column("category", Word(FeedbackTheme), nullable=False),
    Column("name", Words, nullable=False),
    Column("named_by", Words),
    Column("merged_into", Id, ForeignKey("theme.id")),
    Column("done_at", Utc),
    Index(None, "category", "id"),
    sqlite_autoincrement=True,  # people quote these numbers: none is given twice
)

theme_remark = Table(
    "theme_remark",
    metadata,
    Column("line", Id, ForeignKey("account_line.id"), primary_key=True, autoincrement=False),
    Column("theme", Id, ForeignKey("theme.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "theme", "line"),
    Index(None, "at"),
)

brief_seen = Table(
    "brief_seen",
    metadata,
    Column("staff", Words, primary_key=True),
    Column("organisation", Words, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("line", Id, nullable=False),
)

brief_note = Table(
    "brief_note",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organisation", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("verdict", Word(Verdict), nullable=False),
    Column("instead", Words),
    Column("by", Words, nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "organisation", "id"),
)

digest_sent = Table(
    "digest_sent",
    metadata,
    Column("staff", Words, primary_key=True),
    Column("view", Word(View), primary_key=True),
    Column("period", Text, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("empty", Boolean, nullable=False),
    Index(None, "staff", "view", "at"),
)

digest_choice = Table(
    "digest_choice",
    metadata,
    Column("staff", Words, primary_key=True),
    Column("frequency", Word(Frequency), nullable=False),
)
