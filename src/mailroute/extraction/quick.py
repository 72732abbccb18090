"""Patterns that are tried only where they can begin: finds what a search from the left finds, several times faster.

Python's matcher tries a pattern at every letter of a text. Ours nearly all begin with a word. So the places where words
begin are noted once for each text, by their first letters; each pattern knows the first letters that it can begin with,
and is tried only where the two meet. A pattern of which they cannot be told is searched for as usual.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

LETTERS = 3
"""Looked at; fewer where a pattern does not tell so many."""
START = re.compile(r"(?<!\w)\w|(?<=[\d_])[^\W\d_]|[^\w\s]")
"""The first letter of a word, also of one that follows a number, and marks."""
TEXTS = 512
"""Whose places are kept: the sentences of some mails, each looked at by dozens of patterns."""
EDGE = "\0"
"""In what a pattern begins with: that it fits nowhere inside a word."""
EDGES = ("\\b", "(?<!\\w)", "(?<![\\w")
FIRST = "^"
"""Among the beginnings: the pattern may fit where the text begins."""
AFTER_NUMBER = "(?<![^\\W\\d_])"
"""The same, where a number may stand before it."""


@dataclass(frozen=True, slots=True)
class Quick:
    """A pattern with what it can begin with; made by `quick`."""

    pattern: re.Pattern[str]
    heads: frozenset[str] | None
    first_only: bool = False
    """Whether it fits at the beginning of a text alone."""
    at_first: bool = False
    """Whether it may fit at the beginning of a text, whatever stands there."""
    also: re.Pattern[str] | None = None
    """The part of the pattern of whose beginning nothing can be told: that is searched for."""

    def search(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        if self.first_only:
            return self.pattern.match(text)
        if self.heads is None:
            return self.pattern.search(text)
        for at in self._where(text):
            if (match := self.pattern.match(text, at)) is not None:
                return match
        return None

    def finditer(self, text: str, start: int = 0, stop: int | None = None) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        stop = len(text) if stop is None else stop
        if self.first_only:
            match = self.pattern.match(text, 0, stop) if start == 0 else None
            return iter(() if match is None else (match,))
        if self.heads is None:
            return self.pattern.finditer(text, start, stop)
        return self._tried(text, start, stop)

    def _tried(self, text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
        where = self._where(text)
        end = start
        for at in where[bisect_left(where, start) :]:
            if at >= stop:
                return
            if at >= end and (match := self.pattern.match(text, at, stop)) is not None:
                yield match
                end = max(match.end(), at + 1)

    def _where(self, text: str) -> list[int]:
        """The places where the pattern can begin, in order."""
        here = places(text)
        where = [at for head in self.heads or () if head in here for at in here[head]]
        if self.at_first:
            where.append(0)
        if self.also is not None:
            match = self.also.search(text)
            while match is not None:
                where.append(match.start())
                match = self.also.search(text, match.start() + 1)
        where.sort()
        return where


def quick(pattern: re.Pattern[str]) -> Quick:
    """The pattern, ready to be tried only where it can begin."""
    alternatives = tuple(top_level(pattern.pattern))
    plain = not pattern.flags & (re.VERBOSE | re.MULTILINE)
    if plain and all(one.startswith("^") for one in alternatives):
        return Quick(pattern, frozenset(), first_only=True)
    heads = beginnings(pattern.pattern) if plain else None
    if heads is None:
        return Quick(pattern, None)
    return Quick(pattern, heads - {FIRST}, at_first=FIRST in heads)


def quick_list(items: Iterable[str], whole: Callable[[str], re.Pattern[str]]) -> Quick:
    """A list of patterns as one, made by *whole* of their alternatives."""
    listed = tuple(items)
    begun = {item: beginnings(whole(item).pattern) for item in listed}
    told = [heads for heads in begun.values() if heads is not None]
    rest = [item for item, heads in begun.items() if heads is None]
    also = whole("|".join(rest)) if rest else None
    return Quick(whole("|".join(listed) or "(?!)"), frozenset[str]().union(*told), also=also)


class Choice:
    """Several patterns, and which of them can be in a text at all: one look for all of them."""

    def __init__(self, patterns: Iterable[Quick]) -> None:
        self._by_head: dict[str, list[int]] = {}
        self._always = set()
        for number, one in enumerate(patterns):
            if one.heads is None or one.also is not None or one.first_only or one.at_first:
                self._always.add(number)
            else:
                for head in one.heads:
                    self._by_head.setdefault(head, []).append(number)

    def possible(self, text: str) -> list[int]:
        """Their numbers, in order."""
        found = set(self._always)
        for head in places(text).keys() & self._by_head.keys():
            found.update(self._by_head[head])
        return sorted(found)


@lru_cache(maxsize=TEXTS)
def places(text: str) -> Mapping[str, list[int]]:
    """Where words of the text begin, by their first letters, folded: one, two and three of them.

    Only under all of its letters are the places of a key in order.
    """
    folded = text.lower()
    if len(folded) != len(text):
        folded = "".join(low if len(low := one.lower()) == 1 else one for one in text)
    folded = folded.replace("’", "'")
    found: dict[str, list[int]] = {}
    for match in START.finditer(folded):
        at = match.start()
        key = folded[at : at + LETTERS]
        if key in found:
            found[key].append(at)
        else:
            found[key] = [at]
    for key in tuple(found):
        for length in range(1, len(key)):
            found.setdefault(key[:length], []).extend(found[key])
    return found


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a pattern can begin with: `open` ones are all of it, of `cut` ones nothing is known that follows."""

    open: frozenset[str] = frozenset()
    cut: frozenset[str] = frozenset()

    def then(self, other: "_Begun") -> "_Begun":
        """This, followed by the other."""
        longer = {_joined(first, more) for first in self.open for more in other.open}
        ended = {_joined(first, more) for first in self.open for more in other.cut}
        enough = {one for one in longer if len(one.lstrip(EDGE)) >= LETTERS}
        return _Begun(frozenset(longer - enough), self.cut | enough | ended)

    def either(self, other: "_Begun") -> "_Begun":
        return _Begun(self.open | other.open, self.cut | other.cut)

    def over_and_over(self) -> "_Begun":
        return _Begun(frozenset(), self.cut | self.open)


