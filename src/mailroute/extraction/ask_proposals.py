"""Rules that tell proposals in English: a meeting, a call, a time that suits, a piece of advice. See `asks`."""

import re

from mailroute.extraction.ask_rules import VERBS
from mailroute.extraction.wordlists import joined

TOGETHER = joined(
    r"""
    (?:meet|met up|talk|speak|discuss|get together|have (?:a |an |some )?(?:\w+ )?(?:lunch|dinner|coffee|call|chat|
    meeting|drink|beer|word)|catch up|sit (?:down|with)|go (?:over|through)|set up|get back|touch base|visit|join|
    look at|schedule|add|invite|arrange|plan|work on|meet with|meetings?|try)
    """
)
"""What two people do with one another."""
RULES: tuple[tuple[str, float, str], ...] = (
    (
        "boilerplate",
        -2.0,
        r"""
        \b(?:unsubscribe|opt out|addressee|disseminate|intended recipient|received this (?:\w+ )?in error|
        add \S+ to your (?:address|contacts)|(?:no longer|not) (?:wish|want|like|prefer)?\s*(?:to )?receiv\w+|
        terms and conditions)\b
        """,
    ),
    (
        "we-could",
        0.8,
        rf"""
        \b(?:we|you and i)\s+(?:can|could|should|may|might|must|need to|have to|ought to)\s+(?:\w+\s+){{0,2}}?
        {TOGETHER}\b
        """,
    ),
    (
        "we-shall",
        0.8,
        rf"\bwe(?:['’]ll| will| shall|['’]re going to| are going to) (?:\w+ ){{0,2}}?{TOGETHER}\b",
    ),
    (
        "if-then-do",
        0.9,
        rf"""
        ^(?:if|should|when|once|to|in case|unless|before|after)\b[^,.?!]{{3,90}},\s*
        (?:just |then |please |simply )?(?:{VERBS})\b
        """,
    ),
    ("reach-me", 0.6, r"\byou can (?:call|reach|contact|come|send|find|take|use|just)\b"),
    (
        "expect",
        0.6,
        r"""
        \b(?:place|join|register|sign up|vote|visit|reply|respond|rsvp)\b[^.]*\b(?:now|today|by|before)\b
        """,
    ),
    (
        "short-plan",
        0.8,
        r"^\W*(?:\w+,?\s+){0,3}(?:lunch|dinner|coffee|drinks?|golf|beers?)\b[^.?!]*\?",
    ),
    (
        "would-like-to-meet",
        0.9,
        rf"""
        \b(?:(?:would|['’]d) (?:\w+ )?(?:like|love|prefer)|wanted?|hope|hoping|plan|planning|glad|happy|
        interested|available) (?:to|in) (?:\w+ )?{TOGETHER}(?:ing)?\b
        """,
    ),
    (
        "a-time-that-suits",
        0.8,
        r"""
        \b(?:works? (?:for|best for) (?:me|us)|suits? (?:me|us)|(?:i|we)(?:['’]m|['’]re| am| are) (?:open|free|
        available) (?:on|at|for|all|any|from|until|tomorrow|next|this|\w+day))
        """,
    ),
    (
        "why-not",
        0.9,
        r"""
        \bwhy don['’]?t (?:you|we)\b|\bjust a reminder (?:to|that)\b|
        \b(?:wants?|want(?:ed)?|like) to (?:know|see) (?:if|whether)\b
        """,
    ),
    (
        "you-need-to",
        0.8,
        r"""
        \byou(?:['’]ll| will)? (?:need|have|are (?:asked|requested|invited)) to\b|
        \bfeel free to (?:call|ring|contact|send|write|come|use)\b
        """,
    ),
    (
        "hope-you",
        0.8,
        r"""
        \b(?:hope|hoping|trust|expect) (?:that )?you(?:['’]ll| can| could| will| would)? (?:join|give|come|send|
        share|help|attend|visit|call|bring|find time)\b
        """,
    ),
    (
        "if-you-could",
        0.9,
        r"""
        \bif (?:you|someone|somebody) (?:could|can|would|might)\b[^.?!]*\b(?:appreciat|grateful|glad|great|
        helpful|wonderful|thankful|forever|kind|good|useful)
        """,
    ),
    (
        "advice",
        0.8,
        r"""
        \b(?:you (?:may|might) (?:want|wish|like) to|you(?:['’]d| had)? better|my (?:recommendation|suggestion|
        advice|proposal) (?:is|would be)|i(?:['’]d| would) (?:recommend|suggest|propose))\b
        """,
    ),
    (
        "perhaps",
        0.5,
        rf"\b(?:perhaps|maybe)\b[^.?!]*\b(?:{TOGETHER}|lunch|coffee|dinner|call|meeting)\b",
    ),
    ("about-you", 0.5, r"\b(?:did|do|have|are|were|will|would|can|could) you\b[^?]*\?"),
)
PROPOSALS: tuple[tuple[str, float, re.Pattern[str]], ...] = tuple(
    (name, weight, re.compile(joined(pattern.strip()), re.IGNORECASE)) for name, weight, pattern in RULES
)
