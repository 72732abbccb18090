"""`mailroute privacy`: what is kept of a person, for them; and erasing it."""

import os
from pathlib import Path
from typing import Annotated

import typer

from mailroute.bootstrap import open_application
from mailroute.cli.options import ConfigOption, DryRunOption, JsonOption
from mailroute.cli.output import answer, show_json, show_table, tell, warn
from mailroute.settings import load_settings

app = typer.Typer(add_completion=False, no_args_is_help=True)
AddressArgument = Annotated[str, typer.Argument(help="Mail address of the person.")]


@app.command("export")
def export(
    address: AddressArgument,
    *,
    to: Annotated[Path | None, typer.Option("--to", help="Where to write the ZIP file.")] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write all that is kept of a person into a ZIP file: person.json, and their mails as they came."""
    target = to or Path(f"{address.replace('@', '-at-').replace('/', '-')}.zip")
    with open_application(load_settings(config, environ=os.environ)) as opened:
        target.write_bytes(opened.privacy().export(address))
    target.chmod(0o600)
    answer(as_json, {"file": target}, f"written: {target}")


@app.command("erase")
def erase(
    address: AddressArgument,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: DryRunOption = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> int:
    """Take a person's words, name and address out of everything that is kept. It cannot be undone."""
    settings = load_settings(config, environ=os.environ)
    with open_application(settings) as opened:
        privacy = opened.privacy()
        found = privacy.count(address)
        if not as_json:
            show_table(("What", "How many"), list(found.items()))
        if dry_run:
            if as_json:
                show_json({"dry_run": True, "found": found})
            return 0
        if not yes:
            typer.confirm("Erase all of this for ever?", abort=True, err=True)
        erased = privacy.erase(address)
    done = ", ".join(f"{count} {what}" for what, count in erased.counts.items()) + " erased"
    words = f"{done}\n{erased.instead} stands in the place of the address"
    answer(as_json, {"dry_run": False, "erased": erased.counts, "instead": erased.instead}, words)
    if settings.directory.file is not None:
        warn(f"{settings.directory.file} may name the person: take them out there, or they come back")
    tell("Backups and log files keep what they hold: erase it there by your own rules.")
    return 0
