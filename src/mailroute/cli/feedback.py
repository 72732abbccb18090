"""`mailroute feedback`: what the market says, counted and quoted."""

import csv
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from mailroute.bootstrap import open_application
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import answer, show_json, show_table, show_text, tell
from mailroute.cli.since import moment
from mailroute.domain.errors import Misconfigured
from mailroute.domain.issue import FeedbackTheme
from mailroute.domain.market import ThemeCount
from mailroute.services.market import Market
from mailroute.settings import load_settings

BAR = 24
"""Characters of the longest bar."""

EMPTY = (
    "No client has said anything of the kind in this time. What they say is read from their mail as it comes:\n"
    "  mailroute feedback --since 365d     looks further back\n"
    "  mailroute ingest FILES              reads mail of the past (.eml, mbox, Maildir)\n"
    "  mailroute demo --quarter            shows how it looks, with the mail of thirteen weeks"
)
"""What somebody may do who sees nothing."""

app = typer.Typer(add_completion=False, invoke_without_command=True)

SinceOption = Annotated[
    str, typer.Option("--since", metavar="WHEN", help="A day (2026-03-01), or how far back: 90d, 12h.")
]
ThemeArgument = Annotated[int, typer.Argument(help="Number of a theme, as `mailroute feedback` lists it.")]


@app.callback()
def overview(
    context: typer.Context,
    *,
    since: SinceOption = "90d",
    category: Annotated[
        FeedbackTheme | None, typer.Option("--category", help="Only wishes, prices, competitors, ...")
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="One line a quote, as CSV.")] = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the themes of what clients say: how many accounts, more or fewer than before, and their words."""
    context.obj = config
    if context.invoked_subcommand is not None:
        return
    begin = moment(since)
    with _market(context, config) as market:
        counts = market.counts(since=begin, until=market.clock.now(), category=category)
    if as_json:
        show_json(counts)
    elif as_csv:
        _show_csv(counts)
    else:
        _show(counts, begin)


@app.command("show")
def show(
    context: typer.Context,
    theme: ThemeArgument,
    *,
    since: SinceOption = "90d",
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the quotes of one theme, each with date and source."""
    with _market(context, config) as market:
        counts = market.counts(since=moment(since), until=market.clock.now())
    found = [one for one in counts if one.theme.id == theme]
    if not found:
        raise Misconfigured(
            f"nobody spoke of a theme {theme} since {since}; `mailroute feedback` lists those heard"
        )
    if as_json:
        show_json(found[0])
    else:
        _show_quotes(found[0])


@app.command("rename")
def rename(
    context: typer.Context,
    theme: ThemeArgument,
    name: Annotated[str, typer.Argument(help="What people call it.")],
    *,
    by: Annotated[str, typer.Option("--by", help="Who you are (staff id).")] = "cli",
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a theme a name; it keeps it."""
    with _market(context, config) as market:
        named = market.rename(theme, name, by)
    answer(as_json, named, f"theme {theme} is now called “{named.name}”")


@app.command("merge")
def merge(
    context: typer.Context,
    theme: ThemeArgument,
    into: Annotated[int, typer.Argument(help="Number of the theme that is left.")],
    *,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let a theme count under another one, now and later; `part` takes it back."""
    with _market(context, config) as market:
        left = market.merge(theme, into)
    words = f"theme {theme} counts under theme {left.id}, “{left.name}”; `part {theme}` takes it back"
    answer(as_json, left, words)


@app.command("part")
def part(
    context: typer.Context,
    theme: ThemeArgument,
    *,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a merge back."""
    with _market(context, config) as market:
        parted = market.part(theme)
    answer(as_json, parted, f"theme {parted.id} counts by itself")


@app.command("move")
def move(
    context: typer.Context,
    theme: ThemeArgument,
    quotes: Annotated[list[int], typer.Argument(help="Numbers of quotes, as `show` lists them.")],
    *,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put single quotes to the theme where they belong."""
    with _market(context, config) as market:
        moved = market.move(quotes, theme)
    words = f"{moved} of {len(quotes)} quotes put to theme {theme}"
    answer(as_json, {"theme": theme, "moved": moved, "of": len(quotes)}, words)


@app.command("done")
def done(
    context: typer.Context,
    theme: ThemeArgument,
    *,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a theme is done: the reps of those who spoke of it get words to tell their clients."""
    with _market(context, config) as market:
        told = market.done(theme)
    words = f"theme {theme} is done; words to tell clients went to: {', '.join(told) or 'nobody new'}"
    answer(as_json, {"theme": theme, "told": told}, words)


@app.command("reopen")
def reopen(
    context: typer.Context,
    theme: ThemeArgument,
    *,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take `done` back; mails that went out stay sent."""
    with _market(context, config) as market:
        opened_again = market.undo_done(theme)
    answer(as_json, opened_again, f"theme {opened_again.id} is open again")


@contextmanager
def _market(context: typer.Context, config: Path | None) -> Iterator[Market]:
    """The market side; `--config` may stand before the sub-command or behind it."""
    with open_application(load_settings(config or context.obj, environ=os.environ)) as opened:
        yield opened.market()


def _trend(count: ThemeCount) -> str:
    sign = "=" if not count.change else f"{count.change:+d}"
    return f"{sign} (few)" if count.few else sign


def _show(counts: Sequence[ThemeCount], since: datetime) -> None:
    most = max((one.now for one in counts), default=0) or 1
    rows = [
        (
            one.theme.id,
            one.theme.category,
            one.theme.name + (" ✓" if one.theme.done_at else ""),
            one.now,
            "█" * round(BAR * one.now / most),
            _trend(one),
            one.remarks[0].quote if one.remarks else "",
        )
        for one in counts
    ]
    show_table(
        ("Theme", "Category", "Name", "Accounts", "", "Change", "Newest words"),
        rows,
        title=f"What clients say, since {since:%Y-%m-%d}",
        empty=EMPTY,
    )
    if any(one.few for one in counts):
        tell("(few): too few accounts in both periods for the change to mean anything")


def _show_quotes(count: ThemeCount) -> None:
    show_text(f"{count.theme.name} ({count.theme.category}, theme {count.theme.id})")
    show_text(f"{count.now} accounts, before {count.before}: {_trend(count)}")
    show_table(
        ("Quote", "Date", "Organisation", "Who", "Ticket", "Words"),
        [
            (one.line, f"{one.at:%Y-%m-%d}", one.organisation, one.author, one.ticket, one.quote)
            for one in count.remarks
        ],
        empty="No words in this time; they are older.",
    )


def _show_csv(counts: Sequence[ThemeCount]) -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("theme", "category", "name", "quote", "date", "organisation", "author", "ticket", "words"))
    for count in counts:
        for one in count.remarks:
            who = (_harmless(one.organisation or ""), _harmless(one.author), one.ticket, _harmless(one.quote))
            name = _harmless(count.theme.name)
            out.writerow((count.theme.id, count.theme.category, name, one.line, f"{one.at:%Y-%m-%d}", *who))


def _harmless(text: str) -> str:
    """*text* so that no spreadsheet takes it for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
