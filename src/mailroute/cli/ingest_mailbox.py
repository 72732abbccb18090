"""`mailroute ingest --imap`: the past of a mailbox."""

from collections.abc import Callable
from datetime import date
from functools import partial

from mailroute.bootstrap import load_directory_file, open_application
from mailroute.cli.output import show_json, show_text, tell
from mailroute.cli.progress import bar
from mailroute.services.backfill import Backfill, Progress, folders_of_past
from mailroute.settings import Settings


def ingest_mailbox(
    settings: Settings, account: str, *, since: date, folder: str | None, leave: bool, as_json: bool
) -> None:
    """Read the past of an account's folders, with a bar, and say what came of it."""
    folders = folders_of_past(settings, account, folder)
    done: list[Progress] = []
    with open_application(settings, create=settings.database_url is None) as app:
        load_directory_file(app)
        process = None if leave else app.processor(app.reader().read).process
        backfill = Backfill(store=app.store, desk=app.desk(), journal=app.journal, process=process)
        for watched in folders:
            with bar(watched.name) as advance:
                show = partial(_show, advance)
                done.append(backfill.read(watched, since, settings.service.timezone, show))
    if as_json:
        show_json({"folders": done})
        return
    for one in done:
        show_text(f"{one.folder}: {one.looked_at} messages since {since}, {one.kept} taken in")
    tell("nothing was sent; `mailroute inbox` shows what became of them, `mailroute tickets` the tickets")


def _show(advance: Callable[[int, int], None], now: Progress) -> None:
    advance(now.looked_at, now.of)
