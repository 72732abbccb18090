"""Lines such as "From: Ann Lee" inside a text, in all languages of `vocabulary`."""

import re

from mailroute.parsing.dates import parse_written_date
from mailroute.parsing.vocabulary import LABELS, Label, fold

_LABEL = re.compile(
    r"[*_|\s•·]{0,6}([^\W\d_][^:：\n]{0,38}?)[*_\s\xa0|]{0,4}[:：][*_|]{0,3}[ \t\xa0]*(.*)", re.DOTALL
)
_DATE_TAIL = re.compile(
    r"^(.{0,200}?)(?:\s+(?:on|am|le|el|il|em|den|op|dne)\s+|\s*,\s+|\s+|^)"
    r"(\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\.?,?\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s+[A-Z]{2,5}\d?)?)\s*$"
)

_DATED = re.compile(
    r"([^\W\d_][^\d:]{1,20}?)\s+(\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\s.{0,6}?\d{1,2}[:.h]\d{2}\S{0,6})$"
)
_LONGEST_DATED = 50


def label_of(text: str) -> tuple[Label, str] | None:
    """Label and value of a header line of any program."""
    if ":" not in text[:60] and "：" not in text[:60]:
        return None
    found = _LABEL.match(text[:5000])
    if found is None:
        return None
    kind = LABELS.get(fold(found[1]))
    if kind is not None:
        return kind, found[2].strip().strip("|").strip()
    return _dated(text)


def _dated(text: str) -> tuple[Label, str] | None:
    """A date behind its label without a colon: "Message du 02/03/26 16:05" of French portals."""
    found = _DATED.match(text) if len(text) < _LONGEST_DATED else None
    if found is None or LABELS.get(fold(found[1])) is not Label.DATE:
        return None
    return Label.DATE, found[2]


# What must stand at the end before the pattern above is worth trying.
_TIME_TAIL = re.compile(r"\d[:.]\d{2}[^\n]{0,14}$")


def take_date(text: str) -> tuple[str, str | None]:
    """The text before the date that ends it, and the date: "Ann Lee  03/02/2026 09:14 AM" in two."""
    if not _TIME_TAIL.search(text[-24:]):
        return text, None
    found = _DATE_TAIL.match(text.strip()[:400])
    if found is None or parse_written_date(found[2]) is None:
        return text, None
    return found[1].strip().rstrip(",").removesuffix(" on").strip(), found[2]
