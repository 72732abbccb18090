"""The line over a quote: "On Monday, 2 March 2026, Ann Lee <ann@...> wrote:", in any language and wrapped anyhow."""

import re
from dataclasses import dataclass

from mailroute.parsing.lines import Line
from mailroute.parsing.people import ADDRESS
from mailroute.parsing.vocabulary import ATTRIBUTION_STARTS, WROTE_WORDS, either, words

# Programs wrap the line at 72 to 78 columns; with a long name and address it takes four.
_MOST_LINES = 5
_LONGEST = 420

_DATED = re.compile(
    r"(?=\d)(?:\d{1,2}\s?[:.h時시]\s?\d{2}|\b(?:19|20)\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}\s?[年년]|\d{1,2}[.]?\s[^\W\d_]{3,})"
)
# A day with its year, and a time of day: no language is needed to see a date in that.
_YEAR_AND_TIME = re.compile(
    r"(?=.{0,90}(?:\b(?:19|20)\d{2}\b|\d{1,2}[./]\d{1,2}[./]\d{2}\b))(?=.{0,110}\b\d{1,2}[:.]\d{2}\b)",
    re.DOTALL,
)
_DIGIT = re.compile(r"\d")
_ASIAN = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_START = re.compile(
    rf"(?:{either(sorted(ATTRIBUTION_STARTS, key=len, reverse=True))})(?!\w)|\d|<|\"|--",
    re.IGNORECASE,
)
_STRIP = "-–—_*> \t|~\u200e\u200f\u202a\u202b\u202c"


_SPACED = tuple(word for word in WROTE_WORDS if not _ASIAN.search(word))
_JOINED = tuple(word for word in WROTE_WORDS if _ASIAN.search(word))
_VERB = re.compile(
    rf"(?<!\w)(?:{either(_SPACED)})(?!\w)|{either(_JOINED)}",
    re.IGNORECASE,
)
_TAIL = " \t\xa0\u202f:：.,;-–—_*'’\"”»「」()[]|"
# Between date and name.
_LEADING = frozenset(
    words(
        "on|at|am|um|uhr|von|le|à|el|a|las|em|às|il|giorno|alle|ore|op|om|den|kl|klo|w|dniu|o|u|v|dne|в|на|г|р|на|la|de|from|by"
        "|odesílatel|użytkownik|ο|η|χρήστης|ص|م|تمت|كتابة|ما|يلي|بواسطة|pukul|pada|lúc|vào|kell|plkst|h|mon|tue|wed|thu|fri|sat|sun|missatge|এ|को|बजे|—|–"
    )
)
# Small words that belong to a name.
_OF_NAMES = frozenset(
    words("van|von|vom|zu|de|der|den|del|dela|della|di|da|do|dos|das|du|la|le|el|al|bin|ibn|ter|ten|af|av")
)
# What Korean and Japanese put behind a name.
_PARTICLES = frozenset(words("이|가|님|님이|이가|さん|様|が"))
_ZONE_NAME = re.compile(r"\b[A-Z][\w ]{2,40}(?:Time|Zeit)\b,?")
# A full stop between two sentences, as no attribution has it; "18. apr. 2017" and "J. Lee" are none.
_SENTENCES = re.compile(r"[^\W\d_]{4,}[.!?]\s+[^\W\d_]")


