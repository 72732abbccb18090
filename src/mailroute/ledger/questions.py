"""What a reply of ours asks the client, question by question, and which fact each is about."""

import re
from dataclasses import dataclass

from mailroute.ledger import wanting
from mailroute.ledger.kind import Kind
from mailroute.ledger.kinds import KINDS, value_told
from mailroute.ledger.sentences import sentences

SHORT = 9
"""Words of a question that may be a bare name: `And the serial number?`."""
FREE = frozenset(
    {
        "order",
        "invoice",
        "contract",
        "customer-number",
        "deadline",
        "quantity",
        "address",
        "contact",
        "access",
        "hours",
        "phone",
        "email",
        "place",
    }
)
"""Kinds about what is to come: `should` and `will` belong to their questions."""
BY_DEED = frozenset({"tried", "affected", "frequency", "contact", "access"})
"""Kinds whose questions hold words of the answer by their nature."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that one sentence wants to be told."""

    words: str
    """The sentence."""
    part: str
    """The part of it that wants something, without reasons and purposes."""
    key: str = ""
    """The fact that it is about, if that is plain."""
    is_new: bool = False
    """It asks for what cannot have been told: a later state, another thing, a picture, a choice."""


def questions(text: str) -> tuple[Question, ...]:
    """The questions of *text*, in order; a sentence that asks for several things gives several."""
    return tuple(question for sentence in sentences(text) for question in _of_sentence(sentence))


def _of_sentence(sentence: str) -> list[Question]:
    if wanting.PHATIC.search(sentence) or not wanting.ASKS.search(sentence):
        return []
    found: list[Question] = []
    for part in _parts(sentence):
        if not wanting.ASKS.search(part) or wanting.NOT_NEEDED.search(part):
            continue
        wanted = _wanted(part)
        before = sentence[: sentence.find(part.rstrip("?"))]
        later = bool(_LATER.match(sentence) or _TO_DO.search(before))
        kinds = [(kind, place) for kind in KINDS if (place := asks_for(kind, wanted))]
        kinds = [(kind, place) for kind, place in kinds if not _inside_another(place, kinds)]
        owns = [(kind, _without_files(wanted, place)) for kind, place in kinds]
        found += [
            Question(sentence, own, kind.key, later or _is_new(kind, asks_for(kind, own), own))
            for kind, own in owns
        ]
        if any(own != wanted for _, own in owns):
            found.append(Question(sentence, wanted, "", is_new=True))
        if not kinds:
            found.append(Question(sentence, wanted, "", later or _is_new(None, None, wanted)))
    return found


_LATER = re.compile(
    r"(?:after|now that|since (?:then|the (?:update|visit|repair|change|exchange))|nach|nachdem|seitdem|"
    r"après|"
    r"maintenant que)"
    r"\b[^,?]{0,80},\s",
    re.IGNORECASE,
)
"""A question about what came after something."""


_TO_DO = re.compile(
    r"\b(?:please|could you|can you|would you|bitte|könnten sie|pourriez-vous|pouvez-vous|merci de|"
    r"veuillez)\b[^,;]{0,25}\b"
    r"(?:clear|restart|reboot|try|update|upgrade|check|run|open|press|install|switch|clean|reset|test|swap|"
    r"replace|measure|"
    r"take|turn|plug|unplug|look|start|stop|remove|starten|neu|prüfen|testen|reinigen|tauschen|messen|"
    r"öffnen|drücken|"
    r"schalten|redémarrer|essayer|vérifier|nettoyer|remplacer|mesurer|ouvrir|tester|installer)\b",
    re.IGNORECASE,
)
"""Something is to be done first, so what is asked after it is news."""


def _parts(sentence: str) -> list[str]:
    """The sentence, cut where it begins to ask a second thing; the question mark stays with the last part."""
    parts, begin = [], 0
    for cut in wanting.PART.finditer(sentence):
        parts.append(sentence[begin : cut.start()])
        begin = cut.end()
    parts.append(sentence[begin:])
    asked = sentence.rstrip(" \"'”»)").endswith("?")
    return [
        part + "?" if asked and not part.endswith("?") and _INTERROGATIVE.match(part.strip()) else part
        for part in parts
    ]


