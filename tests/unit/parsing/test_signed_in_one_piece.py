"""S/MIME that signs the content in one opaque piece (RFC 8551 §3.5.2): the walk along its tags."""

import base64
from pathlib import Path

import pytest

from mailroute.parsing import parse
from mailroute.parsing.cms import signed_content

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "emails" / "attachments"
SIGNED = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")


def told(tag: int, content: bytes) -> bytes:
    """An element with its length (X.690 §8.1.3.5)."""
    size = len(content).to_bytes(4)
    return bytes((tag, 0x84)) + size + content


def untold(tag: int, content: bytes) -> bytes:
    """An element that ends with two zero bytes (X.690 §8.1.3.6)."""
    return bytes((tag, 0x80)) + content + b"\0\0"


def signed(octets: bytes) -> bytes:
    """A signed message around the element *octets*."""
    inside = told(0x02, b"\1") + told(0x31, b"") + told(0x30, DATA + told(0xA0, octets))
    return told(0x30, SIGNED + told(0xA0, told(0x30, inside)))


@pytest.mark.parametrize(
    "octets",
    [
        told(0x04, b"Pump 4"),
        told(0x24, told(0x04, b"Pump") + told(0x04, b" 4")),
        untold(0x24, told(0x04, b"Pump") + untold(0x24, told(0x04, b" ") + told(0x04, b"4"))),
    ],
    ids=["one piece", "pieces with a length", "pieces without a length"],
)
def test_content_in_pieces_is_put_together(octets: bytes) -> None:
    """The bytes that were signed are told, however the program cut them."""
    assert b"Pump 4" == signed_content(signed(octets))


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        told(0x0C, b"Pump 4"),
        untold(0x24, told(0x04, b"Pump"))[:-2],
        told(0x24, told(0x0C, b"Pump")),
        told(0x24, b"\0\0"),
        b"\x24\x80" * 5000,
        told(0x04, b"Pump")[:-2],
        b"\x04\x80Pump\0\0",
        b"\x1f\x81\x01\x00",
    ],
)
def test_what_is_broken_is_not_read(octets: bytes) -> None:
    """No bytes raise anything; what is no signed content gives none."""
    assert signed_content(signed(octets)) is None


@pytest.mark.parametrize(
    "data", [b"", b"0", b"\x30\x80", told(0x30, DATA), told(0x30, told(0x30, SIGNED)), bytes(1000)]
)
def test_other_bytes_are_not_read(data: bytes) -> None:
    """Encrypted messages, certificates and noise hold no signed content."""
    assert signed_content(data) is None


def test_every_cut_of_a_real_message_is_survived() -> None:
    """A message that broke off gives its content or none, and raises nothing."""
    raw = (FIXTURES / "smime-signed-in-one-piece-streamed.eml").read_bytes()
    data = base64.b64decode(raw.partition(b"\n\n")[2])
    whole = signed_content(data)

    assert whole is not None
    assert {signed_content(data[:at]) for at in range(0, len(data), 7)} == {None, whole}


def test_structure_inside_is_held_to_the_limits() -> None:
    """Too many parts inside the signed piece leave it as it came."""
    parts = b"".join(b"--x\n\n\n" for _ in range(2000))
    content = b'Content-Type: multipart/mixed; boundary="x"\n\n' + parts + b"--x--\n"
    mail = parse(
        b"From: ann@borealis.example\nContent-Type: application/pkcs7-mime; smime-type=signed-data\n"
        b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(signed(told(0x04, content)))
    )

    assert "smime:signed-opaque" in mail.defects
    assert "" == mail.body.full
