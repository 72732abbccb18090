"""THE PATH of a message, from the kept bytes to everything that it causes. Intake comes before, delivery after.

parse, extract (in the child) -> gather -> decide -> apply: one transaction, under a lock on the client's organisation.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from mailroute.domain.clock import Clock
from mailroute.domain.decisions import Action, Facts, InboxEntry, Outcome, Reading
from mailroute.domain.directory import Directory
from mailroute.domain.errors import TryLater, Unreadable
from mailroute.domain.outgoing import ComposedMail, Enclosure, MailDraft
from mailroute.domain.policy import Mode, Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.received import InboxId
from mailroute.journal import Journal
from mailroute.outbound.enclose import enclose
from mailroute.parsing.files import files_in
from mailroute.services.apply import Compose, Written, apply
from mailroute.services.client_book import with_briefs
from mailroute.services.decide import decide
from mailroute.services.gather import gather, lock_key, who
from mailroute.services.learning import Lessons
from mailroute.services.outgoing import EnqueueDelivery
from mailroute.services.whole_account import with_whole_accounts
from mailroute.store import directory as directory_rows
from mailroute.store import inbox
from mailroute.store.session import Connection, Store

Read = Callable[[bytes, Directory], Reading]
"""`reading.Reader.read`: raises `Unreadable`."""

Sign = Callable[[ComposedMail], ComposedMail]

TRIES = 3
"""Decisions at once, when another worker changed the ticket between; after that the engine tries again later."""

MOST_DEATHS = 5
"""Workers that may die over one entry before it is set aside: one bad message must not end the service."""


def _unsigned(mail: ComposedMail) -> ComposedMail:
    return mail


@dataclass(slots=True)
class Directories:
    """The directory of people as it stands in the store, loaded again only when its version has changed."""

    _known: Directory | None = None

    def current(self, connection: Connection) -> Directory:
        """The present directory; the same object as long as nothing changes."""
        self._known = directory_rows.refreshed(connection, self._known)
        return self._known


@dataclass(frozen=True, slots=True, kw_only=True)
class MailProcessor:
    """Does hops 3 to 7 for one entry of the inbox. Safe to share between threads."""

    store: Store
    read: Read
    compose: Compose
    enqueue: EnqueueDelivery
    policy: Policy
    clock: Clock
    journal: Journal
    sign: Sign = _unsigned
    """Signs a mail that is whole, with the files that travel along."""
    directories: Directories = field(default_factory=Directories)
    lessons: Lessons = field(default_factory=Lessons)

    def process(self, number: int) -> None:
        """Turn one kept message into everything it causes; nothing when that was done before.

        Raises:
            TryLater: the store was busy. Nothing has been written.
        """
        entry_id = InboxId(number)
        with self.store.read() as connection:
            entry = inbox.load(connection, entry_id)
            if entry is None:
                return
            raw = inbox.raw(connection, entry_id)
            directory = self.directories.current(connection)
        begun = time.monotonic()
        try:
            reading = self.read(raw, directory)
        except Unreadable as why:
            self.quarantine(entry_id, Reason(why.code, why.evidence))
            return
        self.journal.took("read", time.monotonic() - begun)
        begun = time.monotonic()
        done = self._settle(entry, reading, directory, _files(raw, reading))
        self.journal.took("decide and apply", time.monotonic() - begun)
        if done is None:
            return
        self._tell(entry_id, *done)
        if (word := done[0].word_on_held) is not None and word.let_in:
            self.process(word.entry)  # should we die before this, the sweep finds it

    def _settle(
        self, entry: InboxEntry, reading: Reading, directory: Directory, files: Mapping[str, Enclosure]
    ) -> tuple[Outcome, Written] | None:
        for tries_left in reversed(range(TRIES)):
            try:
                return self._settle_once(entry, reading, directory, files)
            except TryLater:
                if not tries_left:
                    raise
        raise AssertionError("the last try returns or raises")

    def _settle_once(
        self, entry: InboxEntry, reading: Reading, directory: Directory, files: Mapping[str, Enclosure]
    ) -> tuple[Outcome, Written] | None:
        now, policy = self.clock.now(), self.policy
        if entry.observed:  # the past is read as it was, and nobody is written to
            now = min(now, entry.received_at)
            # or the tickets would be late as soon as they are there
            silent = replace(policy.followups, enabled=False)
            policy = replace(policy, mode=Mode.OBSERVE, followups=silent)

        def composed(draft: MailDraft, facts: Facts) -> ComposedMail:
            along = [files[sha256] for sha256 in draft.encloses if sha256 in files]
            return self.sign(enclose(self.compose(draft, facts), along))

        identity, _ = who(reading, entry, directory, self.policy)
        with self.store.write() as connection:
            self.store.lock(connection, lock_key(identity))
            if not inbox.is_new(connection, entry.id):
                return None
            facts: Facts = gather(
                connection,
                entry,
                reading,
                directory=directory,
                policy=policy,
                now=now,
                learned=self.lessons.current(connection),
            )
            outcome = with_briefs(connection, facts, decide(facts))
            outcome = with_whole_accounts(connection, facts, outcome)
            return outcome, apply(connection, facts, outcome, compose=composed, enqueue=self.enqueue)

    def _tell(self, entry: InboxId, outcome: Outcome, written: Written) -> None:
        placement, ticket = outcome.placement, outcome.ticket
        ref = str(placement.ticket) if placement.ticket else None
        why = placement.reasons[0].code if placement.reasons else None
        self.journal.decided(entry, action=placement.action, ticket=ref, why=why)
        if placement.action is Action.QUARANTINE:
            self.journal.quarantined(entry, reason=why or "unknown")
        if placement.action is Action.OPEN and ticket:
            self.journal.routed(entry, ticket=str(ticket.ref), pm=ticket.pm, rule=ticket.routing.rule)
        for number, kind, state in written.mails:
            self.journal.mail_written(number, kind=kind, state=state, ticket=ref)
        for silence in outcome.silences:
            self.journal.mail_silenced(kind=silence.kind, reason=silence.reason, ticket=ref)

    def quarantine(self, entry: InboxId, reason: Reason) -> None:
        """Set an entry aside for a person, whatever became of the attempt."""
        with self.store.write() as connection:
            if not inbox.is_new(connection, entry):
                return
            now: datetime = self.clock.now()
            inbox.finish(connection, entry, action=Action.QUARANTINE, ticket=None, reasons=(reason,), at=now)
        self.journal.quarantined(entry, reason=reason.code)

    def worker_died(self, entry: InboxId) -> None:
        """A worker died over this entry; after a few times it is the entry's fault."""
        reason = Reason("worker-died", "the worker ended while this message was in hand")
        with self.store.write() as connection:
            deaths = inbox.failed(connection, entry, reason=reason, at=self.clock.now())
        self.journal.postponed(entry, reason=reason.code, attempt=deaths)
        if deaths >= MOST_DEATHS:
            self.quarantine(entry, reason)


def _files(raw: bytes, reading: Reading) -> dict[str, Enclosure]:
    """The files of a message that has just been read, by SHA-256, as they may travel along with mail of ours."""
    data = files_in(raw, reading.parsed)
    return {
        one.sha256: Enclosure(one.filename or "file", one.content_type, data[one.sha256])
        for one in reading.parsed.attachments
        if one.sha256 in data
    }
