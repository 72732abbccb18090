"""The frame of the command line: help, exit codes, failures, completion."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mailroute import __version__
from mailroute.cli import COMMANDS
from mailroute.cli.frame import Command

HEAVY = (
    "spacy",
    "sqlalchemy",
    "alembic",
    "procrastinate",
    "pydantic",
    "aiosmtpd",
    "jinja2",
    "psycopg",
    "numpy",
)


def _python(code: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ | environ
    )


def test_help_imports_nothing_heavy() -> None:
    """`mailroute --help` starts fast, because no command and no large library is imported for it."""
    code = (
        "import sys\nfrom mailroute.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        f"print([n for n in sys.modules if n.partition('.')[0] in {HEAVY!r}], file=sys.stderr)"
    )

    done = _python(code)

    assert done.stderr.strip() == "[]"
    assert "rehearse" in done.stdout


@pytest.mark.parametrize("row", COMMANDS, ids=lambda row: row.name)
def test_every_row_has_its_module(row: Command) -> None:
    """Each command that the help lists exists as a module of its own."""
    assert importlib.util.find_spec(row.module) is not None


def test_version_is_shown(mailroute: Callable[..., Any]) -> None:
    """--version prints name and version, and nothing else."""
    ran = mailroute("--version")

    assert (ran.code, ran.out, ran.err) == (0, f"mailroute {__version__}\n", "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["chekc"],
            "mailroute: No such command 'chekc'. Did you mean 'check'? (`mailroute --help` shows what it takes)",
        ),
        (["--bla"], "mailroute: No such option: --bla (`mailroute --help` shows what it takes)"),
        (
            ["check", "--jsno"],
            (
                "mailroute check: No such option: --jsno (Possible options: --json)"
                " (`mailroute check --help` shows what it takes)"
            ),
        ),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(
    mailroute: Callable[..., Any], words: list[str], message: str
) -> None:
    """A wrong command line says in one line what is wrong and where help is, and ends in 2."""
    ran = mailroute(*words)

    assert (ran.code, ran.out, ran.err.strip()) == (2, "", message)


def test_no_command_shows_the_help(mailroute: Callable[..., Any]) -> None:
    """Without a command the help is shown, and the exit code says that nothing was done."""
    ran = mailroute()

    assert ran.code == 2
    assert "Usage: mailroute" in ran.out


def test_wrong_settings_are_one_line_and_exit_2(mailroute: Callable[..., Any], tmp_path: Path) -> None:
    """Wrong settings end every command in 2 with the place, without a traceback."""
    (tmp_path / "mailroute.toml").write_text("[smtp]\nprot = 1\n")

    ran = mailroute("directory", "list")

    expected = "mailroute: mailroute.toml:2: there is no setting smtp.prot; did you mean smtp.port?\n"
    assert (ran.code, ran.out, ran.err) == (2, "", expected)


@pytest.mark.parametrize("words", [["--debug", "directory", "list"], ["directory", "list", "--debug"]])
def test_debug_shows_the_traceback(mailroute: Callable[..., Any], tmp_path: Path, words: list[str]) -> None:
    """--debug, anywhere on the line, shows where a failure comes from."""
    (tmp_path / "mailroute.toml").write_text("[smtp]\nprot = 1\n")

    ran = mailroute(*words)

    assert ran.code == 2
    assert "Traceback" in ran.err


@pytest.mark.parametrize(
    ("words", "index", "expected"),
    [
        ("mailroute ti", "1", {"tickets", "ticket"}),
        ("mailroute directory ", "2", {"import", "list", "export"}),
    ],
)
def test_shell_completion_knows_commands(words: str, index: str, expected: set[str]) -> None:
    """The shell completes commands and sub-commands."""
    done = _python(
        "from mailroute.cli import main; main([])",
        _MAILROUTE_COMPLETE="complete_bash",
        COMP_WORDS=words,
        COMP_CWORD=index,
    )

    assert set(done.stdout.split()) == expected
