"""What a catcher can be told: how to present itself, and where and how to fail."""

import ssl
from dataclasses import dataclass
from datetime import datetime
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from enum import StrEnum
from pathlib import Path
from typing import TextIO


class Stage(StrEnum):
    """Where in the dialogue something happens."""

    CONNECT = "connect"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    """The answer to the DATA command."""
    DOT = "dot"
    """The answer to the final dot; the message is in the server's hands."""


DROP = ""
"""In place of a reply: cut the connection."""
HANG = "..."
"""In place of a reply: say nothing more."""


@dataclass(slots=True)
class Fault:
    """A failure to show; used up after *times*."""

    stage: Stage
    reply: str
    """What is answered instead, "451 4.3.0 try later"; or DROP or HANG."""
    times: int = 1_000_000_000
    recipient: str | None = None
    """At RCPT: only for this address."""
    keeps: bool = False
    """At the dot: whether the message is kept although the answer is another."""


@dataclass(frozen=True, slots=True)
class Caught:
    """A message as it arrived."""

    mail_from: str
    rcpt_to: tuple[str, ...]
    raw: bytes
    at: datetime
    path: Path | None
    """Where it was written, if anywhere."""

    @property
    def subject(self) -> str:
        """The subject, decoded."""
        found = BytesHeaderParser().parsebytes(self.raw)["Subject"]
        return str(make_header(decode_header(str(found or ""))))


@dataclass(frozen=True, slots=True, kw_only=True)
class CatcherOptions:
    """How the server presents itself."""

    host: str = "127.0.0.1"
    port: int = 0
    """0: any free one; see `Catcher.port`."""
    folder: Path | None = None
    """Where messages are written as .eml files."""
    print_to: TextIO | None = None
    """Where one line is printed for each message."""
    tls: ssl.SSLContext | None = None
    implicit_tls: bool = False
    """Whether TLS begins at once; otherwise it is offered by STARTTLS."""
    login: tuple[str, str] | None = None
    """User and password to be asked for."""
    smtputf8: bool = True
    size_limit: int = 35 * 2**20
