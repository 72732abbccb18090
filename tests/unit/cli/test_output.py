"""What commands print."""

import io
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import pytest

from mailroute.cli.output import colour, printable, show_json, show_table, to_plain


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Thing:
    at: datetime
    wait: timedelta
    tags: frozenset[str]
    colour: Colour = Colour.RED
    path: Path = Path("/a")


def test_values_become_plain() -> None:
    """Every kind of value that we keep has one form in JSON."""
    thing = Thing(datetime(2026, 3, 2, 9, tzinfo=UTC), timedelta(minutes=2), frozenset({"b", "a"}))

    plain = to_plain({"thing": thing, "days": (date(2026, 3, 2),), "nothing": None})

    assert plain == {
        "thing": {
            "at": "2026-03-02T09:00:00+00:00",
            "wait": 120.0,
            "tags": ["a", "b"],
            "colour": "red",
            "path": "/a",
        },
        "days": ["2026-03-02"],
        "nothing": None,
    }


def test_bytes_are_no_json() -> None:
    """Raw mail is never written out by accident."""
    with pytest.raises(TypeError, match="bytes have no form in JSON"):
        to_plain([b"raw"])


def test_pipe_gets_tabs_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe a table is tab-separated lines under their headings, and a cell never breaks its line."""
    show_table(["name", "subject"], [["MR-1", "two\nlines\tand a tab"], ["MR-2", None]])

    assert capsys.readouterr().out == "name\tsubject\nMR-1\ttwo lines and a tab\nMR-2\t\n"


def test_empty_table_tells_the_person(capsys: pytest.CaptureFixture[str]) -> None:
    """With no rows standard output stays empty and standard error says what would fill it."""
    show_table(["name"], [], empty="No tickets yet.")

    assert tuple(capsys.readouterr()) == ("", "No tickets yet.\n")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_terminal_gets_headings_and_harmless_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal there are headings, and what a stranger wrote commands neither terminal nor markup."""
    monkeypatch.setattr(sys, "stdout", terminal := Terminal())
    monkeypatch.setenv("NO_COLOR", "1")

    show_table(["subject"], [["[red]x[/] \x1b[2J\x07"]])

    assert "subject" in terminal.getvalue()
    assert "[red]x[/] \N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}" in terminal.getvalue()
    assert "\x1b[2J" not in terminal.getvalue()


@pytest.mark.parametrize(("no_color", "shown"), [("", "\x1b[31mx\x1b[0m"), ("1", "x")])
def test_no_color_is_heeded(monkeypatch: pytest.MonkeyPatch, no_color: str, shown: str) -> None:
    """NO_COLOR takes the colour away."""
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("NO_COLOR", no_color)

    assert colour("x", "red") == shown


def test_json_keeps_letters(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON is written in UTF-8, not in escapes."""
    show_json({"name": "Jürgen"})

    assert capsys.readouterr().out == '{\n  "name": "Jürgen"\n}\n'


def test_layout_stays_printable() -> None:
    """Line ends and tabs are kept, other control characters are not."""
    assert printable("a\n\tb\x00\u202e") == "a\n\tb\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"
