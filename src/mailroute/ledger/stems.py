"""Words without their endings, so that a question and the sentence that answers it can be compared."""

import re

from rapidfuzz.fuzz import ratio

from mailroute.domain.words import plain_words

ALIKE = 87.0
"""Percent at which two stems of five letters or more are one word with a slip or another ending."""


def words(text: str) -> list[str]:
    """The words of a list that is written as text."""
    return text.split()


STOPWORDS = frozenset(
    words(
        """
    a about above after all also am an and any are as at be been before being below but by can could did do
    does done for from further had has have having he her here hers him his how however i if in into is it
    its itself just let may me might more most must my myself no nor not now of off on once only or other our
    ours out over own per please quite s same she should since so some such t than thank thanks that the
    their theirs them then there these they this those through to too under until up upon us very was we well
    were what when where whether which while who whom whose why will with would yes yet you your yours dear
    hello hi kind regards best many much kindly perhaps maybe exactly exact actually already still again
    currently able possible sure ok okay re ll ve d m don doesn didn isn aren won wouldn couldn ab aber alle
    allem allen aller alles als andere auch auf aus bei bereits bin bis bist bitte da damit dann das dass daß
    dem den denn der des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem
    einen einer eines er es etwa etwas euch euer eure für gegen genau gerade habe haben hat hatte hatten hier
    ihm ihn ihnen ihr ihre ihrem ihren ihrer im ins ist ja jede jedem jeden jeder jetzt kann können könnte
    könnten mal man mehr mein meine mich mir mit nach nicht noch nun nur ob oder ohne schon sehr sein seine
    sich sie sind soll sollen sollte uns unser unsere unserem unseren unserer unter vom von vor war waren
    welche welchem welchen welcher welches wenn wer werden wie wieder wir wird wo wohl wurde wurden würde
    würden zu zum zur zwar über au aux avec avez avons ce ceci cela ces cet cette chez comme comment dans de
    depuis deux dont elle en encore est et eu fait il ils je la le les leur leurs lui ma mais mes moi mon
    même ne nos notre nous ont ou où par pas plus pour pourquoi pouvez pourriez pourrait puis qu que quel
    quelle quelles quels qui sa sans se ses si son sont sur ta te tes toi ton tu un une vos votre vous été
    être y ai c j l n merci bonjour cordialement svp plaît
    """
    )
)

_ENDINGS = tuple(
    words("ungen ations ation ements ement ings ing ung ées ée és ies ed es en er em et e s n é y t")
)
_ALIKE = {
    "restart": "reboot neustart neugestart gestart redemarr relanc",
    "replac": "swap swapp exchang chang getausch ausgetausch tausch gewechsel wechsel remplac",
    "updat": "upgrad aktualisier",
    "gereinig": "reinigen reinig",
    "fault": "error fehl erreur alarm",
    "unit": "device machin devic",
    "licens": "licenc",
    "arriv": "came come kam ankam deliver delivered geliefer",
    "geprüf": "prüf",
    "gepruf": "pruf uberpruf",
}
"""A stem, and others that stand for the same."""
_SAME = {other: one for one, others in _ALIKE.items() for other in words(others)}
_WORD = re.compile(r"[^\W_]+(?:[-./][^\W_]+)*")


def stem(word: str) -> str:
    """*word* without its last ending; what is short stays."""
    word = plain_words(word).replace(" ", "")
    for ending in _ENDINGS:
        shortest = 3 if ending == "s" and not word.endswith(("ss", "us", "is")) else 4
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            word = word[: -len(ending)]
            break
    return _SAME.get(word, word)


def content(text: str) -> tuple[str, ...]:
    """The stems of the words that carry the sense, in order, each once."""
    found = (word for word in _WORD.findall(text.replace("’", "'")))
    return tuple(
        dict.fromkeys(stem(w) for w in found if w.lower() not in STOPWORDS and (len(w) > 1 or w.isdigit()))
    )


def same(one: str, other: str) -> bool:
    """Whether two stems are the same word."""
    if one == other:
        return True
    if min(len(one), len(other)) < 5 or any(c.isdigit() for c in one + other):
        return False
    return one.startswith(other) or other.startswith(one) or ratio(one, other) >= ALIKE


def among(one: str, others: tuple[str, ...] | frozenset[str]) -> bool:
    """Whether the word stands among *others*."""
    return one in others or any(same(one, other) for other in others)
