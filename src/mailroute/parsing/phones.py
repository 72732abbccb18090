"""Telephone numbers as people write them, in E.164: phonenumberslite's home in this package."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from mailroute.domain.address import domain_of
from mailroute.domain.parsed import Phone

_NUMBER = re.compile(r"(?<![\w/=.-])(?:\+|\(\+?)?\d[\d\s()./‑–-]{5,22}\d(?![\w/]|[.,]\d)")
_FAX = re.compile(r"(?:\bfax|telefax|\bf[:.]|ファックス|传真|팩스)[^\n\d+]{0,20}$", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d\d|\d{4})|\d{4}-\d\d-\d\d")
# The American grouping, which no other country writes.
_AMERICAN = re.compile(r"(?:1[-. ])?\(?[2-9]\d\d\)?[-. ]{1,2}\d{3}[-. ]\d{4}")
# Top-level domains that are not their country's code.
_REGIONS = {"uk": "GB", "eu": "", "su": "RU", "ac": ""}
# Codes that are sold as words, so that they tell no country.
_SOLD = frozenset(("io", "ai", "co", "me", "tv", "cc", "ws", "fm", "am", "ly", "gg", "to", "is"))
_MOST = 10


def phones_in(text: str, address: str | None) -> tuple[Phone, ...]:
    """The numbers in *text* but for fax; national ones are read by the region of *address* or of their neighbours."""
    written = [
        m[0].strip()
        for m in _NUMBER.finditer(text)
        if not _FAX.search(text[max(0, m.start() - 30) : m.start()]) and not _DATE.fullmatch(m[0].strip())
    ]
    region = region_of(address) or next((r for w in written if (r := _region_in(w))), None)
    found = (
        Phone(one, e164(one, region)) for one in written[:_MOST] if 7 <= sum(c.isdigit() for c in one) <= 17
    )
    return tuple(dict.fromkeys(phone for phone in found if phone.e164 or _is_national(phone.text)))


def e164(number: str, region: str | None) -> str | None:
    """*number* in E.164; national ones are dialled from *region* (ISO 3166), and None is told where that is unknown."""
    if region is None and _AMERICAN.fullmatch(number):
        region = "US"
    parsed = _parse(number, region)
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def region_of(address: str | None) -> str | None:
    """The country that the domain of *address* belongs to."""
    top = domain_of(address or "").rpartition(".")[2]
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
