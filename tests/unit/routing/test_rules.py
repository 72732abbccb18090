"""Each routing rule, their order, and who stands in for whom."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.directory import Absence, ConfiguredRule, Directory, ProjectStatus, Staff, StaffRole
from mailroute.domain.issue import (
    Issue,
    IssueType,
    Product,
    Reference,
    ReferenceKind,
    Sentiment,
    SentimentFinding,
    TypeFinding,
    Urgency,
    UrgencyFinding,
)
from mailroute.domain.reasons import Reason
from mailroute.routing.case import Assign, Case, NamedProject, Pass
from mailroute.routing.conditions import judge
from mailroute.routing.decide import present, route
from mailroute.routing.fields import RULE_FIELDS
from mailroute.routing.rules import RULES
from mailroute.routing.rules.account_pm import account_pm
from mailroute.routing.rules.configured import configured
from mailroute.routing.rules.named_project import named_project
from mailroute.routing.rules.organisation_pm import organisation_pm
from mailroute.routing.rules.triage_lead import triage_lead

Make = Callable[..., Case]


def assigned(answer: Assign | Pass) -> str | None:
    """To whom, if to anybody."""
    return answer.staff if isinstance(answer, Assign) else None


def of_project(house: Directory, key: str) -> NamedProject:
    """The case names this project."""
    return NamedProject(house.projects_by_key[key], Reason("project-named", key), 0.9)


def with_rules(house: Directory, *rules: ConfiguredRule) -> Directory:
    """The same people with rules of the house."""
    return replace(house, rules=rules)


# The rules one by one


@pytest.mark.parametrize(("key", "pm"), [("P4", "kai"), ("P5", "ines"), ("P1", "kai")])
def test_a_named_project_goes_to_its_pm(make_case: Make, house: Directory, key: str, pm: str) -> None:
    """Closed ones, too."""
    assert pm == assigned(named_project(make_case(named=of_project(house, key))))


def test_a_named_project_without_a_pm_passes(make_case: Make, house: Directory) -> None:
    """And says which."""
    bare = NamedProject(replace(house.projects[0], pm=None), Reason("project-named", "P4"), 0.9)

    assert named_project(make_case(named=bare)) == Pass("P4 has no PM")


def test_no_named_project_passes(make_case: Make) -> None:
    """Most mails name none."""
    assert isinstance(named_project(make_case()), Pass)


def test_the_company_s_pm_gets_what_names_no_project(make_case: Make) -> None:
    """By the directory."""
    assert assigned(organisation_pm(make_case())) == "ines"


@pytest.mark.parametrize("organisation", ["corvus", None])
def test_a_company_without_a_pm_passes(make_case: Make, house: Directory, organisation: str | None) -> None:
    """And so does no company at all."""
    case = make_case(organisation=house.organisations_by_id.get(organisation or ""))

    assert isinstance(organisation_pm(case), Pass)


def test_who_has_most_open_projects_of_a_company_knows_it_best(make_case: Make, house: Directory) -> None:
    """Closed projects do not count; Kai's closed one leaves him level with Ines, so a second one decides."""
    extra = replace(house.projects[1], key="P6")
    directory = replace(house, projects=(*house.projects, extra))

    assert assigned(account_pm(make_case(directory=directory))) == "ines"


def test_a_tie_decides_nothing(make_case: Make) -> None:
    """Kai and Ines have one open project each."""
    assert isinstance(account_pm(make_case()), Pass)


@pytest.mark.parametrize("organisation", ["borealis", None])
def test_a_company_without_open_projects_passes(
    make_case: Make, house: Directory, organisation: str | None
) -> None:
    """Nobody knows it better than others."""
    closed = tuple(replace(p, status=ProjectStatus.CLOSED) for p in house.projects)
    case = make_case(
        directory=replace(house, projects=closed),
        organisation=house.organisations_by_id.get(organisation or ""),
    )

    assert isinstance(account_pm(case), Pass)


def test_the_lead_gets_what_nobody_else_does(make_case: Make) -> None:
    """Little sure, and said so."""
    answer = triage_lead(make_case())

    assert isinstance(answer, Assign)
    assert ("lea", True) == (answer.staff, answer.sure < 0.5)


@pytest.mark.parametrize(("roles", "expected"), [(("rep", "pm", "pm"), "s1"), (("rep",), None), ((), None)])
def test_without_a_lead_the_first_pm_decides(
    make_case: Make, roles: tuple[str, ...], expected: str | None
) -> None:
    """A house of reps alone has nobody for it."""
    staff = tuple(
        Staff(id=f"s{n}", name="X", role=StaffRole(role), emails=(f"{n}@northwind.example",))
        for n, role in enumerate(roles)
    )

    assert expected == assigned(triage_lead(make_case(directory=Directory(staff=staff))))


