"""Sentiment: how the writer sounds, by weighted words; events do not count, only how they are told."""

import re

from mailroute.domain.issue import Issue, Sentiment, SentimentFinding
from mailroute.extraction.reading import Reading

ANGRY = re.compile(
    r"\b(?:unacceptable|disgrac\w+|disgust\w+|shambles|furious|outrag\w+|ridiculous|appall\w+|fed up|sick (?:and tired|of)|had enough|"
    r"a joke|scandal\w*|incompeten\w+|insult\w*|livid|lawyer|solicitor|legal action|never again|cheek|shame on|demand|how dare|"
    r"unverschämt\w*|frechheit|skandal\w*|inakzeptabel|unzumutbar|wütend|anwalt|es reicht|"
    r"inadmissible|inacceptable|scandaleux|honteux|exige|indescriptible|ras le bol|avocat|furieu\w+)\b|!!!",
    re.IGNORECASE,
)
FRUSTRATED = re.compile(
    r"\b(?:disappoint\w*|frustrat\w*|annoy\w*|unhappy|not happy|again and again|yet again|still (?:no|not|waiting|nothing)|third time|second time|"
    r"fourth time|keeps? (?:happening|asking|failing)|nobody|no one|no answer|no reply|chas(?:ed|ing)|worr\w+|sorry to say|not what (?:we|i)|"
    r"tired of|wast\w+|let down|poor|every time|for the \w+ time|enttäusch\w*|leider|ärger\w*|schon wieder|immer noch|niemand|"
    r"déçue?s?|toujours (?:rien|pas)|encore une fois|personne ne|mécontent\w*)\b|!!|\?\?",
    re.IGNORECASE,
)
PLEASED = re.compile(
    r"\b(?:thank(?:s| you) (?:so|very) much|thank you for|fantastic|great (?:job|work)|brilliant|excellent|wonderful|delighted|love(?:d|ly)?|perfect\w*|"
    r"happy with|very (?:happy|pleased|content|satisfied)|impress\w+|amazing|well done|superb|pleasure|splendid|grateful|beautiful\w*|genius|neatest|best|"
    r"super|toll|großartig|begeistert|zufrieden|hervorragend|lob|herzlichen dank|freu\w+|"
    r"ravie?s?|parfait\w*|bravo|excellent\w*|magnifique|félicit\w+|satisfait\w*|merci mille fois|formidable)\b|:-?\)",
    re.IGNORECASE,
)


def find_sentiment(reading: Reading, _found: Issue) -> SentimentFinding:
    """The strongest tone that stands in the prose or the subject."""
    text = f"{reading.subject}\n{reading.text[: reading.prose_end]}"
    angry, frustrated, pleased = (len(p.findall(text)) for p in (ANGRY, FRUSTRATED, PLEASED))
    if angry >= 2 or (angry and frustrated):
        return SentimentFinding(Sentiment.ANGRY, 0.7)
    if angry or frustrated > pleased:
        return SentimentFinding(Sentiment.FRUSTRATED, 0.6)
    if pleased:
        return SentimentFinding(Sentiment.PLEASED, 0.65)
    return SentimentFinding(Sentiment.NEUTRAL, 0.7)
