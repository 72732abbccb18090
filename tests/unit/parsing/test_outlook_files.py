"""Mails attached as Outlook's .msg files; python-oxmsg reads them where it is installed."""

import base64
import importlib.util
import random
import struct
from datetime import UTC, datetime

import pytest

from mailroute.domain.address import Mailbox
from mailroute.parsing import parse
from mailroute.parsing.msg import NOT_INSTALLED, UNREADABLE, to_message
from mailroute.parsing.rtf import expand_rtf

INSTALLED = importlib.util.find_spec("oxmsg") is not None
WITH, WITHOUT = (
    pytest.mark.skipif(not INSTALLED, reason="needs mailroute[msg]"),
    pytest.mark.skipif(INSTALLED, reason="mailroute[msg] is installed"),
)
SECTOR, MINI, CUTOFF, END, FREE = 512, 64, 4096, 0xFFFFFFFE, 0xFFFFFFFF
Tree = dict[str, "bytes | Tree"]


class CompoundFile:
    """A file of storages and streams (MS-CFB §2), as Outlook writes it: what is short stands in the mini stream."""

    def __init__(self, tree: Tree) -> None:
        self.entries: list[list[object]] = [["Root Entry", 5, FREE, FREE, FREE, END, 0]]
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = b""
        self.mini_fat: list[int] = []
        self.add(tree, 0)

    def keep(self, data: bytes) -> int:
        """Put *data* into sectors of its own."""
        padded = data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\0")
        first = len(self.sectors)
        self.sectors.extend(padded[i : i + SECTOR] for i in range(0, len(padded), SECTOR))
        self.fat.extend([*range(first + 1, len(self.sectors)), END])
        return first

    def keep_short(self, data: bytes) -> int:
        """Put *data* into the mini stream."""
        first = len(self.mini_fat)
        count = -(-len(data) // MINI)
        self.mini += data.ljust(count * MINI, b"\0")
        self.mini_fat.extend([*range(first + 1, first + count), END])
        return first

    def add(self, folder: Tree, parent: int) -> None:
        """Enter what is in *folder*, each entry as the right sibling of the one before."""
        before: list[object] | None = None
        for name, content in folder.items():
            number = len(self.entries)
            entry: list[object] = [name, 1, FREE, FREE, FREE, END, 0]
            self.entries.append(entry)
            if before is None:
                self.entries[parent][4] = number
            else:
                before[3] = number
            before = entry
            if isinstance(content, bytes):
                keep = self.keep if len(content) >= CUTOFF else self.keep_short
                entry[1], entry[5], entry[6] = 2, keep(content) if content else END, len(content)
            else:
                self.add(content, number)

    def bytes(self) -> bytes:
        """The file."""
        self.entries[0][5:] = [self.keep(self.mini), len(self.mini)]
        self.mini_fat += [FREE] * (-len(self.mini_fat) % 128)
        mini_fat = self.keep(struct.pack(f"<{len(self.mini_fat)}I", *self.mini_fat))
        while len(self.entries) % 4:
            self.entries.append(["", 0, FREE, FREE, FREE, 0, 0])
        folder = b"".join(
            str(name).encode("utf-16-le").ljust(64, b"\0")
            + struct.pack("<HBB3I", 2 * len(str(name)) + 2 if name else 0, kind, 1, left, right, child)
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
            for name, kind, left, right, child, start, size in self.entries
        )
        at = self.keep(folder)
        table = [*self.fat, 0xFFFFFFFD]
        table += [FREE] * (-len(table) % 128)
        assert len(table) == 128, "one sector of table holds 127 others"
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
        head += struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
        head += struct.pack("<9I", 0, 1, at, 0, CUTOFF, mini_fat, len(self.mini_fat) // 128, END, 0)
        head += struct.pack("<109I", len(self.sectors), *[FREE] * 108)
        return head + b"".join(self.sectors) + struct.pack("<128I", *table)


def storage(
    texts: dict[int, str], numbers: dict[int, int], head: int, *, pages: dict[int, bytes] | None = None
) -> Tree:
    """A storage with text, number and binary properties (MS-OXMSG §2.4)."""
    rows = [struct.pack("<HHIII", 0x1F, key, 6, 2 * len(text) + 2, 0) for key, text in texts.items()]
    rows += [struct.pack("<HHIII", 3, key, 6, number, 0) for key, number in numbers.items()]
    streams: Tree = {f"__substg1.0_{key:04X}001F": text.encode("utf-16-le") for key, text in texts.items()}
    for key, data in (pages or {}).items():
        rows.append(struct.pack("<HHIII", 0x102, key, 6, len(data), 0))
        streams[f"__substg1.0_{key:04X}0102"] = data
    return {"__properties_version1.0": bytes(head) + b"".join(rows), **streams}


TEXTS = {
    0x1A: "IPM.Note",
    0x37: "Pump 4",
    0xC1A: "Ann Lee",
    0x5D01: "ann.lee@borealis.example",
    0x1000: "Pump 4 leaks.",
}
"""Properties of Ann Lee's mail, which Outlook saved without an Internet header."""


def outlook_file(texts: dict[int, str] = TEXTS, pages: dict[int, bytes] | None = None) -> bytes:
    """Her mail to Sam Reed with a copy to Bob."""
    tree = storage(texts, {0x3FDE: 1252}, 32, pages=pages)
    for number, (name, address) in enumerate(
        (("Sam Reed", "sam@ourfirm.example"), ("Bob", "bob@borealis.example"))
    ):
        tree[f"__recip_version1.0_#{number:08X}"] = storage(
            {0x3001: name, 0x3003: address}, {0xC15: number + 1}, 8
        )
    return CompoundFile(tree).bytes()


def mail_with(data: bytes) -> bytes:
    """Sam's mail with the file."""
    return (
        b"From: Sam Reed <sam@ourfirm.example>\nSubject: For you\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nPlease look.\n--b\n'
        b'Content-Type: application/vnd.ms-outlook; name="Pump 4.msg"\nContent-Disposition: attachment\n'
        b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(data) + b"--b--\n"
    )


@WITH
def test_an_attached_outlook_file_is_a_forwarded_mail() -> None:
    """The mail inside is told with author, recipients and words, and the file stays a file."""
    mail = parse(mail_with(outlook_file()))

    assert mail.forwarded is not None
    assert Mailbox("Ann Lee", "ann.lee@borealis.example") == mail.forwarded.sender
    assert (Mailbox("Sam Reed", "sam@ourfirm.example"),) == mail.forwarded.to
    assert (Mailbox("Bob", "bob@borealis.example"),) == mail.forwarded.cc
    assert ("attached", "Pump 4", "Pump 4 leaks.") == (
        mail.forwarded.by,
        mail.forwarded.subject,
        mail.forwarded.body,
    )
    assert "Please look." == mail.forwarded.note
    assert ["Pump 4.msg"] == [one.filename for one in mail.attachments]


@WITH
def test_other_things_of_outlook_are_no_mail() -> None:
    """A contact or an appointment saved by Outlook is a file and no more."""
    assert to_message(outlook_file(TEXTS | {0x1A: "IPM.Contact"})) is None


@WITH
def test_a_broken_outlook_file_is_said_to_be_broken() -> None:
    """A file that cannot be read stays a file, and the mail around it is read."""
    mail = parse(mail_with(outlook_file()[:1500]))

    assert mail.forwarded is None
    assert UNREADABLE in mail.defects


@WITH
def test_a_long_body_and_a_page_are_read() -> None:
    """A body too long for the mini stream is read whole; without one the page (HTML) is, in its own charset."""
    long = TEXTS | {0x1000: "Pump 4 leaks.\r\n" * 200}
    page = TEXTS | {0x1000: ""}
    markup = "<html><head><meta charset='windows-1252'></head><body><p>Grüße von Pumpe 4</p></body></html>"

    first = parse(mail_with(outlook_file(long))).forwarded
    second = parse(mail_with(outlook_file(page, {0x1013: markup.encode("cp1252")}))).forwarded

    assert first is not None
    assert 200 == first.body.count("Pump 4 leaks.")
    assert second is not None
    assert "Grüße von Pumpe 4" == second.body


def compressed(rtf: bytes) -> bytes:
    """RTF in its compressed form (MS-OXRTFCP), with nothing in it compressed."""
    pieces = (rtf[i : i + 8] for i in range(0, len(rtf), 8))
    return struct.pack("<4I", len(rtf), len(rtf), 0x75465A4C, 0) + b"".join(b"\0" + one for one in pieces)


@WITH
def test_a_body_in_compressed_rtf_is_read() -> None:
    """Where the file has neither text nor page, the words of its RTF are the body."""
    rtf = compressed(rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}Pump 4 leaks.\par Gr\'fc\'dfe}")

    mail = parse(mail_with(outlook_file(TEXTS | {0x1000: ""}, {0x1009: rtf}))).forwarded

    assert mail is not None
    assert "Pump 4 leaks.\nGrüße" == mail.body


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
            b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
        ),
        ("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
        ("1a0000001c0000004c5a4675e2d44b51410004205758", b"{\\rtf1 WX"),
        ("0a000000030000004d454c4100000000787978", b"xyx"),
        ("7b5c72746631", b"{\\rtf1"),
    ],
    ids=["MS-OXRTFCP 3.1.1", "MS-OXRTFCP 3.1.2", "cut off", "stored", "not compressed"],
)
def test_compressed_rtf_is_expanded(data: str, expected: bytes) -> None:
    """The examples of the specification come out as it says; what is cut off gives what is there."""
    assert expected == expand_rtf(bytes.fromhex(data))


