"""`mailroute check`: is everything that people wrote sound?"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from mailroute.cli.frame import FOUND_PROBLEMS
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import show_json, show_text, tell
from mailroute.domain.directory import Directory
from mailroute.domain.errors import MailrouteError, Misconfigured
from mailroute.followups.business_time import is_known_region
from mailroute.outbound import mail_page
from mailroute.outbound.checking import check_templates
from mailroute.services.directory_file import read_directory, read_files
from mailroute.services.way_out import signer_of
from mailroute.settings import Settings, describe, find_config, load_settings, to_markdown
from mailroute.store import directory as kept
from mailroute.store.session import Store


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong."""

    part: str
    """`settings`, `directory` or `templates`; rules belong to the directory."""
    problem: str
    """`file:line: what is wrong`, and what may have been meant."""


@dataclass(slots=True)
class Report:
    """What was looked at, and what was found."""

    problems: list[Problem]
    looked_at: list[str]

    def blame(self, part: str, error: MailrouteError) -> None:
        """Note each line of *error*."""
        self.problems += [Problem(part, line) for line in str(error).splitlines()]


def command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...", exists=True, help="Directory files to check instead of the one in use."
        ),
    ] = None,
    *,
    config: ConfigOption = None,
    describe_: Annotated[
        bool, typer.Option("--describe", help="Print every setting with type, default and meaning instead.")
    ] = False,
    mails: Annotated[
        bool, typer.Option("--mails", help="Print the text of every kind of mail instead (docs/mails.md).")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Check settings, directory, rules and templates; exit 1 if anything is wrong.

    Each problem is one line: file and line, what is wrong, and the nearest known name.
    """
    if describe_:
        if as_json:
            show_json(describe())
        else:
            show_text(to_markdown())
        return 0
    if mails:
        show_text(mail_page.to_markdown())
        return 0
    report = Report([], [])
    settings = _check_settings(report, config)
    _check_directory(report, settings, files or [])
    if settings is not None:
        _check_country(report, settings.service.country)
        _check_templates(report, settings)
        _check_key(report, settings)
    _show(report, as_json=as_json)
    return FOUND_PROBLEMS if report.problems else 0


def _check_settings(report: Report, config: Path | None) -> Settings | None:
    try:
        path = find_config(config, os.environ)
        report.looked_at.append(f"settings: {path or 'defaults and environment, there is no mailroute.toml'}")
        return load_settings(config, environ=os.environ)
    except Misconfigured as error:
        report.blame("settings", error)
        return None


def _check_country(report: Report, region: str | None) -> None:
    if region is not None and not is_known_region(region):
        why = f"service.country: no holidays are known of {region}; write a country such as DE, or a part of it (DE-BY)"
        report.problems.append(Problem("settings", why))


def _check_directory(report: Report, settings: Settings | None, files: list[Path]) -> None:
    try:
        for what, directory in _directories(settings, files):
            report.looked_at.append(f"directory: {what}: {_counted(directory)}")
    except MailrouteError as error:
        report.blame("directory", error)


def _directories(settings: Settings | None, files: list[Path]) -> Iterator[tuple[str, Directory]]:
    if files:
        yield ", ".join(map(str, files)), read_files(files).directory
    elif settings is not None and settings.directory.file is not None:
        yield str(settings.directory.file), read_directory(settings.directory.file)
    elif settings is not None and (settings.database_file is None or settings.database_file.exists()):
        with Store.open(settings.database).read() as connection:
            directory = kept.load(connection)
        yield f"as kept, version {directory.version}", read_files([], directory).directory
    elif settings is not None:
        yield "none yet, `mailroute directory import FILE` brings one in", Directory()


def _counted(directory: Directory) -> str:
    names = ("staff", "organisations", "clients", "projects", "teams", "rules")
    return ", ".join(f"{len(getattr(directory, name))} {name}" for name in names)


def _check_templates(report: Report, settings: Settings) -> None:
    override = settings.templates.override_dir
    report.looked_at.append(f"templates: shipped{f', and {override} over them' if override else ''}")
    report.problems += [Problem("templates", str(problem)) for problem in check_templates(override)]


def _check_key(report: Report, settings: Settings) -> None:
    try:
        signer = signer_of(settings)
    except Misconfigured as error:
        report.blame("settings", error)
        return
    if signer is not None:
        report.looked_at.append(f"dkim: {signer.algorithm}, {signer.bits} bits, {signer.record_name}")


def _show(report: Report, *, as_json: bool) -> None:
    if as_json:
        show_json({"ok": not report.problems, "problems": report.problems, "looked_at": report.looked_at})
        return
    for line in report.looked_at:
        tell(line)
    for problem in report.problems:
        show_text(problem.problem)
    count = len(report.problems)
    tell("All is sound." if not count else f"{count} {'problem' if count == 1 else 'problems'}.")
