"""Names that the directory knows, found in text."""

import re

import pytest

from mailroute.domain.directory import Directory, Project
from mailroute.extraction.known import Names, project_names, project_references

TEXT = "The coil hall (Coil-Hall 2) stands still; PO-4711 and po-4711b, C++ and the #12 press. Straße Nord, ÉTUVE."


@pytest.mark.parametrize(
    "name",
    [
        "coil hall",
        "Coil-Hall",
        "COIL",
        "oil hall",
        "PO-4711",
        "4711",
        "C++",
        "#12 press",
        "straße nord",
        "étuve",
        "hall coil",
        "press.",
    ],
)
def test_the_index_finds_what_a_search_for_each_name_finds(name: str) -> None:
    """A name is found wherever it stands as whole words, whatever its case, and nowhere else."""
    plainly = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", TEXT, re.IGNORECASE)
    expected = [(name, *match.span()) for match in plainly]

    assert expected == list(Names.of([name]).find(TEXT))


def test_names_come_in_the_order_of_the_directory() -> None:
    """What several projects are called is found in the order in which the directory tells of them."""
    projects = tuple(
        Project(
            key=key, name=name, organisation="borealis", pm="ines", aliases=(alias,), references=(number,)
        )
        for key, name, alias, number in [
            ("B", "Nord press", "the press", "PO-2"),
            ("A", "Coil hall", "hall 2", "PO-1"),
        ]
    )
    directory = Directory(projects=projects)
    text = "Hall 2 of the coil hall: the press, PO-1, PO-2."

    assert ["the press", "Coil hall", "hall 2"] == [found[0] for found in project_names(directory).find(text)]
    assert ["PO-2", "PO-1"] == [found[0] for found in project_references(directory).find(text)]
    assert project_names(directory) is project_names(directory)
