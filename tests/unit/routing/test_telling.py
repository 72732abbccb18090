"""A decision in words, and that there is one for every case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Identity
from mailroute.domain.directory import (
    Absence,
    Conditions,
    ConfiguredRule,
    Directory,
    Organisation,
    Staff,
    StaffRole,
    Team,
    TeamMode,
)
from mailroute.domain.issue import Issue, IssueType, TypeFinding, Urgency, UrgencyFinding
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Role, Via
from mailroute.routing.case import Case, NamedProject
from mailroute.routing.decide import route

Make = Callable[..., Case]


def test_the_sentence_names_who_has_it_and_every_ground(make_case: Make, house: Directory) -> None:
    """Kai's project, while Kai is away."""
    named = NamedProject(
        house.projects_by_key["P4"], Reason("project-named", "“hall 4” is P4, Pump hall 4"), 0.9
    )
    routing = route(make_case(named=named))

    assert routing.sentence == (
        "Ines Costa: has that project: “hall 4” is P4, Pump hall 4; Kai Berg is away until 2026-03-06."
    )
    assert routing.would_change[0] == "From 2026-03-07 Kai Berg is back and would have it."


def test_a_house_without_anybody_says_that_nobody_has_it(make_case: Make) -> None:
    """As a sentence."""
    routing = route(make_case(directory=Directory(), organisation=None))

    assert routing.sentence == "Nobody has it yet: no rule could name anybody."
    assert (routing.candidates, routing.pm) == ((), None)


def test_all_whom_a_rule_speaks_for_are_candidates_with_grounds(make_case: Make, house: Directory) -> None:
    """The one who has it is marked; the others stand in the order of the rules."""
    named = NamedProject(house.projects_by_key["P4"], Reason("project-named", "x"), 0.9)
    back = replace(house, staff=tuple(replace(one, away=()) for one in house.staff))
    routing = route(make_case(named=named, directory=back))

    assert [(one.staff, one.rule, one.score, one.chosen) for one in routing.candidates] == [
        ("kai", "named-project", 0.9, True),
        ("ines", "organisation-pm", 0.85, False),
        ("lea", "triage-lead", 0.3, False),
    ]
    assert routing.would_change == (
        "Without the rule named-project, Ines Costa would have it by organisation-pm: looks after Borealis Pumps GmbH.",
    )


def test_it_is_told_which_condition_kept_a_rule_from_holding(make_case: Make, house: Directory) -> None:
    """Of rules that stand before the one that decided and name somebody else."""
    rules = (
        ConfiguredRule(name="silver", when={"organisation.tier": ("silver",)}, assign="lea"),
        ConfiguredRule(name="ours", when={"organisation.tier": ("bronze",)}, assign="ines"),
        ConfiguredRule(name="gold", when={"organisation.tier": ("gold",)}, assign="ines"),
        ConfiguredRule(name="later", when={"organisation.tier": ("tin",)}, assign="lea"),
    )
    routing = route(make_case(directory=replace(house, rules=rules)))

    assert routing.would_change[0] == (
        "Rule silver would give it to Lea Roth, but organisation.tier is gold, not silver."
    )
    assert not any("ours" in one or "later" in one for one in routing.would_change)


def test_triage_says_what_would_have_spared_it(make_case: Make) -> None:
    """Most often an entry in the directory."""
    routing = route(make_case(organisation=None))

    assert routing.rule == "triage-lead"
    assert routing.would_change == ("Were the requester's company in the directory, its PM would have it.",)


NAMES = ("ann", "bob", "cid", "dee")
IDS = st.sampled_from((*NAMES, "team", "gone"))
DAY = date(2026, 3, 3)


@st.composite
def absences(draw: st.DrawFn) -> tuple[Absence, ...]:
    """Perhaps away, perhaps with a deputy who may not exist."""
    return draw(st.sampled_from(((), (Absence(DAY, DAY, None),), (Absence(DAY, DAY, draw(IDS)),))))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any house with any mail."""
    staff = tuple(
        Staff(
            id=name,
            name=name.title(),
            role=draw(st.sampled_from(StaffRole)),
            emails=(f"{name}@x.example",),
            away=draw(absences()),
            max_open=draw(st.sampled_from((None, 0, 1, 3))),
        )
        for name in NAMES[: draw(st.integers(0, 4))]
    )
    team = Team(
        id="team",
        name="Team",
        members=tuple(draw(st.lists(IDS, max_size=3))),
        mode=draw(st.sampled_from(TeamMode)),
    )
    rule = ConfiguredRule(
        name="r",
        when=draw(st.sampled_from(({}, {"issue.type": ("billing",)}, {"words.has": ("pump",)}))),
        any=draw(st.sampled_from(((), (Conditions(wants={"issue.urgency.at_least": ("high",)}),)))),
        when_expr=draw(st.sampled_from((None, 'words.contains("p")', "nonsense("))),
        assign=draw(IDS),
    )
    organisation = Organisation(id="o", name="O", pm=draw(st.one_of(st.none(), IDS)))
    someone = Mailbox(None, "a@o.example")
    return Case(
        issue=Issue(
            type=TypeFinding(draw(st.sampled_from(IssueType)), 0.5),
            urgency=UrgencyFinding(draw(st.sampled_from(Urgency))),
        ),
        words=draw(st.text(max_size=40)),
        identity=Identity(role=Role.CLIENT, author=someone, requester=someone, via=Via.DIRECT),
        organisation=draw(st.sampled_from((None, organisation))),
        named=None,
        directory=Directory(staff=staff, teams=(team,), rules=(rule,)),
        today=DAY,
        open_counts={name: draw(st.integers(0, 4)) for name in NAMES},
    )


@given(case=cases())
def test_every_case_is_decided_once_and_for_one_of_us(case: Case) -> None:
    """Total, the same each time, with grounds, a sentence and exactly one candidate chosen, or nobody."""
    routing = route(case)

    assert routing == route(case)
    assert routing.reasons
    assert routing.sentence
    if routing.pm is None:
        assert routing.rule is None
        assert not any(one.chosen for one in routing.candidates)
    else:
        assert [routing.pm] == [one.staff for one in routing.candidates if one.chosen]
        assert routing.pm in case.directory.staff_by_id or routing.rule == "organisation-pm"


@given(case=cases())
def test_nobody_who_is_full_gets_work_while_a_rule_names_somebody_who_is_not(case: Case) -> None:
    """Except within a team, which keeps its work: there who has least has it."""
    routing = route(case)
    kept_in_team = {"everybody-full", "away"} & {reason.code for reason in routing.reasons}

    def has_room(staff: str) -> bool:
        person = case.directory.staff_by_id.get(staff)
        return person is not None and (
            person.max_open is None or case.open_counts.get(staff, 0) < person.max_open
        )

    if routing.pm in case.directory.staff_by_id and not has_room(routing.pm or "") and not kept_in_team:
        offered = [one for one in routing.candidates if one.score and not one.chosen]

        assert not [one for one in offered if has_room(one.staff)]
