"""Are two texts one mail that was changed on the way?

Banners, disclaimers and sign-offs come and go at the ends, lines and letters are mended in the middle; a word more or
a number less in the middle is another mail.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from mailroute.domain.words import plain_words
from mailroute.threads.fingerprint import MIN_WORDS

MOST_WORDS = 600
"""Of each text that are compared: the cost grows with their product."""

ALIKE = 0.85
"""How much of the shorter text must stand in the longer one, in order."""

MOST_AT_AN_END = 3
"""Words that both texts may have of their own at one end: a greeting of the desk instead of one of the rep."""

ANCHOR = 4
"""Words in a row that both have; fewer are chance."""

MENDED = 70.0
"""How alike, of 100, letters must be that stand in each other's place in the middle."""

MOST_EXTRA = 120
"""Words by which the longer text may exceed twice the shorter one: banners and disclaimers are no longer."""

AT_LEAST_SHARED = 0.7
"""How many of the shorter text's different words the longer one must hold for their order to be looked at."""

_LINKS = re.compile(
    r"<?(?:https?://|www\.|mailto:|cid:)[^\s<>]+>?|\[(?:image|cid)[^\[\]]{0,200}\]", re.IGNORECASE
)


@lru_cache(maxsize=256)
def words_of(text: str) -> tuple[str, ...]:
    """The words that are compared: links and pictures are written in many ways and do not count."""
    return tuple(plain_words(_LINKS.sub(" ", text)).split()[:MOST_WORDS])


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of the shorter text stands in the longer one, from `ALIKE` to 1; 0 where they are two mails."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < MIN_WORDS or len(longer) > 2 * len(shorter) + MOST_EXTRA:
        return 0.0
    mine, theirs = frozenset(shorter), frozenset(longer)
    if not _numbers(mine) <= theirs or len(mine & theirs) < AT_LEAST_SHARED * len(mine):
        return 0.0
    same = [block for block in Levenshtein.opcodes(shorter, longer) if block.tag == "equal"]
    anchors = [n for n, block in enumerate(same) if block.src_end - block.src_start >= ANCHOR]
    if not anchors:
        return 0.0
    same = same[anchors[0] : anchors[-1] + 1]
    ahead = min(same[0].src_start, same[0].dest_start)
    behind = min(len(shorter) - same[-1].src_end, len(longer) - same[-1].dest_end)
    if max(ahead, behind) > MOST_AT_AN_END:
        return 0.0
    for before, after in pairwise(same):
        here = "".join(shorter[before.src_end : after.src_start])
        there = "".join(longer[before.dest_end : after.dest_start])
        if not _is_mended(here, there):
            return 0.0
    shared = sum(block.src_end - block.src_start for block in same)
    share = shared / len(shorter)
    return share if share >= ALIKE and shared >= MIN_WORDS else 0.0


def _numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if any(c.isdigit() for c in word))


def _is_mended(here: str, there: str) -> bool:
    """Whether letters in the middle are the same ones, damaged; numbers must not differ at all."""
    if _digits(here) != _digits(there) or not here or not there:
        return False
    return ratio(here, there) >= MENDED


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
