"""Trace fields of a message (RFC 5321 §4.4): ours on top, a forged Return-Path out, hops counted. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

HEADER_SCAN_BYTES = 2**20
"""Trace fields are looked for in this much of a header; parsing reads far less (`ReadingLimits.header_bytes`)."""

_FIELD = re.compile(rb"(?:\A|\n)(?:(received)|return-path)[ \t]*:", re.IGNORECASE)
_NEXT_FIELD = re.compile(rb"\n(?![ \t])")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9.:_\-\[\]\u00a0-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """What this listener knows of one message's arrival."""

    greeting: str
    """The name that the peer gave in EHLO, LHLO or HELO: said, not proved."""
    peer: str | None
    """IP address; None on a unix socket."""
    hostname: str
    protocol: str
    """The word for `with`: SMTP, ESMTPS, UTF8LMTP, ... (RFC 3848, RFC 6531 §4.3)."""
    id: str
    received_at: datetime
    mail_from: str | None


def with_word(*, lmtp: bool, extended: bool, tls: bool, utf8: bool) -> str:
    """The protocol's name in a Received line (IANA: Mail Transmission Types)."""
    word = "LMTP" if lmtp else "ESMTP" if extended else "SMTP"
    if utf8:
        word = f"UTF8{word.removeprefix('E')}"
    return word + ("S" if tls else "")


def trace_lines(hop: Hop) -> bytes:
    """Return-Path and Received as they are put on top."""
    return (
        f"Return-Path: <{hop.mail_from or ''}>\r\n"
        f"Received: from {_NOT_IN_NAMES.sub('?', hop.greeting)} ({_peer(hop.peer)})\r\n"
        f"\tby {hop.hostname} with {hop.protocol} id {hop.id};\r\n"
        f"\t{format_datetime(hop.received_at)}\r\n"
    ).encode()


def _peer(ip: str | None) -> str:
    if ip is None:
        return "local"
    return f"[IPv6:{ip}]" if ":" in ip else f"[{ip}]"


def header_end(text: bytes) -> int:
    """Where the blank line after the header begins, or the end of what is scanned."""
    if text.startswith(b"\r\n"):
        return 0
    end = text.find(b"\r\n\r\n", 0, HEADER_SCAN_BYTES)
    return end + 2 if end >= 0 else min(len(text), HEADER_SCAN_BYTES)


@dataclass(frozen=True, slots=True)
class OlderTrace:
    """What older hops have left in a message."""

    hops: int
    return_paths: tuple[tuple[int, int], ...]
    """Where Return-Path fields begin and end, folded lines included."""


def read_older_trace(text: bytes) -> OlderTrace:
    """Counts the Received lines and finds the Return-Path lines of a message with CRLF line ends."""
    hops, spans = 0, []
    limit = header_end(text)
    for match in _FIELD.finditer(text, 0, limit):
        if match[1]:
            hops += 1
            continue
        start = match.start() + match[0].startswith(b"\n")
        following = _NEXT_FIELD.search(text, match.end(), limit)
        spans.append((start, following.start() + 1 if following else limit))
    return OlderTrace(hops, tuple(spans))


def with_trace(text: bytes, older: OlderTrace, hop: Hop) -> bytes:
    """The message as it is kept: our lines on top, no Return-Path but ours, every other byte as it came."""
    pieces: list[bytes | memoryview] = [trace_lines(hop)]
    view, done = memoryview(text), 0
    for start, end in older.return_paths:
        pieces.append(view[done:start])
        done = end
    pieces.append(view[done:])
    return b"".join(pieces)
