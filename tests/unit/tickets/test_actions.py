"""What each action does to a ticket, whom it tells, and how it is taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from mailroute.directory.lookup import organisation_of
from mailroute.domain.address import Mailbox
from mailroute.domain.directory import Directory
from mailroute.domain.issue import Urgency
from mailroute.domain.policy import Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import (
    Link,
    LinkKind,
    Move,
    Participant,
    Role,
    Status,
    Ticket,
    TicketEvent,
    TicketRef,
)
from mailroute.routing.decide import present
from mailroute.tickets.actions import TRACKED, How, Scene, changes_of, seated
from mailroute.tickets.actions_undo import undo
from mailroute.tickets.commands import Carried, CommandLine, carried_once, carry_out

Make = Callable[..., Any]


@pytest.fixture
def scene(
    house: Directory, policy: Policy, make_ticket: Callable[..., Ticket], now: datetime
) -> Callable[..., Scene]:
    """What an action of one of us on MR-17 may look at."""

    def make(actor: str = "ines", ticket: Ticket | None = None, **changes: Any) -> Scene:
        return Scene(
            ticket=seated(ticket or make_ticket(), house),
            actor=house.staff_by_id[actor],
            how=How.COMMAND_LINE,
            now=now,
            directory=house,
            policy=policy,
            next_ref=TicketRef(90),
            lookup=organisation_of,
            present=present,
            **changes,
        )

    return make


def spoken(line: str) -> CommandLine:
    """A command as it is written behind its slash."""
    name, _, argument = line.partition(" ")
    return CommandLine(name, argument)


def done(scene: Scene, *lines: str) -> Carried:
    """What these lines do; all of them must work."""
    carried = carry_out(scene, [spoken(line) for line in lines])
    assert [] == [r for r in carried.results if not r.done]
    return carried


def refusal(scene: Scene, line: str) -> str:
    """Why the line does nothing."""
    carried = carry_out(scene, [spoken(line)])
    assert () == carried.changes
    return carried.results[0].words


def told(carried: Carried) -> list[tuple[str, str]]:
    """Who hears of it, by which kind of mail."""
    return [(one.staff, str(one.kind)) for one in carried.told]


@pytest.mark.parametrize(
    ("line", "status", "move"),
    [
        ("close", Status.CLOSED, Move.NOBODY),
        ("resolve", Status.RESOLVED, Move.NOBODY),
        ("wait 3d", Status.WAITING, Move.CLIENT),
        ("wait", Status.WAITING, Move.CLIENT),
        ("snooze fri", Status.OPEN, Move.NOBODY),
    ],
)
def test_actions_on_the_state(scene: Make, line: str, status: Status, move: Move) -> None:
    """Each says where the ticket stands and who must act."""
    after = done(scene(), line).changes[0].after

    assert (status, move) == (after.status, after.whose_move)
    assert (after.ended_at is not None) is (status in {Status.CLOSED, Status.RESOLVED})


def test_waiting_ends_by_itself_when_a_time_is_given(scene: Make) -> None:
    """With none the client alone brings it back."""
    assert done(scene(), "wait 3d").changes[0].wake_at is not None
    assert done(scene(), "wait").changes[0].wake_at is None
    assert done(scene(), "wait 3d", "close").changes[0].wake_at is None


def test_reopened_is_its_pm_s_move(scene: Make, make_ticket: Make, now: datetime) -> None:
    """Without a PM it waits for one."""
    closed = make_ticket(status=Status.CLOSED, whose_move=Move.NOBODY, ended_at=now)
    after = done(scene(ticket=closed), "reopen").changes[0].after
    alone = done(scene(ticket=replace(closed, pm=None)), "reopen").changes[0].after

    assert (Status.OPEN, Move.PM, None) == (after.status, after.whose_move, after.ended_at)
    assert (Status.NEW, Move.NOBODY) == (alone.status, alone.whose_move)


def test_urgent_raises_and_tells_the_pm(scene: Make) -> None:
    """Unless it was the PM who said it."""
    carried = done(scene("sam"), "urgent")

    assert Urgency.HIGH is carried.changes[0].after.issue.urgency.value
    assert [("ines", "note")] == told(carried)
    assert [] == told(done(scene("ines"), "urgent"))


def test_a_note_is_internal_and_goes_to_the_owners(scene: Make) -> None:
    """The author knows it already."""
    carried = done(scene("ines"), "note call her before nine")
    [message] = carried.changes[0].messages

    assert ("call her before nine", "internal", Role.PM) == (
        message.text,
        str(message.audience),
        message.role,
    )
    assert [("sam", "note")] == told(carried)


def test_assigned_work_is_told_to_whom_gets_it_and_who_had_it(scene: Make) -> None:
    """The new PM gets the whole account and sits on the ticket; the old one leaves it."""
    carried = done(scene("lea"), "assign kai")
    after = carried.changes[0].after
    people = {p.mailbox.address for p in after.participants}

    assert ("kai", "kai", "command") == (after.pm, after.routing.pm, after.routing.rule)
    assert [("kai", "ticket-assigned"), ("ines", "note")] == told(carried)
    assert ("kai@northwind.example" in people, "ines@northwind.example" in people) == (True, False)
    assert "away until 2026-03-06" in carried.results[0].words


def test_a_rep_is_no_pm(scene: Make) -> None:
    """The right command is named."""
    assert "Sam Reed is a rep: /rep sam may be what you want" == refusal(scene(), "assign sam")
    assert "Kai Berg is a pm: /assign kai may be what you want" == refusal(scene(), "rep kai")


def test_given_back_goes_to_the_lead_with_the_reason(scene: Make) -> None:
    """The lead decides; the reason is in the history and in the account."""
    carried = done(scene("ines"), "not-mine this is about billing")
    after = carried.changes[0].after

    assert "lea" == after.pm
    assert "this is about billing" in after.routing.reasons[0].evidence
    assert [("lea", "ticket-assigned")] == told(carried)


def test_a_lead_who_gives_back_leaves_it_to_nobody(scene: Make, make_ticket: Make) -> None:
    """It is new again, and shows up as such."""
    after = done(scene("lea", make_ticket(pm="lea")), "not-mine nor mine").changes[0].after

    assert (None, Status.NEW, Move.NOBODY) == (after.pm, after.status, after.whose_move)


def test_a_project_brings_its_pm_or_the_deputy(scene: Make) -> None:
    """Kai of P4 is away, so Ines keeps it; P5 is hers anyway."""
    after = done(scene("sam"), "project hall 4").changes[0].after

    assert ("P4", "ines") == (after.project, after.pm)


def test_a_project_does_not_overrule_a_person(scene: Make) -> None:
    """Whom somebody named keeps the work."""
    after = done(scene("sam"), "assign lea", "project P5").changes[0].after

    assert ("P5", "lea") == (after.project, after.pm)


def test_only_the_client_s_own_projects_count(scene: Make) -> None:
    """Another client's is not even told."""
    assert "this client has no project “C7”; known: P4, P5, P1" == refusal(scene(), "project C7")


