"""A rehearsal reads a folder and nothing else, follows the mails' clock, and knows what the service would have made."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mailroute.domain.errors import Misconfigured
from mailroute.journal import Journal
from mailroute.outbound.render import Renderer
from mailroute.services.reading import Reader
from mailroute.services.rehearse import rehearse
from mailroute.services.views import View

GIVEN = """
[service]
name = "Northwind"
routing_address = "issues@northwind.example"
internal_domains = ["northwind.example"]
timezone = "UTC"

[[staff]]
id = "lea"
name = "Lea Roth"
role = "lead"
emails = ["lea@northwind.example"]
"""
MAIL = """From: Zoe Quill <zoe@quill.example>
To: issues@northwind.example
Date: Tue, 3 Mar 2026 11:00:00 +0000
Message-ID: <a@quill.example>
Subject: Pump

It leaks.
"""

Play = Callable[..., View]


@pytest.fixture
def play(tmp_path: Path, reader: Reader, renderer: Renderer) -> Play:
    """Plays mails by name."""

    def run(given: str | None = GIVEN, **mails: str) -> View:
        if given is not None:
            (tmp_path / "given.toml").write_text(given, encoding="utf-8")
        for name, text in mails.items():
            (tmp_path / f"{name.strip('_').replace('_', '-')}.eml").write_text(text, encoding="utf-8")
        from prometheus_client import CollectorRegistry

        journal = Journal(registry=CollectorRegistry())
        return rehearse(tmp_path, read=reader.read, renderer=renderer, journal=journal).result

    return run


def test_a_folder_without_given_toml_is_told(play: Play) -> None:
    """With what a rehearsal folder holds."""
    with pytest.raises(Misconfigured, match=r"no given\.toml"):
        play(None, _01_a=MAIL)


def test_a_folder_without_mails_comes_to_nothing(play: Play) -> None:
    """Every list is there, and empty."""
    result = play()

    assert ([], [], [], []) == tuple(result[key] for key in ("tickets", "outgoing", "not_sent", "set_aside"))


def test_the_clock_follows_the_mails(play: Play) -> None:
    """Each mail comes at its own Date; one without a Date comes at the time of the one before."""
    undated = MAIL.replace("<a@", "<b@").replace("Date: Tue, 3 Mar 2026 11:00:00 +0000\n", "")
    later = (
        MAIL.replace("<a@", "<c@")
        .replace("Tue, 3 Mar 2026 11", "Wed, 4 Mar 2026 12")
        .replace("leaks", "drips")
    )
    result = play(_01_a=MAIL, _02_b=undated.replace("It", "That"), _03_c=later)

    assert [
        "2026-03-03T11:00:00+00:00",
        "2026-03-03T11:00:00+00:00",
        "2026-03-04T12:00:00+00:00",
    ] == [ticket["opened_at"] for ticket in result["tickets"]]


@pytest.mark.parametrize(
    ("line", "verdict", "expected"),
    [("", "open", 1), ("X-Rehearse-Auth: pass\n", "open", 1), ("X-Rehearse-Auth: fail\n", "hold", 0)],
)
def test_the_line_of_proof_counts(play: Play, line: str, verdict: str, expected: int) -> None:
    """A colleague is a colleague by it alone, and a client's own word needs none."""
    sender = "lea@northwind.example" if verdict == "hold" else "zoe@quill.example"
    result = play(_01_a=line + MAIL.replace("zoe@quill.example", sender, 1))

    assert expected == len(result["tickets"])


def test_stand_ins_become_what_the_service_made(play: Play) -> None:
    """A reply address and a Message-ID, in headers, each leading to its ticket."""
    by_token = MAIL.replace("<a@", "<b@").replace("To: issues@northwind.example", "To: {token:MR-1:client}")
    by_id = MAIL.replace("<a@", "<c@").replace(
        "Subject", "In-Reply-To: {message-id:ticket-opened:MR-1}\nSubject"
    )
    result = play(_01_a=MAIL, _02_b=by_token.replace("It", "Now it"), _03_c=by_id.replace("It", "Still it"))
    [ticket] = result["tickets"]

    assert ["01-a.eml", "02-b.eml", "03-c.eml"] == [message["source"] for message in ticket["messages"]]


@pytest.mark.parametrize("stand_in", ["{message-id:nudge:MR-1}", "{message-id:ticket-opened:MR-9}"])
def test_a_stand_in_for_what_was_never_written_is_told(play: Play, stand_in: str) -> None:
    """With its own words, so that it can be found."""
    with pytest.raises(Misconfigured) as caught:
        play(_01_a=MAIL, _02_b=MAIL.replace("<a@quill.example>", stand_in))

    assert stand_in in str(caught.value)


@pytest.mark.parametrize("text", ["{token:MR-x:client}", "{token:MR-1:boss}", "{name}", "{}"])
def test_other_braces_are_left_alone(play: Play, text: str) -> None:
    """Clients paste code."""
    result = play(_01_a=MAIL.replace("It leaks.", f"The log says {text}."))
    [account] = [mail for mail in result["outgoing"] if mail["kind"] == "ticket-assigned"]

    assert text in account["text"]


def test_two_rehearsals_of_one_folder_come_to_the_same(play: Play) -> None:
    """The store is thrown away, nothing is left behind, and no secret is random."""
    first: Any = play(_01_a=MAIL)

    assert first == play(_01_a=MAIL)
