"""`mailroute rehearse`: play folders of mails through a throw-away service."""

from pathlib import Path
from typing import Annotated

import typer

from mailroute.cli.frame import FOUND_PROBLEMS, SUCCESS
from mailroute.cli.options import JsonOption
from mailroute.cli.output import show_json_line, show_table, show_text, tell
from mailroute.domain.policy import Policy
from mailroute.journal import Journal, configure_logging
from mailroute.outbound.render import Renderer
from mailroute.services.reading import Reader
from mailroute.services.rehearsal_check import check
from mailroute.services.rehearse import Rehearsal, rehearse


def command(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER...", exists=True, file_okay=False, help="Folders with given.toml and mails."
        ),
    ],
    *,
    check_: Annotated[
        bool, typer.Option("--check", help="Compare with then.toml; exit 1 on a difference, naming it.")
    ] = False,
    model: Annotated[str | None, typer.Option("--model", help="spaCy model, as extraction.model.")] = None,
    as_json: JsonOption = False,
) -> int:
    """Play each folder of mails through the whole service on a throw-away store, and show what came of it.

    Nothing outside the folder is read, nothing is sent. A folder of rehearsal folders plays them all.
    """
    configure_logging(level="error")  # what is printed is the result
    failed = 0
    found = [inner for folder in folders for inner in _rehearsals(folder)]
    journal, renderer = Journal(), Renderer()
    with Reader(Policy(), model) as reader:
        for folder in found:
            played = rehearse(folder, read=reader.read, renderer=renderer, journal=journal)
            differences = check(folder, played.result) if check_ else []
            failed += bool(differences)
            if as_json:
                show_json_line(played.result)
            else:
                _show(played)
            for difference in differences:
                tell(f"{folder.name}: {difference}")
    if check_:
        tell(f"{len(found) - failed} of {len(found)} rehearsals went as expected")
    return FOUND_PROBLEMS if failed else SUCCESS


def _rehearsals(folder: Path) -> list[Path]:
    """The folder itself, or the rehearsal folders in it."""
    if (folder / "given.toml").is_file():
        return [folder]
    inside = sorted(path.parent for path in folder.glob("*/given.toml"))
    return inside or [folder]


def _show(played: Rehearsal) -> None:
    result = played.result
    show_text(f"\n{played.folder.name}")
    show_table(
        ("Ticket", "Title", "Status", "Move", "Requester", "PM", "Rule"),
        [
            (
                t["ref"],
                t["title"],
                t["status"],
                t["whose_move"],
                t["requester"]["address"],
                t["pm"],
                t["routed_by"]["rule"],
            )
            for t in result["tickets"]
        ],
        empty="No ticket was opened.",
    )
    show_table(
        ("After", "Mail", "To", "Subject"),
        [(m["after"], m["kind"], ", ".join(m["to"]), m["subject"]) for m in result["outgoing"]],
        empty="No mail would go out.",
    )
    set_aside = [(s["source"], s["action"], _first(s["reasons"])) for s in result["set_aside"]]
    if set_aside:
        show_table(("Set aside", "Action", "Why"), set_aside)


def _first(reasons: list[dict[str, str]]) -> str:
    return reasons[-1]["evidence"] if reasons else ""
