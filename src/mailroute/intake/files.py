"""The door for files: messages that lie in files become `ReceivedMail`; their own header lines tell the envelope."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from mailroute.domain.address import address_key
from mailroute.domain.received import Channel, Envelope, ReceivedMail, Verdict
from mailroute.intake.mail_files import STDIN, FileMessage, find_files, read_files

__all__ = ["STDIN", "FileMessage", "envelope_of", "find_files", "read_files", "received_from_file"]

HEADER_SCAN_BYTES = 2**20

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*(?:\n[ \t].*)*)(?:\n|\Z)")
_QUOTED_OR_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)', re.DOTALL)
_ANGLE = re.compile(r"<([^<>]*)>")
_BARE = re.compile(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+")


@dataclass(slots=True)
class _EnvelopeLines:
    """What the header block says of the envelope, in order."""

    return_path: str | None = None
    from_field: str | None = None
    recipients: tuple[str, ...] = ()
    verdict: Verdict = Verdict.NONE


def envelope_of(
    raw: bytes, *, routing_address: str, rehearsal: bool = False
) -> tuple[Envelope, Verdict | None, bytes]:
    """Envelope and verdict from the header lines that say them, and the message without those lines.

    `Return-Path:` is MAIL FROM (`<>`: null; absent: the From address), `Delivered-To:` and `X-Original-To:` are
    RCPT TO (absent: *routing_address*). In a rehearsal `X-Rehearse-Auth: pass|fail` is the verdict, else NONE;
    outside of one that line is nobody's word: it stays, and the verdict is None. All other bytes are unchanged.
    """
    said = _EnvelopeLines()
    kept: list[bytes] = []
    position = 0
    while match := _FIELD.match(raw, position, HEADER_SCAN_BYTES):
        if not _read_line(said, match[1].lower(), _text(match[2]), rehearsal=rehearsal):
            kept.append(match[0])
        position = match.end()
    sender = said.from_field if said.return_path is None else said.return_path
    envelope = Envelope(
        mail_from=_address_in(sender or "", lone=said.return_path is not None),
        rcpt_to=said.recipients or (routing_address,),
    )
    return envelope, said.verdict if rehearsal else None, b"".join((*kept, memoryview(raw)[position:]))


def received_from_file(
    message: FileMessage, *, routing_address: str, received_at: datetime, rehearsal: bool = False
) -> ReceivedMail:
    """The arrival of a message from a file: the same content is the same arrival, whatever the file is called.

    In a rehearsal each file is an arrival of its own, so that a mail that comes twice can be played.
    """
    envelope, vouched, raw = envelope_of(message.raw, routing_address=routing_address, rehearsal=rehearsal)
    channel = Channel.REHEARSAL if rehearsal else Channel.FILE
    content = hashlib.sha256(message.raw).hexdigest()
    return ReceivedMail(
        raw=raw,
        envelope=envelope,
        channel=channel,
        source_key=f"{channel}:{message.source}:{content}" if rehearsal else f"{channel}:{content}",
        received_at=received_at,
        source=message.source,
        vouched=vouched,
    )


def _read_line(said: _EnvelopeLines, name: bytes, value: str, *, rehearsal: bool) -> bool:
    """Note what a header field says of the envelope; whether it is one of those that are taken off."""
    match name:
        case b"return-path":
            said.return_path = value if said.return_path is None else said.return_path
        case b"delivered-to" | b"x-original-to":
            address = _address_in(value, lone=True)
            known = {address_key(recipient) for recipient in said.recipients}
            if address is not None and address_key(address) not in known:
                said.recipients = (*said.recipients, address)
        case b"x-rehearse-auth" if rehearsal:
            said.verdict = {"pass": Verdict.PASS, "fail": Verdict.FAIL}.get(value.lower(), Verdict.NONE)
        case b"from":
            said.from_field = value if said.from_field is None else said.from_field
            return False
        case _:
            return False
    return True


def _text(value: bytes) -> str:
    return value.replace(b"\r", b"").replace(b"\n", b"").decode("utf-8", "replace").strip()


def _address_in(value: str, *, lone: bool) -> str | None:
    """The first address in *value*; None when there is none, as in `<>`. *lone* takes a word without @ for one."""
    if lone and (angle := _ANGLE.search(value)) is not None:
        return angle[1].strip() or None
    plain = value if lone else _QUOTED_OR_COMMENT.sub(" ", value)
    if (angle := _ANGLE.search(plain)) is not None and "@" in angle[1]:
        return angle[1].strip()
    if (bare := _BARE.search(plain)) is not None:
        return bare[0]
    words = value.split()
    return words[0] if lone and words else None
