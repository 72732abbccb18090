"""`mailroute outbox`: mail that leaves, waits, was refused, or was deliberately not written."""

import os
from typing import Annotated

import typer

from mailroute.bootstrap import Application, open_application
from mailroute.cli.frame import FOUND_PROBLEMS
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import show_json, show_table, show_text, tell
from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import OutboxId, OutboxItem, OutboxState
from mailroute.domain.policy import Mode
from mailroute.services import views
from mailroute.settings import load_settings
from mailroute.store import outbox, silences
from mailroute.tickets.actions import How


def command(  # noqa: PLR0913 - typer reads an option from each parameter
    *,
    config: ConfigOption = None,
    state: Annotated[OutboxState | None, typer.Option("--state", help="Only mails in this state.")] = None,
    silent: Annotated[
        bool, typer.Option("--silent", help="Mails deliberately not written, and why.")
    ] = False,
    show: Annotated[int | None, typer.Option("--show", metavar="N", help="Print one mail.")] = None,
    send: Annotated[
        list[int] | None,
        typer.Option(
            "--send", metavar="N", help="Send a mail that waits, is held, refused, expired or only observed."
        ),
    ] = None,
    drop: Annotated[
        list[int] | None, typer.Option("--drop", metavar="N", help="Drop a reply that waits for a word.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many at the most.")] = 50,
    as_json: JsonOption = False,
) -> int | None:
    """List outgoing mails, newest first, with where each stands; send one after all."""
    settings = load_settings(config, environ=os.environ)
    with open_application(settings) as app:
        if send and app.policy.mode is Mode.OBSERVE:
            raise Misconfigured('nothing is sent in observe mode; set `mode = "live"` in the settings first')
        if send or drop:
            done = [_sent(app, OutboxId(number)) for number in send or ()]
            done += [_dropped(app, OutboxId(number)) for number in drop or ()]
            return None if all(done) else FOUND_PROBLEMS
        with app.store.read() as connection:
            if silent:
                _show_silences(silences.silences(connection, limit=limit), as_json=as_json)
                return None
            item = None if show is None else outbox.load(connection, OutboxId(show))
            items = [] if show is not None else outbox.listing(connection, state=state, limit=limit)
    if show is not None:
        return _show_one(item, show, as_json=as_json)
    if as_json:
        show_json([{"mail": int(one.id), **views.outgoing(one)} for one in items])
        return None
    rows = [
        (
            i.id,
            f"{i.created_at:%Y-%m-%d %H:%M}",
            i.kind,
            ", ".join(str(m.address) for m in i.to),
            i.mail.subject,
            i.state,
        )
        for i in items
    ]
    headings = ("Mail", "Written (UTC)", "Kind", "To", "Subject", "State")
    show_table(headings, rows, empty="No mail was written yet; a ticket that opens causes some.")
    return None


OPERATOR = "operator"
"""Who let a reply go or dropped it, for the history, where nobody said a name."""


def _sent(app: Application, number: OutboxId) -> bool:
    """Let a mail go: a reply that waits, or one that may be tried again."""
    queued = app.waiting_replies().word(number, send=True, by=OPERATOR, how=How.COMMAND_LINE)
    if not queued:
        with app.store.write() as connection:
            queued = outbox.requeue(connection, number, app.clock.now())
            if queued:
                app.enqueue_delivery(connection, number)
    tell(f"mail {number}: " + ("is queued" if queued else "is not one that can be sent again"))
    return queued


def _dropped(app: Application, number: OutboxId) -> bool:
    dropped = app.waiting_replies().word(number, send=False, by=OPERATOR, how=How.COMMAND_LINE)
    tell(f"mail {number}: " + ("is dropped" if dropped else "is not one that waits for a word"))
    return dropped


def _show_one(item: OutboxItem | None, number: int, *, as_json: bool) -> int | None:
    if item is None:
        tell(f"there is no mail {number}")
        return FOUND_PROBLEMS
    if as_json:
        show_json({"mail": int(item.id), **views.outgoing(item), "results": dict(item.results)})
    else:
        show_text(item.mail.raw.decode("utf-8", "backslashreplace").replace("\r\n", "\n"))
    return None


def _show_silences(lines: list[silences.SilenceLine], *, as_json: bool) -> None:
    if as_json:
        show_json(
            [
                {"kind": s.silence.kind, "to": s.silence.to, "reason": s.silence.reason, "after": s.after}
                for s in lines
            ]
        )
        return
    rows = [
        (f"{s.at:%Y-%m-%d %H:%M}", s.silence.kind, s.silence.to, s.silence.reason, s.after) for s in lines
    ]
    show_table(("At (UTC)", "Kind", "To", "Reason", "After"), rows, empty="No mail was held back so far.")
