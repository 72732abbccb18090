"""Title: the subject, cleaned; where it is empty or says nothing, the best line of the text."""

import re

from mailroute.domain.issue import Issue
from mailroute.extraction.reading import Reading
from mailroute.extraction.wordlists import joined

PREFIX = re.compile(
    joined(
        r"""
        ^\s*(?:(?:re|fwd?|fw|aw|wg|antw|antwort|tr|rép|ref|rv|sv|vs|vb|odp|i|r|fyi|ext|external|extern|
        ticket\s*#?\S+)\s*(?:\[\d+\])?\s*:|\[(?:ext|external|extern|spam|sec|urgent)[^\]]*\])\s*
        """
    ),
    re.IGNORECASE,
)
EMPTY = re.compile(
    joined(
        r"""
        ^(?:\W*|(?:a |one |quick |another |short |small |some |urgent |important |my |our |your |
        the )*(?:hello|hi|hey|question|questions|help|please help|urgent|important|problem|issue|
        request|follow[- ]?up|update|info|information|mail|email|e-mail|message|no subject|none|test|
        as discussed|news|news\?|again|reminder|fyi|thanks|thank you|sorry|forgot|ps|p\.s\.|
        one more thing|quick one|still waiting|any news|how do i|can you|could you|two things|various|
        stuff|this|that|frage|anfrage|hallo|hilfe|problem|dringend|wichtig|bitte|kurze frage|rückfrage|
        bonjour|demande|urgence|aide|question rapide|problème|kein betreff|\(kein betreff\)|sans objet))
        \W*$
        """
    ),
    re.IGNORECASE,
)
GREETING = re.compile(
    joined(
        r"""
        ^(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|
        greetings|hallo|guten (?:morgen|tag|abend)|sehr geehrte[rn]?|liebe[rs]?|moin|servus|bonjour|
        bonsoir|cher|chère|madame|monsieur|hola|ciao)\b[^,!.:\n]{0,40}[,!.:]*\s*)+
        """
    ),
    re.IGNORECASE,
)
LIMIT = 100


def find_title(reading: Reading, found: Issue) -> str:
    """One line of at most 100 characters."""
    subject = clean_subject(reading.subject)
    if says_something(subject):
        return shortened(subject)
    lines = [found_ask.text for found_ask in found.asks] + [s.text for s in reading.sentences]
    for line in lines:
        told = " ".join(GREETING.sub("", line).split()).lstrip(" .,-…")
        if len(told.split()) >= 3:
            both = f"{subject}: {told}" if re.search(r"\w{3}", subject) else told
            return shortened(both)
    return shortened(subject or " ".join(reading.text.split()) or "(no subject)")


def clean_subject(subject: str) -> str:
    """Without reply and forward marks, white space folded."""
    line = " ".join(subject.split())
    while (rest := PREFIX.sub("", line, count=1)) != line:
        line = rest
    return line.strip()


def says_something(subject: str) -> bool:
    """Whether a PM could tell from the subject what the mail is about."""
    return (
        bool(re.search(r"[^\W\d_]{2}", subject))
        and not EMPTY.match(subject)
        and not subject.endswith(("...", "…"))
    )


def shortened(line: str) -> str:
    """Cut at a word so that it fits."""
    if len(line) <= LIMIT:
        return line
    return line[: LIMIT - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
