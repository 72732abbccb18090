"""Mails attached as Outlook's .msg files; python-oxmsg reads them where it is installed."""

import base64
import importlib.util
import struct

import pytest

from mailroute.domain.address import Mailbox
from mailroute.parsing import parse
from mailroute.parsing.msg import NOT_INSTALLED, UNREADABLE, to_message

INSTALLED = importlib.util.find_spec("oxmsg") is not None
WITH, WITHOUT = (
    pytest.mark.skipif(not INSTALLED, reason="needs mailroute[msg]"),
    pytest.mark.skipif(INSTALLED, reason="mailroute[msg] is installed"),
)
SECTOR, END, FREE = 512, 0xFFFFFFFE, 0xFFFFFFFF
Tree = dict[str, "bytes | Tree"]


def compound_file(tree: Tree) -> bytes:
    """A file of storages and streams (MS-CFB §2), each stream large enough to need no mini stream."""
    entries: list[list[object]] = [["Root Entry", 5, FREE, FREE, FREE, END, 0]]
    sectors: list[bytes] = []
    fat: list[int] = []

    def keep(data: bytes) -> int:
        padded = data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\0")
        first = len(sectors)
        sectors.extend(padded[i : i + SECTOR] for i in range(0, len(padded), SECTOR))
        fat.extend([*range(first + 1, len(sectors)), END])
        return first

    def add(folder: Tree, parent: int) -> None:
        before: list[object] | None = None
        for name, content in folder.items():
            number = len(entries)
            entry: list[object] = [name, 1, FREE, FREE, FREE, END, 0]
            entries.append(entry)
            if before is None:
                entries[parent][4] = number
            else:
                before[3] = number
            before = entry
            if isinstance(content, bytes):
                entry[1], entry[2:6], entry[6] = 2, [FREE, FREE, FREE, keep(content.ljust(4096, b"\0"))], 4096
            else:
                add(content, number)

    add(tree, 0)
    while len(entries) % 4:
        entries.append(["", 0, FREE, FREE, FREE, 0, 0])
    folder = b"".join(
        str(name).encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB3I", 2 * len(str(name)) + 2 if name else 0, kind, 1, left, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
        for name, kind, left, right, child, start, size in entries
    )
    at = keep(folder)
    table = [*fat, 0xFFFFFFFD]
    table += [FREE] * (-len(table) % 128)
    assert len(table) == 128, "one sector of table holds 127 others"
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    )
    head += struct.pack("<9I", 0, 1, at, 0, 4096, END, 0, END, 0) + struct.pack(
        "<109I", len(sectors), *[FREE] * 108
    )
    return head + b"".join(sectors) + struct.pack("<128I", *table)


def storage(texts: dict[int, str], numbers: dict[int, int], head: int) -> Tree:
    """A storage with text and number properties (MS-OXMSG §2.4)."""
    rows = [struct.pack("<HHIII", 0x1F, key, 6, 2 * len(text) + 2, 0) for key, text in texts.items()]
    rows += [struct.pack("<HHIII", 3, key, 6, number, 0) for key, number in numbers.items()]
    # python-oxmsg takes the length of a stream for that of its text, so the rest is filled with spaces.
    streams: Tree = {
        f"__substg1.0_{key:04X}001F": text.ljust(2048).encode("utf-16-le") for key, text in texts.items()
    }
    empty = struct.pack("<HHIII", 3, 0x7FFF, 6, 0, 0)
    table = bytes(head) + b"".join(rows)
    return {"__properties_version1.0": table + empty * ((4096 - len(table)) // 16), **streams}


def outlook_file(kind: str = "IPM.Note") -> bytes:
    """Ann Lee's mail to Sam Reed with a copy to Bob, as Outlook saves it without an Internet header."""
    tree = storage(
        {
            0x1A: kind,
            0x37: "Pump 4",
            0xC1A: "Ann Lee",
            0x5D01: "ann.lee@borealis.example",
            0x1000: "Pump 4 leaks.",
        },
        {},
        32,
    )
    for number, (name, address) in enumerate(
        (("Sam Reed", "sam@ourfirm.example"), ("Bob", "bob@borealis.example"))
    ):
        tree[f"__recip_version1.0_#{number:08X}"] = storage(
            {0x3001: name, 0x3003: address}, {0xC15: number + 1}, 8
        )
    return compound_file(tree)


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
    assert to_message(outlook_file("IPM.Contact")) is None


@WITH
def test_a_broken_outlook_file_is_said_to_be_broken() -> None:
    """A file that cannot be read stays a file, and the mail around it is read."""
    mail = parse(mail_with(outlook_file()[:1500]))

    assert mail.forwarded is None
    assert UNREADABLE in mail.defects


@WITHOUT
def test_without_the_extra_it_is_said_how_to_get_it() -> None:
    """The defect names what to install."""
    mail = parse(mail_with(outlook_file()))

    assert mail.forwarded is None
    assert NOT_INSTALLED in mail.defects
