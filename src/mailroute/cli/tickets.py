"""`mailroute tickets`: the list."""

import os
from typing import Annotated

import typer

from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import show_json, show_table
from mailroute.domain.ticket import Status
from mailroute.services import views
from mailroute.settings import load_settings
from mailroute.store import messages, tickets
from mailroute.store.session import Store
from mailroute.store.tickets import TicketFilter

LIVE = frozenset({Status.NEW, Status.OPEN, Status.WAITING})


def command(
    *,
    config: ConfigOption = None,
    all_: Annotated[bool, typer.Option("--all", help="Resolved and closed ones, too.")] = False,
    pm: Annotated[str | None, typer.Option("--pm", help="Only those of this PM (staff id).")] = None,
    rep: Annotated[str | None, typer.Option("--rep", help="Only those of this rep (staff id).")] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", help="Only those of this organisation (id).")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many at the most.")] = 50,
    as_json: JsonOption = False,
) -> int | None:
    """List tickets, newest first: whose move it is, who looks after it, and by which rule."""
    store = Store.open(load_settings(config, environ=os.environ).database)
    wanted = TicketFilter(statuses=None if all_ else LIVE, pm=pm, rep=rep, organisation=organisation)
    try:
        with store.read() as connection:
            found = tickets.listing(connection, wanted, limit=limit)
            if as_json:
                show_json(
                    [
                        views.ticket(
                            one, messages.messages(connection, one.ref), messages.events(connection, one.ref)
                        )
                        for one in found
                    ]
                )
                return None
    finally:
        store.dispose()
    rows = [
        (
            t.ref,
            t.title,
            t.status,
            t.whose_move,
            t.requester,
            t.pm,
            t.rep,
            t.routing.rule,
            f"{t.updated_at:%Y-%m-%d %H:%M}",
        )
        for t in found
    ]
    headings = ("Ticket", "Title", "Status", "Move", "Requester", "PM", "Rep", "Rule", "Changed (UTC)")
    show_table(
        headings,
        rows,
        empty="No tickets. Mail to the routing address, or `mailroute ingest PATH`, opens some.",
    )
    return None
