"""`mailroute digest`: what somebody would read this morning."""

import os
from typing import Annotated

import typer

from mailroute.bootstrap import open_application
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import colour, printable, show_json, show_text, tell
from mailroute.digests.schedule import view_of
from mailroute.digests.view import digest_context
from mailroute.domain.digest import Frequency, View
from mailroute.domain.errors import Misconfigured
from mailroute.settings import load_settings
from mailroute.tickets.commands_arguments import find_staff


def command(
    reader: Annotated[str, typer.Argument(metavar="STAFF", help="Whose (staff id or name).")],
    *,
    view: Annotated[
        View | None, typer.Option("--view", help="Through other eyes; agenda is the joint one.")
    ] = None,
    often: Annotated[
        Frequency | None,
        typer.Option("--often", help="Keep how often STAFF wants it by mail: the off switch."),
    ] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> int | None:
    """Show a digest as it would be sent now. Nothing is sent, and what is new stays new."""
    with open_application(load_settings(config, environ=os.environ)) as app:
        with app.store.read() as connection:
            directory = app.directories.current(connection)
        staff = find_staff(reader, directory.staff, actor=None)
        if isinstance(staff, str):
            raise Misconfigured(staff)
        desk = app.digest_desk()
        if often is not None:
            desk.choose(staff.id, often)
            tell(f"{staff.name} gets it {often} from now on")
        shown = digest_context(desk.digest(staff, view or view_of(staff)), app.policy.service.language)
    if as_json:
        show_json(shown)
        return None
    if not shown["sections"]:
        tell("Nothing to tell: no mail would go out.")
    for section in shown["sections"]:
        show_text(colour(section["title"], "bold"))
        for line in section["lines"]:
            mark = colour("!", "red") if line["late"] else "-"
            number = f"{line['ticket']}  " if line["ticket"] else ""
            show_text(f"{mark} {number}{printable(line['text'])}")
            if line["words"]:
                show_text(colour(f"    “{printable(line['words'])}”", "dim"))
    return None
