"""Word lists are written as running text: easier to read, sort and extend than quoted tuples."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mailroute.extraction.quick import Quick, quick_list, top_level


def words(text: str) -> tuple[str, ...]:
    """The words of the text, in order."""
    return tuple(text.split())


def alternation(items: Iterable[str]) -> str:
    """The inside of a pattern that fits any of the items, the longest first."""
    return "|".join(sorted(items, key=lambda item: (-len(item), item)))


@dataclass(frozen=True, slots=True)
class Said:
    """A text as written, and how often it has each word, folded: cut once for many lists."""

    text: str
    words: Mapping[str, int]
    different: frozenset[str]


WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


def said(text: str) -> Said:
    """The text, ready for `Phrases.count`."""
    words = Counter(WORD.findall(text.lower().replace("’", "'")))
    return Said(text, words, frozenset(words))


@dataclass(frozen=True, slots=True)
class Phrases:
    """A list of phrases. Single words are looked up, which is many times faster than a pattern; the rest is matched."""

    pattern: re.Pattern[str]
    single: frozenset[str]
    whole: Quick
    rest: Quick

    def search(self, text: str) -> re.Match[str] | None:
        """The first place of a phrase in the text."""
        return self.whole.search(text)

    def findall(self, text: str) -> list[str]:
        """Every phrase in the text."""
        return [m.group() for m in self.whole.finditer(text)]

    def without(self, text: str) -> str:
        """The text with a blank for each phrase."""
        parts, end = [], 0
        for match in self.whole.finditer(text):
            parts.append(text[end : match.start()])
            end = match.end()
        return " ".join((*parts, text[end:]))

    def count(self, told: Said) -> int:
        """How many phrases the text has."""
        single = sum(told.words[word] for word in self.single & told.different)
        return single + sum(1 for _ in self.rest.finditer(told.text))


def phrases(text: str) -> Phrases:
    """Any of the phrases, in any case, as whole words; each may use the language of patterns.

    The text may go over several lines, each ending at a `|`.
    """
    listed = re.sub(r"\|?\s*\n\s*\|?", "|", text.strip())
    items = tuple(top_level(listed))
    single = {item for item in items if WORD.fullmatch(item)}
    return Phrases(
        _whole_words(listed),
        frozenset(item.lower() for item in single),
        quick_list(items, _whole_words),
        quick_list((item for item in items if item not in single), _whole_words),
    )


def _whole_words(alternatives: str) -> re.Pattern[str]:
    either = alternatives.replace("'", "['’]")
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)


def joined(text: str) -> str:
    """A long pattern written over several lines, as one: line ends and the spaces around them are left out."""
    return re.sub(r"\s*\n\s*", "", text)
