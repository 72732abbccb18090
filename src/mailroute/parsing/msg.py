"""Outlook's .msg files (MS-OXMSG): the home of python-oxmsg, which comes with the extra `mailroute[msg]`."""

import io
from email.utils import format_datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from mailroute.parsing.letter import Part
from mailroute.parsing.rtf import expand_rtf, rtf_to_text

if TYPE_CHECKING:
    from oxmsg import Message

NOT_INSTALLED = "msg:not-read, install mailroute[msg]"
UNREADABLE = "msg:unreadable"
_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Larger files are kept as they are.
_LARGEST = 30 * 2**20
# A hostile file lets many streams share its bytes; an honest one holds each byte once.
_MOST_SHARED = 2
_KINDS = ("To", "Cc")
_RECIPIENT_TYPE, _SMTP_ADDRESS, _MESSAGE_ID = 0x0C15, 0x39FE, 0x1035
_SENDER_NAME, _SENDER_ADDRESS, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_PAGE, _COMPRESSED_RTF = 0x1013, 0x1009
"""Numbers of properties (MS-OXPROPS)."""
_COPIED = ("from", "to", "cc", "date", "subject", "message-id")


def is_msg(part: Part) -> bool:
    """Whether the part is such a file."""
    named = (part.filename or "").lower().endswith(
        ".msg"
    ) or part.content_type == "application/vnd.ms-outlook"
    return named and part.data[:8] == _SIGNATURE


def shortcoming() -> str:
    """Why a .msg file was not read."""
    return UNREADABLE if find_spec("oxmsg") else NOT_INSTALLED


def to_message(data: bytes) -> bytes | None:
    """The mail in the file as a message (RFC 5322); None when it is none, or cannot be read here."""
    if len(data) > _LARGEST or find_spec("oxmsg") is None:
        return None
    try:
        return _convert(data)
    except Exception:  # noqa: BLE001  the door of a foreign library that trusts every number in the file
        return None


def _convert(data: bytes) -> bytes | None:
    import olefile
    import oxmsg

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        if sum(entry.size for entry in ole.direntries if entry is not None) > _MOST_SHARED * len(data):
            return None
    mail = oxmsg.Message.load(data)
    if not mail.message_class.startswith(("IPM.Note", "REPORT.IPM.Note")):
        return None
    fields = _told(mail) | _sent(mail)
    head = [f"{name}: {' '.join(value.split())}" for name, value in fields.items() if value.strip()]
    kind, body = _body(mail)
    head.append(f"Content-Type: {kind}")
    return ("\n".join(head) + "\n\n").encode("utf-8", "replace") + body.replace(b"\r\n", b"\n")


def _body(mail: "Message") -> tuple[str, bytes]:
    """Content type and bytes of the text; of a page the bytes as they stand, which name their charset themselves."""
    if (mail.body or "").strip():
        return "text/plain; charset=utf-8", (mail.body or "").encode("utf-8", "replace")
    page = mail.properties.binary_prop_value(_PAGE)
    if page:
        return "text/html", page
    markup = mail.properties.str_prop_value(_PAGE) or ""
    if markup:
        return "text/html; charset=utf-8", markup.encode("utf-8", "replace")
    rtf = expand_rtf(mail.properties.binary_prop_value(_COMPRESSED_RTF) or b"").decode("cp1252", "replace")
    return "text/plain; charset=utf-8", rtf_to_text(rtf).encode("utf-8", "replace")


def _told(mail: "Message") -> dict[str, str]:
    """What the properties say: the only source for mail inside one Exchange."""
    properties = mail.properties
    name = properties.str_prop_value(_SENDER_NAME) or ""
    address = properties.str_prop_value(_SENDER_SMTP) or properties.str_prop_value(_SENDER_ADDRESS) or ""
    fields = {"from": _box(name, address), "subject": mail.subject}
    if mail.sent_date is not None:
        fields["date"] = format_datetime(mail.sent_date)
    if (message_id := properties.str_prop_value(_MESSAGE_ID)) is not None:
        fields["message-id"] = message_id
    people = [(one.properties.int_prop_value(_RECIPIENT_TYPE), one) for one in mail.recipients]
    for number, kind in enumerate(_KINDS, 1):
        boxes = [
            _box(one.name, one.properties.str_prop_value(_SMTP_ADDRESS) or one.email_address)
            for wanted, one in people
            if wanted == number
        ]
        fields[kind.lower()] = ", ".join(box for box in boxes if box)
    return fields


def _sent(mail: "Message") -> dict[str, str]:
    """The header as it came over the Internet, where the file keeps it: it goes before the properties."""
    headers = {name.lower(): value for name, value in mail.message_headers.items()}
    return {name: headers[name] for name in _COPIED if headers.get(name, "").strip()}


def _box(name: str, address: str) -> str:
    """A mailbox; Exchange's own addresses ("/o=...") are none."""
    shown = name.replace('"', "").replace("\\", "").strip()
    if "@" not in address:
        return f'"{shown}" <>' if shown else ""
    return f'"{shown}" <{address}>' if shown and shown != address else f"<{address}>"
