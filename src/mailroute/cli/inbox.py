"""`mailroute inbox`: what was kept, and what became of it."""

import os
from typing import Annotated

import typer

from mailroute.bootstrap import Application, open_application
from mailroute.cli.frame import FOUND_PROBLEMS
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import show_json, show_table, show_text, tell
from mailroute.domain.received import InboxId, Verdict
from mailroute.services import views
from mailroute.settings import load_settings
from mailroute.store import inbox
from mailroute.store.inbox import InboxLine
from mailroute.store.tables import InboxState


def command(
    *,
    config: ConfigOption = None,
    state: Annotated[InboxState | None, typer.Option("--state", help="Only entries in this state.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many at the most.")] = 50,
    retry: Annotated[
        list[int] | None,
        typer.Option("--retry", metavar="N", help="Work this held or quarantined entry afresh."),
    ] = None,
    release: Annotated[
        list[int] | None,
        typer.Option(
            "--release", metavar="N", help="You know who wrote this held entry: let it in as theirs."
        ),
    ] = None,
    raw: Annotated[
        int | None, typer.Option("--raw", metavar="N", help="Print the message as it was kept.")
    ] = None,
    as_json: JsonOption = False,
) -> int | None:
    """List messages kept, newest first, with what became of each and why; try again what was set aside."""
    settings = load_settings(config, environ=os.environ)
    with open_application(settings) as app:
        if raw is not None:
            with app.store.read() as connection:
                show_text(inbox.raw(connection, InboxId(raw)).decode("utf-8", "backslashreplace"))
            return None
        if retry or release:
            done = [_again(app, number, None) for number in retry or ()]
            done += [_again(app, number, Verdict.PASS) for number in release or ()]
            return None if all(done) else FOUND_PROBLEMS
        with app.store.read() as connection:
            lines = inbox.listing(connection, state=state, limit=limit)
    if as_json:
        show_json([_view(line) for line in lines])
    else:
        rows = [_row(line) for line in lines]
        headings = ("Entry", "Came (UTC)", "By", "Source", "State", "Action", "Ticket", "Why")
        show_table(headings, rows, empty="Nothing was kept yet. Mail to the routing address arrives here.")
    return None


def _again(app: Application, number: int, vouched: Verdict | None) -> bool:
    """Ask for one entry to be worked afresh, and say whether that can be."""
    with app.store.write() as connection:
        again = inbox.retry(connection, InboxId(number), vouched=vouched)
        if again:
            app.enqueue_entries(connection, [InboxId(number)])
    tell(f"entry {number}: " + ("will be worked afresh" if again else "is neither held nor quarantined"))
    return again


def _row(line: InboxLine) -> tuple[object, ...]:
    entry = line.entry
    why = "; ".join(reason.code for reason in line.reasons)
    came = f"{entry.received_at:%Y-%m-%d %H:%M}"
    return (
        entry.id,
        came,
        entry.channel,
        entry.source or "",
        line.state,
        line.action or "",
        line.ticket or "",
        why,
    )


def _view(line: InboxLine) -> views.View:
    entry = line.entry
    return {
        "entry": int(entry.id),
        "received_at": entry.received_at.isoformat(),
        "channel": str(entry.channel),
        "source": entry.source,
        "sha256": entry.sha256,
        "size_bytes": line.size_bytes,
        "state": str(line.state),
        "action": str(line.action) if line.action else None,
        "ticket": str(line.ticket) if line.ticket else None,
        "reasons": views.reasons(line.reasons),
    }
