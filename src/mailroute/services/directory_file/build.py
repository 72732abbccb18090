"""Records of all files together, on top of what is kept, as one `Directory`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from mailroute.domain.address import address_key, domain_of
from mailroute.domain.directory import Client, ConfiguredRule, Directory, Organisation, Project, Staff, Team
from mailroute.domain.words import plain_words
from mailroute.services.directory_file.from_csv import slug
from mailroute.services.directory_file.records import Problems, Record
from mailroute.services.directory_file.shapes import SHAPES, Kind, nearest

Value: TypeAlias = Staff | Organisation | Client | Project | Team | ConfiguredRule

CLASSES: Mapping[Kind, type[Value]] = {
    Kind.STAFF: Staff,
    Kind.ORGANISATION: Organisation,
    Kind.CLIENT: Client,
    Kind.PROJECT: Project,
    Kind.TEAM: Team,
    Kind.RULE: ConfiguredRule,
}
FIELDS: Mapping[Kind, str] = {
    Kind.STAFF: "staff",
    Kind.ORGANISATION: "organisations",
    Kind.CLIENT: "clients",
    Kind.PROJECT: "projects",
    Kind.TEAM: "teams",
    Kind.RULE: "rules",
}
"""Kinds to the fields of `Directory`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A checked entry and where it stands; no record means that it was kept already."""

    kind: Kind
    value: Any
    record: Record | None = None

    def place(self, name: str | None = None) -> str:
        """`file:line`, for messages."""
        return self.record.place(name) if self.record is not None else "directory as kept"


def build(records: Iterable[Record], base: Directory, problems: Problems, notes: list[str]) -> list[Entry]:
    """All entries there are afterwards. Kinds of which the files hold none stay as they are in *base*.

    *notes* gets what cannot be kept but is common in exports: contacts of no company.
    """
    typed = [(record, values) for record in records if (values := read_values(record, problems)) is not None]
    given = {record.kind for record, _ in typed if not record.amends}
    entries = [
        Entry(kind, value) for kind in Kind if kind not in given for value in getattr(base, FIELDS[kind])
    ]
    people = People.of(
        [*(e.value for e in entries if e.kind is Kind.STAFF), *_staff(typed, problems, entries)]
    )
    companies = Companies([e for e in entries if e.kind is Kind.ORGANISATION])
    entries = [entry for entry in entries if entry.kind is not Kind.ORGANISATION]
    for record, values in sorted(typed, key=lambda pair: pair[0].amends):
        if record.kind is Kind.ORGANISATION:
            companies.take(record, people.resolved(record, values), problems)
    for record, values in typed:
        if record.kind not in {Kind.ORGANISATION, Kind.STAFF}:
            found = companies.resolved(record, people.resolved(record, values))
            if record.kind is Kind.CLIENT and record.is_exported and "organisation" not in found:
                notes.append(f"{record.place()}: left out, belongs to no organisation")
            else:
                entries += _made(record, found, problems)
    return [*entries, *companies.entries]


def read_values(record: Record, problems: Problems) -> dict[str, Any] | None:
    """The record's fields, typed; None when one is wrong."""
    shapes = SHAPES[record.kind]
    values: dict[str, Any] = {}
    sound = True
    for name, raw in record.values.items():
        if (shape := shapes.get(name)) is None:
            problems.add(
                record.place(name), f"{record.kind} has no field {name}{nearest(name, list(shapes))}"
            )
            sound = False
            continue
        try:
            values[name] = shape.read(raw)
        except (ValueError, TypeError) as error:
            problems.add(
                record.place(name), f"{name} {error}" if str(error)[:1].islower() else f"{name}: {error}"
            )
            sound = False
    return values if sound else None


def _made(record: Record, values: Mapping[str, Any], problems: Problems) -> list[Entry]:
    """The entry, or nothing and a problem for each field that is missing."""
    missing = [name for name, shape in SHAPES[record.kind].items() if shape.required and name not in values]
    for name in missing:
        problems.add(
            record.place(), f"{record.kind} {values.get('name', '')} has no {name}".replace("  ", " ")
        )
    return [] if missing else [Entry(record.kind, CLASSES[record.kind](**values), record)]


def _staff(
    typed: list[tuple[Record, dict[str, Any]]], problems: Problems, entries: list[Entry]
) -> list[Staff]:
    made = [
        e for record, values in typed if record.kind is Kind.STAFF for e in _made(record, values, problems)
    ]
    entries += made
    return [entry.value for entry in made]


