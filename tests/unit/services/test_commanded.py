"""Commands in a mail: whose count, what becomes of the words below, and what a closed ticket does with a message."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Action, Outcome
from mailroute.domain.parsed import Forwarded
from mailroute.domain.policy import AfterClose, ClosedTickets, Policy, Trust
from mailroute.domain.received import Verdict
from mailroute.domain.ticket import Audience, LinkKind, Move, Status, Ticket, TicketRef
from mailroute.domain.tokens import ReplyAudience, ReplyToken, new_message_id, reply_address
from mailroute.services.decide import decide

ANN, SAM, INES = "ann.lee@borealis.example", "sam@northwind.example", "ines@northwind.example"
LONG = "Pump four in hall two leaks at the shaft seal again since Monday morning, please come."

Make = Callable[..., Any]
Decided = Callable[..., Outcome]


@pytest.fixture
def decided(make_parsed: Make, make_facts: Make, make_ticket: Make, policy: Policy) -> Decided:
    """Decides about a mail to MR-17; mail of staff is proved unless said otherwise."""

    def run(
        author: str,
        words: str,
        /,
        *,
        to: ReplyAudience | None = ReplyAudience.INTERNAL,
        ticket: Ticket | None = None,
        facts: dict[str, Any] | None = None,
        **mail: Any,
    ) -> Outcome:
        more = dict(facts or {})
        if author.endswith("@northwind.example"):
            more.setdefault("vouched", Verdict.PASS)
        if to is not None:
            token = ReplyToken(to, 17)
            more["rcpt_to"] = (reply_address(policy.secret, policy.service.routing_address, token),)
        more.setdefault("tickets", (ticket or make_ticket(),))
        return decide(make_facts(make_parsed(author, words, **mail), **more))

    return run


def mails(outcome: Outcome) -> list[tuple[str, str | None]]:
    """Kind and recipient of everything that goes out."""
    return [(draft.kind, to.address) for draft in outcome.drafts for to in draft.to]


def results(outcome: Outcome) -> list[tuple[bool, str]]:
    """What the author is told of each command."""
    [mail] = [draft for draft in outcome.drafts if draft.kind == "command-result"]
    return [(one["done"], one["words"]) for one in mail.context["results"]]


def said(outcome: Outcome) -> list[tuple[str, Audience]]:
    """The new messages on the ticket."""
    return [(m.text, m.audience) for m in outcome.messages]


def state(outcome: Outcome) -> tuple[Status, Move]:
    """Where the ticket stands afterwards."""
    assert outcome.ticket is not None

    return outcome.ticket.status, outcome.ticket.whose_move


def test_the_words_below_go_to_the_client_without_the_commands(decided: Decided) -> None:
    """The command is done first, and what it says of the state counts more than what the words would cause."""
    outcome = decided(INES, "/close\n\nDear Ann,\n\nall is well. Anything else?", to=ReplyAudience.CLIENT)

    assert [("Dear Ann,\n\nall is well. Anything else?", Audience.PUBLIC)] == said(outcome)
    assert (Status.CLOSED, Move.NOBODY) == state(outcome)
    assert [("reply", ANN), ("note", SAM), ("command-result", INES)] == mails(outcome)


def test_commands_alone_write_to_no_client(decided: Decided) -> None:
    """Also at the client's address; the lines stand on the ticket for us alone."""
    outcome = decided(INES, "/close\n\nInes", to=ReplyAudience.CLIENT)

    assert [("/close", Audience.INTERNAL)] == said(outcome)
    assert [("command-result", INES)] == mails(outcome)


def test_without_a_mark_the_requester_stays(decided: Decided) -> None:
    """The client's own address is in every client's mailbox: it proves nothing about us."""
    words = "/requester ben@borealis.example\nDear Ben, we come on Thursday."
    refused = decided(INES, words, to=ReplyAudience.CLIENT, in_reply_to=("<x@y.example>",))

    assert ("reply", ANN) in mails(refused)
    assert not results(refused)[0][0]


