"""Which promises a later message keeps, and by which words or file; which it renews. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mailroute.domain.account import AccountLine
from mailroute.ledger import wanting
from mailroute.ledger.alike import GENERIC
from mailroute.ledger.deeds import ANSWER, COMPLETE, DEEDS, NOT_DONE, Deed
from mailroute.ledger.promises import promises
from mailroute.ledger.sentences import sentences
from mailroute.ledger.stems import among, content

MOST_SENTENCES = 60
FEWEST_WORDS = 4
"""Of a sentence that tells something."""

_DOCUMENT = re.compile(
    r"\b(?:offers?|quotes?|quotations?|invoices?|lists?|plans?|manuals?|instructions|contracts?"
    r"|letters?|notes|tables?|sheets?"
    r"|labels?|licen[cs]es?|keys?|angebote?|rechnung(?:en)?|listen?|pl[aä]ne?|anleitung(?:en)?"
    r"|handbuch|vertrag|verträge|briefe?"
    r"|tabellen?|bericht(?:e|es)?|zertifikate?|schlüssel|offres?|devis|factures?|listes?|manuels?"
    r"|notices?|contrats?|certificats?"
    r"|rapports?)\b",
    re.IGNORECASE,
)
"""What can come as a file, besides pictures and the like (`wanting.FILE`)."""
_TIMES = re.compile(
    r"\b(?:\d[\d.:/-]*|mon|tues|wednes|thurs|fri|satur|sun|to|yester)(?:day)?s?\b|\b(?:january"
    r"|february|march|april|may|june|july"
    r"|august|september|october|november|december|week|month|noon|tonight|montag|dienstag|mittwoch"
    r"|donnerstag|freitag|samstag"
    r"|sonntag|heute|morgen|gestern|januar|februar|märz|mai|juni|juli|oktober|dezember|woche|lundi"
    r"|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche|demain|hier|janvier|février|mars|avril|juin|juillet|août|septembre|octobre"
    r"|novembre|décembre|semaine"
    r"|latest|soon|later|early|end|spätestens|bald|ende|fin|tard)\b",
    re.IGNORECASE,
)
_NO_THING = frozenset(
    content(
        """
        part parts piece item spare document file paper package parcel everything something rest promise
        copy teil ersatzteil datei unterlagen paket ware alles pièce colis tout chose fichier sure
        course gladly personally also certainly right happy glad make try time day hour colleague fitter
        technician engineer somebody someone get back have find going come gone hour promptly directly
        immediately asap sofort umgehend gleich gern gerne kollege monteur techniker aussitôt rapidement
        collègue finally successfully meanwhile inzwischen mittlerweile endlich désormais enfin address
        adresse office warehouse lager money amount payment geld betrag argent montant instead next ich
        sum
        """
    )
)
"""Words of promises and reports that name no thing in particular."""
_POLITE = re.compile(
    r"^\W*(?:dear|hello|hi|hey|good (?:morning|afternoon|evening)|thank|thanks|many thanks|sorry"
    r"|kind regards|best regards|hallo"
    r"|guten (?:tag|morgen|abend)|sehr geehrte\w*|liebe[rs]?|vielen dank|danke|mit freundlichen"
    r"|bonjour|madame|monsieur|merci"
    r"|cordialement)\b",
    re.IGNORECASE,
)


class How(StrEnum):
    """By what a promise is settled; the key of the line that does it."""

    SAID = "said"
    FILE = "file"
    ENDED = "ended"
    """The ticket was closed or resolved by one of us."""
    HANDED_OVER = "handed-over"
    RENEWED = "renewed"
    """It is promised anew: the newer promise counts."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise, and the words that settle it."""

    promise: AccountLine
    how: How
    words: str


@dataclass(frozen=True, slots=True)
class Later:
    """A message that comes after promises."""

    text: str
    files: tuple[str, ...] = ()
    """Names of what is attached."""
    is_public: bool = True
    """Whether the other side reads it: only then can it be the answer that was promised."""


def kept_by_author(held: Sequence[AccountLine], later: Later) -> tuple[Kept, ...]:
    """What the side that has promised tells in *later*: done, sent as a file, answered, or promised anew."""
    anew = promises(later.text)
    told = [one for one in sentences(later.text)[:MOST_SENTENCES] if not NOT_DONE.search(one)]
    found = []
    for promise in held:
        again = next((one for one in anew if _is_renewed(promise.words, one)), None)
        words = _told(promise, told, held, anew)
        if words is not None:
            found.append(Kept(promise, How.SAID, words))
        elif again is not None:
            found.append(Kept(promise, How.RENEWED, again))
        elif (name := _file(promise, later.files)) is not None:
            found.append(Kept(promise, How.FILE, name))
        elif later.is_public and (words := _answer(promise, told, anew)) is not None:
            found.append(Kept(promise, How.SAID, words))
    return tuple(found)


