"""Bytes to text by the names that mail uses: WHATWG aliases, a few of mail's own, and no codec that is not text."""

import codecs
import re
from functools import lru_cache

# WHATWG Encoding Standard §4.2 where it differs from Python's idea of the name; the rest are names seen in mail.
_ALIASES = {
    "us-ascii": "cp1252", "ascii": "cp1252", "ansi_x3.4-1968": "cp1252", "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252", "iso_8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "l1": "cp1252", "x-cp1252": "cp1252", "windows-1252": "cp1252", "ansi": "cp1252",
    "cp-1252": "cp1252", "iso-8859-9": "cp1254", "latin5": "cp1254", "iso-8859-11": "cp874",
    "tis-620": "cp874", "windows-874": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030", "euc-cn": "gb18030",
    "chinese": "gb18030", "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "ks_c_5601-1989": "cp949",
    "ksc5601": "cp949", "euc-kr": "cp949", "korean": "cp949", "ks_c-5601-1987": "cp949",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "ms_kanji": "cp932",
    "windows-31j": "cp932", "iso-2022-jp": "iso2022_jp_ext", "iso-2022-jp-ms": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext", "big5": "big5hkscs", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs",
    "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "utf-8-mac": "utf-8", "utf8mb4": "utf-8",
    "unicode": "utf-16", "x-mac-cyrillic": "mac_cyrillic", "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman", "visual": "iso8859-8", "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8", "iso-8859-6-i": "iso8859-6", "iso-8859-6-e": "iso8859-6",
    "dos-720": "cp720", "dos-862": "cp862", "x-windows-949": "cp949", "koi8": "koi8-r", "koi": "koi8-r",
    "koi8-ru": "koi8-u", "windows1251": "cp1251", "win-1251": "cp1251", "win1251": "cp1251",
    "cp-1251": "cp1251", "x-euc-jp": "euc_jp", "unknown-8bit": "", "x-unknown": "", "unknown": "",
    "default": "", "_autodetect": "", "iso-8859-1-windows-1252": "cp1252", "default_charset": "",
}  # fmt: skip

# Codecs that turn bytes into something else than the text that stands there, or can be used to hide text (S52).
_REFUSED = frozenset(
    {
        "rot13",
        "rot-13",
        "hex",
        "base64",
        "quopri",
        "uu",
        "zlib",
        "bz2",
        "idna",
        "punycode",
        "unicode-escape",
        "raw-unicode-escape",
        "undefined",
        "mbcs",
        "oem",
        "utf-7",
    }
)

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]*)\?=")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")


@lru_cache(maxsize=256)
def codec_for(name: str) -> str | None:
    """Python's codec for a charset of mail; None when it is unknown or no charset of text."""
    plain = name.strip().strip("\"'").casefold().split("*")[0].replace(" ", "")
    plain = _ALIASES.get(plain, plain)
    if not plain or not plain.isascii() or "\x00" in plain:
        return None
    try:
        found = codecs.lookup(plain)
    except (LookupError, ValueError):
        return None
    canonical = found.name.replace("_", "-")
    return None if canonical in _REFUSED or not getattr(found, "_is_text_encoding", True) else found.name


def decode(data: bytes, charset: str | None) -> tuple[str, str | None]:
    """The text of *data*, and what was wrong with its label or None.

    Valid UTF-8 that holds more than ASCII is UTF-8 whatever the label says, unless the label is one whose
    text is ASCII on the wire (ISO-2022, HZ): text in another charset passes for UTF-8 by chance next to never.
    """
    codec = codec_for(charset) if charset else None
    if codec is not None and codec.startswith(("iso2022", "hz", "utf-16", "utf-32")):
        return _strictly(data, codec) or (data.decode(codec, "replace"), "charset-wrong")
    if data.isascii():
        return data.decode("ascii"), None if codec or not charset else "charset-unknown"
    if codec != "utf-8" and (text := _utf8(data)) is not None:
        return text, "charset-wrong" if charset else "charset-missing"
    if codec is None:
        return guess(data), "charset-unknown" if charset else "charset-missing"
    if (strict := _strictly(data, codec)) is not None:
        return strict
    if codec == "utf-8":
        return _mostly_utf8(data)
    return data.decode(codec, "replace"), "charset-wrong" if codec != "cp1252" else None


def guess(data: bytes) -> str:
    """The text of bytes that name no charset: UTF-8 where it is valid, else what Windows of the West would show."""
    return _utf8(data) or data.decode("cp1252", "replace")


def decode_words(value: str) -> str:
    """A header value with its encoded-words read (RFC 2047), also those that split a character."""
    if "=?" not in value:
        return value
    pieces: list[str] = []
    run: list[bytes] = []
    charset, end = "", 0
    for match in _WORD.finditer(value):
        between = value[end : match.start()]
        adjacent = bool(run) and not between.strip()
        same = adjacent and match[1].casefold() == charset
        if not same and run:
            pieces.append(decode(b"".join(run), charset)[0])
            run = []
        if not adjacent:
            pieces.append(between)
        charset, end = match[1].casefold(), match.end()
        run.append(_word_bytes(match[2], match[3]))
    if run:
        pieces.append(decode(b"".join(run), charset)[0])
    pieces.append(value[end:])
    return "".join(pieces)


def _word_bytes(kind: str, text: str) -> bytes:
    if kind in "qQ":
        raw = text.encode("utf-8", "surrogateescape").replace(b"_", b" ")
        return _HEX.sub(lambda m: bytes((int(m[1], 16),)), raw)
    wire = re.sub(r"[^A-Za-z0-9+/]", "", text)
    wire = wire[: len(wire) - 1] if len(wire) % 4 == 1 else wire
    return codecs.decode((wire + "=" * (-len(wire) % 4)).encode("ascii"), "base64")


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _strictly(data: bytes, codec: str) -> tuple[str, None] | None:
    try:
        return data.decode("utf-8-sig" if codec == "utf-8" else codec), None
    except (UnicodeDecodeError, ValueError):
        return None


def _mostly_utf8(data: bytes) -> tuple[str, str]:
    """UTF-8 with a broken place stays UTF-8; text that is hardly UTF-8 at all is read as Windows-1252."""
    text = data.decode("utf-8", "replace")
    high = sum(1 for c in text if c > "\x7f")
    if text.count("\ufffd") * 2 > high:
        return data.decode("cp1252", "replace"), "charset-wrong"
    return text, "charset-wrong"
