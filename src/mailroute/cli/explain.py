"""`mailroute explain`: what would be done with messages, and why; none of it is done."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import show_json_line
from mailroute.domain.directory import Directory
from mailroute.domain.policy import Policy
from mailroute.intake.files import read_files, received_from_file
from mailroute.services.directory_file.in_use import directory_for
from mailroute.services.explain import explain
from mailroute.services.reading import Reader
from mailroute.services.type_files import in_use
from mailroute.settings import load_settings, to_policy

NO_SECRET = b"nothing is signed here"


def command(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help=".eml files, folders, mbox files, or - for standard input."),
    ],
    *,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> int | None:
    """Show what the service would do with each message, and do none of it.

    Without --config it knows no people: who the client is and whose work it is cannot be told then.
    """
    policy, directory, model, types = Policy(secret=NO_SECRET), Directory(), None, None
    if config is not None:
        settings = load_settings(config, environ=os.environ)
        policy, directory = to_policy(settings, NO_SECRET), directory_for(settings)
        model, types = settings.extraction.model, in_use(settings.models_folder)
    now = datetime.now(UTC)
    with Reader(policy, model, lambda: types) as reader:
        for message in read_files(paths, stdin=sys.stdin.buffer):
            mail = received_from_file(
                message, routing_address=policy.service.routing_address, received_at=now
            )
            shown = explain(mail, read=reader.read, directory=directory, policy=policy, now=now)
            if as_json:
                show_json_line(shown)
            else:
                from mailroute.cli.explained import show_explained

                show_explained(shown)
    return None
