"""`mailroute replay`: route kept mail again and show what would move."""

import os
from pathlib import Path
from typing import Annotated

import typer

from mailroute.bootstrap import open_application
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import show_json_line, show_table, tell
from mailroute.cli.since import moment
from mailroute.services.directory_file import read_files
from mailroute.services.replay import replay
from mailroute.settings import load_settings


def command(
    *,
    since: Annotated[
        str, typer.Option("--since", metavar="WHEN", help="A day (2026-03-01), or how far back: 30d, 12h.")
    ] = "30d",
    rules: Annotated[
        Path | None,
        typer.Option(
            "--rules", exists=True, dir_okay=False, help="TOML file with [[rule]] and [[team]] tables to try."
        ),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also what would stay where it is.")] = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> int | None:
    """Decide kept mail that opened a ticket again and show which would go to somebody else. Changes nothing."""
    begin = moment(since)
    settings = load_settings(config, environ=os.environ)
    with open_application(settings) as app:
        with app.store.read() as connection:
            directory = app.directories.current(connection)
        tried = None if rules is None else read_files([rules], base=directory).directory
        found = replay(
            app.store,
            read=app.reader().read,
            policy=app.policy,
            since=begin,
            rules=tried.rules if tried else None,
            teams=tried.teams if tried else None,
        )
        shown = moved = total = 0
        rows = []
        for one in found:
            total += 1
            moved += one.moves
            if not (all_ or one.moves):
                continue
            shown += 1
            if as_json:
                show_json_line(one)
            else:
                rows.append(
                    (
                        one.ticket,
                        one.then_pm,
                        one.then_rule,
                        one.then_why,
                        one.now_pm,
                        one.now_rule,
                        one.why,
                    )
                )
    if not as_json:
        headings = ("Ticket", "PM then", "Rule then", "Why then", "PM now", "Rule now", "Why now")
        show_table(headings, rows, empty="Every ticket would go where it went.")
    tell(f"{moved} of {total} tickets would move")
    return None
