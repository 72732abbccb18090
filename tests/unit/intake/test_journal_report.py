"""Exchange journal envelopes."""

import base64
from datetime import UTC, datetime

import pytest

from mailroute.domain.received import Channel, Envelope, ReceivedMail
from mailroute.intake.journal_report import opened, unwrap

INNER = (
    b"From: Ann Lee <ann@borealis.example>\r\nTo: sales@northwind.example\r\n"
    b"Subject: Pump 4\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n\r\nL\xc3\xa4uft nicht.\r\n"
)
WORDS = (
    "Sender: ann@borealis.example\r\nSubject: Pump 4\r\nMessage-Id: <1@borealis.example>\r\n"
    "To: sales@northwind.example\r\nBcc: rosa@northwind.example, Forwarded: info@northwind.example\r\n"
)


def report(
    inner: bytes, encoding: str = "7bit", words: str = WORDS, mark: str = "X-MS-Journal-Report:"
) -> bytes:
    """A journal report as Exchange makes them."""
    head = (
        f"From: Exchange <exchange@northwind.example>\r\nTo: journal@northwind.example\r\n{mark} \r\n"
        'Subject: Pump 4\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="_b_"\r\n\r\n'
        f"--_b_\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n--_b_\r\n"
        f"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + inner + b"\r\n--_b_--\r\n"


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
def test_the_mail_inside_comes_out_byte_for_byte(line_end: bytes) -> None:
    """Envelope from the report's words, the mail as it was; whom a list was expanded from is nobody's recipient."""
    found = unwrap(report(INNER).replace(b"\r\n", line_end))

    assert found is not None
    assert INNER.replace(b"\r\n", line_end) == found.raw
    expected = Envelope("ann@borealis.example", ("sales@northwind.example", "rosa@northwind.example"))
    assert expected == found.envelope


def test_an_encoded_mail_is_decoded() -> None:
    """Where the report carries the mail in base64, its bytes come out."""
    found = unwrap(report(base64.encodebytes(INNER).replace(b"\n", b"\r\n"), "base64"))

    assert found is not None
    assert INNER == found.raw


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        INNER,
        report(INNER, mark="X-Something-Else:"),
        b"X-MS-Journal-Report:\r\nContent-Type: text/plain\r\n\r\nSender: a@b.example\r\n",
        b"X-MS-Journal-Report:\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nno mail\r\n--x--\r\n",
        b"Subject: x\r\n\r\nX-MS-Journal-Report:\r\n" + INNER,
    ],
)
def test_what_is_no_report_is_left_as_it_is(raw: bytes) -> None:
    """Only a report with a mail in it is unwrapped; the mark in a body is none."""
    assert unwrap(raw) is None


def test_a_null_sender_and_no_recipient_are_told() -> None:
    """A bounce that was journaled has no sender."""
    found = unwrap(report(INNER, words="Sender: <>\r\nSubject: x\r\n"))

    assert found is not None
    assert Envelope(None, ()) == found.envelope


@pytest.mark.parametrize(
    ("recipients", "unwrapped"),
    [
        (("Journal@northwind.example",), True),
        (("journal@northwind.example", "issues@northwind.example"), False),
        (("issues@northwind.example",), False),
    ],
)
def test_reports_are_believed_at_the_journal_address_alone(
    recipients: tuple[str, ...], unwrapped: bool
) -> None:
    """A report that a stranger sends to another address of ours is a mail like others."""
    mail = ReceivedMail(
        raw=report(INNER),
        envelope=Envelope("exchange@northwind.example", recipients),
        channel=Channel.SMTP,
        source_key="smtp:1",
        received_at=datetime(2026, 3, 3, tzinfo=UTC),
    )
    found = opened(mail, "journal@northwind.example")

    assert unwrapped == (found.raw == INNER)
    assert (mail is found) != unwrapped
    assert mail is opened(mail, None)
