"""`mailroute directory`: people, organisations, projects and rules in and out."""

import os
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mailroute.cli.options import ConfigOption, DryRunOption, JsonOption
from mailroute.cli.output import show_json, show_table, show_text, tell, warn
from mailroute.domain.directory import Client, ConfiguredRule, Directory, Organisation, Project, Staff, Team
from mailroute.domain.errors import TryLater
from mailroute.routing.conditions import describe
from mailroute.services.directory_file import read_files, to_toml
from mailroute.settings import Settings, load_settings
from mailroute.store import directory as kept
from mailroute.store.session import Store

app = typer.Typer(
    help="Import, list and export people, organisations, projects and rules.", no_args_is_help=True
)


class Listed(StrEnum):
    """What can be listed."""

    STAFF = "staff"
    ORGANISATIONS = "organisations"
    CLIENTS = "clients"
    PROJECTS = "projects"
    TEAMS = "teams"
    RULES = "rules"


@app.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", exists=True, help="TOML or CSV files, or folders of them."),
    ],
    *,
    whole: Annotated[
        bool, typer.Option("--whole", help="The files hold everything: kinds that are in none of them go.")
    ] = False,
    config: ConfigOption = None,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> int | None:
    """Read people, organisations, projects and rules, and keep them in place of those kept before.

    Kinds of which the files hold none stay as they are. A clients CSV also adds and amends its organisations.
    Prints what is added, changed and gone; with --dry-run that is all it does.
    """
    settings = load_settings(config, environ=os.environ)
    store = _open(settings, create=not dry_run)
    base = _load(store)
    imported = read_files(files, Directory() if whole else base)
    changes = kept.compare(base, imported.directory)
    version = base.version
    if store is not None and not dry_run and any(changes.values()):
        version = _replace(store, base, imported.directory)
    for note in imported.notes:
        tell(note)
    if settings.directory.file is not None:
        warn(
            f"the settings name {settings.directory.file} as directory.file; it takes over again at the next start"
        )
    if as_json:
        show_json({"dry_run": dry_run, "version": version, "changes": changes})
    else:
        show_table(["change", "kind", "which"], _lines(changes), empty="Nothing differs from what is kept.")
        tell(
            "Nothing was changed: this was a dry run."
            if dry_run
            else f"The directory is at version {version}."
        )
    return None


@app.command("list")
def list_(
    what: Annotated[Listed, typer.Argument(help="Which kind to list.")] = Listed.STAFF,
    *,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> int | None:
    """List what is kept of one kind."""
    entries = getattr(_load(_open(load_settings(config, environ=os.environ))), what.value)
    if as_json:
        show_json(entries)
    else:
        headings, rows = HEADINGS[what], [_row(entry) for entry in entries]
        show_table(headings, rows, empty=f"No {what} yet; `mailroute directory import FILE` brings them in.")
    return None


@app.command()
def export(*, config: ConfigOption = None, as_json: JsonOption = False) -> int | None:
    """Print everything that is kept, as TOML that `import` reads."""
    directory = _load(_open(load_settings(config, environ=os.environ)))
    if as_json:
        show_json(directory)
    else:
        show_text(to_toml(directory))
    return None


def _open(settings: Settings, *, create: bool = False) -> Store | None:
    """The store; before the first start there may be none yet, and reading then finds nothing."""
    file = settings.database_file
    missing = file is not None and not file.exists()
    if missing and not create:
        return None
    if missing:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Store.open(settings.database, create=missing)


def _load(store: Store | None) -> Directory:
    if store is None:
        return Directory()
    with store.read() as connection:
        return kept.load(connection)


def _replace(store: Store, base: Directory, directory: Directory) -> int:
    with store.write() as connection:
        if kept.version(connection) != base.version:
            raise TryLater("somebody else has changed the directory at this moment; run the import again")
        return kept.replace(connection, directory)


def _lines(changes: Mapping[str, kept.Changes]) -> Iterator[tuple[str, str, str]]:
    for kind, change in changes.items():
        yield from (("added", kind, key) for key in change.added)
        yield from (("changed", kind, key) for key in change.changed)
        yield from (("gone", kind, key) for key in change.gone)
        if change.reordered:
            yield "reordered", kind, ""


HEADINGS: Mapping[Listed, tuple[str, ...]] = {
    Listed.STAFF: ("id", "name", "role", "addresses", "skills", "away", "at most open"),
    Listed.ORGANISATIONS: ("id", "name", "domains", "rep", "pm", "tier", "country"),
    Listed.CLIENTS: ("name", "addresses", "organisation", "title"),
    Listed.PROJECTS: ("key", "name", "organisation", "pm", "rep", "status", "aliases", "references"),
    Listed.TEAMS: ("id", "name", "mode", "members"),
    Listed.RULES: ("name", "when", "assign"),
}


def _row(entry: Staff | Organisation | Client | Project | Team | ConfiguredRule) -> tuple[object, ...]:
    match entry:
        case Staff():
            away = ", ".join(f"{absence.since} to {absence.until}" for absence in entry.away)
            addresses, skills = ", ".join(entry.emails), ", ".join(entry.skills)
            return entry.id, entry.name, entry.role, addresses, skills, away, entry.max_open
        case Organisation():
            domains = ", ".join(entry.domains)
            return entry.id, entry.name, domains, entry.rep, entry.pm, entry.tier, entry.country
        case Client():
            return entry.name, ", ".join(entry.emails), entry.organisation, entry.title
        case Project():
            lists = (", ".join(entry.aliases), ", ".join(entry.references))
            return entry.key, entry.name, entry.organisation, entry.pm, entry.rep, entry.status, *lists
        case ConfiguredRule():
            return entry.name, describe(entry), entry.assign
        case Team():
            return entry.id, entry.name, entry.mode, ", ".join(entry.members)
