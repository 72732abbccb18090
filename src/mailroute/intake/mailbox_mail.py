"""A message in a folder as an arrival of ours, by what the folder is. Pure."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime

from mailroute.domain.address import address_key
from mailroute.domain.received import Channel, Envelope, FolderRole, ReceivedMail, Verdict
from mailroute.intake.files import envelope_of
from mailroute.intake.imap import Listed
from mailroute.intake.journal_report import unwrap
from mailroute.intake.mailbox_settings import WatchedFolder
from mailroute.intake.passed_on import as_forward

Knows = Callable[[str], bool]
"""Whether an address is of an organisation, or a client, that the directory knows."""

_FROM = re.compile(rb"(?:\A|\n)from[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)", re.IGNORECASE)
_ADDRESS = re.compile(rb"[^\s<>,;:\"()]+@[^\s<>,;:\"()]+")


def is_wanted(listed: Listed, role: FolderRole, knows: Knows) -> bool:
    """Whether the text of a message may be fetched at all, by who writes it to whom."""
    if role is FolderRole.INBOX_KNOWN:
        return any(knows(address) for address in listed.senders)
    if role is FolderRole.SENT:
        return any(knows(address) for address in listed.recipients)
    return True


def received(raw: bytes, watched: WatchedFolder, uid: int, *, at: datetime, observed: bool) -> ReceivedMail:
    """The arrival. One for each content in a folder: numbers of messages change when a server is set up anew."""
    content = hashlib.sha256(raw).hexdigest()
    envelope, vouched, text = _by_role(raw, watched, at)
    return ReceivedMail(
        raw=text,
        envelope=envelope,
        channel=Channel.IMAP,
        source_key=f"{Channel.IMAP}:{watched.name}:{content}",
        received_at=at,
        source=f"{watched.name}/{uid}",
        vouched=vouched,
        folder=watched.role,
        owner=watched.owner,
        observed=observed,
    )


def too_large(header: bytes, watched: WatchedFolder, listed: Listed, *, observed: bool) -> ReceivedMail:
    """What stands for a message that is not fetched: its header, and where it lies."""
    note = (
        f"\r\nThis message of {listed.size_bytes} bytes is over the limit of {watched.max_bytes} (reading.raw_bytes)."
        f"\r\nIt lies untouched in {watched.name}.\r\n"
    )
    text = header.rstrip(b"\r\n") + b"\r\n" + note.encode()
    return received(text, watched, listed.uid, at=listed.arrived_at, observed=observed)


def _by_role(raw: bytes, watched: WatchedFolder, at: datetime) -> tuple[Envelope, Verdict | None, bytes]:
    here = watched.routing_address
    if watched.role is FolderRole.JOURNAL and (report := unwrap(raw)) is not None:
        return report.envelope if report.envelope.rcpt_to else _to(report.envelope, here), None, report.raw
    envelope, _, text = envelope_of(raw, routing_address=here)
    if watched.role is FolderRole.ISSUES and watched.owner is not None:
        if _is_from(raw, watched.owner):
            return envelope, Verdict.PASS, text
        forward = as_forward(raw, owner=watched.owner, routing_address=here, at=at)
        return Envelope(watched.owner, (here,)), Verdict.PASS, forward
    if watched.role is FolderRole.SENT and watched.owner is not None and _is_from(raw, watched.owner):
        return envelope, Verdict.PASS, text
    return envelope, None, text


def _to(envelope: Envelope, here: str) -> Envelope:
    return Envelope(envelope.mail_from, (here,))


def _is_from(raw: bytes, owner: str) -> bool:
    """Whether From: is the owner of the mailbox, whose login proves the rest."""
    end = raw.find(b"\n\r\n")
    fields = list(_FROM.finditer(raw, 0, end + 1 if end >= 0 else len(raw)))
    if len(fields) != 1:
        return False
    named = {address_key(one.decode("utf-8", "replace")) for one in _ADDRESS.findall(fields[0][1])}
    return named == {address_key(owner)}
