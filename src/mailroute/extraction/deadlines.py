"""Deadlines: which of the days named in a mail somebody is waiting for.

Each mention is judged in its clause: cue words before and after it, what the clause says,
whether the mail wants anything at all. Weights and threshold stand here, so that anybody can follow why a day counts.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from mailroute.domain.issue import Deadline, Issue
from mailroute.extraction.deadline_words import (
    AHEAD,
    ARRANGE,
    ASIDE,
    BEFORE_IT,
    BEHIND,
    BUT_NOT,
    BY,
    CLOCK,
    CLOSES_BRACKET,
    FROM,
    GRANTED,
    IT_IS,
    LASTING,
    LATEST,
    MOVE,
    MOVED,
    MOVED_TO,
    NOT_IN,
    NUMBERED_WEEK,
    OPENS_BRACKET,
    OTHER_TEXT,
    PASSIVE_AHEAD,
    PERFECT,
    PREPOSITION,
    PRESENCE,
    RUNS,
    STRETCH,
    SUPPOSED,
    TO,
    UNTIL,
    WANT,
    WEEK_OF,
    WEEKDAYS_FROM,
    WEEKDAYS_TO,
)
from mailroute.extraction.mentions import Mention
from mailroute.extraction.reading import Reading
from mailroute.extraction.sentences import Sentence

CLAUSE = re.compile(r"[;:–]|,\s|\s(?:but|and|so|because|aber|und|mais|et)\s|\(|\)")
FAR = timedelta(days=270)
"""A day without a year that lies further ahead than this was probably meant as past."""
WIDE = timedelta(days=4)
"""A longer span (a week, a month) is seldom a deadline by itself."""
REACH = 240
"""Characters before and after the day in which something can still speak for or against it."""
ENOUGH = 0.5
PLAIN = 0.9
"""Where the client says plainly by when, days told in passing that just count are left out."""


def find_deadlines(reading: Reading, found: Issue) -> tuple[Deadline, ...]:
    """The days that somebody waits for, in order of the text, each day once."""
    kept: dict[str, Deadline] = {}
    for sentence in reading.sentences:
        mentions = [m for m in reading.mentions if sentence.start <= m.start < sentence.end]
        judged = [(m, *judge(sentence, m, reading, found)) for m in mentions]
        best = max((sure for _, sure, _ in judged), default=0.0)
        for mention, sure, begin in judged:
            if sure < ENOUGH or sure < best - 0.35:
                continue
            deadline = _deadline(reading.text, mention, sure, begin)
            old = kept.get(deadline.date.isoformat())
            if old is None or old.sure < sure:
                kept[deadline.date.isoformat()] = deadline
    plain = any(d.sure > PLAIN for d in kept.values())
    told = [d for d in kept.values() if d.sure > ENOUGH or not plain]
    told = [d for d in told if not any(_inside(d, other) for other in told)]
    return tuple(sorted(told, key=lambda d: d.start))


def _inside(one: Deadline, other: Deadline) -> bool:
    """Whether the words of one are part of the other's: `by close of business` in `by close of business tomorrow`."""
    return other.start <= one.start and one.end <= other.end and other.end - other.start > one.end - one.start


def _deadline(text: str, mention: Mention, sure: float, begin: int) -> Deadline:
    """Before a span means before its first day; by a span means by its last."""
    first = re.match(
        r"(?:before|prior|vor\b|avant|ahead|from|ab\b)", text[begin : mention.end], re.IGNORECASE
    )
    first = first or FROM.search(text[max(0, mention.start - 12) : mention.start])
    first = first or WEEK_OF.match(text[begin : mention.end])
    day = mention.first if first else mention.last
    return Deadline(day, text[begin : mention.end], begin, mention.end, round(sure, 2), mention.ambiguous)


@dataclass(frozen=True, slots=True)
class Case:
    """A day and what stands around it in its sentence."""

    mention: Mention
    before: str
    after: str
    clause: str
    cue: bool
    """A word such as `by` stands before it."""
    asked: bool
    """The sentence asks for something."""
    asking: bool
    """The mail does."""
    today: bool
    far: bool
    named_week: bool
    """It is a week, named by its first day."""

    @property
    def bare(self) -> bool:
        """A day that leans on nothing."""
        return self.mention.bare and not self.cue

    @property
    def until(self) -> bool:
        """It ends a stretch of time."""
        return bool(UNTIL.search(self.before))


