"""Every mail in fixtures/emails is read as its golden file says, with LF and with CRLF.

A golden file that is missing is written and the test fails once: look at the file, then keep it.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mailroute.domain.parsed import ParsedMail
from mailroute.domain.policy import Trust
from mailroute.parsing import parse

ROOT = Path(__file__).resolve().parents[2] / "fixtures" / "emails"
MAILS = sorted(ROOT.glob("*/*.eml"))
TRUST = Trust(authserv_ids=("mx.ourfirm.example",))

AsJson = Callable[[ParsedMail], dict[str, Any]]


def named(path: Path) -> str:
    """Family and name of a mail."""
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", MAILS, ids=named)
def test_mail_with_lf_is_read_as_its_golden_file_says(path: Path, mail_as_json: AsJson) -> None:
    """A mail gives the same value in every release unless its golden file changes with it."""
    golden = path.with_suffix(".json")

    actual = mail_as_json(parse(path.read_bytes(), trust=TRUST))

    if not golden.exists():
        golden.write_text(json.dumps(actual, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is written: look at it and keep it")
    assert json.loads(golden.read_text(encoding="utf-8")) == actual


@pytest.mark.parametrize("path", MAILS, ids=named)
def test_line_ends_change_nothing_but_sizes(path: Path, mail_as_json: AsJson) -> None:
    """The same mail with CRLF says the same; only files that are text grow by their carriage returns."""
    raw = path.read_bytes()
    crlf = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")

    expected = without_sizes(mail_as_json(parse(raw, trust=TRUST)))
    actual = without_sizes(mail_as_json(parse(crlf, trust=TRUST)))

    assert expected == actual


def without_sizes(mail: dict[str, Any]) -> dict[str, Any]:
    """The mail without what depends on line ends inside attached text."""
    for attachment in mail["attachments"]:
        del attachment["size_bytes"], attachment["sha256"]
    return mail


def test_every_family_has_fixtures() -> None:
    """The families of odd mail are all there, and at least 150 mails in them."""
    families = {path.parent.name for path in MAILS}

    expected = {
        "plain",
        "forwarded",
        "replies",
        "signatures",
        "automatic",
        "bounces",
        "charsets",
        "attachments",
    }
    expected |= {"authentication", "malformed"}
    assert expected <= families
    assert len(MAILS) >= 150
