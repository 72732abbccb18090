"""The explain object as a report for people."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from mailroute.cli.output import printable

View = Mapping[str, Any]


FACTS = "Facts"
EVIDENCE: tuple[tuple[str, str, str], ...] = (
    # part of the card, label, style of its label and of its words in the text; later ones lie on top
    ("feedback", "Feedback", "blue"),
    ("asks", "Asks", "cyan"),
    ("facts", FACTS, "underline"),
    ("people", "People", "bold blue"),
    ("products", "Products", "bold green"),
    ("references", "References", "bold magenta"),
    ("deadlines", "By", "bold yellow"),
)
STYLE_OF = {label: style for _, label, style in EVIDENCE}
SIDE_BY_SIDE = 100
"""Columns of the terminal from which card and text stand beside each other; narrower ones show the text below."""
PIPED = SIDE_BY_SIDE - 1
"""Columns where there is no terminal: nothing stands beside anything there."""
LONGEST = 70
"""Characters of a fact or a remark in the card, and of one that is marked; the text has all of it."""


def show_explained(shown: View, console: Console | None = None) -> None:
    """Print one message: its words with the evidence marked, what was understood, where it would go, and why.

    Without colours (piped, NO_COLOR) the words stand in brackets with their label.
    """
    console = console or _console()
    plain = console.color_system is None
    text = bracketed(shown["issue"]) if plain else marked(shown["issue"])
    card, decision = _grid(_card(shown)), _grid(_decision(shown))
    body: RenderableType = Group(card, Text(), decision)
    if text.plain and console.width >= SIDE_BY_SIDE:
        beside = Table.grid(padding=(0, 3), expand=True)
        beside.add_column(ratio=1)
        beside.add_column(ratio=1, overflow="fold")
        beside.add_row(card, text)
        body = Group(beside, Text(), decision)
    elif text.plain:
        body = Group(card, Text(), text, Text(), decision)
    title = Text(printable(f"{shown['source']}  {shown['message']['subject']}"), style="bold")
    if console.is_terminal:
        console.print(Panel(body, title=title, title_align="left"))
    else:
        console.print(title, body, Text(), sep="\n")


def _console() -> Console:
    console = Console(file=sys.stdout)
    return console if console.is_terminal else Console(file=sys.stdout, width=PIPED)


def _grid(lines: Iterable[tuple[str, str]]) -> Table:
    rows = Table.grid(padding=(0, 2))
    rows.add_column(no_wrap=True, min_width=len("References"))
    rows.add_column(overflow="fold")
    for label, value in lines:
        rows.add_row(Text(label, style=STYLE_OF.get(label, "bold")), Text(printable(value)))
    return rows


def marked(issue: View) -> Text:
    """The text that the card was read from, the words of each value in the colour of its label."""
    text = Text(printable(issue["text"]))
    for label, start, end in _evidence(issue):
        text.stylize(STYLE_OF[label], start, end)
    text.rstrip()
    return text


def bracketed(issue: View) -> Text:
    """The same for where there are no colours: `[By: before Friday]`."""
    text: str = issue["text"]
    begins: dict[int, list[tuple[int, str]]] = {}
    ends: dict[int, int] = {}
    for label, start, end in _evidence(issue):
        begins.setdefault(start, []).append((end, label))
        ends[end] = ends.get(end, 0) + 1
    parts = []
    for at in range(len(text) + 1):
        parts.append("]" * ends.get(at, 0))
        parts += [f"[{label}: " for _, label in sorted(begins.get(at, ()), reverse=True)]
        parts.append(text[at : at + 1])
    shown = Text(printable("".join(parts)))
    shown.rstrip()
    return shown


def _evidence(issue: View) -> Iterator[tuple[str, int, int]]:
    """Label and place of what the values were read from.

    A fact is marked where it is short, such as no whole sentence, and is no other value already.
    """
    found = [(label, *_place(issue["text"], value)) for part, label, _ in EVIDENCE for value in issue[part]]
    others = {(start, end) for label, start, end in found if label != FACTS}
    for label, start, end in found:
        if start < end and (label != FACTS or (end - start <= LONGEST and (start, end) not in others)):
            yield label, start, end


def _place(text: str, value: View) -> tuple[int, int]:
    """Where the value stands, by the card or, for somebody, by the first place of the name; nowhere is (0, 0)."""
    if "start" in value:
        return value["start"] or 0, value["end"] or 0
    name = value["name"] or ""
    at = text.find(name)
    return (at, at + len(name)) if at >= 0 else (0, 0)


def _card(shown: View) -> Iterable[tuple[str, str]]:
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
    guesses = (kind, *kind["alternatives"])
    yield "Type", ", ".join(f"{guess['value']} ({guess['sure']:.2f})" for guess in guesses)
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
        ("Facts", [_short(f"{f['key']}: {f['value']}") for f in issue["facts"]]),
        ("Feedback", [_short(f"{f['theme']}: {f['quote']}") for f in issue["feedback"]]),
        ("Damage", message["defects"]),
    ):
        if values:
            yield label, "\n".join(values)


def _decision(shown: View) -> Iterable[tuple[str, str]]:
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


def _short(words: str) -> str:
    """In one line; the text beside it has the rest."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


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
