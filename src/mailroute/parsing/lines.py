"""Text as lines that know how deep they are quoted."""

import re
from typing import NamedTuple

from mailroute.parsing.labels import label_of
from mailroute.parsing.vocabulary import MARKS, Label

_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?){1,60}|")
_MBOX = re.compile(r">+From ")


class Line(NamedTuple):
    """One line: as it stands, how many ">" stand before it, and what is left of it without them.

    A tuple and no dataclass, because a mail has thousands and making them is half of looking at them.
    """

    raw: str
    depth: int
    text: str
    """Without quote marks and outer white space."""
    label: tuple[Label, str] | None
    """What it tells as a line of a header block."""

    @property
    def blank(self) -> bool:
        """Whether nothing is left."""
        return not self.text


def lines_of(text: str) -> list[Line]:
    """The lines of *text*; a ">From " of a mailbox file counts as text."""
    return [
        Line(raw, 0, raw.strip(), None) if ":" not in raw and ">" not in raw and raw.isascii() else _line(raw)
        for raw in text.split("\n")
    ]


def _line(raw: str) -> Line:
    if ">" not in raw[:4] or _MBOX.match(raw):
        text = _bare(raw)
        return Line(raw, 0, text, label_of(text) if ":" in text or "：" in text else None)
    found = _QUOTE.match(raw)
    marks = found[0] if found else ""
    text = _bare(raw[len(marks) :])
    return Line(raw, marks.count(">"), text, label_of(text))


def _bare(text: str) -> str:
    """*text* without marks of direction and outer white space."""
    return text.strip() if text.isascii() else text.translate(MARKS).strip()


def unquote(lines: list[Line], levels: int) -> str:
    """The text of *lines* with that many levels of ">" taken off."""
    return (
        "\n".join(_peel(line.raw, levels) for line in lines)
        if levels
        else "\n".join(line.raw for line in lines)
    )


def _peel(raw: str, levels: int) -> str:
    for _ in range(levels):
        head = raw.lstrip(" \t")
        if not head.startswith(">"):
            break
        raw = head[1:]
        raw = raw[1:] if raw.startswith(" ") else raw
    return raw


def trim(text: str) -> str:
    """*text* without empty lines at its ends and without white space at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n").strip() if text else ""
