"""What the header says of author, threads and recipients."""

from collections.abc import Callable

import pytest

from mailroute.domain.parsed import ParsedMail
from mailroute.parsing.headers import message_ids

Read = Callable[..., ParsedMail]


@pytest.mark.parametrize(
    ("value", "sole"),
    [
        ("Ann Lee <ann@x.example>", True),
        ("ann@x.example", True),
        ("ann@x.example <ann@x.example>", True),
        ("=?utf-8?q?J=C3=B6rg?= <joerg@x.example>", True),
        ("Ann <ann@x.example>, Bo <bo@x.example>", False),
        ('"boss@acme.example" <eve@bad.example>', False),
        ("boss@acme.example <eve@bad.example>", False),
        ("=?utf-8?q?boss=40acme.example=3E?= <eve@bad.example>", False),
        ("boss@acme.example)eve@bad.example", False),
        ("undisclosed:;", False),
        ("Ann Lee", False),
    ],
)
def test_only_one_clear_mailbox_is_an_identity(read: Read, value: str, sole: bool) -> None:
    """Any doubt about who wrote it means nobody in particular did."""
    assert read("x", From=value).sender_is_sole == sole


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("<a@x> <b@x>", ("<a@x>", "<b@x>")),
        ("<a@x><b@x><a@x>", ("<a@x>", "<b@x>")),
        ("a@x b@x", ("<a@x>", "<b@x>")),
        ("Your message of Monday", ()),
        ("", ()),
    ],
)
def test_message_ids(value: str, ids: tuple[str, ...]) -> None:
    """Ids come in brackets, oldest first, each once."""
    assert message_ids(value) == ids


def test_subjects_are_one_clean_line(read: Read) -> None:
    """Nothing that a header can carry breaks a line elsewhere."""
    assert read("x", Subject="=?utf-8?q?a=0D=0ABcc:_b=E2=80=AE?=\n\tc").subject == "a Bcc: b c"


def test_where_the_mail_really_went(read: Read) -> None:
    """Mail in Bcc is found by the fields that servers add."""
    mail = read("x", Delivered_To="<issues@x.example>", X_Original_To="sam@x.example")

    assert mail.delivered_to == ("issues@x.example", "sam@x.example")


def test_groups_that_rewrite_from_are_undone(read: Read) -> None:
    """The author behind "via" is shown, and his mail is not taken for a list's."""
    group = {
        "List_Id": "<g.x.example>",
        "List_Post": "<mailto:g@x.example>",
        "Reply_To": "Ann <ann@acme.example>",
    }
    mail = read("x", From="'Ann Lee' via Group <g@x.example>", **group)

    assert mail.sender is not None
    assert str(mail.sender) == "Ann Lee <ann@acme.example>"
    assert mail.automatic is None


def test_via_without_a_list_changes_no_address(read: Read) -> None:
    """Nobody takes another's address by writing "via"."""
    mail = read("x", From="'Ann Lee' via Group <eve@bad.example>", X_Original_From="ann@acme.example")

    assert mail.sender is not None
    assert mail.sender.address == "eve@bad.example"
