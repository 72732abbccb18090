"""Facts: what the client has told and must not be asked again, each with its words."""

import re
from collections.abc import Iterator

from mailroute.domain.issue import Fact, Issue
from mailroute.extraction.reading import Reading
from mailroute.extraction.signature import PHONE

PLACES = r"site|hall|plot|room|building|line|gate|floor|unit|level|block|bay|dock|warehouse|plant|halle|haus|raum|gebäude|linie|standort|bâtiment|salle|étage|quai"
ROWS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, flags))
    for key, flags, pattern in (
        ("quoted", 0, r"[\"“„«»]\s?(?P<v>[^\"“”„«»\n]{3,90}?)\s?[\"”“»]"),
        ("version", re.IGNORECASE, r"\b(?P<v>(?:version|release|firmware|v)\s?\d[\w.]*)"),
        ("place", re.IGNORECASE, rf"\b(?P<v>(?:{PLACES})\s+(?:no\.?\s*)?(?:\d{{1,4}}[a-z]?|[A-Z]))\b"),
        ("since", re.IGNORECASE, r"\b(?P<v>(?:since|seit|depuis)\s+[^,.;:!?\n()]{3,50})"),
        ("error", 0, r"\b(?P<v>(?:[Ee]rror|[Ff]ault|[Cc]ode|[Ff]ehler|[Ee]rreur|[Aa]larm)\s+[A-Z]*-?\d[\w-]*)"),
        ("quantity", re.IGNORECASE, r"(?<![\w.,/-])(?P<v>\d[\d.,' ]*\s?(?:x\s)?[a-zäöüéèà%°µ€£$\"][\w%°/²³-]*(?:\s+(?:of|per|a|an|each|in|at)\s+\w+)?)"),
        ("tried", re.IGNORECASE, r"(?P<v>\b(?:we(?:['’]ve| have)?|i(?:['’]ve| have)?)\s+(?:already\s+)?(?:tried|swapped|changed|replaced|restarted|reset|checked|cleaned|reinstalled|rebooted)\b[^.!?\n]{3,120})"),
    )
)  # fmt: skip


def find_facts(reading: Reading, _found: Issue) -> tuple[Fact, ...]:
    """Each stretch once, in order."""
    facts: dict[tuple[int, int], Fact] = {}
    for key, start, end in _candidates(reading):
        facts.setdefault((start, end), Fact(key, reading.text[start:end], start, end))
    return tuple(facts[place] for place in sorted(facts))


def _candidates(reading: Reading) -> Iterator[tuple[str, int, int]]:
    prose = reading.text[: reading.prose_end]
    for key, pattern in ROWS:
        for match in pattern.finditer(prose):
            end = match.end("v") - (len(match["v"]) - len(match["v"].rstrip()))
            yield key, match.start("v"), end
    for match in PHONE.finditer(prose):
        if sum(c.isdigit() for c in match.group()) >= 7:
            yield "phone", match.start(), match.end()
    for mention in reading.mentions:
        if mention.end <= reading.prose_end:
            yield "date", mention.start, mention.end
