"""`mailroute ticket MR-17`: one ticket, whole."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from mailroute.bootstrap import open_application
from mailroute.cli.frame import FOUND_PROBLEMS
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import colour, printable, show_json, show_text, tell
from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import OutboxItem
from mailroute.domain.ticket import Audience, Ticket, TicketEvent, TicketMessage, TicketRef
from mailroute.services import views
from mailroute.settings import load_settings
from mailroute.store import messages, outbox, tickets
from mailroute.store.session import Store
from mailroute.tickets.actions import How, changes_of
from mailroute.tickets.move import whose_move


def command(  # noqa: PLR0913 - typer reads an option from each parameter
    ref: Annotated[str, typer.Argument(metavar="MR-N", help="The ticket, as MR-17 or 17.")],
    *,
    config: ConfigOption = None,
    history: Annotated[bool, typer.Option("--history", help="Only the history.")] = False,
    do: Annotated[
        list[str] | None,
        typer.Option("--do", metavar="COMMAND", help='As in a mail: --do "/assign kai"; may be repeated.'),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last change back.")] = False,
    put_right: Annotated[
        list[str] | None,
        typer.Option(
            "--correct",
            metavar="FIELD=VALUE",
            help="Put right what was read: type=billing, references=+PO-7.",
        ),
    ] = None,
    as_: Annotated[
        str | None,
        typer.Option("--as", metavar="STAFF", help="In whose name --do, --undo and --correct act."),
    ] = None,
    as_json: JsonOption = False,
) -> int | None:
    """Show one ticket: the card, why it went where it went, its messages, mails and history. Or change it."""
    wanted = TicketRef.read(ref)
    if wanted is None:
        raise Misconfigured(f"{ref} is no ticket number; write MR-17 or 17")
    do = [*(do or []), *(f"/correct {' '.join(pair.split())}" for pair in put_right or [])]
    if do or undo:
        return _act(wanted, do, as_, undo=undo, config=config, as_json=as_json)
    store = Store.open(load_settings(config, environ=os.environ).database)
    try:
        with store.read() as connection:
            found = tickets.get(connection, wanted)
            if found is None:
                tell(f"there is no ticket {wanted}; `mailroute tickets --all` lists them")
                return FOUND_PROBLEMS
            said = messages.messages(connection, wanted)
            past = messages.events(connection, wanted)
            mails = outbox.listing(connection, ticket=wanted)
    finally:
        store.dispose()
    view = views.ticket(found, said, past)
    if as_json:
        show_json(view | {"outgoing": [views.outgoing(mail) for mail in mails]})
        return None
    lines = _history(past) if history else _whole(view, found, said, past, mails)
    show_text("\n".join(printable(line) if "\x1b" not in line else line for line in lines))
    return None


def _act(
    ref: TicketRef, do: list[str], actor: str | None, *, undo: bool, config: Path | None, as_json: bool
) -> int | None:
    """Change the ticket, and say what was done and what was not."""
    if actor is None:
        raise Misconfigured("say in whose name: --as ines")
    with open_application(load_settings(config, environ=os.environ)) as app:
        actions = app.actions()
        results = actions.act(ref, actor, do, How.COMMAND_LINE)
        if undo:
            results.append(actions.undo(ref, actor, How.COMMAND_LINE))
    if as_json:
        show_json([{"command": r.command, "done": r.done, "words": r.words} for r in results])
    else:
        for result in results:
            show_text(f"{result.command}: {'' if result.done else 'NOT done: '}{printable(result.words)}")
    return None if all(result.done for result in results) else FOUND_PROBLEMS


def _whole(
    view: dict[str, Any],
    ticket: Ticket,
    said: list[TicketMessage],
    past: list[TicketEvent],
    mails: list[OutboxItem],
) -> Iterator[str]:
    issue = view["issue"]
    yield colour(f"{view['ref']}  {view['title']}", "bold")
    requester = view["requester"]
    yield f"{view['status']}; PM {view['pm'] or '-'}, rep {view['rep'] or '-'}"
    yield f"move: {view['whose_move']} ({whose_move(ticket, past).because})"
    yield f"{requester['name'] or ''} <{requester['address'] or ''}>, {view['organisation'] or 'no known organisation'}"
    yield f"{issue['type']['value']}, urgency {issue['urgency']['value']}, sounds {issue['sentiment']['value']}"
    if issue["corrected"]:
        yield f"put right by one of us: {', '.join(issue['corrected'])}"
    for label, values in (
        ("asks", [a["text"] for a in issue["asks"]]),
        ("by", [f"{d['date']} ({d['words']})" for d in issue["deadlines"]]),
        ("references", [f"{r['value']} ({r['kind']})" for r in issue["references"]]),
        ("products", [p["text"] for p in issue["products"]]),
        ("people", [", ".join(dict.fromkeys(str(v) for v in p.values() if v)) for p in issue["people"]]),
        ("facts", [f"{f['key']}: {f['value']}" for f in issue["facts"]]),
    ):
        for value in values:
            yield f"  {label}: {' '.join(value.split())}"
    yield f"routed by {view['routed_by']['rule']}:"
    for reason in view["routed_by"]["reasons"]:
        yield f"  {reason['code']}: {reason['evidence']}"
    for one in view["routed_by"]["candidates"]:
        if not one["chosen"]:
            why = one["reasons"][-1]["evidence"]
            yield f"  or {one['staff']} by {one['rule']} ({one['score']:.2f}): {why}"
    for sentence in view["routed_by"]["would_change"]:
        yield f"  but: {sentence}"
    for message in said:
        marked = " (internal)" if message.audience is Audience.INTERNAL else ""
        yield ""
        yield colour(f"{message.at:%Y-%m-%d %H:%M} {message.author}, {message.role}{marked}", "bold")
        yield message.text.strip()
    yield ""
    for mail in reversed(mails):
        yield f"mail {mail.kind} to {', '.join(str(m.address) for m in mail.to)}: {mail.state}"
    yield ""
    for link in ticket.links:
        yield f"{link.kind} {link.ref}"
    yield from _history(past)


def _history(past: list[TicketEvent]) -> Iterator[str]:
    """Each change: when, what, who, by which way, what was before, and why."""
    for event in past:
        how = event.details.get("how", "")
        yield f"{event.at:%Y-%m-%d %H:%M}  {event.event} by {event.by}" + (f", {how}" if how else "")
        for name, before, after in changes_of(event):
            yield f"    {name}: {before or 'none'} -> {after or 'none'}"
        for reason in event.reasons:
            yield f"    {reason}"
