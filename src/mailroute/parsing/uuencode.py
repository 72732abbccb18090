"""Files that stand inside the text between "begin 644 name" and "end", as programs before MIME sent them."""

import binascii
import hashlib
import re

from mailroute.domain.parsed import Attachment

_BEGIN = re.compile(r"^begin [0-7]{3,4} ([^\n]{1,200})$", re.MULTILINE)
_MOST_FILES = 50


def take_out(text: str) -> tuple[str, tuple[Attachment, ...]]:
    """The text without such files, and the files."""
    if "begin " not in text:
        return text, ()
    files: list[Attachment] = []
    kept: list[str] = []
    at = 0
    for found in _BEGIN.finditer(text):
        end = text.find("\nend", found.end())
        if end < 0 or len(files) == _MOST_FILES:
            break
        if found.start() < at:
            continue
        data = _decode(text[found.end() : end])
        if data is None:
            continue
        kept.append(text[at : found.start()])
        at = end + 4
        name = found[1].strip().replace("\\", "/").rpartition("/")[2]
        files.append(
            Attachment(name, "application/octet-stream", len(data), False, hashlib.sha256(data).hexdigest())
        )
    return "".join([*kept, text[at:]]), tuple(files)


def _decode(block: str) -> bytes | None:
    try:
        return b"".join(
            binascii.a2b_uu(line.encode("ascii")) for line in block.strip("\n").split("\n") if line.strip()
        )
    except (binascii.Error, UnicodeEncodeError, ValueError):
        return None
