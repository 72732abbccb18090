"""Files that travel along: a composed mail becomes the first part of a multipart/mixed (RFC 2046 §5.1.3)."""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from email.utils import encode_rfc2231

from mailroute.domain.outgoing import ComposedMail, Enclosure
from mailroute.outbound.headers import clean, field

LINE = 76
"""Characters of base64 in a line (RFC 2045 §6.8)."""
_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}")
_CONTENT = b"MIME-Version: 1.0\r\n"


def enclose(mail: ComposedMail, enclosures: Sequence[Enclosure]) -> ComposedMail:
    """*mail* with *enclosures* behind its text; the same mail when there are none."""
    if not enclosures:
        return mail
    head, found, content = mail.raw.partition(_CONTENT)
    assert found, "composed mail is MIME"
    boundary = "=_f" + hashlib.sha256(mail.message_id.encode()).hexdigest()[:31]
    mark = f"--{boundary}".encode()
    parts = [content, *(_part(one) for one in enclosures)]
    raw = b"".join(
        (
            head,
            _CONTENT,
            field("Content-Type", f'multipart/mixed; boundary="{boundary}"'),
            b"\r\n",
            *(mark + b"\r\n" + part.rstrip(b"\r\n") + b"\r\n" for part in parts),
            mark + b"--\r\n",
        )
    )
    return replace(mail, raw=raw)


def _part(one: Enclosure) -> bytes:
    """Always as a download, never to be shown or run in place."""
    kind = one.content_type.lower()
    if not _TYPE.fullmatch(kind) or kind.startswith(("multipart/", "message/")):
        kind = "application/octet-stream"
    encoded = base64.b64encode(one.data)
    lines = [encoded[at : at + LINE] for at in range(0, len(encoded), LINE)]
    return (
        field("Content-Type", kind)
        + field("Content-Transfer-Encoding", "base64")
        + field("Content-Disposition", f"attachment; {_filename(one.filename)}")
        + b"\r\n"
        + b"\r\n".join(lines)
    )


def _filename(name: str) -> str:
    """RFC 2183 §2.3 and RFC 2231: no paths, no control characters, any language."""
    plain = clean(name.replace("\\", "/").rpartition("/")[2], 100).replace('"', "'") or "file"
    if plain.isascii():
        return f'filename="{plain}"'
    return f"filename*={encode_rfc2231(plain, 'utf-8')}"
