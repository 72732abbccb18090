"""`mailroute doctor`: what keeps the service from working, and what to do next."""

import os
from collections.abc import Iterator

from mailroute.cli.frame import FOUND_PROBLEMS
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import colour, show_json, show_text, tell
from mailroute.domain.errors import Misconfigured
from mailroute.services.diagnosis import diagnose
from mailroute.services.finding import Finding, Level
from mailroute.settings import find_config, load_settings

STYLES = {Level.OK: "green", Level.WARNING: "yellow", Level.ERROR: "red"}


def command(*, config: ConfigOption = None, as_json: JsonOption = False) -> int:
    """Look at settings, data folder, disk, clock, database, books, templates, spaCy model, smarthost and ports.

    Each line says ok, warning or error, and below it what to do next. Exit 1 if there is an error.
    """
    findings = []
    for finding in _findings(config_option=config):
        findings.append(finding)
        if not as_json:
            show_text(_line(finding))
    errors = [finding for finding in findings if finding.level is Level.ERROR]
    if as_json:
        show_json({"ok": not errors, "findings": findings})
    else:
        warnings = sum(finding.level is Level.WARNING for finding in findings)
        tell(f"{len(errors)} errors, {warnings} warnings.")
    return FOUND_PROBLEMS if errors else 0


def _findings(config_option: ConfigOption) -> Iterator[Finding]:
    try:
        path = find_config(config_option, os.environ)
        settings = load_settings(config_option, environ=os.environ)
    except Misconfigured as error:
        for line in str(error).splitlines():
            yield Finding("settings", Level.ERROR, line, "mend it; `mailroute check` shows all that is wrong")
        return
    said = f"{path}, mode {settings.mode}" if path else f"defaults (no mailroute.toml), mode {settings.mode}"
    yield Finding("settings", Level.OK, said)
    yield from diagnose(settings)


def _line(finding: Finding) -> str:
    level = colour(f"{finding.level:<7}", STYLES[finding.level])
    line = f"{level}  {finding.check}: {finding.saw}"
    return f"{line}\n         -> {finding.next}" if finding.next else line
