"""A charset that no codec can have does not stop the reader."""

import pytest

from mailroute.parsing import parse


@pytest.mark.parametrize("charset", [b"a\x00b", b"a%00b"])
@pytest.mark.parametrize(
    "field", [b"Content-Disposition: attachment; filename", b"Content-Type: text/plain; name"]
)
def test_nul_in_the_charset_of_a_name(field: bytes, charset: bytes) -> None:
    """A file name whose charset holds a NUL is still a name, whichever field gives it."""
    mail = parse(
        b"From: ann@borealis.example\nMIME-Version: 1.0\n"
        + field
        + b"*0*="
        + charset
        + b"''plan.txt\n\nwords\n"
    )

    assert [one.filename for one in mail.attachments if one.filename] in ([], ["plan.txt"])


@pytest.mark.parametrize("name", [b"boundary", b"charset"])
def test_nul_in_other_parameters(name: bytes) -> None:
    """So it is with the boundary and with the charset of the text."""
    kind = b"multipart/mixed" if name == b"boundary" else b"text/plain"
    head = b"From: ann@borealis.example\nMIME-Version: 1.0\nContent-Type: " + kind

    assert parse(head + b"; " + name + b"*=a%00b''x\n\nwords\n").subject == ""
    assert parse(head + b"; " + name + b"*0*=a%00b''x\n\nwords\n").subject == ""
    assert parse(head + b"; " + name + b"*=a\x00b''x\n\nwords\n").subject == ""
