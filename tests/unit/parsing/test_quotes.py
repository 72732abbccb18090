"""What is new and what is quoted."""

import pytest

from mailroute.parsing.quotes import split_quotes


@pytest.mark.parametrize(
    ("text", "fresh"),
    [
        ("Hi\n\n> old\n\nnew", "Hi\n\nnew"),
        ("Yes.\n\nOn 2 Mar 2026, at 08:00, Ann Lee <a@x.example> wrote:\n\n> old", "Yes."),
        ("Yes.\n\nOn 2 Mar 2026, at 08:00, Ann Lee <\na@x.example> wrote:\n> old", "Yes."),
        ("Yes.\n\ntir. 2. mar. 2026 kl. 08:00 skrev Ann Lee <a@x.example\n>:\n\n> old", "Yes."),
        ("Yes.\n\nAnn wrote:\n> old\nmore", "Yes.\n\nmore"),
        ("Ann wrote:\nnothing is quoted here", "Ann wrote:\nnothing is quoted here"),
        (
            "On Monday we met. As Ann later wrote:\nplease come",
            "On Monday we met. As Ann later wrote:\nplease come",
        ),
        ("Yes.\n\n----- Original Message -----\n\nold words", "Yes."),
        ("Yes.\n\n-----Ursprüngliche Nachricht-----\nVon: Ann\nGesendet: x\nBetreff: y\n\nold", "Yes."),
        (">From here it leaks", ">From here it leaks"),
        (
            "> a quoted line that is so long that the program of the sender broke\nit here\n> more\n\nnew",
            "new",
        ),
        ("", ""),
    ],
)
def test_fresh_words(text: str, fresh: str) -> None:
    """Only what the sender wrote now is fresh; in doubt a line stays."""
    assert split_quotes(text).fresh == fresh


def test_nothing_is_lost_between_fresh_and_quoted() -> None:
    """Every line of an interleaved answer stands on one of the two sides, in order."""
    text = "> one\n\nA\n\n> two\n\nB"

    split = split_quotes(text)

    assert (split.fresh, split.quoted) == ("A\n\nB", "> one\n> two")
