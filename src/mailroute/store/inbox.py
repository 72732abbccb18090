"""Kept messages: nothing a sender was told 250 for is ever lost from here."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailroute.domain.decisions import Action, InboxEntry
from mailroute.domain.errors import TryLater
from mailroute.domain.reasons import Reason
from mailroute.domain.received import Envelope, InboxId, ReceivedMail, Verdict
from mailroute.domain.ticket import TicketRef
from mailroute.store import codec
from mailroute.store.dialects import insert_new
from mailroute.store.session import Connection
from mailroute.store.tables import InboxState, inbox, raw_message

AFTERWARDS = {
    Action.OPEN: InboxState.DONE,
    Action.APPEND: InboxState.DONE,
    Action.DUPLICATE: InboxState.DONE,
    Action.IGNORE: InboxState.DONE,
    Action.HOLD: InboxState.HELD,
    Action.QUARANTINE: InboxState.QUARANTINED,
}
"""Where an entry stands once this was decided about it."""


# the statements of the path are built once: building one costs more than running it
_THIS = inbox.c.id == sa.bindparam("entry")
_LOAD = sa.select(inbox).where(_THIS, inbox.c.state == InboxState.NEW)
_RAW = sa.select(raw_message.c.bytes).join(inbox, inbox.c.sha256 == raw_message.c.sha256).where(_THIS)
_STATE = sa.select(inbox.c.state).where(_THIS)
_STATE_LOCKED = _STATE.with_for_update()
_CHANGE_NEW = sa.update(inbox).where(_THIS, inbox.c.state == InboxState.NEW)


HELD_AS_SPAM = "spam-by-border"
"""The reason that stays with an entry that a person lets in, until it is decided anew."""


@dataclass(frozen=True, slots=True)
class Kept:
    """That a message is on disk, and under which number."""

    id: InboxId
    fresh: bool
    """False when this arrival had been kept before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxLine:
    """An entry as a person sees it in a list."""

    entry: InboxEntry
    state: InboxState
    action: Action | None
    ticket: TicketRef | None
    reasons: tuple[Reason, ...]
    """Of the decision; for one that still waits, of the last failure."""
    changed_at: datetime
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What became of everything that was ever kept."""

    received: int
    opened: int
    appended: int
    duplicates: int
    ignored: int
    held: int
    quarantined: int
    waiting: int

    @property
    def accounted_for(self) -> int:
        """Everything whose fate is known, or that is still to be worked on."""
        done = self.opened + self.appended + self.duplicates + self.ignored
        return done + self.held + self.quarantined + self.waiting

    @property
    def close(self) -> bool:
        """Whether every message received is accounted for."""
        return self.received == self.accounted_for


def keep(connection: Connection, mails: Sequence[ReceivedMail]) -> list[Kept]:
    """Keeps *mails*, in order; three statements for any number of them. An arrival kept before keeps its number."""
    if not mails:
        return []
    hashes = [hashlib.sha256(mail.raw).hexdigest() for mail in mails]
    raws = {sha256: mail.raw for sha256, mail in zip(hashes, mails, strict=True)}
    connection.execute(
        insert_new(connection, raw_message, "sha256"),
        # in one order everywhere, so that two batches with the same messages cannot wait for each other
        [{"sha256": sha256, "bytes": raws[sha256], "size": len(raws[sha256])} for sha256 in sorted(raws)],
    )
    keys = [codec.short(codec.clean(mail.source_key)) for mail in mails]
    rows = {key: _row(mail, sha) for key, mail, sha in reversed(list(zip(keys, mails, hashes, strict=True)))}
    made = connection.execute(
        insert_new(connection, inbox, "source_key", returning=("source_key", "id")),
        [rows[key] for key in dict.fromkeys(keys)],
    )
    fresh: dict[str, int] = {row.source_key: row.id for row in made}
    known: dict[str, int] = {}
    if missing := [key for key in rows if key not in fresh]:
        found = connection.execute(
            sa.select(inbox.c.source_key, inbox.c.id).where(inbox.c.source_key.in_(missing))
        )
        known = {row.source_key: row.id for row in found}
    kept = []
    for key in keys:
        number = fresh.pop(key, None)  # the second arrival under one key within a batch is not fresh
        kept.append(Kept(InboxId(number if number is not None else known[key]), fresh=number is not None))
        known.setdefault(key, kept[-1].id)
    return kept


def load(connection: Connection, entry: InboxId) -> InboxEntry | None:
    """The entry if it still waits to be worked on; None when there is nothing left to do."""
    row = connection.execute(_LOAD, {"entry": entry}).one_or_none()
    return None if row is None else _entry(row)


def raw(connection: Connection, entry: InboxId) -> bytes:
    """The bytes of the message of *entry*, in whatever state."""
    return bytes(connection.execute(_RAW, {"entry": entry}).scalar_one())


def is_new(connection: Connection, entry: InboxId, *, lock: bool = True) -> bool:
    """Whether *entry* still waits to be worked on; with *lock* nobody else can change that in this transaction."""
    state = connection.execute(_STATE_LOCKED if lock else _STATE, {"entry": entry}).scalar()
    return state is InboxState.NEW


def finish(
    connection: Connection,
    entry: InboxId,
    *,
    action: Action,
    ticket: TicketRef | None,
    reasons: Sequence[Reason],
    at: datetime,
) -> None:
    """Writes down what became of *entry*: done, held for a person, or quarantined.

    Raises:
        TryLater: Somebody else has finished it meanwhile; roll back and look again.
    """
    finished = connection.execute(
        _CHANGE_NEW,
        {
            "entry": entry,
            "state": AFTERWARDS[action],
            "action": action,
            "ticket": ticket.number if ticket else None,
            "reasons": tuple(reasons),
            "changed_at": at,
        },
    )
    if finished.rowcount != 1:
        raise TryLater(f"inbox entry {entry} was finished meanwhile")


def failed(connection: Connection, entry: InboxId, *, reason: Reason, at: datetime) -> int:
    """Counts an attempt that came to nothing; the entry waits on. How many there have been (0: it does not wait)."""
    counted = connection.execute(
        sa.update(inbox)
        .where(inbox.c.id == entry, inbox.c.state == InboxState.NEW)
        .values(attempts=inbox.c.attempts + 1, reasons=(reason,), changed_at=at)
        .returning(inbox.c.attempts)
    )
    attempts: int | None = counted.scalar_one_or_none()
    return attempts or 0


def retry(connection: Connection, entry: InboxId, *, vouched: Verdict | None = None) -> bool:
    """Lets a held or quarantined entry be worked on afresh; whether it was one.

    With *vouched* a person has said who wrote it: that counts instead of what the headers prove.
    """
    changed: dict[str, Any] = {"state": InboxState.NEW, "action": None, "ticket": None, "attempts": 0}
    if vouched is not None:
        changed["vouched"] = vouched
    again = connection.execute(
        sa.update(inbox)
        .where(inbox.c.id == entry, inbox.c.state.in_([InboxState.HELD, InboxState.QUARANTINED]))
        .values(changed)
    )
    return again.rowcount == 1


def drop(connection: Connection, entry: InboxId, *, reason: Reason, at: datetime) -> bool:
    """Puts a held entry aside for good, by a person's word; whether it was held."""
    dropped = connection.execute(
        sa.update(inbox)
        .where(inbox.c.id == entry, inbox.c.state == InboxState.HELD)
        .values(state=InboxState.DONE, action=Action.IGNORE, reasons=(reason,), changed_at=at)
    )
    return dropped.rowcount == 1


