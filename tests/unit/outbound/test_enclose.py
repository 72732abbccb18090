"""Files that travel along with a mail of ours."""

from email import message_from_bytes, policy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroute.domain.outgoing import ComposedMail, Enclosure
from mailroute.outbound.enclose import enclose

MAIL = ComposedMail(
    message_id="<reply.1.a.b@northwind.example>",
    subject="Seal",
    text="See the drawing.",
    raw=b"From: Northwind <issues@northwind.example>\r\nSubject: Seal\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nSee the drawing.\r\n",
    mail_from="issues@northwind.example",
    rcpt_to=("ann@borealis.example",),
)


def opened(mail: ComposedMail) -> Any:
    """The mail as a reader's program opens it."""
    return message_from_bytes(mail.raw, policy=policy.default)


def test_without_files_it_is_the_same_mail() -> None:
    """A mail without enclosures is not touched."""
    assert MAIL == enclose(MAIL, [])


@given(st.binary(max_size=5000), st.text(max_size=120))
def test_any_file_arrives_whole_behind_the_text(data: bytes, name: str) -> None:
    """Whatever the bytes and the name, the text stays first and the file comes out as it went in."""
    message = opened(enclose(MAIL, [Enclosure(name, "application/pdf", data)]))
    [text, file] = message.iter_parts()

    assert "See the drawing." == text.get_content().strip()
    assert data == file.get_content()
    assert "attachment" == file.get_content_disposition()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("seal.pdf", "seal.pdf"),
        ("Zeichnung Dichtung (größer).pdf", "Zeichnung Dichtung (größer).pdf"),
        ("../../etc/passwd", "passwd"),
        ('a"b\r\nBcc: evil@evil.example.pdf', "a'b Bcc: evil@evil.example.pdf"),
        ("", "file"),
    ],
)
def test_names_are_plain(written: str, name: str) -> None:
    """A name holds no path, no line end and no quotation mark, and any language."""
    message = opened(enclose(MAIL, [Enclosure(written, "application/pdf", b"x")]))

    assert name == list(message.iter_parts())[1].get_filename()
    assert message["Bcc"] is None


@pytest.mark.parametrize("kind", ["text/html\r\nX: y", "message/rfc822", "multipart/mixed", "nonsense", ""])
def test_strange_types_travel_as_plain_bytes(kind: str) -> None:
    """A type that could change how the mail is read is not passed on."""
    message = opened(enclose(MAIL, [Enclosure("a", kind, b"x")]))

    assert "application/octet-stream" == list(message.iter_parts())[1].get_content_type()
