"""The table of settings and its page in the docs."""

from pathlib import Path

from mailroute.settings import describe, load_settings, to_markdown
from mailroute.settings.describe import NAMED

ROOT = Path(__file__).parents[3]


def test_settings_page_is_current() -> None:
    """docs/settings.md is what `mailroute check --describe` prints."""
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")

    assert to_markdown() == page


def test_every_setting_is_explained() -> None:
    """No setting is without a meaning."""
    silent = [row.name for row in describe() if not row.help]

    assert silent == []


def test_described_defaults_can_be_written_back(tmp_path: Path) -> None:
    """A file that sets every default as described changes nothing and is accepted."""
    lines = []
    for row in describe():
        if row.default and NAMED not in row.name.split("."):  # a mailbox must have a host
            lines.append(f"{row.name} = {row.default}")
    file = tmp_path / "mailroute.toml"
    file.write_text("\n".join(lines))

    written = load_settings(file, environ={"MAILROUTE_DATA_DIR": ".mailroute"})

    assert load_settings(tmp_path / file.name, environ={"MAILROUTE_DATA_DIR": ".mailroute"}) == written
    assert load_settings(_empty(tmp_path), environ={}) == written


def _empty(folder: Path) -> Path:
    path = folder / "empty.toml"
    path.write_text("")
    return path


def test_variables_are_named_after_their_settings() -> None:
    """The row of a setting tells its environment variable."""
    variables = {row.name: row.variable for row in describe()}

    assert variables["smarthost.password"] == "MAILROUTE_SMARTHOST__PASSWORD"
