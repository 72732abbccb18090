"""Whose holidays count: of the client's organisation as the directory says, of its domain, else of the house."""

from collections.abc import Mapping
from dataclasses import replace

from mailroute.domain.address import domain_of
from mailroute.domain.directory import Organisation
from mailroute.domain.policy import FollowUps, Service
from mailroute.followups.business_time import Calendar, is_known_region, working_week

TLD_IS_ANOTHER = {"uk": "GB", "el": "GR"}
NO_COUNTRY = frozenset({
    "ac", "ai", "am", "as", "cc", "cd", "co", "dj", "fm", "gg", "io", "la", "ly", "me", "ms", "nu", "sc",
    "sh", "so", "su", "tk", "to", "tv", "vc", "ws", "eu",
})  # fmt: skip
"""Top-level domains of countries that anybody buys for their sound: they tell nothing of where a company sits."""

ZONES: Mapping[str, str] = {
    "AT": "Europe/Vienna", "BE": "Europe/Brussels", "BG": "Europe/Sofia", "CH": "Europe/Zurich", "CZ": "Europe/Prague",
    "DE": "Europe/Berlin", "DK": "Europe/Copenhagen", "EE": "Europe/Tallinn", "ES": "Europe/Madrid",
    "FI": "Europe/Helsinki", "FR": "Europe/Paris", "GB": "Europe/London", "GR": "Europe/Athens", "HR": "Europe/Zagreb",
    "HU": "Europe/Budapest", "IE": "Europe/Dublin", "IL": "Asia/Jerusalem", "IN": "Asia/Kolkata", "IT": "Europe/Rome",
    "JP": "Asia/Tokyo", "KR": "Asia/Seoul", "LT": "Europe/Vilnius", "LU": "Europe/Luxembourg", "LV": "Europe/Riga",
    "NL": "Europe/Amsterdam", "NO": "Europe/Oslo", "PL": "Europe/Warsaw", "PT": "Europe/Lisbon",
    "RO": "Europe/Bucharest", "RS": "Europe/Belgrade", "SA": "Asia/Riyadh", "SE": "Europe/Stockholm",
    "SG": "Asia/Singapore", "SI": "Europe/Ljubljana", "SK": "Europe/Bratislava", "TR": "Europe/Istanbul",
    "AE": "Asia/Dubai", "UA": "Europe/Kyiv", "ZA": "Africa/Johannesburg", "NZ": "Pacific/Auckland",
}  # fmt: skip
"""The zone of countries that have one, or one in which nearly all people live."""

COUNTRIES: Mapping[str, str] = {zone: country for country, zone in ZONES.items()} | {
    "Europe/Busingen": "DE", "America/New_York": "US", "America/Chicago": "US", "America/Denver": "US",
    "America/Los_Angeles": "US", "America/Phoenix": "US", "America/Detroit": "US", "America/Toronto": "CA",
    "America/Vancouver": "CA", "America/Edmonton": "CA", "America/Winnipeg": "CA", "America/Halifax": "CA",
    "America/Montreal": "CA", "America/Mexico_City": "MX", "America/Sao_Paulo": "BR", "Australia/Sydney": "AU",
    "Australia/Melbourne": "AU", "Australia/Brisbane": "AU", "Australia/Perth": "AU", "Australia/Adelaide": "AU",
}  # fmt: skip
"""The country of a zone, for a house that has not said where it sits."""

PROVINCES: Mapping[str, str] = {
    "America/Toronto": "ON", "America/Vancouver": "BC", "America/Edmonton": "AB", "America/Winnipeg": "MB",
    "America/Halifax": "NS", "America/Montreal": "QC", "Australia/Sydney": "NSW", "Australia/Melbourne": "VIC",
    "Australia/Brisbane": "QLD", "Australia/Perth": "WA", "Australia/Adelaide": "SA",
}  # fmt: skip


def house_calendar(service: Service, habits: FollowUps) -> Calendar:
    """Ours."""
    region = service.country
    if region is None and (country := COUNTRIES.get(service.timezone)):
        province = PROVINCES.get(service.timezone)
        region = f"{country}-{province}" if province else country
    if region is None or not is_known_region(region):  # a typing error in the settings must not stop the mail
        region = ""
    country, _, subdivision = region.partition("-")
    return Calendar(
        zone=service.timezone, country=country or None, subdivision=subdivision or None, hours=habits.hours
    )


def client_calendar(
    organisation: Organisation | None, address: str | None, service: Service, habits: FollowUps
) -> Calendar:
    """The client's: their office works on its own days, at hours like ours."""
    ours = house_calendar(service, habits)
    region = _region(organisation, address)
    if region is None or region == ours.region:
        return ours
    country, _, subdivision = region.partition("-")
    if country == ours.country:
        return replace(ours, subdivision=subdivision or ours.subdivision)
    return Calendar(
        zone=ZONES.get(country, ours.zone),
        country=country,
        subdivision=subdivision or None,
        hours=replace(habits.hours, days=working_week(country)),
    )


def _region(organisation: Organisation | None, address: str | None) -> str | None:
    """As the directory says, else by the end of the mail domain."""
    if organisation and organisation.country and is_known_region(organisation.country):
        return organisation.country
    domains = [*(organisation.domains if organisation else ()), *([domain_of(address)] if address else [])]
    return next((country for domain in domains if (country := country_of_domain(domain))), None)


def country_of_domain(domain: str) -> str | None:
    """The country whose top-level domain this is, if companies of other countries do not use it, too."""
    ending = domain.rpartition(".")[2].lower()
    if len(ending) != 2 or ending in NO_COUNTRY:
        return None
    country = TLD_IS_ANOTHER.get(ending, ending.upper())
    return country if is_known_region(country) else None
