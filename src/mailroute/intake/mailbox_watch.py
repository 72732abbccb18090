"""Reading folders of mailboxes: what is new is kept with the cursor in one commit, and only then flagged or moved.

Each folder has a thread and a connection of its own: the library's client is for one thread, IDLE for one folder.
"""

import random
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol

from mailroute.domain.clock import Clock
from mailroute.domain.errors import Misconfigured, TryLater
from mailroute.domain.mailboxes import After, Cursor
from mailroute.domain.received import InboxId, ReceivedMail
from mailroute.intake.imap import ConnectionLost, ImapSession, Listed, LoginRefused, Selected, connect
from mailroute.intake.mailbox_mail import is_wanted, received, too_large
from mailroute.intake.mailbox_settings import Past, WatchedFolder
from mailroute.intake.oauth import SignInNeeded
from mailroute.journal import Journal

LISTED_AT_ONCE = 200
BATCH = 50
"""Messages in one commit, at most."""
BATCH_BYTES = 8 * 2**20
"""Of messages fetched together; a larger one comes alone and in parts."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0
"""Seconds before connecting anew: doubled each time, up to the longest."""
WAIT_AFTER_REFUSAL = 60.0
"""The first wait after a login that was refused: servers lock accounts that try often."""
LAST_UID = 2**32 - 1
CLOCK_SLACK = timedelta(minutes=5)
"""By which a server's clock may be behind ours."""


class Desk(Protocol):
    """Where mail is kept and cursors are noted."""

    def cursor(self, name: str) -> Cursor | None:
        """How far the folder of this name has been read."""

    def keep(
        self,
        name: str,
        cursor: Cursor,
        mails: Sequence[ReceivedMail],
        too_large: Sequence[tuple[ReceivedMail, str]],
    ) -> list[InboxId]:
        """Keep *mails*, quarantine what stands for those that are too large, and note *cursor*: in one commit.

        Gives the numbers of *mails* that were not here before.
        """

    def note(self, name: str, cursor: Cursor) -> None:
        """Note *cursor*."""

    def looked(self, name: str, trouble: str | None) -> None:
        """The folder has just been looked at, or could not be, by this trouble."""

    def knows(self, address: str) -> bool:
        """Whether it is the address of a client or organisation in the directory."""


@dataclass(frozen=True, slots=True)
class Step:
    """A batch that has been dealt with."""

    cursor: Cursor
    uids: int
    """How many messages it was about."""
    entries: tuple[InboxId, ...]
    """Those that were kept for the first time."""


