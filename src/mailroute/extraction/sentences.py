"""Text into sentences and list items, with their places.

Mail is not prose: lines end without a full stop, lists stand for sentences, half the writers use no capitals. So
sentences are cut by line, mark and abbreviation, in one pass over the text and without a parse.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailroute.extraction.calendar_words import MONTHS
from mailroute.extraction.wordlists import words

ABBREVIATIONS = frozenset(
    words(
        """
    mr mrs ms mx dr prof st rev hr fr hon sr jr inc ltd co corp vs etc approx ca no nr nos inv ref art pos abs tel ext
    e.g i.e eg ie cf fig max min incl excl resp est dept div p pp vol rev ver vers z.b d.h u.a bzw usw ggf evtl inkl
    zzgl str abt mfg geb sog vgl mme mlle env réf tél p.ex av bd jan feb apr jun jul aug sep sept oct nov dec mio mrd
    attn a.m p.m u.s u.k st ste gmbh.co
    """
    )
)
"""What ends in a full stop without ending a sentence, lower case, without the stop."""

SENTENCE_END = re.compile(r"""[.!?…]+["'”’»)\]]*(?=\s)|[:](?=\s*\n)""")
LIST_MARK = re.compile(r"[ \t>]*(?:[-*•·–—‣▪+]|\(?\d{1,2}[.)]|\(?[a-h][.)]|#\d{1,2}:?)[ \t]+")
NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
LAST_WORD = re.compile(r"[\w.&-]+\Z")
WRAP_WIDTH = 55
"""A line at least this long, without an end mark, goes on in the next one: the mail program wrapped it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of text that says one thing; `item` for the first sentence of an entry of a list."""

    text: str
    start: int
    end: int
    item: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    item: bool


def split_sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Sentence, ...]:
    """The sentences of `text[start:end]`, in order; offsets are those of the whole text."""
    stop = len(text) if end is None else end
    return tuple(
        Sentence(text[a:b], a, b, block.item and a == block.start)
        for block in _blocks(text, start, stop)
        for a, b in _cut(text, block)
        if b > a
    )


def _blocks(text: str, start: int, end: int) -> Iterator[_Block]:
    """Lines, with wrapped ones joined."""
    begin, stop, item = -1, -1, False
    for line_start, line_end in _lines(text, start, end):
        line = text[line_start:line_end]
        mark = LIST_MARK.match(line)
        goes_on = begin >= 0 and not mark and line.strip() and _wraps(text, stop, line)
        if goes_on:
            stop = line_end
            continue
        if begin >= 0:
            yield _Block(begin, stop, item)
        if not line.strip():
            begin = -1
            continue
        begin, stop, item = line_start + (mark.end() if mark else 0), line_end, mark is not None
    if begin >= 0:
        yield _Block(begin, stop, item)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _wraps(text: str, before: int, line: str) -> bool:
    """Whether the line that ends at *before* goes on in *line*."""
    line_start = text.rfind("\n", 0, before) + 1
    previous = text[line_start:before].rstrip()
    if len(previous) < WRAP_WIDTH or previous[-1] in ".!?:…":
        return False
    return line[:1].strip() != "" or previous[-1] not in ",;"


def _cut(text: str, block: _Block) -> Iterator[tuple[int, int]]:
    begin = block.start
    for mark in SENTENCE_END.finditer(text, block.start, block.end):
        if _is_abbreviation(text, begin, mark.start(), mark.group()) or _in_brackets(
            text, begin, mark, block.end
        ):
            continue
        yield _stripped(text, begin, mark.end())
        begin = mark.end()
    yield _stripped(text, begin, block.end)


def _is_abbreviation(text: str, begin: int, stop: int, mark: str) -> bool:
    """Whether the mark at *stop* is part of a word, an initial or an ordinal instead of an end."""
    if mark != ".":
        return False
    word = LAST_WORD.search(text, max(begin, stop - 20), stop)
    if word is None:
        return False
    last = word.group().lower().rstrip(".")
    if last in ABBREVIATIONS or (len(last) == 1 and last.isalpha() and word.group().isupper()):
        return True
    following = NEXT_WORD.match(text, stop + 1)
    if following is not None and re.fullmatch(r"\d{1,2}\.\d{1,2}", last):
        return following[1].islower()
    return last.isdigit() and len(last) <= 2 and following is not None and following[1].lower() in MONTHS


def _in_brackets(text: str, begin: int, mark: re.Match[str], end: int) -> bool:
    """Whether the mark stands inside brackets that close soon."""
    said = text[max(begin, mark.start() - NEAR) : mark.end()]
    if said.count("(") <= said.count(")"):
        return False
    return ")" in text[mark.end() : min(end, mark.end() + NEAR)]


NEAR = 100


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
