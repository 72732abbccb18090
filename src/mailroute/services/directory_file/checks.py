"""What does not fit together in a directory. CHECKS is the list; each check says what it found, and where."""

from collections.abc import Callable, Iterable, Iterator

from mailroute.directory.freemail import is_freemail
from mailroute.domain.address import address_key
from mailroute.domain.directory import ConfiguredRule, Staff, Team
from mailroute.services.directory_file.build import Entry
from mailroute.services.directory_file.records import Problems
from mailroute.services.directory_file.rule_checks import unknown_conditions, unsound_expressions
from mailroute.services.directory_file.shapes import Kind, nearest

Finding = tuple[str, str]
"""Place, and what is wrong there."""

IDS = {Kind.STAFF: "id", Kind.ORGANISATION: "id", Kind.PROJECT: "key", Kind.TEAM: "id", Kind.RULE: "name"}


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
    """Reps, PMs, deputies, members and assignees that are no staff, nor for a rule a team."""
    staff = [entry.value.id for entry in _of(Kind.STAFF, entries)]
    teams = [entry.value.id for entry in _of(Kind.TEAM, entries)]
    for entry in entries:
        known = [*staff, *teams] if entry.kind is Kind.RULE else staff
        for name, said in _people_named(entry):
            if said is not None and said not in known:
                what = "no staff id" if not teams or known is staff else "no id of staff or of a team"
                yield entry.place(name), f"{name} {said} is {what}{nearest(said, known)}"


def unclear_teams(entries: list[Entry]) -> Iterator[Finding]:
    """Teams without members, with one twice, or called like one of us."""
    staff = {entry.value.id: entry for entry in _of(Kind.STAFF, entries)}
    for entry in _of(Kind.TEAM, entries):
        team: Team = entry.value
        if (same := staff.get(team.id)) is not None:
            yield entry.place("id"), f"team id {team.id} is taken already by staff in {same.place('id')}"
        if not team.members:
            yield entry.place("members"), f"team {team.name} has no members"
        for member in sorted({one for one in team.members if team.members.count(one) > 1}):
            yield entry.place("members"), f"team {team.name} names {member} twice"


def _people_named(entry: Entry) -> Iterator[tuple[str, str | None]]:
    match entry.value:
        case Staff(away=away):
            yield from (("away", absence.deputy) for absence in away)
        case Team(members=members):
            yield from (("members", member) for member in members)
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


CHECKS: tuple[Callable[[list[Entry]], Iterator[Finding]], ...] = (
    repeated_ids,
    unknown_people,
    unknown_organisations,
    repeated_addresses,
    wrong_domains,
    unclear_teams,
    unknown_conditions,
    unsound_expressions,
)
