"""How near a question and a telling are: the thing they are about, what is counted, what was done, and words alone."""

import re

from mailroute.domain.account import AccountLine
from mailroute.ledger import wanting
from mailroute.ledger.kind import DAYS, DONE, MOMENT, Kind
from mailroute.ledger.kinds import KINDS
from mailroute.ledger.questions import Question
from mailroute.ledger.stems import among, content, same, stem, words

COVERED = 0.75
"""Share of a question's words that a sentence must hold to have answered it."""

GENERIC = frozenset(
    stem(word)
    for word in words(
        """
        unit machine device system equipment instrument appliance product thing item one number information
        info detail data question problem issue fault error matter case moment minute quick back soon short
        name exact full complete proper registered official make brand manufacturer building premises
        company firm kindly site technician engineer colleague team office
        record file purpose side end help grateful great nice good type plate label need want like log login
        send give tell provide let know share state advise forward get see find look note reply mail email
        message answer morning afternoon evening day week month today tomorrow time i.e e.g z.b gerät anlage
        maschine nummer angabe daten frage störung fehler fall stelle kollege techniker sache betreffend
        gern genau teilen nennen mitteilen schicken senden geben sagen angeben durchgeben lauten kurz
        dringend vollständig erreich erreichen erreichbar appareil numéro donnée problème panne défaut cas
        technicien collègue dossier précis indiquer donner envoyer communiquer préciser transmettre fournir
        dire savoir connaître joindre exactly happen happening first report currently use using run running
        affected printed shown show display concerned involved installed install installiert person contact
        responsible reach call speak charge located location stand keep start begin begun started began
        """
    )
)
"""Stems that single out no thing among others."""

_POLITE = re.compile(
    r"\b(?:could|can|would|may|might|do|did|does|please|kindly|also|you|have|us|me|könnten|können|würden|"
    r"bitte|sie|mir|uns|"
    r"auch|pourriez|pouvez|vous|merci|veuillez|moi|nous|aussi|également)\b",
    re.IGNORECASE,
)


def without_names(part: str) -> str:
    """The part without the names of what is asked for."""
    for kind in KINDS:
        if kind.named is not None:
            part = kind.named.sub(" ", part)
    return part


_THINGS = re.compile(
    r"\b(?:the|your|this|that|these|those|of|on|for|in|at|from|der|die|das|des|dem|den|von|vom|für|bei|im|"
    r"am|zum|zur|ihr\w*|"
    r"eur\w*|dein\w*|diese\w*|le|la|les|de|du|des|sur|pour|votre|vos|cette|ces|cet|ce)\s"
    r"(?!the\b|your\b|our\b|der\b|die\b|das\b|dem\b|ihr|la\b|le\b|l['’]|votre\b)((?:[\w-]+\s){0,2}[\w-]+)"
    r"|\b[ld]['’]([\w-]+)|((?:[\w-]+\s)?[\w-]+)(?:['’]s)?\s\x00",
    re.IGNORECASE,
)


def thing_asked(kind: Kind, part: str) -> tuple[str, ...]:
    """The words of a question that may name its thing: `of the controller`, `on pump 7`.

    Verbs do not count, for the client need not have used the same ones: only what stands after an article or a
    preposition, or right before the name of what is asked for.
    """
    rest = kind.named.sub(" \x00 ", part) if kind.named else part
    rest = re.sub(r"\s+", " ", wanting.GIVE.sub(" . ", _POLITE.sub(" . ", without_names(rest))))
    things = [next(filter(None, found.groups()), "") for found in _THINGS.finditer(rest)]
    return content(" . ".join([*things, *_LABEL.findall(rest)]))


_LABEL = re.compile(r"\b[^\W\d_]{3,}\s(\d{1,3}[a-z]?)\b", re.IGNORECASE)
"""The mark of one thing among several: crane 3."""
_THING = (
    r"(?:the|our|your|its|this|that|an?|der|die|das|den|dem|unser\w*|le|la|l['’]|notre|nos|du)\s"
    r"((?:[\w-]+\s){0,2}?[\w-]+)"
)
_AFTER = re.compile(
    rf"\s(?:number |no\.? )?(?:of|for|on|vom|der|des|für|du|de|pour)\s{_THING}\b", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"{_THING}(?:['’]s)?\s?[(,:–-]?\s?(?:with |has |have |mit |hat |avec |a )?(?:the |its |die |"
    rf"le )?(?:number |no )?$",
    re.IGNORECASE,
)


