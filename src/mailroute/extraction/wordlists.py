"""Word lists are written as running text: easier to read, sort and extend than quoted tuples."""

import re
from collections.abc import Iterable


def words(text: str) -> tuple[str, ...]:
    """The words of the text, in order."""
    return tuple(text.split())


def alternation(items: Iterable[str]) -> str:
    """The inside of a pattern that fits any of the items, the longest first."""
    return "|".join(sorted(items, key=lambda item: (-len(item), item)))


def phrases(text: str) -> re.Pattern[str]:
    """A pattern for any of the phrases, in any case, as whole words; each may use the language of patterns.

    The text may go over several lines, each ending at a `|`.
    """
    joined = re.sub(r"\|?\s*\n\s*\|?", "|", text.strip()).replace("'", "['’]")
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE)
