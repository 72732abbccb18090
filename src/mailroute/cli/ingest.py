"""`mailroute ingest`: messages that lie in files."""

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from mailroute.bootstrap import load_directory_file, open_application
from mailroute.cli.ingest_mailbox import ingest_mailbox
from mailroute.cli.options import ConfigOption, DryRunOption, JsonOption
from mailroute.cli.output import show_json, show_text, tell
from mailroute.domain.errors import Misconfigured
from mailroute.domain.received import ReceivedMail
from mailroute.intake.files import STDIN, FileMessage, find_files, read_files, received_from_file
from mailroute.journal import configure_logging
from mailroute.settings import Settings, load_settings

BATCH = 50
"""Messages in one commit."""


def command(  # noqa: PLR0913 - each is an option that a person may write
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH...]", help=".eml files, mbox files, Maildirs, folders of them, or - for one."
        ),
    ] = None,
    *,
    config: ConfigOption = None,
    imap: Annotated[
        str | None, typer.Option("--imap", metavar="NAME", help="The past of this mailbox instead of files.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option("--since", metavar="DAY", formats=["%Y-%m-%d"], help="First day of that past."),
    ] = None,
    folder: Annotated[
        str | None, typer.Option("--folder", help="One folder; else all that are watched.")
    ] = None,
    leave: Annotated[
        bool, typer.Option("--leave", help="Only keep them; a running service works them through.")
    ] = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> int | None:
    """Take messages from files into the inbox and work them through, like any other mail.

    The same content is taken once, however often it is given. With --imap NAME --since DAY the past of a mailbox is
    read: nothing is sent because of it, in whatever mode the service runs, and a run that was stopped goes on.
    """
    settings = load_settings(config, environ=os.environ)
    configure_logging(level="error")
    if imap is not None:
        if since is None or paths or dry_run:
            raise Misconfigured("write: mailroute ingest --imap NAME --since YYYY-MM-DD [--folder FOLDER]")
        ingest_mailbox(settings, imap, since=since.date(), folder=folder, leave=leave, as_json=as_json)
        return None
    if not paths:
        raise Misconfigured("name files or folders, or a mailbox with --imap NAME --since YYYY-MM-DD")
    routing_address = settings.service.routing_address
    now = datetime.now(UTC)
    mails = (
        received_from_file(message, routing_address=routing_address, received_at=now)
        for message in _with_progress(paths)
    )
    if dry_run:
        found = sum(1 for _ in mails)
        counts = {"found": found, "kept": 0, "known": 0}
    else:
        counts = _take_in(settings, mails, leave=leave)
    if as_json:
        show_json({"dry_run": dry_run, **counts})
    elif dry_run:
        show_text(f"{counts['found']} messages would be taken in")
    else:
        show_text(
            f"{counts['found']} messages: {counts['kept']} taken in, {counts['known']} were here already"
        )
        tell("`mailroute inbox` shows what became of them, `mailroute tickets` the tickets")
    return None


def _take_in(settings: Settings, mails: Iterator[ReceivedMail], *, leave: bool) -> dict[str, int]:
    counts = {"found": 0, "kept": 0, "known": 0}
    with open_application(settings, create=settings.database_url is None) as app:
        load_directory_file(app)
        processor = None if leave else app.processor(app.reader().read)
        while batch := list(islice(mails, 1 if processor else BATCH)):
            kept = app.keep(batch)
            for one, mail in zip(kept, batch, strict=True):
                if one.fresh:
                    app.journal.kept(one.id, channel=mail.channel, size_bytes=len(mail.raw))
                else:
                    app.journal.kept_again(one.id, channel=mail.channel)
            fresh = [one.id for one in kept if one.fresh]
            counts["found"] += len(batch)
            counts["kept"] += len(fresh)
            counts["known"] += len(batch) - len(fresh)
            if processor:
                for entry in fresh:
                    processor.process(entry)
    return counts


def _with_progress(paths: list[Path]) -> Iterator[FileMessage]:
    """The messages, with a bar over their files on a terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(file=sys.stderr)
    files: Iterable[Path] = [file for path in paths for file in _files(path)]
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        for file in progress.track(files, description="Taking in"):
            yield from read_files([file], stdin=sys.stdin.buffer)


def _files(path: Path) -> Iterable[Path]:
    return [path] if str(path) == STDIN else find_files(path)
