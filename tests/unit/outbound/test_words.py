"""How dates, people and sizes are said in mails."""

import pytest

from mailroute.outbound.words import flat, in_zone, label, person, quoted, size, spoken_day, spoken_moment


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "5 March 2026"), ("de", "5. März 2026"), ("fr", "5 mars 2026"), ("xx", "5 March 2026")],
)
def test_days_are_said_in_the_language(language: str, expected: str) -> None:
    """No reader has to guess which number is the month."""
    assert expected == spoken_day("2026-03-05", language)


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2026-03-05T09:12:00+01:00", "5 March 2026, 09:12 (+01:00)"),
        ("2026-03-05T09:12:00", "5 March 2026, 09:12"),
        ("some day", "some day"),
    ],
)
def test_moments_show_their_zone(iso: str, expected: str) -> None:
    """A time is shown with its offset; what is no time is shown as it is."""
    assert expected == spoken_moment(iso, "en")


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"name": "Ann", "address": "a@x.example"}, "Ann <a@x.example>"),
        ({"name": None, "email": "a@x.example"}, "a@x.example"),
        ({"name": "a@x.example", "email": "a@x.example"}, "a@x.example"),
        ({"name": "Ann", "email": None}, "Ann"),
        ({"name": None, "address": None}, "somebody"),
    ],
)
def test_people_are_named_by_what_is_known(who: dict[str, str | None], expected: str) -> None:
    """A missing name or address leaves no empty brackets."""
    assert expected == person(who)


def test_quoting_marks_every_line() -> None:
    """Empty lines are quoted too, without a space at their end."""
    assert quoted("a\n\nb") == "> a\n>\n> b"


@pytest.mark.parametrize(
    ("octets", "expected"), [(12, "12 B"), (2_310_400, "2 MB"), (5_000_000_000, "5.0 GB")]
)
def test_sizes_are_short(octets: int, expected: str) -> None:
    """File sizes are rounded to what matters."""
    assert expected == size(octets)


def test_labels_lose_their_hyphens() -> None:
    """Codes are shown as words."""
    assert label("change-request") == "change request"


def test_what_was_read_over_two_lines_is_said_on_one() -> None:
    """An ask that the client broke over lines stays one item of a list."""
    assert flat("Could you come\n  before then? ") == "Could you come before then?"


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2026-03-05T22:40:00+00:00", "2026-03-05T23:40:00+01:00"),
        ("2026-03-05T23:40:00+00:00", "2026-03-06T00:40:00+01:00"),
        ("2026-03-05T22:40:00", "2026-03-05T22:40:00"),
        ("2026-03-05", "2026-03-05"),
        ("soon", "soon"),
    ],
)
def test_moments_are_shown_by_the_clocks_of_the_house(iso: str, shown: str) -> None:
    """What is stored in UTC is read where people are, the day with it; what has no offset is left alone."""
    assert shown == in_zone(iso, "Europe/Berlin")
    assert iso == in_zone(iso, None)
