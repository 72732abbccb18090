"""Messages of mailboxes as arrivals, by what their folder is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailroute.domain.policy import ReadingLimits, Trust
from mailroute.domain.received import Channel, Envelope, FolderRole, Verdict
from mailroute.intake.imap import Listed
from mailroute.intake.mailbox_mail import is_wanted, received, too_large
from mailroute.intake.mailbox_settings import MailboxAccount, WatchedFolder
from mailroute.intake.passed_on import as_forward
from mailroute.parsing import parse

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
ROSA = "rosa@northwind.example"
HERE = "issues@northwind.example"
ACCOUNT = MailboxAccount(name="sales", host="mail.example", port=993, starttls=False, user="sales")
FOLDER = WatchedFolder(
    account=ACCOUNT, folder="INBOX", role=FolderRole.ROUTING, routing_address=HERE, max_bytes=10_000
)
CLIENT = (
    b"Return-Path: <ann@borealis.example>\r\nDelivered-To: issues@northwind.example\r\n"
    b"From: Ann Lee <ann@borealis.example>\r\nTo: rosa@northwind.example\r\nMessage-ID: <1@borealis.example>\r\n"
    b"Subject: =?utf-8?q?Pumpe_4_l=C3=A4uft?=\r\n nicht\r\n\r\nPlease help.\r\n"
)


def folder(role: FolderRole) -> WatchedFolder:
    """A folder of Rosa's."""
    return replace(FOLDER, role=role, owner=ROSA)


def test_an_arrival_is_known_by_its_content_not_by_its_number() -> None:
    """The same message under another UID is the same arrival; in another folder it is another."""
    first, again = (received(CLIENT, FOLDER, uid, at=AT, observed=False) for uid in (7, 70))
    elsewhere = received(CLIENT, replace(FOLDER, folder="Other"), 7, at=AT, observed=False)

    assert first.source_key == again.source_key
    assert first.source_key != elsewhere.source_key
    assert ("sales/INBOX/7", "sales/INBOX/70") == (first.source, again.source)
    assert (Channel.IMAP, None, AT) == (first.channel, first.vouched, first.received_at)
    assert Envelope("ann@borealis.example", (HERE,)) == first.envelope


def test_a_clients_mail_in_a_reps_folder_is_that_reps_forward() -> None:
    """It becomes a mail from the rep with the client's mail attached, proved by the login."""
    found = received(CLIENT, folder(FolderRole.ISSUES), 7, at=AT, observed=False)
    parsed = parse(found.raw, limits=ReadingLimits(), trust=Trust())

    assert Verdict.PASS is found.vouched
    assert Envelope(ROSA, (HERE,)) == found.envelope
    assert parsed.sender is not None
    assert ROSA == parsed.sender.address
    assert parsed.forwarded is not None
    assert ("ann@borealis.example", "<1@borealis.example>", "attached") == (
        parsed.forwarded.sender.address,
        parsed.forwarded.message_id,
        parsed.forwarded.by,
    )
    assert "Fwd: Pumpe 4 läuft nicht" == parsed.subject
    assert "Please help." == parsed.forwarded.body.strip()


def test_the_owners_own_mail_is_theirs_as_it_is() -> None:
    """What the owner of the mailbox wrote needs no wrapping, and their login proves it."""
    own = CLIENT.replace(b"From: Ann Lee <ann@borealis.example>", b"From: Rosa <ROSA@northwind.example>")
    found = [
        received(own, folder(role), 7, at=AT, observed=False) for role in (FolderRole.ISSUES, FolderRole.SENT)
    ]

    assert [Verdict.PASS, Verdict.PASS] == [one.vouched for one in found]
    assert all(one.raw.startswith(b"From: Rosa") for one in found)


@pytest.mark.parametrize(
    "fields",
    [
        b"From: Rosa <rosa@northwind.example>, Ann <ann@borealis.example>",
        b"From: rosa@northwind.example\r\nFrom: ann@borealis.example",
        b'From: "rosa@northwind.example" <ann@borealis.example>',
    ],
)
def test_a_doubtful_author_is_not_the_owner(fields: bytes) -> None:
    """Two authors, two From fields, or an address as a name: nothing of that is proved by the login."""
    raw = CLIENT.replace(b"From: Ann Lee <ann@borealis.example>", fields)

    assert received(raw, folder(FolderRole.SENT), 7, at=AT, observed=False).vouched is None


def test_what_is_too_large_is_named() -> None:
    """Its header and its place stand for it, the same at every look."""
    listed = Listed(9, 50_000_000, AT)
    found = too_large(CLIENT.partition(b"\r\n\r\n")[0], FOLDER, listed, observed=False)
    again = too_large(CLIENT.partition(b"\r\n\r\n")[0], FOLDER, replace(listed, uid=10), observed=False)

    assert b"This message of 50000000 bytes is over the limit of 10000" in found.raw
    assert found.source_key == again.source_key


@pytest.mark.parametrize(
    ("role", "senders", "recipients", "wanted"),
    [
        (FolderRole.ROUTING, (), (), True),
        (FolderRole.ISSUES, ("mum@home.example",), (), True),
        (FolderRole.INBOX_KNOWN, ("ann@borealis.example",), (ROSA,), True),
        (FolderRole.INBOX_KNOWN, ("mum@home.example",), ("ann@borealis.example",), False),
        (FolderRole.INBOX_KNOWN, (), (), False),
        (FolderRole.SENT, (ROSA,), ("ann@borealis.example",), True),
        (FolderRole.SENT, (ROSA,), ("mum@home.example",), False),
    ],
)
def test_the_envelope_decides_what_is_fetched(
    role: FolderRole, senders: tuple[str, ...], recipients: tuple[str, ...], wanted: bool
) -> None:
    """Of a person's mail only what known companies write, or are written, is fetched."""
    listed = Listed(1, 100, AT, senders, recipients)

    assert wanted == is_wanted(listed, role, lambda address: address.endswith("@borealis.example"))


def test_a_subject_cannot_smuggle_fields_into_the_forward() -> None:
    """A subject without end, with NUL or none at all leaves the forward's own header whole."""
    for subject in (
        b"Subject: " + b"x" * 5000,
        b"Subject: a\0b",
        b"X: y",
        b"Subject: a\r\nBcc: evil@x.example",
    ):
        raw = b"From: ann@borealis.example\r\n" + subject + b"\r\n\r\nhi\r\n"
        head = as_forward(raw, owner=ROSA, routing_address=HERE, at=AT).partition(b"\r\n\r\n")[0]

        assert b"Bcc" not in head
        assert b"\0" not in head
        assert 1 == head.count(b"Subject:")