# Rules of the house


CARD = Issue(
    type=TypeFinding(IssueType.BILLING, 0.9),
    urgency=UrgencyFinding(Urgency.HIGH),
    sentiment=SentimentFinding(Sentiment.ANGRY),
    references=(
        Reference(ReferenceKind.INVOICE, "INV-9", 0, 5),
        Reference(ReferenceKind.ORDER, "PO-1", 6, 9),
    ),
    products=(Product("Pump 4", 0, 6),),
    language="en",
)


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ({"issue.type": ("billing",)}, True),
        ({"issue.type": ("Billing",)}, True),
        ({"issue.type": ("defect", "billing")}, True),
        ({"issue.type": ("defect",)}, False),
        ({"issue.urgency": ("high", "critical")}, True),
        ({"issue.urgency": ("low",)}, False),
        ({"issue.sentiment": ("angry",)}, True),
        ({"issue.language": ("en",)}, True),
        ({"issue.language": ("de",)}, False),
        ({"issue.reference": ("po-1",)}, True),
        ({"issue.reference": ("PO",)}, False),
        ({"issue.product": ("pump 4",)}, True),
        ({"sender.role": ("client",)}, True),
        ({"sender.role": ("stranger",)}, False),
        ({"sender.address": ("ANN.LEE@borealis.example",)}, True),
        ({"sender.domain": ("borealis.example",)}, True),
        ({"sender.domain": ("lee@borealis.example",)}, False),
        ({"organisation.id": ("borealis",)}, True),
        ({"organisation.tier": ("gold",)}, True),
        ({"organisation.tier": ("silver", "bronze")}, False),
        ({"project.key": ("P4",)}, True),
        ({"project.status": ("active",)}, True),
        ({"words": ("INVOICE",)}, True),
        ({"words": ("credit note", "wrong invoice")}, True),
        ({"words": ("refund",)}, False),
        ({"issue.type": ("billing",), "organisation.tier": ("gold",)}, True),
        ({"issue.type": ("billing",), "organisation.tier": ("silver",)}, False),
        ({"issue.colour": ("red",)}, False),
        ({}, True),
    ],
)
def test_every_condition_of_a_rule_must_hold(
    make_case: Make, house: Directory, when: dict[str, tuple[str, ...]], holds: bool
) -> None:
    """One accepted value is enough for each; case does not count."""
    case = make_case(issue=CARD, words="A wrong invoice, sorry.", named=of_project(house, "P4"))
    rule = ConfiguredRule(name="desk", when=when, assign="lea")

    assert holds is judge(rule, case).holds


@pytest.mark.parametrize("path", RULE_FIELDS)
def test_every_field_can_be_asked_of_a_case_that_has_nothing(make_case: Make, path: str) -> None:
    """An unknown requester with an empty card breaks no rule, and the reason reads well."""
    nobody = Mailbox(None, None)
    bare = make_case(organisation=None, words="")
    case = replace(bare, identity=replace(bare.identity, author=nobody, requester=nobody))
    found = judge(ConfiguredRule(name="desk", when={path: ("no such value",)}, assign="lea"), case)

    assert not found.holds
    assert "no such value" in found.because


def test_the_first_rule_that_holds_wins_in_the_order_of_the_file(make_case: Make, house: Directory) -> None:
    """With full certainty: the house has said so."""
    rules = (
        ConfiguredRule(name="silver", when={"organisation.tier": ("silver",)}, assign="kai"),
        ConfiguredRule(name="gold", when={"organisation.tier": ("gold",)}, assign="lea"),
        ConfiguredRule(name="all", when={}, assign="ines"),
    )
    answer = configured(make_case(directory=with_rules(house, *rules)))

    assert answer == Assign("lea", Reason("configured-rule", "gold: organisation.tier = gold"), 1.0)


def test_a_rule_for_somebody_who_has_left_is_passed_over(make_case: Make, house: Directory) -> None:
    """Mail must not wait until the file is mended."""
    rules = (
        ConfiguredRule(name="left", when={}, assign="olga"),
        ConfiguredRule(name="all", when={}, assign="lea"),
    )

    assert assigned(configured(make_case(directory=with_rules(house, *rules)))) == "lea"


# All of them together


def test_the_order_of_the_rules_is_company_policy() -> None:
    """A change of it must be meant."""
    assert [rule.__name__ for rule in RULES] == [
        "configured",
        "named_project",
        "previous_handler",
        "learned",
        "organisation_pm",
        "account_pm",
        "triage_lead",
    ]


