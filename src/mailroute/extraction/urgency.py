"""Urgency: a sum that anybody can follow: urgent words, what stands still, how near the deadline is, the tone."""

import re

from mailroute.domain.issue import Issue, IssueType, Sentiment, Urgency, UrgencyFinding
from mailroute.extraction.reading import Reading
from mailroute.extraction.wordlists import joined

CRITICAL = re.compile(
    joined(
        r"""
        \b(?:line is down|(?:plant|line|production|machine|site|system|everything|work|shop) (?:is |
        has |are )?(?:stopped|down|stood|standing|at a standstill)|emergency|can(?:no|['’])t (?:work|
        operate|ship|produce)|standstill|patients?|safety|danger\w*|fire|flood\w*|evacuat\w+|outage|
        steht (?:still)?|frühschicht steht|produktion steht|stillstand|notfall|gefahr|à l['’]arrêt|
        en panne totale|danger)\b
        """
    ),
    re.IGNORECASE,
)
HIGH = re.compile(
    joined(
        r"""
        \b(?:urgent\w*|asap|as soon as possible|immediately|right away|today|this morning|tonight|
        at once|priority|can(?:no|['’])t wait|critical|hurry|fast|quickly|by tomorrow|sofort|dringend|
        eilt|heute noch|umgehend|schnellstmöglich|urgence|au plus vite|immédiatement|rapidement)\b|!!!
        """
    ),
    re.IGNORECASE,
)
LOW = re.compile(
    joined(
        r"""
        \b(?:no (?:rush|hurry|panic|big thing)|not urgent|nothing urgent|whenever|when you (?:have|
        get) (?:a )?(?:time|moment|chance)|in your own time|low priority|some ?time|
        for your (?:information|planning)|fyi|just to let you know|eilt nicht|keine eile|nicht dringend|
        pas urgent|quand vous (?:pouvez|aurez)|rien d['’]urgent|sans urgence|there is no hurry)\b
        """
    ),
    re.IGNORECASE,
)
BY_TYPE = {
    IssueType.DEFECT: 1.0, IssueType.DELAY: 1.2, IssueType.ACCESS: 0.9, IssueType.COMPLAINT: 0.8,
    IssueType.BILLING: 0.3,
    IssueType.CHANGE_REQUEST: 0.5, IssueType.QUESTION: 0.2, IssueType.PRAISE: -1.2, IssueType.FEATURE_REQUEST: -0.6,
    IssueType.INFORMATION: -0.7, IssueType.OTHER: -0.7,
}  # fmt: skip


def find_urgency(reading: Reading, found: Issue) -> UrgencyFinding:
    """The level with the words that raised or lowered it."""
    prose = reading.text[: reading.prose_end]
    text = f"{reading.subject}\n{prose}"
    low, high, critical = ([m.group() for m in p.finditer(text)] for p in (LOW, HIGH, CRITICAL))
    score = (
        BY_TYPE[found.type.value] + 0.9 * min(2, len(high)) + 1.2 * min(2, len(critical)) - 1.5 * bool(low)
    )
    nearest = min(((d.date - reading.anchor).days for d in found.deadlines), default=None)
    if nearest is not None:
        score += 1.3 if nearest <= 2 else 0.8 if nearest <= 7 else 0.2
    score += {Sentiment.ANGRY: 0.8, Sentiment.FRUSTRATED: 0.4}.get(found.sentiment.value, 0.0)
    level = (
        Urgency.CRITICAL
        if score >= 3.4
        else Urgency.HIGH
        if score >= 1.8
        else Urgency.NORMAL
        if score >= 0.3
        else Urgency.LOW
    )
    evidence = tuple(dict.fromkeys((*critical, *high, *low, *(d.words for d in found.deadlines))))[:5]
    return UrgencyFinding(level, 0.6, evidence)
