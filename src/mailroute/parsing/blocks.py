"""Where an earlier mail begins inside a text: header blocks and the lines that announce them.

One reader for all programs and languages: a block is a run of known labels (`vocabulary.LABELS`), whatever their order,
marks of emphasis, quote depth or wrapping; Notes writes name and date without labels above its "To:".
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from mailroute.parsing.dates import parse_written_date
from mailroute.parsing.lines import Line
from mailroute.parsing.vocabulary import FORWARD_LINES, FORWARD_STARTS, LABELS, ORIGINAL_LINES, Label

# Lines of one header block; a To list may be long.
_LONGEST_BLOCK = 400
_LABEL = re.compile(
    r"[*_|\s•·]{0,6}([^\W\d_][^:：\n]{0,38}?)[*_\s\xa0|]{0,4}[:：][*_|]{0,3}[ \t\xa0]*(.*)", re.DOTALL
)
_DASHES = "-_=*~#—–─•·> \t<|+"
_RULE = re.compile(r"[-_=*~#—–─]{3,}$")
_DATE_TAIL = re.compile(
    r"^(.{0,200}?)(?:\s+(?:on|am|le|el|il|em|den|op|dne)\s+|\s*,\s+|\s{2,}|\t+|^)(\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\.?,?\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s+[A-Z]{2,5}\d?)?)\s*$"
)


class Announces(StrEnum):
    """What the line above a block says."""

    FORWARD = "forward"
    ORIGINAL = "original"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """An earlier mail's header, inside a text."""

    start: int
    """First line that belongs to it, with separator and rule."""
    end: int
    """First line of the text under it."""
    announces: Announces
    depth: int
    """Quote marks before its lines."""
    fields: dict[Label, str] = field(default_factory=dict)
    danish: bool = False
    """The labels are Danish or Norwegian, where "VS:" means a forward."""


def find_block(lines: list[Line], at: int, subject: str | None = None) -> Block | None:
    """The block that begins at line *at*, if one does. *subject* is that of the mail around, without prefixes."""
    line = lines[at]
    if line.blank:
        return None
    announces, after = read_separator(lines, at)
    if announces is not Announces.NOTHING:
        return _announced(lines, at, after, announces, subject)
    if _RULE.match(line.text):
        below = _next_full(lines, at + 1, 3)
        found = (
            find_block(lines, below, subject)
            if below is not None and not _RULE.match(lines[below].text)
            else None
        )
        return found and _moved(found, at)
    fields, end = _read_fields(lines, at, subject)
    if not _is_header(fields, trusted=False):
        return _notes_block(lines, at, subject)
    return _block(lines, at, at, end, Announces.NOTHING, fields)


def read_separator(lines: list[Line], at: int) -> tuple[Announces, int]:
    """What line *at* announces, and the line after the announcement."""
    text = lines[at].text
    if len(text) > 300:
        return Announces.NOTHING, at
    core = text.strip(_DASHES).rstrip(":：.").strip(_DASHES)
    dashed = len(core) + 3 < len(text) and text[:2].strip(_DASHES) == ""
    folded = " ".join(core.casefold().split())
    if folded in FORWARD_LINES and (
        dashed or text.endswith((":", "：")) or " " in folded or not folded.isascii()
    ):
        if dashed or text.endswith((":", "：")) or _label_follows(lines, at + 1):
            return Announces.FORWARD, at + 1
    if folded in ORIGINAL_LINES and (dashed or _label_follows(lines, at + 1)):
        return Announces.ORIGINAL, at + 1
    if dashed and folded.startswith(tuple(FORWARD_STARTS)):
        wraps = not text.endswith("-") and at + 1 < len(lines) and lines[at + 1].text.endswith("---")
        return Announces.FORWARD, at + (2 if wraps else 1)
    return Announces.NOTHING, at


def label_of(text: str) -> tuple[Label, str] | None:
    """Label and value of a header line of any program."""
    if ":" not in text[:60] and "：" not in text[:60]:
        return None
    found = _LABEL.match(text[:5000])
    if found is None:
        return None
    kind = LABELS.get(" ".join(found[1].casefold().split()))
    return None if kind is None else (kind, found[2].strip().strip("|").strip())


def _announced(
    lines: list[Line], at: int, after: int, announces: Announces, subject: str | None
) -> Block | None:
    """The block under an announcement; a forward may lack one, an original message may not."""
    first = _next_full(lines, after, 8)
    tries = 0
    while first is not None and tries < 5:
        fields, end = _read_fields(lines, first, subject)
        if _is_header(fields, trusted=True):
            return _block(lines, at, first, end, announces, fields)
        if (notes := _notes_block(lines, first, subject)) is not None:
            return _moved(notes, at, announces)
        if announces is Announces.ORIGINAL or len(lines[first].text) > 80:
            break
        first = _next_full(lines, first + 1, 4)
        tries += 1
    return Block(start=at, end=after, announces=announces, depth=lines[at].depth)


def _block(
    lines: list[Line], start: int, first: int, end: int, announces: Announces, fields: dict[Label, list[str]]
) -> Block:
    values = {kind: " ".join(" ".join(v).split()) for kind, v in fields.items()}
    sender, dated = _take_date(" ".join(fields.get(Label.FROM, [""])))
    if dated and Label.DATE not in values:
        values[Label.FROM], values[Label.DATE] = sender, dated
    labels = {lines[i].text.split(":")[0].strip("* ").casefold() for i in range(first, min(end, first + 12))}
    return Block(
        start=start,
        end=end,
        announces=announces,
        depth=lines[first].depth,
        fields=values,
        danish=bool(labels & {"fra", "sendt", "emne", "til"}),
    )


