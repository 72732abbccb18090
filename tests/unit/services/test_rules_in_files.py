"""Rules and teams as people write them, and as they are written back."""

from pathlib import Path

import pytest

from mailroute.domain.directory import Conditions, ConfiguredRule, Team, TeamMode
from mailroute.domain.errors import Misconfigured
from mailroute.services.directory_file import read_directory, read_files, to_toml

FILE = """
[[staff]]
id = "kai"
name = "Kai Berg"
role = "pm"
emails = ["kai@northwind.example"]

[[team]]
id = "pumps"
name = "Pumps"
members = ["kai"]
mode = "least-open"

[[rule]]
name = "groups"
when.issue.urgency.at_least = "high"
all = [{ "issue.type" = "defect", words = { has = ["pump", "valve"] } }]
any = [{ "organisation.tier.given" = true }, { any = [{ "words.has_not" = "x" }] }]
assign = "pumps"

[[rule]]
name = "expression"
when_expr = 'issue.type == "billing" && words.contains("\\"")'
assign = "kai"

[[rule]]
name = "long form"
assign = "kai"

  [[rule.all]]
  "issue.sentiment" = "angry"

[[rule]]
name = "rest"
when = {}
assign = "pumps"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file."""
    path = tmp_path / "rules.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_groups_operators_and_teams_are_read(file: Path) -> None:
    """Operators by suffix, dotted name or table are the same."""
    directory = read_directory(file)

    assert directory.teams == (Team(id="pumps", name="Pumps", members=("kai",), mode=TeamMode.LEAST_OPEN),)
    assert directory.rules[0] == ConfiguredRule(
        name="groups",
        when={"issue.urgency.at_least": ("high",)},
        all=(Conditions(wants={"issue.type": ("defect",), "words.has": ("pump", "valve")}),),
        any=(
            Conditions(wants={"organisation.tier.given": ("yes",)}),
            Conditions(any=(Conditions(wants={"words.has_not": ("x",)}),)),
        ),
        assign="pumps",
    )
    assert directory.rules[2].all == (Conditions(wants={"issue.sentiment": ("angry",)}),)


def test_what_is_exported_is_read_back_as_the_same(file: Path, tmp_path: Path) -> None:
    """Groups in groups, quotes in expressions, rules without conditions."""
    directory = read_directory(file)
    again = tmp_path / "again.toml"
    again.write_text(to_toml(directory), encoding="utf-8")

    assert read_directory(again) == directory


def test_rules_alone_are_checked_against_people_that_are_kept(file: Path, tmp_path: Path) -> None:
    """As `replay --rules` does; teams that the file does not name stay."""
    rules = tmp_path / "new.toml"
    rules.write_text('[[rule]]\nname = "all"\nwhen = {}\nassign = "pumps"\n', encoding="utf-8")

    assert read_files([rules], read_directory(file)).directory.rules[0].assign == "pumps"
    with pytest.raises(Misconfigured, match=r"new\.toml:4: assign pumps is no staff id"):
        read_directory(rules)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('all = { "issue.type" = "defect" }', "must be a list of tables"),
        ("any = []", "must be a list of tables"),
        ('any = ["issue.type"]', "must hold tables"),
        ("any = [{}]", "must hold tables"),
        ("when_expr = true", "must be text"),
        ('when = { "issue.type" = 3 }', "must be a list of texts"),
    ],
)
def test_what_is_no_group_is_said_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    """And an example of what is."""
    path = tmp_path / "bad.toml"
    path.write_text(f'[[rule]]\nname = "x"\nassign = "kai"\n{line}\n', encoding="utf-8")

    with pytest.raises(Misconfigured, match=rf"bad\.toml:4: .*{said}"):
        read_directory(path)
