"""`check`, `doctor`, `directory` and `db` as people run them."""

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PEOPLE = """
[[staff]]
id = "kai"
name = "Kai Berg"
role = "pm"
emails = ["kai@northwind.example"]

[[organisation]]
id = "borealis"
name = "Borealis Pumps GmbH"
domains = ["borealis.example"]

[[client]]
name = "Ann Lee"
emails = ["ann.lee@borealis.example"]
organisation = "borealis"
"""


@pytest.fixture
def people(tmp_path: Path) -> str:
    """A directory file."""
    path = tmp_path / "people.toml"
    path.write_text(PEOPLE)
    return str(path)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which something listens that is no mail server."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ports that nobody uses, so that other services on this machine do not matter."""
    for section in ("SMTP", "HTTP"):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            monkeypatch.setenv(f"MAILROUTE_{section}__PORT", str(probe.getsockname()[1]))


def test_fresh_folder_is_sound(mailroute: Callable[..., Any]) -> None:
    """With nothing set up yet `check` finds nothing wrong."""
    ran = mailroute("check")

    assert (ran.code, ran.out) == (0, "")


def test_check_names_each_problem(mailroute: Callable[..., Any], tmp_path: Path) -> None:
    """`check` prints file, line and nearest name for settings and directory, and ends in 1."""
    (tmp_path / "mailroute.toml").write_text("[smtp]\nprot = 1\n")
    (tmp_path / "people.toml").write_text(PEOPLE.replace('"borealis"\n', '"boraelis"\n', 1))

    ran = mailroute("check", "people.toml")

    assert ran.code == 1
    assert ran.out == (
        "mailroute.toml:2: there is no setting smtp.prot; did you mean smtp.port?\n"
        "people.toml:16: organisation borealis is no organisation's id; did you mean boraelis?\n"
    )


def test_check_looks_at_own_templates(mailroute: Callable[..., Any], tmp_path: Path) -> None:
    """A template of one's own that cannot be rendered is found before a mail needs it."""
    folder = tmp_path / "own" / "ticket-opened"
    folder.mkdir(parents=True)
    (folder / "body.txt").write_text("Dear {{ nobody.knows }}")
    (tmp_path / "mailroute.toml").write_text('[templates]\noverride_dir = "own"\n')

    ran = mailroute("check", "--json")

    found = json.loads(ran.out)
    assert (ran.code, found["ok"]) == (1, False)
    assert {problem["part"] for problem in found["problems"]} == {"templates"}
    assert "body.txt:1" in found["problems"][0]["problem"]


def test_import_shows_changes_and_keeps_them(mailroute: Callable[..., Any], people: str) -> None:
    """A dry run shows what would change and changes nothing; the import changes it; the next finds no difference."""
    expected = (
        "change\tkind\twhich\n"
        "added\tstaff\tkai\nadded\torganisation\tborealis\nadded\tclient\tann.lee@borealis.example\n"
    )

    dry = mailroute("directory", "import", people, "--dry-run")
    before = mailroute("directory", "list", "clients")
    real = mailroute("directory", "import", people)
    after = mailroute("directory", "list", "clients")
    again = mailroute("directory", "import", people, "--json")

    assert (dry.code, dry.out) == (0, expected)
    assert before.out == ""
    assert (real.code, real.out) == (0, expected)
    assert (
        after.out == "name\taddresses\torganisation\ttitle\nAnn Lee\tann.lee@borealis.example\tborealis\t\n"
    )
    assert json.loads(again.out)["version"] == 1


def test_import_shows_what_goes(mailroute: Callable[..., Any], people: str, tmp_path: Path) -> None:
    """What the file no longer holds is shown as gone; with --whole kinds it does not mention go as well."""
    mailroute("directory", "import", people)
    staff = tmp_path / "staff.csv"
    staff.write_text("id,name,email,role\nines,Ines Vale,ines@northwind.example,pm\n")

    some = mailroute("directory", "import", str(staff), "--dry-run")
    whole = mailroute("directory", "import", str(staff), "--dry-run", "--whole")

    assert some.out == "change\tkind\twhich\nadded\tstaff\tines\ngone\tstaff\tkai\n"
    assert whole.out.splitlines()[3:] == [
        "gone\torganisation\tborealis",
        "gone\tclient\tann.lee@borealis.example",
    ]


