"""What people put right, what clients have said line by line, and what is made of it.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes them, each after those it refers to."""
    for make in (
        _correction,
        _account_line,
        _theme,
        _theme_remark,
        _brief_seen,
        _brief_note,
        _digest_sent,
        _digest_choice,
    ):
        make()
    op.add_column("outbox", sa.Column("waits", sa.JSON(), nullable=True))
    op.create_index(op.f("ix_outbox_mail_from"), "outbox", ["mail_from"])
    op.add_column("outbox_recipient", sa.Column("domain", sa.Text(), nullable=True))
    columns = ["domain", "automatic", "created_at"]
    op.create_index(op.f("ix_outbox_recipient_domain_automatic_created_at"), "outbox_recipient", columns)
    op.add_column("message_seen", sa.Column("named_in", sa.Text(), nullable=True))
    alarm = sa.text("event = 'gathers-clients'")
    op.create_index(
        op.f("ix_ticket_event_alarm"), "ticket_event", ["id"], sqlite_where=alarm, postgresql_where=alarm
    )


def _correction() -> None:
    op.create_table(
        "correction",
        sa.Column("id", ID, nullable=False),
        sa.Column("ticket", ID, nullable=False),
        sa.Column("message", ID, nullable=True),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old_value", sa.Text(), nullable=False),
        sa.Column("new_value", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("taken_back_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.ForeignKeyConstraint(
            ["message"], ["ticket_message.id"], name=op.f("fk_correction_message_ticket_message")
        ),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name=op.f("fk_correction_ticket_ticket")),
    )
    op.create_index(op.f("ix_correction_ticket_id"), "correction", ["ticket", "id"])


def _account_line() -> None:
    op.create_table(
        "account_line",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ticket", ID, nullable=False),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=True),
        sa.Column("author_address", sa.Text(), nullable=True),
        sa.Column("author_key", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by", ID, nullable=True),
        sa.Column("entry", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_line")),
        sa.ForeignKeyConstraint(["entry"], ["inbox.id"], name=op.f("fk_account_line_entry_inbox")),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["account_line.id"], name=op.f("fk_account_line_settled_by_account_line")
        ),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name=op.f("fk_account_line_ticket_ticket")),
    )
    op.create_index(
        op.f("ix_account_line_organisation_kind_key_id"),
        "account_line",
        ["organisation", "kind", "key", "id"],
    )
    op.create_index(op.f("ix_account_line_organisation_id"), "account_line", ["organisation", "id"])
    op.create_index(op.f("ix_account_line_ticket_id"), "account_line", ["ticket", "id"])
    op.create_index(op.f("ix_account_line_author_key_id"), "account_line", ["author_key", "id"])
    op.create_index(op.f("ix_account_line_kind_at"), "account_line", ["kind", "at"])
    unanswered = sa.text("kind = 'question' AND settled_at IS NULL")
    op.create_index(
        op.f("ix_account_line_open_question"),
        "account_line",
        ["organisation", "id"],
        sqlite_where=unanswered,
        postgresql_where=unanswered,
    )


def _theme() -> None:
    op.create_table(
        "theme",
        sa.Column("id", ID, nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("named_by", sa.Text(), nullable=True),
        sa.Column("merged_into", ID, nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.ForeignKeyConstraint(["merged_into"], ["theme.id"], name=op.f("fk_theme_merged_into_theme")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_theme_category_id"), "theme", ["category", "id"])


def _theme_remark() -> None:
    op.create_table(
        "theme_remark",
        sa.Column("line", ID, autoincrement=False, nullable=False),
        sa.Column("theme", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_theme_remark")),
        sa.ForeignKeyConstraint(
            ["line"], ["account_line.id"], name=op.f("fk_theme_remark_line_account_line")
        ),
        sa.ForeignKeyConstraint(["theme"], ["theme.id"], name=op.f("fk_theme_remark_theme_theme")),
    )
    op.create_index(op.f("ix_theme_remark_theme_line"), "theme_remark", ["theme", "line"])
    op.create_index(op.f("ix_theme_remark_at"), "theme_remark", ["at"])


def _brief_seen() -> None:
    op.create_table(
        "brief_seen",
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("line", ID, nullable=False),
        sa.PrimaryKeyConstraint("staff", "organisation", name=op.f("pk_brief_seen")),
    )


def _brief_note() -> None:
    op.create_table(
        "brief_note",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("instead", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_note")),
    )
    op.create_index(op.f("ix_brief_note_organisation_id"), "brief_note", ["organisation", "id"])


def _digest_sent() -> None:
    op.create_table(
        "digest_sent",
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("empty", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("staff", "view", "period", name=op.f("pk_digest_sent")),
    )
    op.create_index(op.f("ix_digest_sent_staff_view_at"), "digest_sent", ["staff", "view", "at"])


def _digest_choice() -> None:
    op.create_table(
        "digest_choice",
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("staff", name=op.f("pk_digest_choice")),
    )
