"""From paths to a checked directory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from mailroute.domain.directory import Directory
from mailroute.domain.errors import Misconfigured
from mailroute.domain.parsed import SPAM_HEADERS
from mailroute.domain.policy import Digests, FollowUps, Service, Trust
from mailroute.services.directory_file import from_csv, from_toml
from mailroute.services.directory_file.build import build, directory_of
from mailroute.services.directory_file.checks import check
from mailroute.services.directory_file.records import Problems, Record
from mailroute.settings import ServiceSection, TomlFile, complain_about_section, read_toml
from mailroute.settings.digests import Digests as DigestsSection
from mailroute.settings.followups import FollowUps as FollowUpsSection
from mailroute.settings.trust import Trust as TrustSection

NOTHING = Directory()

NOT_PEOPLE = frozenset({"service", "followups", "digests", "trust", "until"})
"""Tables and values of `given.toml` and of the settings file that are not the directory's."""

SectionOfFile = TypeVar("SectionOfFile", ServiceSection, FollowUpsSection, DigestsSection, TrustSection)


@dataclass(frozen=True, slots=True)
class Imported:
    """What files came to."""

    directory: Directory
    notes: tuple[str, ...]
    """What was left out of them, for the person who imports."""


@dataclass(frozen=True, slots=True)
class Given:
    """A rehearsal's `given.toml`."""

    service: Service
    directory: Directory
    until: datetime | None
    """When the rehearsal ends; None is after the last mail. Aware."""
    followups: FollowUps = field(default_factory=FollowUps)
    digests: Digests = field(default_factory=Digests)
    trust: Trust = field(default_factory=Trust)


def read_directory(path: Path) -> Directory:
    """The directory in a TOML file, a CSV file or a folder of them; `Misconfigured` lists all that is wrong."""
    return read_files([path]).directory


def read_files(paths: Sequence[Path], base: Directory = NOTHING) -> Imported:
    """The directory that comes of *base* when *paths* are imported: kinds that no file holds stay as they are."""
    problems = Problems()
    notes: list[str] = []
    records = [record for path in _files(paths) for record in _records(path, problems, notes)]
    return Imported(_directory(records, base, problems, notes), tuple(notes))


def read_given(path: Path) -> Given:
    """What a rehearsal starts from."""
    file, problems = read_toml(path), Problems()
    records = list(from_toml.records_of(file, problems, also=NOT_PEOPLE))
    service = _section(file, problems, "service", ServiceSection).to_domain()
    followups = _section(file, problems, "followups", FollowUpsSection).to_domain()
    digests = _section(file, problems, "digests", DigestsSection).to_domain()
    until = file.values.get("until")
    if until is not None and (not isinstance(until, datetime) or until.tzinfo is None):
        problems.add(
            file.place(("until",)), "until must be a time with its zone, such as 2026-03-12T09:00:00+01:00"
        )
    directory = _directory(records, NOTHING, problems, [])
    trust = _section(file, problems, "trust", TrustSection)
    problems.raise_any()
    believed = trust.spam_headers if "spam_headers" in trust.model_fields_set else SPAM_HEADERS
    border = Trust(spam_headers=believed, drop_spam=trust.spam == "ignore")
    return Given(service, directory, until, followups, digests, border)


def _directory(records: list[Record], base: Directory, problems: Problems, notes: list[str]) -> Directory:
    entries = build(records, base, problems, notes)
    # References cannot be judged while an entry that they may point to could not be read.
    problems.raise_any()
    check(entries, problems)
    problems.raise_any()
    return directory_of(entries)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = sorted(file for file in path.iterdir() if file.suffix.lower() in {".toml", ".csv"})
            if not found:
                raise Misconfigured(f"{path}: there is no .toml or .csv file in this folder")
            yield from found
        else:
            yield path


def _records(path: Path, problems: Problems, notes: list[str]) -> Iterator[Record]:
    match path.suffix.lower():
        case ".toml":
            # The settings file may hold the directory as well; its own sections are checked elsewhere.
            return from_toml.records_of(read_toml(path), problems, also=NOT_PEOPLE)
        case ".csv" | ".tsv" | ".txt":
            return from_csv.records_of(path, problems, notes)
    raise Misconfigured(f"{path}: neither .toml nor .csv")


def _section(file: TomlFile, problems: Problems, name: str, kind: type[SectionOfFile]) -> SectionOfFile:
    """A section of the settings that stands in a directory's file; as by default when something in it is wrong."""
    values = file.values.get(name, {})
    try:
        return kind.model_validate(values if isinstance(values, Mapping) else {name: values})
    except ValidationError as error:
        problems.found.extend(complain_about_section(error, name, file))
        return kind()