def _verb_last(core: str) -> bool:
    """Whether a verb of `vocabulary.WROTE` ends the text, but for punctuation."""
    tail = core[-60:].casefold().rstrip(_TAIL)
    if tail.endswith(_JOINED):
        return True
    if not tail.endswith(_SPACED):
        # "napisał(a)" and the like lose their bracket to the strip above.
        tail += ")"
        if not tail.endswith(_SPACED):
            return False
    word = next(word for word in _SPACED if tail.endswith(word))
    return not tail[-len(word) - 1 : -len(word)].isalnum()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Lines that say whose words follow."""

    start: int
    end: int
    """The line after it."""
    text: str
    depth: int
    sure: bool
    """Names a date or an address; without one only a quote below makes it believable."""


def find_attribution(lines: list[Line], at: int) -> Attribution | None:
    """The attribution that begins at line *at*, if one does."""
    first = lines[at]
    if first.blank or len(first.text) > _LONGEST or first.label is not None:
        return None
    if first.depth and first.raw.rstrip().endswith(">>>") and (said := _groupwise(first, at)) is not None:
        return said
    speaks = _may_speak(first.text)
    if not _may_begin(first.text, lines, at, speaks=speaks):
        if not speaks:
            return None
        sure = _says_so(first.text, wrapped=False, head=first.text)
        return None if sure is None else Attribution(at, at + 1, first.text, first.depth, sure)
    joined, blanks = "", 0
    for end in range(at, min(len(lines), at + _MOST_LINES)):
        line = lines[end]
        if end > at and joined.count("<") > joined.count(">") and line.raw.lstrip().startswith(">"):
            line = Line(line.raw, first.depth, line.raw.strip(), None)
        if line.blank or (end > at and line.depth != first.depth):
            # Some programs put an empty line into the middle of it; none puts two.
            blanks += 1
            if blanks > 1 or end == at or not joined.endswith((",", "<")) or line.depth != first.depth:
                return None
            continue
        joined = f"{joined} {line.text}" if joined else line.text
        if len(joined) > _LONGEST:
            return None
        if (sure := _says_so(joined, wrapped=end > at, head=first.text)) is not None:
            return Attribution(at, end + 1, joined, first.depth, sure)
    return None


def _groupwise(line: Line, at: int) -> Attribution | None:
    """The line of GroupWise: ">>> Ann Lee <ann@acme.example> 3/2/2026 8:00 AM >>>", with unmarked text below."""
    text = line.raw.strip().strip(">").strip()
    if not line.raw.lstrip().startswith(">>>") or not _DATED.search(text) or len(text) > _LONGEST:
        return None
    return Attribution(at, at + 1, text, 0, sure=True)


def _may_speak(text: str) -> bool:
    """A cheap look at a whole line: an attribution ends with a colon, or names a date or an address."""
    return text.endswith((":", "：")) or "@" in text or _DIGIT.search(text) is not None


def _may_begin(text: str, lines: list[Line], at: int, *, speaks: bool) -> bool:
    """Whether a wrapped attribution may begin with this line."""
    if at + 1 == len(lines) or (lines[at + 1].blank and not text.endswith((",", "<"))):
        return False
    if not speaks and "," not in text and lines[at + 1].text[:1] not in "<[(":
        return False
    if _YEAR_AND_TIME.match(text) or (
        _START.match(text.lstrip(_STRIP)) and (_DATED.search(text) or "@" in text or "," in text)
    ):
        return True
    follows = lines[at + 1].text if at + 1 < len(lines) else ""
    return (
        len(text) < 60 and not text.endswith((".", "!", "?", ":")) and follows[:1] in "<[(" and "@" in follows
    ) or bool(_DATED.match(text))


def _says_so(joined: str, *, wrapped: bool, head: str) -> bool | None:
    """None when this is no attribution; else whether it names a date or an address."""
    core = joined.strip(_STRIP)
    last = _verb_last(core)
    if not (last or core.endswith((":", "：")) or joined.rstrip().endswith("-")) or len(core) < 6:
        return None
    dated = bool(_DATED.search(core))
    addressed = "@" in core and bool(ADDRESS.search(core))
    if wrapped and not (
        _DATED.search(head) or "@" in head or _START.match(head.lstrip(_STRIP)) or len(head) < 60
    ):
        return None
    if not last and _VERB.search(core) is None:
        begins = _START.match(core) or _YEAR_AND_TIME.match(core)
        known = core.endswith((":", "：")) and dated and addressed and bool(begins)
        return True if known else None
    if last and _SENTENCES.search(core):
        return False
    if last and (dated or addressed):
        return True if _START.match(core) or addressed or len(core) < 160 else None
    if last and core.endswith((":", "：")) and len(core) < 90 and core.count(".") < 3:
        return False
    # "Am 2. März 2026 schrieb Ann Lee:" has the verb in the middle.
    begins = _START.match(core) or _YEAR_AND_TIME.match(core)
    if core.endswith((":", "：")) and (dated or addressed) and begins and len(core) < 300:
        return True
    return None


def author_and_date(said: Attribution) -> tuple[str, str]:
    """Whose words follow, as "name <address>" or a part of it, and the rest of the line, which holds the date."""
    text = said.text.strip(_STRIP)
    found = next(reversed(list(ADDRESS.finditer(text))), None)
    if found is not None:
        name = _name_at_the_end(_VERB.sub(" ", text[: found.start()]))
        author, rest = f"{name} <{found[0]}>", text[: found.start()] + " " + text[found.end() :]
    else:
        verb = _VERB.search(text)
        before, after = (text[: verb.start()], text[verb.end() :]) if verb else (text, "")
        # "Ann Lee schrieb am 2. März" has the name first, "Am 2. März schrieb Ann Lee" and English have it last.
        name = _name_at_the_end(before) or _name_at_the_end(after)
        author, rest = name, text
    return author, " ".join(
        _VERB.sub(" ", rest.replace(name, " ", 1) if name else rest).strip(" <>()[]:,").split()
    )


def _leads(rest: list[str]) -> bool:
    """Whether the first word is a small one before a name with capitals ("keltezéssel, Sam Reed")."""
    first = rest[0].strip(".,:")
    return first.islower() and first not in _OF_NAMES and any(word[:1].isupper() for word in rest[1:])


def _name_at_the_end(text: str) -> str:
    """The words after the last number, without those that only lead to a name."""
    text = _ZONE_NAME.sub(" ", text)
    pieces = re.split(r"\d\S*|\b[AaPp]\.?[Mm]\b\.?", text)
    tail = pieces[-1] if len(pieces) > 1 else pieces[-1].rsplit(",", 1)[-1]
    rest = tail.strip(" ,:;<([\"'-\u202f\xa0").split()
    while rest and (rest[0].casefold().strip(".,:") in _LEADING or _leads(rest)):
        rest.pop(0)
    while len(rest) > 1 and rest[-1] in _PARTICLES:
        rest.pop()
    return " ".join(rest).strip(" \"'")
