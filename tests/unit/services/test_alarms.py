"""A ticket on which clients meet who have nothing to do with each other."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Outcome, SeenMessage
from mailroute.domain.parsed import Forwarded
from mailroute.domain.reasons import Reason
from mailroute.domain.received import Verdict
from mailroute.domain.ticket import Participant, Role, TicketRef
from mailroute.services.alarms import GATHERS
from mailroute.services.decide import decide

ANN, BEN, MILLER = "ann.lee@borealis.example", "ben@borealis.example", "miller@corvus.example"
ZOE, SAM = "zoe@quill.example", "sam@northwind.example"

Make = Callable[..., Any]
Written = Callable[..., Outcome]


@pytest.fixture
def forwarded(make_parsed: Make, make_facts: Make, make_ticket: Make) -> Written:
    """What comes of a client's mail that the rep passes on, and that answers one on a stranger's ticket."""

    def make(client: str, *others: str, **changes: Any) -> Outcome:
        why = Reason("copied", "Cc")
        people = tuple(Participant(mailbox=Mailbox(None, a), role=Role.CLIENT, reason=why) for a in others)
        ticket = replace(
            make_ticket(17), organisation=None, requester=Mailbox(None, ZOE), participants=people, **changes
        )
        known = SeenMessage(ticket=TicketRef(17), entry=None, message_id="<first@x>", sha256="x", ours=False)
        passed_on = Forwarded(sender=Mailbox(None, client), body="The seal leaks again, please come.")
        parsed = make_parsed(SAM, "", in_reply_to=("<first@x>",), forwarded=passed_on)
        return decide(make_facts(parsed, tickets=(ticket,), seen=(known,), vouched=Verdict.PASS))

    return make


def alarmed(outcome: Outcome) -> tuple[bool, list[str | None]]:
    """Whether the history tells of it, and who gets a word of ours about it."""
    told = [draft.to[0].address for draft in outcome.drafts if draft.key.endswith(GATHERS)]
    return any(event.event == GATHERS for event in outcome.events), told


def test_a_second_known_client_on_a_ticket_raises_an_alarm(forwarded: Written) -> None:
    """The PM and the lead are told; the mail stays where it is, for it may be right."""
    outcome = forwarded(MILLER, BEN)

    assert (True, ["ines@northwind.example", "lea@northwind.example"]) == alarmed(outcome)
    assert TicketRef(17) == outcome.placement.ticket


def test_many_unknown_companies_raise_an_alarm(forwarded: Written) -> None:
    """A client, a contractor and a consultant are usual; a fourth company is not."""
    assert (False, []) == alarmed(forwarded("a@pipes.example", "b@plans.example"))
    assert alarmed(forwarded("a@pipes.example", "b@plans.example", "c@roofs.example"))[0]


def test_it_is_told_once(forwarded: Written) -> None:
    """When it happens, and not with every further mail."""
    assert (False, []) == alarmed(forwarded(MILLER, BEN, MILLER))


@pytest.mark.parametrize(
    "others", [(), (BEN,), (BEN, "ben@gmail.com"), (BEN, "lost.colleague@northwind.example")]
)
def test_people_of_one_company_do_not(forwarded: Written, others: tuple[str, ...]) -> None:
    """Colleagues, private addresses and people of our own are no strangers to each other."""
    assert (False, []) == alarmed(forwarded(ANN, *others))


def test_clients_of_two_organisations_are_kept_apart_before(
    make_parsed: Make, make_facts: Make, make_ticket: Make
) -> None:
    """What one of us passes on for one client never joins another client's ticket, whatever it answers."""
    known = SeenMessage(ticket=TicketRef(17), entry=None, message_id="<first@x>", sha256="x", ours=False)
    passed_on = Forwarded(sender=Mailbox(None, MILLER), body="The seal leaks again, please come.")
    parsed = make_parsed(SAM, "", in_reply_to=("<first@x>",), forwarded=passed_on)
    outcome = decide(make_facts(parsed, tickets=(make_ticket(17),), seen=(known,), vouched=Verdict.PASS))

    assert (TicketRef(90), "corvus") == (outcome.placement.ticket, outcome.identity.organisation)