def test_the_wrong_person_leaves_the_ticket(scene: Make) -> None:
    """The new requester's company, its rep and the participants follow; a stranger to that company is off it."""
    carried = done(scene("ines"), "requester cleo.marsh@gmail.com")
    after = carried.changes[0].after
    people = {p.mailbox.address for p in after.participants}

    assert (Mailbox("Cleo Marsh", "cleo.marsh@gmail.com"), "corvus") == (after.requester, after.organisation)
    assert "ann.lee@borealis.example" not in people
    assert [("sam", "note")] == told(carried)


def test_a_colleague_who_asked_for_another_stays_on_it(scene: Make) -> None:
    """Of the same company: they may read and write as before."""
    after = done(scene("ines"), "requester Ben <ben@borealis.example>").changes[0].after
    reasons = {p.mailbox.address: p.reason.code for p in after.participants}

    assert ("requester", "was-requester") == (
        reasons["ben@borealis.example"],
        reasons["ann.lee@borealis.example"],
    )


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("sam@northwind.example", "is one of us"),
        ("issues@northwind.example", "is one of us"),
        ("ann.lee@borealis.example", "is the requester already"),
        ("Ann", "is no address"),
        ("a@b c@d", "is no address"),
    ],
)
def test_who_cannot_be_a_requester(scene: Make, address: str, why: str) -> None:
    """Our own people and addresses, and what is no address."""
    assert why in refusal(scene(), f"requester {address}")


