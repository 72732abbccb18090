"""Words that name weeks, months, quarters and parts of them: the second half of the table begun in `dates`."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from mailroute.extraction.calendar_words import MONTHS, ORDINALS
from mailroute.extraction.reckoning import (
    DAY,
    MONTH_WORD,
    YEAR,
    Clock,
    Reckoner,
    Span,
    add_months,
    any_of,
    day_number,
    full_year,
    make_date,
    month_end,
    next_such,
)
from mailroute.extraction.wordlists import joined

PARTS: Mapping[str, str] = {
    "early": "early", "beginning of": "early", "the beginning of": "early", "start of": "early",
    "the start of": "early",
    "anfang": "early", "début": "early", "mid": "mid", "mid-": "mid", "middle of": "mid", "the middle of": "mid",
    "mitte": "mid", "mi-": "mid", "late": "late", "end of": "late", "the end of": "late", "end": "late", "ende": "late",
    "ende des": "late", "fin": "late", "la fin": "late", "fin du": "late", "la fin du": "late", "anfang des": "early",
    "la fin de": "late", "fin de": "late", "late in": "late", "later": "late", "early in": "early", "ende der": "late",
    "eo": "late", "la fin de la": "late",
}  # fmt: skip
END_ONLY = frozenset({"end of", "the end of", "end", "ende", "ende des", "ende der", "fin", "la fin", "fin du",
                      "la fin du", "la fin de", "fin de", "la fin de la", "eo"})  # fmt: skip
"""These name the last day itself."""


def _part(words: str | None, first: date, last: date) -> tuple[date, date]:
    """The third of a span that the words name."""
    folded = " ".join((words or "").lower().split())
    third = (last - first).days // 3
    match PARTS.get(folded):
        case "early":
            return first, first + timedelta(days=third)
        case "mid":
            middle = first + timedelta(days=(last - first).days // 2)
            return middle, middle
        case "late":
            return (last if folded in END_ONLY else last - timedelta(days=third)), last
        case _:
            return first, last


def named_month(match: re.Match[str], clock: Clock) -> Span | None:
    """March 2026, end of March, mid-April, Dec-2018."""
    month, year = MONTHS[match["month"].lower()], full_year(match["year"])
    if year is None:
        year = clock.anchor.year + (month_end(clock.anchor.year, month) < clock.anchor)
    first, last = _part(match["part"], date(year, month, 1), month_end(year, month))
    if last < clock.anchor and not match["year"]:
        first, last = _part(match["part"], date(year + 1, month, 1), month_end(year + 1, month))
    return Span(first, last, explicit_year=match["year"] is not None)


def this_period(match: re.Match[str], clock: Clock) -> Span | None:
    """This week, next month, end of the quarter, by year end."""
    unit, ahead = match["period"].lower(), _is_next(match["which"])
    unit = {"w": "week", "m": "month", "q": "quarter", "y": "year"}.get(unit, unit)
    first, last = _period(unit, clock.anchor, ahead)
    first, last = _part(match["part"], first, last)
    if (
        unit.startswith(("week", "woche", "semaine"))
        and "end" not in unit
        and match["part"]
        and last.weekday() == 6
    ):
        first = last = last - timedelta(days=2)  # a working week ends on Friday
    return None if last < clock.anchor else Span(max(first, clock.anchor), last, relative=True)


def part_of_period(match: re.Match[str], clock: Clock) -> Span | None:
    """The first quarter of the year, the second half of the year, the last week of this month."""
    nth = 0 if match["nth"].lower() == "last" else day_number(match["nth"])
    kind, anchor = match["kind"].lower(), clock.anchor
    if kind == "week":
        last = month_end(anchor.year, anchor.month)
        return Span(last - timedelta(days=6), last) if nth == 0 else None
    months = {"quarter": 3, "half": 6}[kind]
    index = nth or 12 // months
    if index * months > 12:
        return None
    year = anchor.year + (month_end(anchor.year, index * months) < anchor)
    return Span(date(year, months * (index - 1) + 1, 1), month_end(year, months * index))


def _is_next(words: str | None) -> int:
    return int(
        bool(words)
        and str(words).lower().startswith(("next", "following", "coming", "nächst", "kommend", "proch"))
    )


def _period(unit: str, anchor: date, ahead: int) -> tuple[date, date]:
    if unit.startswith(("week", "woche", "semaine")):
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(days=7 * ahead)
        if unit.startswith(("weekend", "wochenende")):
            return monday + timedelta(days=5), monday + timedelta(days=6)
        return monday, monday + timedelta(days=6)
    if unit.startswith(("month", "monat", "mois")):
        day = add_months(anchor.replace(day=1), ahead)
        return day, month_end(day.year, day.month)
    if unit.startswith(("quarter", "quartal", "trimestre")):
        day = add_months(date(anchor.year, 3 * ((anchor.month - 1) // 3) + 1, 1), 3 * ahead)
        return day, month_end(day.year, day.month + 2)
    return date(anchor.year + ahead, 1, 1), date(anchor.year + ahead, 12, 31)


def quarter(match: re.Match[str], clock: Clock) -> Span | None:
    """Q3, 2026-Q1, H2 2026, end of Q1."""
    year = full_year(match["y1"] or match["y2"]) or clock.anchor.year
    months, index = (3, int(match["n"])) if match["kind"].lower() == "q" else (6, int(match["n"]))
    if index * months > 12:
        return None
    first = date(year, months * (index - 1) + 1, 1)
    last = month_end(year, months * index)
    if last < clock.anchor and not (match["y1"] or match["y2"]):
        first, last = first.replace(year=year + 1), month_end(year + 1, months * index)
    first, last = _part(match["part"], first, last)
    return Span(first, last, explicit_year=bool(match["y1"] or match["y2"]))


def week_number(match: re.Match[str], clock: Clock) -> Span | None:
    """Week 23, KW 12, semaine 40: the ISO week that is still ahead."""
    week = int(match["n"])
    for year in (clock.anchor.year, clock.anchor.year + 1):
        if not 1 <= week <= date(year, 12, 28).isocalendar().week:
            return None
        monday = date.fromisocalendar(year, week, 1)
        if monday + timedelta(days=6) >= clock.anchor:
            return Span(monday, monday + timedelta(days=6))
    return None


def week_of(match: re.Match[str], clock: Clock) -> Span | None:
    """The week of April 10th, week commencing 3 May."""
    month = MONTHS[(match["m1"] or match["m2"]).lower()]
    day = next_such(clock.anchor, month, day_number(match["d1"] or match["d2"]))
    if day is None:
        return None
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=6))


def nth_week(match: re.Match[str], clock: Clock) -> Span | None:
    """The first week of May, the last week of July."""
    month = MONTHS[match["month"].lower()]
    year = full_year(match["year"]) or clock.anchor.year + (
        month_end(clock.anchor.year, month) < clock.anchor
    )
    last = month_end(year, month)
    if match["nth"].lower() == "last":
        return Span(last - timedelta(days=6), last)
    nth = ORDINALS[match["nth"].lower()]
    first = make_date(year, month, 7 * (nth - 1) + 1)
    return None if first is None else Span(first, min(first + timedelta(days=6), last))


PART = rf"(?:(?P<part>{any_of(PARTS)})\s*)?"
SPANS: tuple[tuple[re.Pattern[str], Reckoner], ...] = tuple(
    (re.compile(rf"(?<![\w/-]){pattern}(?!\w)", re.IGNORECASE), reckon)
    for pattern, reckon in (
        (rf"(?P<part>{any_of(PARTS)})\s*(?P<month>{MONTH_WORD})(?:[\s,-]+(?P<year>{YEAR}))?", named_month),
        (rf"(?P<part>)(?P<month>{MONTH_WORD})[\s,-]+(?P<year>{YEAR})", named_month),
        (rf"(?<=\bby )(?P<part>)(?P<month>{MONTH_WORD})(?P<year>)", named_month),
        (joined(
            rf"""
            {PART}(?P<which>this|this\s+calendar|current|the\s+current|rest\s+of\s+the|
            the\s+rest\s+of\s+the|remaining\s+of\s+the|next|the\s+following|the\s+coming|coming|
            following|diese[rsn]?|nächste[rsn]?|kommende[rsn]?)\s+(?P<period>weekend|week|month|quarter|
            year|wochenende|woche|monat|quartal|jahr(?:es)?|monats)
            """
        ), this_period),
        (joined(
            r"""
            (?P<part>end\s+of|the\s+end\s+of|end|ende\s+des|ende\s+der|ende|fin\s+de|la\s+fin\s+de|fin|
            fin\s+du|la\s+fin\s+du)\s+(?:the\s+|this\s+|of\s+|la\s+|l['’])?(?P<which>next\s+|
            nächster\s+|nächsten\s+)?(?P<period>week|month|quarter|year|monats?|woche|quartals?|jahres|
            semaine|mois|année|trimestre)
            """
        ), this_period),
        (joined(
            r"""
            (?P<which>)(?P<period>month|year|quarter|monats|jahres|quartals)[\s-]?(?P<part>end|ende)
            """
        ), this_period),
        (r"(?:the\s+)?(?P<which>)(?P<part>)(?P<period>weekend)", this_period),
        (r"(?P<part>eo)(?P<which>)(?P<period>[wmqy])", this_period),
        (joined(
            r"""
            (?:the\s+)?(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|last)\s+(?P<kind>quarter|half|
            week)\s+of\s+(?:the|this|next)\s+(?P<period>year|month)
            """
        ), part_of_period),
        (r"la\s+(?P<period>semaine|année)\s+(?P<which>prochaine)(?P<part>)", this_period),
        (r"(?:le\s+)?(?P<period>mois|trimestre)\s+(?P<which>prochain)(?P<part>)", this_period),
        (rf"{PART}(?:(?P<y1>20\d\d)[\s-]*)?(?P<kind>[QH])(?P<n>[1-4])(?:[\s-]*(?P<y2>20\d\d))?", quarter),
        (joined(
            r"""
            (?:week|wk|kw|calendar\s+week|kalenderwoche|semaine|woche)\s*(?:no\.?\s*)?(?P<n>\d{1,2})
            (?!\s*(?:%|days?|x))
            """
        ), week_number),
        (joined(
            rf"""
            (?:the\s+)?week\s+(?:of|commencing|beginning|starting(?:\s+on)?)
            \s+(?:the\s+)?(?:(?P<m1>{MONTH_WORD})\s+(?P<d1>{DAY})|(?P<d2>{DAY})
            \s+(?:of\s+)?(?P<m2>{MONTH_WORD}))
            """
        ), week_of),
        (joined(
            rf"""
            (?:the\s+)?(?P<nth>first|second|third|fourth|last)\s+week\s+(?:of|in)
            \s+(?P<month>{MONTH_WORD})(?:\s+(?P<year>{YEAR}))?
            """
        ), nth_week),
    )
)  # fmt: skip