def listing(
    connection: Connection,
    *,
    state: InboxState | None = None,
    limit: int = 100,
    before: InboxId | None = None,
) -> list[InboxLine]:
    """The newest entries, newest first; *before* asks for the page after that entry."""
    newest = _lines().order_by(inbox.c.id.desc()).limit(limit)
    if state is not None:
        newest = newest.where(inbox.c.state == state)
    if before is not None:
        newest = newest.where(inbox.c.id < before)
    return [_line(row) for row in connection.execute(newest)]


def line(connection: Connection, entry: InboxId) -> InboxLine | None:
    """One entry, in whatever state."""
    row = connection.execute(_lines().where(inbox.c.id == entry)).one_or_none()
    return None if row is None else _line(row)


def waiting(connection: Connection, older_than: datetime, limit: int = 1000) -> list[InboxId]:
    """Entries that have waited since before *older_than*, in the order in which they came, for the sweep."""
    found = connection.scalars(
        sa.select(inbox.c.id)
        .where(inbox.c.state == InboxState.NEW, inbox.c.changed_at < older_than)
        .order_by(inbox.c.id)
        .limit(limit)
    )
    return [InboxId(number) for number in found]


def past_that_waits(connection: Connection, limit: int = 10_000) -> list[InboxId]:
    """Entries of a mailbox's past that were kept and not yet worked on, in order."""
    found = connection.scalars(
        sa.select(inbox.c.id)
        .where(inbox.c.state == InboxState.NEW, inbox.c.observed)
        .order_by(inbox.c.id)
        .limit(limit)
    )
    return [InboxId(number) for number in found]