_INTERROGATIVE = re.compile(
    r"^(?:also |then |please |if so,? )*(?:what|which|when|where|how|who|is|are|was|were|do|does|did|has|"
    r"have|wie|wo|"
    r"wann|wer|welche\w*|was|ob|haben|ist|quel\w*|quand|où|qui|combien|depuis)\b",
    re.IGNORECASE,
)


def _wanted(part: str) -> str:
    """The part without the reasons, purposes and times around it."""
    shorter = wanting.BEFORE.sub("", part.strip())
    after = wanting.AFTER.search(shorter)
    if (
        after
        and wanting.ASKS.search(shorter[: after.start()] + "?")
        and len(shorter[: after.start()].split()) > 2
    ):
        mark = "?" if shorter.rstrip().endswith("?") else ""
        shorter = shorter[: after.start()] + mark
    return shorter


_ANSWERED_BY: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (
        re.compile(rf"(?:and |so |und |et |to |an |bei |mit |à )?(?:{words})\b", re.IGNORECASE),
        frozenset(kinds.split()),
    )
    for words, kinds in (
        ("who|whom|wer|wen|wem|qui", "contact affected"),
        ("when|wann|quand", "since deadline installed hours"),
        ("where|wo|wohin|où", "place address access"),
        ("how (?:many|much)|wie ?viele?|combien", "quantity affected amount frequency"),
        ("how often|wie oft|à quelle fréquence", "frequency"),
        ("why|warum|wieso|weshalb|pourquoi", ""),
    )
)
"""How a question begins, and the kinds that can answer one that begins so."""


_WHICH_THING = re.compile(
    r"(?:which|what|welche[rsnm]?|quel(?:le)?s?)\s(?!steps|measures|checks|tests|troubleshooting|schritte|"
    r"maßnahmen|mesures|"
    r"démarches|manipulations|have|has|did|was|else)\w+",
    re.IGNORECASE,
)
"""Which part was changed is no question whether it was."""


def asks_for(kind: Kind, wanted: str) -> tuple[int, int] | None:
    """Where the words ask for this kind; None if they do not."""
    if any(start.match(wanted) and kind.key not in kinds for start, kinds in _ANSWERED_BY):
        return None
    if kind.key == "tried" and _WHICH_THING.match(wanted):
        return None
    match = kind.named.search(wanted) if kind.named else None
    if match and _by_name(match, wanted):
        return match.span()
    asked = kind.asked.search(wanted) if kind.asked else None
    return asked.span() if asked else None


def _by_name(match: re.Match[str], wanted: str) -> bool:
    """Whether what is named there is wanted: by a verb of giving, by which and what, or as a bare name."""
    if re.match(r"(?:which|what|welche|quel)", match.group(), re.IGNORECASE):
        return True
    asks = wanted.rstrip().endswith("?") and not _YES_OR_NO.match(wanted)
    bare = asks and len(wanted.split()) <= SHORT
    return bare or bool(wanting.GIVE.search(f"{wanted[: match.start()]} {wanted[match.end() :]}"))


_YES_OR_NO = re.compile(r"(?:is|are|was|were|do|does|did|has|have|ist|sind|hat|est|sont|a)\b", re.IGNORECASE)


def _without_files(wanted: str, place: tuple[int, int]) -> str:
    """The part without the pictures and files that are wanted besides: `the serial number and a photo`."""
    for joint in _JOINT.finditer(wanted):
        before, after = wanted[: joint.start()], wanted[joint.end() :]
        if joint.start() >= place[1] and wanting.FILE.search(after) and not wanting.FILE.search(before):
            return before + "?"
        if joint.end() <= place[0] and wanting.FILE.search(before) and not wanting.FILE.search(after):
            return "please send " + after
    return wanted


_JOINT = re.compile(
    r",?\s(?:and|und|et|sowie|plus|as well as|ainsi que)\s(?:also |auch |aussi )?(?=(?:an?|the|your|some|"
    r"ein\w*|das|die|den|une?|la|le|des|les|votre)\s)|,\s(?=(?:an?|the|ein\w*|une?)\s)",
    re.IGNORECASE,
)


