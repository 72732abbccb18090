"""What commands say to somebody who has just begun: nothing is there yet, and this is what to do next."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PEOPLE = """
[[staff]]
id = "ines"
name = "Ines Vale"
role = "pm"
emails = ["ines@northwind.example"]
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command line came to."""

    code: int
    out: str
    err: str


@pytest.fixture
def begun(tmp_path: Path) -> Callable[..., Ran]:
    """Runs command lines, each in a process of its own, in a house with one member of staff and no mail."""
    environment = {name: value for name, value in os.environ.items() if name != "MAILROUTE_CONFIG"}

    def call(*words: str) -> Ran:
        command = [sys.executable, "-m", "mailroute", *words]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    (tmp_path / "people.toml").write_text(PEOPLE)
    call("directory", "import", "people.toml")
    return call


def test_eval_without_corrections_says_how_there_will_be_some(begun: Callable[..., Ran]) -> None:
    """And nothing of models or counts of nothing."""
    ran = begun("eval")

    assert (0, "") == (ran.code, ran.out)
    assert "nobody has put a field right" in ran.err
    assert "0 mails" not in ran.err


def test_feedback_without_mail_says_what_brings_some(begun: Callable[..., Ran]) -> None:
    """Further back, mail of the past, or the quarter of the demo."""
    ran = begun("feedback")

    assert "mailroute ingest" in ran.err
    assert "mailroute demo --quarter" in ran.err


def test_doctor_says_that_no_mail_server_answers(begun: Callable[..., Ran], tmp_path: Path) -> None:
    """As after the demo, whose mail server ends with it: in words, without numbers of errors."""
    (tmp_path / "mailroute.toml").write_text(
        'mode = "live"\n[service]\nrouting_address = "issues@northwind.example"\n'
        'internal_domains = ["northwind.example"]\n[smarthost]\nhost = "127.0.0.1"\nport = 1\nsecurity = "none"\n'
    )
    ran = begun("doctor", "--json")
    [found] = [one for one in json.loads(ran.out)["findings"] if one["check"] == "smarthost"]

    assert "no mail server answers at 127.0.0.1:1" in found["saw"]
    assert "Errno" not in found["saw"]
    assert "mailroute demo" in found["next"]


@pytest.mark.parametrize(
    "words",
    [
        ("feedback", "show"),
        ("feedback", "rename"),
        ("feedback", "merge"),
        ("feedback", "part"),
        ("feedback", "move"),
        ("feedback", "done"),
        ("feedback", "reopen"),
        ("privacy", "export"),
        ("privacy", "erase"),
        ("brief-note",),
        ("handoff", "start"),
    ],
)
def test_each_has_json_as_its_siblings_have(mailroute: Callable[..., Any], words: tuple[str, ...]) -> None:
    """So that a script can read what was done."""
    assert "--json" in mailroute(*words, "--help").out


def test_erasing_nobody_is_told_as_json(begun: Callable[..., Ran]) -> None:
    """What would be erased, before anything is."""
    ran = begun("privacy", "erase", "zoe@quill.example", "--dry-run", "--json")

    assert json.loads(ran.out)["dry_run"] is True
