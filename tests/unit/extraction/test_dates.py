"""Phrases that name days, reckoned from Wednesday, 4 March 2026."""

from datetime import date

import pytest

from mailroute.extraction.calendar_words import WEEKDAYS, easter
from mailroute.extraction.mentions import find_dates
from mailroute.extraction.reckoning import Clock

WEDNESDAY = date(2026, 3, 4)


def named(text: str, language: str = "en", *, month_first: bool = False) -> list[tuple[str, str]]:
    """First and last day of each mention."""
    clock = Clock(WEDNESDAY, WEEKDAYS[language], month_first=month_first)
    return [(m.first.isoformat(), m.last.isoformat()) for m in find_dates(text, clock)]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-03-04"),
        ("tonight", "2026-03-04"),
        ("EOD", "2026-03-04"),
        ("by close of business", "2026-03-04"),
        ("by noon", "2026-03-04"),
        ("by 5 pm", "2026-03-04"),
        ("tomorrow", "2026-03-05"),
        ("the day after tomorrow", "2026-03-06"),
        ("on Friday", "2026-03-06"),
        ("this Friday", "2026-03-06"),
        ("by Wednesday", "2026-03-11"),
        ("next Monday", "2026-03-09"),
        ("next Friday", "2026-03-13"),
        ("Tuesday of next week", "2026-03-10"),
        ("a week on Friday", "2026-03-13"),
        ("in two weeks", "2026-03-18"),
        ("within 48 hours", "2026-03-06"),
        ("within 10 working days", "2026-03-18"),
        ("in three months", "2026-06-04"),
        ("20 April", "2026-04-20"),
        ("April 20th", "2026-04-20"),
        ("the second of May", "2026-05-02"),
        ("the 2nd of May, 2027", "2027-05-02"),
        ("1 March", "2027-03-01"),
        ("Monday 16 March", "2026-03-16"),
        ("by the 9th", "2026-03-09"),
        ("by the 2nd", "2026-04-02"),
        ("Friday the 13th", "2026-03-13"),
        ("2026-04-20", "2026-04-20"),
        ("20/04/2026", "2026-04-20"),
        ("4/20/2026", "2026-04-20"),
        ("20-Apr-2026", "2026-04-20"),
        ("end of the month", "2026-03-31"),
        ("end of April", "2026-04-30"),
        ("end of the quarter", "2026-03-31"),
        ("by year end", "2026-12-31"),
        ("end of the week", "2026-03-06"),
        ("Good Friday", "2026-04-03"),
        ("Christmas", "2026-12-25"),
        ("29 February", "2028-02-29"),
    ],
)
def test_english_phrase(words: str, day: str) -> None:
    """An English phrase names the day that its writer meant."""
    assert [(day, day)] == named(words)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("next week", "2026-03-09", "2026-03-15"),
        ("week 12", "2026-03-16", "2026-03-22"),
        ("the week of April 10th", "2026-04-06", "2026-04-12"),
        ("27 to 31 July", "2026-07-27", "2026-07-31"),
        ("November 18-19", "2026-11-18", "2026-11-19"),
        ("next month", "2026-04-01", "2026-04-30"),
        ("Q3", "2026-07-01", "2026-09-30"),
        ("2027-H1", "2027-01-01", "2027-06-30"),
        ("the weekend", "2026-03-07", "2026-03-08"),
        ("the last week of July", "2026-07-25", "2026-07-31"),
    ],
)
def test_span_of_days(words: str, first: str, last: str) -> None:
    """A week, month, quarter or range names its first and its last day."""
    assert [(first, last)] == named(words)


@pytest.mark.parametrize(
    ("words", "language", "day"),
    [
        ("bis Freitag", "de", "2026-03-06"),
        ("übermorgen", "de", "2026-03-06"),
        ("bis zum 31.03.2026", "de", "2026-03-31"),
        ("am 16. April", "de", "2026-04-16"),
        ("bis Montag, 11. Mai", "de", "2026-05-11"),
        ("bis 16.11.", "de", "2026-11-16"),
        ("Ende des Monats", "de", "2026-03-31"),
        ("in zwei Wochen", "de", "2026-03-18"),
        ("demain", "fr", "2026-03-05"),
        ("avant jeudi midi", "fr", "2026-03-05"),
        ("le 24 septembre", "fr", "2026-09-24"),
        ("la fin du mois", "fr", "2026-03-31"),
        ("dans deux semaines", "fr", "2026-03-18"),
        ("mañana", "es", "2026-03-05"),
        ("15 aprile", "it", "2026-04-15"),
    ],
)
def test_phrase_of_another_language(words: str, language: str, day: str) -> None:
    """German, French and other phrases name days too."""
    assert [(day, day)] == named(words, language)


@pytest.mark.parametrize(
    "words", ["30 February", "Feb 30 2026", "31/31/2026", "the lift", "asap", "3 times", "mon ami"]
)
def test_what_names_no_day(words: str) -> None:
    """Impossible dates and other words name no day."""
    assert [] == named(words, "fr" if words.startswith("mon") else "en")


def test_month_first_where_the_writer_sits_there() -> None:
    """An American 3/4 is 4 March, a British one 3 April; one that fits only one way is read that way."""
    assert [("2027-04-03", "2027-04-03")] == named("3/4/2027")
    assert [("2027-03-04", "2027-03-04")] == named("3/4/2027", month_first=True)


def test_ambiguous_order_is_flagged() -> None:
    """A date in which day and month could be swapped says so."""
    found = find_dates("by 5/6/2026 or 25/6/2026", Clock(WEDNESDAY, WEEKDAYS["en"]))

    assert [True, False] == [m.ambiguous for m in found]


def test_weekday_settles_the_order() -> None:
    """A weekday beside numbers tells which of them is the month."""
    assert [("2026-06-05", "2026-06-05")] == named("Friday 6/5/2026", month_first=True) or named(
        "Friday 5/6/2026"
    )


@pytest.mark.parametrize(("year", "day"), [(2024, "2024-03-31"), (2026, "2026-04-05"), (2038, "2038-04-25")])
def test_easter(year: int, day: str) -> None:
    """Easter falls where the calendar has it."""
    assert day == easter(year).isoformat()
