"""Putting fields of a ticket's card right: what people may write, and what becomes of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mailroute.directory.lookup import organisation_of
from mailroute.domain.directory import Directory
from mailroute.domain.issue import (
    Ask,
    Deadline,
    Issue,
    IssueType,
    Person,
    Product,
    Reference,
    ReferenceKind,
    Sentiment,
    SentimentFinding,
    TypeFinding,
    TypeGuess,
    Urgency,
    UrgencyFinding,
)
from mailroute.domain.policy import Policy
from mailroute.domain.ticket import Ticket, TicketRef
from mailroute.routing.decide import present
from mailroute.tickets.actions import TRACKED, How, Scene, changes_of
from mailroute.tickets.commands import CommandLine, carry_out
from mailroute.tickets.lifecycle import joined

CARD = Issue(
    title="Seal leaks",
    type=TypeFinding(IssueType.QUESTION, 0.6, (TypeGuess(IssueType.DEFECT, 0.3),)),
    urgency=UrgencyFinding(Urgency.NORMAL, 0.6, ("soon",)),
    asks=(Ask("Please come soon.", 10, 27, 0.9),),
    deadlines=(Deadline(date(2026, 3, 6), "by Friday", 30, 39, 0.8),),
    references=(Reference(ReferenceKind.OTHER, "PO-7731", 50, 57),),
    people=(Person(name="Ann Lee", email="ann@borealis.example"),),
    products=(Product("pump 4", 60, 66),),
)


@pytest.fixture
def put(
    house: Directory, policy: Policy, make_ticket: Callable[..., Ticket], now: Any
) -> Callable[..., tuple[Ticket, str]]:
    """Ines writes a command on a ticket with this card: the ticket afterwards, and the answer."""

    def write(line: str) -> tuple[Ticket, str]:
        scene = Scene(
            ticket=make_ticket(issue=CARD, title="Seal leaks"), actor=house.staff_by_id["ines"],
            how=How.COMMAND_LINE, now=now, directory=house, policy=policy, next_ref=TicketRef(90),
            lookup=organisation_of, present=present,
        )  # fmt: skip
        name, _, argument = line.partition(" ")
        carried = carry_out(scene, [CommandLine(name, argument)])
        change = carried.change_of(scene.ticket.ref)
        return (change.after if change else scene.ticket), carried.results[0].words

    return write


Put = Callable[[str], tuple[Ticket, str]]


def test_a_type_is_sure_and_keeps_the_guesses(put: Put) -> None:
    """What was read stays as a guess, so that taking it back finds it as it was."""
    ticket, said = put("type Billing")

    assert "type is billing now" == said
    assert TypeFinding(
        IssueType.BILLING, 1.0, (TypeGuess(IssueType.QUESTION, 0.6), TypeGuess(IssueType.DEFECT, 0.3))
    ) == replace(ticket.issue.type)
    assert ("type",) == ticket.issue.corrected
    assert CARD.type.sure == TRACKED["type"].put(ticket, "question").issue.type.sure


def test_a_title_is_put_right_on_card_and_ticket(put: Put) -> None:
    """Both show it, blanks made one."""
    ticket, _ = put("title Shaft  seal of pump 4")

    assert ("Shaft seal of pump 4", "Shaft seal of pump 4") == (ticket.title, ticket.issue.title)


@pytest.mark.parametrize(
    ("line", "field", "expected"),
    [
        ("urgency low", "urgency", UrgencyFinding(Urgency.LOW, 1.0, ("soon",))),
        ("correct references=+order PO-9; PO-7731", "references",
         (CARD.references[0], Reference(ReferenceKind.ORDER, "PO-9", None, None))),
        ("correct references=order: PO-7731", "references", (Reference(ReferenceKind.ORDER, "PO-7731", 50, 57),)),
        ("correct reference -po-7731", "references", ()),
        ("correct asks=none", "asks", ()),
        ("correct asks=Send the manual.", "asks", (Ask("Send the manual.", 0, 0, 1.0),)),
        ("deadline fri", "deadlines", (Deadline(date(2026, 3, 6), "fri", 0, 0, 1.0),)),
        ("deadline +2026-03-12", "deadlines",
         (CARD.deadlines[0], Deadline(date(2026, 3, 12), "2026-03-12", 0, 0, 1.0))),
        ("correct people=Ann Lee, head of stores, +44 20 7946 0958", "people",
         (Person(name="Ann Lee", role="head of stores", phone="+44 20 7946 0958", email="ann@borealis.example"),)),
        ("correct product=+valve 2", "products", (CARD.products[0], Product("valve 2", 0, 0))),
    ],
)  # fmt: skip
def test_a_field_takes_what_people_write(put: Put, line: str, field: str, expected: object) -> None:
    """What was read already keeps its place in the words."""
    ticket, said = put(line)

    if field != "deadlines" or "fri" not in line:
        assert expected == getattr(ticket.issue, field), said
    else:
        assert ["2026-03-06"] == [d.date.isoformat() for d in ticket.issue.deadlines]
    assert (field,) == ticket.issue.corrected


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("type quarrel", "“quarrel” is none of defect, delay"),
        ("correct pm=kai", "“pm” cannot be put right; these can: type"),
        ("correct", "say what: type"),
        ("title", "say what is right: /title VALUE"),
        (f"title {'x' * 101}", "a title has 1 to 100 characters"),
        ("deadline soonish", "“soonish” is no day"),
        ("correct asks=-Dance.", "“Dance.” is not among them"),
        ("correct asks=;", "say what; none for nothing"),
        ("type question", "type is question already"),
        ("correct project=P9", "this client has no project"),
    ],
)
def test_what_cannot_be_is_refused_in_words(put: Put, line: str, why: str) -> None:
    """Nothing changes."""
    ticket, said = put(line)

    assert why in said
    assert CARD == ticket.issue


def test_a_later_mail_leaves_alone_what_was_put_right(put: Put) -> None:
    """The rest of the card takes in what is new."""
    ticket, _ = put("correct references=order PO-7731")
    later = Issue(
        sentiment=SentimentFinding(Sentiment.ANGRY, 0.7),
        references=(Reference(ReferenceKind.OTHER, "X-1", None, None),),
        products=(Product("valve 9", 3, 10),),
    )
    card = joined(ticket.issue, later)

    assert ["PO-7731"] == [r.value for r in card.references]
    assert ["pump 4", "valve 9"] == [p.text for p in card.products]
    assert Sentiment.ANGRY is card.sentiment.value


def test_the_history_shows_lists_as_people_read_them(
    put: Put, house: Directory, policy: Policy, make_ticket: Callable[..., Ticket], now: Any
) -> None:
    """Not as they are kept."""
    scene = Scene(
        ticket=make_ticket(issue=CARD), actor=house.staff_by_id["ines"], how=How.MAIL, now=now,
        directory=house, policy=policy, next_ref=TicketRef(90), lookup=organisation_of, present=present,
    )  # fmt: skip
    [event] = carry_out(scene, [CommandLine("correct", "references=+serial K-1")]).changes[0].events

    assert (("references", "other PO-7731", "other PO-7731; serial K-1"),) == changes_of(event)
