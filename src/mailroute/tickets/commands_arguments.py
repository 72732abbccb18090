"""What people write behind a command: somebody's name, a time, a ticket. Forgiving, and never guessing between two."""

import difflib
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailroute.domain.address import address_key
from mailroute.domain.directory import Staff
from mailroute.domain.words import plain_words

MORNING = time(8, 0)
"""When a day begins for who said only a day. Ours."""

FARTHEST = timedelta(days=366)

_SPAN = re.compile(
    r"(\d{1,3})\s*(h|d|w|hours?|days?|weeks?|std|stunden?|tagen?|wochen?|jours?|heures?|semaines?)"
)
_UNITS = {"h": "hours", "s": "hours", "d": "days", "t": "days", "j": "days", "w": "weeks"}

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday mo montag lun lundi",
            "tue tues tuesday di dienstag mar mardi",
            "wed wednesday mi mittwoch mer mercredi",
            "thu thur thurs thursday do donnerstag jeu jeudi",
            "fri friday fr freitag ven vendredi",
            "sat saturday sa samstag sam samedi",
            "sun sunday so sonntag dim dimanche",
        )
    )
    for name in names.split()
}
_TOMORROW = frozenset({"tomorrow", "morgen", "demain"})
_BEFORE = frozenset({"for", "until", "till", "on", "next", "bis", "am"})


def moment(text: str, now: datetime, zone: str) -> datetime | None:
    """The moment to come that *text* names, aware; None when it names none, or one more than a year away."""
    words = text.casefold().strip().rstrip(".").split()
    while words and words[0] in _BEFORE:
        words = words[1:]
    plain = " ".join(words)
    if span := _SPAN.fullmatch(plain):
        unit = "weeks" if span[2].startswith("sem") else _UNITS[span[2][0]]
        return _near(now + timedelta(**{unit: int(span[1])}), now)
    day = _day(plain, now.astimezone(ZoneInfo(zone)).date())
    if day is None:
        return None
    return _near(datetime.combine(day, MORNING, ZoneInfo(zone)), now)


def day_named(text: str, today: date) -> date | None:
    """The day that *text* names, past ones too; None when it names none."""
    words = text.casefold().strip().rstrip(".").split()
    while words and words[0] in _BEFORE | {"by", "before", "avant"}:
        words = words[1:]
    plain = " ".join(words)
    return today if plain in {"today", "heute", "aujourd'hui"} else _day(plain, today)


def _near(when: datetime, now: datetime) -> datetime | None:
    return when if now < when <= now + FARTHEST else None


def _day(plain: str, today: date) -> date | None:
    if plain in _TOMORROW:
        return today + timedelta(days=1)
    if (weekday := _WEEKDAYS.get(plain)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    try:
        return date.fromisoformat(plain)
    except ValueError:
        return None


def shown_moment(when: datetime, zone: str) -> str:
    """A moment as people of the house read it."""
    return f"{when.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def find_staff(text: str, among: Sequence[Staff], actor: Staff | None) -> Staff | str:
    """Whom of *among* the words mean: by id, address, full name, one of the names, or its beginning. Else why not."""
    wanted = plain_words(text)
    if not wanted:
        return f"say whom: {_choices(among)}"
    if wanted == "me" and actor is not None and actor in among:
        return actor
    for found in _tiers(text, wanted, among):
        if len(found) == 1:
            return found[0]
        if found:
            return f"“{text}” may be {_choices(found)}: write the id"
    near = difflib.get_close_matches(wanted, [plain_words(s.name.split()[0]) for s in among if s.name], n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"there is no “{text}” among {_choices(among)}{hint}"


def _tiers(text: str, wanted: str, among: Sequence[Staff]) -> Iterable[list[Staff]]:
    key = address_key(text.strip().strip("<>"))
    yield [s for s in among if plain_words(s.id) == wanted]
    yield [s for s in among if key in {address_key(email) for email in s.emails}]
    yield [s for s in among if plain_words(s.name) == wanted]
    names = {s.id: plain_words(s.name).split() for s in among}
    yield [s for s in among if wanted in names[s.id]]
    yield [s for s in among if len(wanted) > 1 and any(n.startswith(wanted) for n in names[s.id])]


def _choices(among: Iterable[Staff]) -> str:
    return ", ".join(f"{s.name} ({s.id})" for s in among) or "nobody"
