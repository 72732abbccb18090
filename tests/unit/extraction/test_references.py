"""Numbers that name orders, invoices, serials; and numbers that do not."""

from collections.abc import Callable

import pytest

from mailroute.domain.directory import Directory, Project
from mailroute.domain.issue import Issue


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Where is order 7751?", "order", "7751"),
        ("Please see PO-4471.", "order", "PO-4471"),
        ("It is about invoice no. INV-2026-0193, line 2.", "invoice", "INV-2026-0193"),
        ("inv 20440 is wrong", "invoice", "20440"),
        ("Serial number: KX4-20117.", "serial", "KX4-20117"),
        ("Ticket #88213 was closed too early.", "ticket", "88213"),
        ("Our contract is RM-118.", "contract", "RM-118"),
        ("Drawing A-2210 shows it.", "other", "A-2210"),
        ("Rechnung R-2026-114 ist falsch.", "invoice", "R-2026-114"),
        ("Seriennummer HX2-007310", "serial", "HX2-007310"),
        ("Où en est la commande CMD-6120 ?", "order", "CMD-6120"),
    ],
)
def test_reference_with_its_kind(card: Callable[..., Issue], text: str, kind: str, value: str) -> None:
    """A number is found whole and typed by the word before it or by its own prefix."""
    assert [(kind, value)] == [(r.kind.value, r.value) for r in card(text).references]


@pytest.mark.parametrize(
    "text",
    [
        "Call me on 01632 960 214 or +49 171 3920041.",
        "It came on 12/03/2026 at 10:30.",
        "It cost 1,184.00 and we have 4500 of them.",
        "Error F23 since the update to version 4.1.",
        "The HX-200 stands in hall 3.",
        "We have used it since 2019.",
    ],
)
def test_number_that_is_no_reference(card: Callable[..., Issue], text: str) -> None:
    """Telephone numbers, dates, prices, errors, types and places are no references."""
    assert () == card(text, subject="Hello").references


def test_list_after_one_cue(card: Callable[..., Issue]) -> None:
    """Several numbers after one word all count."""
    found = card("Serials VP9-1107, VP9-1109 and VP9-1112 are affected.").references

    assert ["VP9-1107", "VP9-1109", "VP9-1112"] == [r.value for r in found]


def test_subject_has_no_place(card: Callable[..., Issue]) -> None:
    """A number that stands in the subject only is kept without offsets."""
    found = card("Please check.", subject="Order 88121").references

    assert [("88121", None, None)] == [(r.value, r.start, r.end) for r in found]


def test_known_reference_of_a_project(card: Callable[..., Issue]) -> None:
    """What the directory knows as a project's number counts in any shape."""
    directory = Directory(
        projects=(Project(key="p", name="Osprey", organisation="o", references=("Kestrel/9",)),)
    )

    assert ["Kestrel/9"] == [r.value for r in card("About Kestrel/9 again.", directory=directory).references]
