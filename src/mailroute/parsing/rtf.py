"""The words of an RTF body (winmail.dat and .msg files often have no other), read in one pass."""

import re
import struct

_LONGEST = 1_000_000
_HEADER = struct.Struct("<4I")
_COMPRESSED, _AS_IT_IS = int.from_bytes(b"LZFu", "little"), int.from_bytes(b"MELA", "little")
# What the reader's memory holds before the first byte (MS-OXRTFCP §2.1.2.1).
_KNOWN_BEFORE = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_MEMORY = 4096
_TOKEN = re.compile(r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}]+)")
_SILENT = frozenset(
    {
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "header",
        "footer",
        "htmltag",
        "listtable",
        "listoverridetable",
        "generator",
        "themedata",
    }
)
_WORDS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "tab": "\t", "cell": "\t", "row": "\n",
    "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”",
}  # fmt: skip


def expand_rtf(data: bytes) -> bytes:
    """RTF out of its compressed form (MS-OXRTFCP), as far as it can be read; what has another form stays as it is."""
    if len(data) < _HEADER.size:
        return data
    _, size, kind, _ = _HEADER.unpack_from(data)
    if kind == _AS_IT_IS:
        return data[_HEADER.size :][:size]
    return _unpacked(data, min(size, _LONGEST)) if kind == _COMPRESSED else data


def _unpacked(data: bytes, size: int) -> bytes:
    """Eight tokens behind each byte of flags: a byte as it stands, or a place in the last 4096 bytes and a length."""
    out = bytearray(_KNOWN_BEFORE)
    end = len(out) + size
    at = _HEADER.size
    while at < len(data) and len(out) < end:
        flags, at = data[at], at + 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += data[at : at + 1]
                at += 1
                continue
            place, length = data[at : at + 2].ljust(2, b"\0")
            distance = (len(out) - (place << 4 | length >> 4)) % _MEMORY
            at += 2
            if distance == 0 or distance > len(out) or at > len(data):
                return bytes(out[len(_KNOWN_BEFORE) : end])
            wanted = (length & 15) + 2
            piece = out[-distance:][:wanted]
            out += (piece * (wanted // len(piece) + 1))[:wanted]
    return bytes(out[len(_KNOWN_BEFORE) : end])


def rtf_to_text(rtf: str) -> str:
    """The text of *rtf* without fonts, colours, pictures and HTML tags kept in it."""
    if not rtf.lstrip().startswith("{\\rtf"):
        return ""
    pieces: list[str] = []
    silent: list[bool] = [False]
    skip = 0
    for word, number, code, symbol, brace, text in _TOKEN.findall(rtf[:_LONGEST]):
        if brace == "{":
            silent.append(silent[-1])
        elif brace == "}":
            silent = silent[:-1] if len(silent) > 1 else silent
        elif word in _SILENT or symbol == "*":
            silent[-1] = True
        elif word == "htmlrtf":
            silent[-1] = number != "0"
        elif silent[-1]:
            continue
        elif word == "u" and number:
            pieces.append(chr(int(number) % 65536))
            skip = 1
        elif word:
            pieces.append(_WORDS.get(word, ""))
        elif code:
            pieces.append("" if skip else bytes((int(code, 16),)).decode("cp1252", "replace"))
            skip = 0
        elif symbol:
            pieces.append({"~": " ", "_": "-"}.get(symbol, symbol if symbol in "\\{}" else ""))
        else:
            plain = text.replace("\r", "").replace("\n", "")
            pieces.append(plain[skip:])
            skip = 0 if plain else skip
    joined = "".join(pieces)
    return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
