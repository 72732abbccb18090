"""The trust ladder as one table: what a mail may do depends on proof of its author and on the address it comes to.

Read-only append, client message, staff message, staff command. Whoever fails is held with a question, read
without effect, or starts anew at the desk; nothing is accepted or dropped in silence.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Action, Outcome
from mailroute.domain.policy import Policy
from mailroute.domain.received import Verdict
from mailroute.domain.ticket import Audience, Status, Ticket, TicketRef
from mailroute.domain.tokens import ReplyAudience, ReplyToken, reply_address
from mailroute.services.decide import decide

ANN, CLEO, ZOE = "ann.lee@borealis.example", "cleo.marsh@gmail.com", "zoe@quill.example"
INES, LEA = "ines@northwind.example", "lea@northwind.example"
PASS, NONE, FAIL = Verdict.PASS, Verdict.NONE, Verdict.FAIL
WORDS, COMMAND = "The seal of pump 4 leaks again, and more than before.", "/close"
MR17, MR18 = TicketRef(17), TicketRef(18)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    author: str
    verdict: Verdict
    address: str
    """none: the desk; client, internal: of MR-17; foreign: made with another key; stolen: of somebody else's ticket."""
    words: str
    action: Action
    what: str
    """What comes of it, in one word: see EFFECTS."""

    def __str__(self) -> str:
        command = "-command" if self.words == COMMAND else ""
        return f"{self.author.partition('@')[0]}{command}-{self.verdict}-{self.address}"


TABLE = (
    # one of us, proved: words and commands
    Row(INES, PASS, "none", WORDS, Action.OPEN, "new"),
    Row(INES, PASS, "client", WORDS, Action.APPEND, "to-client"),
    Row(INES, PASS, "internal", WORDS, Action.APPEND, "inside"),
    Row(INES, PASS, "foreign", WORDS, Action.OPEN, "new"),
    Row(INES, PASS, "stolen", WORDS, Action.APPEND, "to-client"),
    Row(INES, PASS, "none", COMMAND, Action.IGNORE, "refused"),
    Row(INES, PASS, "client", COMMAND, Action.APPEND, "closed"),
    Row(INES, PASS, "internal", COMMAND, Action.APPEND, "closed"),
    Row(INES, PASS, "foreign", COMMAND, Action.IGNORE, "refused"),
    # in the name of one of us, and nothing proves it: asked, whatever the address
    *(
        Row(INES, verdict, address, words, Action.HOLD, "asked")
        for verdict in (NONE, FAIL)
        for address in ("none", "client", "internal", "foreign", "stolen")
        for words in (WORDS, COMMAND)
    ),
    # a client; a slash is a word like others, proof or none
    *(
        Row(ANN, verdict, address, words, Action.APPEND, "client-message")
        for verdict in (PASS, NONE)
        for address in ("client", "internal")
        for words in (WORDS, COMMAND)
    ),
    *(Row(ANN, verdict, "none", WORDS, Action.OPEN, "new") for verdict in (PASS, NONE)),
    *(Row(ANN, verdict, "foreign", WORDS, Action.OPEN, "new") for verdict in (PASS, NONE)),
    *(Row(ANN, verdict, "stolen", WORDS, Action.OPEN, "new") for verdict in (PASS, NONE)),
    # in a client's name, and the checks say no
    Row(ANN, FAIL, "none", WORDS, Action.OPEN, "unanswered"),
    Row(ANN, FAIL, "foreign", WORDS, Action.OPEN, "unanswered"),
    Row(ANN, FAIL, "stolen", WORDS, Action.OPEN, "unanswered"),
    *(
        Row(ANN, FAIL, address, words, Action.APPEND, "read-only")
        for address in ("client", "internal")
        for words in (WORDS, COMMAND)
    ),
    # a stranger opens nothing with any address
    *(
        Row(ZOE, verdict, address, WORDS, Action.OPEN, "new")
        for verdict in (PASS, NONE)
        for address in ("none", "client", "internal", "foreign", "stolen")
    ),
    *(
        Row(ZOE, FAIL, address, WORDS, Action.OPEN, "unanswered")
        for address in ("none", "client", "internal", "foreign", "stolen")
    ),
)


def mails(outcome: Outcome) -> set[tuple[str, str | None]]:
    """Kind and recipient of everything that goes out."""
    return {(draft.kind, to.address) for draft in outcome.drafts for to in (*draft.to, *draft.cc)}


def kinds(outcome: Outcome) -> set[str]:
    """Kinds of what goes out."""
    return {draft.kind for draft in outcome.drafts}


def is_new(outcome: Outcome) -> bool:
    """A ticket of its own, which touches no other, with an account to whose work it is."""
    return (
        outcome.ticket is not None
        and outcome.ticket.ref == TicketRef(90)
        and "ticket-assigned" in kinds(outcome)
    )


