"""`mailroute db`: bring the database to this version."""

import os

import typer

from mailroute.cli.options import ConfigOption, DryRunOption, JsonOption
from mailroute.cli.output import show_json, show_table
from mailroute.engine import schema
from mailroute.settings import load_settings
from mailroute.store.migrate import migrate, pending

app = typer.Typer(help="Bring the database to this version.", no_args_is_help=True, add_completion=False)


@app.callback()
def _group() -> None:
    """Bring the database to this version."""


@app.command()
def upgrade(
    *, config: ConfigOption = None, dry_run: DryRunOption = False, as_json: JsonOption = False
) -> int | None:
    """Make the tables that are missing and change those that are old. Harmless when there is nothing to do.

    On SQLite a missing file is made. Stop the service first, or let it start anew afterwards.
    """
    settings = load_settings(config, environ=os.environ)
    if dry_run:
        revisions = pending(settings.database)
    else:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        revisions = migrate(settings.database)
        schema.create(settings.database)
    if as_json:
        show_json({"dry_run": dry_run, "revisions": revisions})
    else:
        show_table(
            ["revision"], [[revision] for revision in revisions], empty="Nothing to do: it is up to date."
        )
    return None
