"""The explain object as a report for people."""

import sys
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from mailroute.cli.output import printable

View = Mapping[str, Any]


def show_explained(shown: View) -> None:
    """Print one message: what it says, what was understood, who it is, where it would go, and why."""
    console = Console(file=sys.stdout)
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="bold", no_wrap=True)
    rows.add_column(overflow="fold")
    for label, value in _rows(shown):
        rows.add_row(label, Text(printable(value)))
    title = Text(printable(f"{shown['source']}  {shown['message']['subject']}"))
    console.print(Panel(Group(rows, *_words(shown)), title=title, title_align="left"))


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


def _words(shown: View) -> Iterable[Text]:
    text = _innermost(shown["forwarded"])["body"] if shown["forwarded"] else shown["body"]["fresh"]
    if text.strip():
        yield Text()
        yield Text(printable(text.strip()), style="dim")


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
