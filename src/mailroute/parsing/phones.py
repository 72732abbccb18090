"""Telephone numbers as people write them, in E.164: phonenumberslite's home in this package.

A number without its country's code is dialled from somewhere. Where, in this order: the country of the writer's
organisation, as our directory tells it; the top-level domain of the writer's address; the other numbers of the same
sign-off; the country that its postal address names; the top-level domains of its links. The first of them in which
the number can exist by its country's numbering plan is taken, and none is guessed where there is no such country.
"""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from mailroute.domain.address import domain_of
from mailroute.domain.parsed import Phone
from mailroute.parsing.countries import countries_in

_NUMBER = re.compile(r"(?<![\w/=.-])(?:\+|\(\+?)?\d[\d\s()./‑–-]{5,22}\d(?![\w/]|[.,]\d)")
_FAX = re.compile(
    r"(?:\bfax|telefax|\bf[:.]|ファックス|传真|傳真|팩스|факс|φαξ|פקס|فاكس)[^\n\d+]{0,20}$", re.IGNORECASE
)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d\d|\d{4})|\d{4}-\d\d-\d\d")
# The American grouping, which no other country writes.
_AMERICAN = re.compile(r"(?:1[-. ])?\(?[2-9]\d\d\)?[-. ]{1,2}\d{3}[-. ]\d{4}")
_HOST = re.compile(r"(?:https?://|www\.)[\w.-]{1,200}?\.([a-z]{2})(?![\w.-])", re.IGNORECASE)
# Top-level domains that are not their country's code.
_REGIONS = {"uk": "GB", "eu": "", "su": "RU", "ac": ""}
# Codes that are sold as words, so that they tell no country.
_SOLD = frozenset(("io", "ai", "co", "me", "tv", "cc", "ws", "fm", "am", "ly", "gg", "to", "is"))
_DIALLED_ABROAD = ("+", "(+", "00")
_MOST = 10


def phones_in(text: str, address: str | None, home: str | None = None) -> tuple[Phone, ...]:
    """The numbers in *text* but for fax; *address* is its writer's, *home* the country of that organisation."""
    written = [
        m[0].strip()
        for m in _NUMBER.finditer(text)
        if not _FAX.search(text[max(0, m.start() - 30) : m.start()]) and not _DATE.fullmatch(m[0].strip())
    ][: 2 * _MOST]
    if not written:
        return ()
    regions: tuple[str, ...] = ()
    if not all(one.startswith(_DIALLED_ABROAD) for one in written):
        regions = tuple(dict.fromkeys(one for one in (home, *_regions(text, address, written)) if one))
    found = (
        Phone(one, e164(one, *regions)) for one in written[:_MOST] if 7 <= sum(c.isdigit() for c in one) <= 17
    )
    return tuple(dict.fromkeys(phone for phone in found if phone.e164 or _is_national(phone.text)))


def e164(number: str, *regions: str) -> str | None:
    """*number* in E.164, dialled from the first of *regions* (ISO 3166) that has such numbers; None when none has."""
    if not regions and _AMERICAN.fullmatch(number):
        regions = ("US",)
    parsed = [one for region in (regions or (None,)) if (one := _parse(number, region)) is not None]
    valid = next((one for one in parsed if phonenumbers.is_valid_number(one)), None)
    best = valid or next((one for one in parsed if phonenumbers.is_possible_number(one)), None)
    return None if best is None else phonenumbers.format_number(best, PhoneNumberFormat.E164)


def _regions(text: str, address: str | None, written: list[str]) -> Iterator[str | None]:
    """Where the numbers of a sign-off may be dialled, the best evidence first."""
    yield region_of(address)
    yield from map(_region_in, written)
    yield from countries_in(text)
    yield from (_region(found.lower()) for found in _HOST.findall(text))


def region_of(address: str | None) -> str | None:
    """The country that the domain of *address* belongs to."""
    return _region(domain_of(address or "").rpartition(".")[2])


def _region(top: str) -> str | None:
    region = _REGIONS.get(top, top.upper())
    return region if top not in _SOLD and region in phonenumbers.SUPPORTED_REGIONS else None


def _region_in(number: str) -> str | None:
    """The country of an international number."""
    parsed = _parse(number, None)
    return None if parsed is None else phonenumbers.region_code_for_country_code(parsed.country_code or 0)


def _parse(number: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    international = re.sub(r"^\(?00", "+", number.replace("(0)", " ")).lstrip("(")
    try:
        return phonenumbers.parse(international, region)
    except NumberParseException:
        return None


def _is_national(number: str) -> bool:
    """Whether a number that no region explains still looks like one that is dialled."""
    return number.startswith(("0", "(0", "+", "(+"))
