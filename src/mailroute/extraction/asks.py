"""Asks: the sentences in which something is wanted of us, by weighted rules over their words.

Every rule has a name and a weight; what adds up to the threshold is an ask. Rules speak English, German
and French.
"""

import re

from mailroute.domain.issue import Ask, Issue
from mailroute.extraction.ask_proposals import PROPOSALS
from mailroute.extraction.ask_rules import ENGLISH, IMPERATIVE
from mailroute.extraction.ask_rules_abroad import ABROAD
from mailroute.extraction.quick import Choice, quick
from mailroute.extraction.reading import Reading
from mailroute.extraction.sentences import Sentence
from mailroute.extraction.wordlists import joined

RULES = tuple((name, weight, quick(pattern)) for name, weight, pattern in (*ENGLISH, *PROPOSALS, *ABROAD))
CHOICE = Choice(pattern for _, _, pattern in RULES)
WISHES = re.compile(
    joined(
        r"""
        \b(?:like|wish\w*|want|need|please|could you|following|changes?|requests?|ideas?|suggest\w*|
        questions?|todo|to do|bitte|wünsche|fragen|folgende\w*|souhait\w*|demandes?|questions)
        \b[^:]*:\s*$
        """
    ),
    re.IGNORECASE,
)
"""A line before a list that makes its items asks."""
THRESHOLD = 0.8


def find_asks(reading: Reading, _found: Issue) -> tuple[Ask, ...]:
    """Sentences that want an action or an answer, in order."""
    asks, listed = [], False
    for sentence in reading.sentences:
        if sentence.item:
            listed = listed or _wishes_before(reading, sentence)
        score = ask_score(sentence) + 0.9 * (listed and sentence.item)
        if score >= THRESHOLD:
            asks.append(
                Ask(sentence.text, sentence.start, sentence.end, round(min(0.97, 0.45 + 0.25 * score), 2))
            )
    return tuple(asks)


def _wishes_before(reading: Reading, item: Sentence) -> bool:
    before = reading.text[max(0, item.start - 160) : item.start]
    heading = re.sub(r"\s*(?:[-*•·–]|\(?\w{1,2}[.)])\s*$", "", before)
    return bool(WISHES.search(heading))


def ask_score(sentence: Sentence) -> float:
    """The weights of the rules that fit."""
    if len(sentence.text) < 3 or len(sentence.text) > 1500:
        return 0.0
    possible = (RULES[number] for number in CHOICE.possible(sentence.text))
    score = sum(weight for _, weight, pattern in possible if pattern.search(sentence.text))
    return score + 0.9 * bool(IMPERATIVE.match(sentence.text))
