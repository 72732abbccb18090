"""winmail.dat (MS-OXTNEF): tnefparse's home."""

import hashlib
import mimetypes
from dataclasses import dataclass

from tnefparse import TNEF

from mailroute.domain.parsed import Attachment
from mailroute.parsing.letter import Part
from mailroute.parsing.rtf import expand_rtf, rtf_to_text

_SIGNATURE = b"\x78\x9f\x3e\x22"
# Larger containers are kept as they are: the reader copies them several times.
_LARGEST = 30 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What was inside."""

    files: tuple[Attachment, ...]
    text: str = ""
    html: str = ""


def is_tnef(part: Part) -> bool:
    """Whether the part is such a container."""
    return (
        part.content_type in ("application/ms-tnef", "application/vnd.ms-tnef") or part.data[:4] == _SIGNATURE
    )


def open_tnef(data: bytes) -> Opened | None:
    """Files and texts of the container; None when it cannot be read."""
    if data[:4] != _SIGNATURE or len(data) > _LARGEST:
        return None
    try:
        tnef = TNEF(data, do_checksum=False)
        files = tuple(_file(one.long_filename() or one.name, one.data) for one in tnef.attachments)
        html, body, rtf = tnef.htmlbody, tnef.body, tnef.rtfbody
    except Exception:  # noqa: BLE001  the door of a foreign library that indexes into whatever it is given
        return None
    return Opened(files=files, text=_text(body) or rtf_to_text(_rtf(rtf)), html=_text(html))


def _file(name: object, data: object) -> Attachment:
    shown = _text(name).replace("\x00", "").replace("\\", "/").rpartition("/")[2].strip() or None
    raw = data if isinstance(data, bytes) else b""
    kind = mimetypes.guess_type(shown or "")[0] or "application/octet-stream"
    return Attachment(shown, kind, len(raw), False, hashlib.sha256(raw).hexdigest())


def _rtf(value: object) -> str:
    return _text(expand_rtf(value) if isinstance(value, bytes) else value)


def _text(value: object) -> str:
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value.decode("cp1252", "replace")
    return value if isinstance(value, str) else ""