def test_linked_both_ways(scene: Make, make_ticket: Make) -> None:
    """Either ticket leads to the other."""
    other = make_ticket(7)
    carried = done(scene(others={other.ref: other}), "link MR-7")

    assert {17: [7], 7: [17]} == {
        c.after.ref.number: [x.ref.number for x in c.after.links] for c in carried.changes
    }


def test_merged_into_another_ticket(scene: Make, make_ticket: Make) -> None:
    """This one is closed and leads there; its people are on that one, with the reason, and its owners are told."""
    ben = Mailbox("Ben Okafor", "ben@borealis.example")
    other = make_ticket(7, requester=ben, status=Status.WAITING, whose_move=Move.CLIENT)
    carried = done(scene(others={other.ref: other}), "merge MR-7")
    gone, target = (change.after for change in carried.changes)

    assert (Status.CLOSED, Move.NOBODY, TicketRef(7)) == (gone.status, gone.whose_move, gone.leads_to)
    assert (Status.OPEN, Move.PM) == (target.status, target.whose_move)
    assert ("ann.lee@borealis.example", Reason("merged-from", "MR-17")) in {
        (p.mailbox.address, p.reason) for p in target.participants
    }
    assert [("sam", "note")] == told(carried)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"organisation": "corvus"}, "one would read the other's words"),
        ({"status": Status.CLOSED}, "it is closed: /reopen it first"),
        ({"links": (Link(TicketRef(3), LinkKind.MERGED_INTO),)}, "it was merged into MR-3"),
    ],
)
def test_what_cannot_be_merged(scene: Make, make_ticket: Make, other: dict[str, Any], why: str) -> None:
    """Two clients' words never come together, and nothing leads in a circle."""
    target = make_ticket(7, **other)

    assert why in refusal(scene(others={target.ref: target}), "merge MR-7")


def test_a_ticket_is_not_merged_with_itself_or_with_nothing(scene: Make) -> None:
    """Both are said."""
    assert "MR-17 is this ticket itself" == refusal(scene(), "merge MR-17")
    assert "there is no ticket MR-999" == refusal(scene(), "merge MR-999")


def test_split_opens_a_ticket_of_the_same_client(scene: Make) -> None:
    """With the words below, linked both ways, at the same owners."""
    carried = done(scene("sam", below="The bill is wrong.\nPlease mend it."), "split")
    here, there = carried.changes
    [said] = there.messages

    assert (None, TicketRef(90), "The bill is wrong.") == (there.before, there.after.ref, there.after.title)
    assert (here.after.requester, "ines", Move.PM) == (
        there.after.requester,
        there.after.pm,
        there.after.whose_move,
    )
    assert "The bill is wrong.\nPlease mend it." == said.text
    assert ((TicketRef(90),), (TicketRef(17),)) == (
        here.after.linked(LinkKind.SPLIT_INTO),
        there.after.linked(LinkKind.SPLIT_FROM),
    )
    assert [("ines", "ticket-assigned")] == told(carried)


def test_nothing_to_split_off(scene: Make) -> None:
    """It says what to write."""
    assert "write the second matter below the command" in refusal(scene(), "split")


