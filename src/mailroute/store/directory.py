"""The directory of people as it is kept: rows with stable keys, one version for all of it."""

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mailroute.domain.address import address_key
from mailroute.domain.directory import (
    Client,
    ConfiguredRule,
    Directory,
    Organisation,
    Project,
    ProjectStatus,
    Staff,
    Team,
)
from mailroute.store import codec, meta
from mailroute.store.session import Connection
from mailroute.store.tables import directory_row

HANDED_OVER = "projects-handed-over"
VERSION = "directory-version"
"""Where in `meta` the keys of projects that were handed over stand, and the version."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row."""

    name: str
    field: str
    """Of `Directory`."""
    type: type[Any]
    key: str
    """The attribute by which two rows are the same one."""


KINDS = (
    Kind("staff", "staff", Staff, "id"),
    Kind("organisation", "organisations", Organisation, "id"),
    Kind("client", "clients", Client, "emails"),
    Kind("project", "projects", Project, "key"),
    Kind("team", "teams", Team, "id"),
    Kind("rule", "rules", ConfiguredRule, "name"),
)


@dataclass(frozen=True, slots=True)
class Changes:
    """What tells one directory from another in one kind, by key."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    reordered: bool = False
    """Whether what is in both stands in another order; rules are tried in order."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone or self.reordered)


def version(connection: Connection) -> int:
    """Grows with each change; 0 while there is no directory."""
    return int(meta.get(connection, VERSION) or 0)


def load(connection: Connection) -> Directory:
    """All of it."""
    present = version(connection)
    rows = connection.execute(
        sa.select(directory_row.c.kind, directory_row.c.data).order_by(directory_row.c.position)
    )
    found: dict[str, list[Any]] = {kind.name: [] for kind in KINDS}
    for name, data in rows:
        found[name].append(data)
    parts = {kind.field: codec.from_plain(tuple[kind.type, ...], found[kind.name]) for kind in KINDS}  # type: ignore[name-defined]
    return Directory(**parts, version=present)


def refreshed(connection: Connection, known: Directory | None) -> Directory:
    """*known* when it is still the present one, else the present one: one cheap read for each message."""
    if known is not None and known.version == version(connection):
        return known
    return load(connection)


def replace(connection: Connection, directory: Directory) -> int:
    """Puts *directory* in the place of the present one, in this transaction; its version."""
    number = int(meta.get(connection, VERSION, lock=True) or 0) + 1
    connection.execute(sa.delete(directory_row))
    rows = [
        {"kind": kind.name, "key": key, "position": position, "data": codec.to_plain(kind.type, one)}
        for kind in KINDS
        for position, (key, one) in enumerate(_keyed(directory, kind).items())
    ]
    if rows:
        connection.execute(sa.insert(directory_row), rows)
    meta.put(connection, VERSION, str(number))
    return number


def put_projects(connection: Connection, projects: Iterable[Project]) -> int:
    """Puts projects that were handed over into the present directory, in the place of those with the same keys.

    They are remembered as such: a directory file that does not know them yet does not take them away again.
    """
    projects = tuple(projects)
    present = load(connection)
    known = {*_handed_over(connection), *(project.key for project in projects)}
    meta.put(connection, HANDED_OVER, json.dumps(sorted(known)))
    new = {project.key: project for project in projects}
    kept = tuple(new.pop(project.key, project) for project in present.projects)
    return replace(connection, dataclasses.replace(present, projects=(*kept, *new.values())))


def with_handed_over(connection: Connection, wanted: Directory) -> Directory:
    """*wanted*, as a file says it, with what was handed over since.

    That is projects that the file does not name, and those that it still calls planned.
    """
    present = {project.key: project for project in load(connection).projects}
    since = {key: present[key] for key in _handed_over(connection) if key in present}
    named = [
        since.pop(one.key) if one.key in since and one.status is ProjectStatus.PLANNED else one
        for one in wanted.projects
    ]
    keys = {one.key for one in named}
    added = [one for key, one in since.items() if key not in keys]
    return dataclasses.replace(wanted, projects=(*named, *added))


def _handed_over(connection: Connection) -> list[str]:
    found: list[str] = json.loads(meta.get(connection, HANDED_OVER) or "[]")
    return found


def compare(old: Directory, new: Directory) -> Mapping[str, Changes]:
    """What *new* adds, changes and leaves out, by the names of `KINDS`."""
    return {kind.name: _changes(_keyed(old, kind), _keyed(new, kind)) for kind in KINDS}


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Changes:
    return Changes(
        added=tuple(key for key in new if key not in old),
        changed=tuple(key for key, value in new.items() if key in old and old[key] != value),
        gone=tuple(key for key in old if key not in new),
        reordered=[key for key in old if key in new] != [key for key in new if key in old],
    )


def _keyed(directory: Directory, kind: Kind) -> Mapping[str, Any]:
    return dict(_pairs(getattr(directory, kind.field), kind))


def _pairs(values: tuple[Any, ...], kind: Kind) -> Iterator[tuple[str, Any]]:
    for value in values:
        key = getattr(value, kind.key)
        yield (address_key(key[0]) if isinstance(key, tuple) else key), value
