"""Handing one mail of the outbox to the smarthost: claim, mark just before the final dot, write down each answer.

A crash before the mark sends again; a crash after it leaves the mail "perhaps sent": a machine's mail is held then,
a person's words go again under the same Message-ID. Nothing can close that window, so it is counted and shown.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from mailroute.domain.clock import Clock
from mailroute.domain.errors import TryLater
from mailroute.domain.outgoing import (
    ComposedMail,
    Deferred,
    Delivery,
    OutboxId,
    OutboxItem,
    OutboxState,
    Refused,
    Sent,
)
from mailroute.domain.policy import Mode, Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import TicketEvent
from mailroute.journal import Journal
from mailroute.outbound.backoff import next_attempt
from mailroute.outbound.transport import code_of, is_unknown
from mailroute.services.gather import undelivered
from mailroute.services.outgoing import ComposeDraft, write_mail
from mailroute.services.process_mail import Directories
from mailroute.store import messages, outbox, recovery, tickets
from mailroute.store.session import Connection, Store
from mailroute.tickets import letters
from mailroute.tickets.aside import owner_to_tell

BeforeDot = Callable[[], Awaitable[None]]
SENDING_IS_STUCK = timedelta(minutes=15)
"""A mail that stood before the dot for so long has lost its sender: RFC 5321 §4.5.3.2.6 gives the answer 10 minutes."""

INSIST_SECONDS = 0.5
"""Between two tries to write down an answer of the smarthost while the database is away."""


class Transport(Protocol):
    """`outbound.transport.SmtpTransport`, or one that only catches."""

    async def deliver(
        self, mail: ComposedMail, recipients: Sequence[str], *, before_dot: BeforeDot | None
    ) -> Mapping[str, Delivery]:
        """Hand *mail* over for *recipients*; an answer for each of them."""
        ...


EnqueueDeliveryAt = Callable[[Connection, OutboxId, datetime | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverer:
    """Does hop 8 for one row of the outbox."""

    store: Store
    transport: Transport
    compose: ComposeDraft
    enqueue: EnqueueDeliveryAt
    policy: Policy
    clock: Clock
    journal: Journal
    directories: Directories

    async def deliver(self, number: int) -> None:
        """Send one mail to those recipients who have no final answer yet.

        Raises:
            TryLater: the store was busy before the final dot; nothing has gone, and the mail may go at once.
        """
        if self.policy.mode is not Mode.LIVE:
            return
        try:
            item = await asyncio.to_thread(self._start, OutboxId(number))
        except TryLater:  # whether the database has noted the claim before it went is not known
            await _insist(partial(self._give_back, OutboxId(number), None))
            raise
        if item is None:
            return

        marked_at: datetime | None = None

        async def before_dot() -> None:
            nonlocal marked_at
            marked_at = self.clock.now()
            if not await asyncio.to_thread(self._mark_sending, item, marked_at):
                raise TryLater("another worker has this mail in hand")

        try:
            results = await self.transport.deliver(item.mail, item.mail.rcpt_to, before_dot=before_dot)
        except TryLater:
            await _insist(partial(self._give_back, item.id, marked_at))
            raise
        if item.automatic and any(is_unknown(result) for result in results.values()):
            await _insist(partial(self._hold, item))
        else:
            await _insist(partial(self._finish, item, results))

    def _start(self, number: OutboxId) -> OutboxItem | None:
        # If the machine dies, a lost claim means that nothing was sent: the mark before the dot, which is kept on the
        # disk, comes later.
        with self.store.write(flush=False) as connection:
            return outbox.start(connection, number, self.clock.now())

    def _mark_sending(self, item: OutboxItem, now: datetime) -> bool:
        with self.store.write() as connection:
            return outbox.mark_sending(connection, item.id, attempt=item.attempts, now=now)

    def _give_back(self, number: OutboxId, marked_at: datetime | None) -> None:
        with self.store.write() as connection:
            recovery.give_back(connection, number, marked_at=marked_at, now=self.clock.now())

    def _finish(self, item: OutboxItem, results: Mapping[str, Delivery]) -> None:
        now = self.clock.now()
        again = next_attempt(item.attempts, now, item.created_at, self.policy.sending.give_up_after)
        with self.store.write() as connection:
            state = outbox.mark_results(
                connection, item.id, results, attempt=item.attempts, now=now, next_attempt_at=again
            )
            if state is OutboxState.QUEUED:
                self.enqueue(connection, item.id, again)
            failed = _failed(results, given_up=state is OutboxState.EXPIRED)
            if failed:
                self._tell_owner(connection, item, failed, now)
        self._tell(item, results, state)

    def _hold(self, item: OutboxItem) -> None:
        """The connection was lost after the dot: a machine's mail may have gone, and must not go twice."""
        with self.store.write() as connection:
            held = recovery.sender_died(connection, item.id, self.clock.now())
        if held is not None:
            self.journal.mail_perhaps_sent(item.id, kind=item.kind)

    def _tell_owner(
        self, connection: Connection, item: OutboxItem, failed: Mapping[str, str], now: datetime
    ) -> None:
        """The client has not got what we wrote: an event on the ticket, and a mail to its owner."""
        ticket = tickets.get(connection, item.ticket) if item.ticket else None
        if ticket is None:
            return
        lost = undelivered(item, failed)
        reasons = tuple(Reason("refused-by-smarthost", answer) for answer in failed.values())
        event = TicketEvent(at=now, event="delivery-failed", by="mailroute", reasons=reasons)
        messages.add_events(connection, ticket.ref, [event])
        directory = self.directories.current(connection)
        owner = owner_to_tell(ticket, directory, lost)
        if owner is None:
            return
        service = self.policy.service
        draft = letters.delivery_failed(lost, ticket, owner, directory, service)
        mail = self.compose(draft, now)
        written = write_mail(connection, draft, mail, OutboxState.QUEUED, now=now, after_entry=None)
        if written is not None:
            self.enqueue(connection, written, None)

    def _tell(self, item: OutboxItem, results: Mapping[str, Delivery], state: OutboxState) -> None:
        worse = [result for result in results.values() if not isinstance(result, Sent)]
        code = code_of(worse[0]) if worse else ""
        if state is OutboxState.SENT:
            self.journal.mail_sent(item.id, kind=item.kind, attempts=item.attempts)
        elif state is OutboxState.QUEUED:
            self.journal.mail_deferred(item.id, kind=item.kind, code=code, attempts=item.attempts)
        else:
            self.journal.mail_refused(item.id, kind=item.kind, code=code)

    def sender_died(self, number: OutboxId) -> None:
        """A worker died over this mail: hold or queue it again, by what is known of how far it came."""
        now = self.clock.now()
        with self.store.write() as connection:
            recovered = recovery.sender_died(connection, number, now)
            if recovered is None:
                return
            if recovered.state is OutboxState.QUEUED:
                self.enqueue(connection, number, None)
        if recovered.state is OutboxState.PERHAPS_SENT:
            self.journal.mail_perhaps_sent(recovered.id, kind=recovered.kind)


async def _insist(write: Callable[[], None]) -> None:
    """Write down what became of a mail, however long the database is away: nobody else knows it."""
    while True:
        try:
            await asyncio.to_thread(write)
        except TryLater:
            await asyncio.sleep(INSIST_SECONDS)
        else:
            return


def _failed(results: Mapping[str, Delivery], *, given_up: bool) -> dict[str, str]:
    """Recipients who will not get it, with the answer."""
    return {
        address: result.reply
        for address, result in results.items()
        if isinstance(result, Refused) or (given_up and isinstance(result, Deferred))
    }
