"""Replies that wait for their author's word: let go, dropped, or gone by themselves when the time is up."""

from dataclasses import dataclass

from mailroute.domain.clock import Clock
from mailroute.domain.decisions import WaitingReply
from mailroute.domain.outgoing import OutboxId, OutboxState
from mailroute.domain.policy import Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.received import InboxId
from mailroute.services.apply import settle_waiting, write_change
from mailroute.services.desk import lock_client
from mailroute.services.outgoing import EnqueueDelivery
from mailroute.store import tickets, waiting
from mailroute.store.session import Store
from mailroute.tickets.actions import How
from mailroute.tickets.waiting import dropped, goes


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingReplies:
    """What becomes of them outside of mail. Safe to share between threads."""

    store: Store
    policy: Policy
    clock: Clock
    enqueue: EnqueueDelivery

    def release_due(self) -> int:
        """Let go every reply whose time is up without a word; how many."""
        with self.store.read() as connection:
            due = waiting.due(connection, self.clock.now())
        why = Reason("nobody-objected", "the time is up without a word of the author")
        return sum(self._settle(entry, True, "mailroute", How.RULE, why) is not None for entry, _ in due)

    def word(self, mail: OutboxId, *, send: bool, by: str, how: How) -> bool:
        """Let a reply go, or drop it, in the name of *by*; False when the mail is none that waits."""
        with self.store.read() as connection:
            entry = waiting.entry_of(connection, mail)
        why = Reason("said-so", f"{by}: {'send' if send else 'drop'}")
        return entry is not None and self._settle(entry, send, by, how, why) is not None

    def _settle(self, entry: InboxId, send: bool, by: str, how: How, why: Reason) -> WaitingReply | None:
        now = self.clock.now()
        with self.store.write() as connection:
            found = waiting.find(connection, entry)
            if found is None or found.state is not OutboxState.WAITING:
                return None
            ticket = tickets.get(connection, found.ticket)
            assert ticket is not None, "no ticket is ever deleted"
            lock_client(self.store, connection, ticket)
            change = (
                goes(ticket, found, why, by=by, how=str(how), now=now)
                if send
                else dropped(ticket, why, by=by, how=str(how), now=now)
            )
            settle_waiting(connection, found, send, self.policy.mode, self.enqueue, now)
            write_change(connection, change, self.policy)
        return found
