"""Options that mean the same in every command."""

from pathlib import Path
from typing import Annotated

import typer

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        metavar="FILE",
        help="Settings file; else $MAILROUTE_CONFIG, ./mailroute.toml, /etc/mailroute/mailroute.toml.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and do none of it.")]
