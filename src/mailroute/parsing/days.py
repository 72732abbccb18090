"""Days that running text names: "16 March", "16.3.", "3月16日", "on Monday"; the year comes from the day of writing."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mailroute.parsing.months import MONTHS
from mailroute.parsing.vocabulary import words

# Monday to Sunday, one row a language; alternatives parted by "/". Abbreviations are left out: they are words as well.
WEEKDAY_ROWS = (
    "monday tuesday wednesday thursday friday saturday sunday",  # en
    "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",  # de
    "lundi mardi mercredi jeudi vendredi samedi dimanche",  # fr
    "lunes martes miércoles jueves viernes sábado domingo",  # es
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",  # pt
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",  # it
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",  # nl
    "måndag tisdag onsdag torsdag fredag lördag söndag",  # sv
    "mandag tirsdag onsdag torsdag fredag lørdag søndag",  # da, no
    (  # fi
        "maanantai/maanantaina tiistai/tiistaina keskiviikko/keskiviikkona torstai/torstaina perjantai/perjantaina "
        "lauantai/lauantaina sunnuntai/sunnuntaina"
    ),
    (  # pl
        "poniedziałek/poniedziałku wtorek/wtorku środa/środę/środy czwartek/czwartku piątek/piątku sobota/sobotę "
        "niedziela/niedzielę"
    ),
    "pondělí úterý středa/středu čtvrtek pátek sobota/sobotu neděle/neděli",  # cs
    (  # ru
        "понедельник/понедельника вторник/вторника среда/среду/среды четверг/четверга пятница/пятницу/пятницы "
        "суббота/субботу воскресенье"
    ),
    (  # uk
        "понеділок/понеділка вівторок/вівторка середа/середу/середи четвер/четверга п'ятниця/п'ятницю субота/суботу "
        "неділя/неділю"
    ),
    (  # hu
        "hétfő/hétfőn/hétfőig kedd/kedden/keddig szerda/szerdán/szerdáig csütörtök/csütörtökön/csütörtökig "
        "péntek/pénteken/péntekig szombat/szombaton vasárnap"
    ),
    "luni marți miercuri joi vineri sâmbătă duminică",  # ro
    "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή",  # el
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar",  # tr
    (  # ja, zh, ko
        "月曜日/星期一/周一/週一/월요일 火曜日/星期二/周二/週二/화요일 水曜日/星期三/周三/週三/수요일 "
        "木曜日/星期四/周四/週四/목요일 金曜日/星期五/周五/週五/금요일 "
        "土曜日/星期六/周六/토요일 日曜日/星期日/周日/일요일"
    ),
)
_WEEKDAYS = {
    name: number
    for row in WEEKDAY_ROWS
    for number, names in enumerate(row.split(" "))
    for name in names.split("/")
}
# What stands between the day and the month, and between the month and the year: "16th of", "16 de", "dne 16.".
_JOINTS = "|".join(words("st|nd|rd|th|er|º|ª|o|e|de|di|d['’]|del|of|the|den|do|da|tháng|–"))
_MARK = r"\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_WORD = rf"[^\W\d_](?:[\w'’{_MARK}]|[.](?=\w)){{1,24}}"
_NUMBER = r"(?<![\d.,/:-])(?<!\d\s[/-])\d{1,2}(?!\d|[:,/]\d|\s?%)"
_DAY_MONTH = re.compile(
    rf"(?P<day>{_NUMBER})\.?[\s-]{{0,3}}(?:(?:{_JOINTS})\b\.?\s?){{0,2}}[\s-]{{0,2}}(?P<month>{_WORD})"
    rf"(?:[.,]?[\s-]{{1,2}}(?:(?:{_JOINTS})\s)?(?P<year>2[05]\d\d))?"
)
_MONTH_DAY = re.compile(
    rf"(?P<month>{_WORD})\.?\s{{1,2}}(?P<day>{_NUMBER})(?:st|nd|rd|th)?\b(?:\.?,?\s{{1,2}}(?P<year>20\d\d))?"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<mark>[-./])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<day>\d{1,2})(?!\d)"
)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<one>\d{1,2})(?P<mark>[./-])\s?(?P<two>\d{1,2})(?:(?P=mark)\s?(?P<year>(?:20)?\d\d)(?!\d)|\.(?!\d)|(?![\d./]))"
)
_CJK = re.compile(
    r"(?:(?P<year>20\d\d)\s?[年년]\s?)?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]"
)
_VIETNAMESE = re.compile(r"(?P<day>\d{1,2}) tháng (?P<month>\d{1,2})(?: năm (?P<year>20\d\d))?")
_WEEKDAY = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(w) for w in sorted(_WEEKDAYS, key=len, reverse=True)) + r")(?!\w)"
    r"|(?:" + "|".join(w for w in _WEEKDAYS if not w.isascii() and re.match(r"[\u3040-\ud7af]", w)) + ")"
)
# A day without a year lies at most this long before the day of writing; otherwise the next year is meant.
_BACK = timedelta(days=30)
# The Thai calendar counts from 543 BC; no year of ours is later than this.
_THAI, _LATEST = 543, 2400


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and the place in the text that names it."""

    day: date
    start: int
    end: int


