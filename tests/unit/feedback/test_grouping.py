"""Remarks that say the same in other words come to one theme."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroute.feedback.grouping import Grouped, Known, group, most_central

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parents[2] / "data" / "themes.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def themes_of(rows: list[list[str]]) -> tuple[list[list[int]], dict[int, str]]:
    """What the grouping makes of *rows*, one voice of each theme after the other, and what is right."""
    together: list[list[int]] = []
    for category in dict.fromkeys(row[1] for row in rows):
        places = [place for place, row in enumerate(rows) if row[1] == category]
        shuffled = places[::3] + places[1::3] + places[2::3]
        founded = group([rows[place][3] for place in shuffled]).founded
        together += [[shuffled[number] for number in numbers] for numbers in founded]
    return together, {place: f"{row[1]} {row[2]}" for place, row in enumerate(rows)}


def pairwise_f1(mine: Iterable[Iterable[int]], right: Mapping[int, str]) -> float:
    """F1 over all pairs that stand together: of *mine*, against the label of each in *right*."""
    together = {
        (a, b)
        for one in mine
        for members in [sorted(one)]
        for i, a in enumerate(members)
        for b in members[i + 1 :]
    }
    places = sorted(right)
    wanted = {(a, b) for i, a in enumerate(places) for b in places[i + 1 :] if right[a] == right[b]}
    hits = len(together & wanted)
    return 2 * hits / (len(together) + len(wanted)) if together or wanted else 1.0


@pytest.mark.parametrize("purpose", ["try", "judge"])
def test_themes_agree_with_a_persons(purpose: str) -> None:
    """Pairs of quotes stand together as a person would file them, F1 at least 0.80."""
    mine, right = themes_of([row for row in ROWS if row[0] == purpose])

    assert pairwise_f1(mine, right) >= 0.80


def test_a_new_voice_joins_the_theme_that_is_there() -> None:
    """Themes keep their number as remarks come in: the second wish for an export joins the first."""
    known = [
        Known(7, ("An export to Excel would be handy.",)),
        Known(9, ("The portal is too slow in the morning.",)),
    ]

    grouped = group(["Could we download that as a spreadsheet?", "We wish for stairs with handles."], known)

    assert Grouped(joined={7: (0,)}, founded=((1,),)) == grouped


def test_the_most_central_quote_names_a_theme() -> None:
    """Of several ways to say it the one that shares most with the others stands for all."""
    quotes = [
        "The battery is empty by noon.",
        "Batteries hold half a day; the battery of the old handset held two, and my uncle agrees.",
        "The battery of the handset is empty by noon.",
    ]

    assert quotes[2] == most_central(quotes)


@given(st.lists(st.text(max_size=80), max_size=12))
def test_every_remark_comes_to_exactly_one_theme(quotes: list[str]) -> None:
    """Whatever is said, nothing is lost and nothing counts twice."""
    placed = [number for theme in group(quotes).founded for number in theme]

    assert list(range(len(quotes))) == sorted(placed)


def test_the_same_words_are_one_theme() -> None:
    """Words of which none counts belong together when they are the same, now and later."""
    thanks = "Great, thanks a lot!"

    assert ((0, 1),) == group([thanks, thanks.upper()]).founded
    assert {4: (0,)} == dict(group([thanks], [Known(4, (thanks,))]).joined)