def thing_told(kind: Kind, sentence: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The thing that the sentence ties the value to, and all that is named before it.

    `the controller (serial C-88)`, `the serial of the pump is ...`.
    """
    if kind.named is None or (label := kind.named.search(sentence)) is None:
        return (), ()
    before = content(sentence[: label.start()])
    after = _AFTER.match(sentence, label.end())
    found = after or _BEFORE.search(sentence[: label.start()])
    thing = content(found[1]) if found else ()
    return tuple(one for one in thing if one not in GENERIC), () if after else before


def bare(sentence: str, value: str) -> bool:
    """Whether the sentence tells the value alone, of no thing: `Firmware is 4.11`."""
    return all(one in GENERIC for one in content(without_names(sentence.replace(value, " "))))


def says_as_much(kind: Kind, question: Question, line: AccountLine, value: str) -> bool:
    """Whether the telling is of the very sort that is asked for, where a kind has several."""
    part, said = question.part.lower(), line.words.lower()
    if kind.key == "quantity":
        return _counts(part, said, value)
    if kind.key == "tried":
        return _did(part, said)
    if kind.key == "access":
        return all(word in said for word in _GATES if word in part)
    if kind.key == "affected":
        noun = re.search(r"(?:which|what|welche|quels?|quelles?) (\w+)", part)
        return noun is None or among(stem(noun[1]), content(said)) or stem(noun[1]) in _PEOPLE
    if kind.key == "address":
        return bool(_BILLING.search(part)) == bool(_BILLING.search(said))
    if kind.key == "version":
        before = re.search(rf"([^\W\d_]+)\s{re.escape(value.lower())}", said)
        return before is None or before[1] not in _PLATFORMS or before[1] in part
    if kind.key == "since":
        return not re.search(r"\b(?:until|till|by|bis|jusqu)\b", value)
    return True


_PLATFORMS = frozenset(
    words("android ios windows macos ubuntu linux chrome firefox edge safari opera pixel iphone")
)
_GATES = (
    "code", "pass", "badge", "park", "key", "induction", "permit", "ausweis", "schlüssel", "unterweisung", "register",
    "anmeld", "sign",
)  # fmt: skip
_BILLING = re.compile(r"\b(?:billing|invoic\w*|rechnung\w*|factur\w*)", re.IGNORECASE)
_WANTS = re.compile(
    r"\b(?:need|order\w*|require|want|like to|would you like|please|quote|buy|brauch\w*|benötig\w*|"
    r"bestell\w*|möchte\w*|"
    r"besoin|command\w*|"
    r"voudri\w*|souhait\w*|faut|faudrait)\b",
    re.IGNORECASE,
)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text))


_PIECES = _stems(
    "units piece pieces pcs machines devices items stück teile geräte pièces appareils unités exemplaires "
    "copies"
)
_PEOPLE = _stems(
    """people guests participants attendees visitors delegates us gäste teilnehmer personnes invités
    colleagues persons users staff employees leute personen mitarbeiter collègues"""
)
_LEFT = re.compile(
    r"\b(?:left|remaining|remain|in stock|on stock|übrig|auf lager|restants?|en stock)\b", re.IGNORECASE
)
_COUNTED = re.compile(
    r"(?:how many|wie ?viele|combien d(?:e |['’])|number of|anzahl (?:der |an )?|nombre d(?:e |['’]))\s?"
    r"(?:of (?:your|the|these) )?(?:new |more |neue |of )?([\w-]+)"
)


def _counts(part: str, said: str, value: str) -> bool:
    """Whether the same is counted, for the same end: what is needed is not what there is."""
    if bool(_LEFT.search(part)) != bool(_LEFT.search(said)):
        return False
    noun = _COUNTED.search(part)
    if bool(_WANTS.search(part)) != bool(_WANTS.search(said)):
        return False
    if noun is None:
        return True
    counted, told = stem(noun[1]), content(value)
    people = any(one in _PEOPLE for one in told) or bool(re.search(r"\bof us\b", value))
    if counted in _PIECES or counted in {"do", "are", "of", "did"}:
        return not people
    if counted in _PEOPLE:
        return people
    return among(counted, told) or (among(counted, content(said)) and any(one in _PIECES for one in told))


_TRY = _stems(
    "try tried trying attempt attempted versucht versuchen probiert probieren ausprobiert essayé essayer "
    "tenté tenter"
)
_VERB = re.compile(rf"\b(?:{DONE})\b", re.IGNORECASE)
_ANYTHING = re.compile(r"\bwhat\b|\bwas\s(?:haben|wurde|alles)|qu['’]avez|\bsteps\b|\bmeasures\b")


def _did(part: str, said: str) -> bool:
    """Whether what is told was done is what is asked about."""
    if _ANYTHING.search(part):
        return True
    told = content(said)
    deed = [one for one in content(part) if one not in _TRY and one not in GENERIC]
    found = [one for one in deed if among(one, told)]
    verbs = {stem(match.group()) for match in _VERB.finditer(part)} - _TRY
    done = all(among(one, told) for one in verbs)
    return done and len(found) >= round(len(deed) * COVERED)


_MOMENT = re.compile(MOMENT, re.IGNORECASE)
FILLER = _stems(
    """exact exactly kindly current currently please like need want know see get tell send give let provide share state
    number name detail information full complete quick short note reply mail question help grateful moment also
    genau bitte gern nummer angabe kurz exact précis numéro information"""
)
"""Stems that a question holds besides its matter."""


_DAY = re.compile(
    rf"\b(?:{DAYS})\b|\b(?:yesterday|today|tonight|tomorrow|(?:this|last|next) (?:morning|night|week|month|"
    rf"year|\w+day)|"
    r"gestern|heute|morgen|(?:letzte|nächste|diese)\w* \w+|hier|demain|aujourd'hui|la semaine (?:dernière|"
    r"prochaine))\b",
    re.IGNORECASE,
)


def at_another_time(part: str, said: str) -> bool:
    """Whether the question names a day or time that the sentence does not."""
    when = _DAY.search(part)
    return when is not None and when.group().lower() not in said.lower()


_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|zwei|drei|vier|fünf|deux|trois|"
    r"quatre|cinq)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:who|wer|wen|wem|qui)\b", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:when|wann|quand)\b", re.IGNORECASE)
_WHAT = re.compile(r"\b(?:what|which|welche\w*|was|quel\w*|how|wie|combien)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z-])[\w-]{4,}\b|\b\d{4,}\b")
"""What already has its number in the question is asked for something else."""
_DEGREE = re.compile(r"\b(?:how|wie)\s\w+", re.IGNORECASE)
_OPEN = re.compile(r"\b(?:where|why|wo|warum|wieso|comment|où|pourquoi)\b", re.IGNORECASE)
_NAME = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Dr|Herr|Frau|Mme|M)\.?\s[A-ZÄÖÜÉ]\w+|[A-ZÄÖÜÉ][\w'’-]+\s[A-ZÄÖÜÉ][\w'’-]+)"
)


def alike(part: str, said: str) -> str | None:
    """A question of no known kind: the sentence holds its words, and what answers such a question."""
    if wanting.OTHER.search(part) or wanting.UNSURE.search(said) or said.rstrip().endswith("?"):
        return None
    if one := which_one(part, said):
        return one
    plain = _DEGREE.sub("how", part)
    if _NUMBER.search(part) or at_another_time(part, said):
        return None
    asked = [one for one in content(wanting.GIVE.sub(" ", _POLITE.sub(" ", plain))) if one not in FILLER]
    told = content(said)
    if not asked or not all(among(one, told) for one in asked):
        return None
    return said if _answers(part, said, len(asked)) else None


_WHICH = re.compile(
    r"\b(?:which|what|welche[rsnm]?|quel(?:le)?s?)\s(?:(?:one )?of (?:the|your|these) )?([^\W\d_]{3,})",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"\b([^\W\d_]{3,})\s(?:no\.?\s|number\s|nr\.?\s|n°\s?|is\s|ist\s|est\s)?((?=[\w-]*\d)[\w-]+|[A-Z]\b)"
)


def which_one(part: str, said: str) -> str | None:
    """The one thing of the sort asked for which the sentence names: which dock, `dock 2`."""
    which = _WHICH.search(part)
    if which is None:
        return None
    noun = which[1]
    named = (found for found in _MARKED.finditer(said) if same(stem(found[1]), stem(noun)))
    return next((found.group() for found in named), None)


def _answers(part: str, said: str, found: int) -> bool:
    """Whether the sentence holds what such a question asks for."""
    if _WHO.search(part):
        return bool(_NAME.search(said))
    if _WHEN.search(part):
        return bool(_MOMENT.search(said))
    if _OPEN.search(part):
        return False
    if _WHAT.search(part):
        return bool(_FIGURE.search(said))
    return found >= 2
