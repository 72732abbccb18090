"""Dates as mail programs write them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mailroute.parsing.dates import parse_date_field, parse_written_date

MORNING = datetime(2026, 3, 2, 9, 14)  # noqa: DTZ001  a block without a zone gives local time


@pytest.mark.parametrize(
    "text",
    [
        "Monday, March 2, 2026 9:14 AM",
        "Mon, Mar 2, 2026 at 9:14 AM",
        "Montag, 2. März 2026 09:14",
        "Mo., 2. März 2026 um 09:14 Uhr",
        "lundi 2 mars 2026 09:14",
        "lun. 2 mars 2026 à 09:14",
        "lunes, 2 de marzo de 2026 9:14",
        "segunda-feira, 2 de março de 2026 09:14",
        "lunedì 2 marzo 2026 09:14",
        "maandag 2 maart 2026 09:14",
        "mån 2 mars 2026 kl 09:14",
        "man. 2. mar. 2026 kl. 09.14",
        "ma 2. maalisk. 2026 klo 9.14",
        "poniedziałek, 2 marca 2026 09:14",
        "pondělí 2. března 2026 9:14",
        "2026. március 2., hétfő 9:14",
        "luni, 2 martie 2026 09:14",
        "2 Mart 2026 Pazartesi 09:14",
        "понедельник, 2 марта 2026 г. 9:14",
        "пн, 2 бер. 2026 р. о 09:14",
        "Δευτέρα, 2 Μαρτίου 2026 9:14 π.μ.",
        "2026年3月2日 9:14",
        "2026年3月2日 周一 上午9:14",
        "2026년 3월 2일 월요일 오전 9:14",
        "2 במרץ 2026 9:14",
        "٢ مارس ٢٠٢٦ ٩:١٤ ص",
        "2 มี.ค. 2569 09:14",
        "02.03.2026 09:14",
        "2026-03-02 09:14",
        "3/2/2026 9:14 AM",
        "03/02/26 09:14 AM",
        "pon, 2. ožu 2026. u 09:14",
    ],
)
def test_one_morning_in_many_languages(text: str) -> None:
    """A date without a zone is the writer's local time, in whatever language his program writes it."""
    assert parse_written_date(text) == MORNING


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2 March 2026 at 09:14:00 CET", 1),
        ("2. März 2026 um 09:14:00 MEZ", 1),
        ("2 mars 2026 à 09:14:00 UTC+1", 1),
        ("March 2, 2026 at 9:14:00 AM GMT-5", -5),
        ("Mon, 2 Mar 2026 09:14:00 +0530", 5.5),
        ("2 March 2026 09:14 PST", -8),
    ],
)
def test_a_zone_that_is_named_is_kept(text: str, hours: float) -> None:
    """Only a date that names its zone is aware."""
    assert parse_written_date(text) == MORNING.replace(tzinfo=timezone(timedelta(hours=hours)))


@pytest.mark.parametrize(
    ("text", "month_first", "expected"),
    [
        ("03/04/2026", True, (3, 4)),
        ("03/04/2026", False, (4, 3)),
        ("03/04/2026 22:00", True, (4, 3)),
        ("03/04/2026 10:00 PM", False, (3, 4)),
        ("25/04/2026 10:00", True, (4, 25)),
    ],
)
def test_slashes_follow_the_reader_where_nothing_else_decides(
    text: str, month_first: bool, expected: tuple[int, int]
) -> None:
    """A day above twelve shows which number is the month; else the caller says."""
    moment = parse_written_date(text, month_first=month_first)

    assert moment is not None
    assert expected == (moment.month, moment.day)


@pytest.mark.parametrize("text", ["", "yesterday", "99.99.2026 10:00", "2026", "10:30", "a" * 5000])
def test_what_is_no_date_gives_none(text: str) -> None:
    """Nothing is guessed from a text without a whole day."""
    assert parse_written_date(text) is None


@pytest.mark.parametrize("text", ["Mon, 02 Mar 2026 09:14:00", "Mon, 02 Mar 2026 09:14:00 -0000"])
def test_a_date_field_without_a_known_zone_is_utc(text: str) -> None:
    """The moment of a message is always aware."""
    assert parse_date_field(text) == MORNING.replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "tomorrow", "Mon, 99 Mar 99999 09:14:00 +0100"])
def test_a_broken_date_field_gives_none(text: str) -> None:
    """A date out of range is no date."""
    assert parse_date_field(text) is None
