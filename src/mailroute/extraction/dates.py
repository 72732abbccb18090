"""Words that name one day: a table of phrases, each with the function that reckons it from the day of writing."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from mailroute.extraction.calendar_words import FIXED_FEASTS, MONTHS, MOVING_FEASTS, ORDINALS, feast_after
from mailroute.extraction.reckoning import (
    COUNT,
    DAY,
    LEADING_WEEKDAY,
    MONTH_WORD,
    UNIT,
    WEEKDAY_WORD,
    WORKING,
    YEAR,
    Clock,
    Reckoner,
    Span,
    add_months,
    add_working_days,
    any_of,
    day_number,
    full_year,
    make_date,
    month_end,
    next_such,
    number,
    one_day,
)
from mailroute.extraction.wordlists import joined


def month_day(match: re.Match[str], clock: Clock) -> Span | None:
    """4 March, March 4th 2026, the 2nd of Aug, Wed 4 March."""
    month, day = MONTHS[match["month"].lower()], day_number(match["day"])
    if year := full_year(match["year"]):
        return one_day(make_date(year, month, day), explicit_year=True)
    return one_day(next_such(clock.anchor, month, day))


def iso(match: re.Match[str], _clock: Clock) -> Span | None:
    """2026-03-04, 20260304."""
    return one_day(make_date(int(match["y"]), int(match["m"]), int(match["d"])), explicit_year=True)


def numeric(match: re.Match[str], clock: Clock) -> Span | None:
    """03/04/2026, 3.4., 22/04: the order of the writer's country, unless weekday, calendar or past speak against it."""
    a, b, year = int(match["a"]), int(match["b"]), full_year(match["y"])
    dotted = match["mark"] == "." and (match["y"] or match.group().endswith("."))
    day_first = bool(dotted) or not clock.month_first
    ambiguous = a <= 12 and b <= 12 and a != b and not dotted
    readings = ((a, b), (b, a)) if day_first else ((b, a), (a, b))
    days = [d for day, month in readings if (d := _in_year(year, month, day, clock))]
    wanted = clock.weekdays.get((match["leading"] or "").lower())
    fitting = (
        sorted(d for d in days if d.weekday() == wanted) or [d for d in days if d >= clock.anchor] or days
    )
    return one_day(
        next(iter(fitting), None),
        explicit_year=year is not None,
        ambiguous=ambiguous,
        bare=year is None and wanted is None,
    )


def _in_year(year: int | None, month: int, day: int, clock: Clock) -> date | None:
    if year:
        return make_date(year, month, day)
    return next_such(clock.anchor, month, day) if 1 <= month <= 12 else None


def month_days(match: re.Match[str], clock: Clock) -> Span | None:
    """27 to 31 July, November 18-19, 12.-14. Juni."""
    month, first, last = MONTHS[match["month"].lower()], day_number(match["day"]), day_number(match["last"])
    begin = next_such(clock.anchor, month, first)
    end = make_date(begin.year, month, last) if begin else None
    return Span(begin, end) if begin and end and begin <= end else None


