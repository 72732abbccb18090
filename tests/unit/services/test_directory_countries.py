"""Where clients sit, as directory files and exports say it."""

from pathlib import Path

import pytest

from mailroute.domain.errors import Misconfigured
from mailroute.services.directory_file import read_directory, to_toml

TOML = '[[organisation]]\nid = "b"\nname = "Borealis"\ncountry = "de-by"\n'


def test_a_country_is_read_and_written_back(tmp_path: Path) -> None:
    """In either case of letters."""
    first, second = tmp_path / "people.toml", tmp_path / "again.toml"
    first.write_text(TOML, encoding="utf-8")
    [organisation] = read_directory(first).organisations
    second.write_text(to_toml(read_directory(first)), encoding="utf-8")

    assert "DE-BY" == organisation.country
    assert read_directory(first) == read_directory(second)


def test_a_country_without_holidays_is_a_mistake(tmp_path: Path) -> None:
    """Told with file and line."""
    path = tmp_path / "people.toml"
    path.write_text(TOML.replace("de-by", "de-xx"), encoding="utf-8")

    with pytest.raises(Misconfigured, match=r"people\.toml:4: .*is no country such as DE"):
        read_directory(path)


@pytest.mark.parametrize(
    ("said", "code"), [("Germany", "DE"), ("österreich", "AT"), ("gb", "GB"), ("Atlantis", None)]
)
def test_exports_name_countries_in_words(tmp_path: Path, said: str, code: str | None) -> None:
    """One that is not known is left out: it only tells holidays."""
    path = tmp_path / "organisations.csv"
    path.write_text(
        f"Company name,Domain,Country/Region\nBorealis,borealis.example,{said}\n", encoding="utf-8"
    )
    [organisation] = read_directory(path).organisations

    assert code == organisation.country
