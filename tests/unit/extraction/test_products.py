"""Products: what the writer has from us or wants from us."""

from collections.abc import Callable

import pytest

from mailroute.domain.directory import Directory, Project
from mailroute.domain.issue import Issue


@pytest.mark.parametrize(
    ("subject", "text", "products"),
    [
        ("stops", "The labelling machine stops every hour. Please send somebody.", ["labelling machine"]),
        ("both", "We ordered a conveyor and need a new gripper. Can you quote?", ["conveyor", "gripper"]),
        ("LX-40", "Our LX-40 shows an error. Can you look at it?", ["LX-40"]),
        ("hello", "Your contractor was late and the auditors asked why. Please call.", []),
        ("photo", "I saved it as IMG0012, taken at UTC-5. Please look.", []),
    ],
)
def test_what_the_writer_has_or_wants(
    card: Callable[..., Issue], subject: str, text: str, products: list[str]
) -> None:
    """Things that are ours to deliver or run, several where several are named; no people, no names of files."""
    assert products == [p.text for p in card(text, subject=subject).products]


def test_names_of_the_directory_come_first(card: Callable[..., Issue]) -> None:
    """A project is known by its name, whatever it is called."""
    known = Directory(projects=(Project(key="P4", name="Quartz", organisation="borealis"),))
    found = card("We ordered a pump for Quartz. Please help.", directory=known).products

    assert ["Quartz", "pump"] == [p.text for p in found]