@pytest.mark.parametrize(
    ("changes", "pm", "rule"),
    [
        ({"rules": True, "named": "P5"}, "lea", "configured"),
        ({"named": "P5"}, "ines", "named-project"),
        ({}, "ines", "organisation-pm"),
        ({"organisation": "corvus"}, "ines", "account-pm"),
        ({"organisation": None}, "lea", "triage-lead"),
    ],
)
def test_the_first_rule_that_knows_decides(
    make_case: Make, house: Directory, changes: dict[str, Any], pm: str, rule: str
) -> None:
    """Each one in its turn; the earlier ones say why they passed."""
    values: dict[str, Any] = {}
    if "named" in changes:
        values["named"] = of_project(house, changes["named"])
    if "organisation" in changes:
        values["organisation"] = house.organisations_by_id.get(changes["organisation"] or "")
    if "rules" in changes:
        gold = ConfiguredRule(name="gold", when={"organisation.tier": ("gold",)}, assign="lea")
        values["directory"] = with_rules(house, gold)
    routing = route(make_case(**values))
    asked_before = [one.__name__.replace("_", "-") for one in RULES]

    assert (pm, rule) == (routing.pm, routing.rule)
    assert asked_before[: asked_before.index(rule)] == [reason.code for reason in routing.passed]
    assert all(reason.evidence for reason in (*routing.reasons, *routing.passed))


def test_an_empty_house_routes_to_nobody_and_says_so(make_case: Make) -> None:
    """The ticket waits as new."""
    routing = route(make_case(directory=Directory(), organisation=None))

    assert (None, None, "nobody") == (routing.pm, routing.rule, routing.reasons[0].code)


# Deputies


TODAY = date(2026, 3, 3)


def away(*days: int, deputy: str | None) -> tuple[Absence, ...]:
    """Away from the first to the last of these days, counted from today."""
    first, last = days
    return (Absence(TODAY + timedelta(first), TODAY + timedelta(last), deputy),)


def house_of(**absences: tuple[Absence, ...]) -> Directory:
    """PMs by id, with their absences."""
    return Directory(
        staff=tuple(
            Staff(id=one, name=one.title(), role=StaffRole.PM, emails=(f"{one}@x.example",), away=when)
            for one, when in absences.items()
        )
    )


HERE: tuple[Absence, ...] = ()


@pytest.mark.parametrize(
    ("absences", "does_it", "codes"),
    [
        pytest.param({"a": HERE}, "a", [], id="here"),
        pytest.param({"a": away(-1, 1, deputy="b"), "b": HERE}, "b", ["deputy"], id="away"),
        pytest.param({"a": away(0, 0, deputy="b"), "b": HERE}, "b", ["deputy"], id="today alone"),
        pytest.param({"a": away(1, 9, deputy="b"), "b": HERE}, "a", [], id="from tomorrow"),
        pytest.param({"a": away(-9, -1, deputy="b"), "b": HERE}, "a", [], id="until yesterday"),
        pytest.param(
            {"a": away(-1, 1, deputy="b"), "b": away(0, 5, deputy="c"), "c": HERE},
            "c",
            ["deputy", "deputy"],
            id="the deputy is away, too",
        ),
        pytest.param(
            {"a": away(-1, 1, deputy="b"), "b": away(0, 5, deputy="a")},
            "a",
            ["deputy", "away-without-deputy"],
            id="each other's deputies",
        ),
        pytest.param({"a": away(-1, 1, deputy="a")}, "a", ["away-without-deputy"], id="their own deputy"),
        pytest.param({"a": away(-1, 1, deputy=None)}, "a", ["away-without-deputy"], id="no deputy"),
        pytest.param({"a": away(-1, 1, deputy="gone")}, "a", ["away-without-deputy"], id="unknown deputy"),
        pytest.param({}, "a", [], id="unknown PM"),
    ],
)
def test_whoever_is_away_hands_over(
    absences: dict[str, tuple[Absence, ...]], does_it: str, codes: list[str]
) -> None:
    """Along the chain of deputies to the first who is there; a chain that leads nowhere leaves the work."""
    person, reasons = present("a", house_of(**absences), TODAY)

    assert (does_it, codes) == (person, [reason.code for reason in reasons])


def test_a_route_to_somebody_away_names_both_reasons(make_case: Make, house: Directory) -> None:
    """Why the work is Kai's, and why Ines has it."""
    routing = route(make_case(named=of_project(house, "P4")))

    assert ("ines", "named-project") == (routing.pm, routing.rule)
    assert ["project-named", "deputy"] == [reason.code for reason in routing.reasons]
