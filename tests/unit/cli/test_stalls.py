"""`mailroute stalls` and what the doctor says of timers."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
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
    asked = TicketEvent(
        at=ASKED_AT, event="staff-replied", by="ines", details={"asks": "Which seal is fitted?"}
    )
    with store.write() as connection:
        directory_rows.replace(connection, house)
        ticket = replace(make_ticket(), status=Status.WAITING, whose_move=Move.CLIENT)
        tickets.insert(connection, ticket)
        messages.add_events(connection, ticket.ref, [asked])
        for kind in (SILENT, OURS):
            timers.look(connection, ticket.ref, kind, ASKED_AT + timedelta(days=3))
    store.dispose()
    monkeypatch.setenv("MAILROUTE_DATABASE_URL", sqlite_url)
    return mailroute


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
