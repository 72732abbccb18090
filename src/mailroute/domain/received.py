"""A message as it arrived: bytes, envelope and the way it came. Nothing in here has been read yet."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

InboxId = NewType("InboxId", int)


class Channel(StrEnum):
    """By which door a message came in."""

    SMTP = "smtp"
    LMTP = "lmtp"
    IMAP = "imap"
    FILE = "file"
    REHEARSAL = "rehearsal"


class Verdict(StrEnum):
    """Whether the author's domain is proved (RFC 8601); NONE means that nobody checked."""

    PASS = "pass"  # noqa: S105  (RFC 8601 result, no password)
    FAIL = "fail"
    NONE = "none"


class FolderRole(StrEnum):
    """What the mail in a mailbox's folder is to us. In this order a mailbox's past is read."""

    ROUTING = "routing"
    """Our own mailbox: everything is taken."""
    SHARED = "shared"
    """A mailbox that several people read: everything is taken."""
    JOURNAL = "journal"
    """Where Exchange journals to: its envelopes are unwrapped. Nobody else may deliver there."""
    ISSUES = "issues"
    """A rep's folder: what lies there is passed on by that rep, who alone can put it there."""
    INBOX_KNOWN = "inbox-known"
    """A rep's inbox: mail of known organisations is taken, of the rest only the envelope is looked at."""
    SENT = "sent"
    """A rep's sent mail to known organisations: an answer joins its ticket, none opens one."""

    @property
    def takes_all(self) -> bool:
        """Whether every mail in the folder is meant for us."""
        return self not in {FolderRole.INBOX_KNOWN, FolderRole.SENT}

    @property
    def of_a_person(self) -> bool:
        """Whether the mailbox is one of our people's."""
        return self in {FolderRole.ISSUES, FolderRole.INBOX_KNOWN, FolderRole.SENT}


@dataclass(frozen=True, slots=True)
class Envelope:
    """What SMTP said, as opposed to what the message says of itself (RFC 5321 §2.3.1)."""

    mail_from: str | None
    """None is `<>`, the null reverse-path of bounces (§4.5.5)."""
    rcpt_to: tuple[str, ...]
    """In the order given; never empty for mail that came by SMTP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedMail:
    """One arrival of one message."""

    raw: bytes
    """As sent, dots unstuffed, with the Received line that intake put on top."""
    envelope: Envelope
    channel: Channel
    source_key: str
    """One for each arrival: keeping the same arrival twice is one entry. For files their content's hash."""
    received_at: datetime
    source: str | None = None
    """Where a person would look for it: a path, or account/folder/UID; None for the wire."""
    vouched: Verdict | None = None
    """What the channel itself knows of the author's authentication; None leaves it to the headers."""
    folder: FolderRole | None = None
    """Of which kind the folder is; None for mail that comes by no mailbox."""
    owner: str | None = None
    """Address of the one of us whose mailbox it is."""
    observed: bool = False
    """Whether nothing may be sent because of it, in whatever mode: mail of the past."""
