"""Whether a mail passes another one on, and what that said."""

from collections.abc import Callable

import pytest

from mailroute.domain.parsed import ParsedMail

Read = Callable[..., ParsedMail]

BLOCK = "From: Jo Ek <jo@kund.example>\nSent: Monday, March 2, 2026 8:00 AM\nTo: {to}\nSubject: Leak\n\nIt leaks.\n"


@pytest.mark.parametrize(
    ("subject", "to", "references", "forwarded"),
    [
        ("FW: Leak", "Ann Lee <ann.lee@borealis.example>", "", True),
        ("FW: Leak", "Ann Lee <ann.lee@borealis.example>", "<a@kund.example>", True),
        ("RE: Leak", "Ann Lee <ann.lee@borealis.example>", "", False),
        ("Leak", "Ann Lee <ann.lee@borealis.example>", "", True),
        ("Leak", "Ann Lee <ann.lee@borealis.example>", "<a@kund.example>", False),
    ],
)
def test_a_header_block_is_judged_by_what_stands_around_it(
    read: Read, subject: str, to: str, references: str, forwarded: bool
) -> None:
    """The prefix decides; without one, references make it a reply."""
    mail = read("See below.\n\n" + BLOCK.format(to=to), Subject=subject, References=references)

    assert (mail.forwarded is not None) == forwarded
    assert mail.body.fresh == "See below."


def test_a_block_of_one_who_is_written_to_is_a_reply(read: Read) -> None:
    """Who answers writes to the one he quotes."""
    mail = read("Thanks.\n\n" + BLOCK.format(to="x"), Subject="Leak", To="Jo Ek <jo@kund.example>")

    assert mail.forwarded is None


def test_a_separator_without_header_still_passes_on(read: Read) -> None:
    """What stands under "Begin forwarded message" is not the forwarder's."""
    mail = read("Note.\n\nBegin forwarded message:\nHello there\n", Subject="Fwd: x")

    assert mail.forwarded is not None
    assert (mail.forwarded.note, mail.forwarded.body) == ("Note.", "Hello there")


def test_a_forward_inside_a_quote_is_part_of_the_quote(read: Read) -> None:
    """An answer to a forward does not pass it on again."""
    quoted = "On Mon, Mar 2, 2026 at 8:00 AM Sam <sam@x.example> wrote:\n> ---------- Forwarded message ---------\n"
    quoted += "".join(f"> {line}\n" for line in BLOCK.splitlines())
    mail = read("Done.\n\n" + quoted, Subject="Re: Fwd: Leak")

    assert mail.forwarded is None
    assert mail.body.fresh == "Done."


def test_ten_levels_are_enough(read: Read) -> None:
    """A tower of forwards ends somewhere, and its origin is still found below that."""
    block = "---------- Forwarded message ---------\nFrom: a{n}@x.example\nSubject: Fwd: x\n\n"
    mail = read("".join(block.format(n=n) for n in range(40)) + "words\n", Subject="Fwd: x")

    levels, level = 0, mail.forwarded
    while level is not None:
        levels, level = levels + 1, level.inner
    assert levels == 11


def test_reports_attach_mail_without_passing_it_on(read: Read) -> None:
    """The mail inside a bounce is evidence, not a forward."""
    body = "--b\nContent-Type: text/plain\n\nfailed\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\nhi\n--b--\n"
    mail = read(body, Content_Type="multipart/report; report-type=delivery-status; boundary=b")

    assert mail.forwarded is None
    assert mail.automatic is not None
