"""Whatever a stranger writes, there is a card, its offsets are true, and it does not take long."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailroute.domain.address import Mailbox
from mailroute.domain.directory import Directory
from mailroute.domain.issue import Issue
from mailroute.domain.parsed import Body, ParsedMail
from mailroute.domain.policy import Service
from mailroute.extraction import examine, load_language
from mailroute.extraction.language import LanguageModel

PIECES = st.sampled_from(
    ["Please ", "by Friday ", "12/03 ", "order 7751 ", "?", "\n", "\n\n", "- ", "Dr Okoro", "“", "PO-4471", "Ann Lee",
     "bis zum 31.03. ", "d'ici ", "\u200b", "🙂", "$", "((((((", "\x00", "e\u0301", "Regards,\n",
     "1. ", "the pump ", "0171 39"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=60).map("".join))


@pytest.fixture(scope="session")
def pipeline() -> LanguageModel:
    """The pinned pipeline."""
    return load_language()


def card_of(text: str, subject: str, name: str, model: LanguageModel) -> Issue:
    """The card; a field that failed fails the test."""
    mail = ParsedMail(
        subject=subject,
        date=datetime(2026, 3, 4, tzinfo=UTC),
        sender=Mailbox(name, "a@b.example"),
        body=Body(full=text, fresh=text),
    )
    result = examine(mail, model=model, directory=Directory(), service=Service())
    assert () == result.failures
    return result.issue


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, subject=st.text(max_size=60), name=st.text(max_size=30))
def test_any_text_has_a_true_card(pipeline: LanguageModel, text: str, subject: str, name: str) -> None:
    """Any text gives a card whose every item stands in the text where it says."""
    issue = card_of(text, subject, name, pipeline)
    placed = [
        *((a.text, a.start, a.end) for a in issue.asks),
        *((d.words, d.start, d.end) for d in issue.deadlines),
        *((r.value, r.start, r.end) for r in issue.references if r.start is not None),
        *((p.text, p.start, p.end) for p in issue.products),
        *((f.quote, f.start, f.end) for f in issue.feedback),
        *((f.value, f.start, f.end) for f in issue.facts),
    ]

    assert [words for words, _, _ in placed] == [text[start:end] for _, start, end in placed]
    assert len(issue.title) <= 100
    assert "\n" not in issue.title


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "([{",
        "1",
        "12/",
        "1-",
        "May 1 ",
        "Monday ",
        "Ann Lee ",
        '"a',
        "invoice 12345, ",
        "AB-1234 ",
        "? ",
        "(a. ",
    ],
)
def test_no_text_takes_long(pipeline: LanguageModel, piece: str) -> None:
    """Text made to be slow is done within seconds of CPU: nothing grows with the square of the text."""
    begin = time.process_time()
    card_of((piece * 20_000)[:20_000], "hello", "Ann Lee", pipeline)

    assert time.process_time() - begin < 5
