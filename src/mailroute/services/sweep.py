"""What the business tables know and the job engine may have lost: rows that wait without a job."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from mailroute.domain.clock import Clock
from mailroute.domain.outgoing import OutboxId, OutboxState
from mailroute.domain.received import InboxId
from mailroute.journal import Journal
from mailroute.services.deliver_outbox import SENDING_IS_STUCK
from mailroute.services.outgoing import EnqueueDelivery
from mailroute.store import inbox, outbox
from mailroute.store.session import Connection, Store

EnqueueEntries = Callable[[Connection, Sequence[InboxId]], None]

PATIENCE = timedelta(minutes=2)
"""How long a kept message may wait before its job is asked for again; the queueing lock makes that harmless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Every minute: a job for each row that should have one."""

    store: Store
    enqueue_entries: EnqueueEntries
    enqueue_delivery: EnqueueDelivery
    clock: Clock
    journal: Journal
    fire_timers: Callable[[], int] | None = None
    """`TimerDesk.fire_due`."""
    send_digests: Callable[[], int] | None = None
    """`DigestDesk.send_due`."""
    release: Callable[[], int] | None = None
    """`WaitingReplies.release_due`."""
    look_round: Callable[[], None] | None = None
    """`SilenceWatch`."""

    def __call__(self) -> None:
        """Ask again for waiting entries and due mails; settle mails that lost their sender at the final dot.

        Timers of tickets fire; replies that waited for a word long enough go.
        """
        if self.fire_timers is not None:
            self.fire_timers()
        if self.send_digests is not None:
            self.send_digests()
        if self.release is not None:
            self.release()
        if self.look_round is not None:
            self.look_round()
        now = self.clock.now()
        with self.store.write() as connection:
            entries = inbox.waiting(connection, now - PATIENCE)
            self.enqueue_entries(connection, entries)
            recovered = outbox.recover_sending(connection, now - SENDING_IS_STUCK)
            mails = outbox.due(connection, now - PATIENCE)
            again: list[OutboxId] = [r.id for r in recovered if r.state is OutboxState.QUEUED]
            for mail in (*mails, *again):
                self.enqueue_delivery(connection, mail)
        for one in recovered:
            if one.state is OutboxState.PERHAPS_SENT:
                self.journal.mail_perhaps_sent(one.id, kind=one.kind)
        for what, rows in (("inbox", len(entries)), ("outbox", len(mails))):
            if rows:
                self.journal.swept(what=what, rows=rows)