@dataclass(frozen=True, slots=True)
class People:
    """Staff by whatever a CRM export may call them."""

    ids: Mapping[str, str]

    @classmethod
    def of(cls, staff: Iterable[Staff]) -> "People":
        """By id, name and address."""
        ids: dict[str, str] = {}
        for person in staff:
            for name in (person.id, plain_words(person.name), *map(address_key, person.emails)):
                ids.setdefault(name, person.id)
        return cls(ids)

    def resolved(self, record: Record, values: dict[str, Any]) -> dict[str, Any]:
        """*values* with staff ids in place of names and addresses. TOML files say ids."""
        if not record.is_exported:
            return values
        found = dict(values)
        for role in ("rep", "pm"):
            if (said := values.get(role)) is not None:
                found[role] = self.ids.get(address_key(said)) or self.ids.get(plain_words(said)) or said
        return found


class Companies:
    """Organisations gathered from files and from what clients' lines imply."""

    def __init__(self, known: Iterable[Entry]) -> None:
        self._entries: dict[str, Entry] = {}
        self._by_words: dict[str, str] = {}
        self._by_domain: dict[str, str] = {}
        self._repeated: list[Entry] = []
        for entry in known:
            self._put(entry)

    def _put(self, entry: Entry) -> None:
        organisation: Organisation = entry.value
        self._entries[organisation.id] = entry
        for name in (organisation.id, organisation.name):
            self._by_words.setdefault(plain_words(name), organisation.id)
        for domain in organisation.domains:
            self._by_domain.setdefault(domain, organisation.id)

    @property
    def entries(self) -> list[Entry]:
        """All of them; an id that was given twice is there twice, for the checks to find."""
        return [*self._entries.values(), *self._repeated]

    def find(self, said: str | None, domains: Iterable[str] = ()) -> Organisation | None:
        """The organisation of this id or name, or with one of these domains."""
        by_name = [said if said in self._entries else self._by_words.get(plain_words(said))] if said else []
        found = next((id_ for id_ in (*by_name, *map(self._by_domain.get, domains)) if id_ is not None), None)
        return self._entries[found].value if found is not None else None

    def take(self, record: Record, values: dict[str, Any], problems: Problems) -> None:
        """Add an organisation, or what a client's line says of one."""
        if not record.amends:
            for entry in _made(record, values, problems):
                if entry.value.id in self._entries:
                    self._repeated.append(entry)
                else:
                    self._put(entry)
            return
        known = self.find(values["name"], values.get("domains", ()))
        if known is None:
            new = values | {"id": slug(values["name"])}
            self._put(Entry(Kind.ORGANISATION, Organisation(**new), record))
        else:
            self._amend(known, record, values, problems)

    def _amend(
        self, known: Organisation, record: Record, values: Mapping[str, Any], problems: Problems
    ) -> None:
        before = self._entries[known.id]
        changes: dict[str, Any] = {}
        for name in ("rep", "pm", "tier", "country"):
            said, had = values.get(name), getattr(known, name)
            if said and had and said != had and before.record is not None:
                what = f"{name} of {known.name} is {said} here, but {had} in {before.place()}"
                problems.add(record.place(), what)
            elif said:
                changes[name] = said
        domains = tuple(dict.fromkeys((*known.domains, *values.get("domains", ()))))
        changed = replace(known, domains=domains, **changes)
        self._entries[known.id] = (
            Entry(Kind.ORGANISATION, changed, before.record or record) if changed != known else before
        )

    def resolved(self, record: Record, values: dict[str, Any]) -> dict[str, Any]:
        """*values* with the organisation's id. A CSV line may say its name, or leave it to the mail domain."""
        if not record.is_exported or record.kind not in {Kind.CLIENT, Kind.PROJECT}:
            return values
        said = values.get("organisation")
        domains = [domain_of(email) for email in values.get("emails", ())] if said is None else []
        found = self.find(said, domains)
        return values if found is None else values | {"organisation": found.id}


def directory_of(entries: Iterable[Entry]) -> Directory:
    """The entries as a directory, each kind in the order given."""
    listed = list(entries)

    def of(kind: Kind) -> tuple[Any, ...]:
        return tuple(entry.value for entry in listed if entry.kind is kind)

    return Directory(
        staff=of(Kind.STAFF),
        organisations=of(Kind.ORGANISATION),
        clients=of(Kind.CLIENT),
        projects=of(Kind.PROJECT),
        teams=of(Kind.TEAM),
        rules=of(Kind.RULE),
    )
