"""Products and projects: what the directory knows by name first, then what the words point at.

Candidates are model numbers, nouns for things that firms make, sell or run, and whatever the subject
names and the text takes up again. They are ranked by where they stand; only the best are kept.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mailroute.domain.issue import Issue, IssueType, Product
from mailroute.extraction.known import project_names
from mailroute.extraction.product_words import (
    AROUND,
    ATTACHED,
    BEING,
    BESIDE,
    COMPOUNDS,
    CUES,
    NO_PROJECTS,
    NOT_THINGS,
    OPENING,
    PURPOSE,
    STOPS,
    SUBJECT_OF,
    TAILS,
    THINGS,
    TRANSPORT,
)
from mailroute.extraction.reading import Reading
from mailroute.extraction.wordlists import joined

WORD = re.compile(r"[^\W_]+(?:[-'’&][^\W_]+)*")
MODEL = re.compile(r"(?<![\w/.-])(?P<model>[A-Z]{1,4}-?\d{1,4}[A-Z]?)(?![\w/-]|\.\d)")
NO_MODELS = ("UTC", "GMT", "CET", "SCAN", "IMG", "DSC")
"""Time zones and names of files."""
NOT_A_MODEL = re.compile(
    joined(
        r"""
        \b(?:utc|gmt|run|route|tour|error|code|codes|fault|message|alarm|meldung|fehler|erreur|gate|room|
        hall|unit|plot|bay|
        level|floor|p|page|rev|drawing|item|position|pos|clause|section|m|a|building|halle|haus|port|
        quai|platform|version|din|iso|en|q|h|fy|kw|folder|b)\s*[\"“«]?\s*$
        """
    ),
    re.IGNORECASE,
)
PROJECT = re.compile(r"\b(?:[Pp]roject|[Pp]rojekt|[Pp]rojet)\s+(?P<name>[A-ZÄÖÜ]\w+(?:\s+[A-Z]\w+)?)")
NUMBERED = re.compile(r"\s+(?:no\.?\s*)?\d{1,2}\b(?!\s*(?:[:.%]|am|pm|times|days|weeks|hours|years))")
FEW_PRODUCTS = frozenset({IssueType.BILLING, IssueType.INFORMATION, IssueType.OTHER})
"""Such mail is seldom about a thing, so more must speak for one."""
MOST = 3
ENOUGH, ENOUGH_SELDOM, CERTAIN = 2.0, 2.6, 9.0
SECOND, NEXT_TO_BEST = 2.5, 2.0
"""What a second product needs, and how far below the best guess it may lie."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may name a product."""

    start: int
    end: int
    score: float


def find_products(reading: Reading, found: Issue) -> tuple[Product, ...]:
    """Known names first, then the best guesses, the surest first."""
    enough = ENOUGH_SELDOM if found.type.value in FEW_PRODUCTS else ENOUGH
    candidates = [*_known(reading), *_guesses(reading, found)]
    kept: dict[str, Product] = {}
    best = 0.0
    for c in sorted(candidates, key=lambda c: (-c.score, c.start)):
        name = reading.text[c.start : c.end]
        key = _singular(name.casefold())
        if c.score < enough or any(key in k or k in key for k in kept):
            continue
        if c.score < CERTAIN:
            if len(kept) >= MOST or (kept and c.score < max(SECOND, best - NEXT_TO_BEST)):
                break
            best = max(best, c.score)
        kept[key] = Product(name, c.start, c.end)
    return tuple(kept.values())


def _known(reading: Reading) -> Iterator[Candidate]:
    for _, start, end in project_names(reading.directory).find(reading.text):
        yield Candidate(start, end, CERTAIN + 1)
    for match in PROJECT.finditer(reading.text, 0, reading.prose_end):
        if match["name"].split()[0].lower() not in NO_PROJECTS:
            yield Candidate(*match.span("name"), CERTAIN)


def _guesses(reading: Reading, found: Issue) -> Iterator[Candidate]:
    """Every noun phrase with a thing as its head, scored by head, place, and company."""
    text, end = reading.text, reading.prose_end
    in_subject = {_singular(w.lower()) for w in WORD.findall(reading.subject)}
    spans = [m.span() for m in WORD.finditer(text, 0, end)]
    lower = [text[a:b].lower() for a, b in spans]
    singular = [_singular(w) for w in lower]
    counts = Counter(singular)
    asked = [(a.start, a.end) for a in found.asks]
    for i, word in enumerate(singular):
        named = word in in_subject and len(word) > 2 and word not in NOT_THINGS and word not in STOPS
        infinitive = reading.language == "fr" and word.endswith("iser")
        thing = not infinitive and (_is_thing(lower[i], word) or _is_compound(lower, i))
        if not (named or thing) or word.isdigit():
            continue
        if i + 1 < len(spans) and _goes_on(text, spans, singular, lower, i):
            continue
        first = _phrase_start(text, spans, lower, i)
        start, stop = spans[first][0], spans[i][1]
        if numbered := NUMBERED.match(text, stop, end):
            stop = numbered.end()
        score = (
            1.6 * thing
            - 0.9 * (word in AROUND)
            + (1.3 if thing else 1.0) * named
            + 0.5 * (start < 220)
            + 0.3 * min(3, counts[word] - 1)
        )
        score += _company(text, start, stop)
        score += _compound(lower, first, i) + 0.4 * any(a <= start < b for a, b in asked)
        score -= 0.5 * bool(word in AROUND and BESIDE.search(text, max(0, start - 30), start))
        score -= 0.8 * (word in TRANSPORT) + 1.0 * bool(ATTACHED.match(text, stop))
        yield Candidate(start, stop, score)
    yield from _models(reading, found, in_subject)


def _company(text: str, start: int, stop: int) -> float:
    """How much the words around the phrase speak for a product."""
    before = text[max(0, start - 60) : start]
    score = max((weight for weight, cue in CUES if cue.search(before)), default=0.0)
    if SUBJECT_OF.match(text, stop) and OPENING.search(before):
        score += 0.4
    return score


def _is_thing(word: str, singular: str) -> bool:
    if word in NOT_THINGS or singular in NOT_THINGS:
        return False
    german = next((word.removesuffix(e) for e in ("en", "n", "e") if word.endswith(e)), word)
    if len(german) > 4 and german in THINGS:
        return True
    return word in THINGS or singular in THINGS or (len(word) > 6 and bool(TAILS.search(word)))


def _is_compound(lower: list[str], i: int) -> bool:
    """Whether a word of many meanings names a thing with the word before it."""
    return i > 0 and lower[i] in COMPOUNDS and PURPOSE.match(lower[i - 1]) is not None


def _compound(lower: list[str], first: int, i: int) -> float:
    """How much the words before the head speak for it: what a thing is for tells more than how it is."""
    purpose = first < i and PURPOSE.match(lower[i - 1]) is not None
    return 0.3 * (first < i) + 0.5 * purpose


def _goes_on(text: str, spans: list[tuple[int, int]], singular: list[str], lower: list[str], i: int) -> bool:
    """Whether the next word is the real head: `wrapping | machine`."""
    return text[spans[i][1] : spans[i + 1][0]] == " " and _is_thing(lower[i + 1], singular[i + 1])


def _phrase_start(text: str, spans: list[tuple[int, int]], lower: list[str], i: int) -> int:
    """The first of at most two words before the head that belong to it."""
    first = i
    for back in (i - 1, i - 2):
        if back < 0 or text[spans[back][1] : spans[back + 1][0]] != " ":
            break
        word = lower[back]
        if word.endswith("ing") and back and lower[back - 1] in BEING:
            break
        if word in STOPS or word.isdigit() or word.endswith(("ly", "ed")) or word in NOT_THINGS:
            break
        first = back
    return first


def _models(reading: Reading, found: Issue, in_subject: set[str]) -> Iterator[Candidate]:
    """Type designations such as HX-200, with the noun after them."""
    text, end = reading.text, reading.prose_end
    references = [(r.start, r.end) for r in found.references if r.start is not None and r.end is not None]
    for match in MODEL.finditer(text, 0, end):
        start, stop = match.span("model")
        if any(a <= start < b for a, b in references) or NOT_A_MODEL.search(text[max(0, start - 20) : start]):
            continue
        if match["model"].startswith(NO_MODELS):
            continue
        if len(match["model"]) < 4 and "-" not in match["model"]:
            continue
        after = WORD.match(text, stop + 1, end)
        if after and text[stop] == " " and _is_thing(after.group().lower(), _singular(after.group().lower())):
            stop = after.end()
        yield Candidate(start, stop, 3.0 + 0.8 * (match["model"].lower() in in_subject))


def _singular(word: str) -> str:
    """Without the plural ending of English nouns."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-3] + "y" if word.endswith("ies") else word[:-1]
    return word
