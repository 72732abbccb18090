"""Signals by marks in the mail: ids that somebody has named, reply addresses in the text, and what they never do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Action, Placement, SeenMessage
from mailroute.domain.parsed import Body, Forwarded
from mailroute.domain.policy import Policy
from mailroute.domain.received import Verdict
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import ReplyAudience, ReplyToken, reply_address
from mailroute.threads.fingerprint import content_hash
from mailroute.threads.placement import place

ANN, STRANGER, SAM = "ann.lee@borealis.example", "mallory@evil.example", "sam@northwind.example"
COLLEAGUE, OTHER_CLIENT = "night.shift@borealis.example", "miller@corvus.example"

Make = Callable[..., Any]


@pytest.fixture
def asked(make_parsed: Make, make_facts: Make, make_ticket: Make) -> Make:
    """Places a message of somebody; MR-17 is a ticket of Ann at Borealis."""

    def ask(sender: str, /, facts: dict[str, Any] | None = None, **mail: Any) -> Placement:
        more = {"tickets": (make_ticket(17),)} | (facts or {})
        if sender == SAM:
            more.setdefault("vouched", Verdict.PASS)
        return place(make_facts(make_parsed(sender, "It leaks.", **mail), **more))

    return ask


def named(message_id: str = "<first@x>", subject: str = "pump 4", **changes: Any) -> SeenMessage:
    """A mail that is not here, and that one on MR-17 answers."""
    known = SeenMessage(
        ticket=TicketRef(17), entry=None, message_id=message_id, sha256=None, ours=False, named_in=subject
    )
    return replace(known, **changes)


def code_of(placement: Placement) -> tuple[Action, str]:
    """What becomes of it, and by which signal."""
    return placement.action, placement.reasons[0].code


@pytest.mark.parametrize("author", [ANN, COLLEAGUE])
def test_the_original_joins_the_ticket_that_its_answer_opened(asked: Make, author: str) -> None:
    """Mail servers do not keep the order; whatever the subject is by then."""
    found = asked(author, message_id="<first@x>", subject="Something", facts={"seen": (named(),)})

    assert (Action.APPEND, "answered-here") == code_of(found)


@pytest.mark.parametrize("author", [STRANGER, OTHER_CLIENT])
def test_naming_an_id_beforehand_lets_nobody_in(asked: Make, author: str) -> None:
    """Whoever names ids that are to come neither joins nor catches other people's mail."""
    assert Action.OPEN is asked(author, message_id="<first@x>", facts={"seen": (named(),)}).action


@pytest.mark.parametrize("subject", ["Re: Pump 4", "AW: WG: pump 4", "[MR-17] Re: Pump 4"])
def test_a_second_answer_to_a_mail_that_is_not_here_joins_the_first(asked: Make, subject: str) -> None:
    """Two people of a client answer one mail of the rep's."""
    found = asked(COLLEAGUE, subject=subject, in_reply_to=("<first@x>",), facts={"seen": (named(),)})

    assert (Action.APPEND, "answers-same-mail") == code_of(found)


@pytest.mark.parametrize(
    ("author", "subject", "age"),
    [
        (COLLEAGUE, "Re: Garage door", 0),
        (COLLEAGUE, "Re: Pump 4", 31),
        (OTHER_CLIENT, "Re: Pump 4", 0),
        (STRANGER, "Re: Pump 4", 0),
        (SAM, "Re: Pump 4", 0),
    ],
)
def test_a_mail_that_went_to_many_joins_nothing_by_itself(
    asked: Make, make_ticket: Make, author: str, subject: str, age: int
) -> None:
    """Another subject, another month, another client, or a word of ours that is for no client in particular."""
    at = make_ticket().opened_at - timedelta(days=age)
    found = asked(author, subject=subject, in_reply_to=("<first@x>",), facts={"seen": (named(at=at),)})

    assert Action.OPEN is found.action


