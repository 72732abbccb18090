"""How well issue cards agree with what people say they should hold: one small function a field.

Where a measure has precision and recall, a found item counts when it is the same as any wanted one, and a wanted one
when any found one is the same as it; sums go over all mails. A text covers another when it holds half of its words.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mailroute.domain.issue import Issue, Sentiment, Urgency

Gold = Mapping[str, Any]
"""The wanted card; a field that it lacks is not measured."""
Found = tuple[int, int]
"""Hits and how many there could have been."""
FOLDED = re.compile("[\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Case:
    """One mail: what was read and what is wanted."""

    issue: Issue
    gold: Gold
    sender: str = ""
    """His name: where the wanted people leave him out, naming him is neither right nor wrong."""
    project: str | None = None
    """Key of the project that was told from it, where a directory is at hand."""
    requester: str | None = None
    """Address of whom it was taken to be from."""


def fold(text: object) -> str:
    """Blanks and invisible characters told alike."""
    return " ".join(FOLDED.sub("", str(text or "")).split())


def words(text: object) -> list[str]:
    """The words, folded."""
    return re.findall(r"\w+", fold(text).casefold())


def covers(mine: object, want: object) -> bool:
    """Whether *mine* holds half of the words of *want*."""
    found, wanted = Counter(words(mine)), Counter(words(want))
    return 2 * (found & wanted).total() >= wanted.total() > 0


def _within(a: object, b: object) -> bool:
    one, other = fold(a).casefold(), fold(b).casefold()
    return one == other != "" or (min(len(one), len(other)) > 2 and (one in other or other in one))


def _same_reference(a: object, b: object) -> bool:
    one, other = (re.sub(r"[\s#]", "", fold(x)).casefold() for x in (a, b))
    return one == other != ""


def _same_name(a: object, b: object) -> bool:
    return sorted(words(a)) == sorted(words(b))


def same_number(a: object, b: object) -> bool:
    """Phone numbers with or without the code of the country."""
    one, other = sorted((re.sub(r"\D", "", fold(x).replace("(0)", "")).lstrip("0") for x in (a, b)), key=len)
    return one == other != "" or (len(one) > 5 and other.endswith(one) and len(other) - len(one) <= 3)


Row = Mapping[str, Found]
Measure = Callable[[Case], Row]


def _yes(right: bool) -> Found:
    return int(right), 1


def _both(
    name: str, mine: Sequence[Any], want: Sequence[Any], same: Callable[[Any, Any], bool]
) -> dict[str, Found]:
    return {
        f"{name} precision": (sum(any(same(a, b) for b in want) for a in mine), len(mine)),
        f"{name} recall": (sum(any(same(a, b) for a in mine) for b in want), len(want)),
    }


def _type(case: Case) -> Row:
    right = {case.gold["type"], *case.gold.get("type_also", ())}
    three = [case.issue.type.value, *(guess.value for guess in case.issue.type.alternatives)][:3]
    return {"type": _yes(three[0] in right), "type in first three": _yes(bool(right & set(three)))}


def _steps(scale: Sequence[str], mine: str, accepted: Iterable[str]) -> int:
    return min(abs(scale.index(mine) - scale.index(one)) for one in accepted)


def _urgency(case: Case) -> Row:
    accepted = [case.gold["urgency"], *case.gold.get("urgency_also", ())]
    away = _steps([*Urgency], case.issue.urgency.value, accepted)
    return {"urgency": _yes(away == 0), "urgency within one level": _yes(away <= 1)}


def _sentiment(case: Case) -> Row:
    away = _steps([*Sentiment], case.issue.sentiment.value, [case.gold["sentiment"]])
    return {"sentiment": _yes(away == 0), "sentiment within one step": _yes(away <= 1)}


def _asks(case: Case) -> Row:
    mine, want = [ask.text for ask in case.issue.asks], case.gold["asks"]
    said, wanted = (Counter(words(" ".join(texts))) for texts in (mine, want))
    both = (said & wanted).total()
    return _both("asks", mine, want, covers) | {
        "words of asks precision": (both, said.total()),
        "words of asks recall": (both, wanted.total()),
    }


def _deadlines(case: Case) -> Row:
    mine = sorted({d.date.isoformat() for d in case.issue.deadlines})
    want = case.gold["deadlines"]
    said = [
        any(
            d.date.isoformat() == w["date"] and (covers(d.words, w["words"]) or covers(w["words"], d.words))
            for d in case.issue.deadlines
        )
        for w in want
    ]
    days = _both("deadlines", mine, sorted({d["date"] for d in want}), str.__eq__)
    return days | {"deadlines, words": (sum(said), len(said))}


def _references(case: Case) -> Row:
    mine = [r.value for r in case.issue.references]
    return _both("references", mine, [r["value"] for r in case.gold["references"]], _same_reference)


def _people(case: Case) -> Row:
    want = case.gold["people"]
    mine = [p for p in case.issue.people if fold(p.name)]
    if not any(_same_name(case.sender, w["name"]) for w in want):
        mine = [p for p in mine if not _same_name(p.name, case.sender)]

    def told(key: str, alike: Callable[[object, object], bool]) -> Found:
        right = [
            any(_same_name(p.name, w["name"]) and alike(getattr(p, key), w[key]) for p in mine)
            for w in want
            if w.get(key)
        ]
        return sum(right), len(right)

    names = _both("people", [p.name for p in mine], [w["name"] for w in want], _same_name)
    return names | {"roles": told("role", covers), "phone numbers": told("phone", same_number)}


def _products(case: Case) -> Row:
    return _both("products", [p.text for p in case.issue.products], case.gold["products"], _within)


def _feedback(case: Case) -> Row:
    mine = [(str(f.theme), f.quote) for f in case.issue.feedback]
    want = [(f["theme"], f["quote"]) for f in case.gold["feedback"]]
    return _both("feedback", mine, want, lambda a, b: a[0] == b[0] and covers(a[1], b[1]))


def _facts(case: Case) -> Row:
    card = case.issue
    kept = [
        *(v for f in card.facts for v in (f.key, f.value)),
        *(r.value for r in card.references),
        *(p.text for p in card.products),
        *(v for p in card.people for v in (p.name, p.role, p.organisation, p.phone, p.email)),
        *(v for d in card.deadlines for v in (d.words, d.date.isoformat())),
    ]
    right = [any(_stands_in(f["value"], text) for text in kept) for f in case.gold["facts"]]
    return {"facts kept": (sum(right), len(right))}


def _stands_in(value: object, text: object) -> bool:
    part = fold(value).casefold()
    if re.fullmatch(r"[\d\s()+./-]{7,}", str(value)) and same_number(value, text):
        return True
    return bool(part) and bool(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", fold(text).casefold()))


def _title(case: Case) -> Row:
    text = fold(case.issue.title).casefold()
    has = all(any(fold(x).casefold() in text for x in either) for either in case.gold["title_has"])
    one_line = bool(text) and len(case.issue.title) <= 100 and "\n" not in case.issue.title
    return {"title has the words": _yes(has), "title one line, 1 to 100": _yes(one_line)}


def _project(case: Case) -> Row:
    return {"project": _yes(case.project == case.gold["project"])}


def _requester(case: Case) -> Row:
    same = fold(case.requester).casefold() == fold(case.gold["requester"]).casefold()
    return {"requester": _yes(same)}


MEASURES: tuple[tuple[str, Measure], ...] = (
    ("type", _type),
    ("urgency", _urgency),
    ("sentiment", _sentiment),
    ("asks", _asks),
    ("deadlines", _deadlines),
    ("references", _references),
    ("people", _people),
    ("products", _products),
    ("feedback", _feedback),
    ("facts", _facts),
    ("title_has", _title),
    ("project", _project),
    ("requester", _requester),
)
"""Field of the wanted card and what measures it."""
