"""Facts: what the client has told and must not be asked again, each with its words.

Two kinds: exact values with a key of their own (version, error text, place, number) and whole
statements that hold a figure, a date, a name or what was tried, so that nothing told is lost on the way.
"""

import re
from collections.abc import Iterator

from mailroute.domain.issue import Fact, Issue
from mailroute.extraction.reading import Reading
from mailroute.extraction.sentences import Sentence
from mailroute.extraction.signature import PHONE
from mailroute.extraction.wordlists import joined

PLACES = joined(
    r"""
        site|hall|plot|room|building|line|gate|floor|unit|level|block|bay|dock|warehouse|plant|ramp|
        track|lane|halle|haus|raum|gebäude|linie|standort|tor|bâtiment|salle|étage|quai|chambre
        """
)
EXACT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, flags))
    for key, flags, pattern in (
        ("quoted", 0, r"[\"“„«»]\s?(?P<v>[^\"“”„«»\n]{3,90}?)\s?[\"”“»]"),
        ("version", re.IGNORECASE, r"\b(?P<v>(?:version|release|firmware|software|v)\s?(?:is\s)?\d[\w.]*\w)"),
        ("place", re.IGNORECASE, rf"\b(?P<v>(?:{PLACES})\s+(?:no\.?\s*)?(?:\d{{1,4}}[a-z]?|[A-Z]))\b"),
        ("since", re.IGNORECASE, r"\b(?P<v>(?:since|seit|depuis)\s+[^,.;:!?\n()]{3,50})"),
        (
            "error",
            0,
            r"\b(?P<v>(?:[Ee]rror|[Ff]ault|[Cc]ode|[Ff]ehler|[Ee]rreur|[Aa]larm)\s+[A-Z]*-?\d[\w-]*)",
        ),
        (
            "identifier",
            0,
            r"(?<![\w/@.-])(?P<v>(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z]+[\w]*(?:-\w+)*)(?![\w@-]|\.\w)",
        ),
        (
            "money",
            0,
            joined(
                r"""
                (?<![\w.,])(?P<v>[€£$]\s?\d[\d.,]*\d|\d[\d.,]*\s?(?:€|£|\$|EUR|USD|GBP|CHF|euros?|
                kroner|pounds?|quid))
                """
            ),
        ),
    )
)
TOLD: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, re.IGNORECASE))
    for key, pattern in (
        (
            "tried",
            joined(
                r"""
                \b(?:we|i|wir|ich|nous|j)(?:['’]ve| have| haben| habe|
                ['’]ai| avons)?\b.{0,20}\b(?:tried|swapped|changed|replaced|restarted|reset|checked|
                cleaned|reinstalled|rebooted|switched|moved|looked|searched|probiert|getauscht|
                neu gestartet|geprüft|essayé|vidé|vérifié|redémarré)\b
                """
            ),
        ),
        (
            "who",
            joined(
                r"""
                \b(?:my colleague|our \w+ (?:is|has|will)|contact is|successor|follower|takes over|
                on leave|mon collègue|mein kollege)\b
                """
            ),
        ),
        ("promised", r"\b(?:promised|agreed|told (?:us|me)|said|confirmed|es hieß|zugesagt|promis)\b"),
        (
            "scope",
            joined(
                r"""
                \b(?:only|except|without|instead|not the|nothing else|same as|stays?|all|none|both|nur|
                ohne|statt|außer|seulement|sans|sauf)\b
                """
            ),
        ),
        (
            "where",
            joined(
                r"""
                \b(?:in|at|on|from|to|bei|nach|à|chez)\s+(?:our|the|unser\w*|notre)\s+\w+|\b(?:road|
                street|lane|avenue|straße|rue)\b
                """
            ),
        ),
        ("condition", r"\b(?:if|because|until|when|while|wenn|weil|bis|si|parce que|jusqu)\b"),
    )
)
FIGURE = re.compile(
    joined(
        r"""
        \d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|zwei|drei|vier|fünf|
        sieben|zwölf|deux|trois|quatre|cinq)\b
        """
    ),
    re.IGNORECASE,
)
NAME = re.compile(r"(?<=[a-zäöü,] )[A-ZÄÖÜ][a-zà-ÿ]{2,}")
PLEASANTRY = re.compile(
    joined(
        r"""
        ^(?:hi|hello|dear|hallo|bonjour|thanks|thank you|many thanks|danke|merci|good (?:morning|
        afternoon|evening)|guten|sehr geehrte|i hope|hope)\b[^.!?]{0,60}[.!?,]?$
        """
    ),
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[;:–]\s|,\s+(?=(?:and|but|so|because|which|who|und|aber|et|mais)\b)|\s-\s")
LONGEST = 170
"""Characters of a statement; a longer sentence is cut at its clauses."""
MOST = 25


def find_facts(reading: Reading, _found: Issue) -> tuple[Fact, ...]:
    """Exact values first in the counting, then statements; in order of the text, each stretch once."""
    facts: dict[tuple[int, int], Fact] = {}
    for key, start, end in (*_exact(reading), *_statements(reading)):
        if len(facts) < MOST and end > start:
            facts.setdefault((start, end), Fact(key, reading.text[start:end], start, end))
    return tuple(facts[place] for place in sorted(facts))


def _exact(reading: Reading) -> Iterator[tuple[str, int, int]]:
    end = reading.prose_end
    for key, pattern in EXACT:
        for match in pattern.finditer(reading.text, 0, end):
            yield key, match.start("v"), match.end("v") - (len(match["v"]) - len(match["v"].rstrip()))
    for match in PHONE.finditer(reading.text, 0, end):
        if sum(c.isdigit() for c in match.group()) >= 7:
            yield "phone", match.start(), match.end()


def _statements(reading: Reading) -> Iterator[tuple[str, int, int]]:
    for sentence in reading.sentences:
        if PLEASANTRY.match(sentence.text):
            continue
        for start, end in _pieces(sentence):
            piece = reading.text[start:end]
            if len(piece.split()) >= 2 and (key := _key(piece, start, end, reading)):
                yield key, start, end


def _pieces(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The sentence, or its clauses when it is long; spaces at the ends are left out."""
    if len(sentence.text) <= LONGEST:
        yield sentence.start, sentence.end
        return
    begin = 0
    for cut in (*(m.start() for m in CLAUSE.finditer(sentence.text)), len(sentence.text)):
        piece = sentence.text[begin:cut]
        lead = len(piece) - len(piece.lstrip(" ,;:–-\n\t"))
        yield sentence.start + begin + lead, sentence.start + begin + len(piece.rstrip())
        begin = cut


def _key(piece: str, start: int, end: int, reading: Reading) -> str | None:
    """What sort of thing the piece tells; None for one that tells nothing to be kept."""
    for key, pattern in TOLD[:3]:
        if pattern.search(piece):
            return key
    if any(start <= m.start < end for m in reading.mentions):
        return "when"
    if FIGURE.search(piece):
        return "figure"
    if NAME.search(piece) and reading.language != "de":
        return "named"
    return next((key for key, pattern in TOLD[3:] if pattern.search(piece)), None)
