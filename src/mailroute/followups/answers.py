"""What somebody says to a text that was offered: send it, later, no, or here is a better one."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from mailroute.domain.address import Mailbox
from mailroute.domain.followups import Offer, Word
from mailroute.domain.words import plain_words

SEND = frozenset(
    {"send", "yes", "ja", "oui", "ok", "okay", "senden", "abschicken", "envoyer", "envoyez", "go"}
)
NO = frozenset({"no", "nein", "non", "drop", "stop", "nicht", "discard", "verwerfen", "annuler"})
LATER = frozenset({"later", "spater", "plus", "tard", "wait", "snooze", "warten"})
"""First words of an answer, as `plain_words` gives them."""

_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|moin|servus"
    r"|gr[uü](?:ß|ss)|liebe[rs]?|sehr geehrte[rs]?|bonjour|bonsoir|ch[eè]re?s?|madame|monsieur|hola|buen[oa]s"
    r"|estimad[oa]|ciao|buongiorno|gentile|beste|geachte)\b(?P<whom>[^\n]{0,80})",
    re.IGNORECASE,
)
"""How a mail to a person begins, and the rest of that line."""

_OURSELVES = frozenset(
    {"team", "all", "everyone", "colleagues", "mailroute", "zusammen", "kollegen", "tous", "equipe"}
)
"""Whom one greets who writes to the house."""

ALIKE = 60
"""Per cent of likeness from which words are the offered text with changes. Ours: comments on a text score below 45."""

FEWEST_WORDS = 4
"""Of a text that may go to a client without a greeting."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wants done with an offer."""

    word: Word
    rest: str = ""
    """The time behind `later`, or the words to send."""


@dataclass(frozen=True, slots=True)
class Company:
    """Whom the author may be speaking to."""

    client: Mailbox
    colleagues: tuple[str, ...] = ()
    """Names of ours."""


def said_of(offer: Offer, text: str, company: Company) -> Said:
    """What *text*, the author's own words above our mail, says to *offer*.

    Words go to the client only when they are plainly meant for them: with a greeting that is not for one of us, or as
    the offered text with changes. A comment must never be sent by mistake.
    """
    lines = text.strip().splitlines()
    first = plain_words(lines[0]) if lines else ""
    head, _, tail = first.partition(" ")
    if head in LATER and not _is_for_the_client(offer, text, company):
        time = re.sub(r"^\s*(?:plus\s+tard|\w+)[\s:,]*", "", lines[0], flags=re.IGNORECASE)
        return Said(Word.LATER, time.strip())
    if head in SEND and len(first.split()) <= FEWEST_WORDS:
        below = "\n".join(lines[1:]).strip()
        return Said(Word.EDITED, below) if _is_for_the_client(offer, below, company) else Said(Word.SEND)
    if head in NO and (not tail or not _is_for_the_client(offer, text, company)):
        return Said(Word.NO, " ".join(text.split()))
    if _is_for_the_client(offer, text, company):
        return Said(Word.EDITED, text.strip())
    return Said(Word.UNCLEAR)


def _is_for_the_client(offer: Offer, text: str, company: Company) -> bool:
    words = text.strip()
    if len(words.split()) < FEWEST_WORDS:
        return False
    if greeting := _GREETING.match(words):
        whom = set(plain_words(greeting["whom"]).split())
        if whom & set(plain_words(company.client.name or "").split()):
            return True
        names = {part for name in company.colleagues for part in plain_words(name).split()}
        return not whom & (names | _OURSELVES)
    likeness = fuzz.token_set_ratio(plain_words(words), plain_words(offer.words))
    return likeness >= ALIKE and len(words) >= len(offer.words) / 3


def is_bare_word(text: str) -> bool:
    """Whether a mail holds nothing but such a word, so that it must answer an offer whatever its headers say."""
    first = plain_words(text)
    return len(first.split()) <= 3 and first.split(" ", 1)[0] in SEND | NO | LATER
