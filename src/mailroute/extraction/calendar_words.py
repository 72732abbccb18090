"""Months, weekdays, numbers and feasts as mail writes them, in the languages that we read dates in."""

from collections.abc import Mapping
from datetime import date, timedelta

from mailroute.extraction.wordlists import words

MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner jaenner janvier janv enero gennaio januari janeiro",
            "february feb febr februar février fevrier févr fevr febrero febbraio februari fevereiro",
            "march mar märz maerz mrz mars marzo maart março",
            "april apr avril avr abril aprile",
            "may mai mayo maggio mei maio",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet juil julio luglio julho",
            "august aug août aout agosto augustus",
            "september sep sept septembre septiembre settembre setembro",
            "october oct oktober okt octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre decembre déc diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}

WEEKDAYS: Mapping[str, Mapping[str, int]] = {
    "en": {
        name: number
        for number, names in enumerate(
            (
                "monday mon",
                "tuesday tue tues",
                "wednesday wed weds",
                "thursday thu thur thurs",
                "friday fri",
                "saturday sat",
                "sunday sun",
            )
        )
        for name in names.split()
    },
    "de": {
        name: number
        for number, names in enumerate(
            ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag sonnabend", "sonntag")
        )
        for name in names.split()
    },
    "fr": dict(zip(words("lundi mardi mercredi jeudi vendredi samedi dimanche"), range(7), strict=True)),
    "es": dict(zip(words("lunes martes miércoles jueves viernes sábado domingo"), range(7), strict=True)),
    "it": dict(zip(words("lunedì martedì mercoledì giovedì venerdì sabato domenica"), range(7), strict=True)),
    "nl": dict(
        zip(words("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"), range(7), strict=True)
    ),
}

_UNITS = words(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty"""
)
_ORDINALS = words(
    """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
)
NUMBERS: Mapping[str, int] = {
    **{word: n for n, word in enumerate(_UNITS, 1)},
    "a": 1, "an": 1, "a couple of": 2, "couple of": 2, "a few": 3, "thirty": 30,
    "ein": 1, "eine": 1, "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "zehn": 10, "vierzehn": 14,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "huit": 8, "dix": 10, "quinze": 15,
}  # fmt: skip
ORDINALS: Mapping[str, int] = {
    **{word: n for n, word in enumerate(_ORDINALS, 1)},
    **{f"twenty{gap}{word}": 20 + n for gap in " -" for n, word in enumerate(_UNITS[:9], 1)},
    "thirty": 30,
    "thirty one": 31,
    "thirtieth": 30,
    "thirty first": 31,
    "thirty-first": 31,
    **{f"twenty{gap}{word}": 20 + n for gap in " -" for n, word in enumerate(_ORDINALS[:9], 1)},
    "premier": 1,
    "1er": 1,
}


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


FIXED_FEASTS: Mapping[str, tuple[int, int]] = {
    "christmas eve": (12, 24), "heiligabend": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
    "xmas": (12, 25), "weihnachten": (12, 25), "noël": (12, 25), "boxing day": (12, 26),
    "new year's eve": (12, 31), "silvester": (12, 31), "new year's day": (1, 1), "new year's": (1, 1),
    "new year": (1, 1), "neujahr": (1, 1), "halloween": (10, 31), "independence day": (7, 4),
    "international workers' day": (5, 1),
    "may day": (5, 1), "bastille day": (7, 14),
}  # fmt: skip
MOVING_FEASTS: Mapping[str, int] = {
    "good friday": -2, "karfreitag": -2, "easter monday": 1, "ostermontag": 1, "easter": 0, "ostern": 0, "pâques": 0,
    "whitsun": 49, "pentecost": 49, "pfingsten": 49, "pentecôte": 49, "ascension day": 39, "himmelfahrt": 39,
}  # fmt: skip
"""Days from Easter Sunday."""


def feast_after(name: str, anchor: date) -> date:
    """The next day of that name, on or after *anchor*."""
    for year in range(anchor.year, anchor.year + 2):
        if name in FIXED_FEASTS:
            day = date(year, *FIXED_FEASTS[name])
        else:
            day = easter(year) + timedelta(days=MOVING_FEASTS[name])
        if day >= anchor:
            return day
    return anchor