def weekday_day(match: re.Match[str], clock: Clock) -> Span | None:
    """Monday 21, Tue the 13th: the next day that is both."""
    wanted, day = clock.weekdays.get(match["weekday"].lower()), day_number(match["day"])
    months = ((clock.anchor.year * 12 + clock.anchor.month - 1 + n) for n in range(15))
    found = (make_date(m // 12, m % 12 + 1, day) for m in months)
    return one_day(next((d for d in found if d and d >= clock.anchor and d.weekday() == wanted), None))


def weekday_of_week(match: re.Match[str], clock: Clock) -> Span | None:
    """Tuesday of next week, Monday of the following week, Friday this week."""
    wanted = clock.weekdays.get(match["weekday"].lower())
    if wanted is None:
        return None
    monday = clock.anchor - timedelta(days=clock.anchor.weekday())
    ahead = 0 if match["which"].lower() in {"this", "dieser", "diese", "cette"} else 7
    return one_day(monday + timedelta(days=wanted + ahead), relative=True)


def day_of_month(match: re.Match[str], clock: Clock) -> Span | None:
    """The 15th day of next month, the last day of the month."""
    first = add_months(clock.anchor.replace(day=1), int((match["which"] or "").lower().startswith("next")))
    if match["day"].lower() == "last":
        return one_day(month_end(first.year, first.month))
    return one_day(make_date(first.year, first.month, day_number(match["day"])))


def weekday(match: re.Match[str], clock: Clock) -> Span | None:
    """Friday, next Friday (of the week after), this Friday, a week on Friday, Friday week."""
    wanted = clock.weekdays[match["weekday"].lower().rstrip(".")]
    how = (match["how"] or "").lower()
    ahead = (wanted - clock.anchor.weekday()) % 7
    if how.startswith(("last", "letzt", "vorig", "vergangen", "past", "previous", "derni", "passé")):
        return one_day(
            clock.anchor - timedelta(days=(clock.anchor.weekday() - wanted) % 7 or 7), relative=True
        )
    if how in NEXT_WEEKDAY:
        return one_day(clock.anchor + timedelta(days=7 - clock.anchor.weekday() + wanted), relative=True)
    if ahead == 0 and not how.startswith(("this", "heute", "dies", "ce")):
        ahead = 7
    later = 7 * bool(match.groupdict().get("week") or match.groupdict().get("weekafter"))
    return one_day(clock.anchor + timedelta(days=ahead + later), relative=True, bare=not how)


NEXT_WEEKDAY = frozenset({"next", "following", "the following"})

DAYS_AHEAD: Mapping[str, int] = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "heute": 0,
    "heute noch": 0, "noch heute": 0, "heute abend": 0, "aujourd'hui": 0, "aujourd’hui": 0, "ce soir": 0, "ce matin": 0,
    "cet après-midi": 0, "eod": 0, "cob": 0, "end of day": 0, "the day after": 1, "end of the day": 0,
    "close of business": 0,
    "close of play": 0, "end of play": 0, "tagesende": 0, "feierabend": 0, "hoy": 0, "oggi": 0, "vandaag": 0,
    "tomorrow": 1, "tmrw": 1, "tmr": 1, "morgen": 1, "morgen früh": 1, "demain": 1, "mañana": 1, "domani": 1,
    "the day after tomorrow": 2, "day after tomorrow": 2, "übermorgen": 2, "après-demain": 2,
}  # fmt: skip


def days_ahead(match: re.Match[str], clock: Clock) -> Span | None:
    """today, tomorrow, EOD."""
    days = DAYS_AHEAD[" ".join(match["word"].lower().split())]
    return one_day(clock.anchor + timedelta(days=days), relative=True)


def this_day(_match: re.Match[str], clock: Clock) -> Span | None:
    """By noon, by 5 pm: of the day of writing."""
    return one_day(clock.anchor, relative=True, hour=True)


def in_units(match: re.Match[str], clock: Clock) -> Span | None:
    """In two weeks, within 10 working days, within 48 hours."""
    count, unit = number(match["n"]), match["unit"].lower()
    if not 0 < count < 1000:
        return None
    if match["working"] and unit.startswith(("day", "tag", "jour")):
        return one_day(add_working_days(clock.anchor, count), relative=True)
    if unit.startswith(("week", "woche", "semaine")):
        return one_day(clock.anchor + timedelta(weeks=count), relative=True)
    if unit.startswith(("month", "monat", "mois")):
        return one_day(add_months(clock.anchor, count), relative=True)
    if unit.startswith(("year", "jahr", "an")):
        return one_day(add_months(clock.anchor, 12 * count), relative=True)
    days = {"h": -(-count // 24), "s": -(-count // 24), "f": 14 * count}.get(unit[0], count)
    return one_day(clock.anchor + timedelta(days=days), relative=True)


def bare_day(match: re.Match[str], clock: Clock) -> Span | None:
    """The 15th: of this month, or of the next that still has it ahead."""
    day = day_number(match["day"])
    months = ((clock.anchor.year * 12 + clock.anchor.month - 1 + n) for n in range(13))
    found = (make_date(m // 12, m % 12 + 1, day) for m in months)
    return one_day(next((d for d in found if d and d >= clock.anchor), None))


def feast(match: re.Match[str], clock: Clock) -> Span | None:
    """Good Friday, Christmas."""
    return one_day(feast_after(" ".join(match["feast"].lower().replace("’", "'").split()), clock.anchor))


DAYS: tuple[tuple[re.Pattern[str], Reckoner], ...] = tuple(
    (re.compile(rf"(?<![\w/-]){pattern}(?!\w)", re.IGNORECASE), reckon)
    for pattern, reckon in (
        (r"(?P<y>(?:19|20)\d{2})(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})", iso),
        (r"(?P<y>20\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)", iso),
        (joined(
            rf"""
            {LEADING_WEEKDAY}(?P<a>\d{{1,2}})(?P<mark>[./-])(?P<b>\d{{1,2}})(?P=mark)(?P<y>\d{{4}}|
            \d{{2}})
            """
        ), numeric),
        (rf"(?P<leading>{WEEKDAY_WORD})\s+(?P<a>\d{{1,2}})(?P<mark>-)(?P<b>\d{{1,2}})(?P<y>)", numeric),
        (joined(
            rf"""
            {LEADING_WEEKDAY}(?P<a>\d{{1,2}})(?P<mark>[./])(?P<b>\d{{1,2}})(?P<y>)(?:\.(?!\d)|
            (?![./\d-]))
            """
        ), numeric),
        (joined(
            rf"""
            (?P<day>{DAY})\s*(?:-|–|to|until|till|bis|and|und|et|au|/|&)\s*(?P<last>{DAY})
            \s+(?:of\s+)?(?P<month>{MONTH_WORD})\b
            """
        ), month_days),
        (joined(
            rf"""
            (?P<month>{MONTH_WORD})[^\S\n]+(?P<day>{DAY})\s*(?:-|–|to|and|until)\s*(?P<last>{DAY})
            (?![:\d])
            """
        ), month_days),
        (joined(
            rf"""
            {LEADING_WEEKDAY}(?P<day>{DAY})(?:\s*-\s*|\s+|/)?(?:(?:day\s+)?of\s+|
            de\s+)?(?P<month>{MONTH_WORD})\b\.?(?:[,\s]\s*(?:of\s+|in\s+)?|[-/])?(?P<year>{YEAR})?
            """
        ), month_day),
        (joined(
            rf"""
            {LEADING_WEEKDAY}(?P<month>{MONTH_WORD})\b(?:\.?[^\S\n]*-[^\S\n]*|[.,]?[^\S\n]+|,?\n|/)
            (?:the\s+)?(?P<day>{DAY})(?![:\d])(?:(?:,?\s+(?:in\s+)?|[-/])(?P<year>{YEAR}))?
            """
        ), month_day),
        (rf"(?P<year>{YEAR})[-/](?P<day>\d{{1,2}})[-/](?P<month>{MONTH_WORD})", month_day),
        (rf"(?P<year>{YEAR})[-/](?P<month>{MONTH_WORD})[-/](?P<day>\d{{1,2}})", month_day),
        (rf"(?P<month>{MONTH_WORD})-(?P<year>{YEAR})-(?P<day>\d{{1,2}})", month_day),
        (rf"(?P<day>\d{{1,2}})-(?P<year>{YEAR})-(?P<month>{MONTH_WORD})", month_day),
        (joined(
            rf"""
            (?P<weekday>{WEEKDAY_WORD})\.?,?\s+(?:the\s+)?(?P<day>\d{{1,2}}(?:st|nd|rd|th)|
            (?:the\s+)?{any_of(ORDINALS)}|\d{{1,2}}(?=\s*$|\s+at\b|[.,;!?](?!\d)))
            """
        ), weekday_day),
        (joined(
            rf"""
            (?P<weekday>{WEEKDAY_WORD})\s+(?:(?:of|in)\s+)?(?P<which>this|next|the\s+following|
            the\s+coming|nächster|dieser)\s+(?:week|woche)
            """
        ), weekday_of_week),
        (joined(
            rf"""
            (?:the\s+)?(?P<day>{DAY}|last)\s+day\s+of\s+(?:the\s+|this\s+)?(?P<which>next\s+)?month
            """
        ), day_of_month),
        (joined(
            rf"""
            (?:(?P<how>next|the\s+following|following|this\s+upcoming|upcoming|this\s+coming|this|coming|last|
            past|previous|nächsten|kommenden|diesen|letzten|vorigen|
            vergangenen)\s+)?(?P<weekday>{WEEKDAY_WORD})\.?(?:\s+(?P<week>week)\b)?
            """
        ), weekday),
        (rf"(?P<weekday>{WEEKDAY_WORD})\s+(?P<how>derni[eè]re?|passée?|prochaine?)", weekday),
        (joined(
            rf"""
            (?P<which>this|next|the\s+following|the\s+coming|diese|nächste|kommende)\s+(?:week|woche)
            (?:\s+on|\s+am|,)?\s+(?P<weekday>{WEEKDAY_WORD})
            """
        ), weekday_of_week),
        (joined(
            rf"""
            (?P<weekafter>a\s+week\s+on|a\s+week\s+from|week\s+on)\s+(?P<how>)
            (?P<weekday>{WEEKDAY_WORD})
            """
        ), weekday),
        (rf"(?P<word>{any_of(DAYS_AHEAD)})", days_ahead),
        (joined(
            rf"""
            (?:in|within|inside|in\s+the\s+next|within\s+the\s+next|over\s+the\s+next|next|
            innerhalb\s+von|binnen|dans|sous)\s+(?P<n>{COUNT})\s*{WORKING}[\s-]*(?P<unit>{UNIT})
            (?!\s+of\b)
            """
        ), in_units),
        (joined(
            rf"""
            (?P<n>{COUNT})\s+{WORKING}\s*(?P<unit>{UNIT})\s+(?:from\s+(?:now|today)|after\s+today|time)
            """
        ), in_units),
        (joined(
            r"""
            (?:the\s+|am\s+|den\s+|zum\s+|le\s+)(?P<day>\d{1,2}(?:st|nd|rd|th))(?!\s*(?:floor|of|
            attempt|time|row|edition|anniversary|birthday))
            """
        ), bare_day),
        (joined(
            r"""
            (?<=\bby )(?P<word>noon|midday|lunchtime|lunch|\d{1,2}(?::\d\d|\.\d\d)?\s?(?:am|pm|a\.m\.|
            p\.m\.)|\d{1,2}:\d\d|\d{1,2} o['’]clock)
            """
        ), this_day),
        (rf"(?P<feast>{any_of({**FIXED_FEASTS, **MOVING_FEASTS})})", feast),
    )
)  # fmt: skip
