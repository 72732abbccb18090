"""Sentiment: how the writer sounds, by the words of praise, displeasure and rage; events do not count."""

import re

from mailroute.domain.issue import Issue, IssueType, Sentiment, SentimentFinding
from mailroute.extraction.reading import Reading
from mailroute.extraction.tone import CHEERFUL, DISPLEASED, PRAISE, RAGE
from mailroute.extraction.wordlists import joined, said

SHOUTING = re.compile(r"\b[A-ZÄÖÜ]{2,}(?:\s+[A-ZÄÖÜ]{2,}){1,}\b(?<![A-Z]{2}\s[A-Z]{2})")
EMPHASIS = re.compile(r"!!+|\?\?+|\?!")
SMILE = re.compile(r"(?<!\w)[:;]-?\)|\b(?:haha|lol)\b|☺|🙂|😊")
PATIENCE = re.compile(
    joined(
        r"""
        \b(?:no (?:rush|hurry|panic|harm)|not urgent|none of this (?:is|was) your|not your (?:doing|
        fault)|i (?:know|understand) (?:it|that|you)|enjoy\w*|sorry to|i'm afraid|keine eile|pas urgent)
        \b
        """
    ),
    re.IGNORECASE,
)
LEANING = {
    IssueType.COMPLAINT: 1.6, IssueType.DELAY: 0.7, IssueType.DEFECT: 0.1, IssueType.ACCESS: 0.0,
    IssueType.BILLING: 0.1,
    IssueType.PRAISE: -3.0, IssueType.OTHER: -0.8, IssueType.INFORMATION: -0.3, IssueType.FEATURE_REQUEST: -0.5,
    IssueType.QUESTION: -0.4, IssueType.CHANGE_REQUEST: -0.4,
}  # fmt: skip
"""What such mail mostly sounds like; above nought is displeased."""


def find_sentiment(reading: Reading, found: Issue) -> SentimentFinding:
    """Displeasure against pleasure, both capped, on one scale."""
    text = f"{reading.subject}\n{reading.text[: reading.prose_end]}"
    told = said(text)
    rage = RAGE.count(told) + len(SHOUTING.findall(text))
    displeased = min(4, DISPLEASED.count(told)) + 0.7 * min(2, len(EMPHASIS.findall(text)))
    pleased = min(4, PRAISE.count(told)) + 0.7 * min(2, CHEERFUL.count(told)) + bool(SMILE.search(text))
    anger = 1.0 * min(3, rage) + 0.35 * displeased - 0.8 * bool(PATIENCE.search(text)) - 0.3 * pleased
    leaning = _leaning(found)
    balance = 0.55 * displeased + 0.8 * min(2, rage) - 0.75 * pleased + leaning
    if leaning > -1 and anger + 0.5 * leaning >= 2.0:
        return SentimentFinding(Sentiment.ANGRY, 0.7)
    if balance >= 1.05:
        return SentimentFinding(Sentiment.FRUSTRATED, 0.6)
    if balance <= -1.05:
        return SentimentFinding(Sentiment.PLEASED, 0.75)
    return SentimentFinding(Sentiment.NEUTRAL, 0.7)


def _leaning(found: Issue) -> float:
    """By each type that the mail may be, as sure as it is: a type that is hardly told must not set the tone."""
    kinds = {guess.value: guess.sure for guess in found.type.alternatives} | {
        found.type.value: found.type.sure
    }
    total = sum(kinds.values())
    return (
        sum(LEANING[kind] * sure for kind, sure in kinds.items()) / total
        if total
        else LEANING[found.type.value]
    )
