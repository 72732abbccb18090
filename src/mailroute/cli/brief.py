"""`mailroute brief`: what to know about a client."""

import os
from typing import Annotated

import typer

from mailroute.bootstrap import open_application
from mailroute.briefs.view import brief_context
from mailroute.briefs.wording import said, title
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import colour, printable, show_json, show_text, tell
from mailroute.domain.brief import Brief, BriefLine, Section
from mailroute.settings import load_settings


def command(
    client: Annotated[
        str, typer.Argument(metavar="ORGANISATION", help="Id, name or mail domain of the client.")
    ],
    *,
    reader: Annotated[
        str | None, typer.Option("--for", metavar="STAFF", help="Mark what is new since STAFF had it last.")
    ] = None,
    keys: Annotated[
        bool, typer.Option("--keys", help="Show the key of each line, for `brief-note`.")
    ] = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> int | None:
    """Show who is who at a client, what is open, promised, praised and late; each line with date and source."""
    with open_application(load_settings(config, environ=os.environ)) as app:
        brief = app.briefing().brief(client, reader=reader)
        language = app.policy.service.language
    if as_json:
        show_json(brief_context(brief, language))
    else:
        _show(brief, language, keys=keys)
    return None


def _show(brief: Brief, language: str, *, keys: bool) -> None:
    show_text(colour(brief.organisation.name, "bold"))
    if brief.since is not None:
        fresh = sum(line.fresh for line in brief.lines)
        show_text(f"{fresh} lines are new since {brief.since:%Y-%m-%d %H:%M}; they are marked +")
    for section in Section:
        lines = brief.of(section)
        if not lines:
            continue
        show_text(f"\n{colour(title(section, language), 'bold')}")
        for line in lines:
            _show_line(line, language, keys=keys)
    if not brief.lines:
        tell("Nothing is known of this client yet. It comes with their mail.")


def _show_line(line: BriefLine, language: str, *, keys: bool) -> None:
    mark = "+" if line.fresh else "✓" if line.note else " "
    branch = "   " * (line.depth - 1) + "└─ " if line.depth else ""
    late = colour(" LATE", "red") if line.late else ""
    source = ", ".join(
        [f"{line.at:%Y-%m-%d}" if line.at else "directory", *([str(line.ticket)] if line.ticket else [])]
    )
    shown = f"{mark} {branch}{printable(said(line, language))}{late}  {colour(f'[{source}]', 'dim')}"
    show_text(shown + (f"  {colour(line.key, 'dim')}" if keys else ""))
    if line.words:
        show_text(colour(f"      “{printable(' '.join(line.words.split()))}”", "dim"))
