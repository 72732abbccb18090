"""The fields of a ticket's card that people put right: as lossless text for the history, and from what people write.

A value that a person adds has no place in the client's words: it begins and ends at 0.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from mailroute.domain.issue import (
    Ask,
    Deadline,
    Issue,
    IssueType,
    Person,
    Product,
    Reference,
    ReferenceKind,
    Sentiment,
    TypeFinding,
    TypeGuess,
    Urgency,
)
from mailroute.domain.words import plain_words

TITLE = 100
"""Characters at most."""
SURE = 1.0
"""Somebody has looked."""
NONE = "none"
"""What people write for an empty list."""

Item = Ask | Deadline | Reference | Product | Person

Day = Callable[[str], date | None]
"""The day that somebody's words name (`commands_arguments`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardField:
    """A field of the card. `put` takes what `read` gave; `said` takes what a person wrote.

    `said` raises ValueError in words for that person.
    """

    read: Callable[[Issue], str]
    put: Callable[[Issue, str], Issue]
    said: Callable[[Issue, str, Day], Issue]
    shown: Callable[[str], str] = str
    """What `read` gave, as people read it."""


def _title(issue: Issue, value: str, _day: Day) -> Issue:
    words = " ".join(value.split())
    if not 0 < len(words) <= TITLE:
        raise ValueError(f"a title has 1 to {TITLE} characters")
    return replace(issue, title=words)


def _type(issue: Issue, value: str) -> Issue:
    """That type, as sure as it was read; the others stay as guesses, so that taking it back finds them."""
    guesses = (TypeGuess(issue.type.value, issue.type.sure), *issue.type.alternatives)
    chosen = next((g for g in guesses if g.value == value), TypeGuess(IssueType(value), SURE))
    return replace(issue, type=TypeFinding(chosen.value, chosen.sure, _without(guesses, chosen)))


def _type_said(issue: Issue, value: str, _day: Day) -> Issue:
    kind = IssueType(_one_of(IssueType, value))
    put = _type(issue, kind).type
    if put.value is issue.type.value:
        return replace(issue, type=replace(issue.type, sure=SURE))
    return replace(issue, type=replace(put, sure=SURE))


def _without(guesses: Sequence[TypeGuess], chosen: TypeGuess) -> tuple[TypeGuess, ...]:
    """What was read as well; what a person said before is no guess."""
    return tuple(g for g in guesses if g.value is not chosen.value and g.sure < SURE)


def _urgency(issue: Issue, value: str) -> Issue:
    return replace(issue, urgency=replace(issue.urgency, value=Urgency(value)))


def _urgency_said(issue: Issue, value: str, _day: Day) -> Issue:
    return replace(issue, urgency=replace(_urgency(issue, _one_of(Urgency, value)).urgency, sure=SURE))


def _sentiment(issue: Issue, value: str) -> Issue:
    return replace(issue, sentiment=replace(issue.sentiment, value=Sentiment(value)))


def _sentiment_said(issue: Issue, value: str, _day: Day) -> Issue:
    return replace(
        issue, sentiment=replace(_sentiment(issue, _one_of(Sentiment, value)).sentiment, sure=SURE)
    )


def _one_of(kind: type[IssueType] | type[Urgency] | type[Sentiment], value: str) -> str:
    wanted = re.sub(r"[\s_]+", "-", value.strip().casefold())
    if wanted not in [*kind]:
        raise ValueError(f"“{value.strip()}” is none of {', '.join(kind)}")
    return wanted


def _ask(text: str, _day: Day) -> Ask:
    return Ask(text, 0, 0, SURE)


def _deadline(text: str, day: Day) -> Deadline:
    when = day(text)
    if when is None:
        raise ValueError(f"“{text}” is no day: write 2026-03-12, fri or tomorrow")
    return Deadline(when, text, 0, 0, SURE)


def _reference(text: str, _day: Day) -> Reference:
    kind, _, value = text.replace(":", " ", 1).partition(" ")
    if kind.casefold() in [*ReferenceKind] and value.strip():
        return Reference(ReferenceKind(kind.casefold()), value.strip(), None, None)
    return Reference(ReferenceKind.OTHER, text, None, None)


def _product(text: str, _day: Day) -> Product:
    return Product(text, 0, 0)


PHONE = re.compile(r"\+?[\d\s()/.-]{6,}")


def _person(text: str, _day: Day) -> Person:
    """Name, role, organisation with commas between; what is an address or a number is known by its shape."""
    name, *more = (part.strip() for part in text.split(","))
    email = next((p for p in more if "@" in p), None)
    phone = next((p for p in more if PHONE.fullmatch(p)), None)
    role, organisation, *_ = [*(p for p in more if p and p not in {email, phone}), None, None]
    return Person(name=name, role=role, organisation=organisation, phone=phone, email=email)


