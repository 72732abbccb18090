"""How alike two remarks are: by the concepts and the rarer words that they share. Pure."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from mailroute.feedback.concepts import concept_of

Features = Mapping[str, float]
"""Stems and concepts of a remark with their weights; of unit length."""

_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})*")
_SMALL_WORDS = """
a about above after again all almost also always am among an and another any anybody anyone anything are
as at away be because been before being below between both but by can cannot could did do does doing done
down each easily either else enough even ever every everybody everyone everything far few for from further
get gets getting give gives go goes good great had hard hardly has have having he help helps her here him
his hope hour hours how however i if in into is it its just keep kind know less let life like likes
little long longer lot love made make makes making many may me might more most much must my near need
needs nice no nobody none not nothing now of off often on once one only or other our out over own per
perhaps plan plans please possible quite rather real really same see seem should show since small so some
something still such take takes than thank thanks that the their them then there these they thing things
think this those three through thus to too twice two under until up us use used useful using very want
was way we week weeks welcome well were what when where which while who whole whom why will wish with
within without won wonder wonderful work works would year you your yours yourself aber als am an auch auf
aus bei bis da das dass dem den der des die dies dieser doch du durch ein eine einem einen einer eines er
es etwas euch euer für gibt haben hat hatte ich ihr ihre im in ist ja jede jeder kann kein keine können
man mehr mein mit nach nicht noch nur ob oder ohne schon sehr sein sich sie sind so über um und uns unser
unsere unter vom von vor war was wenn wer wie wir wird wo wäre würde zu zum zur au aux avec ce ces cette
dans de des du elle en est et être il ils je la le les leur mais me mes moi mon ne nos notre nous on ou
par pas plus pour qu que qui sa se ses son sont sur un une vos votre vous
"""
_SMALL = frozenset(_SMALL_WORDS.split())
"""English, German and French words that say nothing of the matter."""
_ENDINGS = (
    "ations",
    "ation",
    "ingly",
    "ings",
    "ing",
    "edly",
    "ies",
    "ers",
    "ed",
    "es",
    "er",
    "en",
    "ly",
    "s",
    "e",
    "y",
)
_SHORTEST_STEM = 3
OF_ALL_PRICES, PRICE_WEIGHT = "=price", 0.5
"""Every remark on prices says that something is dear; what is dear makes the theme."""
WORD_WEIGHT = 0.9
"""Of a plain word, where a concept has 1: that two clients use one word may be chance."""


def stem(word: str) -> str:
    """*word* without the ending that grammar gives it; crude, and the same for every language."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=20_000)
def terms(quote: str) -> frozenset[str]:
    """What *quote* speaks of: concepts as `=name`, other words by their stems."""
    found = set()
    for match in _WORD.finditer(quote.lower()):
        word = match[0]
        concept = concept_of(word)
        if concept is not None:
            found.add(f"={concept}")
        elif word not in _SMALL:
            found.add(stem(word))
    return frozenset(found)


def rarity(quotes: Iterable[str]) -> Mapping[str, float]:
    """How much each term tells, from how few of *quotes* use it (inverse document frequency, smoothed)."""
    texts = [terms(quote) for quote in quotes]
    counts = Counter(term for text in texts for term in text)
    return {term: math.log((len(texts) + 2) / (count + 1)) + 0.5 for term, count in counts.items()}


def features(quote: str, rare: Mapping[str, float]) -> Features:
    """The terms of *quote*, weighted by how rare they are."""
    usual = max(rare.values(), default=1.0)
    weights = {term: rare.get(term, usual) * _weight(term) for term in terms(quote)}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def _weight(term: str) -> float:
    if term == OF_ALL_PRICES:
        return PRICE_WEIGHT
    return 1.0 if term.startswith("=") else WORD_WEIGHT


def likeness(one: Features, other: Features) -> float:
    """Cosine of the two, from 0 (nothing in common) to 1 (the same terms)."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())