@pytest.mark.parametrize(
    "line",
    ["close", "resolve", "wait 3d", "snooze fri", "assign lea", "not-mine no time", "rep lea", "project P5", "urgent",
     "requester cleo.marsh@gmail.com", "link MR-7", "merge MR-7", "split a second matter", "type billing",
     "urgency low", "title Wrong cost centre", "deadline fri", "correct asks=Send a credit note.; Call Ann.",
     "correct people=+Cleo Marsh, buyer", "correct references=+order PO-9", "correct mood=angry"],
)  # fmt: skip
def test_whatever_was_done_can_be_taken_back(scene: Make, make_ticket: Make, line: str) -> None:
    """By a new event; every value and everybody on the ticket is as before, and the history keeps all of it."""
    other = make_ticket(7)
    first = scene(others={other.ref: other})
    carried = done(first, line)
    history = carried.changes[0].events
    others = {c.after.ref: c.after for c in carried.changes[1:]}
    second = replace(first, ticket=carried.changes[0].after, others=others)
    back = carried_once(second, CommandLine("undo", ""), undo(second, history))
    restored, [event] = back.changes[0].after, back.changes[0].events

    assert back.results[0].done
    assert {n: t.read(first.ticket) for n, t in TRACKED.items()} == {
        n: t.read(restored) for n, t in TRACKED.items()
    }
    assert {p.mailbox.key for p in first.ticket.participants} <= {
        p.mailbox.key for p in restored.participants
    }
    assert ("undone", "ines", "command line") == (event.event, event.by, event.details["how"])
    assert [] == [c.after.links for c in back.changes[1:] if c.after.links]
    assert [] == [
        c for c in back.changes[1:] if any(p.reason.code == "merged-from" for p in c.after.participants)
    ]


def test_taking_back_goes_step_by_step(scene: Make) -> None:
    """The same thing is not taken back twice; with nothing left it says so."""
    before = scene()
    carried = done(before, "urgent", "close")
    history, now = list(carried.changes[0].events), replace(before, ticket=carried.changes[0].after)
    words = []
    for _ in range(3):
        back = carried_once(now, CommandLine("undo", ""), undo(now, history))
        words.append(back.results[0].words)
        for change in back.changes[:1]:
            history += change.events
            now = replace(now, ticket=change.after)

    assert [
        "took back “closed” of ines",
        "took back “made-urgent” of ines",
        "there is nothing to take back",
    ] == words


def test_what_has_changed_since_is_not_taken_back(scene: Make) -> None:
    """The client has written after it was closed: putting it back would hide that."""
    before = scene()
    carried = done(before, "close")
    later = replace(carried.changes[0].after, status=Status.OPEN, whose_move=Move.PM)
    answer = undo(replace(before, ticket=later), carried.changes[0].events)

    assert "“closed” cannot be taken back: status, whose move has changed since" == getattr(answer, "why", "")


def test_each_change_tells_what_was_before(scene: Make) -> None:
    """The history shows values, by names for people."""
    [event] = done(scene("sam"), "rep lea").changes[0].events

    assert (("rep", "sam", "lea"),) == changes_of(event)
    assert (Reason("said-so", "Sam Reed: /rep lea"),) == event.reasons


def test_whoever_was_on_it_for_other_reasons_stays(
    house: Directory, make_ticket: Make, on_ticket: Make
) -> None:
    """A colleague in copy is not lost when the PM changes."""
    copied: Participant = on_ticket("ben@borealis.example")
    after = seated(make_ticket(participants=(copied,)), house)

    assert ["requester", "rep-of-ticket", "pm-of-ticket", "copied"] == [
        p.reason.code for p in after.participants
    ]


def test_nothing_is_taken_back_on_an_untouched_ticket(scene: Make, now: datetime) -> None:
    """What the client's mails did is no change of ours."""
    opened = TicketEvent(at=now, event="opened", by="ann.lee@borealis.example")

    assert "there is nothing to take back" == getattr(undo(scene(), [opened]), "why", "")
