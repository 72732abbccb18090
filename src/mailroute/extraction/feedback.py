"""Feedback: remarks that product or sales would want to read as a quote, by theme."""

import re
from collections.abc import Mapping

from mailroute.domain.issue import Feedback, FeedbackTheme, Issue
from mailroute.extraction.reading import Reading

THEMES: Mapping[FeedbackTheme, re.Pattern[str]] = {
    theme: re.compile(pattern, re.IGNORECASE)
    for theme, pattern in {
        FeedbackTheme.COMPETITOR: r"\b(?:competitors?|their salesman|other suppliers?|used to use|elsewhere|switch(?:ing)? to|looking at [A-Z]|konkurrenz|wettbewerber|mitbewerber|concurrents?|ailleurs)\b",
        FeedbackTheme.PRICE: r"\b(?:too expensive|price (?:up|increase|went)|put the price|cheaper|pay more|expensive|costs? (?:too|more)|zu teuer|preiserhöhung|trop cher|augmentation)\b",
        FeedbackTheme.FEATURE_REQUEST: r"\b(?:would be (?:nice|great|good|useful|helpful) (?:if|to)|could (?:the|it|you add|you make)|is it possible to|would it be possible|we(?:['’]d| would) (?:love|like) (?:a|an|to see|to have)|wish (?:list|the|it|you)|please add|wäre schön|wünschen|il serait (?:bien|utile)|serait-il possible)\b",
        FeedbackTheme.PRAISE: r"\b(?:fantastic|brilliant|excellent|wonderful|delighted|perfect|impress\w+|amazing|superb|neatest|very (?:happy|content|pleased|satisfied)|great (?:job|work)|best \w+ (?:i|we)|well done|kenne ich von keinem|zufrieden|begeistert|hervorragend|bravo|ravis?|parfait\w*|excellente?)\b",
        FeedbackTheme.SERVICE: r"\b(?:had enough|nobody (?:calls?|answers?|has|told|came)|no (?:reply|answer|call)|rung|rang|chased|your (?:technician|driver|support|hotline|man|men|people)|third time|four times|three times|twice already|weeks? ago!+|was told|troisième fois|niemand|schon dreimal)\b",
        FeedbackTheme.QUALITY: r"\b(?:poor quality|quality (?:is|has|of)|keeps? (?:breaking|failing|happening)|again and again|broke (?:again|after)|second one|wears? out|not what (?:we|it) (?:ordered|used)|qualität|qualité)\b",
    }.items()
}  # fmt: skip


def find_feedback(reading: Reading, _found: Issue) -> tuple[Feedback, ...]:
    """Whole sentences, one theme each: the first of the table that fits."""
    found = []
    for sentence in reading.sentences:
        theme = next((t for t, pattern in THEMES.items() if pattern.search(sentence.text)), None)
        if theme is not None:
            found.append(Feedback(theme, sentence.text, sentence.start, sentence.end))
    return tuple(found)
