"""`mailroute ticket MR-17`: one ticket, whole."""

import os
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from mailroute.cli.frame import FOUND_PROBLEMS
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import colour, printable, show_json, show_text, tell
from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import OutboxItem
from mailroute.domain.ticket import Audience, TicketMessage, TicketRef
from mailroute.services import views
from mailroute.settings import load_settings
from mailroute.store import messages, outbox, tickets
from mailroute.store.session import Store


def command(
    ref: Annotated[str, typer.Argument(metavar="MR-N", help="The ticket, as MR-17 or 17.")],
    *,
    config: ConfigOption = None,
    history: Annotated[bool, typer.Option("--history", help="Only the history.")] = False,
    as_json: JsonOption = False,
) -> int | None:
    """Show one ticket: the card, why it went where it went, its messages, mails and history."""
    wanted = TicketRef.read(ref)
    if wanted is None:
        raise Misconfigured(f"{ref} is no ticket number; write MR-17 or 17")
    store = Store.open(load_settings(config, environ=os.environ).database)
    try:
        with store.read() as connection:
            found = tickets.get(connection, wanted)
            if found is None:
                tell(f"there is no ticket {wanted}; `mailroute tickets --all` lists them")
                return FOUND_PROBLEMS
            said = messages.messages(connection, wanted)
            view = views.ticket(found, said, messages.events(connection, wanted))
            mails = outbox.listing(connection, ticket=wanted)
    finally:
        store.dispose()
    if as_json:
        show_json(view | {"outgoing": [views.outgoing(mail) for mail in mails]})
        return None
    lines = _history(view) if history else _whole(view, said, mails)
    show_text("\n".join(printable(line) if "\x1b" not in line else line for line in lines))
    return None


def _whole(view: dict[str, Any], said: list[TicketMessage], mails: list[OutboxItem]) -> Iterator[str]:
    issue = view["issue"]
    yield colour(f"{view['ref']}  {view['title']}", "bold")
    requester = view["requester"]
    yield f"{view['status']}, move: {view['whose_move']}; PM {view['pm'] or '-'}, rep {view['rep'] or '-'}"
    yield f"{requester['name'] or ''} <{requester['address'] or ''}>, {view['organisation'] or 'no known organisation'}"
    yield f"{issue['type']['value']}, urgency {issue['urgency']['value']}, sounds {issue['sentiment']['value']}"
    for label, values in (
        ("asks", [a["text"] for a in issue["asks"]]),
        ("by", [f"{d['date']} ({d['words']})" for d in issue["deadlines"]]),
        ("references", [f"{r['value']} ({r['kind']})" for r in issue["references"]]),
        ("facts", [f"{f['key']}: {f['value']}" for f in issue["facts"]]),
    ):
        for value in values:
            yield f"  {label}: {value}"
    yield f"routed by {view['routed_by']['rule']}:"
    for reason in view["routed_by"]["reasons"]:
        yield f"  {reason['code']}: {reason['evidence']}"
    for message in said:
        marked = " (internal)" if message.audience is Audience.INTERNAL else ""
        yield ""
        yield colour(f"{message.at:%Y-%m-%d %H:%M} {message.author}, {message.role}{marked}", "bold")
        yield message.text.strip()
    yield ""
    for mail in reversed(mails):
        yield f"mail {mail.kind} to {', '.join(str(m.address) for m in mail.to)}: {mail.state}"
    yield ""
    yield from _history(view)


def _history(view: dict[str, Any]) -> Iterator[str]:
    for event in view["history"]:
        why = "; ".join(f"{r['code']}: {r['evidence']}" for r in event["reasons"])
        yield f"{event['at'][:16]}  {event['event']} by {event['by']}" + (f" ({why})" if why else "")
