"""Bytes to a `Letter`: the home of Python's email reader, whose message (compat32) is walked here.

mail-parser (in `damage`) tells what is broken and reads the address fields; it is not asked for the rest, because it
merges the text of attached messages into the body and drops raw 8-bit header bytes.
"""

import email
import hashlib
import re
from dataclasses import replace
from email.message import Message
from typing import Any

from mailroute.domain.address import Mailbox
from mailroute.domain.parsed import Attachment
from mailroute.domain.policy import ReadingLimits
from mailroute.parsing import charsets, cms, msg, people
from mailroute.parsing.damage import addresses_in, as_text, damage_in
from mailroute.parsing.described import describe, text_of
from mailroute.parsing.letter import Letter, Part
from mailroute.parsing.prescan import bound

_ADDRESS_FIELDS = ("from", "sender", "reply-to", "to", "cc")
# Attached messages are read this deep; `prescan` bounds the structure itself.
_NESTED_LETTERS = 10
_LETTERS = frozenset({"message/rfc822", "message/global", "message/news", "message/rfc2822"})
_FIRST_BOUNDARY = re.compile(rb"^--([^\s\"]{4,70})[ \t]*\r?$", re.MULTILINE)
_MOST_LOST = 10
# Of what stands inside a signed piece; the whole mail has been held to the limits of its reading.
_LIMITS = ReadingLimits()
_MOST_PARTS = 500
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class _Message(Message):
    """As the library's, which raises where the charset of a boundary holds a NUL: such a part has no boundary."""

    def get_boundary(self, failobj: Any = None) -> Any:  # noqa: ANN401 as the library has it
        try:
            return super().get_boundary(failobj)
        except ValueError:
            return failobj


def open_letter(raw: bytes) -> Letter:
    """The message in *raw*, which `prescan.bound` has made safe to read."""
    message = email.message_from_bytes(raw, _Message)
    return _letter(message, damage_in(message), 0)


def attachment_of(part: Part) -> Attachment:
    """What is told of a file; its bytes stay where they are."""
    return Attachment(
        filename=part.filename,
        content_type=part.content_type,
        size_bytes=len(part.data),
        inline=is_inline(part),
        sha256=hashlib.sha256(part.data).hexdigest(),
    )


def is_inline(part: Part) -> bool:
    """Whether the part is shown inside the text: an image with a Content-ID, or one that says so."""
    if part.disposition == "attachment":
        return False
    return part.content_id is not None or part.disposition == "inline"


def _letter(message: Message, damage: tuple[str, ...], level: int) -> Letter:
    fields = tuple((name.lower(), text_of(value)) for name, value in message.raw_items())
    firsts = dict(reversed(fields))
    addresses: dict[str, tuple[Mailbox, ...]] = {}
    defects = list(damage)
    for name in _ADDRESS_FIELDS:
        value = firsts.get(name, "")
        if value.strip():
            addresses[name] = _mailboxes(name, value, defects)
    return Letter(
        fields=fields,
        firsts=firsts,
        root=_part(message, level),
        addresses=addresses,
        defects=tuple(defects),
    )


def _mailboxes(name: str, value: str, defects: list[str]) -> tuple[Mailbox, ...]:
    """What mail-parser finds in the field; where that is doubtful, what people would read there."""
    pairs, reasons = addresses_in(value)
    boxes = tuple(
        Mailbox(clean_name(shown) if shown != address else None, _CONTROL.sub("", address) or None)
        for shown, address in pairs
        if address
    )
    if not reasons:
        return boxes
    defects.extend(f"address:{name}:{reason}" for reason in reasons[:3])
    if name == "from":
        return boxes or tuple(people.people(charsets.decode_words(value))[:1])
    return people.people(charsets.decode_words(value)) or boxes


def clean_name(shown: str) -> str | None:
    """A display name, decoded, on one line and without control characters."""
    name = " ".join(_CONTROL.sub("", charsets.decode_words(shown)).split()).strip("\"' ")
    return name or None


def _part(message: Message, level: int) -> Part:
    part = describe(message)
    payload = message.get_payload() if message.is_multipart() else None
    if not isinstance(payload, list):
        data = _bytes(message)
        found = _resplit(data, level) if part.content_type.startswith("multipart/") else None
        return found or _leaf(replace(part, data=data), level)
    children = [child for child in payload if isinstance(child, Message)]
    if not part.content_type.startswith("message/"):
        return replace(part, children=tuple(_part(child, level) for child in children))
    if part.content_type in _LETTERS and len(children) == 1:
        inner = _letter(children[0], (), level + 1) if level < _NESTED_LETTERS else None
        data = as_text(children[0]).encode("utf-8", "surrogateescape") if level == 0 else b""
        return replace(part, letter=inner, data=data)
    return replace(
        part, data="\n\n".join(_report_block(child) for child in children).encode("utf-8", "replace")
    )


def _leaf(part: Part, level: int) -> Part:
    """A part without parts; what is signed in one piece is opened, and Outlook's file of a mail is read as the mail."""
    if level >= _NESTED_LETTERS:
        return part
    if is_smime(part):
        return _opened(part, level)
    if not msg.is_msg(part):
        return part
    raw = msg.to_message(part.data)
    return (
        part
        if raw is None
        else replace(part, letter=_letter(email.message_from_bytes(raw, _Message), (), level + 1))
    )


def is_smime(part: Part) -> bool:
    """Whether the part is signed or encrypted in one piece (RFC 8551 §3.2)."""
    return part.content_type.endswith("pkcs7-mime") or (part.filename or "").lower().endswith(".p7m")


def _opened(part: Part, level: int) -> Part:
    """A part signed in one piece with what was signed inside it; no signature is checked here."""
    content = cms.signed_content(part.data)
    if content is None or bound(content, _LIMITS).defects:
        return part
    return replace(part, children=(_part(email.message_from_bytes(content), level + 1),))


def _resplit(data: bytes, level: int) -> Part | None:
    """The parts of a multipart whose boundary parameter is missing or wrong: its first "--" line tells it."""
    found = _FIRST_BOUNDARY.search(data)
    if found is None or data.lower().count(b"boundary") > _MOST_LOST or level > 0:
        return None
    if data.count(b"\n--" + found[1]) > _MOST_PARTS:
        return None
    head = b'Content-Type: multipart/mixed; boundary="' + found[1] + b'"\n\n'
    message = email.message_from_bytes(head + data)
    return _part(message, level + 1) if message.is_multipart() else None


def _bytes(message: Message) -> bytes:
    payload = message.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _report_block(block: Message) -> str:
    """Fields of a machine's report as they stood, and whatever text follows them."""
    lines = [f"{name}: {text_of(raw)}" for name, raw in block.raw_items()]
    tail = _bytes(block).decode("utf-8", "replace") if not block.is_multipart() else ""
    return "\n".join(lines) + ("\n\n" + tail if tail.strip() else "")
