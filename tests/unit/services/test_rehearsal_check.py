"""Comparing what came of a rehearsal with its then.toml: every key, met and missed."""

from pathlib import Path
from typing import Any

import pytest

from mailroute.domain.errors import Misconfigured
from mailroute.services.rehearsal_check import CHECKS, check

TICKET: dict[str, Any] = {
    "ref": "MR-1",
    "title": "Pump 4 leaks again",
    "status": "open",
    "whose_move": "pm",
    "requester": {"name": "Ann Lee", "address": "Ann.Lee@borealis.example"},
    "organisation": "borealis",
    "project": None,
    "rep": "sam",
    "pm": "ines",
    "messages": [{"source": "01-ann.eml"}, {"source": "02-sam.eml"}, {"source": "02-sam.eml"}],
    "issue": {
        "type": {"value": "defect"},
        "urgency": {"value": "high"},
        "deadlines": [{"date": "2026-03-06"}],
        "references": [{"kind": "order", "value": "PO-4471"}],
        "asks": [{"text": "Could you SEND someone before Friday?"}],
        "facts": [{"key": "site", "value": "Hall 2"}],
        "products": [{"text": "Pump 4"}],
        "people": [{"name": "Bo Dahl", "phone": None, "email": "bo@borealis.example"}],
    },
}

RESULT: dict[str, Any] = {
    "tickets": [TICKET, {**TICKET, "ref": "MR-2", "messages": [{"source": "03-zoe.eml"}]}],
    "outgoing": [
        {"kind": "ticket-opened", "to": ["ann.lee@borealis.example"], "cc": [], "after": "01-ann.eml"},
        {"kind": "ticket-assigned", "to": ["Ines@northwind.example"], "cc": [], "after": "01-ann.eml"},
        {
            "kind": "reply",
            "to": ["ann.lee@borealis.example"],
            "cc": ["bo@borealis.example"],
            "after": "02-sam.eml",
        },
    ],
    "set_aside": [
        {"source": "04-news.eml", "action": "ignore"},
        {"source": "05-twice.eml", "action": "duplicate"},
    ],
}


def differences(folder: Path, then: str) -> list[str]:
    """What the check says of RESULT."""
    (folder / "then.toml").write_text(then, encoding="utf-8")
    return check(folder, RESULT)


def test_a_folder_without_expectations_has_no_differences(tmp_path: Path) -> None:
    """then.toml is optional."""
    assert [] == check(tmp_path, RESULT)


WHOLE = """
story = "All of it."
tickets = 2

[[ticket]]
messages = ["01", "02"]
requester = "ann.lee@borealis.example"
organisation = "borealis"
pm = "ines"
rep = "sam"
type = ["complaint", "defect"]
urgency = ["high", "critical"]
title_has = [["pump"], ["leak", "drip"]]
deadline = "2026-03-06"
references = ["po 4471"]
asks_has = [["send", "someone"]]
facts_has = ["hall 2", "Pump 4", "Bo Dahl", "PO-4471"]
whose_move = "pm"
status = "open"

[[ticket]]
messages = ["03"]

[[sent]]
kind = "ticket-opened"
to = "ann.lee@borealis.example"
after = "01"

[[sent]]
kind = "reply"
to = "bo@borealis.example"

[[sent]]
to = "ines@northwind.example"

[[sent]]
kind = "reply"

[[never_sent]]
to = "z@q.example"

[[never_sent]]
kind = "nudge"

[[set_aside]]
source = "05"
action = "duplicate"

[[set_aside]]
source = "04"
action = "ignore"
"""