def test_export_can_be_imported(mailroute: Callable[..., Any], people: str, tmp_path: Path) -> None:
    """What `export` prints is an import that changes nothing."""
    mailroute("directory", "import", people)
    (tmp_path / "export.toml").write_text(mailroute("directory", "export").out)

    ran = mailroute("directory", "import", "export.toml", "--dry-run")

    assert (ran.code, ran.out) == (0, "")


def test_wrong_import_changes_nothing(mailroute: Callable[..., Any], people: str, tmp_path: Path) -> None:
    """An import with a mistake in it is refused as a whole, with place, in 2."""
    (tmp_path / "bad.toml").write_text(PEOPLE.replace("emails", "mails", 1))

    ran = mailroute("directory", "import", "bad.toml")

    assert ran.code == 2
    assert "bad.toml:6: staff has no field mails; did you mean emails?" in ran.err
    assert mailroute("directory", "list").out == ""


def test_database_is_upgraded_once(mailroute: Callable[..., Any]) -> None:
    """`db upgrade` makes the database, and a second time finds nothing to do."""
    first = mailroute("db", "upgrade", "--json")
    second = mailroute("db", "upgrade", "--json")

    assert json.loads(first.out)["revisions"]
    assert json.loads(second.out) == {"dry_run": False, "revisions": []}


@pytest.mark.usefixtures("free_ports")
def test_doctor_finds_a_sound_installation_sound(mailroute: Callable[..., Any], people: str) -> None:
    """After an import everything is in order: database, books, directory, model and ports."""
    mailroute("directory", "import", people)

    ran = mailroute("doctor", "--json")

    levels = {finding["check"]: finding["level"] for finding in json.loads(ran.out)["findings"]}
    assert ran.code == 0
    assert levels == dict.fromkeys(
        [
            "settings", "data folder", "disk", "clock", "database", "books", "directory", "templates", "spaCy model",
            "smarthost", "dkim", "smtp port", "http port",
        ],
        "ok",
    )  # fmt: skip


@pytest.mark.usefixtures("free_ports")
def test_doctor_says_what_to_do(
    mailroute: Callable[..., Any], taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A port that another program has and a smarthost that does not answer are errors with a next step."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        nobody = gone.getsockname()[1]
    for name, value in {
        "MODE": "live",
        "SERVICE__ROUTING_ADDRESS": "issues@northwind.example",
        "SMARTHOST__HOST": "127.0.0.1",
        "SMARTHOST__PORT": str(nobody),
        "LMTP__ENABLED": "true",
        "LMTP__PORT": str(taken),
    }.items():
        monkeypatch.setenv(f"MAILROUTE_{name}", value)
    monkeypatch.setattr("mailroute.services.diagnosis.PATIENCE", 0.2)

    ran = mailroute("doctor", "--json")

    findings = {finding["check"]: finding for finding in json.loads(ran.out)["findings"]}
    assert ran.code == 1
    assert (findings["smarthost"]["level"], findings["lmtp port"]["level"]) == ("error", "error")
    assert "smarthost" in findings["smarthost"]["next"]
    assert "lmtp.port" in findings["lmtp port"]["next"]


def test_doctor_reports_wrong_settings(mailroute: Callable[..., Any], tmp_path: Path) -> None:
    """Wrong settings are a finding like any other."""
    (tmp_path / "mailroute.toml").write_text("mod = 'live'\n")

    ran = mailroute("doctor")

    assert ran.code == 1
    assert ran.out.startswith(
        "error    settings: mailroute.toml:1: there is no setting mod; did you mean mode?\n"
    )
