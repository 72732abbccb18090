"""Learning whose work mail is from what people made of it: naive Bayes over words and marks, in plain counts.

Examples are tickets that people gave to somebody by hand, and tickets that ended where the rules had sent them:
without these the model would know exceptions only and speak up for every mail.
"""

import hashlib
import math
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailroute.domain.learned import LearnedModel, LearnedPerson
from mailroute.domain.words import plain_words

LEAST_GIVEN = 20
"""Reassignments below which nothing is suggested."""
LEAST_OF_ONE = 5
"""Reassignments to one PM below which that PM is not suggested."""
LEAST_KNOWN = 3
"""Marks of a mail that the model must have seen."""
MOST_MARKS = 200
"""Of one mail."""
MOST_WORDS = 3000
"""Different ones that a model keeps, the most frequent."""
SMOOTHING = 0.5
FOLDS = 5
TEMPERATURES = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
"""Naive Bayes is too sure of itself; the one of these that fits mails left out is kept."""
EVIDENCE = 4
"""Marks that are named as evidence; between equals the longer ones, which tell more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One ticket as a person left it."""

    ticket: int
    marks: frozenset[str]
    staff: str
    given: bool
    """Whether a person gave it to them by hand."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Whom the model names, how surely, and the marks that spoke most."""

    staff: str
    sure: float
    words: tuple[str, ...]


def marks(text: str, *, organisation: str | None, project: str | None, kind: str) -> frozenset[str]:
    """What the model sees of a mail: its different words, and whom, what and which type it is about."""
    words = [word for word in plain_words(text).split() if len(word) > 2 and not word.isdigit()]
    named = {"organisation": organisation, "project": project, "type": kind}
    return frozenset(
        [*dict.fromkeys(words)][:MOST_MARKS] + [f"{name}:{value}" for name, value in named.items() if value]
    )


def suggest(model: LearnedModel, seen: frozenset[str]) -> Suggestion | None:
    """The likeliest PM of a mail with these marks; None when too little of it is known."""
    scores = _scores(model, seen)
    if scores is None:
        return None
    sure = _shares(scores, model.temperature)
    best = max(sorted(sure), key=lambda one: sure[one])
    given = model.people[best].given
    if given < LEAST_OF_ONE:
        return None
    most = (given + 1) / (given + 2)  # Laplace's rule of succession: so few cases make nobody surer
    return Suggestion(best, min(sure[best], most), _evidence(model, seen, best))


def train(examples: Sequence[Example], *, now: datetime, threshold: float) -> LearnedModel:
    """The model of all *examples*, tested on a fifth of them at a time that it was not trained on."""
    ordered = sorted(examples, key=lambda one: one.ticket)
    tested: list[tuple[Example, LearnedModel]] = []
    for fold in range(FOLDS):
        others = _counted([one for one in ordered if _fold(one) != fold], now)
        tested += [(one, others) for one in ordered if _fold(one) == fold]
    return _tested(_counted(ordered, now), tested, threshold)


def _fold(one: Example) -> int:
    """By chance, but the same each time; not by turns, for in a team PMs come by turns as well."""
    return zlib.crc32(str(one.ticket).encode()) % FOLDS


def _counted(examples: Sequence[Example], now: datetime) -> LearnedModel:
    frequent = Counter(mark for one in examples for mark in one.marks)
    kept = {mark for mark, times in frequent.most_common(MOST_WORDS) if times > 1}
    people: dict[str, LearnedPerson] = {}
    for staff in sorted({one.staff for one in examples}):
        own = [one for one in examples if one.staff == staff]
        words = Counter(mark for one in own for mark in one.marks & kept)
        given = sum(one.given for one in own)
        people[staff] = LearnedPerson(mails=len(own), given=given, words=dict(sorted(words.items())))
    told = "\n".join(f"{one.ticket} {one.staff}" for one in examples)
    return LearnedModel(
        version=hashlib.sha256(told.encode()).hexdigest()[:8],
        trained_at=now,
        given=sum(one.given for one in examples),
        people=people,
    )


def _scores(model: LearnedModel, seen: frozenset[str]) -> Mapping[str, float] | None:
    """Logarithms that grow with the likelihood of each PM; None without two PMs or with too few known marks."""
    vocabulary = {mark for person in model.people.values() for mark in person.words}
    known = seen & vocabulary
    if len(model.people) < 2 or len(known) < LEAST_KNOWN:
        return None
    every = sum(person.mails for person in model.people.values())
    return {
        staff: math.log(person.mails / every) + sum(_weight(person, mark) for mark in sorted(known))
        for staff, person in model.people.items()
    }


def _weight(person: LearnedPerson, mark: str) -> float:
    """The logarithm of the share of this PM's mails that have the mark."""
    return math.log((person.words.get(mark, 0) + SMOOTHING) / (person.mails + 2 * SMOOTHING))


def _shares(scores: Mapping[str, float], temperature: float) -> Mapping[str, float]:
    top = max(scores.values())
    raw = {staff: math.exp((score - top) / temperature) for staff, score in scores.items()}
    total = sum(raw.values())
    return {staff: value / total for staff, value in raw.items()}


def _evidence(model: LearnedModel, seen: frozenset[str], staff: str) -> tuple[str, ...]:
    """The marks that tell this PM's mails most clearly from those of all others."""
    others = [person for name, person in model.people.items() if name != staff]

    def margin(mark: str) -> float:
        return _weight(model.people[staff], mark) - max(_weight(person, mark) for person in others)

    telling = sorted(
        seen & model.people[staff].words.keys(), key=lambda mark: (-margin(mark), -len(mark), mark)
    )
    return tuple(mark for mark in telling if margin(mark) > 0)[:EVIDENCE]


def _tested(
    model: LearnedModel, tested: Sequence[tuple[Example, LearnedModel]], threshold: float
) -> LearnedModel:
    judged = [(one.staff, scores) for one, others in tested if (scores := _scores(others, one.marks))]

    def loss(temperature: float) -> float:
        return -sum(
            math.log(max(_shares(scores, temperature).get(staff, 0.0), 1e-6)) for staff, scores in judged
        )

    best = min(TEMPERATURES, key=loss)
    said = [
        (one.staff, found)
        for one, others in tested
        if (found := suggest(replace(others, temperature=best), one.marks)) and found.sure >= threshold
    ]
    right = sum(staff == found.staff for staff, found in said)
    return replace(model, temperature=best, tested=len(tested), spoke=len(said), right=right)
