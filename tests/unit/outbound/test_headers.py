"""Addresses for the envelope, and text for header fields."""

import pytest

from mailroute.outbound.headers import clean, clean_name, field, wire_address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("ann.lee@borealis.example", "ann.lee@borealis.example"),
        ("Ann@Borealis.EXAMPLE", "Ann@borealis.example"),
        (" ann@localhost ", "ann@localhost"),
        ("o'neil+tag@x.example", "o'neil+tag@x.example"),
        ("a..b.@docomo.example", "a..b.@docomo.example"),
        ('"ann.lee"@x.example', '"ann.lee"@x.example'),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@straße.example", "ann@xn--strae-oqa.example"),
        ("jörg@x.example", "jörg@x.example"),
        ("ann", None),
        ("@x.example", None),
        ("ann@", None),
        ("ann@x..example", None),
        ("ann@-x.example", None),
        ("ann@[192.0.2.1]", None),
        ("a b@x.example", None),
        ("a@x>\r\nRCPT TO:<e@x", None),
        ("a@x.example> SIZE=1", None),
        ("<a@x.example>", None),
        ("a\0@x.example", None),
        ("a\u202e@x.example", None),
        ("a\ud800@x.example", None),
        ("a@b@x.example", None),
        ("x" * 65 + "@x.example", None),
        ("a@" + "x" * 64 + ".example", None),
    ],
)
def test_only_lawful_addresses_reach_the_envelope(address: str, expected: str | None) -> None:
    """Whatever could say more than an address to the server is not handed to it."""
    assert expected == wire_address(address)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nBcc: b", "a Bcc: b"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("left\u202eright\u2066x\u200b\ufeff", "leftrightx"),
        ("  much   room\t", "much room"),
        ("e\u0301", "é"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("abcdefghijk", "abcdefghi…"),
    ],
)
def test_text_is_cleaned_for_one_line(text: str, expected: str) -> None:
    """A header value is one line of visible characters within its limit."""
    assert expected == clean(text, 10 if text == "abcdefghijk" else 100)


def test_names_lose_what_addresses_are_made_of() -> None:
    """A display name holds no @, no quotes, no brackets and no separators."""
    assert clean_name('"Boss" <boss@x.example>, (me); you:') == "Boss boss x.example me you"


@pytest.mark.parametrize("name", ["X\r\nBcc", "Bcc", "X-Evil", "subject"])
def test_only_our_own_field_names_are_written(name: str) -> None:
    """The names of header fields are a fixed set."""
    with pytest.raises(ValueError, match="not among our header fields"):
        field(name, "x")


@pytest.mark.parametrize("value", ["a\r\nBcc: x", "a\0", "ü", "\x7f"])
def test_an_uncleaned_value_is_refused(value: str) -> None:
    """The last door before the wire lets no control character and nothing beyond ASCII pass."""
    with pytest.raises(ValueError, match="may not stand in a header"):
        field("Subject", value)


def test_long_values_are_folded_at_spaces() -> None:
    """Lines end before column 78 and continue with a space."""
    lines = field("Subject", " ".join(["word"] * 60)).decode().split("\r\n")

    assert max(map(len, lines)) <= 78
    assert all(line.startswith(" ") for line in lines[1:-1])
