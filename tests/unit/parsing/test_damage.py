"""The short way to a message's damage and addresses tells what mail-parser tells the long way."""

import email
from pathlib import Path

import pytest
from mailparser import MailParser
from mailparser.utils import get_addresses

from mailroute.parsing.damage import addresses_in, damage_in

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "emails"
HEAD = b"From: Ann Lee <ann@borealis.example>\nDate: Mon, 02 Mar 2026 09:14:00 +0100\n"


def kinds(raw: bytes) -> set[str]:
    """The kinds of damage that mail-parser finds when it reads everything."""
    return set(MailParser(email.message_from_bytes(raw)).defects_categories) - {"AddressHeaderDefect"}


@pytest.mark.parametrize("family", ["attachments", "bounces", "charsets", "forwarded", "plain", "replies"])
def test_damage_is_what_mail_parser_finds(family: str) -> None:
    """A message that is read the short way has the same damage as one that is read the long way."""
    mails = [path.read_bytes() for path in sorted((FIXTURES / family).glob("*.eml"))]

    expected = [len(kinds(raw)) for raw in mails]
    actual = [len(damage_in(email.message_from_bytes(raw))) for raw in mails]

    assert expected == actual


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (b"\nwords\n", ()),
        (b"Content-Type: text/plain; charset=utf-8\n\n\xe4\n", ("mime:charset-decode-defect",)),
        (b"Content-Type: text/plain; charset=no-such\n\n\xe4\n", ("mime:charset-decode-defect",)),
        (b'Content-Type: image/png; name="\xe4.png"\n\nx\n', ("mime:mime-header-defect",)),
        (b"Resent-Date: yesterday\n\nx\n", ("mime:date-header-defect",)),
        (b"Received: from (a; Mon, 02 Mar 2026 09:14:00 +0100\n\nx\n", ("mime:received-header-defect",)),
    ],
)
def test_each_kind_of_damage_is_told(rest: bytes, expected: tuple[str, ...]) -> None:
    """Damage of charsets, names, dates and trace fields is told wherever it stands."""
    actual = damage_in(email.message_from_bytes(HEAD + rest))

    assert expected == actual


@pytest.mark.parametrize(
    "value",
    [
        "ann@borealis.example",
        "Ann Lee <ann.lee+pumps@borealis.example>",
        '"Lee, Ann" <ann@borealis.example>, Sam O\'Neil <sam@ourfirm.example>,kim@x',
        '"" <ann@borealis.example>',
        "<ann@borealis.example>, \t=?utf-8?q?J=C3=B6rg?= Lee <joerg@borealis.example>",
        "Ann B. Lee <ann@borealis.example>",
        "ann@borealis.example, ",
        "Ann Lee <ann@borealis.example",
        "eve@bad.example <ann@borealis.example>",
        "Pumps: ann@borealis.example, sam@ourfirm.example;",
        "undisclosed-recipients:;",
    ],
)
def test_addresses_are_those_of_mail_parser(value: str) -> None:
    """A plain list of addresses is read without mail-parser, and read as it would."""
    found: list[dict[str, str]] = []

    expected = (get_addresses(value, defects=found), [one["reason"] for one in found])
    actual = addresses_in(value)

    assert expected == actual
