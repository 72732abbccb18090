"""What does not fit together in a directory. CHECKS is the list; each check says what it found, and where."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum

from mailroute.directory.freemail import is_freemail
from mailroute.domain.address import address_key
from mailroute.domain.directory import ConfiguredRule, ProjectStatus, Staff
from mailroute.domain.issue import IssueType, Sentiment, Urgency
from mailroute.domain.ticket import Role
from mailroute.routing.fields import RULE_FIELDS
from mailroute.services.directory_file.build import Entry
from mailroute.services.directory_file.records import Problems
from mailroute.services.directory_file.shapes import Kind, nearest

Finding = tuple[str, str]
"""Place, and what is wrong there."""

IDS = {Kind.STAFF: "id", Kind.ORGANISATION: "id", Kind.PROJECT: "key", Kind.RULE: "name"}

WORDS_OF: Mapping[str, type[StrEnum]] = {
    "issue.type": IssueType,
    "issue.urgency": Urgency,
    "issue.sentiment": Sentiment,
    "sender.role": Role,
    "project.status": ProjectStatus,
}
"""Rule fields that have a fixed set of values."""


def check(entries: Iterable[Entry], problems: Problems) -> None:
    """Run every check over the whole directory."""
    listed = list(entries)
    for finder in CHECKS:
        for place, what in finder(listed):
            problems.add(place, what)


def _of(kind: Kind, entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.kind is kind]


def repeated_ids(entries: list[Entry]) -> Iterator[Finding]:
    """Two entries of one kind with one id."""
    for kind, name in IDS.items():
        first: dict[str, Entry] = {}
        for entry in _of(kind, entries):
            id_ = getattr(entry.value, name)
            if (before := first.setdefault(id_, entry)) is not entry:
                yield entry.place(name), f"{kind} {name} {id_} is taken already in {before.place(name)}"


def unknown_people(entries: list[Entry]) -> Iterator[Finding]:
    """Reps, PMs, deputies and assignees that are no staff."""
    known = {entry.value.id: entry for entry in _of(Kind.STAFF, entries)}
    for entry in entries:
        for name, said in _people_named(entry):
            if said is not None and said not in known:
                yield entry.place(name), f"{name} {said} is no staff id{nearest(said, list(known))}"


def _people_named(entry: Entry) -> Iterator[tuple[str, str | None]]:
    match entry.value:
        case Staff(away=away):
            yield from (("away", absence.deputy) for absence in away)
        case ConfiguredRule(assign=assign):
            yield "assign", assign
        case value if entry.kind in {Kind.ORGANISATION, Kind.PROJECT}:
            yield from (("rep", value.rep), ("pm", value.pm))


def unknown_organisations(entries: list[Entry]) -> Iterator[Finding]:
    """Clients and projects of an organisation that is not there."""
    known = {entry.value.id: entry for entry in _of(Kind.ORGANISATION, entries)}
    for entry in (*_of(Kind.CLIENT, entries), *_of(Kind.PROJECT, entries)):
        said = entry.value.organisation
        if said not in known:
            yield (
                entry.place("organisation"),
                f"organisation {said} is no organisation's id{nearest(said, known)}",
            )


def repeated_addresses(entries: list[Entry]) -> Iterator[Finding]:
    """An address that two people have, or one person twice."""
    first: dict[str, Entry] = {}
    for entry in (*_of(Kind.STAFF, entries), *_of(Kind.CLIENT, entries)):
        keys = [address_key(email) for email in entry.value.emails]
        for email, key in zip(entry.value.emails, keys, strict=True):
            if (before := first.setdefault(key, entry)) is not entry:
                yield (
                    entry.place("emails"),
                    f"{email} belongs already to {before.value.name} in {before.place('emails')}",
                )
        if len(set(keys)) < len(keys):
            yield entry.place("emails"), f"{entry.value.name} has one address twice"


def wrong_domains(entries: list[Entry]) -> Iterator[Finding]:
    """Two organisations with one mail domain, or a domain where anybody may have an address."""
    first: dict[str, Entry] = {}
    for entry in _of(Kind.ORGANISATION, entries):
        for domain in entry.value.domains:
            if is_freemail(domain):
                what = f"{domain} is a public mail provider, so it cannot stand for {entry.value.name}"
                yield entry.place("domains"), f"{what}; list its people as clients instead"
            elif (before := first.setdefault(domain, entry)) is not entry:
                what = f"{domain} belongs already to {before.value.name} in {before.place('domains')}"
                yield entry.place("domains"), what


def unknown_conditions(entries: list[Entry]) -> Iterator[Finding]:
    """Rules that ask for fields or words which do not exist."""
    organisations = [entry.value.id for entry in _of(Kind.ORGANISATION, entries)]
    projects = [entry.value.key for entry in _of(Kind.PROJECT, entries)]
    for entry in _of(Kind.RULE, entries):
        for path, accepted in entry.value.when.items():
            if path not in RULE_FIELDS:
                hint = nearest(path, list(RULE_FIELDS)) or "; known are " + ", ".join(RULE_FIELDS)
                yield entry.place("when"), f"rule {entry.value.name} asks for {path}, which is no field{hint}"
                continue
            words = {"organisation.id": organisations, "project.key": projects}
            known = list(WORDS_OF[path]) if path in WORDS_OF else words.get(path)
            for word in accepted if known is not None else ():
                if word.casefold() not in {str(item).casefold() for item in known or ()}:
                    hint = nearest(word, [str(item) for item in known or ()])
                    yield entry.place("when"), f"rule {entry.value.name}: {path} is never {word}{hint}"


CHECKS: tuple[Callable[[list[Entry]], Iterator[Finding]], ...] = (
    repeated_ids,
    unknown_people,
    unknown_organisations,
    repeated_addresses,
    wrong_domains,
    unknown_conditions,
)
