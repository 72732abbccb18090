"""What one message may cost."""

import time

import pytest

from mailroute.domain.policy import ReadingLimits
from mailroute.parsing import parse

HEAD = b"From: Ann <ann@x.example>\nSubject: Re: x\nMIME-Version: 1.0\n"
TEXT = HEAD + b"Content-Type: text/plain\n\n"
HTML = HEAD + b"Content-Type: text/html\n\n"
MEGABYTE = 1_000_000


def nested(depth: int) -> bytes:
    """Multiparts inside each other."""
    one = "Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"
    return HEAD + "".join(one.format(n=n) for n in range(depth)).encode()


@pytest.mark.parametrize(
    ("raw", "defect"),
    [
        (nested(25), "over-limit:depth"),
        (HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 1100, "over-limit:parts"),
        (b"".join(HEAD + b"Content-Type: message/rfc822\n\n" for _ in range(25)), "over-limit:depth"),
        (HEAD + b"X: y\n" * 3000 + b"\nx", "over-limit:header"),
        (HEAD + b"X: " + b"y" * 300_000 + b"\n\nx", "over-limit:header"),
        (HEAD + b"X: " + b"y" * 70_000 + b"\n\nx", "over-limit:field"),
    ],
)
def test_over_the_limit_is_told_and_the_header_is_read(raw: bytes, defect: str) -> None:
    """Whatever is too much, the mail still gives its author and a defect that names the limit."""
    mail = parse(raw)

    assert any(one.startswith(defect) for one in mail.defects)
    assert mail.sender is not None
    assert mail.sender.address == "ann@x.example"


def test_too_large_a_mail_gives_its_header() -> None:
    """The size limit leaves the body unread."""
    mail = parse(TEXT + b"x" * 2000, limits=ReadingLimits(raw_bytes=1000))

    assert any(one.startswith("over-limit:size") for one in mail.defects)
    assert mail.body.full == ""


def test_long_text_is_clipped_and_said_so() -> None:
    """Clipping is no reason for quarantine, but it is told."""
    mail = parse(TEXT + b"word " * 1000, limits=ReadingLimits(text_characters=100))

    assert "clipped:text" in mail.defects
    assert len(mail.body.full) <= 100


def test_legal_nesting_is_read() -> None:
    """Twenty levels are allowed."""
    raw = nested(18) + b"Content-Type: text/plain\n\ndeep words\n"

    assert "deep words" in parse(raw).body.full


WORST = {
    "labels": TEXT + b"From: a@b.example\n" * 60_000,
    "announcements": TEXT + b"---- Forwarded message ----\n" * 36_000,
    "newlines": TEXT + b"\n" * MEGABYTE,
    "quotes": TEXT + b"> " * (MEGABYTE // 2),
    "attributions": TEXT + b"On Mon, x 2026\n" * 66_000,
    "delimiters": TEXT + b"--\n" * 333_000,
    "notes": TEXT + b"Ann Lee\n03/02/2026 09:14 AM\nTo: x/y@z\n" * 25_000,
    "uuencode": TEXT + b"begin 644 x\n" * 83_000,
    "flowed": HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"abc \n" * 200_000,
    "divs": HTML + b"<div>" * 200_000,
    "hidden": HTML + b'<b style="display:none">x</b>' * 34_000,
    "blockquotes": HTML + b"<blockquote>" * 83_000,
    "encoded-words": HEAD + b"X: " + b"=?utf-8?q?a?= " * 4000 + b"\n\nx",
    "parameters": HEAD + b"Content-Type: text/plain" + b";a=b" * 15_000 + b"\n\nx",
    "parentheses": b"From: " + b"(" * 60_000 + b"\n\nx",
    "boundaries": nested(19) + b"--\n" * 333_000,
}


@pytest.mark.parametrize("name", WORST)
def test_worst_cases_of_a_megabyte_end_soon(name: str) -> None:
    """No input of 1 MB takes over 2 s of CPU; the test allows twice that for a busy machine."""
    begin = time.process_time()

    parse(WORST[name])

    assert time.process_time() - begin < 4


LINES = (
    "---- some words here ----\n",
    "________________\n",
    "---- Forwarded message ----\n",
    "---- Original message ----\nFrom: Ann <ann@borealis.example>\nSubject: Pump\n",
    "Forwarded message:\nFrom: Ann\n\n",
    "From: Ann <ann@borealis.example>\nFoo: bar\n",
    "> From: Ann <ann@borealis.example>\n",
    "Message du 02/03/26 16:05\n",
    "-- reply above this line --\n",
    "===8<===x===\n",
    "On Monday, Ann Lee wrote:\n",
    "CAUTION: external mail from outside the organisation\n\n",
    "This message is confidential and intended for the recipient only.\n\n",
)


@pytest.mark.parametrize("subject", ["Fwd: Pump", "Re: Pump", "Pump"])
@pytest.mark.parametrize("line", LINES)
def test_a_line_repeated_without_end_is_read(line: str, subject: str) -> None:
    """Nothing in a text makes the reader go deeper with each line of it."""
    mail = parse(f"From: a@borealis.example\nSubject: {subject}\n\n{line * 3000}".encode())

    assert 3000 <= mail.body.full.count("\n") + 1
