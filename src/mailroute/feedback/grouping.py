"""Remarks put to the themes that say the same in other words. Pure; in order of time.

What is new joins the theme that it is most like (half by the nearest member, half by the mean of all), or founds one.
Measured on tests/data/themes.tsv: pairwise F1 0.85 and 0.92. One hand wrote quotes and concepts: expect less elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mailroute.domain.words import plain_words
from mailroute.feedback.likeness import Features, features, likeness, rarity

ALIKE = 0.16
"""Likeness from which a remark belongs to a theme; between 0.14 and 0.18 the figures hardly move."""
MEMBERS_COMPARED = 30
"""Newest members of a theme that a remark is compared with; more say nothing new."""


@dataclass(frozen=True, slots=True)
class Known:
    """A theme that is there, with what has been said of it, oldest first."""

    id: int
    quotes: tuple[str, ...]


@dataclass(slots=True)
class _Group:
    id: int | None
    members: list[Features] = field(default_factory=list)
    fresh: list[int] = field(default_factory=list)
    """Places among the new quotes."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Where new quotes belong."""

    joined: Mapping[int, tuple[int, ...]]
    """Places of the new quotes by the theme that they join."""
    founded: tuple[tuple[int, ...], ...]
    """Places of those that make a new theme together, in order of time."""


def group(quotes: Sequence[str], known: Iterable[Known] = ()) -> Grouped:
    """Put new *quotes* of one category, oldest first, to *known* themes or to new ones."""
    themes = list(known)
    rare = rarity([*quotes, *(quote for theme in themes for quote in theme.quotes)])
    groups = [
        _Group(theme.id, [features(quote, rare) for quote in theme.quotes[-MEMBERS_COMPARED:]])
        for theme in themes
    ]
    by_term: dict[str, set[int]] = defaultdict(set)
    for place, one in enumerate(groups):
        for member in one.members:
            for term in member:
                by_term[term].add(place)
    # the very same words belong together even where none of them counts: "Great, thanks a lot!"
    by_words = {plain_words(quote): place for place, theme in enumerate(themes) for quote in theme.quotes}
    for number, quote in enumerate(quotes):
        said = features(quote, rare)
        same = by_words.get(plain_words(quote))
        found = _best(said, groups, by_term) if same is None else same
        place = len(groups) if found is None else found
        if found is None:
            groups.append(_Group(None))
        by_words.setdefault(plain_words(quote), place)
        groups[place].members.append(said)
        groups[place].fresh.append(number)
        for term in said:
            by_term[term].add(place)
    return Grouped(
        joined={one.id: tuple(one.fresh) for one in groups if one.id is not None and one.fresh},
        founded=tuple(tuple(one.fresh) for one in groups if one.id is None),
    )


def _best(said: Features, groups: Sequence[_Group], by_term: Mapping[str, set[int]]) -> int | None:
    """The place of the group that *said* is most like, if it is like enough; only those that share a term."""
    tried = set().union(*(by_term[term] for term in said if term in by_term)) if said else set()
    scored = [(_likeness_to(said, groups[place].members), -place) for place in tried]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] >= ALIKE else None


def _likeness_to(said: Features, members: Sequence[Features]) -> float:
    compared = members[-MEMBERS_COMPARED:]
    if not compared:
        return 0.0
    alike = [likeness(said, member) for member in compared]
    return (sum(alike) / len(alike) + max(alike)) / 2


def most_central(quotes: Sequence[str]) -> str:
    """The quote that is most like all others: what the theme is called until a person names it."""
    rare = rarity(quotes)
    vectors = [features(quote, rare) for quote in quotes]
    scores = [sum(likeness(one, other) for other in vectors) for one in vectors]
    best = max(range(len(quotes)), key=lambda place: (round(scores[place], 6), -len(quotes[place]), -place))
    return quotes[best]