def kept_by_receipt(held: Sequence[AccountLine], text: str) -> tuple[Kept, ...]:
    """What the other side says has come to them or works."""
    told = [one for one in sentences(text)[:MOST_SENTENCES] if not NOT_DONE.search(one)]
    found = []
    for promise in held:
        signs = [deed.received for deed in deeds_of(promise.words) if deed.received is not None]
        fit = (one for one in told if any(sign.search(one) for sign in signs))
        words = next((one for one in fit if _same_thing(promise, one, held)), None)
        if words is not None:
            found.append(Kept(promise, How.SAID, words))
    return tuple(found)


def kept_by_hand_over(held: Sequence[AccountLine], words: str) -> tuple[Kept, ...]:
    """Promises that somebody else will take over, when somebody else has."""
    return tuple(
        Kept(one, How.HANDED_OVER, words)
        for one in held
        if any(deed.name == "hand over" for deed in deeds_of(one.words))
    )


def deeds_of(words: str) -> tuple[Deed, ...]:
    """What a sentence promises."""
    return tuple(deed for deed in DEEDS if deed.promised.search(words))


def _told(
    promise: AccountLine, told: Sequence[str], held: Sequence[AccountLine], anew: Sequence[str]
) -> str | None:
    """The sentence that reports the thing done."""
    deeds = deeds_of(promise.words)
    for sentence in told:
        if sentence in anew and not any(deed.done.search(sentence) for deed in deeds):
            continue
        reports = any(deed.done.search(sentence) for deed in deeds) or COMPLETE.search(sentence)
        if reports and _same_thing(promise, sentence, held):
            return sentence
    return None


def _same_thing(promise: AccountLine, sentence: str, held: Sequence[AccountLine]) -> bool:
    """Whether a report speaks of what was promised: by name, or by none of one of its sort."""
    wanted, named = _things(promise.words), _things(sentence)
    if any(among(one, named) for one in wanted):
        return True
    if wanted and named:
        return False
    deeds = {deed.name for deed in deeds_of(promise.words)}
    rivals = [one for one in held if one is not promise and deeds & {d.name for d in deeds_of(one.words)}]
    return not any(among(one, named) for rival in rivals for one in _things(rival.words)) and not (
        wanted and rivals and promise.id != max((one.id or 0) for one in (promise, *rivals))
    )


def _things(words: str) -> tuple[str, ...]:
    """The stems that name what a sentence is about, without the deed, the day and the politeness."""
    for deed in DEEDS:
        words = deed.done.sub(" ", deed.promised.sub(" ", words))
    words = COMPLETE.sub(" ", ANSWER.sub(" ", _TIMES.sub(" ", words)))
    return tuple(one for one in content(words) if one not in GENERIC and one not in _NO_THING)


def _file(promise: AccountLine, files: Sequence[str]) -> str | None:
    """The name of the file that was promised, where what was promised can be one."""
    if not files or not any(deed.name == "send" for deed in deeds_of(promise.words)):
        return None
    wanted = _things(promise.words)
    by_name = (name for name in files if any(among(one, _things(_as_words(name))) for one in wanted))
    can_be = not wanted or wanting.FILE.search(promise.words) or _DOCUMENT.search(promise.words)
    return next(by_name, files[0] if can_be else None)


def _as_words(name: str) -> str:
    return re.sub(r"[_.-]+", " ", name.rpartition(".")[0] or name)


def _answer(promise: AccountLine, told: Sequence[str], anew: Sequence[str]) -> str | None:
    """The first thing told to whom an answer was promised; courtesy and further promises are none."""
    if not ANSWER.search(promise.words):
        return None
    for sentence in told:
        if sentence not in anew and len(sentence.split()) >= FEWEST_WORDS and not _POLITE.match(sentence):
            return sentence
    return None


def _is_renewed(promise: str, later: str) -> bool:
    """Whether a later promise stands for an earlier one: the same deed and thing."""
    deeds = {deed.name for deed in deeds_of(promise)} & {deed.name for deed in deeds_of(later)}
    both_answer = bool(ANSWER.search(promise) and ANSWER.search(later))
    wanted, named = _things(promise), _things(later)
    alike = any(among(one, named) for one in wanted) or not wanted or not named
    return alike and (bool(deeds) or both_answer)
