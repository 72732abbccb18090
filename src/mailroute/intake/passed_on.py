"""A mail that one of us has put into the folder for it, as the forward that this is: from them, with the mail attached.

Everything that is done with a forward holds for it then, and the mail itself stays byte for byte as it came. Pure.
"""

import hashlib
import re
from datetime import datetime
from email.utils import format_datetime

from mailroute.domain.address import domain_of

_SUBJECT = re.compile(rb"(?:\A|\n)subject[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)", re.IGNORECASE)
HEADER_SCAN_BYTES = 2**18
SUBJECT_BYTES = 600


def as_forward(raw: bytes, *, owner: str, routing_address: str, at: datetime) -> bytes:
    """A message from *owner* to us with *raw* attached; the same content gives the same Message-ID."""
    digest = hashlib.sha256(raw).hexdigest()
    boundary = f"=_{digest[:40]}"
    head = [
        f"From: <{owner}>",
        f"To: <{routing_address}>",
        f"Date: {format_datetime(at)}",
        f"Message-ID: <passed-on.{digest[:40]}@{domain_of(owner)}>",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{boundary}"',
    ]
    top = "\r\n".join(head).encode("utf-8") + b"\r\nSubject: Fwd:" + _subject(raw) + b"\r\n\r\n"
    part = f"--{boundary}\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
    return top + part + raw + f"\r\n--{boundary}--\r\n".encode()


def _subject(raw: bytes) -> bytes:
    """The subject as it is encoded there, its folds included; a blank when there is none."""
    end = raw.find(b"\n\r\n", 0, HEADER_SCAN_BYTES)
    found = _SUBJECT.search(raw, 0, end + 1 if end >= 0 else HEADER_SCAN_BYTES)
    if found is None or len(found[1]) > SUBJECT_BYTES:
        return b" (no subject)"
    return found[1].rstrip(b"\r\n").replace(b"\0", b"")
