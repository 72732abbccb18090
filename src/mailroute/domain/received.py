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