def _inside_another(place: tuple[int, int], others: list[tuple[Kind, tuple[int, int]]]) -> bool:
    """Whether a longer name stands over this one: an e-mail address is no address."""
    start, end = place
    return any(s <= start and end <= e and (s, e) != place for _, (s, e) in others)


NUMBERED = frozenset({"serial", "order", "invoice", "contract", "customer-number", "version", "model"})
_INVERTED = re.compile(
    r"^(?:and |so |und |et )?(?:is|are|was|ist|sind|lautet|stimmt)\b|\best-(?:il|elle|ce)\b", re.IGNORECASE
)
"""Is it ...? With a number of its own it asks for a yes."""
_ID = re.compile(r"\b(?=[\w-]*\d)[\w-]{4,}\b|\b\d+\.\d+")
_NAMES_SOMEBODY = re.compile(
    r"(?:(?i:and|so|und|et)\s)?(?i:is|are|ist|sind|est|sont)\s(?:(?:Mr|Mrs|Ms|Dr|Herr|Frau|Mme|M)\.?\s)?"
    r"[A-ZÄÖÜÉ][\w'’-]+(?:\s[A-ZÄÖÜÉ]|\s(?:still|the|your|der|die|Ihr|le|la|votre)\b)"
)
"""Is Joe Hall the contact?"""


_WHICH_SHALL_WE = re.compile(
    r"\b(?:which|what)\s\w+\s(?:shall|should|can|may|do) (?:we|our \w+|the \w+) "
    r"(?:deliver|ship|send|invoice|bill|come|report|go)\b",
    re.IGNORECASE,
)


def _is_new(kind: Kind | None, place: tuple[int, int] | None, wanted: str) -> bool:
    """Whether nobody can have told this yet."""
    start, end = place or (0, 0)
    named = kind is not None and kind.named is not None and kind.named.fullmatch(wanted[start:end])
    outside = f"{wanted[:start]} \x00 {wanted[end:]}" if named else wanted
    key = kind.key if kind else ""
    if wanting.CHECK.search(wanted) or wanting.CHOICE.search(wanted):
        return True
    if _is_later(key, wanted, outside) or _is_ahead(key, wanted, outside) or _of_file(outside):
        return True
    return kind is not None and _holds_its_answer(kind, wanted)


def _is_later(key: str, wanted: str, outside: str) -> bool:
    """Whether a later state is asked after, or whether it has come right."""
    if key != "deadline" and wanting.NEWER.search(outside):
        return True
    return key not in {"deadline", "since"} and wanting.MENDED.search(wanted) is not None


def _is_ahead(key: str, wanted: str, outside: str) -> bool:
    """Whether something is offered, or what is asked about is only to come."""
    which_shall_we = not key and _WHICH_SHALL_WE.search(wanted)
    to_come = wanting.OFFER.search(wanted) or wanting.AHEAD.search(outside)
    if key not in FREE and not which_shall_we and to_come:
        return True
    new_thing = wanting.NEW_THING.search(outside)
    return new_thing is not None and (key not in FREE or outside[new_thing.end() :].startswith(" \x00"))


def _holds_its_answer(kind: Kind, wanted: str) -> bool:
    """Whether the question names a value of its own, and so wants a yes."""
    if kind.key in NUMBERED and _INVERTED.search(wanted) and _ID.search(wanted):
        return True
    if kind.key == "contact":
        return _NAMES_SOMEBODY.match(wanted) is not None
    return kind.key not in BY_DEED and value_told(kind, wanted) is not None


def _of_file(outside: str) -> bool:
    """Whether a picture or file of the thing is wanted instead of a word."""
    is_whole = "\x00" not in outside
    if is_whole and not wanting.SEND.search(outside):
        return False
    for file in wanting.FILE.finditer(outside):
        before, after = outside[: file.start()], outside[file.end() :]
        if "\x00" not in outside.strip("\x00 ") or (
            re.match(r"[^,;]{0,40}\x00", after)
            and not re.match(r"\s*(?:,|and|or|plus|as well|und|sowie|et)\b", after)
        ):
            return True
        if re.search(r"\x00\s(?:\w+\s)?$", before):
            return True
    return False
