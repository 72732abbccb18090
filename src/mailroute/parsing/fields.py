"""Runs of labelled lines: the fields of a header block inside a text, wrapped values joined."""

import re

from mailroute.parsing.labels import take_date
from mailroute.parsing.lines import Line
from mailroute.parsing.vocabulary import LABELS, Label, fold

Fields = dict[Label, list[str]]

# Lines of one header block; a To list may be long.
_LONGEST_BLOCK = 400
_MOST_GUESSED = 6
_MAIN = sorted((word for word, kind in LABELS.items() if kind is not Label.OTHER), key=len, reverse=True)
_INNER_LABEL = re.compile(r"(" + "|".join(map(re.escape, _MAIN)) + r")\s?[:：]\s?", re.IGNORECASE)
_ANY_LABEL = re.compile(r"[*_]{0,2}[^\W\d_][\w ’'.-]{0,24}[*_]{0,2}\s?[:：][*_]{0,2}\s*(\S.*)")
# As `_ANY_LABEL`, but neither an address nor a name that goes on with one.
_UNLISTED = re.compile(
    r"(?!mailto|https?|smtp|tel)[*_]{0,2}[^\W\d_][\w’'.-]{0,20}(?: [\w’'.-]{1,20})?[*_]{0,2}\s?[:：](?!//)"
    r"[*_]{0,2}\s*(\S.*)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_TIME = re.compile(r"\b\d{1,2}[:.]\d{2}\b")


def read_fields(lines: list[Line], at: int, subject: str | None) -> tuple[Fields, int]:
    """Fields from line *at* on, and the line after them; wrapped values are joined."""
    fields: Fields = {}
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
        found = line.label if line.depth == depth else None
        if found is None:
            if (
                blanks
                or last is None
                or line.depth != depth
                or not _continues(lines, i, last, fields, subject)
            ):
                break
            kind, value = _unlisted(line.text, last, fields)
            fields.setdefault(kind, []).append(value)
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


def _unlisted(text: str, last: Label, fields: Fields) -> tuple[Label, str]:
    """Whose value a line without a known label is: mostly the one above; but a label may be of another language."""
    if last in (Label.SUBJECT, Label.OTHER) or fields[last][-1].endswith((",", ";")):
        return last, text
    found = _UNLISTED.match(text[:1000])
    if found is None:
        return last, text
    value = found[1].strip()
    if Label.DATE not in fields and _YEAR.search(value) and _TIME.search(value):
        return Label.DATE, value
    return Label.OTHER, value


def guess_fields(lines: list[Line], at: int) -> tuple[Fields, int] | None:
    """A header in a language that `vocabulary` lacks: author, date, recipients and subject in the order of Outlook.

    Asked only under a rule or a line of dashes: three to six lines of one word, colon and value, one of them an
    address and one a date with its time.
    """
    values: list[str] = []
    for line in lines[at : at + _MOST_GUESSED]:
        found = _ANY_LABEL.match(line.text[:1000])
        if found is None or line.depth != lines[at].depth:
            break
        values.append(found[1].strip())
    dated = next(
        (i for i, value in enumerate(values) if i < 4 and _YEAR.search(value) and _TIME.search(value)), None
    )
    people = [i for i, value in enumerate(values) if "@" in value]
    rest = [i for i, value in enumerate(values) if i != dated and i not in people]
    if len(values) < 3 or dated is None or not people or not rest:
        return None
    fields: Fields = {
        Label.FROM: [values[people[0]]],
        Label.DATE: [values[dated]],
        Label.SUBJECT: [values[rest[-1]]],
    }
    for kind, i in zip((Label.TO, Label.CC), people[1:], strict=False):
        fields[kind] = [values[i]]
    return fields, at + len(values)


def bare_fields(lines: list[Line], at: int) -> tuple[Fields, int] | None:
    """Fields without colons, as eM Client writes them under its announcement: 'From "Ann Lee" <ann@acme.example>'."""
    fields: Fields = {}
    for line in lines[at : at + _MOST_GUESSED]:
        word, _, value = line.text.partition(" ")
        kind = LABELS.get(fold(word))
        if kind is None or kind in fields or not value.strip():
            break
        fields[kind] = [value.strip()]
    if len(fields) < 3 or "@" not in "".join(fields.get(Label.FROM, [])):
        return None
    return fields, at + len(fields)


def run_together(text: str) -> Fields:
    """Fields in one line without breaks, as Yahoo's plain text has them: "From: Ann <...>To: ...Subject: ..."."""
    fields: Fields = {}
    last: Label | None = None
    at = 0
    for found in _INNER_LABEL.finditer(text[:2000]):
        kind = LABELS[fold(found[1])]
        # A label may stick to the value before it ("GMT+1Subject:"); then its capital tells it from a word's end.
        if found.start() and text[found.start() - 1].isalpha() and not found[1][0].isupper():
            continue
        if kind in fields or (last is None and text[: found.start()].strip()):
            continue
        if last is not None:
            fields[last] = [text[at : found.start()].strip()]
        last, at = kind, found.end()
        fields[kind] = [""]
    if last is not None:
        fields[last] = [text[at:].strip()]
    return fields


def next_full(lines: list[Line], at: int, reach: int) -> int | None:
    """The first line from *at* on that is not empty, within *reach* lines."""
    return next((i for i in range(at, min(len(lines), at + reach)) if not lines[i].blank), None)


def label_follows(lines: list[Line], at: int, reach: int = 3) -> bool:
    """Whether the next line that is not empty has a label."""
    full = next_full(lines, at, reach)
    return full is not None and lines[full].label is not None


def _complete(fields: Fields) -> bool:
    return Label.FROM in fields and Label.SUBJECT in fields and (Label.TO in fields or Label.DATE in fields)


def _continues(lines: list[Line], i: int, last: Label, fields: Fields, subject: str | None) -> bool:
    """Whether line *i*, which has no label, is the rest of the field above it."""
    above, text = fields[last][-1], lines[i].text
    if not above:
        below = all(values[0] == "" for values in fields.values())
        return last is not Label.SUBJECT or below or label_follows(lines, i + 1, 1)
    if last in (Label.TO, Label.CC, Label.OTHER, Label.FROM):
        if (
            above.endswith((",", ";"))
            or above.count("<") > above.count(">")
            or "@" in text
            or take_date(text)[1]
        ):
            return True
        return _label_before_blank(lines, i + 1)
    if last is Label.SUBJECT and subject and _ends_with(" ".join([*fields[last], text]), subject):
        return True
    if (
        last is Label.SUBJECT
        and len(lines[i - 1].text) > 62 > len(text)
        and i + 1 < len(lines)
        and lines[i + 1].blank
    ):
        return True
    return _label_before_blank(lines, i + 1, 3)


def _ends_with(a: str, b: str) -> bool:
    return "".join(a.split()).casefold().endswith("".join(b.split()).casefold())


def _label_before_blank(lines: list[Line], at: int, reach: int = 40) -> bool:
    """Whether a line with a label comes before the next empty line."""
    for line in lines[at : at + reach]:
        if line.blank:
            return False
        if line.label is not None:
            return True
    return False
