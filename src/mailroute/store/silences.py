"""Automatic mail within bounds: how much was written lately, and what was deliberately not written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailroute.domain.outgoing import Silence
from mailroute.domain.received import InboxId
from mailroute.domain.ticket import TicketRef
from mailroute.store.session import Connection
from mailroute.store.tables import inbox, outbox, outbox_recipient, silence


def _counted(rows: sa.Select[int]) -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(rows.limit(sa.bindparam("limit")).subquery())


# the statements of the path are built once: building one costs more than running it
_SENT_TO = _counted(
    sa.select(outbox_recipient.c.outbox).where(
        outbox_recipient.c.address_key == sa.bindparam("key"),
        outbox_recipient.c.automatic.is_(True),
        outbox_recipient.c.created_at >= sa.bindparam("since"),
    )
)
_SENT_TO_DOMAIN = _counted(
    sa.select(outbox_recipient.c.outbox).where(
        outbox_recipient.c.domain == sa.bindparam("domain"),
        outbox_recipient.c.automatic.is_(True),
        outbox_recipient.c.created_at >= sa.bindparam("since"),
    )
)
_AUTOMATIC = _counted(
    sa.select(outbox.c.id).where(outbox.c.automatic.is_(True), outbox.c.created_at >= sa.bindparam("since"))
)


@dataclass(frozen=True, slots=True)
class SilenceLine:
    """A mail that was not written, as a person sees it in a list."""

    silence: Silence
    after: str | None
    """Source or number of the inbox entry that would have caused it."""
    at: datetime


def add_silences(
    connection: Connection, silences: Sequence[Silence], *, now: datetime, after_entry: InboxId | None
) -> None:
    """Writes down mails that were not written, and why."""
    rows = [
        {
            "kind": one.kind,
            "to": one.to,
            "reason": one.reason,
            "ticket": one.ticket.number if one.ticket else None,
            "after_entry": after_entry,
            "at": now,
        }
        for one in silences
    ]
    if rows:
        connection.execute(sa.insert(silence), rows)


def silences(
    connection: Connection, *, ticket: TicketRef | None = None, limit: int = 100
) -> list[SilenceLine]:
    """The newest mails that were not written, newest first."""
    query = (
        sa.select(silence, inbox.c.source)
        .join(inbox, inbox.c.id == silence.c.after_entry, isouter=True)
        .order_by(silence.c.id.desc())
        .limit(limit)
    )
    if ticket is not None:
        query = query.where(silence.c.ticket == ticket.number)
    return [
        SilenceLine(
            Silence(
                kind=row.kind,
                to=row.to,
                reason=row.reason,
                ticket=None if row.ticket is None else TicketRef(row.ticket),
            ),
            after=row.source or (None if row.after_entry is None else str(row.after_entry)),
            at=row.at,
        )
        for row in connection.execute(query)
    ]


def count_sent(
    connection: Connection, address_keys: Collection[str], since: datetime, *, at_most: int = 1000
) -> dict[str, int]:
    """Automatic mails written since then to each of *address_keys*; counting stops at *at_most* each."""
    return {
        key: connection.execute(_SENT_TO, {"key": key, "since": since, "limit": at_most}).scalar_one()
        for key in dict.fromkeys(address_keys)
    }


def count_sent_to_domains(
    connection: Connection, domains: Collection[str], since: datetime, *, at_most: int = 1000
) -> int:
    """Automatic mails written since then to anybody at *domains*; counting stops at *at_most* each."""
    return sum(
        connection.execute(_SENT_TO_DOMAIN, {"domain": one, "since": since, "limit": at_most}).scalar_one()
        for one in dict.fromkeys(domains)
    )


def automatic_since(connection: Connection, since: datetime, *, at_most: int) -> int:
    """Automatic mails written since then; counting stops at *at_most*, so that the cost has a bound."""
    return connection.execute(_AUTOMATIC, {"since": since, "limit": at_most}).scalar_one()