def _person_again(row: Mapping[str, Any]) -> Person:
    return Person(**row)


@dataclass(frozen=True, slots=True)
class _Items:
    """A field that lists things: how one is made of a person's words, known again and shown."""

    name: str
    made: Callable[[str, Day], Item]
    again: Callable[[Mapping[str, Any]], Item]
    words: Callable[[Any], str]
    """What is the same in two that are the same."""
    line: Callable[[Mapping[str, Any]], str]

    def read(self, issue: Issue) -> str:
        rows = [asdict(one) for one in getattr(issue, self.name)]
        return json.dumps(rows, ensure_ascii=False, default=str)

    def put(self, issue: Issue, text: str) -> Issue:
        return self._with(issue, tuple(self.again(row) for row in json.loads(text)))

    def said(self, issue: Issue, text: str, day: Day) -> Issue:
        """The whole list, `; ` between; after `+` what comes to it, after `-` what goes; `none` empties it."""
        present: tuple[Item, ...] = getattr(issue, self.name)
        written = text.strip()
        sign = written[:1] if written[:1] in {"+", "-"} else ""
        items = [part.strip() for part in written.removeprefix(sign).split(";") if part.strip()]
        if not items:
            raise ValueError(f"say what; {NONE} for nothing")
        known = {self._key(self.words(one)): one for one in present}
        if sign == "-":
            gone = {self._key(item) for item in items} | {
                self._key(self.words(self.made(i, day))) for i in items
            }
            stay = tuple(one for one in present if self._key(self.words(one)) not in gone)
            if len(stay) == len(present):
                raise ValueError(f"“{'; '.join(items)}” is not among them")
            return self._with(issue, stay)
        made = [] if items == [NONE] else [self.made(item, day) for item in items]
        found = {self._key(self.words(one)): one for one in (present if sign else ())}
        for one in made:
            key = self._key(self.words(one))
            found[key] = self._richer(known.get(key), one)
        return self._with(issue, tuple(found.values()))

    def shown(self, text: str) -> str:
        return "; ".join(self.line(row) for row in json.loads(text)) or NONE

    def _richer(self, old: Item | None, new: Item) -> Item:
        """One that was read already keeps its place in the words, and takes on what the person adds."""
        if old is None:
            return new
        told: dict[str, Any] = {
            k: v for k, v in asdict(new).items() if v not in (None, 0, ReferenceKind.OTHER) and k != "words"
        }
        return replace(old, **told)

    def _key(self, words: str) -> str:
        return plain_words(words)

    def _with(self, issue: Issue, values: tuple[Item, ...]) -> Issue:
        changed: dict[str, Any] = {self.name: values}
        return replace(issue, **changed)


LISTS = (
    _Items("asks", _ask, lambda row: Ask(**row), lambda a: str(a.text), lambda r: str(r["text"])),
    _Items(
        "deadlines",
        _deadline,
        lambda row: Deadline(**{**row, "date": date.fromisoformat(row["date"])}),
        lambda d: str(d.date),
        lambda r: str(r["date"]),
    ),
    _Items(
        "references",
        _reference,
        lambda row: Reference(**{**row, "kind": ReferenceKind(row["kind"])}),
        lambda r: str(r.value),
        lambda r: f"{r['kind']} {r['value']}",
    ),
    _Items("products", _product, lambda row: Product(**row), lambda p: str(p.text), lambda r: str(r["text"])),
    _Items(
        "people",
        _person,
        _person_again,
        lambda p: str(p.name or p.email or p.phone),
        lambda r: ", ".join(str(v) for v in r.values() if v),
    ),
)

CARD: Mapping[str, CardField] = {
    "type": CardField(read=lambda i: i.type.value, put=_type, said=_type_said),
    "urgency": CardField(read=lambda i: i.urgency.value, put=_urgency, said=_urgency_said),
    "title": CardField(read=lambda i: i.title, put=lambda i, v: replace(i, title=v), said=_title),
    "sentiment": CardField(read=lambda i: i.sentiment.value, put=_sentiment, said=_sentiment_said),
    **{
        items.name: CardField(read=items.read, put=items.put, said=items.said, shown=items.shown)
        for items in LISTS
    },
}
"""Field of the card to how people put it right. A field more is a row more."""

ALSO_CALLED: Mapping[str, str] = {
    "ask": "asks",
    "deadline": "deadlines",
    "reference": "references",
    "product": "products",
    "person": "people",
    "mood": "sentiment",
}


def corrected(issue: Issue, name: str) -> Issue:
    """The card, on which later mail changes this field no more."""
    return replace(issue, corrected=tuple(sorted({*issue.corrected, name})))