def test_an_internal_mail_s_id_is_a_mark(decided: Decided, policy: Policy) -> None:
    """A PM who answers the account that only they have may send client mail elsewhere."""
    account = new_message_id(policy.secret, policy.service.domain, "ticket-assigned", 17, "abc")
    words = "/requester ben@borealis.example\nDear Ben, we come on Thursday."
    outcome = decided(INES, words, to=ReplyAudience.CLIENT, in_reply_to=(account,))

    assert ("reply", "ben@borealis.example") in mails(outcome)
    assert ("reply", ANN) not in mails(outcome)


@pytest.mark.parametrize("kind", ["ticket-opened", "reply"])
def test_a_mail_that_clients_have_is_no_mark(decided: Decided, policy: Policy, kind: str) -> None:
    """Its id proves nothing about us."""
    theirs = new_message_id(policy.secret, policy.service.domain, kind, 17, "abc")
    outcome = decided(INES, "/requester ben@borealis.example", to=ReplyAudience.CLIENT, in_reply_to=(theirs,))

    assert not results(outcome)[0][0]


def test_a_client_has_no_commands(decided: Decided) -> None:
    """Whatever address they have got hold of."""
    outcome = decided(ANN, "/close\nIt leaks.", facts={"vouched": Verdict.PASS})

    assert [("/close\nIt leaks.", Audience.PUBLIC)] == said(outcome)
    assert (Status.OPEN, Move.PM) == state(outcome)


@pytest.mark.parametrize("verdict", [Verdict.NONE, Verdict.FAIL])
def test_unproved_mail_of_staff_commands_nothing(decided: Decided, verdict: Verdict) -> None:
    """It is held whole."""
    outcome = decided(INES, "/close", facts={"vouched": verdict})

    assert (Action.HOLD, None) == (outcome.placement.action, outcome.ticket)


def test_a_house_that_needs_no_proof_of_words_needs_it_of_commands(decided: Decided, policy: Policy) -> None:
    """The words are taken, the commands are not, and the one whose name it bears is told."""
    lenient = replace(policy, trust=Trust(staff_without_proof=True))
    outcome = decided(INES, "/close\nSam, call her.", facts={"vouched": Verdict.NONE, "policy": lenient})

    assert [("Sam, call her.", Audience.INTERNAL)] == said(outcome)
    assert Status.OPEN is state(outcome)[0]
    assert (False, True) == (results(outcome)[0][0], "nothing proves" in results(outcome)[0][1])


def test_commands_above_a_forward_are_no_note(decided: Decided) -> None:
    """The client's words open the ticket, the rep's lines are done to it, and neither travels."""
    note = "/urgent\n/project P5"
    forward = Forwarded(sender=Mailbox("Ann Lee", ANN), body=LONG, note=note)
    outcome = decided(SAM, note, to=None, facts={"tickets": ()}, forwarded=forward)

    assert [(LONG, Audience.PUBLIC)] == said(outcome)
    assert [("ticket-opened", ANN), ("ticket-received", SAM), ("ticket-assigned", INES)] == mails(outcome)[:3]
    assert outcome.ticket is not None
    assert ("P5", "high") == (outcome.ticket.project, str(outcome.ticket.issue.urgency.value))


def test_commands_for_no_ticket_open_none(decided: Decided) -> None:
    """Their author is told what is missing."""
    outcome = decided(INES, "/close", to=None, facts={"tickets": ()}, subject="hello")

    assert (Action.IGNORE, None) == (outcome.placement.action, outcome.ticket)
    assert "it is not clear which ticket" in results(outcome)[0][1]


def test_a_split_mail_belongs_to_the_new_ticket(decided: Decided) -> None:
    """Its words are not sent, not even from the client's address."""
    outcome = decided(INES, "/split\nThe bill is wrong.", to=ReplyAudience.CLIENT)
    [change] = outcome.also

    assert ([], None, TicketRef(90)) == (said(outcome), change.before, change.after.ref)
    assert [("The bill is wrong.", 5)] == [(m.text, m.entry) for m in change.messages]
    assert [("command-result", INES)] == mails(outcome)