@WITH
def test_the_internet_header_goes_before_the_properties() -> None:
    """What the file kept of the header as it came is believed rather than Outlook's notes."""
    header = "From: Ann Lee <ann@borealis.example>\r\nDate: Mon, 2 Mar 2026 16:05:00 +0100\r\nSubject: Pump 4\r\n\r\n"
    mail = parse(mail_with(outlook_file(TEXTS | {0x7D: header}))).forwarded

    assert mail is not None
    assert "ann@borealis.example" == mail.sender.address
    assert datetime(2026, 3, 2, 15, 5, tzinfo=UTC) == mail.date


@WITH
def test_no_bytes_of_an_outlook_file_raise_anything() -> None:
    """A file with any of its bytes changed is read, or said to be broken; it never loops and never raises."""
    data = bytearray(outlook_file())
    chance = random.Random(4)
    for _ in range(400):
        hostile = bytearray(data)
        for _ in range(chance.choice((1, 3, 10))):
            hostile[chance.randrange(8, len(hostile))] = chance.randrange(256)
        read = to_message(bytes(hostile))

        assert read is None or read.startswith((b"from:", b"subject:", b"to:", b"date:", b"Content-Type:"))


@WITHOUT
def test_without_the_extra_it_is_said_how_to_get_it() -> None:
    """The defect names what to install."""
    mail = parse(mail_with(outlook_file()))

    assert mail.forwarded is None
    assert NOT_INSTALLED in mail.defects
