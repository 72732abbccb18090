"""Exchange journal envelopes: a report with the true envelope as text, and the mail itself attached to it. Pure.

(Microsoft, "Journaling in Exchange Server", section "Journal reports"; Exchange Online makes the same.)
"""

import email.message
import email.parser
import email.policy
import re
from dataclasses import dataclass, replace

from mailroute.domain.address import address_key
from mailroute.domain.received import Envelope, ReceivedMail

_SENDER = re.compile(r"^sender:[ \t]*(.*)$", re.IGNORECASE | re.MULTILINE)
_RECIPIENT_LINE = re.compile(r"^(?:recipient|to|cc|bcc):(.*)$", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"[^\s,;:<>\"]+@[^\s,;:<>\"]+")
MARK = b"x-ms-journal-report"
HEADER_SCAN_BYTES = 64 * 2**10


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The mail inside a journal report."""

    envelope: Envelope
    raw: bytes


def unwrap(raw: bytes) -> Unwrapped | None:
    """The mail that *raw* reports, byte for byte where it is not encoded; None when *raw* is no journal report."""
    head = raw[:HEADER_SCAN_BYTES].lower()
    end = min((at for at in (head.find(b"\r\n\r\n"), head.find(b"\n\n")) if at >= 0), default=len(head))
    if b"\n" + MARK not in b"\n" + head[:end]:
        return None
    report = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(raw)
    parts = report.get_payload() if report.is_multipart() else []
    texts = [
        p for p in parts if isinstance(p, email.message.Message) and p.get_content_type() == "text/plain"
    ]
    if not texts or (inner := _inner(raw, report)) is None:
        return None
    said = texts[0].get_payload(decode=True)
    words = said.decode("utf-8", "replace").replace("\r\n", "\n") if isinstance(said, bytes) else ""
    return Unwrapped(_envelope(words), inner)


def opened(mail: ReceivedMail, journal_address: str | None) -> ReceivedMail:
    """*mail*, or the one that it reports when it went to the journal address and to nobody else."""
    here = {address_key(recipient) for recipient in mail.envelope.rcpt_to}
    if journal_address is None or here != {address_key(journal_address)}:
        return mail
    report = unwrap(mail.raw)
    if report is None:
        return mail
    recipients = report.envelope.rcpt_to or mail.envelope.rcpt_to
    return replace(mail, raw=report.raw, envelope=Envelope(report.envelope.mail_from, recipients))


def _envelope(words: str) -> Envelope:
    sender = _SENDER.search(words)
    address = _ADDRESS.search(sender[1]) if sender else None
    found = [one for line in _RECIPIENT_LINE.finditer(words) if (one := _first(line[1]))]
    return Envelope(address[0] if address else None, tuple(dict.fromkeys(found)))


def _first(line: str) -> str | None:
    """Whom the line names: the recipient, not the list or the mailbox by which it came (`Expanded:`, `Forwarded:`)."""
    found = _ADDRESS.search(line)
    return found[0] if found else None


def _inner(raw: bytes, report: email.message.Message) -> bytes | None:
    """The attached message, cut out of *raw* so that its signatures stay whole."""
    boundary = report.get_boundary()
    if boundary is None:
        return None
    mark = b"--" + re.escape(boundary.encode("ascii", "replace"))
    for part in re.split(rb"(?:\A|\r?\n)" + mark + rb"(?:--)?[ \t]*(?:\r?\n|\Z)", raw)[1:]:
        head, blank, body = _parted(part)
        fields = email.parser.BytesHeaderParser(policy=email.policy.compat32).parsebytes(head + blank)
        if fields.get_content_type() != "message/rfc822":
            continue
        encoding = str(fields.get("Content-Transfer-Encoding", "7bit")).strip().lower()
        if encoding in {"7bit", "8bit", "binary"}:
            return body
        fields.set_type("application/octet-stream")
        fields.set_payload(body.decode("ascii", "surrogateescape"))
        decoded = fields.get_payload(decode=True)
        return decoded if isinstance(decoded, bytes) else None
    return None


def _parted(part: bytes) -> tuple[bytes, bytes, bytes]:
    found = re.search(rb"\r?\n\r?\n", part)
    return (part, b"", b"") if found is None else (part[: found.start()], found[0], part[found.end() :])
