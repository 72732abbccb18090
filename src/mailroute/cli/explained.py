"""The explain object as a report for people."""

import sys
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from mailroute.cli.output import printable

View = Mapping[str, Any]


EVIDENCE: tuple[tuple[str, str, str], ...] = (
    # part of the card, label, style of its label and of its words in the text; later ones lie on top
    ("facts", "Facts", "italic"),
    ("feedback", "Feedback", "blue"),
    ("asks", "Asks", "cyan"),
    ("products", "Products", "bold green"),
    ("references", "References", "bold magenta"),
    ("deadlines", "By", "bold yellow"),
)
STYLE_OF = {label: style for _, label, style in EVIDENCE}
SIDE_BY_SIDE = 110
"""Columns of the terminal from which card and text stand beside each other; narrower ones show the text below."""


def show_explained(shown: View, console: Console | None = None) -> None:
    """Print one message: its words with the evidence marked, what was understood, where it would go, and why."""
    console = console or Console(file=sys.stdout)
    rows = Table.grid(padding=(0, 2))
    rows.add_column(no_wrap=True)
    rows.add_column(overflow="fold")
    for label, value in _rows(shown):
        rows.add_row(Text(label, style=STYLE_OF.get(label, "bold")), Text(printable(value)))
    title = Text(printable(f"{shown['source']}  {shown['message']['subject']}"))
    text = marked(shown["issue"])
    body: RenderableType = Group(rows, Text(), text) if text.plain else rows
    if text.plain and console.width >= SIDE_BY_SIDE:
        beside = Table.grid(padding=(0, 3), expand=True)
        beside.add_column(ratio=1)
        beside.add_column(ratio=1, overflow="fold")
        beside.add_row(rows, text)
        body = beside
    console.print(Panel(body, title=title, title_align="left"))


def marked(issue: View) -> Text:
    """The text that the card was read from, the words of each value in the colour of its label."""
    text = Text(printable(issue["text"]))
    for part, _, style in EVIDENCE:
        for value in issue[part]:
            if value["start"] is not None:
                text.stylize(style, value["start"], value["end"])
    text.rstrip()
    return text


def _rows(shown: View) -> Iterable[tuple[str, str]]:
    message, issue = shown["message"], shown["issue"]
    yield "From", _person(message["from"])
    if shown["automatic"]:
        yield "Automatic", f"{shown['automatic']['kind']} ({shown['automatic']['evidence']})"
    if shown["forwarded"]:
        yield (
            "Forwarded",
            f"{shown['forwarded']['by']}, from {_person(_innermost(shown['forwarded'])['from'])}",
        )
    yield "Title", issue["title"] or "-"
    kind, urgency = issue["type"], issue["urgency"]
    yield "Type", f"{kind['value']} ({kind['sure']:.2f})"
    yield (
        "Urgency",
        urgency["value"] + (f" ({', '.join(urgency['evidence'])})" if urgency["evidence"] else ""),
    )
    yield "Sounds", issue["sentiment"]["value"]
    for label, values in (
        ("Asks", [ask["text"] for ask in issue["asks"]]),
        ("By", [_day(d) for d in issue["deadlines"]]),
        ("Products", [p["text"] for p in issue["products"]]),
        ("References", [f"{r['value']} ({r['kind']})" for r in issue["references"]]),
        ("People", [_someone(p) for p in issue["people"]]),
        ("Facts", [f"{f['key']}: {f['value']}" for f in issue["facts"]]),
        ("Feedback", [f"{f['theme']}: {f['quote']}" for f in issue["feedback"]]),
        ("Damage", message["defects"]),
    ):
        if values:
            yield label, "\n".join(values)
    yield "Who", f"{shown['identity']['role']}{_why(shown['identity'])}"
    yield "Ticket", f"{shown['placement']['action']}{_why(shown['placement'])}"
    if shown["routing"]["pm"]:
        yield "Goes to", f"{shown['routing']['pm']} by {shown['routing']['rule']}{_why(shown['routing'])}"
    others = [one for one in shown["routing"]["candidates"] if not one["chosen"]]
    if others:
        yield "Or to", "\n".join(_candidate(one) for one in others)
    if shown["routing"]["would_change"]:
        yield "But", "\n".join(shown["routing"]["would_change"])
    for mail in shown["outgoing"]:
        yield (
            "Mail",
            f"{mail['kind']} to {mail['to']}" + ("" if mail["send"] else f": not sent, {mail['reason']}"),
        )


def _candidate(one: View) -> str:
    return f"{one['staff']} by {one['rule']} ({one['score']:.2f}): {one['reasons'][-1]['evidence']}"


def _innermost(level: View) -> View:
    return level if level["inner"] is None else _innermost(level["inner"])


def _person(one: View | None) -> str:
    if one is None:
        return "nobody"
    return " ".join(part for part in (one["name"], f"<{one['address']}>" if one["address"] else None) if part)


def _someone(one: View) -> str:
    return ", ".join(str(one[key]) for key in ("name", "role", "organisation", "phone", "email") if one[key])


def _day(deadline: View) -> str:
    unsure = "; day and month could be swapped" if deadline["ambiguous"] else ""
    return f"{deadline['date']} ({deadline['words']}{unsure})"


def _why(decision: View) -> str:
    return "".join(f"\n  {reason['code']}: {reason['evidence']}" for reason in decision["reasons"])
