"""Whose holidays count when we wait for a client."""

import pytest

from mailroute.domain.directory import Organisation
from mailroute.domain.policy import FollowUps, Service
from mailroute.followups.regions import client_calendar, country_of_domain, house_calendar

HABITS = FollowUps()
HOUSE = Service(timezone="Europe/Berlin", country="DE-BY")


def organisation(*domains: str, country: str | None = None) -> Organisation:
    """A client company."""
    return Organisation(id="borealis", name="Borealis", domains=domains, country=country)


@pytest.mark.parametrize(
    ("client", "address", "region", "zone"),
    [
        (organisation("borealis.example", country="CA-ON"), None, "CA-ON", "Europe/Berlin"),
        (organisation("borealis.example", country="GB"), None, "GB", "Europe/London"),
        (organisation("borealis.fr"), None, "FR", "Europe/Paris"),
        (organisation("borealis.co.uk"), None, "GB", "Europe/London"),
        (organisation("borealis.de"), None, "DE-BY", "Europe/Berlin"),
        (organisation("borealis.example", country="DE-BE"), None, "DE-BE", "Europe/Berlin"),
        (organisation("borealis.io"), None, "DE-BY", "Europe/Berlin"),
        (organisation("borealis.example"), None, "DE-BY", "Europe/Berlin"),
        (None, "someone@shop.pl", "PL", "Europe/Warsaw"),
        (None, None, "DE-BY", "Europe/Berlin"),
    ],
)
def test_the_directory_then_the_domain_then_the_house(
    client: Organisation | None, address: str | None, region: str, zone: str
) -> None:
    """What is known best counts."""
    calendar = client_calendar(client, address, HOUSE, HABITS)

    assert (region, zone) == (calendar.region, calendar.zone)


@pytest.mark.parametrize(
    ("zone", "region"),
    [("Europe/Madrid", "ES"), ("America/Toronto", "CA-ON"), ("UTC", ""), ("Etc/GMT+3", "")],
)
def test_a_house_that_does_not_say_is_where_its_clock_is(zone: str, region: str) -> None:
    """As far as a zone tells a country."""
    assert region == house_calendar(Service(timezone=zone), HABITS).region


def test_offices_of_another_country_keep_its_week() -> None:
    """In Israel people work on Sunday and not on Friday."""
    days = client_calendar(organisation("borealis.co.il"), None, HOUSE, HABITS).hours.days

    assert frozenset({6, 0, 1, 2, 3}) == days


@pytest.mark.parametrize("domain", ["borealis.ai", "borealis.com", "borealis.eu", "borealis.zz", ""])
def test_endings_that_anybody_buys_tell_no_country(domain: str) -> None:
    """Nor do those that are none of a country."""
    assert country_of_domain(domain) is None
