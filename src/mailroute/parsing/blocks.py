"""Where an earlier mail begins inside a text: header blocks and the lines that announce them.

One reader for all programs and languages: a block is a run of known labels (`vocabulary.LABELS`), whatever their order,
marks of emphasis, quote depth or wrapping; Notes writes name and date without labels above its "To:".
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from mailroute.parsing.announcements import (
    FORWARD_LINES,
    FORWARD_STARTS,
    ORIGINAL_LINES,
    is_scissors,
    says_passed_on,
    says_reply_above,
)
from mailroute.parsing.attribution import author_and_date, find_attribution
from mailroute.parsing.fields import (
    Fields,
    bare_fields,
    guess_fields,
    label_follows,
    next_full,
    read_fields,
    run_together,
)
from mailroute.parsing.labels import take_date
from mailroute.parsing.lines import Line
from mailroute.parsing.notes import notes_header
from mailroute.parsing.vocabulary import Label, fold

# The longest of `FORWARD_LINES` and `ORIGINAL_LINES`.
_LONGEST_ANNOUNCEMENT = max(map(len, FORWARD_LINES | ORIGINAL_LINES))
_ANNOUNCED_LINE = re.compile(r"-{3,}\s?([^-:]{3,60}?)\s?-{3,}\s{1,5}(\S.*[:：].*)$")
_CLOCK = re.compile(r"\d{1,2}\s?[:.h時时시]\s?\d{2}")
_DASHES = "-_=*~#—–─•·> \t<|+"
_STARTS = tuple(FORWARD_STARTS)
# How a line begins that asks for the answer above it, where no dashes mark it.
_ASKS = ("please ", "reply ", "respond ", "type ", "write ")
_RULE_MARKS = "-_=*~#—–─"
_RULE = re.compile(rf"[{_RULE_MARKS}]{{3,}}$")

_LONG_RULE = re.compile(r"[-_=*]{20,}$")


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
    finnish: bool = False
    """The labels are Finnish, where "VS:" means a reply; in Danish and Norwegian it means a forward."""


def find_block(lines: list[Line], at: int, subject: str | None = None) -> Block | None:
    """The block that begins at line *at*, if one does. *subject* is that of the mail around, without prefixes."""
    line = lines[at]
    if line.blank:
        return None
    if line.text.startswith("---") and (found := _one_line(lines, at)) is not None:
        return found
    announces, after = read_separator(lines, at)
    if announces is not Announces.NOTHING:
        return _announced(lines, at, after, announces, subject)
    if _is_drawn(line.text):
        below = next_full(lines, at + 1, 3)
        return _under_rule(lines, at, below, subject) if below is not None else None
    if line.label is None:
        notes = notes_header(lines, at, subject)
        return None if notes is None else _block(lines, at, at, notes[1], Announces.NOTHING, notes[0])
    fields, end = read_fields(lines, at, subject)
    if not _is_header(fields, trusted=False):
        return None
    return _block(lines, at, at, end, Announces.NOTHING, fields)


def _one_line(lines: list[Line], at: int) -> Block | None:
    """Announcement and all fields in one line."""
    found = _ANNOUNCED_LINE.match(lines[at].text[:2000])
    phrase = fold(found[1]) if found else ""
    if found is None or phrase not in FORWARD_LINES | ORIGINAL_LINES:
        return None
    fields = run_together(found[2])
    announces = Announces.FORWARD if phrase in FORWARD_LINES else Announces.ORIGINAL
    return _block(lines, at, at, at + 1, announces, fields) if _is_header(fields, trusted=False) else None


def _is_drawn(text: str) -> bool:
    """Whether a program drew the line, with or without words in it."""
    if text[0] not in _RULE_MARKS:
        return False
    return bool(_RULE.match(text)) or (text.startswith("---") and text.endswith("---"))


def _under_rule(lines: list[Line], at: int, below: int, subject: str | None) -> Block | None:
    """The block under a line that a program drew."""
    if _is_drawn(lines[below].text):
        return None
    if (found := find_block(lines, below, subject)) is not None:
        return _moved(found, at)
    guessed = guess_fields(lines, below)
    return None if guessed is None else _block(lines, at, below, guessed[1], Announces.NOTHING, guessed[0])


def read_separator(lines: list[Line], at: int) -> tuple[Announces, int]:
    """What line *at* announces, and the line after the announcement."""
    text = lines[at].text
    if len(text) > 300 or (len(text) > _LONGEST_ANNOUNCEMENT and text[0].isalnum()):
        return Announces.NOTHING, at
    core = text.strip(_DASHES).rstrip(":：.").strip(_DASHES)
    dashed = len(core) + 3 < len(text) and text[:2].strip(_DASHES) == ""
    if not dashed and len(core) > _LONGEST_ANNOUNCEMENT:
        return Announces.NOTHING, at
    folded = fold(core)
    marked = dashed or text.endswith((":", "："))
    if folded in FORWARD_LINES and (marked or (" " in folded and label_follows(lines, at + 1))):
        return Announces.FORWARD, at + 1
    if marked and says_passed_on(folded) and (text.endswith("--") or label_follows(lines, at + 1, 4)):
        return Announces.FORWARD, at + 1
    if dashed and folded.startswith(_STARTS):
        wraps = not text.endswith("-") and at + 1 < len(lines) and lines[at + 1].text.endswith("---")
        return Announces.FORWARD, at + (2 if wraps else 1)
    original = (
        (folded in ORIGINAL_LINES and (dashed or label_follows(lines, at + 1)))
        or ((dashed or folded.startswith(_ASKS)) and says_reply_above(folded))
        or (dashed and text.endswith("---") and len(core) > 3 and label_follows(lines, at + 1, 4))
    )
    return (Announces.ORIGINAL, at + 1) if original else (Announces.NOTHING, at)


def _announced(
    lines: list[Line], at: int, after: int, announces: Announces, subject: str | None
) -> Block | None:
    """The block under an announcement; a forward may lack one, an original message may not."""
    first = next_full(lines, after, 8)
    tries = 0
    above: Fields = {}
    while first is not None and tries < 5:
        fields, end = read_fields(lines, first, subject)
        if _is_header(fields, trusted=True):
            return _block(lines, at, first, _closed(lines, at, end), announces, above | fields)
        above = above or {kind: value for kind, value in fields.items() if kind is Label.SUBJECT}
        if (notes := notes_header(lines, first, subject, announced=True)) is not None:
            return _block(lines, at, first, notes[1], announces, notes[0])
        if (bare := bare_fields(lines, first)) is not None:
            return _block(lines, at, first, bare[1], announces, bare[0])
        if (said := find_attribution(lines, first)) is not None and said.sure:
            author, dated = author_and_date(said)
            named = {Label.FROM: [author], Label.DATE: [dated]}
            return _block(lines, at, first, said.end, announces, named)
        if announces is Announces.ORIGINAL or len(lines[first].text) > 80:
            break
        first = next_full(lines, first + 1, 4)
        tries += 1
    return Block(start=at, end=after, announces=announces, depth=lines[at].depth)


def _closed(lines: list[Line], at: int, end: int) -> int:
    """The end of a header, with the announcement that some programs repeat below it, or a line that they draw."""
    below = next_full(lines, end, 3)
    if below is None:
        return end
    text = lines[below].text
    repeated = text == lines[at].text and text[:1] in _DASHES
    return below + 1 if repeated or is_scissors(text) or _LONG_RULE.match(text) else end


def _block(
    lines: list[Line], start: int, first: int, end: int, announces: Announces, fields: Fields
) -> Block:
    values = {kind: " ".join(" ".join(v).split()) for kind, v in fields.items()}
    sender, dated = take_date(" ".join(fields.get(Label.FROM, [""])))
    if dated and Label.DATE not in values:
        values[Label.FROM], values[Label.DATE] = sender, dated
    labels = {lines[i].text.split(":")[0].strip("* ").casefold() for i in range(first, min(end, first + 12))}
    return Block(
        start=start,
        end=end,
        announces=announces,
        depth=lines[first].depth,
        fields=values,
        finnish=bool(labels & {"lähettäjä", "lähetetty", "vastaanottaja", "aihe"}),
    )


def _moved(block: Block, start: int, announces: Announces | None = None) -> Block:
    return Block(
        start=start,
        end=block.end,
        announces=announces or block.announces,
        depth=block.depth,
        fields=block.fields,
        finnish=block.finnish,
    )


def _is_header(fields: Fields, *, trusted: bool) -> bool:
    """Whether these fields make a header: an author and more, or less of it under an announcement."""
    known = set(fields) - {Label.OTHER, Label.MESSAGE_ID}
    if Label.FROM not in known or not "".join(fields[Label.FROM]).strip():
        return trusted and {Label.SUBJECT, Label.DATE, Label.TO} <= known
    if trusted:
        return True
    shown = "".join(fields[Label.FROM])
    if "@" not in shown and not _CLOCK.search(shown + " ".join(fields.get(Label.DATE, []))):
        return False
    if len(known) >= 3:
        return Label.SUBJECT in known or Label.DATE in known
    return len(known) == 2 and "@" in "".join(fields[Label.FROM]) and Label.CC not in known