def books(connection: Connection) -> Books:
    """The books, in one query over one index."""
    counted = connection.execute(
        sa.select(inbox.c.state, inbox.c.action, sa.func.count()).group_by(inbox.c.state, inbox.c.action)
    )
    counts: dict[tuple[InboxState, Action | None], int] = {
        (state, action): count for state, action, count in counted
    }

    def of(action: Action) -> int:
        return counts.get((AFTERWARDS[action], action), 0)

    return Books(
        received=sum(counts.values()),
        opened=of(Action.OPEN),
        appended=of(Action.APPEND),
        duplicates=of(Action.DUPLICATE),
        ignored=of(Action.IGNORE),
        held=of(Action.HOLD),
        quarantined=of(Action.QUARANTINE),
        waiting=counts.get((InboxState.NEW, None), 0),
    )


def _row(mail: ReceivedMail, sha256: str) -> dict[str, Any]:
    return {
        "source_key": mail.source_key,
        "sha256": sha256,
        "mail_from": mail.envelope.mail_from,
        "rcpt_to": mail.envelope.rcpt_to,
        "channel": mail.channel,
        "received_at": mail.received_at,
        "source": mail.source,
        "vouched": mail.vouched,
        "state": InboxState.NEW,
        "reasons": (),
        "attempts": 0,
        "changed_at": mail.received_at,
        "folder": mail.folder,
        "owner": mail.owner,
        "observed": mail.observed,
    }


def _entry(row: sa.Row[Any]) -> InboxEntry:
    return InboxEntry(
        id=InboxId(row.id),
        envelope=Envelope(row.mail_from, row.rcpt_to),
        channel=row.channel,
        received_at=row.received_at,
        source=row.source,
        vouched=row.vouched,
        sha256=row.sha256,
        attempts=row.attempts,
        folder=row.folder,
        owner=row.owner,
        observed=row.observed,
        released=row.state is InboxState.NEW and any(one.code == HELD_AS_SPAM for one in row.reasons),
    )


def _lines() -> sa.Select[Any]:
    return sa.select(inbox, raw_message.c.size).join(raw_message, inbox.c.sha256 == raw_message.c.sha256)


def _line(row: sa.Row[Any]) -> InboxLine:
    return InboxLine(
        entry=_entry(row),
        state=row.state,
        action=row.action,
        ticket=None if row.ticket is None else TicketRef(row.ticket),
        reasons=row.reasons,
        changed_at=row.changed_at,
        size_bytes=row.size,
    )
