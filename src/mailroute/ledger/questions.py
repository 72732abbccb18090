"""What a reply of ours asks the client, sentence by sentence, and which fact each question is about."""

import re
from dataclasses import dataclass

from mailroute.ledger.sentences import sentences


@dataclass(frozen=True, slots=True)
class Question:
    """One sentence that wants to be told something."""

    words: str
    key: str = ""
    """The fact that it is about, if that is plain."""


_ASKS = re.compile(
    r"\?|\b(?:please|kindly)\s(?:\w+\s){0,2}(?:send|tell|let|give|confirm|provide|share|state|name|advise|forward)\b"
    r"|\b(?:could|can|would|may)\s(?:you|i|we)\b|\blet\s(?:me|us)\sknow\b|\b(?:need|want)\sto\sknow\b"
    r"|\bbitte\b[^.!]{0,80}\b(?:mit(?:teilen)?|nennen|senden|schicken|angeben|sagen|durchgeben)\b"
    r"|\b(?:teilen|nennen|senden|schicken|geben|sagen)\ssie\b"
    r"|\b(?:merci|priè?re)\sde\b|\bveuillez\b|\bpou(?:rriez|vez)[-\s]vous\b",
    re.IGNORECASE,
)


def questions(text: str) -> tuple[Question, ...]:
    """The questions of *text*, in order."""
    return tuple(Question(one) for one in sentences(text) if _ASKS.search(one))
