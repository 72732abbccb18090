"""Teams, turns, capacity and absences: to whom an assignee's work comes today."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroute.domain.directory import (
    Absence,
    ConfiguredRule,
    Directory,
    Staff,
    StaffRole,
    Team,
    TeamMode,
)
from mailroute.domain.ticket import Routing
from mailroute.routing.availability import settle
from mailroute.routing.case import Case
from mailroute.routing.decide import route

Make = Callable[..., Case]
TODAY = date(2026, 3, 3)
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def person(name: str, *, most: int | None = None, away: bool = False, deputy: str | None = None) -> Staff:
    """A PM, perhaps away today."""
    absences = (Absence(TODAY, TODAY + timedelta(3), deputy),) if away else ()
    return Staff(
        id=name,
        name=name.title(),
        role=StaffRole.PM,
        emails=(f"{name}@northwind.example",),
        away=absences,
        max_open=most,
    )


LEAD = Staff(id="lea", name="Lea", role=StaffRole.LEAD, emails=("lea@northwind.example",))


def house_with(*staff: Staff, mode: TeamMode = TeamMode.ROUND_ROBIN) -> Directory:
    """A team of all of them, that gets everything."""
    team = Team(id="pumps", name="Pumps", members=tuple(one.id for one in staff), mode=mode)
    rule = ConfiguredRule(name="all", assign="pumps")
    return Directory(staff=(*staff, LEAD), teams=(team,), rules=(rule,))


def hours_ago(**when: int) -> Mapping[str, datetime]:
    """When each had the last new ticket."""
    return {name: NOON - timedelta(hours=hours) for name, hours in when.items()}


def sent(make_case: Make, directory: Directory, **changes: object) -> Routing:
    """Where the case goes."""
    return route(make_case(directory=directory, organisation=None, **changes))


def codes(routing: Routing) -> list[str]:
    """What is told of it."""
    return [reason.code for reason in routing.reasons]


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        ({}, "ann"),
        ({"ann": 1}, "bob"),
        ({"ann": 1, "bob": 2}, "cid"),
        ({"ann": 1, "bob": 2, "cid": 3}, "cid"),
        ({"ann": 3, "bob": 2, "cid": 1}, "ann"),
        ({"ann": 2, "bob": 2, "cid": 2}, "ann"),
    ],
)
def test_the_turn_is_theirs_who_have_waited_longest(
    make_case: Make, ages: dict[str, int], expected: str
) -> None:
    """Who never had one first; between equals as the team lists them."""
    directory = house_with(person("ann"), person("bob"), person("cid"))
    routing = sent(make_case, directory, last_assigned=hours_ago(**ages))

    assert (expected, "configured", ["configured-rule", "team-turn"]) == (
        routing.pm,
        routing.rule,
        codes(routing),
    )


@pytest.mark.parametrize(
    ("counts", "ages", "expected"),
    [
        ({"ann": 2, "bob": 1, "cid": 3}, {}, "bob"),
        ({"ann": 1, "bob": 1, "cid": 3}, {"ann": 1, "bob": 2}, "bob"),
        ({"ann": 2, "bob": 1}, {}, "cid"),
    ],
)
def test_a_team_by_load_goes_by_open_tickets(
    make_case: Make, counts: dict[str, int], ages: dict[str, int], expected: str
) -> None:
    """Between equals by turn."""
    directory = house_with(person("ann"), person("bob"), person("cid"), mode=TeamMode.LEAST_OPEN)
    routing = sent(make_case, directory, open_counts=counts, last_assigned=hours_ago(**ages))

    assert expected == routing.pm


def test_who_is_away_or_full_is_passed_over_with_the_reason(make_case: Make) -> None:
    """Each as a candidate that was not chosen."""
    directory = house_with(person("ann", away=True, deputy="cid"), person("bob", most=2), person("cid"))
    routing = sent(make_case, directory, open_counts={"bob": 2})
    others = {one.staff: one.reasons[0].code for one in routing.candidates if one.rule == "configured"}

    assert routing.pm == "cid"
    assert {"cid": "configured-rule", "ann": "away", "bob": "full"} == others


def test_when_all_of_a_team_are_full_who_has_least_gets_it(make_case: Make) -> None:
    """And the reason says so."""
    directory = house_with(person("ann", most=2), person("bob", most=5), person("cid", most=1))
    routing = sent(make_case, directory, open_counts={"ann": 4, "bob": 5, "cid": 3})

    assert ("cid", ["configured-rule", "everybody-full"]) == (routing.pm, codes(routing))


def test_when_all_of_a_team_are_away_a_deputy_gets_it(make_case: Make) -> None:
    """The deputy of whose turn it is."""
    directory = house_with(person("ann", away=True), person("bob", away=True, deputy="lea"))
    routing = sent(make_case, directory, last_assigned=hours_ago(ann=1))

    assert ("lea", ["configured-rule", "away", "deputy"]) == (routing.pm, codes(routing))


def test_who_is_full_passes_a_matter_on_to_the_next_rule(make_case: Make, house: Directory) -> None:
    """Ines looks after Borealis but takes no more, so the lead decides, and both reasons are told."""
    staff = tuple(replace(one, max_open=3) if one.id == "ines" else one for one in house.staff)
    directory = replace(house, staff=staff, projects=())
    routing = route(make_case(directory=directory, open_counts={"ines": 3}))

    assert ("lea", "triage-lead", ["triage", "full"]) == (routing.pm, routing.rule, codes(routing))
    assert ("organisation-pm", "Ines Costa has 3 open tickets and takes at most 3") in [
        (reason.code, reason.evidence) for reason in routing.passed
    ]
    assert any("fewer open tickets" in sentence for sentence in routing.would_change)


def test_who_has_room_for_one_more_gets_it(make_case: Make, house: Directory) -> None:
    """Full begins at the limit."""
    staff = tuple(replace(one, max_open=3) if one.id == "ines" else one for one in house.staff)

    assert route(make_case(directory=replace(house, staff=staff), open_counts={"ines": 2})).pm == "ines"


def test_when_everybody_is_full_who_has_least_gets_it(make_case: Make, house: Directory) -> None:
    """Work never lies about because all are busy."""
    staff = tuple(replace(one, max_open=1) for one in house.staff)
    routing = route(
        make_case(directory=replace(house, staff=staff, projects=()), open_counts={"ines": 2, "lea": 5})
    )

    assert ("ines", "organisation-pm") == (routing.pm, routing.rule)
    assert codes(routing) == ["organisation-pm", "full", "everybody-full"]


@given(
    mode=st.sampled_from(TeamMode),
    people=st.lists(
        st.tuples(st.one_of(st.none(), st.integers(0, 4)), st.booleans(), st.integers(-1, 5)),
        min_size=1,
        max_size=5,
    ),
    counts=st.lists(st.integers(0, 6), min_size=5, max_size=5),
    ages=st.lists(st.one_of(st.none(), st.integers(0, 50)), min_size=5, max_size=5),
)
def test_a_team_always_gives_the_work_to_one_of_us(
    mode: TeamMode,
    people: list[tuple[int | None, bool, int]],
    counts: list[int],
    ages: list[int | None],
) -> None:
    """Whoever is away, full or without deputy: one person, the same one each time, never one who is passed over."""
    staff = [
        person(f"p{n}", most=most, away=away, deputy=f"p{deputy}" if deputy >= 0 else None)
        for n, (most, away, deputy) in enumerate(people)
    ]
    directory = house_with(*staff, mode=mode)
    case = bare_case(
        directory,
        {f"p{n}": count for n, count in enumerate(counts)},
        hours_ago(**{f"p{n}": age for n, age in enumerate(ages) if age is not None}),
    )
    found = settle("pumps", case)

    assert found.staff in directory.staff_by_id
    assert found == settle("pumps", case)
    assert found.reasons
    assert found.staff not in [name for name, _ in found.passed]
    free = [
        one
        for one in staff
        if not one.away and (one.max_open is None or case.open_counts.get(one.id, 0) < one.max_open)
    ]
    assert not free or found.staff in [one.id for one in free]


def bare_case(
    directory: Directory, counts: Mapping[str, int] | None = None, last: Mapping[str, datetime] | None = None
) -> Case:
    """A case of nobody that names nothing."""
    from mailroute.domain.address import Mailbox
    from mailroute.domain.decisions import Identity
    from mailroute.domain.issue import Issue
    from mailroute.domain.ticket import Role, Via

    nobody = Mailbox(None, None)
    return Case(
        issue=Issue(),
        words="",
        identity=Identity(role=Role.STRANGER, author=nobody, requester=nobody, via=Via.DIRECT),
        organisation=None,
        named=None,
        directory=directory,
        today=TODAY,
        open_counts=counts or {},
        last_assigned=last or {},
    )


@given(size=st.integers(1, 7), tickets=st.integers(1, 60))
def test_turns_are_fair_over_any_number_of_tickets(size: int, tickets: int) -> None:
    """Nobody ever has two more than another."""
    directory = house_with(*(person(f"p{n}") for n in range(size)))
    had: dict[str, datetime] = {}
    got: Counter[str] = Counter()
    for n in range(tickets):
        chosen = settle("pumps", bare_case(directory, last=had)).staff
        had[chosen] = NOON + timedelta(minutes=n)
        got[chosen] += 1
    shares = [got[f"p{n}"] for n in range(size)]

    assert max(shares) - min(shares) <= 1