SIGNS: tuple[tuple[str, float, Callable[[Case], object]], ...] = (
    ("cue", 1.5, lambda c: c.cue),
    ("latest", 1.5, lambda c: LATEST.match(c.after)),
    ("asked-until", 0.9, lambda c: c.until and c.asked and not TO.search(c.before)),
    ("until-aside", -0.6, lambda c: c.until and not c.asked),
    ("until-granted", 1.5, lambda c: c.until and GRANTED.search(c.before) and not TO.search(c.before)),
    ("wanted-before-it", 0.8, lambda c: BEFORE_IT.search(c.after)),
    ("asked", 0.5, lambda c: c.asked),
    ("wanted", 0.4, lambda c: WANT.search(c.before) or WANT.search(c.after)),
    ("lies-ahead", 0.5, lambda c: AHEAD.search(c.clause)),
    ("mail-asks", 0.4, lambda c: c.asking),
    ("mail-asks-nothing", -0.6, lambda c: not (c.asking or WANT.search(c.before) or WANT.search(c.after))),
    ("year-told", 0.2, lambda c: c.mention.explicit_year),
    ("past", -1.2, lambda c: BEHIND.search(c.clause) or PERFECT.search(c.clause)),
    (
        "past-around-it",
        -1.2,
        lambda c: OPENS_BRACKET.search(c.before) and CLOSES_BRACKET.search(c.after) and not c.cue,
    ),
    ("aside", -0.8, lambda c: ASIDE.search(c.clause) and not (c.asked and ARRANGE.search(c.before))),
    ("writer-is-there", -1.0, lambda c: PRESENCE.search(c.clause) and not c.cue),
    ("of-another-thing", -0.5, lambda c: not (c.cue or c.asked) and OTHER_TEXT.search(c.before)),
    ("bare", -0.7, lambda c: c.bare and not PREPOSITION.search(c.before)),
    ("in-general", -0.8, lambda c: c.bare and SUPPOSED.search(c.before)),
    ("day-of-writing", -2.0, lambda c: not c.cue and IT_IS.search(c.before)),
    ("moved-away", -1.5, lambda c: FROM.search(c.before) and MOVED.match(c.after)),
    ("moved-here", 1.5, lambda c: MOVED_TO.search(c.before) and MOVE.search(c.before) and c.asking),
    ("end-of-a-stretch", -0.8, lambda c: STRETCH.search(c.before) and not MOVE.search(c.before)),
    ("wide", -0.9, lambda c: not (c.cue or c.named_week) and c.mention.last - c.mention.first > WIDE),
    ("far", -2.0, lambda c: not c.cue and c.far),
    ("end-of-something", -3.0, lambda c: _ends(c) and not c.asked),
    ("not-then", -1.2, lambda c: BUT_NOT.search(c.before) and not c.cue),
    (
        "working-days",
        -1.5,
        lambda c: c.mention.bare and (WEEKDAYS_TO.match(c.after) or WEEKDAYS_FROM.search(c.before)),
    ),
    ("clock-of-today", -0.6, lambda c: c.today and not c.asked and CLOCK.search(c.before)),
    ("today", -1.2, lambda c: c.today and not (c.asked or c.cue)),
)
"""Name, weight and what must hold; a day counts from `ENOUGH` on, after `_sure`."""


def _ends(case: Case) -> bool:
    """Whether the day ends something that lasts: a contract, an absence."""
    last = CLAUSE.split(case.before)[-1]
    if not LASTING.search(case.before):
        return False
    return RUNS.search(LASTING.sub("", last)) is not None or NOT_IN.match(case.after) is not None


def judge(sentence: Sentence, mention: Mention, reading: Reading, found: Issue) -> tuple[float, int]:
    """How sure it is that the day is a deadline, and where its words begin (the cue belongs to them)."""
    if mention.last < reading.anchor:
        return 0.0, mention.start
    first, last = max(sentence.start, mention.start - REACH), min(sentence.end, mention.end + REACH)
    before, after = reading.text[first : mention.start], reading.text[mention.end : last]
    cue = BY.search(before)
    far = mention.first - reading.anchor > FAR
    case = Case(
        mention=mention, before=before, after=after,
        clause=PASSIVE_AHEAD.sub(" ", f"{_clause_before(before)} {CLAUSE.split(after)[0]}"),
        cue=cue is not None,
        asked=any(a.start == sentence.start for a in found.asks),
        asking=bool(found.asks),
        today=mention.relative and mention.last == reading.anchor,
        far=far and not (mention.explicit_year or mention.relative),
        named_week=any(week.match(reading.text, mention.start) for week in (WEEK_OF, NUMBERED_WEEK)),
    )  # fmt: skip
    score = sum(weight for _, weight, holds in SIGNS if holds(case))
    return _sure(score), first + cue.start() if cue else mention.start


def _sure(score: float) -> float:
    return min(0.97, max(0.0, 0.05 + 0.5 * score))


def _clause_before(before: str) -> str:
    """The last clause of what stands before the day; a clause of one word takes the one before it in."""
    parts = CLAUSE.split(before)
    last = parts[-1]
    return last if len(last.split()) > 1 or len(parts) == 1 else f"{parts[-2]} {last}"
