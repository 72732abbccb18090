"""Small words for templates: dates, people, quotes. Pure functions on plain values, used as Jinja filters."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_DAY_FORMS = {"en": "{day} {month} {year}", "de": "{day}. {month} {year}", "fr": "{day} {month} {year}"}


def spoken_day(iso: str, language: str) -> str:
    """`2026-03-05` as "5 March 2026"; what is no date stays as it is."""
    try:
        when = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    known = language if language in _MONTHS else "en"
    month = _MONTHS[known].split()[when.month - 1]
    return _DAY_FORMS[known].format(day=when.day, month=month, year=when.year)


def spoken_moment(iso: str, language: str) -> str:
    """`2026-03-05T09:12:00+01:00` as "5 March 2026, 09:12 (+01:00)"; what is no time stays as it is."""
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    zone = when.strftime("%z")
    shown = f" ({zone[:3]}:{zone[3:5]})" if zone else ""
    return f"{spoken_day(iso, language)}, {when:%H:%M}{shown}"


def in_zone(iso: str, timezone: str | None) -> str:
    """A moment with an offset as the clocks of *timezone* show it; days, local times and words stay as they are."""
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return iso if timezone is None or when.tzinfo is None else when.astimezone(ZoneInfo(timezone)).isoformat()


@pass_context
def _day(context: Context, iso: str) -> str:
    return spoken_day(in_zone(iso, context["timezone"]), str(context["language"]))


@pass_context
def _moment(context: Context, iso: str) -> str:
    return spoken_moment(in_zone(iso, context["timezone"]), str(context["language"]))


def person(who: Mapping[str, Any]) -> str:
    """A mailbox, member of staff or named person on one line."""
    name, address = who.get("name"), who.get("address") or who.get("email")
    if name and address and name != address:
        return flat(f"{name} <{address}>")
    return flat(str(name or address or "somebody"))


def flat(text: str) -> str:
    """On one line: what was read from a mail keeps the line ends that it had there."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """Each line behind "> ", as mail readers show other people's words."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def lines(text: str) -> Markup:
    """Escaped for HTML, with the line ends kept: `white-space` is ignored by several mail readers."""
    return Markup("<br>\n").join(escape(line) for line in text.splitlines())


def label(word: str) -> str:
    """A kebab-case value as people say it."""
    return word.replace("-", " ")


def size(octets: int) -> str:
    """A file size for people, in units of 1000."""
    amount = float(octets)
    for unit in ("B", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


FILTERS: dict[str, Callable[..., str]] = {
    "day": _day,
    "moment": _moment,
    "person": person,
    "flat": flat,
    "quoted": quoted,
    "lines": lines,
    "label": label,
    "size": size,
}
