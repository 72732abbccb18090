"""What each kind of entry holds: one table for TOML, CSV, checks and messages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from mailroute.domain.directory import Absence, Conditions, ProjectStatus, StaffRole, TeamMode
from mailroute.followups.business_time import is_known_region
from mailroute.settings.kinds import check_address, check_domain


class Kind(StrEnum):
    """Kinds of entries, by the names of their tables in TOML."""

    STAFF = "staff"
    ORGANISATION = "organisation"
    CLIENT = "client"
    PROJECT = "project"
    TEAM = "team"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Shape:
    """One field of an entry."""

    read: Callable[[object], object]
    """Raw value to typed value; raises ValueError or TypeError that says what is wanted."""
    required: bool = False


def nearest(word: str, known: Mapping[str, object] | list[str]) -> str:
    """`; did you mean X?`, or nothing when no known name is near."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]}?" if close else ""


def text(value: object) -> str:
    """One line of text."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be text, not {value!r}")
    return " ".join(value.split())


def texts(value: object) -> tuple[str, ...]:
    """Texts; one text alone counts as a list of one."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise TypeError(f"must be a list of texts, not {value!r}")
    return tuple(text(item) for item in value)


def addresses(value: object) -> tuple[str, ...]:
    """Mail addresses, at least one."""
    found = tuple(check_address(item) for item in texts(value))
    if not found:
        raise ValueError("needs at least one mail address")
    return found


def domains(value: object) -> tuple[str, ...]:
    """Mail domains in lower case; a leading @ or a web address is forgiven."""
    return tuple(check_domain(_bare(item)) for item in texts(value))


def _bare(domain: str) -> str:
    bare = domain.strip().removeprefix("@")
    if "://" in bare:
        bare = bare.partition("://")[2]
    return bare.partition("/")[0].removeprefix("www.")


def whole_number(value: object) -> int:
    """A number of things."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"must be a whole number, not {value!r}")
    return value


def region(value: object) -> str:
    """A country and perhaps a part of it, whose holidays are known: `DE`, `de-by`."""
    code = text(value).upper()
    if not is_known_region(code):
        raise ValueError(f"{value!r} is no country such as DE, nor a part of one such as DE-BY or CA-ON")
    return code


def choice(kind: type[StrEnum]) -> Callable[[object], StrEnum]:
    """A reader of one of the words of *kind*."""

    def read(value: object) -> StrEnum:
        word = text(value).casefold()
        if word not in set(kind):
            raise ValueError(f"{value!r} is none of {', '.join(kind)}{nearest(word, list(kind))}")
        return kind(word)

    return read


def absences(value: object) -> tuple[Absence, ...]:
    """`[{ from = 2026-03-02, until = 2026-03-06, deputy = "kai" }]`."""
    if not isinstance(value, list):
        raise TypeError("must be a list such as [{ from = 2026-03-02, until = 2026-03-06 }]")
    return tuple(_absence(item) for item in value)


def _absence(value: object) -> Absence:
    if not isinstance(value, dict):
        raise TypeError("must hold tables such as { from = 2026-03-02, until = 2026-03-06 }")
    for name in value:
        if name not in {"from", "until", "deputy"}:
            raise ValueError(f"has no field {name}{nearest(name, ['from', 'until', 'deputy'])}")
    since, until = value.get("from"), value.get("until")
    if type(since) is not date or type(until) is not date:
        raise ValueError("needs from and until as dates such as 2026-03-02, without quotes")
    if until < since:
        raise ValueError(f"ends ({until}) before it begins ({since})")
    deputy = value.get("deputy")
    return Absence(since, until, None if deputy is None else text(deputy))


def conditions(value: object) -> Mapping[str, tuple[str, ...]]:
    """`{ "issue.type" = "billing" }`; unquoted dotted names, which TOML nests, mean the same."""
    if not isinstance(value, dict):
        raise TypeError('must be a table such as { "issue.type" = "billing" }')
    return {path: _accepted(accepted) for path, accepted in _flat(value, "").items()}


def _accepted(value: object) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return texts(value)


def groups(value: object) -> tuple[Conditions, ...]:
    """`[{ "issue.type" = "defect" }, { any = [{ words.has = "lift" }] }]`: tables of conditions."""
    if not isinstance(value, list) or not value:
        raise TypeError('must be a list of tables such as [{ "issue.type" = "billing" }]')
    return tuple(_group(item) for item in value)


def _group(value: object) -> Conditions:
    if not isinstance(value, dict) or not value:
        raise TypeError('must hold tables such as { "issue.type" = "billing" }')
    inner = {name: groups(value[name]) for name in ("all", "any") if name in value}
    wants = conditions({name: item for name, item in value.items() if name not in inner})
    return Conditions(wants=wants, **inner)


def _flat(table: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in table.items():
        found |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return found


SHAPES: Mapping[Kind, Mapping[str, Shape]] = {
    Kind.STAFF: {
        "id": Shape(text, required=True),
        "name": Shape(text, required=True),
        "role": Shape(choice(StaffRole), required=True),
        "emails": Shape(addresses, required=True),
        "skills": Shape(texts),
        "away": Shape(absences),
        "max_open": Shape(whole_number),
    },
    Kind.ORGANISATION: {
        "id": Shape(text, required=True),
        "name": Shape(text, required=True),
        "domains": Shape(domains),
        "rep": Shape(text),
        "pm": Shape(text),
        "tier": Shape(text),
        "country": Shape(region),
    },
    Kind.CLIENT: {
        "name": Shape(text, required=True),
        "emails": Shape(addresses, required=True),
        "organisation": Shape(text, required=True),
        "title": Shape(text),
    },
    Kind.PROJECT: {
        "key": Shape(text, required=True),
        "name": Shape(text, required=True),
        "organisation": Shape(text, required=True),
        "aliases": Shape(texts),
        "pm": Shape(text),
        "rep": Shape(text),
        "references": Shape(texts),
        "status": Shape(choice(ProjectStatus)),
    },
    Kind.TEAM: {
        "id": Shape(text, required=True),
        "name": Shape(text, required=True),
        "members": Shape(texts, required=True),
        "mode": Shape(choice(TeamMode)),
    },
    Kind.RULE: {
        "name": Shape(text, required=True),
        "when": Shape(conditions),
        "all": Shape(groups),
        "any": Shape(groups),
        "when_expr": Shape(text),
        "assign": Shape(text, required=True),
    },
}
"""Names are those of the domain's dataclasses."""
