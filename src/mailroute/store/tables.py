"""The tables of the path of a message. A change needs a revision in `migrations/versions`; a test compares the two."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Action
from mailroute.domain.issue import Issue
from mailroute.domain.outgoing import OutboxState, Reader, Wait
from mailroute.domain.reasons import Reason
from mailroute.domain.received import Channel, FolderRole, Verdict
from mailroute.domain.ticket import Audience, Link, Move, Role, Routing, Status, Via
from mailroute.store.base import metadata
from mailroute.store.columns import Id, Key, Utc, Value, Word, Words
from mailroute.store.mailbox_tables import door, imap_cursor

__all__ = ["door", "imap_cursor", "metadata"]


class InboxState(StrEnum):
    """Where a kept message stands."""

    NEW = "new"
    DONE = "done"
    HELD = "held"
    QUARANTINED = "quarantined"


class Answer(StrEnum):
    """What the smarthost last said of one recipient."""

    SENT = "sent"
    DEFERRED = "deferred"
    REFUSED = "refused"


Reasons = tuple[Reason, ...]
Mailboxes = tuple[Mailbox, ...]

raw_message = Table(
    "raw_message",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source_key", Key, nullable=False),
    Column("sha256", Text, ForeignKey("raw_message.sha256"), nullable=False),
    Column("mail_from", Words),
    Column("rcpt_to", Value(tuple[str, ...]), nullable=False),
    Column("channel", Word(Channel), nullable=False),
    Column("received_at", Utc, nullable=False),
    Column("source", Words),
    Column("vouched", Word(Verdict)),
    Column("state", Word(InboxState), nullable=False),
    Column("action", Word(Action)),
    Column("ticket", Id, ForeignKey("ticket.number")),
    Column("reasons", Value(Reasons), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Column("folder", Word(FolderRole)),
    Column("owner", Words),
    Column("observed", Boolean, nullable=False),
    UniqueConstraint("source_key"),
    sa.CheckConstraint("(state = 'new') = (action IS NULL)", name="decided"),
    sa.CheckConstraint("ticket IS NOT NULL OR action NOT IN ('open', 'append')", name="placed"),
    Index(None, "state", "id"),
    Index(None, "state", "action"),
    sqlite_autoincrement=True,  # people quote these numbers: none is given twice
)

ticket = Table(
    "ticket",
    metadata,
    Column("number", Id, primary_key=True, autoincrement=False),
    Column("title", Words, nullable=False),
    Column("status", Word(Status), nullable=False),
    Column("whose_move", Word(Move), nullable=False),
    Column("requester_name", Words),
    Column("requester_address", Words),
    Column("requester_key", Key),
    Column("organisation", Words),
    Column("project", Words),
    Column("rep", Words),
    Column("pm", Words),
    Column("routing", Value(Routing), nullable=False),
    Column("issue", Value(Issue), nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    Column("version", Integer, nullable=False),
    Column("links", Value(tuple[Link, ...]), nullable=False),
    Column("ended_at", Utc),
    Index(None, "organisation", "number"),
    Index(None, "pm", "number"),
    Index(None, "rep", "number"),
)

NOT_CLOSED = ticket.c.status != sa.literal_column(
    "'closed'"
)  # a literal, or the partial indexes cannot be used
Index(
    "ix_ticket_live_organisation",
    ticket.c.organisation,
    ticket.c.updated_at,
    sqlite_where=NOT_CLOSED,
    postgresql_where=NOT_CLOSED,
)
Index(
    "ix_ticket_live_requester",
    ticket.c.requester_key,
    ticket.c.updated_at,
    sqlite_where=NOT_CLOSED,
    postgresql_where=NOT_CLOSED,
)

ticket_number = sa.Sequence("ticket_number", metadata=metadata)
"""PostgreSQL only; see `tickets.next_ref`."""

spare_ref = Table("spare_ref", metadata, Column("number", Id, primary_key=True, autoincrement=False))

workload = Table(
    "workload",
    metadata,
    Column("staff", Words, primary_key=True),
    Column("open_tickets", Integer, nullable=False),
)

participant = Table(
    "participant",
    metadata,
    Column("ticket", Id, ForeignKey("ticket.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Words),
    Column("address", Words),
    Column("role", Word(Role), nullable=False),
    Column("reason", Value(Reason), nullable=False),
)

ticket_message = Table(
    "ticket_message",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ticket", Id, ForeignKey("ticket.number"), nullable=False),
    Column("entry", Id, ForeignKey("inbox.id")),
    Column("source", Words),
    Column("author_name", Words),
    Column("author_address", Words),
    Column("role", Word(Role), nullable=False),
    Column("via", Word(Via), nullable=False),
    Column("audience", Word(Audience), nullable=False),
    Column("at", Utc, nullable=False),
    Column("message_id", Words),
    Column("text", Words, nullable=False),
    Column("fingerprint", Words, nullable=False),
    UniqueConstraint("entry", "role"),
    Index(None, "ticket", "id"),
)

ticket_event = Table(
    "ticket_event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ticket", Id, ForeignKey("ticket.number"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("event", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("reasons", Value(Reasons), nullable=False),
    Column("details", Value(dict[str, str]), nullable=False),
    Index(None, "ticket", "id"),
)

ALARM = ticket_event.c.event == sa.literal_column("'gathers-clients'")
Index("ix_ticket_event_alarm", ticket_event.c.id, sqlite_where=ALARM, postgresql_where=ALARM)

message_seen = Table(
    "message_seen",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ticket", Id, ForeignKey("ticket.number"), nullable=False),
    Column("entry", Id, ForeignKey("inbox.id")),
    Column("message_id", Key),
    Column("content_hash", Text),
    Column("ours", Boolean, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("organisation", Words),
    Column("at", Utc),
    Column("named_in", Words),
    Index(None, "message_id", "id"),
    Index(None, "fingerprint", "organisation", "id"),
    Index(None, "ticket", "id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Key, nullable=False),
    Column("message_id", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("ticket", Id, ForeignKey("ticket.number")),
    Column("reader", Word(Reader), nullable=False),
    Column("automatic", Boolean, nullable=False),
    Column("to", Value(Mailboxes), nullable=False),
    Column("cc", Value(Mailboxes), nullable=False),
    Column("subject", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("mail_from", Words, nullable=False),
    Column("state", Word(OutboxState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Column("next_attempt_at", Utc),
    Column("after_entry", Id, ForeignKey("inbox.id")),
    Column("waits", Value(Wait)),
    UniqueConstraint("key"),
    UniqueConstraint("message_id"),
    Index(None, "state", "next_attempt_at"),
    Index(None, "mail_from"),
    Index(None, "automatic", "created_at"),
    Index(None, "ticket", "id"),
    sqlite_autoincrement=True,  # the number stands in bounce addresses
)

outbox_recipient = Table(
    "outbox_recipient",
    metadata,
    Column("outbox", Id, ForeignKey("outbox.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("address", Words, nullable=False),
    Column("address_key", Key, nullable=False),
    Column("automatic", Boolean, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("answer", Word(Answer)),
    Column("reply", Words),
    Column("domain", Key),
    Index(None, "address_key", "automatic", "created_at"),
    Index(None, "domain", "automatic", "created_at"),
)

silence = Table(
    "silence",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("to", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("ticket", Id, ForeignKey("ticket.number")),
    Column("after_entry", Id, ForeignKey("inbox.id")),
    Column("at", Utc, nullable=False),
    Index(None, "ticket", "id"),
)

timer = Table(
    "timer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("due_at", Utc, nullable=False),
    Column("kind", Words, nullable=False),
    Column("ticket", Id, ForeignKey("ticket.number"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("fired_at", Utc),
    UniqueConstraint("ticket", "kind", "n"),
    Index(None, "fired_at", "due_at"),
)

directory_row = Table(
    "directory_row",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Key, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("data", sa.JSON, nullable=False),
)

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
