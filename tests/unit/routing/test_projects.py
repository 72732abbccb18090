"""Which project a mail speaks of."""

from dataclasses import replace

import pytest

from mailroute.domain.directory import Directory, Project, ProjectStatus
from mailroute.domain.issue import Issue, Reference, ReferenceKind
from mailroute.routing.projects import find_project


def found(
    house: Directory, words: str, *references: str, organisation: str | None = "borealis"
) -> tuple[str, str] | None:
    """Key of the project and the kind of reason; None without one."""
    issue = Issue(references=tuple(Reference(ReferenceKind.ORDER, value, 0, 1) for value in references))
    named = find_project(issue, words, house.organisations_by_id.get(organisation or ""), house)
    return (named.project.key, named.because.code) if named else None


@pytest.mark.parametrize(
    ("words", "references", "expected"),
    [
        ("About PO-4471: when?", (), ("P4", "project-reference")),
        ("about po 4471 when", (), ("P4", "project-reference")),
        ("(PO-4471)", (), ("P4", "project-reference")),
        ("nothing here", ("PO 4471",), ("P4", "project-reference")),
        ("nothing here", ("po4471",), ("P4", "project-reference")),
        ("The drip in Hall 4.", (), ("P4", "project-named")),
        ("the HALL-4 thing", (), ("P4", "project-named")),
        ("pump hall 4 overhaul is late", (), ("P4", "project-named")),
        ("the cooling tower hums", (), ("P5", "project-named")),
        ("PO-44712 is another order", (), None),
        ("XPO-4471", (), None),
        ("Hall 40 is fine", (), None),
        ("towering heights", (), None),
        ("", (), None),
        ("nothing here", ("ЗК-4471",), None),
    ],
)
def test_order_numbers_and_names_are_found_as_whole_words(
    house: Directory, words: str, references: tuple[str, ...], expected: tuple[str, str] | None
) -> None:
    """In any case and punctuation; never as a part of a longer word or number."""
    assert expected == found(house, words, *references)


def test_an_order_number_goes_before_a_name(house: Directory) -> None:
    """Numbers are written on purpose; a place is mentioned in passing."""
    assert found(house, "Beside the cooling tower, order PO-4471 leaks.") == ("P4", "project-reference")


def test_the_longest_name_decides(house: Directory) -> None:
    """`pump hall 4 overhaul` says more than `tower`."""
    assert found(house, "pump hall 4 overhaul, seen from the tower") == ("P4", "project-named")


def test_two_equally_long_names_decide_nothing(house: Directory) -> None:
    """A person must choose."""
    twins = tuple(replace(p, aliases=("annex",), references=()) for p in house.projects[:2])
    directory = Directory(organisations=house.organisations, projects=twins)

    assert found(directory, "the annex") is None


@pytest.mark.parametrize("organisation", ["corvus", None])
def test_another_organisation_s_number_never_counts(house: Directory, organisation: str | None) -> None:
    """Else a stranger who has seen an order number lands on that account."""
    assert found(house, "PO-4471, hall 4", "PO-4471", organisation=organisation) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the old boiler house again", ("P1", "project-named")),
        ("PO-1002 again", ("P1", "project-reference")),
        ("the old boiler house, near hall 4", ("P4", "project-named")),
    ],
)
def test_a_closed_project_counts_when_nothing_open_fits(
    house: Directory, words: str, expected: tuple[str, str]
) -> None:
    """Clients have questions about finished work, too."""
    assert expected == found(house, words)


def test_a_planned_project_counts_like_an_active_one(house: Directory) -> None:
    """Clients write about what they have ordered before it begins."""
    planned = replace(house.projects[1], status=ProjectStatus.PLANNED)
    directory = Directory(organisations=house.organisations, projects=(planned,))

    assert found(directory, "the cooling tower") == ("P5", "project-named")


@pytest.mark.parametrize("name", ["", "-", "A", "X "])
def test_names_that_are_too_short_to_tell_are_passed_over(house: Directory, name: str) -> None:
    """One letter stands in every mail."""
    bare = Project(key="-", name=name, organisation="borealis", aliases=(name,), references=("", "-"))
    directory = Directory(organisations=house.organisations, projects=(bare,))

    assert found(directory, "A plan X - and more", "-") is None
