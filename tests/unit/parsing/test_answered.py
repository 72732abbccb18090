"""The mail that a reply quotes."""

from collections.abc import Callable
from datetime import datetime

import pytest

from mailroute.domain.parsed import Forwarded, ParsedMail

Read = Callable[..., ParsedMail]

EIGHT = datetime(2026, 3, 2, 8, 0)  # noqa: DTZ001  an attribution gives the writer's local time


@pytest.mark.parametrize(
    ("line", "name", "address"),
    [
        ("On Mon, Mar 2, 2026 at 8:00 AM Jo Ek <jo@kund.example> wrote:", "Jo Ek", "jo@kund.example"),
        ("Am 02.03.2026 um 08:00 schrieb Jo Ek <jo@kund.example>:", "Jo Ek", "jo@kund.example"),
        ("Jo Ek schrieb am 02.03.26 um 08:00:", "Jo Ek", None),
        ("On 02/03/2026 08:00, Jo Ek wrote:", "Jo Ek", None),
        ("po 2. 3. 2026 v 8:00 odesílatel Jo Ek <jo@kund.example> napsal:", "Jo Ek", "jo@kund.example"),
        ("Le lun. 2 mars 2026 à 08:00, Jo Ek <jo@kund.example> a écrit :", "Jo Ek", "jo@kund.example"),
    ],
)
def test_author_and_date_of_the_quote(read: Read, line: str, name: str, address: str | None) -> None:
    """The line over a quote tells whose it is and when it was written."""
    answered = read(f"Yes.\n\n{line}\n> Is it urgent?\n", Subject="Re: x").answered

    assert answered is not None
    assert (answered.sender.name, answered.sender.address) == (name, address)
    assert answered.date == EIGHT
    assert answered.body == "Is it urgent?"


def test_older_quotes_stand_inside(read: Read) -> None:
    """The nearest quoted mail comes first, what it quotes itself is in `inner`."""
    text = "C\n\nOn 2 Mar 2026, at 08:00, Bo <bo@x.example> wrote:\n> B\n>\n"
    text += "> On 1 Mar 2026, at 08:00, Al <al@x.example> wrote:\n>> A\n"

    answered = read(text, Subject="Re: x").answered

    assert answered is not None
    assert isinstance(answered.inner, Forwarded)
    assert [answered.body, answered.inner.body] == ["B", "A"]
    assert answered.inner.sender.address == "al@x.example"


def test_a_header_block_tells_more(read: Read) -> None:
    """Outlook's block over a quote gives recipients and subject, too."""
    block = "From: Jo Ek <jo@kund.example>\nSent: Monday, March 2, 2026 8:00 AM\nTo: Ann\nSubject: Leak\n\nIt leaks.\n"

    answered = read("Yes.\n\n" + block, Subject="RE: Leak").answered

    assert answered is not None
    assert (answered.subject, answered.body, answered.date) == ("Leak", "It leaks.", EIGHT)


def test_nothing_is_answered_without_a_quote(read: Read) -> None:
    """Fresh words alone quote nobody, and a forward passes on instead of answering."""
    forward = "---------- Forwarded message ---------\nFrom: Jo <jo@kund.example>\nSubject: x\n\nhi\n"

    assert read("Yes.", Subject="Re: x").answered is None
    assert read(forward, Subject="Fwd: x").answered is None
