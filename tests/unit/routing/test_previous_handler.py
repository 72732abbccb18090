"""A further mail about an earlier matter of the same client."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.directory import Directory
from mailroute.domain.issue import Issue, IssueType, Product, TypeFinding
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Routing, Ticket
from mailroute.routing.case import Assign, Case, NamedProject
from mailroute.routing.decide import route
from mailroute.routing.rules.previous_handler import previous_handler

Make = Callable[..., Case]
MakeTicket = Callable[..., Ticket]

GIVEN = Routing(pm="kai", rule="command")
DEFECT = TypeFinding(IssueType.DEFECT, 0.9)


@pytest.fixture
def handled(make_ticket: MakeTicket) -> Callable[..., Ticket]:
    """Makes a ticket that a person gave to Kai, about the coupling of the conveyor."""

    def make(number: int = 12, **changes: Any) -> Ticket:
        values: dict[str, Any] = {
            "title": "Coupling of the conveyor is cracked",
            "pm": "kai",
            "routing": GIVEN,
            "issue": Issue(type=DEFECT),
        }
        return make_ticket(number, **(values | changes))

    return make


def told(answer: object) -> tuple[str, str] | None:
    """Who, and why."""
    return (answer.staff, answer.because.evidence) if isinstance(answer, Assign) else None


def test_the_same_type_and_words_lead_to_who_handled_it(
    make_case: Make, handled: Callable[..., Ticket]
) -> None:
    """The reason names the ticket and what it has in common."""
    case = make_case(
        issue=Issue(type=DEFECT), words="The new coupling on the conveyor squeaks.", earlier=(handled(),)
    )

    assert told(previous_handler(case)) == (
        "kai",
        "handled MR-12 of 2026-03-03: the same type defect and the same words “conveyor, coupling”",
    )
    assert ("ines", "previous-handler") == (route(case).pm, route(case).rule), "Kai is away, Ines his deputy"


def test_the_same_product_is_enough(make_case: Make, handled: Callable[..., Ticket]) -> None:
    """Whatever the type."""
    product = (Product("Conveyor belt", 0, 3),)
    case = make_case(
        issue=Issue(products=(Product("conveyor-belt", 0, 3),)),
        words="Something else.",
        earlier=(handled(issue=Issue(products=product), title="x"),),
    )

    assert told(previous_handler(case)) == (
        "kai",
        "handled MR-12 of 2026-03-03: the same product “conveyor belt”",
    )


def test_the_same_project_is_enough(
    make_case: Make, house: Directory, handled: Callable[..., Ticket]
) -> None:
    """It matters where the project has no PM."""
    bare = NamedProject(replace(house.projects_by_key["P5"], pm=None), Reason("project-named", "P5"), 0.9)
    case = make_case(named=bare, earlier=(handled(project="P5"),))

    assert told(previous_handler(case)) == ("kai", "handled MR-12 of 2026-03-03: the same project P5")


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("The coupling again.", IssueType.DEFECT, False),
        ("The conveyor coupling.", IssueType.BILLING, False),
        ("The cracked conveyor coupling.", IssueType.BILLING, True),
        ("The conveyor coupling.", IssueType.DEFECT, True),
        ("Please help with this problem, thanks.", IssueType.DEFECT, False),
        ("", IssueType.DEFECT, False),
    ],
)
def test_other_matters_of_the_same_client_are_others(
    make_case: Make, handled: Callable[..., Ticket], words: str, kind: IssueType, expected: bool
) -> None:
    """One word, or what stands in every mail, shows nothing."""
    case = make_case(issue=Issue(type=TypeFinding(kind, 0.9)), words=words, earlier=(handled(),))

    assert expected is isinstance(previous_handler(case), Assign)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"pm": "lea", "routing": Routing(pm="lea", rule="triage-lead")}, id="still in triage"),
        pytest.param(
            {
                "pm": "ines",
                "routing": Routing(pm="ines", rule="named-project", reasons=(Reason("deputy", "x"),)),
            },
            id="a deputy's",
        ),
        pytest.param({"pm": "olga", "routing": Routing(pm="olga", rule="command")}, id="of who has left"),
        pytest.param({"pm": None, "routing": Routing()}, id="nobody's"),
    ],
)
def test_some_tickets_do_not_tell_whose_such_work_is(
    make_case: Make, handled: Callable[..., Ticket], changes: dict[str, Any]
) -> None:
    """Their PM had them because somebody must."""
    case = make_case(
        issue=Issue(type=DEFECT), words="cracked conveyor coupling", earlier=(handled(**changes),)
    )

    assert told(previous_handler(case)) is None


def test_a_triage_ticket_that_a_person_gave_to_a_pm_tells(
    make_case: Make, handled: Callable[..., Ticket]
) -> None:
    """It was given on purpose."""
    moved = handled(routing=Routing(pm="lea", rule="triage-lead"))
    case = make_case(issue=Issue(type=DEFECT), words="cracked conveyor coupling", earlier=(moved,))

    assert (told(previous_handler(case)) or ("", ""))[0] == "kai"


@pytest.mark.parametrize(("days", "expected"), [(89, True), (90, True), (91, False)])
def test_what_is_long_past_does_not_count(
    make_case: Make, handled: Callable[..., Ticket], days: int, expected: bool
) -> None:
    """By the setting."""
    old = handled()
    old = replace(old, opened_at=old.opened_at - timedelta(days=days))
    case = make_case(issue=Issue(type=DEFECT), words="cracked conveyor coupling", earlier=(old,))

    assert expected is isinstance(previous_handler(case), Assign)


def test_the_requester_s_own_ticket_goes_before_a_colleague_s(
    make_case: Make, handled: Callable[..., Ticket]
) -> None:
    """Even an older one."""
    ben = Mailbox("Ben Okafor", "ben@borealis.example")
    newer = handled(30, pm="ines", requester=ben, routing=Routing(pm="ines", rule="command"))
    case = make_case(issue=Issue(type=DEFECT), words="cracked conveyor coupling", earlier=(newer, handled()))

    assert (told(previous_handler(case)) or ("", ""))[0] == "kai"
    case = replace(case, earlier=(newer,))
    assert (told(previous_handler(case)) or ("", ""))[0] == "ines"
