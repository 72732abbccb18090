"""The country that a postal address names, as sign-offs write it; for the numbers that are dialled there."""

import re
from collections.abc import Iterator

from mailroute.parsing.vocabulary import words

# ISO 3166-1 and the names in the languages of the country and of its neighbours; compared casefolded.
COUNTRY_ROWS = (
    "DE germany|deutschland|allemagne|germania|duitsland|tyskland|niemcy|alemania|alemanha",
    "AT austria|österreich|autriche|oostenrijk",
    "CH switzerland|schweiz|suisse|svizzera|zwitserland",
    "LI liechtenstein",
    "LU luxembourg|luxemburg",
    "FR france|frankreich|francia|frankrijk|frança",
    "BE belgium|belgië|belgique|belgien",
    "NL netherlands|the netherlands|nederland|niederlande|pays-bas|holland",
    "GB united kingdom|great britain|england|scotland|wales|northern ireland|großbritannien|royaume-uni",
    "IE ireland|éire|irland|irlande",
    "IT italy|italia|italien|italie|itália",
    "ES spain|españa|spanien|espagne|spagna|espanha",
    "PT portugal",
    "DK denmark|danmark|dänemark",
    "SE sweden|sverige|schweden",
    "NO norway|norge|norwegen",
    "FI finland|suomi|finnland",
    "IS iceland|ísland",
    "PL poland|polska|polen|pologne",
    "CZ czech republic|czechia|česká republika|česko|tschechien",
    "SK slovakia|slovensko|slovenská republika|slowakei",
    "HU hungary|magyarország|ungarn",
    "RO romania|românia|rumänien",
    "BG bulgaria|българия|bulgarien",
    "HR croatia|hrvatska|kroatien",
    "SI slovenia|slovenija|slowenien",
    "RS serbia|srbija|србија|serbien",
    "BA bosnia and herzegovina|bosna i hercegovina",
    "MK north macedonia|северна македонија",
    "GR greece|ελλάδα|ελλάς|griechenland|hellas",
    "CY cyprus|κύπρος",
    "TR turkey|türkiye|türkei",
    "EE estonia|eesti|estland",
    "LV latvia|latvija|lettland",
    "LT lithuania|lietuva|litauen",
    "UA ukraine|україна|украина",
    "BY belarus|беларусь",
    "RU russia|россия|российская федерация|russland",
    "KZ kazakhstan|казахстан|қазақстан",
    "US usa|u.s.a|united states|united states of america|vereinigte staaten",
    "CA canada|kanada",
    "MX mexico|méxico",
    "BR brazil|brasil|brasilien",
    "AR argentina",
    "CL chile",
    "CO colombia",
    "PE peru|perú",
    "AU australia|australien",
    "NZ new zealand|neuseeland",
    "ZA south africa|südafrika|suid-afrika",
    "IN india|भारत",
    "CN china|p.r. china|pr china|中国|中國",
    "TW taiwan|台灣|臺灣",
    "HK hong kong|香港",
    "SG singapore|singapur",
    "JP japan|日本",
    "KR south korea|korea|republic of korea|대한민국|한국",
    "VN vietnam|việt nam|viet nam",
    "TH thailand|ประเทศไทย",
    "MY malaysia",
    "ID indonesia",
    "PH philippines",
    "IL israel|ישראל",
    "AE united arab emirates|u.a.e|uae|الإمارات العربية المتحدة",
    "SA saudi arabia|المملكة العربية السعودية",
    "EG egypt|مصر",
    "MA morocco|maroc|المغرب",
)
_CODES = {name: row[:2] for row in COUNTRY_ROWS for name in words(row[3:])}
_NAMES = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(re.escape(one) for one in sorted(_CODES, key=lambda n: (-len(n), n)))
    + r")(?![\w-])"
)
# The car's code before the postal code, which Germany and its neighbours write: "D-49074 Osnabrück".
_CAR = re.compile(
    r"(?<![\w-])(D|A|CH|F|B|L|I|NL|DK|S|N|FI|PL|CZ|SK|H|RO|BG|HR|SI|E|P|LT|LV|EE|FL)[- –](?=\d{4,5}(?!\d))"
)
_CARS = {
    "D": "DE",
    "A": "AT",
    "F": "FR",
    "B": "BE",
    "L": "LU",
    "I": "IT",
    "S": "SE",
    "N": "NO",
    "H": "HU",
    "E": "ES",
    "P": "PT",
    "FL": "LI",
}
_BRITISH = re.compile(r"(?<![\w-])[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)")
_LONGEST = 3000


def countries_in(text: str) -> Iterator[str]:
    """The countries (ISO 3166-1) that an address in *text* names, in words or by the form of its postal code."""
    head = text[:_LONGEST]
    yield from (_CODES[found] for found in _NAMES.findall(head.casefold()))
    yield from (_CARS.get(found, found) for found in _CAR.findall(head))
    if _BRITISH.search(head):
        yield "GB"
