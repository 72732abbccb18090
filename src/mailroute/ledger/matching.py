"""Has the client told it already? Questions of ours against the lines of the client's account."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.ticket import TicketRef
from mailroute.ledger import wanting
from mailroute.ledger.alike import (
    GENERIC,
    alike,
    at_another_time,
    bare,
    says_as_much,
    thing_asked,
    thing_told,
    which_one,
)
from mailroute.ledger.kind import Kind, Reach
from mailroute.ledger.kinds import BY_KEY, value_told
from mailroute.ledger.questions import Question, questions
from mailroute.ledger.stems import among, content, words

TELLING = frozenset(
    {LineKind.FACT, LineKind.REFERENCE, LineKind.ASK, LineKind.DEADLINE, LineKind.PERSON, LineKind.REMARK}
)
"""Kinds of line that can answer a question."""
FRESH = timedelta(days=400)
"""How long what was told on another ticket counts as told."""
LOOSE = frozenset(
    words("since error frequency affected tried deadline contact access hours phone amount address")
)
"""Kinds whose questions say the matter in other words than the client; a ticket has seldom a second answer."""


TIMED = frozenset({"since", "deadline", "installed", "hours", "frequency", "contact", "phone"})
"""Kinds whose questions may name a time of their own."""
BY_NAME = frozenset({"affected", "place", "model"})
"""Kinds of which a thing's name alone may be the answer: floor 3."""


