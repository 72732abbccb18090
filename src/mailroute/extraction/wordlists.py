"""Word lists are written as running text: easier to read, sort and extend than quoted tuples."""

from collections.abc import Iterable


def words(text: str) -> tuple[str, ...]:
    """The words of the text, in order."""
    return tuple(text.split())


def alternation(items: Iterable[str]) -> str:
    """The inside of a pattern that fits any of the items, the longest first."""
    return "|".join(sorted(items, key=lambda item: (-len(item), item)))
