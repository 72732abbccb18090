"""The past of a mailbox, read once into tickets: nothing is sent because of it, in whatever mode the service runs.

It goes on where it was stopped: the cursor moves in the commit that keeps the mail.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from mailroute.domain.mailboxes import After
from mailroute.domain.received import FolderRole, InboxId
from mailroute.intake.imap import connect
from mailroute.intake.mailbox_settings import Past, WatchedFolder
from mailroute.intake.mailbox_watch import FolderReader, read_past
from mailroute.journal import Journal
from mailroute.services.mailboxes import MailboxDesk, watched_folder
from mailroute.settings import Settings
from mailroute.store import inbox
from mailroute.store.session import Store

ORDER = tuple(FolderRole)
"""Sent mail last: it joins tickets that the other folders open."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What has been done with a folder so far."""

    folder: str
    looked_at: int
    of: int
    kept: int


Show = Callable[[Progress], None]


def folders_of_past(settings: Settings, account: str, folder: str | None) -> tuple[WatchedFolder, ...]:
    """The folders to read: the one asked for, as what it is set to be, or all that are watched."""
    roles = settings.imap[account].folders if account in settings.imap else {}
    wanted = roles if folder is None else {folder: roles.get(folder, FolderRole.SHARED)}
    if not wanted:
        watched_folder(settings, account, "", FolderRole.SHARED)  # says that there is no such account
    ordered = sorted(wanted.items(), key=lambda item: ORDER.index(item[1]))
    return tuple(
        replace(watched_folder(settings, account, name, role), after=After.LEAVE, move_to=None)
        for name, role in ordered
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """Reads the past of folders."""

    store: Store
    desk: MailboxDesk
    journal: Journal
    process: Callable[[int], None] | None
    """`MailProcessor.process`; None leaves the mails to a running service."""

    def read(self, watched: WatchedFolder, day: date, timezone: str, show: Show) -> Progress:
        """Keep and work through what has come into a folder since *day*.

        Raises:
            TryLater: the server is gone or the store is busy. What is done is done; the next run goes on from there.
        """
        self._finish_what_was_left()
        past = Past(datetime.combine(day, time(), ZoneInfo(timezone)))
        with connect(watched.account) as session:
            uidvalidity = session.select(watched.folder, writes=False).uidvalidity
            name = f"past of {watched.name} since {day}"
            reader = FolderReader(watched, session, self.desk, self.journal, name, observed=True)
            total, steps = read_past(reader, past, uidvalidity=uidvalidity)
            done = Progress(watched.name, 0, total, 0)
            show(done)
            for step in steps:
                for entry in step.entries:
                    self._work_through(entry)
                looked = min(total, done.looked_at + step.uids)
                done = Progress(watched.name, looked, total, done.kept + len(step.entries))
                show(done)
        return done

    def _work_through(self, entry: InboxId) -> None:
        if self.process is not None:
            self.process(entry)

    def _finish_what_was_left(self) -> None:
        """Mail of the past that a stop left between keeping and working through."""
        if self.process is None:
            return
        with self.store.read() as connection:
            left = inbox.past_that_waits(connection)
        for entry in left:
            self.process(entry)
