"""Finding the names and numbers that the directory knows, however many there are.

A house may have thousands, so they are looked up by their first word; only those of which every word stands in the
text are searched for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from mailroute.domain.directory import Directory
from mailroute.domain.once import once_each

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Name:
    """One name, in the order of the directory."""

    place: int
    text: str
    words: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The name as whole words, whatever its case."""
        return re.compile(rf"(?<!\w){re.escape(self.text)}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Names:
    """Many names, by their first word."""

    by_word: Mapping[str, tuple[Name, ...]]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Names":
        """An index of *texts*; those without a word in them cannot be found."""
        index: dict[str, list[Name]] = {}
        for place, text in enumerate(texts):
            if words := WORD.findall(text.lower()):
                index.setdefault(words[0], []).append(Name(place, text, frozenset(words)))
        return cls({word: tuple(names) for word, names in index.items()})

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Each name that stands in *text* with start and end, in the order of the directory."""
        words = frozenset(WORD.findall(text.lower()))
        may = [name for word in words for name in self.by_word.get(word, ()) if name.words <= words]
        for name in sorted(may, key=lambda name: name.place):
            for match in name.pattern.finditer(text):
                yield name.text, match.start(), match.end()


@once_each
def project_names(directory: Directory) -> Names:
    """What projects are called."""
    return Names.of(name for project in directory.projects for name in (project.name, *project.aliases))


@once_each
def project_references(directory: Directory) -> Names:
    """The numbers by which projects are known."""
    return Names.of(reference for project in directory.projects for reference in project.references)