@dataclass(slots=True)
class FolderReader:
    """A folder that is open."""

    watched: WatchedFolder
    session: ImapSession
    desk: Desk
    journal: Journal
    name: str
    """Of its cursor."""
    observed: bool = False

    def take(self, uids: Sequence[int], cursor: Cursor) -> Iterator[Step]:
        """Keep the messages of *uids* (ascending, above the cursor), batch by batch."""
        numbers = iter(uids)
        while few := list(islice(numbers, LISTED_AT_ONCE)):
            with self._step("imap list"):
                listed = self.session.look(few, with_envelope=not self.watched.role.takes_all)
            for batch in _batches(self._wanted(listed, cursor)):
                step = self._take_batch(batch, cursor)
                cursor = step.cursor
                yield step
            if cursor.taken_uid < few[-1]:  # the last ones were none of ours
                cursor = cursor.taken(few[-1], settled=cursor.settled_uid == cursor.taken_uid)
                self.desk.note(self.name, cursor)
                yield Step(cursor, 0, ())

    def settle(self, cursor: Cursor, uids: Sequence[int]) -> Cursor:
        """Flag or move what has been kept, then note that this is done."""
        with self._step("imap settle"):
            if uids and self.watched.after is After.FLAG:
                self.session.mark_read(uids)
            elif uids and self.watched.after is After.MOVE and self.watched.move_to is not None:
                self.session.move(uids, self.watched.move_to)
        with self._step("imap note"):
            self.desk.note(self.name, cursor.settled)
        return cursor.settled

    def settle_rest(self, cursor: Cursor) -> Cursor:
        """What a stop left between commit and flag."""
        if cursor.settled_uid >= cursor.taken_uid:
            return cursor
        uids = self.session.uids_between(cursor.settled_uid + 1, cursor.taken_uid)
        mine = [one.uid for one in self._ours(self.session.look(uids), cursor) if not self._is_too_large(one)]
        return self.settle(cursor, mine)

    def _take_batch(self, batch: Sequence[Listed], cursor: Cursor) -> Step:
        small = [one for one in batch if not self._is_too_large(one)]
        with self._step("imap fetch"):
            texts = self._fetch(small)
        mails = [
            received(texts[one.uid], self.watched, one.uid, at=one.arrived_at, observed=self.observed)
            for one in small
            if one.uid in texts
        ]
        large = [(self._stand_in(one), f"size: {one.size_bytes}") for one in batch if self._is_too_large(one)]
        cursor = cursor.taken(batch[-1].uid, settled=not self.watched.writes)
        with self._step("imap keep"):
            entries = self.desk.keep(self.name, cursor, mails, large)
        if self.watched.writes:
            cursor = self.settle(cursor, list(texts))
        return Step(cursor, len(batch), tuple(entries))

    def _fetch(self, listed: Sequence[Listed]) -> dict[int, bytes]:
        if len(listed) == 1 and listed[0].size_bytes > BATCH_BYTES:
            text = self.session.fetch_large(listed[0].uid, listed[0].size_bytes)
            return {} if text is None else {listed[0].uid: text}
        return self.session.fetch([one.uid for one in listed]) if listed else {}

    def _stand_in(self, listed: Listed) -> ReceivedMail:
        header = self.session.header(listed.uid)
        return too_large(header, self.watched, listed, observed=self.observed)

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.journal.took(name, time.monotonic() - began)

    def _is_too_large(self, listed: Listed) -> bool:
        return listed.size_bytes > self.watched.max_bytes

    def _ours(self, listed: Sequence[Listed], cursor: Cursor) -> list[Listed]:
        return [one for one in listed if cursor.is_ours(one.uid, one.arrived_at)]

    def _wanted(self, listed: Sequence[Listed], cursor: Cursor) -> list[Listed]:
        ours = self._ours(listed, cursor)
        wanted = [one for one in ours if is_wanted(one, self.watched.role, self.desk.knows)]
        if len(wanted) < len(ours):
            self.journal.passed_over(self.watched.name, messages=len(ours) - len(wanted))
        return wanted


def _batches(listed: Sequence[Listed]) -> Iterator[list[Listed]]:
    batch: list[Listed] = []
    size = 0
    for one in listed:
        if batch and (len(batch) >= BATCH or size + one.size_bytes > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += one.size_bytes
    if batch:
        yield batch


TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (LoginRefused, "login-refused"),
    (SignInNeeded, "sign-in-needed"),
    (ConnectionLost, "connection-lost"),
    (TryLater, "store-busy"),
    (Misconfigured, "misconfigured"),
)
"""What a failed look is called; the first that fits. Anything else is `broken`."""
HOPELESS = frozenset({"login-refused", "sign-in-needed", "misconfigured"})
"""Troubles that do not pass by themselves."""


