"""A writing desk: where things are done outside the path of a message, with the mails that they cause."""

from dataclasses import dataclass, field
from datetime import datetime

from mailroute.domain.clock import Clock
from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import MailDraft, OutboxId, OutboxState
from mailroute.domain.policy import Policy
from mailroute.domain.ticket import Ticket, TicketRef
from mailroute.services.outgoing import ComposeDraft, EnqueueDelivery, going, write_mail
from mailroute.services.process_mail import Directories
from mailroute.store import tickets
from mailroute.store.session import Connection, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingDesk:
    """What each of them has at hand. Safe to share between threads."""

    store: Store
    compose: ComposeDraft
    enqueue: EnqueueDelivery
    policy: Policy
    clock: Clock
    directories: Directories = field(default_factory=Directories)

    def post(self, connection: Connection, draft: MailDraft, now: datetime) -> OutboxId | None:
        """Write a mail, and have it delivered if the house is live; None when it was written before."""
        state = going(self.policy.mode)
        written = write_mail(connection, draft, self.compose(draft, now), state, now=now, after_entry=None)
        if written is not None and state is OutboxState.QUEUED:
            self.enqueue(connection, written)
        return written

    def locked_ticket(self, connection: Connection, ref: TicketRef) -> Ticket:
        """The ticket, under the lock of its client.

        Raises:
            Misconfigured: there is none.
        """
        ticket = tickets.get(connection, ref)
        if ticket is None:
            raise Misconfigured(f"there is no ticket {ref}; `mailroute tickets --all` lists them")
        lock_client(self.store, connection, ticket)
        return tickets.get(connection, ref) or ticket


def lock_client(store: Store, connection: Connection, ticket: Ticket) -> None:
    """Lock as mail of the ticket's client is locked: the two must not decide at once."""
    store.lock(connection, ticket.organisation or ticket.requester.key or str(ticket.requester))
