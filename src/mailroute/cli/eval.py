"""`mailroute eval`: how well mail is understood, by labelled mails and by what people put right."""

import os
from pathlib import Path
from typing import Annotated

import typer

from mailroute.bootstrap import open_application
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import show_json, show_table, tell
from mailroute.cli.progress import steps
from mailroute.domain.errors import Misconfigured
from mailroute.domain.policy import Policy
from mailroute.services.evaluate import Labelled, corrected_mails, evaluate, labelled_files, labelled_mails
from mailroute.services.reading import Reader
from mailroute.services.type_files import in_use
from mailroute.settings import load_settings
from mailroute.store import corrections


def command(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER|FILE.jsonl]", help="Labelled mails; without it, the corrections."),
    ] = None,
    *,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read mails whose issue cards are known and show, field by field, how often the reading is right.

    Without a path the mails are those whose fields people put right (`mailroute ticket MR-1 --correct`): a change of
    rules or models that breaks them shows here.
    """
    settings = load_settings(config, environ=os.environ)
    types = in_use(settings.models_folder)
    if path is not None:
        mails = [mail for file in labelled_files(path) for mail in labelled_mails(file)]
    else:
        mails = _corrected(config)
    with (
        Reader(Policy(), settings.extraction.model, types) as reader,
        steps("Reading", len(mails)) as step,
    ):
        lines = evaluate(mails, reader.read, step)
    if as_json:
        show_json([{"measure": x.measure, "hits": x.hits, "total": x.total, "share": x.share} for x in lines])
        return
    show_table(
        ("Measure", "Hits", "Of", "Share"),
        [
            (
                x.measure,
                "" if x.hits is None else x.hits,
                "" if x.total is None else x.total,
                f"{x.share:.3f}",
            )
            for x in lines
        ],
        empty="Nothing to measure: nobody has corrected a field yet.",
    )
    tell(f"{len(mails)} mails, types told by {types.stem if types else 'the model in the package'}")


def _corrected(config: Path | None) -> list[Labelled]:
    try:
        with (
            open_application(load_settings(config, environ=os.environ)) as app,
            app.store.read() as connection,
        ):
            return list(corrected_mails(corrections.listing(connection)))
    except Misconfigured as error:
        raise Misconfigured(f"{error}; or give a file of labelled mails") from error
