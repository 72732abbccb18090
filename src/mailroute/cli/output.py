"""What commands print: data on standard output, words to the person on standard error."""

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def to_plain(value: object) -> Plain:
    """*value* as JSON knows it: dataclasses as objects, times in ISO 8601, durations in seconds, sets sorted."""
    if isinstance(value, Enum):
        return to_plain(value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    return _plain_of_library(value)


def _plain_of_library(value: object) -> Plain:
    match value:
        case datetime() | date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Path():
            return str(value)
        case Mapping():
            return {str(key): to_plain(item) for key, item in value.items()}
        case set() | frozenset():
            return sorted((to_plain(item) for item in value), key=str)
        case bytes() | bytearray():
            raise TypeError("bytes have no form in JSON")
        case Iterable():
            return [to_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def show_json(value: object) -> None:
    """Print *value* as one indented JSON document."""
    sys.stdout.write(json.dumps(to_plain(value), ensure_ascii=False, indent=2) + "\n")


def show_json_line(value: object) -> None:
    """Print *value* as one line of JSON Lines, at once."""
    sys.stdout.write(json.dumps(to_plain(value), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def show_text(text: str) -> None:
    """Print *text* as it is."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def show_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str | None = None,
    empty: str = "Nothing here.",
) -> None:
    """Print rows: a table for people on a terminal; in a pipe headings and rows with tabs, nothing cut off.

    *empty* says, to a person only, why there are no rows and what would fill them.
    """
    lines = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if not lines:
        tell(empty)
    elif sys.stdout.isatty():
        _show_rich_table(headings, lines, title)
    else:
        for line in ([heading or "-" for heading in headings], *lines):
            sys.stdout.write("\t".join(_one_line(cell) for cell in line) + "\n")


def _one_line(cell: str) -> str:
    """Without what separates cells and lines."""
    return " ".join(cell.split()) if any(c in cell for c in "\t\r\n\v\f\x85\u2028\u2029") else cell


def _show_rich_table(headings: Sequence[str], lines: Sequence[Sequence[str]], title: str | None) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for line in lines:
        # Text, never markup: a cell may quote a stranger's mail, and "[/]" in it would be an error.
        table.add_row(*(Text(printable(cell)) for cell in line))
    Console(file=sys.stdout).print(table)


def printable(text: str) -> str:
    """*text* without control characters, so that a mail cannot command the reader's terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text)


STYLES = {"red": 31, "green": 32, "yellow": 33, "dim": 2, "bold": 1}


def colour(text: str, style: str) -> str:
    """*text* in one of STYLES when standard output is a terminal and NO_COLOR is not set (no-color.org)."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m"


def answer(as_json: bool, value: object, words: str) -> None:
    """What a command has done: as JSON on standard output, or in words to the person."""
    if as_json:
        show_json(value)
    else:
        tell(words)


def tell(message: str) -> None:
    """Say something to the person at the keyboard."""
    sys.stderr.write(message.rstrip("\n") + "\n")


def warn(message: str) -> None:
    """Say that something needs attention."""
    tell(f"warning: {message}")
