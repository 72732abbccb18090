"""Running command lines."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from mailroute.cli import COMMANDS
from mailroute.cli.frame import build, run


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command line came to."""

    code: int
    out: str
    err: str


@pytest.fixture
def mailroute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """Runs a command line in an empty folder, with no settings but the defaults."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MAILROUTE_CONFIG", raising=False)

    def call(*words: str) -> Ran:
        code = run(build(COMMANDS), words)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return call
