"""Word lists are written as running text: easier to read, sort and extend than quoted tuples."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


def words(text: str) -> tuple[str, ...]:
    """The words of the text, in order."""
    return tuple(text.split())


def alternation(items: Iterable[str]) -> str:
    """The inside of a pattern that fits any of the items, the longest first."""
    return "|".join(sorted(items, key=lambda item: (-len(item), item)))


@dataclass(frozen=True, slots=True)
class Said:
    """A text and its words, folded, cut once for many lists."""

    text: str
    words: tuple[str, ...]


WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


def said(text: str) -> Said:
    """The text, ready for `Phrases.count`."""
    folded = text.lower().replace("’", "'")
    return Said(folded, tuple(WORD.findall(folded)))


@dataclass(frozen=True, slots=True)
class Phrases:
    """A list of phrases. Single words are looked up, which is many times faster than a pattern; the rest is matched."""

    pattern: re.Pattern[str]
    single: frozenset[str]
    rest: re.Pattern[str]

    def search(self, text: str) -> re.Match[str] | None:
        """The first place of a phrase in the text."""
        return self.pattern.search(text)

    def findall(self, text: str) -> list[str]:
        """Every phrase in the text."""
        return [m.group() for m in self.pattern.finditer(text)]

    def count(self, told: Said) -> int:
        """How many phrases the text has."""
        return sum(word in self.single for word in told.words) + sum(1 for _ in self.rest.finditer(told.text))


def phrases(text: str) -> Phrases:
    """Any of the phrases, in any case, as whole words; each may use the language of patterns.

    The text may go over several lines, each ending at a `|`.
    """
    listed = re.sub(r"\|?\s*\n\s*\|?", "|", text.strip())
    items = tuple(_top_level(listed))
    single = {item for item in items if WORD.fullmatch(item)}
    rest = "|".join(item for item in items if item not in single) or "(?!)"
    return Phrases(_whole_words(listed), frozenset(item.lower() for item in single), _whole_words(rest))


def _top_level(listed: str) -> Iterator[str]:
    """The alternatives, cut at each `|` outside brackets."""
    depth, begin = 0, 0
    for at, character in enumerate(listed):
        depth += (character in "([") - (character in ")]")
        if character == "|" and depth == 0:
            yield listed[begin:at]
            begin = at + 1
    yield listed[begin:]


def _whole_words(alternatives: str) -> re.Pattern[str]:
    either = alternatives.replace("'", "['’]")
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)


def joined(text: str) -> str:
    """A long pattern written over several lines, as one: line ends and the spaces around them are left out."""
    return re.sub(r"\s*\n\s*", "", text)
