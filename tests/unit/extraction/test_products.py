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


@pytest.mark.parametrize(
    ("text", "subject", "name"),
    [
        ("The bottling line stops every hour. Can you come?", "Trouble again", "bottling line"),
        ("Your men fitted the cold room in May and now the seal leaks.", "leak", "cold room"),
        ("Seit dem Update zeigen die Drucker nichts mehr an. Bitte helfen Sie.", "Störung", "Drucker"),
        ("Menus came today, two days early.", "menus", "Menus"),
    ],
)
def test_what_a_thing_is_for_makes_it_one(
    card: Callable[..., Issue], text: str, subject: str, name: str
) -> None:
    """A word of many meanings is a product with the word before it that says what for."""
    assert name in [product.text for product in card(text, subject=subject).products]


@pytest.mark.parametrize(
    "text",
    [
        "Your van blocked our gate this morning and the driver shouted at us.",
        "Ada Moor, Project Coordinator, asks when the next meeting is.",
        "The room is free on Friday. We will be there at nine.",
    ],
)
def test_what_stands_around_is_no_product(card: Callable[..., Issue], text: str) -> None:
    """Vans, posts and rooms are seldom what somebody has or wants from us."""
    assert () == card(text, subject="Hello there").products
