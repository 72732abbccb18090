"""Which of our questions a client's message answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailroute.domain.account import AccountLine, LineKind
from mailroute.ledger import wanting
from mailroute.ledger.alike import GENERIC
from mailroute.ledger.matching import Scene, scene_of
from mailroute.ledger.questions import Question, questions
from mailroute.ledger.stems import among, content

HALF = 0.5
"""Share of the words of a question that a sentence holds which speaks of it."""

_YES_NO = re.compile(r"\s*(?:yes|no|nope|yep|not yet|never|ja|nein|doch|oui|non|si|jamais)\b", re.IGNORECASE)
_GREETING = re.compile(r"\A(?:[^\n]{0,60}[,!]\s*\n\s*)")


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of ours, and the line that answers it; None where the message as a whole does."""

    asked: AccountLine
    line: AccountLine | None


def answers(
    asked: Sequence[AccountLine], said: Sequence[AccountLine], *, text: str, has_files: bool, now: datetime
) -> tuple[Answer, ...]:
    """What the client's message settles.

    Args:
        asked: our open questions on the ticket.
        said: the lines of the message.
        text: its words.
        has_files: whether something is attached, as a picture that was asked for.
        now: when it is read.
    """
    found = []
    for one in asked:
        question = question_of(one)
        scene = scene_of(said, here={one.ticket}, now=now)
        line = _answer(question, scene, said)
        whole = line is None and (
            (has_files and bool(wanting.FILE.search(question.part)))
            or (len(asked) == 1 and bool(_YES_NO.match(_GREETING.sub("", text))))
        )
        if line is not None or whole:
            found.append(Answer(one, line))
    return tuple(found)


def question_of(line: AccountLine) -> Question:
    """The question that a line holds, read again from its words."""
    read = questions(line.words)
    same = (one for one in read if one.key == line.key and (not line.value or one.part == line.value))
    return next(same, Question(line.words, line.value or line.words, line.key))


def _answer(question: Question, scene: Scene, said: Sequence[AccountLine]) -> AccountLine | None:
    found = scene.answer(replace(question, is_new=False))
    if found:
        return found.line
    asked = [one for one in content(question.part) if one not in GENERIC]
    if question.key or not asked:
        return None
    for line in said:
        if line.kind in {LineKind.MOOD, LineKind.PERSON} or line.words.rstrip().endswith("?"):
            continue
        told = content(line.words)
        if sum(among(one, told) for one in asked) >= max(1, len(asked) * HALF):
            return line
    return None
