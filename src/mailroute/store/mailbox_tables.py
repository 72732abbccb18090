"""Tables of the doors by which mail comes in: how far each mailbox has been read, and when each door was last used."""

from sqlalchemy import BigInteger, Column, Table, Text

from mailroute.store.base import metadata
from mailroute.store.columns import Utc

imap_cursor = Table(
    "imap_cursor",
    metadata,
    Column("name", Text, primary_key=True),  # account/folder; of a backfill with its first day
    Column("uidvalidity", BigInteger, nullable=False),
    Column("taken_uid", BigInteger, nullable=False),
    Column("settled_uid", BigInteger, nullable=False),
    Column("since", Utc),
    Column("since_uid", BigInteger, nullable=False),
)

door = Table(
    "door",
    metadata,
    Column("name", Text, primary_key=True),
    Column("since", Utc, nullable=False),
    Column("looked_at", Utc),
    Column("mail_at", Utc),
    Column("trouble", Text),
)
