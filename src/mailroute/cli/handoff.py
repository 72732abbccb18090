"""`mailroute handoff`: sold work on its way from sales to project management."""

import hashlib
import os
import sys
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Annotated

import typer

from mailroute.bootstrap import load_directory_file, open_application
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import answer, show_json, show_table
from mailroute.domain.directory import Directory, Staff
from mailroute.domain.errors import Misconfigured
from mailroute.domain.received import Channel, Envelope, ReceivedMail, Verdict
from mailroute.domain.ticket import Move, Ticket
from mailroute.journal import configure_logging
from mailroute.settings import load_settings
from mailroute.store import inbox, tickets
from mailroute.tickets.actions_handoff import is_hand_off
from mailroute.tickets.commands_arguments import find_staff
from mailroute.tickets.lifecycle import ENDED

app = typer.Typer(add_completion=False, no_args_is_help=True)
MOST = 2000
"""Newest tickets that are looked through."""


@app.command("list")
def list_(
    *,
    all_: Annotated[bool, typer.Option("--all", help="Accepted ones, too.")] = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what has been offered, to whom, and whether it was taken."""
    with (
        open_application(load_settings(config, environ=os.environ)) as opened,
        opened.store.read() as connection,
    ):
        found = [one for one in tickets.listing(connection, limit=MOST) if is_hand_off(one)]
    rows = [
        (
            one.ref,
            one.title,
            one.organisation,
            one.rep,
            one.pm,
            state(one),
            f"{one.updated_at:%Y-%m-%d %H:%M}",
        )
        for one in found
        if all_ or one.status not in ENDED
    ]
    headings = ("Ticket", "What", "Organisation", "Rep", "PM", "State", "Changed (UTC)")
    if as_json:
        show_json(
            [
                dict(
                    zip(("ticket", "what", "organisation", "rep", "pm", "state", "changed"), row, strict=True)
                )
                for row in rows
            ]
        )
    else:
        show_table(
            headings,
            rows,
            empty="Nothing is on its way. `mailroute handoff start`, or /handoff NAME in a mail.",
        )


def state(ticket: Ticket) -> str:
    """Where a hand-off stands, in one word."""
    if ticket.status in ENDED:
        return "accepted"
    return "returned" if ticket.whose_move is Move.REP else "offered"


@app.command("start")
def start(
    words: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, allow_dash=True, help="What was agreed; - for standard input."
        ),
    ],
    *,
    rep: Annotated[str, typer.Option("--rep", help="Who hands over (staff id or name).")],
    to: Annotated[str, typer.Option("--to", help="Which PM is offered it (staff id or name).")],
    project: Annotated[
        str | None, typer.Option("--project", help="Key, name or alias of a known project.")
    ] = None,
    subject: Annotated[str, typer.Option("--subject", help="What it is called.")] = "sold work",
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Offer sold work to a PM, as `/handoff` in a mail of the rep would; the PM answers with /accept or /return."""
    settings = load_settings(config, environ=os.environ)
    configure_logging(level="error")
    text = sys.stdin.read() if str(words) == "-" else words.read_text(encoding="utf-8")
    with open_application(settings, create=settings.database_url is None) as opened:
        load_directory_file(opened)
        with opened.store.read() as connection:
            directory = opened.directories.current(connection)
        author, taker = _staff(rep, directory), _staff(to, directory)
        order = f"/handoff {project} to {taker.id}" if project else f"/handoff {taker.id}"
        mail = _mail(author, settings.service.routing_address, subject, f"{order}\n\n{text}")
        [kept] = opened.keep([mail])
        opened.processor(opened.reader().read).process(kept.id)
        with opened.store.read() as connection:
            line = inbox.line(connection, kept.id)
    ticket = str(line.ticket) if line is not None and line.ticket else None
    said = f"offered to {taker.name}; `mailroute handoff list` shows what becomes of it"
    answer(as_json, {"ticket": ticket, "to": taker.id, "rep": author.id}, said)


def _staff(name: str, directory: Directory) -> Staff:
    found = find_staff(name, directory.staff, actor=None)
    if isinstance(found, str):
        raise Misconfigured(found)
    return found


def _mail(author: Staff, address: str, subject: str, text: str) -> ReceivedMail:
    """The mail that the rep might have written; who sits at this machine vouches for them."""
    now = datetime.now(UTC)
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{author.name} <{author.email}>"
    message["To"] = address
    message["Subject"] = subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain="localhost")
    message.set_content(text)
    raw = message.as_bytes()
    return ReceivedMail(
        raw=raw,
        envelope=Envelope(author.email, (address,)),
        channel=Channel.FILE,
        source_key=f"handoff:{hashlib.sha256(raw).hexdigest()}",
        received_at=now,
        source="handoff start",
        vouched=Verdict.PASS,
    )