def _moved(block: Block, start: int, announces: Announces | None = None) -> Block:
    return Block(
        start=start,
        end=block.end,
        announces=announces or block.announces,
        depth=block.depth,
        fields=block.fields,
        danish=block.danish,
    )


def _read_fields(lines: list[Line], at: int, subject: str | None) -> tuple[dict[Label, list[str]], int]:
    """Fields from line *at* on, and the line after them; wrapped values are joined."""
    fields: dict[Label, list[str]] = {}
    last: Label | None = None
    end, blanks = at, 0
    depth = lines[at].depth
    for i in range(at, min(len(lines), at + _LONGEST_BLOCK)):
        line = lines[i]
        if line.blank:
            blanks += 1
            if last is None or blanks > 3:
                break
            continue
        found = label_of(line.text) if line.depth == depth else None
        if found is None:
            if (
                blanks
                or last is None
                or line.depth != depth
                or not _continues(lines, i, last, fields, subject)
            ):
                break
            fields[last].append(line.text)
        else:
            kind, value = found
            if (kind in fields and kind is not Label.OTHER) or (blanks and _complete(fields)):
                break
            if kind is Label.OTHER and last is None:
                break
            fields.setdefault(kind, []).append(value)
            last = kind
        end, blanks = i + 1, 0
    return fields, end


def _complete(fields: dict[Label, list[str]]) -> bool:
    return Label.FROM in fields and Label.SUBJECT in fields and (Label.TO in fields or Label.DATE in fields)


def _continues(
    lines: list[Line], i: int, last: Label, fields: dict[Label, list[str]], subject: str | None
) -> bool:
    """Whether line *i*, which has no label, is the rest of the field above it."""
    above, text = fields[last][-1], lines[i].text
    if not above:
        return last is not Label.SUBJECT or _label_follows(lines, i + 1, 1)
    if last in (Label.TO, Label.CC, Label.OTHER, Label.FROM):
        if (
            above.endswith((",", ";"))
            or above.count("<") > above.count(">")
            or "@" in text
            or _take_date(text)[1]
        ):
            return True
        return _label_before_blank(lines, i + 1)
    if last is Label.SUBJECT and subject and _same(" ".join([*fields[last], text]), subject):
        return True
    if (
        last is Label.SUBJECT
        and len(lines[i - 1].text) > 62
        and len(text) < 62
        and i + 1 < len(lines)
        and lines[i + 1].blank
    ):
        return True
    return _label_before_blank(lines, i + 1, 3)


def _same(a: str, b: str) -> bool:
    return "".join(a.split()).casefold().endswith("".join(b.split()).casefold())


def _label_before_blank(lines: list[Line], at: int, reach: int = 40) -> bool:
    """Whether a line with a label comes before the next empty line."""
    for line in lines[at : at + reach]:
        if line.blank:
            return False
        if label_of(line.text) is not None:
            return True
    return False


def _label_follows(lines: list[Line], at: int, reach: int = 3) -> bool:
    full = _next_full(lines, at, reach)
    return full is not None and label_of(lines[full].text) is not None


def _next_full(lines: list[Line], at: int, reach: int) -> int | None:
    return next((i for i in range(at, min(len(lines), at + reach)) if not lines[i].blank), None)


def _is_header(fields: dict[Label, list[str]], *, trusted: bool) -> bool:
    """Whether these fields make a header: an author and more, or under an announcement anything that tells who or what."""
    known = set(fields) - {Label.OTHER, Label.MESSAGE_ID}
    if Label.FROM not in known or not "".join(fields[Label.FROM]).strip():
        return trusted and {Label.SUBJECT, Label.DATE, Label.TO} <= known
    if trusted:
        return True
    if len(known) >= 3:
        return Label.SUBJECT in known or Label.DATE in known
    return len(known) == 2 and "@" in "".join(fields[Label.FROM]) and Label.CC not in known


def _take_date(text: str) -> tuple[str, str | None]:
    """ "Ann Lee  03/02/2026 09:14 AM" in two."""
    found = _DATE_TAIL.match(text.strip()[:400])
    if found is None or parse_written_date(found[2]) is None:
        return text, None
    return found[1].strip().rstrip(",").removesuffix(" on").strip(), found[2]


def _notes_block(lines: list[Line], at: int, subject: str | None) -> Block | None:
    """Name and date without labels above "To:", as Notes writes them, on one line or on two."""
    name, dated, i = "", None, at
    while i < min(len(lines), at + 5) and dated is None:
        text = lines[i].text
        if not text or (label_of(text) is not None and i > at):
            break
        rest, dated = _take_date(f"{name} {text}" if name else text)
        name = rest if dated else f"{name} {text}".strip()
        i += 1
    if dated is None or not name or len(name) > 200 or label_of(name) is not None:
        return None
    below = _next_full(lines, i, 4)
    if below is None:
        return None
    fields, end = _read_fields(lines, below, subject)
    if Label.TO not in fields or Label.SUBJECT not in fields or Label.FROM in fields:
        return None
    return _block(lines, at, at, end, Announces.NOTHING, {**fields, Label.FROM: [name], Label.DATE: [dated]})
