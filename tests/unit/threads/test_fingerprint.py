"""What makes two messages the same words, and two arrivals the same message."""

from collections.abc import Callable

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.parsed import Attachment, Body, ParsedMail
from mailroute.threads.fingerprint import MIN_WORDS, content_hash, fingerprint, own_fingerprint

WORDS = "Pump four in hall two leaks at the shaft seal again since Monday morning."


@pytest.mark.parametrize(
    "layout",
    [
        WORDS.upper(),
        WORDS.replace(" ", "\n"),
        f"  {WORDS}\n\n",
        WORDS.replace("again", "“again”"),
        WORDS.replace("seal", "séal"),
    ],
)
def test_layout_and_dress_do_not_change_the_words(layout: str) -> None:
    """A forward wraps lines, a phone changes quotes: the words stay the same."""
    assert fingerprint(WORDS) == fingerprint(layout)


def test_other_words_have_another_fingerprint() -> None:
    """One word is enough."""
    assert fingerprint(WORDS) != fingerprint(WORDS.replace("four", "five"))


@pytest.mark.parametrize("words", ["", "Thanks!", "Any news on this?", " ".join(["word"] * (MIN_WORDS - 1))])
def test_short_words_have_no_fingerprint(words: str) -> None:
    """They repeat by chance and must join nothing."""
    assert fingerprint(words) == ""


def test_a_message_of_exactly_enough_words_has_one() -> None:
    """The limit itself counts as enough."""
    assert fingerprint(" ".join(["word"] * MIN_WORDS)) != ""


def test_the_way_a_message_came_does_not_change_it(make_parsed: Callable[..., ParsedMail]) -> None:
    """Another server's Received lines, recipients and line ends make no other message."""
    first = make_parsed("ann@borealis.example", hops=2)
    again = make_parsed("Ann@borealis.example", hops=5, delivered_to=("x@northwind.example",), to=())

    assert content_hash(first) == content_hash(again)


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Pump 5"},
        {"body": Body(full="Pump 4 leaks again. Not any more.")},
        {"attachments": (Attachment("a.pdf", "application/pdf", 3, False, "ff"),)},
        {"sender": Mailbox(None, "mallory@evil.example")},
    ],
)
def test_what_it_says_and_who_says_it_make_another_message(
    make_parsed: Callable[..., ParsedMail], changes: dict[str, object]
) -> None:
    """Else a stranger could send somebody's mail first and have the real one taken for a copy."""
    assert content_hash(make_parsed("ann@borealis.example")) != content_hash(
        make_parsed("ann@borealis.example", **changes)
    )


def test_a_sign_off_is_part_of_the_words_as_it_is_in_a_forward(
    make_parsed: Callable[..., ParsedMail],
) -> None:
    """A forward repeats the whole mail, and nobody can tell there where its sign-off begins."""
    parsed = make_parsed(
        "ann@borealis.example", body=Body(full="", fresh=WORDS, signature="Ann Lee\nBorealis")
    )

    assert fingerprint(f"{WORDS}\n\nAnn Lee\nBorealis") == own_fingerprint(parsed)


def test_a_long_sign_off_does_not_make_short_words_long(make_parsed: Callable[..., ParsedMail]) -> None:
    """`Any news?` under a signature of twenty lines is still said by chance."""
    parsed = make_parsed("ann@borealis.example", body=Body(full="", fresh="Any news?", signature=WORDS * 3))

    assert own_fingerprint(parsed) == ""