def test_what_came_as_expected_has_no_differences(tmp_path: Path) -> None:
    """Every key at once, in any order and case."""
    assert differences(tmp_path, WHOLE) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("messages", '["01"]'),
        ("requester", '"ben@borealis.example"'),
        ("organisation", '"corvus"'),
        ("project", '"P4"'),
        ("pm", '"kai"'),
        ("rep", '"lea"'),
        ("type", '["billing"]'),
        ("urgency", '["low"]'),
        ("title_has", '[["pump"], ["drip"]]'),
        ("deadline", '"2026-03-07"'),
        ("references", '["PO-4472"]'),
        ("asks_has", '[["send", "nobody"]]'),
        ("facts_has", '["Hall"  , "Hall 3"]'),
        ("whose_move", '"client"'),
        ("status", '"closed"'),
    ],
)
def test_every_key_of_a_ticket_can_differ(tmp_path: Path, key: str, value: str) -> None:
    """And is named, with what was expected."""
    messages = "" if key == "messages" else 'messages = ["01", "02"]\n'
    found = differences(tmp_path, f"[[ticket]]\n{messages}{key} = {value}\n")

    assert 1 == len(found)
    assert found[0].startswith(f"MR-1 {key}: expected ")


def test_every_key_of_a_ticket_has_been_tried() -> None:
    """The table above and the table of checks are one list."""
    table = test_every_key_of_a_ticket_can_differ.pytestmark[0].args[1]

    assert set(CHECKS) == {key for key, _ in table}


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("tickets = 3", "tickets: expected 3, got 2"),
        (
            '[[never_sent]]\nto = "bo@borealis.example"',
            "never sent: reply to bo@borealis.example after 02 was sent",
        ),
        ('sent_any = true\n[[sent]]\nkind = "nudge"', "sent: nudge to anybody is missing"),
        (
            'sent_any = true\n[[sent]]\nkind = "reply"\nafter = "01"',
            "sent: reply to anybody after 01 is missing",
        ),
        (
            '[[set_aside]]\nsource = "04"\naction = "ignore"',
            "set aside: 05 as duplicate was not expected",
        ),
    ],
)
def test_each_difference_is_one_line(tmp_path: Path, then: str, expected: str) -> None:
    """Fit for a terminal."""
    assert differences(tmp_path, then) == [expected]


def test_the_list_of_mails_is_exact_unless_more_may_be(tmp_path: Path) -> None:
    """One line short means one mail too many, and `sent = []` means none at all."""
    one = '[[sent]]\nkind = "ticket-opened"\n'

    assert len(differences(tmp_path, one)) == 3
    assert len(differences(tmp_path, "sent = []")) == 4
    assert differences(tmp_path, f"sent_any = true\n{one}") == []


def test_one_mail_does_not_stand_for_two(tmp_path: Path) -> None:
    """Two lines that the same mail fits need two mails."""
    twice = '[[sent]]\nkind = "ticket-opened"\n' * 2

    assert "sent: ticket-opened to anybody is missing" in differences(tmp_path, f"sent_any = true\n{twice}")


def test_a_line_that_says_little_does_not_take_the_mail_of_one_that_says_much(tmp_path: Path) -> None:
    """Whichever stands first."""
    little, much = '[[sent]]\nkind = "reply"\n', '[[sent]]\nkind = "reply"\nto = "ann.lee@borealis.example"\n'

    assert differences(tmp_path, f"sent_any = true\n{little}{much}") == []
    assert differences(tmp_path, f"sent_any = true\n{much}{little}") == []


@pytest.mark.parametrize(
    ("then", "named"),
    [
        ("ticket_count = 1", "ticket_count"),
        ('[[ticket]]\ncolour = "red"', "colour"),
        ('[[sent]]\nkinds = "reply"', "kinds"),
        ('[[never_sent]]\nfrom = "x"', "from"),
        ('[[set_aside]]\nsource = "04"\nreason = "x"', "reason"),
        ("tickets = ", "then.toml"),
    ],
)
def test_a_mistake_in_the_expectations_is_told(tmp_path: Path, then: str, named: str) -> None:
    """With the file and the word; a misspelt expectation must not count as met."""
    with pytest.raises(Misconfigured) as caught:
        differences(tmp_path, then)

    assert str(tmp_path / "then.toml") in str(caught.value)
    assert named in str(caught.value)


def test_a_ticket_is_expected_where_there_is_none(tmp_path: Path) -> None:
    """And the difference says of whom."""
    (tmp_path / "then.toml").write_text('[[ticket]]\nrequester = "ann@x.example"', encoding="utf-8")

    assert check(tmp_path, {"tickets": [], "outgoing": [], "set_aside": []}) == [
        "ticket: none was opened, expected one of ann@x.example"
    ]
