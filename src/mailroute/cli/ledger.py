"""`mailroute ledger`: what a client has told, and what we asked."""

import os
from datetime import datetime
from typing import Annotated

import typer

from mailroute.bootstrap import open_application
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import show_json, show_table, show_text
from mailroute.domain.account import AccountLine
from mailroute.domain.digest import Promised
from mailroute.ledger.measures import Explained, asked_in_vain
from mailroute.services.account_ledger import Asked, LedgerDesk
from mailroute.settings import load_settings


def command(
    whose: Annotated[
        str,
        typer.Argument(metavar="ORGANISATION|MR-N", help="A client by id, name or mail domain; or a ticket."),
    ],
    *,
    since: Annotated[
        datetime | None,
        typer.Option("--since", formats=["%Y-%m-%d"], help="Only what was said from that day on."),
    ] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> int | None:
    """Show what a client has told, what we asked and what answered it: each with words, date and source."""
    with open_application(load_settings(config, environ=os.environ)) as app:
        desk = LedgerDesk(store=app.store, directories=app.directories)
        found = desk.ledger(whose, since=since.astimezone() if since else None)
    if as_json:
        show_json(found)
        return None
    show_table(
        ("Told", "Value", "In these words", "By", "On", "Ticket"),
        (_told(line) for line in found.told),
        title=f"What {found.of} has told",
        empty=f"Nothing has been told on {found.of} yet.",
    )
    show_table(
        ("Asked", "About", "By", "On", "Ticket", "Answer"),
        (_asked(one) for one in found.asked),
        title="What we asked",
        empty="Nothing has been asked.",
    )
    show_table(
        ("Promised", "By", "For", "What became of it"),
        (_promised(one) for one in found.promised),
        title="What was promised",
        empty="Nothing has been promised.",
    )
    show_text(in_words(found.figures))
    return None


def _told(line: AccountLine) -> tuple[object, ...]:
    who = line.author.name or line.author.address
    return line.key or line.kind, line.value, line.words, who, f"{line.at:%Y-%m-%d}", line.ticket


def _asked(one: Asked) -> tuple[object, ...]:
    question = one.question
    who = question.author.name or question.author.address
    day = f"{question.at:%Y-%m-%d}"
    return question.words, question.key, who, day, question.ticket, _answer(one)


def _promised(one: Promised) -> tuple[object, ...]:
    kept = one.kept_at.astimezone() if one.kept_at else None
    late = one.due is not None and one.due < (kept or datetime.now().astimezone()).date()
    if kept is None:
        became = "late" if late else "open"
    else:
        became = f"kept {'late ' if late else ''}{kept:%Y-%m-%d}: {one.evidence}"
    return one.words, one.author, one.due or "", became


def _answer(one: Asked) -> str:
    when = one.question.settled_at
    if when is None:
        return "open"
    how = "told before" if asked_in_vain(one.question) else "answered"
    said = f": {one.answer.words}" if one.answer else ""
    return f"{how} {when:%Y-%m-%d}{said}"


def in_words(figures: Explained) -> str:
    """How well clients were understood, in one line."""
    if figures.rate is None or figures.mails_needed is None:
        return "no mail of a client yet"
    return (
        f"explained once: {figures.once} of {figures.tickets} tickets ({figures.rate:.0%}); "
        f"{figures.questions} questions, {figures.open} open, {figures.asked_twice} asked though told; "
        f"{figures.mails_needed:.1f} mails of the client until understood"
    )
