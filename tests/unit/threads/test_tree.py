"""Threads by headers alone, as RFC 5256 tells them: shapes that mail programs are tested with."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroute.threads.tree import Heading, by_references, by_subject, flattened, shown

MORNING = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)


def mails(*rows: tuple[str | None, str, str]) -> list[Heading]:
    """Headings of (id, ids that it names, subject), a minute apart; `-` begins the id of none."""
    return [
        Heading(
            number=number,
            sent=MORNING + timedelta(minutes=number),
            message_id=own,
            references=tuple(named.split()),
            subject=subject,
        )
        for number, (own, named, subject) in enumerate(rows, 1)
    ]


@pytest.mark.parametrize(
    ("rows", "tree"),
    [
        # answers to answers, and to the first
        ([("a", "", ""), ("b", "a", ""), ("c", "a", ""), ("d", "a b", "")], "(1 (2 4)(3))"),
        # nothing in common
        ([("a", "", ""), ("b", "", "")], "(1)(2)"),
        # one id used twice: two mails, one thread by their subject
        ([("a", "", "lift"), ("a", "", "Re: lift")], "(1 2)"),
        # two mails without an id that answer one which is not here
        ([(None, "x", ""), (None, "x", "")], "((1)(2))"),
        # what it answers is not here, the subject is
        ([("a", "", "lift"), ("b", "x", "Re: lift")], "(1 2)"),
        # the answer comes before what it answers
        ([("b", "a", ""), ("a", "", "")], "(2 1)"),
        # each names the other as its parent
        ([("a", "", ""), ("b", "a c", ""), ("c", "b", "")], "(1)(3 2)"),
        # the middle of a chain is not here
        ([("a", "", ""), ("c", "a b", "")], "(1 2)"),
        # a second mail under the id of the middle one stands beside it
        ([("a", "", ""), ("b", "a", ""), ("c", "b", ""), ("b", "a", "")], "(1 (2 3)(4))"),
        # two first mails with one subject are of equal rank
        ([("a", "", "lift"), ("b", "", "lift")], "((1)(2))"),
        # an answer without ids goes below the first mail of its subject
        ([("a", "", "Re: lift"), ("b", "", "lift")], "(2 1)"),
    ],
)
def test_mails_stand_under_what_they_answer(rows: Any, tree: str) -> None:
    """By ids first; by subject where ids are lost."""
    assert tree == shown(by_references(mails(*rows)))


def test_one_subject_is_one_thread_in_order_of_time() -> None:
    """Marks of answers, forwards and lists do not count; no subject is a subject like others."""
    subjects = ["lift", "Garage", "Re: lift", "[list] Fwd: garage", "", "_", "AW: LIFT"]

    assert "(1 (3)(7))(2 4)(5)(6)" == shown(by_subject(mails(*((None, "", s) for s in subjects))))


def test_answers_are_told_after_what_they_answer() -> None:
    """Whatever the order of the dates."""
    late, early = mails(("b", "a", ""), ("a", "", ""))

    assert [2, 1] == [heading.number for heading in flattened(by_references([late, early]))]


IDS = st.sampled_from("abcdef")


@given(
    st.lists(
        st.tuples(st.one_of(st.none(), IDS), st.lists(IDS, max_size=4), st.sampled_from(["", "x", "Re: x"])),
        max_size=10,
    )
)
def test_every_mail_stands_in_the_tree_once(rows: list[tuple[str | None, list[str], str]]) -> None:
    """Whatever ids name each other: nothing is lost, nothing goes round in circles."""
    headings = mails(*((own, " ".join(named), subject) for own, named, subject in rows))

    assert sorted(h.number for h in headings) == sorted(h.number for h in flattened(by_references(headings)))
