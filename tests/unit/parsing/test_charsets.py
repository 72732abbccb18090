"""Bytes to text by the names that mail uses."""

import pytest

from mailroute.parsing.charsets import codec_for, decode, decode_words


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("iso-8859-1", "cp1252"),
        ("US-ASCII", "cp1252"),
        ("gb2312", "gb18030"),
        ("ks_c_5601-1987", "cp949"),
        ("Shift_JIS", "cp932"),
        ('"UTF8"', "utf-8"),
    ],
)
def test_names_mean_what_browsers_take_them_for(name: str, codec: str) -> None:
    """Labels follow the WHATWG aliases."""
    assert codec_for(name) == codec


@pytest.mark.parametrize(
    "name",
    ["rot13", "utf-7", "idna", "unicode_escape", "undefined", "base64", "zlib", "x-nonsense", "", "\x00"],
)
def test_codecs_that_are_no_text_are_refused(name: str) -> None:
    """No label may turn bytes into other text than stands there."""
    assert codec_for(name) is None


@pytest.mark.parametrize(
    ("data", "charset", "expected"),
    [
        ("Größe".encode(), "iso-8859-1", ("Größe", "charset-wrong")),
        ("Größe".encode("cp1252"), "utf-8", ("Größe", "charset-wrong")),
        ("Größe".encode("cp1252"), "iso-8859-1", ("Größe", None)),
        (b"plain", None, ("plain", None)),
        (b"plain", "x-nonsense", ("plain", "charset-unknown")),
        ("Größe".encode(), None, ("Größe", "charset-missing")),
    ],
)
def test_wrong_and_missing_labels_are_mended(
    data: bytes, charset: str | None, expected: tuple[str, str | None]
) -> None:
    """Valid UTF-8 is UTF-8 whatever the label says, and the damage is told."""
    assert decode(data, charset) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=?utf-8?q?Gr=C3=B6=C3=9Fe?=", "Größe"),
        ("=?utf-8?b?5rM=?= =?utf-8?b?tQ==?=", "泵"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8?q?a?= =?iso-8859-1?q?=FC?=", "aü"),
        ("=?utf-8?q?broken", "=?utf-8?q?broken"),
        ("=?utf-8?b?!!!?=", ""),
        ("no words", "no words"),
    ],
)
def test_encoded_words(value: str, expected: str) -> None:
    """Adjacent encoded-words are joined before they are decoded, so a split character survives."""
    assert decode_words(value) == expected