def test_what_one_of_us_passes_on_stays_with_its_client(asked: Make) -> None:
    """A mail of Corvus does not join a ticket of Borealis because it answers the same mail of ours."""
    seen = SeenMessage(ticket=TicketRef(17), entry=None, message_id="<first@x>", sha256="x", ours=False)
    mail = Forwarded(sender=Mailbox(None, OTHER_CLIENT), body="The mill stands.")
    found = asked(SAM, in_reply_to=("<first@x>",), forwarded=mail, facts={"seen": (seen,)})

    assert Action.OPEN is found.action


# Reply addresses in the text


@pytest.fixture
def quoted(policy: Policy) -> Callable[..., Body]:
    """A body that quotes a mail of ours, as programs do that lose every header."""

    def make(
        number: int = 17, audience: ReplyAudience = ReplyAudience.CLIENT, secret: bytes | None = None
    ) -> Body:
        token = ReplyToken(audience, number)
        address = reply_address(secret or policy.secret, policy.service.routing_address, token)
        full = f"It leaks.\n\nVon: Northwind <{address}>\nGesendet: Dienstag\n\nWe have it."
        return Body(full=full, fresh="It leaks.")

    return make


@pytest.mark.parametrize("audience", [ReplyAudience.CLIENT, ReplyAudience.INTERNAL])
@pytest.mark.parametrize("author", [ANN, COLLEAGUE, SAM])
def test_a_reply_address_in_the_quote_leads_to_its_ticket(
    asked: Make, quoted: Callable[..., Body], author: str, audience: ReplyAudience
) -> None:
    """All that is left where subject, To and References are gone."""
    found = asked(author, body=quoted(audience=audience), subject="Hello")

    assert (Action.APPEND, "body-marker") == code_of(found)


def test_a_quoted_reply_address_opens_nothing_to_strangers(asked: Make, quoted: Callable[..., Body]) -> None:
    """Quotes are passed on to anybody."""
    assert Action.OPEN is asked(STRANGER, body=quoted(), subject="Hello").action
    assert Action.OPEN is asked(OTHER_CLIENT, body=quoted(), subject="Hello").action


def test_a_list_of_tickets_that_one_of_us_quotes_leads_to_none(
    asked: Make, make_ticket: Make, quoted: Callable[..., Body]
) -> None:
    """A digest is answered, or passed on: no one of them is meant."""
    both = f"{quoted(17).full}\n{quoted(18).full}"
    tickets = {"tickets": (make_ticket(17), make_ticket(18))}

    assert Action.OPEN is asked(SAM, tickets, body=Body(full=both, fresh="It leaks."), subject="Hello").action
    assert (
        Action.APPEND is asked(ANN, tickets, body=Body(full=both, fresh="It leaks."), subject="Hello").action
    )


def test_a_reply_address_that_we_have_not_made_is_a_word(asked: Make, quoted: Callable[..., Body]) -> None:
    """Made with another key, or for bounces."""
    assert Action.OPEN is asked(ANN, body=quoted(secret=b"theirs"), subject="Hello").action
    assert Action.OPEN is asked(ANN, body=quoted(audience=ReplyAudience.BOUNCE), subject="Hello").action


# Neither Message-ID nor Date


@pytest.mark.parametrize(
    ("dated", "minutes", "action"),
    [
        (True, 5, Action.DUPLICATE),
        (True, 600, Action.DUPLICATE),
        (False, 5, Action.DUPLICATE),
        (False, 600, Action.OPEN),
    ],
)
def test_a_mail_without_an_id_counts_once(
    make_parsed: Make, make_facts: Make, dated: bool, minutes: int, action: Action
) -> None:
    """By its content and date; without a date only for an hour, for then it may be said again."""
    mail = make_parsed(ANN, "Call me.", message_id=None)
    mail = mail if dated else replace(mail, date=None)
    facts = make_facts(mail)
    before = SeenMessage(
        ticket=TicketRef(17),
        entry=None,
        message_id=None,
        sha256=content_hash(mail),
        ours=False,
        at=facts.now - timedelta(minutes=minutes),
    )

    assert action is place(replace(facts, seen=(before,))).action