@dataclass(slots=True)
class FolderWatch:
    """Watches one folder until it is told to stop, whatever becomes of the server."""

    watched: WatchedFolder
    desk: Desk
    clock: Clock
    journal: Journal
    chance: random.Random = field(default_factory=random.SystemRandom)
    _wait: float = FIRST_WAIT
    """Seconds before the next connection."""

    def run(self, stop: threading.Event) -> None:
        """Watch; every failure is told and tried again, later each time."""
        while not stop.is_set():
            try:
                self._session(stop)
            except Exception as error:  # noqa: BLE001 - whatever breaks in one folder, the watch over it goes on and tells
                self._trouble(error)
            if not stop.is_set():
                stop.wait(self._wait * (0.75 + self.chance.random() / 2))
                self._wait = min(self._wait * 2, LONGEST_WAIT)

    def _session(self, stop: threading.Event) -> None:
        with connect(self.watched.account) as session:
            reader = FolderReader(self.watched, session, self.desk, self.journal, self.watched.name)
            selected = session.select(self.watched.folder, writes=self.watched.writes)
            self.journal.started("mailbox", where=self.watched.name)
            cursor = reader.settle_rest(self._cursor(session, selected))
            uidnext = selected.uidnext
            while not stop.is_set():
                for uids in session.uids_after(cursor.taken_uid, uidnext):
                    for step in reader.take(uids, cursor):
                        cursor = step.cursor
                        if stop.is_set():
                            return
                uidnext = None
                self.desk.looked(self.watched.name, None)
                self._wait = FIRST_WAIT
                self._renew_token()
                session.wait(stop)

    def _renew_token(self) -> None:
        """Ahead of its end, while the session works: that a right was withdrawn is told before it is missed."""
        if self.watched.account.tokens is None:
            return
        try:
            self.watched.account.tokens.token()
        except TryLater as error:
            self._tell(error)

    def _cursor(self, session: ImapSession, selected: Selected) -> Cursor:
        known = self.desk.cursor(self.watched.name)
        uidvalidity = selected.uidvalidity
        if known is not None and known.uidvalidity == uidvalidity:
            return known
        last = selected.uidnext - 1 if selected.uidnext is not None else _last(session)
        if known is not None:  # the server counts anew: look at everything, know again what is here
            self.journal.counted_anew(self.watched.name)
            fresh = Cursor(
                uidvalidity=uidvalidity, taken_uid=0, settled_uid=0, since=known.since, since_uid=last
            )
        elif self.watched.from_the_start:
            fresh = Cursor(uidvalidity=uidvalidity, taken_uid=0, settled_uid=0)
        else:
            since = self.clock.now() - CLOCK_SLACK
            fresh = Cursor(
                uidvalidity=uidvalidity, taken_uid=last, settled_uid=last, since=since, since_uid=last
            )
        self.desk.note(self.watched.name, fresh)
        return fresh

    def _trouble(self, error: Exception) -> None:
        if self._tell(error) in HOPELESS:
            self._wait = max(self._wait, WAIT_AFTER_REFUSAL)

    def _tell(self, error: Exception) -> str:
        code = next((code for kind, code in TROUBLES if isinstance(error, kind)), "broken")
        self.journal.mailbox_troubled(self.watched.name, trouble=code, error=error)
        try:
            self.desk.looked(self.watched.name, code)
        except TryLater as busy:
            self.journal.failed("mailbox", busy)
        return code


def _last(session: ImapSession) -> int:
    """The highest UID there is, for servers that do not tell the next one."""
    return max((uid for uids in session.uids_after(0, None) for uid in uids), default=0)


def read_past(reader: FolderReader, past: Past, *, uidvalidity: int) -> tuple[int, Iterator[Step]]:
    """How many messages of the past are still to be read, and their batches; goes on where it was stopped."""
    known = reader.desk.cursor(reader.name)
    start = Cursor(uidvalidity=uidvalidity, taken_uid=0, settled_uid=0, since=past.since, since_uid=LAST_UID)
    cursor = known if known is not None and known.uidvalidity == uidvalidity else start
    day = _day_before(past.since)
    uids = [uid for uid in reader.session.uids_since(day.date()) if uid > cursor.taken_uid]
    return len(uids), reader.take(uids, cursor)


def _day_before(moment: datetime) -> datetime:
    """SEARCH SINCE knows days alone, and the server's zone may be another one."""
    return moment - timedelta(days=1)