@dataclass(frozen=True, slots=True)
class Told:
    """A question, and the line that had answered it before it was asked."""

    question: Question
    line: AccountLine
    value: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What a reply asks: what had been told, and what is new."""

    told: tuple[Told, ...] = ()
    new: tuple[Question, ...] = ()


def already_told(
    text: str, lines: Sequence[AccountLine], *, here: Collection[TicketRef], now: datetime, title: str = ""
) -> Answered:
    """Which questions of *text* the client has answered before.

    Args:
        text: our reply.
        lines: of the client's account, of this ticket and of others.
        here: the ticket that is replied to, and what was merged into it.
        now: of the reply.
        title: of the ticket; it may name the thing that all of it is about.
    """
    asked = questions(text)
    if not asked:
        return Answered()
    scene = scene_of(lines, here=here, now=now, title=title)
    answers = [(question, scene.answer(question)) for question in asked]
    told = tuple(_once([found for _, found in answers if found]))
    return Answered(told, tuple(question for question, found in answers if not found))


def scene_of(
    lines: Sequence[AccountLine], *, here: Collection[TicketRef], now: datetime, title: str = ""
) -> "Scene":
    """The same, ready for one question after the other."""
    telling = [one for one in lines if one.kind in TELLING and not one.role.is_staff and one.words]
    telling.sort(key=lambda one: one.at, reverse=True)
    return Scene(tuple(telling), frozenset(here), now, title)


def _once(told: Sequence[Told]) -> Iterator[Told]:
    seen: set[tuple[str, str]] = set()
    for one in told:
        mark = (one.question.key or one.question.part, one.line.words)
        if mark not in seen:
            seen.add(mark)
            yield one


@dataclass(frozen=True, slots=True)
class Scene:
    """What has been told, newest first, and where we stand."""

    lines: tuple[AccountLine, ...]
    here: frozenset[TicketRef]
    now: datetime
    title: str

    def answer(self, question: Question) -> Told | None:
        """The newest line that answers it."""
        if question.is_new:
            return None
        kind = BY_KEY.get(question.key)
        for line in self.lines:
            if kind and self._takes_back(kind, line):
                return None
            value = self._of_kind(kind, question, line) if kind else self._alike(question, line)
            if not value and question.key in BY_NAME and line.ticket in self.here and _is_plain(line):
                value = which_one(question.part, line.words)
            if value:
                return Told(question, line, value)
        return None

    def _of_kind(self, kind: Kind, question: Question, line: AccountLine) -> str | None:
        is_here = line.ticket in self.here
        if not is_here and (kind.reach is Reach.TICKET or self.now - line.at > FRESH):
            return None
        value = _value_for(kind, question, line)
        if value is None or not _is_plain(line) or not says_as_much(kind, question, line, value):
            return None
        if _of_another(question.part, line.words):
            return None
        if kind.key not in TIMED and at_another_time(question.part, line.words):
            return None
        about = _about(kind, question.part, line)
        if not is_here and kind.reach is Reach.OBJECT:
            return value if about and all(among(one, content(line.words)) for one in about) else None
        return value if self._is_about(kind, about, line, is_here) else None

    def _is_about(self, kind: Kind, about: tuple[str, ...], line: AccountLine, is_here: bool) -> bool:
        """Whether the line tells it of the thing that is asked about."""
        said = content(f"{line.words} {line.value} {line.author.name or ''}")
        around = (*said, *self._context()) if is_here else said
        missing = [one for one in about if not among(one, around)]
        if kind.key in LOOSE:
            return not any(_is_label(one) for one in missing)
        if not is_here:
            return True
        thing, before = thing_told(kind, line.words)
        if about and thing and not any(among(one, (*thing, *before)) for one in about):
            return False
        return not missing or bare(line.words, _value(kind, line) or "")

    def _context(self) -> tuple[str, ...]:
        words = " ".join(one.words for one in self.lines if one.ticket in self.here)
        return content(f"{self.title} {words}")

    def _alike(self, question: Question, line: AccountLine) -> str | None:
        return alike(question.part, line.words) if line.ticket in self.here else None

    def _takes_back(self, kind: Kind, line: AccountLine) -> bool:
        """Whether the line says that what was told before is wrong, and tells nothing better."""
        if kind.named is None or not kind.named.search(line.words):
            return False
        if not wanting.TAKEN_BACK.search(line.words):
            return False
        value = _value(kind, line)
        older = (one for one in self.lines if one.at <= line.at and one.words != line.words)
        return value is None or any(value in one.words for one in older)


def _of_another(part: str, said: str) -> bool:
    """Whether another thing is asked about, of which the sentence does not speak: the second pump."""
    other = wanting.OTHER.search(part)
    return other is not None and not re.search(rf"\b{re.escape(other.group())}\b", said, re.IGNORECASE)


def _is_label(one: str) -> bool:
    """Whether the word is the mark of one thing among several: pump 7, R-12."""
    return any(c.isdigit() for c in one)


def _value(kind: Kind, line: AccountLine) -> str | None:
    """What the line tells of this kind."""
    if line.kind is LineKind.DEADLINE:
        return line.value if kind.key == "deadline" else None
    if line.kind is LineKind.PERSON and line.key not in kind.lines:
        return None
    if line.key and line.key in kind.lines and line.kind is not LineKind.ASK:
        return line.words if line.kind is LineKind.PERSON else line.value
    match = value_told(kind, line.words)
    return match["v"].strip(" .,;:") if match else None


def _value_for(kind: Kind, question: Question, line: AccountLine) -> str | None:
    value = _value(kind, line)
    if value is None and kind.key == "address" and kind.named and not kind.named.search(question.part):
        return _value(BY_KEY["place"], line)  # where shall we come to: a room will do
    return value


_ASKING = re.compile(
    r"^(?:(?:and|so|und|et|also) )?(?:which|what|is|are|was|does|do|should|welche\w*|was|ist|sind|soll\w*|"
    r"quel\w*"
    r"|est-ce)\b.*\?\s*$",
    re.IGNORECASE,
)


def _is_plain(line: AccountLine) -> bool:
    """Whether the sentence states it: no question after that very thing, no doubt."""
    if line.kind in {LineKind.DEADLINE, LineKind.PERSON}:
        return True
    return not wanting.UNSURE.search(line.words) and not _ASKING.match(line.words)


def _about(kind: Kind, part: str, line: AccountLine) -> tuple[str, ...]:
    """What singles out the thing that is asked about, without the name of who is asked."""
    names = content(line.author.name or "")
    return tuple(one for one in thing_asked(kind, part) if one not in GENERIC and not among(one, names))
