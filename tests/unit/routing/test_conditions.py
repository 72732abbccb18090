"""Conditions of configured rules: operators, groups, and the words that tell which one decided."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mailroute.domain.directory import Conditions, ConfiguredRule, Directory
from mailroute.domain.issue import Ask, Issue, IssueType, Product, TypeFinding, Urgency, UrgencyFinding
from mailroute.routing.case import Case, Pass
from mailroute.routing.conditions import describe, judge
from mailroute.routing.fields import RULE_FIELDS
from mailroute.routing.operators import OPERATORS, split
from mailroute.routing.rules.configured import configured

Make = Callable[..., Case]
Wants = dict[str, tuple[str, ...]]

CARD = Issue(
    type=TypeFinding(IssueType.DEFECT, 0.9),
    urgency=UrgencyFinding(Urgency.HIGH),
    products=(Product("Boiler pump", 0, 6), Product("Valve", 7, 9)),
    asks=(Ask("Please send a fitter.", 0, 5, 0.9),),
)


def group(**wants: str) -> Conditions:
    """Conditions on fields whose names have two underscores for each dot."""
    return Conditions(wants={name.replace("__", "."): (value,) for name, value in wants.items()})


def holds(case: Case, **parts: object) -> bool:
    """Whether a rule of these parts holds."""
    return judge(ConfiguredRule(name="x", assign="lea", **parts), case).holds  # type: ignore[arg-type]  # any part


@pytest.mark.parametrize(
    ("wants", "expected"),
    [
        ({"issue.type.is": ("defect",)}, True),
        ({"issue.type.not": ("billing", "delay")}, True),
        ({"issue.type.not": ("billing", "defect")}, False),
        ({"issue.language.not": ("de",)}, True),
        ({"issue.urgency.at_least": ("normal",)}, True),
        ({"issue.urgency.at_least": ("high",)}, True),
        ({"issue.urgency.at_least": ("critical",)}, False),
        ({"issue.urgency.at_least": ("soon",)}, False),
        ({"issue.urgency.at_most": ("high",)}, True),
        ({"issue.urgency.at_most": ("normal",)}, False),
        ({"words.has": ("boiler",)}, True),
        ({"words.has": ("BOILER room",)}, True),
        ({"words.has": ("boil",)}, False),
        ({"words": ("boil",)}, True),
        ({"words.has_all": ("boiler", "drips")}, True),
        ({"words.has_all": ("boiler", "hums")}, False),
        ({"words.has_not": ("hums",)}, True),
        ({"words.has_not": ("hums", "drips")}, False),
        ({"issue.product.has": ("pump",)}, True),
        ({"issue.product.has_all": ("pump", "valve")}, True),
        ({"issue.ask.has": ("fitter",)}, True),
        ({"sender.address.starts": ("ann.",)}, True),
        ({"sender.domain.ends": (".example",)}, True),
        ({"sender.domain.ends": (".test",)}, False),
        ({"organisation.tier.given": ("yes",)}, True),
        ({"organisation.tier.given": ("no",)}, False),
        ({"issue.language.given": ("no",)}, True),
        ({"issue.product.given": ("yes",)}, True),
    ],
)
def test_each_operator_compares_as_it_says(make_case: Make, wants: Wants, expected: bool) -> None:
    """Without regard to case; words are whole words with `has`."""
    case = make_case(issue=CARD, words="The boiler room: something drips.")

    assert expected is holds(case, when=wants)


def test_all_and_any_and_groups_in_groups(make_case: Make) -> None:
    """All of `all`, one of `any`, and the same inside."""
    case = make_case(issue=CARD)
    defect, billing = group(issue__type="defect"), group(issue__type="billing")
    inner = Conditions(wants={"issue.urgency": ("high",)}, any=(billing, defect))

    assert holds(case, all=(defect, inner))
    assert holds(case, any=(billing, inner))
    assert not holds(case, all=(defect, billing))
    assert not holds(case, any=(billing, Conditions(all=(inner, billing))))


def test_a_reason_names_the_condition_that_held_with_its_value(make_case: Make) -> None:
    """Of an `any` the one that did it."""
    rule = ConfiguredRule(
        name="x",
        when={"issue.urgency.at_least": ("normal",)},
        any=(group(issue__type="billing"), group(issue__type="defect")),
        assign="lea",
    )
    found = judge(rule, make_case(issue=CARD))

    expected = "issue.urgency is at least normal (issue.urgency is high), issue.type = defect"
    assert expected == found.because


def test_a_pass_names_for_each_rule_the_condition_that_failed(make_case: Make, house: Directory) -> None:
    """In the order of the file; for an `any` all that were tried."""
    rules = (
        ConfiguredRule(name="silver", when={"organisation.tier": ("silver",)}, assign="lea"),
        ConfiguredRule(
            name="either", any=(group(issue__type="billing"), group(issue__type="delay")), assign="lea"
        ),
        ConfiguredRule(name="left", assign="gone"),
    )
    directory = Directory(staff=house.staff, rules=rules)
    answer = configured(make_case(issue=CARD, directory=directory))

    assert answer == Pass(
        "no configured rule holds (silver: organisation.tier is gold, not silver; "
        "either: none of these holds: issue.type is defect, not billing; issue.type is defect, not delay; "
        "left: its assignee gone is unknown)"
    )


def test_a_rule_reads_as_a_line() -> None:
    """For lists of rules."""
    rule = ConfiguredRule(
        name="x",
        when={"issue.type": ("defect", "delay")},
        any=(group(words__has="lift"), group(issue__urgency__at_least="high")),
        when_expr="size(words) > 3",
        assign="lea",
    )

    assert describe(rule) == (
        "issue.type is defect or delay and (words has lift or issue.urgency is at least high) and (size(words) > 3)"
    )
    assert describe(ConfiguredRule(name="y", assign="lea")) == "always"


@pytest.mark.parametrize("verb", OPERATORS)
@pytest.mark.parametrize("path", RULE_FIELDS)
def test_every_operator_can_be_asked_of_every_field(make_case: Make, path: str, verb: str) -> None:
    """A condition that makes no sense does not hold or holds; it never fails."""
    rule = ConfiguredRule(name="x", when={f"{path}.{verb}": ("zzz",)}, assign="lea")

    assert (path, verb) == split(f"{path}.{verb}")
    assert judge(rule, make_case(organisation=None, words="")).because


def test_the_page_for_people_who_write_rules_names_everything() -> None:
    """Each field and each operator stands in docs/rules.md."""
    page = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")

    assert [] == [name for name in (*RULE_FIELDS, *OPERATORS) if f"`{name}`" not in page]
