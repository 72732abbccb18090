"""Headers of Lotus Notes: name and date without labels, above "To:" or in a column beside it."""

import re

from mailroute.parsing.dates import parse_written_date
from mailroute.parsing.fields import Fields, next_full, read_fields
from mailroute.parsing.labels import take_date
from mailroute.parsing.lines import Line
from mailroute.parsing.vocabulary import LABELS, Label, fold

_COLUMNS = re.compile(r"^(.{0,60}?)(?:\s{2,}|\t|^)([^\W\d_][^\s:：]{0,20})\s{0,2}[:：]\s*(.*)$")
_MOST_COLUMN_LINES = 60
# Characters before a label in the right column.
_LEFT_COLUMN = 12


def notes_header(
    lines: list[Line], at: int, subject: str | None, *, announced: bool = False
) -> tuple[Fields, int] | None:
    """The fields of a header that begins at line *at* without labels, and the line after it."""
    if _to_follows(lines, at) and (stacked := _stacked(lines, at, subject, announced=announced)) is not None:
        return stacked
    return _columns(lines, at) if announced else None


def _to_follows(lines: list[Line], at: int) -> bool:
    """A cheap look: nothing is Notes' header without "To:" soon after it."""
    return Label.TO in [line.label[0] for line in lines[at + 1 : at + 9] if line.label is not None]


def _stacked(
    lines: list[Line], at: int, subject: str | None, *, announced: bool
) -> tuple[Fields, int] | None:
    """Name, perhaps "Sent by:", and date on one, two or three lines."""
    names: list[str] = []
    for i in range(at, min(len(lines), at + 6)):
        text = lines[i].text
        found = lines[i].label
        if not text and names and announced:
            continue
        if not text or (found is not None and (i == at or found[0] is not Label.OTHER)):
            return None
        if found is not None:
            continue
        alone = parse_written_date(text) if len(text) < 40 and text[0].isdigit() else None
        rest, dated = ("", text) if alone else take_date(" ".join([*names, text]))
        if dated is None:
            names.append(text)
            continue
        return _below(lines, i + 1, rest or " ".join(names), dated, subject)
    return None


def _below(
    lines: list[Line], at: int, name: str, dated: str, subject: str | None
) -> tuple[Fields, int] | None:
    below = next_full(lines, at, 4)
    if not name or len(name) > 200 or below is None:
        return None
    fields, end = read_fields(lines, below, subject)
    if Label.TO not in fields or Label.SUBJECT not in fields or Label.FROM in fields:
        return None
    return {**fields, Label.FROM: [name], Label.DATE: [dated]}, end


def _columns(lines: list[Line], at: int) -> tuple[Fields, int] | None:
    """Name and date in a left column, To, cc and Subject in a right one."""
    left: list[str] = []
    fields: Fields = {}
    last: Label | None = None
    end = at
    for i in range(at, min(len(lines), at + _MOST_COLUMN_LINES)):
        line = lines[i]
        if line.blank:
            if Label.SUBJECT in fields:
                break
            continue
        if line.label is not None and last is None and _column(line.raw) is None:
            return None
        if (found := _column(line.raw)) is not None:
            head, last, value = found
            fields.setdefault(last, []).append(value)
            left.append(head)
        elif last is None:
            left.append(line.text)
        elif last is Label.SUBJECT and line.raw[:8].strip():
            break
        elif last is Label.SUBJECT:
            left.append(line.text)
        else:
            fields[last].append(line.text)
        end = i + 1
    name, dated = take_date(re.sub(r"(@\S{0,80}\.) ", r"\1", " ".join(word for word in left if word)))
    if dated is None or Label.TO not in fields or Label.SUBJECT not in fields or not name or len(name) > 200:
        return None
    return {**fields, Label.FROM: [name], Label.DATE: [dated]}, end


def _column(raw: str) -> tuple[str, Label, str] | None:
    """Left column, label and value of a line in two columns."""
    if (":" not in raw and "：" not in raw) or (raw[:1].strip() and "  " not in raw):
        return None
    found = _COLUMNS.match(raw[:400])
    kind = LABELS.get(fold(found[2])) if found else None
    if found is None or kind not in (Label.TO, Label.CC, Label.SUBJECT) or found.start(2) < _LEFT_COLUMN:
        return None
    return found[1].strip(), kind, found[3].strip()
