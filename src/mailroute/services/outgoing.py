"""Writing a mail of ours: into the outbox, with a job when it may go, in the transaction of what causes it."""

from collections.abc import Callable
from datetime import datetime

from mailroute.domain.decisions import SeenMessage
from mailroute.domain.outgoing import ComposedMail, MailDraft, OutboxId, OutboxState
from mailroute.domain.policy import Mode
from mailroute.domain.received import InboxId
from mailroute.store import messages, outbox
from mailroute.store.session import Connection

ComposeDraft = Callable[[MailDraft, datetime], ComposedMail]
EnqueueDelivery = Callable[[Connection, OutboxId], None]


def going(mode: Mode) -> OutboxState:
    """The state of a mail that is to go now."""
    return OutboxState.QUEUED if mode is Mode.LIVE else OutboxState.OBSERVED


def write_mail(
    connection: Connection,
    draft: MailDraft,
    mail: ComposedMail,
    state: OutboxState,
    *,
    now: datetime,
    after_entry: InboxId | None,
) -> OutboxId | None:
    """Put a mail into the outbox, and know its id when it is answered; None when it was written before."""
    written = outbox.add(connection, draft, mail, state=state, now=now, after_entry=after_entry)
    if written is not None and draft.ticket is not None:
        ours = SeenMessage(
            ticket=draft.ticket, entry=None, message_id=mail.message_id, sha256=None, ours=True, at=now
        )
        messages.remember(connection, [ours], organisation=None)
    return written
