"""`mailroute stalls`: which clients owe us an answer, what comes next, and what we owe them."""

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from mailroute.bootstrap import open_application
from mailroute.cli.frame import FOUND_PROBLEMS
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import show_json, show_table, show_text
from mailroute.domain.errors import Misconfigured
from mailroute.domain.ticket import TicketRef
from mailroute.followups.stall import Step
from mailroute.services.offer_desk import OfferDesk, latest_offer
from mailroute.services.standing_still import OwedOn, SilentClient, Whose, owed_by_us, silent_clients
from mailroute.services.views import reasons
from mailroute.settings import Settings, load_settings, to_policy
from mailroute.store import directory as directory_rows
from mailroute.store import tickets
from mailroute.store.session import Store
from mailroute.tickets.actions import How

NEXT: Mapping[Step, str] = {
    Step.NUDGE: "nudge offered to the rep",
    Step.FIRM: "firm text offered to the PM",
    Step.NOTHING: "nothing: people decide",
}


def command(  # noqa: PLR0913 - typer reads an option from each parameter
    ticket: Annotated[
        str | None, typer.Argument(metavar="[MR-N]", help="Show the text offered last on this ticket.")
    ] = None,
    *,
    config: ConfigOption = None,
    say: Annotated[
        str | None,
        typer.Option("--say", metavar="WORD", help="Answer it: send, 'later 3d', no, or a text of your own."),
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="In whose name; needed with --say.")
    ] = None,
    pm: Annotated[str | None, typer.Option("--pm", help="Only tickets of this PM (staff id).")] = None,
    rep: Annotated[str | None, typer.Option("--rep", help="Only tickets of this rep (staff id).")] = None,
    ours: Annotated[bool, typer.Option("--ours", help="What we owe: answers, promises, deadlines.")] = False,
    as_json: JsonOption = False,
) -> int | None:
    """List clients who owe us an answer: since when, what comes next, and why it waits.

    With a ticket: the text that was offered for its client last; --say settles it as an answer to the mail would.
    """
    settings = load_settings(config, environ=os.environ)
    if ticket is not None:
        return _offer(settings, _ref(ticket), say, actor)
    policy, whose = to_policy(settings, b""), Whose(pm=pm, rep=rep)  # nothing is signed here
    now, zone = datetime.now(UTC), ZoneInfo(policy.service.timezone)
    store = Store.open(settings.database)
    try:
        with store.read() as connection:
            directory = directory_rows.load(connection)
            if ours:
                _show_owed(owed_by_us(connection, directory, policy, whose), now, zone, as_json=as_json)
            else:
                found = silent_clients(connection, directory, policy, now, whose)
                _show_silent(found, zone, as_json=as_json)
    finally:
        store.dispose()
    return None


def _ref(text: str) -> TicketRef:
    if (ref := TicketRef.read(text)) is None:
        raise Misconfigured(f"{text} is no ticket number, such as MR-17")
    return ref


def _offer(settings: Settings, ref: TicketRef, say: str | None, actor: str | None) -> int | None:
    """Shows the text offered last, or settles it."""
    if say is not None and actor is None:
        raise Misconfigured("say in whose name: --as ines")
    with open_application(settings) as app:
        if say is not None and actor is not None:
            result = app.writing_desk(OfferDesk).answer(ref, actor, say, How.COMMAND_LINE)
            show_text(f"{ref}: {result.words}\n")
            return None if result.done else FOUND_PROBLEMS
        with app.store.read() as connection:
            one = tickets.get(connection, ref)
            offer = latest_offer(connection, one) if one else None
    if offer is None:
        raise Misconfigured(f"no text has been offered on {ref}; `mailroute stalls` tells what comes next")
    state = f"settled: {offer.settled}" if offer.settled else "open; --say send --as NAME sends it"
    show_text(f"To {one.requester if one else ''}, offered to {offer.staff} ({state}):\n\n{offer.words}\n")
    return None


def _show_silent(found: Sequence[SilentClient], zone: ZoneInfo, *, as_json: bool) -> None:
    if as_json:
        show_json([_silent_view(one) for one in found])
        return
    headings = ("Ticket", "Client", "Asked by", "Asked", "Days", "Next", "On", "Why")
    rows = [
        (
            one.ticket.ref,
            one.ticket.requester.name or one.ticket.requester,
            one.silence.question.by,
            _shown(one.silence.question.at, zone),
            one.silence.days,
            NEXT[one.silence.step],
            _shown(one.silence.due_at, zone) if one.silence.due_at else "",
            "; ".join(str(reason) for reason in one.silence.reasons),
        )
        for one in found
    ]
    show_table(headings, rows, empty="Nobody owes us an answer.")


def _silent_view(one: SilentClient) -> dict[str, object]:
    told = one.silence
    return {
        "ticket": str(one.ticket.ref),
        "title": one.ticket.title,
        "client": str(one.ticket.requester),
        "question": told.question.words,
        "asked_by": told.question.by,
        "asked_at": told.question.at,
        "days": told.days,
        "next": str(told.step),
        "due_at": told.due_at,
        "paused_until": told.paused_until,
        "reasons": reasons(told.reasons),
    }


def _show_owed(found: Sequence[OwedOn], now: datetime, zone: ZoneInfo, *, as_json: bool) -> None:
    matters = [(one.ticket, owed) for one in found for owed in one.owed]
    if as_json:
        show_json(
            [
                {
                    "ticket": str(ticket.ref),
                    "title": ticket.title,
                    "occasion": str(owed.occasion),
                    "owner": owed.owner,
                    "by": owed.by,
                    "late": owed.is_late(now),
                    "words": owed.words,
                    "reasons": reasons((owed.reason,)),
                }
                for ticket, owed in matters
            ]
        )
        return
    headings = ("Ticket", "What", "Owner", "By", "Late", "Words", "Why")
    rows = [
        (
            ticket.ref,
            owed.occasion,
            owed.owner or "nobody",
            owed.day or _shown(owed.by, zone),
            "late" if owed.is_late(now) else "",
            owed.words,
            owed.reason,
        )
        for ticket, owed in matters
    ]
    show_table(headings, rows, empty="We owe nobody anything.")


def _shown(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
