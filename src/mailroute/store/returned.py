"""Mail of ours that came back after it had been sent."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from mailroute.domain.address import address_key
from mailroute.domain.outgoing import OutboxId, OutboxItem, OutboxState
from mailroute.store.outbox import load
from mailroute.store.session import Connection
from mailroute.store.tables import Answer, outbox, outbox_recipient

_BY_RETURN_PATH = (
    sa.select(outbox.c.id)
    .where(outbox.c.mail_from == sa.bindparam("mail_from"))
    .order_by(outbox.c.id.desc())
    .limit(1)
)


def find_by_return_path(connection: Connection, mail_from: str) -> OutboxItem | None:
    """The mail of ours that has this return path."""
    number = connection.execute(_BY_RETURN_PATH, {"mail_from": mail_from}).scalar()
    return None if number is None else load(connection, OutboxId(number))


def mark_bounced(
    connection: Connection, item: OutboxId, answers: Mapping[str, str], *, now: datetime
) -> None:
    """Writes down who has not got it, with the words of the report; nobody of ours named in it means everybody.

    The mail is `bounced` when it came back from everybody it had been handed over for.
    """
    rows = connection.execute(sa.select(outbox_recipient).where(outbox_recipient.c.outbox == item)).all()
    named = {address_key(address): answer for address, answer in answers.items()}
    words = next(iter(answers.values()), "bounced")
    if not any(row.address_key in named for row in rows):
        named = {row.address_key: words for row in rows}
    left = False
    for row in rows:
        if row.address_key not in named:
            left = left or row.answer is not Answer.REFUSED
            continue
        connection.execute(
            sa.update(outbox_recipient)
            .where(outbox_recipient.c.outbox == item, outbox_recipient.c.position == row.position)
            .values(answer=Answer.REFUSED, reply=named[row.address_key])
        )
    if not left:
        connection.execute(
            sa.update(outbox)
            .where(outbox.c.id == item, outbox.c.state == OutboxState.SENT)
            .values(state=OutboxState.BOUNCED, changed_at=now)
        )
