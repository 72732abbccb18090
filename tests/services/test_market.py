"""What clients say becomes themes with counts, names and a word back, on both databases."""

from datetime import timedelta
from typing import Any

import pytest

from mailroute.domain.errors import Misconfigured
from mailroute.domain.market import ThemeCount
from mailroute.services.market import Market

WISH = "It would be great if we could export the order list to Excel."
SAME_WISH = "It would be great to have an export of our orders for Excel."
DEAR = "Your fitters are far too expensive."


def market_of(house: Any) -> Market:
    """The market side over the house's store."""
    return Market(
        store=house.store,
        compose=house.compose,
        enqueue=lambda connection, mail: house.enqueue(connection, mail, None),
        policy=house.policy,
        clock=house.clock,
        directories=house.directories,
    )


def hear(house: Any, name: str, words: str, author: str = "ann@borealis.example") -> None:
    """A client's mail, worked through."""
    house.processor().process(house.keep(name, author=author, words=words))
    house.clock.pass_by(hours=1)


def counts(house: Any, market: Market, **days: int) -> list[ThemeCount]:
    """What was heard in the last thirty days, or *days*."""
    back = timedelta(**(days or {"days": 30}))
    return market.counts(since=house.clock.now() - back, until=house.clock.now())


def test_what_is_done_is_told_back_to_the_rep_once(house: Any) -> None:
    """Two accounts wish for the same; when it is done the rep of the known one gets words to tell them, one time."""
    hear(house, "wish", WISH)
    hear(house, "again", SAME_WISH, "joe@elsewhere.example")
    market = market_of(house)
    (theme,) = counts(house, market)

    assert (2, 0, True) == (theme.now, theme.before, theme.few)
    assert ["sam"] == market.done(theme.theme.id)
    assert [] == market.done(theme.theme.id)
    mail = house.mails()["theme-done"]
    assert ["sam@northwind.example"] == [one.address for one in mail.to]
    assert WISH in mail.mail.text
    assert "joe@" not in mail.mail.text


def test_names_and_merges_of_people_are_kept(house: Any) -> None:
    """A theme that people named and one that they merged stay so when the next client says it in other words."""
    hear(house, "wish", WISH)
    hear(house, "dear", DEAR)
    market = market_of(house)
    wish, dear = (one.theme.id for one in sorted(counts(house, market), key=lambda one: one.theme.id))
    market.rename(wish, "Excel export", "lea")
    hear(house, "again", SAME_WISH, "joe@elsewhere.example")

    assert {wish: ("Excel export", 2), dear: (DEAR, 1)} == {
        one.theme.id: (one.theme.name, one.now) for one in counts(house, market)
    }
    with pytest.raises(Misconfigured, match="feature-request"):
        market.merge(wish, dear)


def test_a_merge_can_be_taken_back(house: Any) -> None:
    """Two themes count as one after the merge, and as two after it is taken back."""
    hear(house, "dear", DEAR)
    hear(house, "freight", "The freight for a single parcel is far too expensive.")
    market = market_of(house)
    first, second = sorted(one.theme.id for one in counts(house, market))
    market.merge(second, first)

    assert [first] == [one.theme.id for one in counts(house, market)]
    market.part(second)
    assert [first, second] == sorted(one.theme.id for one in counts(house, market))


def test_a_theme_that_is_not_there_is_named(house: Any) -> None:
    """Who mistypes a number is told where the numbers stand."""
    with pytest.raises(Misconfigured, match="no theme 7"):
        market_of(house).rename(7, "Anything", "lea")
