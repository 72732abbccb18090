"""Turns, capacity, previous handlers and lessons as the whole service applies them, on both databases."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from mailroute.domain.directory import ConfiguredRule, Directory, Staff, StaffRole, Team
from mailroute.domain.learned import LearnedModel
from mailroute.domain.ticket import Ticket, TicketRef
from mailroute.services.learning import Lessons, learn
from mailroute.services.replay import replay
from mailroute.services.ticket_actions import TicketActions
from mailroute.store import directory as directory_rows
from mailroute.store import lessons, tickets
from mailroute.tickets.actions import How

KAI = Staff(id="kai", name="Kai Berg", role=StaffRole.PM, emails=("kai@northwind.example",))
BILL = "The {0} invoice has a wrong total, please send a credit note for the amount we paid twice."
PUMP = "The seal of pump {0} leaks and the bearing makes a noise, please send a fitter this week."


def set_up(house: Any, **changes: Any) -> Directory:
    """The house with Kai, and with other rules and teams."""
    with house.store.write() as connection:
        present = directory_rows.load(connection)
        new = replace(present, staff=(*present.staff, KAI), **changes)
        directory_rows.replace(connection, new)
    return new


def receive(house: Any, name: str, **mail: Any) -> Ticket:
    """A mail worked through; the ticket that it opened."""
    number = len(house.refs()) + 1
    house.processor().process(house.keep(name, **mail))
    house.clock.pass_by(minutes=1)
    with house.store.read() as connection:
        found = tickets.get(connection, TicketRef(number))
    assert found is not None

    return found


def act(house: Any, ref: TicketRef, *lines: str) -> None:
    """The lead at the keyboard."""
    actions = TicketActions(
        store=house.store,
        compose=house.compose,
        enqueue=lambda connection, mail: house.enqueue(connection, mail, None),
        policy=house.policy,
        clock=house.clock,
        directories=house.directories,
    )
    assert all(result.done for result in actions.act(ref, "lea", lines, How.COMMAND_LINE))


def stranger(n: int) -> dict[str, str]:
    """Somebody of no company, with a matter of their own."""
    return {"author": f"one@firm{n}.example", "words": f"Question number {n} of firm {n}."}


def test_a_team_s_turns_go_round(house: Any) -> None:
    """By the tickets that each has, whatever process decides."""
    team = Team(id="desk", name="Desk", members=("ines", "kai", "lea"))
    set_up(house, teams=(team,), rules=(ConfiguredRule(name="all", assign="desk"),))
    got = [receive(house, f"M{n}", **stranger(n)).pm for n in range(7)]

    assert ["ines", "kai", "lea", "ines", "kai", "lea", "ines"] == got


def test_who_is_full_is_passed_over_until_a_ticket_is_closed(house: Any) -> None:
    """Capacity counts open tickets as they stand."""
    team = Team(id="desk", name="Desk", members=("kai", "lea"))
    with house.store.write() as connection:
        present = directory_rows.load(connection)
        narrow = replace(KAI, max_open=1)
        new = replace(
            present,
            staff=(*present.staff, narrow),
            teams=(team,),
            rules=(ConfiguredRule(name="all", assign="desk"),),
        )
        directory_rows.replace(connection, new)
    got = [receive(house, f"M{n}", **stranger(n)).pm for n in range(3)]
    act(house, TicketRef(1), "/close")
    got.append(receive(house, "M9", **stranger(9)).pm)

    assert ["kai", "lea", "lea", "kai"] == got


def test_a_further_matter_goes_to_who_was_given_the_first(house: Any) -> None:
    """A closed ticket counts as well, and another matter goes the usual way."""
    set_up(house)
    first = receive(house, "Bill 1", words=BILL.format("January"))
    act(house, first.ref, "/assign kai", "/close")
    second = receive(house, "Invoice for February", words=BILL.format("February"))
    third = receive(house, "Garden gate", words="The garden gate squeaks, could somebody oil it?")

    assert ("ines", "ines") == (first.pm, third.pm)
    assert ("kai", "previous-handler") == (second.pm, second.routing.rule)
    assert "MR-1" in second.routing.sentence


def taught(house: Any, moved: int) -> LearnedModel:
    """Bills that people gave to Kai, and pumps that ended with Ines; what that teaches."""
    directory = set_up(house)
    for n in range(moved):
        receive(house, f"Bill {n}", author=f"b{n}@borealis.example", words=BILL.format(f"no{n}"))
        act(house, TicketRef(len(house.refs())), "/assign kai", "/close")
    for n in range(moved):
        receive(house, f"Pump {n}", author=f"p{n}@borealis.example", words=PUMP.format(f"no{n}"))
        act(house, TicketRef(len(house.refs())), "/close")
    return learn(house.store, directory=directory, policy=house.policy, now=house.clock.now())


def test_people_s_reassignments_teach_the_service(small_house: Any) -> None:
    """After twenty of them; the model is kept, taken up without a restart, and its words are the evidence."""
    unbound = replace(
        small_house.policy, routing=replace(small_house.policy.routing, previous_handler=-timedelta(days=1))
    )
    small_house.policy = unbound
    model = taught(small_house, 20)
    ticket = receive(small_house, "Wrong total", author="new@borealis.example", words=BILL.format("March"))

    assert (20, {"ines": 0, "kai": 20}) == (
        model.given,
        {name: person.given for name, person in model.people.items()},
    )
    assert ("kai", "learned") == (ticket.pm, ticket.routing.rule)
    assert "invoice" in ticket.routing.sentence
    assert model.version in ticket.routing.sentence


def test_a_model_is_kept_with_its_version_and_loaded_once(small_house: Any) -> None:
    """Each message costs one small read."""
    directory = set_up(small_house)
    known = Lessons()
    with small_house.store.read() as connection:
        assert known.current(connection) is None
    model = learn(
        small_house.store, directory=directory, policy=small_house.policy, now=small_house.clock.now()
    )
    with small_house.store.read() as connection:
        first = known.current(connection)

        assert first == model
        assert known.current(connection) is first


def test_a_reassignment_that_was_taken_back_teaches_nothing(house: Any) -> None:
    """Nor does one that was followed by another."""
    directory = set_up(house)
    first = receive(house, "Bill 1", words=BILL.format("January"))
    second = receive(house, "Gate", words="The garden gate squeaks, could somebody oil it?")
    act(house, first.ref, "/assign kai")
    act(house, first.ref, "/assign lea")
    act(house, second.ref, "/assign kai")
    with house.store.read() as connection:
        given = lessons.given_by_people(connection, directory.staff_by_id)
        found = list(lessons.settled(connection, given, at_most=100))

    assert {TicketRef(1): "lea", TicketRef(2): "kai"} == given
    assert {(one.ref.number, one.pm, one.given) for one in found} == {(1, "lea", True), (2, "kai", True)}


def test_a_replay_with_a_team_takes_turns(small_house: Any) -> None:
    """As the service would have, with the old reason beside the new one."""
    set_up(small_house)
    for n in range(4):
        receive(small_house, f"M{n}", **stranger(n))
    found = list(
        replay(
            small_house.store,
            read=small_house.reader.read,
            policy=small_house.policy,
            since=small_house.clock.now() - timedelta(days=1),
            rules=(ConfiguredRule(name="all", assign="desk"),),
            teams=(Team(id="desk", name="Desk", members=("ines", "kai")),),
        )
    )

    assert [("lea", "ines"), ("lea", "kai"), ("lea", "ines"), ("lea", "kai")] == [
        (one.then_pm, one.now_pm) for one in found
    ]
    assert "no other rule" in found[0].then_why
    assert "Desk" in found[0].why
