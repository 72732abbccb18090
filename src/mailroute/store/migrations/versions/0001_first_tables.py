"""The first tables.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
NOT_CLOSED = sa.text("status != 'closed'")


def upgrade() -> None:
    """Makes them, each after those it refers to."""
    for make in (
        _directory_row,
        _meta,
        _raw_message,
        _spare_ref,
        _ticket,
        _workload,
        _inbox,
        _participant,
        _ticket_event,
        _timer,
        _message_seen,
        _outbox,
        _silence,
        _ticket_message,
        _outbox_recipient,
    ):
        make()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.schema.CreateSequence(sa.Sequence("ticket_number")))


def _directory_row() -> None:
    op.create_table(
        "directory_row",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_directory_row")),
    )


def _meta() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )


def _raw_message() -> None:
    op.create_table(
        "raw_message",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_raw_message")),
    )


def _spare_ref() -> None:
    op.create_table(
        "spare_ref",
        sa.Column("number", ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_spare_ref")),
    )


def _ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("number", ID, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("whose_move", sa.Text(), nullable=False),
        sa.Column("requester_name", sa.Text(), nullable=True),
        sa.Column("requester_address", sa.Text(), nullable=True),
        sa.Column("requester_key", sa.Text(), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("project", sa.Text(), nullable=True),
        sa.Column("rep", sa.Text(), nullable=True),
        sa.Column("pm", sa.Text(), nullable=True),
        sa.Column("routing", sa.JSON(), nullable=False),
        sa.Column("issue", sa.JSON(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ticket")),
    )
    op.create_index(
        op.f("ix_ticket_live_organisation"),
        "ticket",
        ["organisation", "updated_at"],
        sqlite_where=NOT_CLOSED,
        postgresql_where=NOT_CLOSED,
    )
    op.create_index(
        op.f("ix_ticket_live_requester"),
        "ticket",
        ["requester_key", "updated_at"],
        sqlite_where=NOT_CLOSED,
        postgresql_where=NOT_CLOSED,
    )
    op.create_index(op.f("ix_ticket_organisation_number"), "ticket", ["organisation", "number"])
    op.create_index(op.f("ix_ticket_pm_number"), "ticket", ["pm", "number"])
    op.create_index(op.f("ix_ticket_rep_number"), "ticket", ["rep", "number"])


def _workload() -> None:
    op.create_table(
        "workload",
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("open_tickets", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("staff", name=op.f("pk_workload")),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("mail_from", sa.Text(), nullable=True),
        sa.Column("rcpt_to", sa.JSON(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("vouched", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("ticket", ID, nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("folder", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("observed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.CheckConstraint("(state = 'new') = (action IS NULL)", name=op.f("ck_inbox_decided")),
        sa.CheckConstraint(
            "ticket IS NOT NULL OR action NOT IN ('open', 'append')", name=op.f("ck_inbox_placed")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["raw_message.sha256"], name=op.f("fk_inbox_sha256_raw_message")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name=op.f("fk_inbox_ticket_ticket")),
        sa.UniqueConstraint("source_key", name=op.f("uq_inbox_source_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_inbox_state_action"), "inbox", ["state", "action"])
    op.create_index(op.f("ix_inbox_state_id"), "inbox", ["state", "id"])


def _participant() -> None:
    op.create_table(
        "participant",
        sa.Column("ticket", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("ticket", "position", name=op.f("pk_participant")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name=op.f("fk_participant_ticket_ticket")),
    )


def _ticket_event() -> None:
    op.create_table(
        "ticket_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("ticket", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_event")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name=op.f("fk_ticket_event_ticket_ticket")),
    )
    op.create_index(op.f("ix_ticket_event_ticket_id"), "ticket_event", ["ticket", "id"])


def _timer() -> None:
    op.create_table(
        "timer",
        sa.Column("id", ID, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ticket", ID, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("fired_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timer")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name=op.f("fk_timer_ticket_ticket")),
        sa.UniqueConstraint("ticket", "kind", "n", name=op.f("uq_timer_ticket_kind_n")),
    )
    op.create_index(op.f("ix_timer_fired_at_due_at"), "timer", ["fired_at", "due_at"])


def _message_seen() -> None:
    op.create_table(
        "message_seen",
        sa.Column("id", ID, nullable=False),
        sa.Column("ticket", ID, nullable=False),
        sa.Column("entry", ID, nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_seen")),
        sa.ForeignKeyConstraint(["entry"], ["inbox.id"], name=op.f("fk_message_seen_entry_inbox")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name=op.f("fk_message_seen_ticket_ticket")),
    )
    op.create_index(
        op.f("ix_message_seen_fingerprint_organisation_id"),
        "message_seen",
        ["fingerprint", "organisation", "id"],
    )
    op.create_index(op.f("ix_message_seen_message_id_id"), "message_seen", ["message_id", "id"])
    op.create_index(op.f("ix_message_seen_ticket_id"), "message_seen", ["ticket", "id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ticket", ID, nullable=True),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("to", sa.JSON(), nullable=False),
        sa.Column("cc", sa.JSON(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("mail_from", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=True),
        sa.Column("after_entry", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.ForeignKeyConstraint(["after_entry"], ["inbox.id"], name=op.f("fk_outbox_after_entry_inbox")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name=op.f("fk_outbox_ticket_ticket")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outbox_automatic_created_at"), "outbox", ["automatic", "created_at"])
    op.create_index(op.f("ix_outbox_state_next_attempt_at"), "outbox", ["state", "next_attempt_at"])
    op.create_index(op.f("ix_outbox_ticket_id"), "outbox", ["ticket", "id"])


def _silence() -> None:
    op.create_table(
        "silence",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ticket", ID, nullable=True),
        sa.Column("after_entry", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silence")),
        sa.ForeignKeyConstraint(["after_entry"], ["inbox.id"], name=op.f("fk_silence_after_entry_inbox")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name=op.f("fk_silence_ticket_ticket")),
    )
    op.create_index(op.f("ix_silence_ticket_id"), "silence", ["ticket", "id"])


def _ticket_message() -> None:
    op.create_table(
        "ticket_message",
        sa.Column("id", ID, nullable=False),
        sa.Column("ticket", ID, nullable=False),
        sa.Column("entry", ID, nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=True),
        sa.Column("author_address", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_message")),
        sa.ForeignKeyConstraint(["entry"], ["inbox.id"], name=op.f("fk_ticket_message_entry_inbox")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name=op.f("fk_ticket_message_ticket_ticket")),
        sa.UniqueConstraint("entry", "role", name=op.f("uq_ticket_message_entry_role")),
    )
    op.create_index(op.f("ix_ticket_message_ticket_id"), "ticket_message", ["ticket", "id"])


def _outbox_recipient() -> None:
    op.create_table(
        "outbox_recipient",
        sa.Column("outbox", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("address_key", sa.Text(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("outbox", "position", name=op.f("pk_outbox_recipient")),
        sa.ForeignKeyConstraint(["outbox"], ["outbox.id"], name=op.f("fk_outbox_recipient_outbox_outbox")),
    )
    op.create_index(
        op.f("ix_outbox_recipient_address_key_automatic_created_at"),
        "outbox_recipient",
        ["address_key", "automatic", "created_at"],
    )
