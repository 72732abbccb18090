"""`mailroute stalls` and what the doctor says of timers."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mailroute.domain.directory import Directory
from mailroute.domain.ticket import Move, Status, Ticket, TicketEvent
from mailroute.followups.planning import OURS, SILENT
from mailroute.store import directory as directory_rows
from mailroute.store import messages, tickets, timers
from mailroute.store.session import Store

ASKED_AT = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


@pytest.fixture
def silent(
    sqlite_url: str,
    house: Directory,
    make_ticket: Callable[..., Ticket],
    monkeypatch: pytest.MonkeyPatch,
    mailroute: Callable[..., Any],
) -> Callable[..., Any]:
    """Runs command lines on a database in which Ann owes Ines an answer since March."""
    store = Store.open(sqlite_url)
    question = {"asks": "Which seal is fitted?"}
    asked = TicketEvent(at=ASKED_AT, event="staff-replied", by="ines", details=question)
    offer = {"draft": "nudge-draft:MR-17:1", "staff": "sam", "words": "Hello Ann, which seal?", **question}
    later = ASKED_AT + timedelta(days=3)
    drafted = TicketEvent(at=later, event="nudge-drafted", by="mailroute", details=offer)
    with store.write() as connection:
        directory_rows.replace(connection, house)
        ticket = replace(make_ticket(), status=Status.WAITING, whose_move=Move.CLIENT)
        tickets.insert(connection, ticket)
        messages.add_events(connection, ticket.ref, [asked, drafted])
        for kind in (SILENT, OURS):
            timers.look(connection, ticket.ref, kind, ASKED_AT + timedelta(days=3))
    store.dispose()
    monkeypatch.setenv("MAILROUTE_DATABASE_URL", sqlite_url)
    return mailroute


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command line came to."""

    code: int
    out: str
    err: str


@pytest.fixture
def run_alone(silent: Callable[..., Any], sqlite_url: str, tmp_path: Path) -> Callable[..., Ran]:
    """Runs command lines, each a process, on the same database."""
    assert silent is not None
    environment = {**os.environ, "MAILROUTE_DATABASE_URL": sqlite_url}
    environment.pop("MAILROUTE_CONFIG", None)

    def call(*words: str) -> Ran:
        command = [sys.executable, "-m", "mailroute", *words]
        ran = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    return call


def test_open_questions_are_listed_with_what_comes_next(silent: Callable[..., Any]) -> None:
    """Who asked whom what, when, and why it stands where it stands; of one person's tickets, too."""
    ran = silent("stalls")
    [one] = json.loads(silent("stalls", "--json").out)
    of_others = json.loads(silent("stalls", "--rep", "nobody", "--json").out)

    assert 0 == ran.code
    assert "MR-17" in ran.out
    assert "question-open: ines on 2026-03-03: “Which seal is fitted?”" in ran.out
    assert ("Which seal is fitted?", "ines", None) == (one["question"], one["asked_by"], one["paused_until"])
    assert [] == of_others


def test_what_we_owe_is_listed(silent: Callable[..., Any]) -> None:
    """Nothing, while it is the client's move and nobody has promised anything."""
    assert [] == json.loads(silent("stalls", "--ours", "--json").out)


def test_the_doctor_tells_overdue_timers(silent: Callable[..., Any]) -> None:
    """They should have fired long ago: nobody sweeps."""
    findings = {line["check"]: line for line in json.loads(silent("doctor", "--json").out)["findings"]}

    assert "warning" == findings["timers"]["level"]
    assert findings["timers"]["saw"].startswith("2 are overdue, the first since 2026-03-06 12:00 UTC")


def test_check_knows_countries(mailroute: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A country without holidays is a typing error."""
    monkeypatch.setenv("MAILROUTE_SERVICE__COUNTRY", "DE-QQ")
    ran = mailroute("check")

    assert 1 == ran.code
    assert "service.country: no holidays are known of DE-QQ" in ran.out


def test_an_offered_text_is_shown_and_settled_at_the_keyboard(run_alone: Callable[..., Any]) -> None:
    """The same words as in an answer to the mail, in somebody's name; once."""
    shown = run_alone("stalls", "MR-17")
    nobody = run_alone("stalls", "MR-17", "--say", "send")
    unclear = run_alone("stalls", "MR-17", "--say", "hm", "--as", "sam")
    sent = run_alone("stalls", "MR-17", "--say", "send", "--as", "sam")
    again = run_alone("stalls", "MR-17", "--say", "send", "--as", "sam")
    mails = json.loads(run_alone("outbox", "--json").out)

    assert "Hello Ann, which seal?" in shown.out
    assert (2, "say in whose name: --as ines") == (
        nobody.code,
        nobody.err.strip().removeprefix("mailroute: "),
    )
    assert (1, 0, 1) == (unclear.code, sent.code, again.code)
    assert "MR-17: it is on its way to Ann Lee, in your name" in sent.out
    assert "MR-17: it has gone already" in again.out
    assert {"nudge", "note"} == {mail["kind"] for mail in mails}
