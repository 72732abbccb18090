"""`mailroute ledger`: what was told, what was asked, and the figures."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.address import Mailbox
from mailroute.domain.directory import Directory
from mailroute.domain.ticket import Role, Ticket, TicketRef
from mailroute.store import account, tickets
from mailroute.store import directory as directory_rows
from mailroute.store.session import Store


@pytest.fixture
def ran(
    sqlite_url: str, tmp_path: Path, house: Directory, make_ticket: Callable[..., Ticket], now: datetime
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a command line on a database in which Ann has told a number, and Ines has asked for it and a version."""
    told = AccountLine(
        kind=LineKind.REFERENCE,
        key="serial",
        value="44-1207",
        words="The serial is 44-1207.",
        ticket=TicketRef(17),
        organisation="borealis",
        author=Mailbox("Ann Lee", "ann.lee@borealis.example"),
        role=Role.CLIENT,
        at=now,
    )
    mood = AccountLine(
        kind=LineKind.MOOD,
        value="neutral",
        words=told.words,
        ticket=told.ticket,
        organisation=told.organisation,
        author=told.author,
        role=told.role,
        at=now,
    )
    asked = AccountLine(
        kind=LineKind.QUESTION,
        key="serial",
        words="What is the serial?",
        ticket=told.ticket,
        organisation=told.organisation,
        author=Mailbox("Ines Costa", "ines@northwind.example"),
        role=Role.PM,
        staff="ines",
        at=now + timedelta(hours=1),
        settled_at=now,
        settled_by=1,
    )
    store = Store.open(sqlite_url)
    with store.write() as connection:
        directory_rows.replace(connection, house)
        tickets.insert(connection, make_ticket())
        account.add_lines(connection, [told, mood, asked])
    store.dispose()
    environment = {**os.environ, "MAILROUTE_DATABASE_URL": sqlite_url}
    environment.pop("MAILROUTE_CONFIG", None)

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "mailroute", "ledger", *words]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    return call


def test_a_client_s_ledger_is_a_table_of_words_and_sources(
    ran: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    """In a pipe a line each: told, asked with its answer, and the figures."""
    lines = ran("borealis").stdout.splitlines()

    assert lines == [
        "Told\tValue\tIn these words\tBy\tOn\tTicket",
        "serial\t44-1207\tThe serial is 44-1207.\tAnn Lee\t2026-03-03\tMR-17",
        "Asked\tAbout\tBy\tOn\tTicket\tAnswer",
        "What is the serial?\tserial\tInes Costa\t2026-03-03\tMR-17\ttold before 2026-03-03: The serial is 44-1207.",
        (
            "explained once: 0 of 1 tickets (0%); 1 questions, 0 open, 1 asked though told; "
            "1.0 mails of the client until understood"
        ),
    ]


def test_a_ticket_s_ledger_as_json_and_an_unknown_one(
    ran: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    """The same for programs; what is not there is named with the code for wrong usage."""
    found = json.loads(ran("MR-17", "--json").stdout)
    unknown = ran("MR-99")

    assert ("MR-17", 1) == (found["of"], found["figures"]["asked_twice"])
    assert "44-1207" == found["asked"][0]["answer"]["value"]
    assert (2, "mailroute: there is no ticket MR-99") == (
        unknown.returncode,
        unknown.stderr.partition(";")[0],
    )