def find_days(text: str, written: date, *, month_first: bool = False) -> list[Day]:
    """The days that *text*, written on *written*, names, in order; *month_first* settles what 3/4 means."""
    plain = _plain(text)
    taken: list[Day] = []
    for days in (_by_number(plain, written, month_first=month_first), _by_name(plain, written)):
        for day in days:
            if all(day.end <= other.start or other.end <= day.start for other in taken):
                taken.append(day)
    weekdays = [
        day
        for day in _by_weekday(plain, written)
        if not any(-3 <= other.start - day.end <= 6 or 0 <= day.start - other.end <= 3 for other in taken)
    ]
    return sorted((*taken, *weekdays), key=lambda one: one.start)


def _plain(text: str) -> str:
    """*text* in lower case and with ASCII digits, each character where it stood."""
    folded = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    if folded.isascii():
        return folded
    return "".join(str(unicodedata.digit(c, c)) if c.isdigit() and not c.isascii() else c for c in folded)


def _by_number(plain: str, written: date, *, month_first: bool) -> Iterator[Day]:
    for pattern in (_YEAR_FIRST, _CJK, _VIETNAMESE):
        for found in pattern.finditer(plain):
            yield from _day(found, int(found["month"]), int(found["day"]), written)
    for found in _NUMERIC.finditer(plain):
        one, two = int(found["one"]), int(found["two"])
        if found["year"] is None and (
            found["mark"] == "-" or (found["mark"] == "." and not found[0].endswith("."))
        ):
            continue  # "2-16" is a range, "2.5" a number
        american = found["mark"] == "/" and month_first
        day, month = (two, one) if (two > 12 or (american and one <= 12)) else (one, two)
        yield from _day(found, month, day, written)


def _by_name(plain: str, written: date) -> Iterator[Day]:
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for found in pattern.finditer(plain):
            month = _month(found["month"])
            if month is not None:
                yield from _day(found, month, int(found["day"]), written)


def _by_weekday(plain: str, written: date) -> Iterator[Day]:
    for found in _WEEKDAY.finditer(plain):
        ahead = (_WEEKDAYS[found[0]] - written.weekday() - 1) % 7 + 1
        yield Day(written + timedelta(days=ahead), found.start(), found.end())


def _month(word: str) -> int | None:
    """The month of a word, also with an ending of up to four letters; short names must be whole."""
    word = word.strip(".'’")
    if (number := MONTHS.get(word)) is not None:
        return number
    stems = (word[:n] for n in range(len(word) - 1, max(3, len(word) - 5), -1))
    return next((MONTHS[stem] for stem in stems if stem in MONTHS), MONTHS.get(word.removeprefix("ב")))


def _day(found: re.Match[str], month: int, day: int, written: date) -> Iterator[Day]:
    year = found["year"]
    try:
        if year is not None:
            counted = int(year) - (_THAI if int(year) > _LATEST else 0)
            yield Day(date(counted % 100 + 2000, month, day), found.start(), found.end())
            return
        here = date(written.year, month, day)
        yield Day(
            here if here >= written - _BACK else here.replace(year=written.year + 1),
            found.start(),
            found.end(),
        )
    except ValueError:
        return
