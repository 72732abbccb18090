"""Mailboxes that are read: how far, and when a door was last used."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self


class After(StrEnum):
    """What is done to a mail in its mailbox once it has been kept."""

    LEAVE = "leave"
    """Nothing: the folder is opened read-only."""
    FLAG = "flag"
    """It is marked as read."""
    MOVE = "move"
    """It is moved to another folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far a folder has been read. UIDs count within one UIDVALIDITY only (RFC 3501 §2.3.1.1)."""

    uidvalidity: int
    taken_uid: int
    """Up to and with this one everything has been kept, or passed over on purpose."""
    settled_uid: int
    """Up to and with this one that was flagged or moved which had to be."""
    since: datetime | None = None
    """Mail that arrived before this moment is none of ours, up to `since_uid`; None: all is."""
    since_uid: int = 0
    """Later ones are ours however old they are: people put old mail into folders."""

    def is_ours(self, uid: int, arrived_at: datetime) -> bool:
        """Whether a message is none of those that lay there before we came."""
        return self.since is None or uid > self.since_uid or arrived_at >= self.since

    def taken(self, uid: int, *, settled: bool) -> Self:
        """The cursor once all up to *uid* has been kept."""
        return replace(self, taken_uid=uid, settled_uid=uid if settled else self.settled_uid)

    @property
    def settled(self) -> Self:
        """The cursor once all that was kept has been flagged or moved."""
        return replace(self, settled_uid=self.taken_uid)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorState:
    """When a door by which mail comes in was last used: `smtp`, `lmtp`, or `account/folder`."""

    name: str
    since: datetime
    """When it was last opened."""
    looked_at: datetime | None = None
    """Of a mailbox: when it was last looked at without trouble. Of the canary: when one was last sent."""
    mail_at: datetime | None = None
    """When mail last came; of the canary, when one last came back."""
    trouble: str | None = None
    """What the last look came to, if it failed: a code for people."""
