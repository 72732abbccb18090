"""The house keeps its sizes, its tables and its lock."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from mailroute.cli import COMMANDS
from mailroute.outbound.catalogue import MAIL_KINDS
from mailroute.outbound.templates import templates_dir
from mailroute.routing.rules import RULES
from mailroute.threads.placement import SIGNALS

TOP = Path(__file__).parents[2]
MOST_LINES = 350
TABLES = {"vocabulary.py"}  # one long table of words, read by looking things up


@pytest.mark.parametrize("path", sorted((TOP / "src").rglob("*.py")), ids=lambda p: p.stem)
def test_a_module_is_short_enough_to_read(path: Path) -> None:
    """No module has more lines than a newcomer reads in one go."""
    assert path.name in TABLES or len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_every_dependency_is_in_the_lock_with_a_hash() -> None:
    """What pyproject.toml asks for is pinned with hashes, and no registry is named."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {re.split(r"[\[<>=!~ ]", line)[0].lower().replace("_", "-") for line in asked}
    lock = (TOP / "requirements.lock").read_text(encoding="utf-8")
    pinned = {m.lower() for m in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)}

    assert set() == names - pinned
    assert "://" not in lock
    assert all(
        "--hash=sha256:" in entry
        for entry in re.split(r"\n(?=\S)", lock.strip())
        if not entry.startswith("#")
    )


def test_rules_are_named_once_and_say_what_they_do() -> None:
    """Routing rules and thread signals have one name and a docstring each."""
    for table in (RULES, SIGNALS):
        names = [entry.__name__ for entry in table]

        assert len(names) == len(set(names))
        assert all(entry.__doc__ for entry in table)


@pytest.mark.parametrize("kind", sorted(MAIL_KINDS))
def test_a_mail_kind_has_its_three_files(kind: str) -> None:
    """Each kind of mail has a subject, a text and an HTML template."""
    folder = templates_dir() / "mail" / kind

    assert {"subject.txt", "body.txt", "body.html"} <= {path.name for path in folder.iterdir()}


WITHOUT_A_STORY = {
    "canary": "tests/services/test_silence.py",
    "silence": "tests/services/test_silence.py",
    "theme-done": "tests/services/test_market.py",
}
"""Kinds of mail that no mail alone brings about, and the test that sends each."""


def test_every_kind_of_mail_is_sent_in_a_story_or_a_test() -> None:
    """No mail is in the catalogue that nothing shows to be written."""
    stories = (
        tomllib.loads(path.read_text("utf-8")) for path in (TOP / "tests/scenarios").glob("*/then.toml")
    )
    told = {mail["kind"] for story in stories for mail in story.get("sent", ()) if "kind" in mail}

    assert set(MAIL_KINDS) - set(WITHOUT_A_STORY) == told & set(MAIL_KINDS) - set(WITHOUT_A_STORY)
    assert all(f'"{kind}"' in (TOP / test).read_text("utf-8") for kind, test in WITHOUT_A_STORY.items())


def test_every_command_has_its_module() -> None:
    """Each row of the command table has a file."""
    package = Path(str(files("mailroute"))) / "cli"

    assert [] == [c.name for c in COMMANDS if not (package / f"{c.name.replace('-', '_')}.py").is_file()]


def test_nothing_shipped_needs_what_users_do_not_have() -> None:
    """Sources, templates and fixtures name no folder of the developers' own machines."""
    shipped = [
        p for d in ("src", "templates", "fixtures", "docs") for p in (TOP / d).rglob("*") if p.is_file()
    ]
    named = [p for p in shipped if re.search(rb"\.\./shared|/work/|/home/", p.read_bytes())]

    assert [] == named
