"""`mailroute brief-note`: a person's word on a line of a client brief."""

import os
from typing import Annotated

import typer

from mailroute.bootstrap import open_application
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import answer
from mailroute.domain.brief import Verdict
from mailroute.domain.errors import Misconfigured
from mailroute.settings import load_settings


def command(
    client: Annotated[
        str, typer.Argument(metavar="ORGANISATION", help="Id, name or mail domain of the client.")
    ],
    key: Annotated[
        str, typer.Argument(help="Which line: as `mailroute brief ORGANISATION --keys` shows it.")
    ],
    *,
    word: Annotated[
        str, typer.Option("--word", metavar="right|wrong|withdraw", help="Withdraw takes the last word back.")
    ] = "right",
    instead: Annotated[
        str | None, typer.Option("--instead", metavar="TEXT", help="What is right; the line is wrong then.")
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="STAFF", help="Who says so.")] = "cli",
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> int | None:
    """Confirm a line of a brief, take it out, or put other words in its place. It stays so in later briefs."""
    if word not in {"right", "wrong", "withdraw"}:
        raise Misconfigured(f"--word {word}: write right, wrong or withdraw")
    with open_application(load_settings(config, environ=os.environ)) as app:
        briefing = app.briefing()
        if word == "withdraw":
            done = briefing.withdraw(client, key)
            words = "taken back" if done else f"nobody has said anything of {key}"
            answer(as_json, {"key": key, "withdrawn": done}, words)
            return None
        verdict = Verdict.WRONG if word == "wrong" or instead is not None else Verdict.CONFIRMED
        briefing.note(client, key, verdict, by=by, instead=instead)
    words = f"{key}: {verdict}" + (f", “{instead}”" if instead else "")
    answer(as_json, {"key": key, "verdict": verdict, "instead": instead, "by": by}, words)
    return None