def is_as_before(ticket: Ticket, outcome: Outcome) -> bool:
    """Nothing follows for the ticket."""
    after = outcome.ticket
    return after is not None and (ticket.status, ticket.whose_move, ticket.issue) == (
        after.status,
        after.whose_move,
        after.issue,
    )


EFFECTS: dict[str, Callable[[Outcome, Ticket], bool]] = {
    "new": lambda outcome, _: is_new(outcome),
    "unanswered": lambda outcome, _: (
        is_new(outcome)
        and "ticket-opened" not in kinds(outcome)
        and ["author-refuted"] == [one.reason for one in outcome.silences]
        and any("FAILED" in d.context["message"]["warning"] for d in outcome.drafts)
    ),
    "to-client": lambda outcome, ticket: (
        ("reply", ticket.requester.address) in mails(outcome)
        and outcome.messages[0].audience is Audience.PUBLIC
    ),
    "inside": lambda outcome, _: (
        "reply" not in kinds(outcome) and outcome.messages[0].audience is Audience.INTERNAL
    ),
    "closed": lambda outcome, _: (
        outcome.ticket is not None
        and outcome.ticket.status is Status.CLOSED
        and ("command-result", INES) in mails(outcome)
    ),
    "refused": lambda outcome, _: outcome.ticket is None and {("command-result", INES)} == mails(outcome),
    "asked": lambda outcome, _: (
        outcome.ticket is None
        and {("held", INES), ("held", LEA)} == mails(outcome)
        and any(draft.subject == "Did you send this?" for draft in outcome.drafts)
    ),
    "client-message": lambda outcome, _: (
        ["client-wrote"] == [one.event for one in outcome.events][:1] and "reply" not in kinds(outcome)
    ),
    "read-only": lambda outcome, ticket: (
        is_as_before(ticket, outcome)
        and ["unproved-wrote"] == [one.event for one in outcome.events]
        and all(one.audience is Audience.INTERNAL for one in outcome.messages)
        and {"follow-up"} == kinds(outcome)
        and all("FAILED" in draft.context["message"]["warning"] for draft in outcome.drafts)
    ),
}


@pytest.fixture
def decided(
    make_parsed: Callable[..., Any],
    make_facts: Callable[..., Any],
    make_ticket: Callable[..., Ticket],
    policy: Policy,
) -> Callable[[Row], tuple[Outcome, Ticket]]:
    """What is decided about a row's mail, and the ticket whose address it used as it was before."""
    tickets = {
        MR17: make_ticket(),
        MR18: make_ticket(
            ref=MR18, requester=Mailbox("Cleo Marsh", CLEO), organisation="corvus", participants=()
        ),
    }

    def address(row: Row) -> str:
        number = 18 if row.address == "stolen" else 17
        secret = b"another installation's key........" if row.address == "foreign" else policy.secret
        audience = ReplyAudience.INTERNAL if row.address == "internal" else ReplyAudience.CLIENT
        desk = policy.service.routing_address
        return desk if row.address == "none" else reply_address(secret, desk, ReplyToken(audience, number))

    def run(row: Row) -> tuple[Outcome, Ticket]:
        ticket = tickets[MR18 if row.address == "stolen" else MR17]
        facts = make_facts(
            make_parsed(row.author, row.words),
            vouched=row.verdict,
            rcpt_to=(address(row),),
            tickets=tuple(tickets.values()),
        )
        return decide(facts), ticket

    return run


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_the_ladder(row: Row, decided: Callable[[Row], tuple[Outcome, Ticket]]) -> None:
    """Who, with what proof, to which address, may do what."""
    outcome, ticket = decided(row)

    assert row.action is outcome.placement.action
    assert EFFECTS[row.what](outcome, ticket), row.what


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_every_step_has_its_reason(row: Row, decided: Callable[[Row], tuple[Outcome, Ticket]]) -> None:
    """Whatever is done or not done."""
    outcome, _ = decided(row)

    assert outcome.placement.reasons


@pytest.mark.parametrize(("address", "is_done"), [("internal", True), ("client", False)])
def test_what_would_send_client_mail_elsewhere_needs_a_mark_of_ours(
    decided: Callable[[Row], tuple[Outcome, Ticket]], address: str, is_done: bool
) -> None:
    """The domain's proof alone is not enough: the internal address, or a mail of ours that is answered."""
    outcome, _ = decided(
        Row(INES, PASS, address, f"/requester {ANN.replace('ann.lee', 'ben')}", Action.APPEND, "")
    )
    [back] = [draft for draft in outcome.drafts if draft.kind == "command-result"]

    assert is_done == back.context["results"][0]["done"]