def test_a_note_is_told_once_to_who_gets_the_account(decided: Decided) -> None:
    """News of the state are in the account; words that somebody wrote are not."""
    outcome = decided(SAM, "/assign lea\n/urgent\n/note mind the dog")
    to_lea = [kind for kind, to in mails(outcome) if to == "lea@northwind.example"]

    assert ["ticket-assigned", "note"] == to_lea


@pytest.mark.parametrize(
    ("days", "action", "status"),
    [(10, Action.APPEND, Status.OPEN), (40, Action.OPEN, Status.OPEN)],
)
def test_a_client_writes_on_a_closed_ticket(
    decided: Decided, make_ticket: Make, now: datetime, days: int, action: Action, status: Status
) -> None:
    """Lately closed it is open again; long ago, a new one takes the matter up, and each leads to the other."""
    closed = make_ticket(
        status=Status.CLOSED, whose_move=Move.NOBODY, ended_at=now - timedelta(days=days), updated_at=now
    )
    outcome = decided(ANN, LONG, to=ReplyAudience.CLIENT, ticket=closed, subject="Re: [MR-17] Pump 4")
    links = {c.after.ref.number: c.after.leads_to for c in outcome.also}

    assert (action, status) == (outcome.placement.action, state(outcome)[0])
    assert ({} if action is Action.APPEND else {17: TicketRef(90)}) == links
    if action is Action.OPEN:
        assert outcome.ticket is not None
        assert ((TicketRef(17),), False) == (
            outcome.ticket.linked(LinkKind.CONTINUES),
            "[MR-17]" in outcome.ticket.title,
        )


def test_a_house_may_refuse(decided: Decided, make_ticket: Make, now: datetime, policy: Policy) -> None:
    """The mail waits for a person, with the rule and the age."""
    closed = make_ticket(status=Status.CLOSED, ended_at=now - timedelta(days=2))
    strict = replace(policy, closed=ClosedTickets(within=AfterClose.REFUSE))
    outcome = decided(ANN, LONG, to=ReplyAudience.CLIENT, ticket=closed, facts={"policy": strict})

    assert (Action.HOLD, None) == (outcome.placement.action, outcome.ticket)
    assert "closed-lately" in {reason.code for reason in outcome.placement.reasons}


def test_commands_go_with_the_words_to_the_ticket_that_takes_them(
    decided: Decided, make_ticket: Make, now: datetime, policy: Policy
) -> None:
    """A rep passes on what a client writes on a ticket closed long ago: the new one is urgent. Refused: it is told."""
    closed = make_ticket(status=Status.CLOSED, ended_at=now - timedelta(days=40))
    forward = Forwarded(sender=Mailbox("Ann Lee", ANN), body=LONG, note="/urgent")
    mail: dict[str, Any] = {
        "to": None,
        "ticket": closed,
        "forwarded": forward,
        "subject": "Fwd: [MR-17] Pump 4",
    }
    taken = decided(SAM, "/urgent", **mail)
    strict = replace(policy, closed=ClosedTickets(later=AfterClose.REFUSE))
    refused = decided(SAM, "/urgent", facts={"policy": strict}, **mail)

    assert taken.ticket is not None
    assert (TicketRef(90), "high") == (taken.ticket.ref, str(taken.ticket.issue.urgency.value))
    assert [(True, "urgency is high now")] == results(taken)
    assert (Action.HOLD, [False]) == (refused.placement.action, [done for done, _ in results(refused)])


def test_every_event_says_by_which_way(decided: Decided) -> None:
    """A person's mail, or a rule of ours."""
    outcome = decided(INES, "/close\nDear Ann, done.", to=ReplyAudience.CLIENT)
    opened = decided(ANN, LONG, to=None, facts={"tickets": ()})

    assert ["mail", "mail"] == [event.details["how"] for event in outcome.events]
    assert [("opened", "mail"), ("routed", "rule")] == [(e.event, e.details["how"]) for e in opened.events]
