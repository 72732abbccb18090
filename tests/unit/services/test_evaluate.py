"""Measuring issue cards against what they should hold."""

import json
from datetime import date
from pathlib import Path

import pytest

from mailroute.domain.decisions import Reading
from mailroute.domain.directory import Directory
from mailroute.domain.errors import Misconfigured
from mailroute.domain.issue import (
    Ask,
    Deadline,
    Issue,
    IssueType,
    Person,
    Reference,
    ReferenceKind,
    TypeFinding,
    TypeGuess,
)
from mailroute.domain.parsed import ParsedMail
from mailroute.services.evaluate import (
    Scored,
    Turned,
    by_mail,
    evaluate,
    labelled_files,
    labelled_mails,
    lines,
    turned,
)

ROW = {
    "id": "m1",
    "from": {"name": "Ann Lee", "address": "ann@borealis.example"},
    "to": "issues@northwind.example",
    "date": "2026-03-04T09:00:00+00:00",
    "subject": "Pump",
    "body": "The pump leaks. Please come by Friday. Ann",
    "gold": {
        "type": "defect",
        "type_also": ["question"],
        "urgency": "high",
        "asks": ["Please come by Friday."],
        "deadlines": [{"date": "2026-03-06", "words": "by Friday"}],
        "references": [{"kind": "order", "value": "PO-7"}],
        "people": [{"name": "Tom Ray", "role": "fitter", "phone": None}],
    },
}
CARD = Issue(
    type=TypeFinding(IssueType.QUESTION, 0.75, (TypeGuess(IssueType.DEFECT, 0.2),)),
    asks=(Ask("Please come by Friday", 16, 37, 0.9), Ask("The pump leaks", 0, 14, 0.6)),
    deadlines=(Deadline(date(2026, 3, 6), "by Friday", 28, 37, 0.9),),
    references=(Reference(ReferenceKind.ORDER, "po 7".replace(" ", "-"), None, None),),
    people=(Person(name="Ann Lee"), Person(name="Ray Tom", role="the fitter")),
)


def read(raw: bytes, directory: Directory) -> Reading:
    """Reads this card from any mail."""
    return Reading(ParsedMail(), CARD)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """One labelled mail."""
    path = tmp_path / "mails.jsonl"
    path.write_text(json.dumps(ROW) + "\n\n", encoding="utf-8")
    return path


def test_each_labelled_field_is_measured(file: Path) -> None:
    """Accepted alternatives count, the sender's own name does neither good nor harm, unlabelled fields are left out."""
    found = lines(evaluate(labelled_mails(file), read))

    expected = {
        "type": 1.0, "type in first three": 1.0, "urgency": 0.0, "urgency within one level": 1.0,
        "asks precision": 0.5, "asks recall": 1.0, "asks F1": 0.667,
        "words of asks precision": 0.571, "words of asks recall": 1.0, "words of asks F1": 0.727,
        "deadlines precision": 1.0, "deadlines recall": 1.0, "deadlines F1": 1.0,
        "deadlines, words": 1.0,
        "references precision": 1.0, "references recall": 1.0, "references F1": 1.0,
        "people precision": 1.0, "people recall": 1.0, "people F1": 1.0, "roles": 1.0, "phone numbers": 0.0,
        "type calibration error": 0.25,
    }  # fmt: skip
    assert expected == {line.measure: round(line.share, 3) for line in found}


def test_a_folder_stands_for_its_files(file: Path) -> None:
    """Each .jsonl in it."""
    assert labelled_files(file.parent) == [file]


def test_a_folder_without_labelled_mails_is_refused(tmp_path: Path) -> None:
    """With its name."""
    with pytest.raises(Misconfigured, match="no file of labelled mails"):
        labelled_files(tmp_path)


def test_a_line_that_is_no_labelled_mail_is_named(file: Path) -> None:
    """By file and number."""
    file.write_text('{"id": "m2"}\n', encoding="utf-8")

    with pytest.raises(Misconfigured, match="line 1: KeyError"):
        list(labelled_mails(file))


def test_what_turned_is_told_mail_by_mail() -> None:
    """Worse is broken, better is mended; what was not measured before is neither."""
    now = [Scored("MR-1", {"type": (0, 1), "asks recall": (2, 2)}), Scored("MR-2", {"type": (1, 1)})]
    before = {"MR-1": {"type": (1, 1), "asks recall": (1, 2), "roles": (1, 1)}}
    found = turned(before, now)

    assert [Turned("MR-1", "type", (1, 1), (0, 1)), Turned("MR-1", "asks recall", (1, 2), (2, 2))] == found
    assert [True, False] == [one.broken for one in found]
    assert [] == turned(by_mail(now), now)