def _joined(first: str, more: str) -> str:
    both = first + (more.replace(EDGE, "") if first.strip(EDGE) else more.lstrip(EDGE) if first else more)
    return both[: LETTERS + both.startswith(EDGE)]


NOTHING = _Begun(open=frozenset({""}))
AN_EDGE = _Begun(open=frozenset({EDGE}))
ANYTHING = _Begun(cut=frozenset({""}))


def beginnings(pattern: str) -> frozenset[str] | None:
    """The first letters of whatever the pattern can match; None where they cannot be told."""
    begun = _of_any(pattern)
    found = {one.lower() for one in begun.open | begun.cut}
    first = {FIRST} & found
    found -= first
    if not all(re.match(rf"{EDGE}\w|{EDGE}?[^\w\s{EDGE}]", one) for one in found):
        return None
    numbers = any(one.lstrip(EDGE)[0].isdigit() for one in found)
    if numbers and AFTER_NUMBER in pattern:
        return None
    return frozenset(one.lstrip(EDGE) for one in found) | first


def _of_any(pattern: str) -> _Begun:
    begun = _Begun()
    for alternative in top_level(pattern):
        begun = begun.either(_of_sequence(alternative))
    return begun


def _of_sequence(sequence: str) -> _Begun:
    begun = NOTHING
    for element, quantifier in _elements(sequence):
        one = _of_element(element)
        if quantifier[:1] in {"*", "+", "{"}:
            one = one.over_and_over()
        if quantifier[:1] in {"?", "*"} or quantifier.startswith(("{0", "{,")):
            one = one.either(NOTHING)
        begun = begun.then(one)
        if not begun.open:
            break
    return begun


PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
"""An escape, a class, or a letter."""
QUANTIFIER = re.compile(r"(?:[?*+]|\{[\d,]+\})[?+]?|")
GROUP = re.compile(r"\((?:\?(?:i?:|P<\w+>)|(?!\?))")
ZERO_WIDTH = ("(?=", "(?!", "(?<=", "(?<!")


def _elements(sequence: str) -> Iterator[tuple[str, str]]:
    """Letters, classes and groups, each with what says how often."""
    at = 0
    while at < len(sequence):
        end = _closing(sequence, at) if sequence[at] == "(" else at
        match = PIECE.match(sequence, at)
        end = end + 1 if sequence[at] == "(" else match.end() if match else at + 1
        quantifier = QUANTIFIER.match(sequence, end)
        yield sequence[at:end], quantifier[0] if quantifier else ""
        at = quantifier.end() if quantifier else end


def _closing(sequence: str, at: int) -> int:
    """Where the bracket that opens at *at* closes."""
    depth = 0
    for match in PIECE.finditer(sequence, at):
        depth += (match[0] == "(") - (match[0] == ")")
        if depth == 0:
            return match.start()
    return len(sequence) - 1


def _of_element(element: str) -> _Begun:
    if element == "^":
        return _Begun(cut=frozenset({FIRST}))
    if element.startswith((*EDGES, AFTER_NUMBER)):
        return AN_EDGE
    if element.startswith((*ZERO_WIDTH, "\\B")):
        return NOTHING
    if opened := GROUP.match(element):
        return _of_any(element[opened.end() : -1])
    return _of_letter(element)


def _of_letter(element: str) -> _Begun:
    if element == "\\d":
        return _Begun(open=frozenset("0123456789"))
    if plain := re.fullmatch(r"\[(-?[^\\^-]+-?)\]", element):
        return _Begun(open=frozenset(plain[1].replace("’", "'")))
    if re.fullmatch(r"\\[^\W\d_]|[.$(\[].*", element, re.DOTALL):
        return ANYTHING
    return _Begun(open=frozenset({element[-1].lower()}))


def top_level(listed: str) -> Iterator[str]:
    """The alternatives, cut at each `|` outside brackets."""
    depth, begin = 0, 0
    for match in PIECE.finditer(listed):
        depth += (match[0] == "(") - (match[0] == ")")
        if match[0] == "|" and depth == 0:
            yield listed[begin : match.start()]
            begin = match.end()
    yield listed[begin:]
