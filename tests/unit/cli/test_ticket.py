"""`mailroute ticket`: changing one, taking it back, and its history."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailroute.domain.directory import Directory
from mailroute.domain.ticket import Ticket
from mailroute.store import directory as directory_rows
from mailroute.store import tickets
from mailroute.store.session import Store


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command line came to."""

    code: int
    out: str
    err: str


@pytest.fixture
def one_ticket(
    sqlite_url: str, tmp_path: Path, house: Directory, make_ticket: Callable[..., Ticket]
) -> Callable[..., Ran]:
    """Runs command lines, each a process, on a database that holds MR-17 of Ann, at Ines."""
    store = Store.open(sqlite_url)
    with store.write() as connection:
        directory_rows.replace(connection, house)
        tickets.insert(connection, make_ticket())
    store.dispose()
    environment = {**os.environ, "MAILROUTE_DATABASE_URL": sqlite_url}
    environment.pop("MAILROUTE_CONFIG", None)

    def call(*words: str) -> Ran:
        command = [sys.executable, "-m", "mailroute", *words]
        ran = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    return call


def test_done_in_somebody_s_name_and_taken_back(one_ticket: Callable[..., Ran]) -> None:
    """Each line says what came of it; the history has both, with who, by which way, what was before, and why."""
    did = one_ticket("ticket", "MR-17", "--do", "/assign lea", "--do", "close", "--as", "ines")
    undone = one_ticket("ticket", "17", "--undo", "--as", "lea", "--json")
    history = one_ticket("ticket", "MR-17", "--history").out

    assert (0, "/assign lea: Lea Roth has it now\n/close: closed\n") == (did.code, did.out)
    assert [{"command": "/undo", "done": True, "words": "took back “closed” of ines"}] == json.loads(
        undone.out
    )
    assert f"{datetime.now(UTC):%Y-%m-%d}" in history
    assert (
        "assigned by ines, command line\n    pm: ines -> lea\n    said-so: Ines Costa: /assign lea" in history
    )
    assert "undone by lea, command line\n    status: closed -> open" in history


def test_what_was_not_done_ends_in_one(one_ticket: Callable[..., Ran]) -> None:
    """And says why."""
    ran = one_ticket("ticket", "MR-17", "--do", "/assign sam", "--as", "ines")

    assert (1, "/assign sam: NOT done: Sam Reed is a rep: /rep sam may be what you want\n") == (
        ran.code,
        ran.out,
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("MR-17", "--do", "/close"), "say in whose name: --as ines"),
        (("MR-17", "--do", "/close", "--as", "zoe"), "there is no “zoe”"),
        (("MR-99", "--do", "/close", "--as", "ines"), "there is no ticket MR-99"),
        (("MR-x",), "is no ticket number"),
    ],
)
def test_wrong_usage_is_told(one_ticket: Callable[..., Ran], words: tuple[str, ...], why: str) -> None:
    """In one line, with what to write instead."""
    ran = one_ticket("ticket", *words)

    assert (2, True) == (ran.code, why in ran.err)


def test_the_whole_ticket_says_whose_move_and_why(one_ticket: Callable[..., Ran]) -> None:
    """As told from its history."""
    one_ticket("ticket", "MR-17", "--do", "/wait", "--as", "ines")

    assert "move: client (said-so: ines: waiting)" in one_ticket("ticket", "MR-17").out
