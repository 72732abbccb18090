"""When a requester is not acknowledged, and why (RFC 3834 §2, S30, S31, S35, S36)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Facts
from mailroute.domain.parsed import Forwarded
from mailroute.domain.policy import Policy, SendingLimits
from mailroute.domain.received import Verdict
from mailroute.tickets.silence import why_over_budget, why_unacknowledged

ANN = "ann.lee@borealis.example"
Why = Callable[..., str | None]


@pytest.fixture
def why(
    make_parsed: Callable[..., Any], make_facts: Callable[..., Facts], make_ticket: Callable[..., Any]
) -> Why:
    """Why the author of a mail is not acknowledged as its requester."""

    def ask(address: str | None, /, mail: Mapping[str, Any] | None = None, **facts: Any) -> str | None:
        known = make_facts(make_parsed(address, **(mail or {})), **facts)
        return why_unacknowledged(known, make_ticket(requester=known.identity.requester))

    return ask


@pytest.mark.parametrize("address", [ANN, "zoe@quill.example", "cleo.marsh@gmail.com"])
def test_who_writes_under_their_own_return_path_is_acknowledged(why: Why, address: str) -> None:
    """Clients and strangers; nothing more need be proved."""
    assert why(address) is None


@pytest.mark.parametrize("spelling", ["Ann.Lee@Borealis.Example", " ann.lee@borealis.example"])
def test_spellings_of_one_address_are_one_return_path(why: Why, spelling: str) -> None:
    """Case in an envelope means nothing."""
    assert why(ANN, mail_from=spelling) is None


@pytest.mark.parametrize(
    ("mail_from", "vouched", "reason"),
    [
        (None, Verdict.NONE, "null-return-path"),
        (None, Verdict.PASS, "null-return-path"),
        ("bounces@list.example", Verdict.NONE, "return-path-differs"),
        ("victim@elsewhere.example", Verdict.NONE, "return-path-differs"),
        ("bounces@list.example", Verdict.PASS, None),
        (ANN, Verdict.FAIL, "author-refuted"),
        ("bounces@list.example", Verdict.FAIL, "author-refuted"),
    ],
)
def test_the_return_path_must_be_the_author_s_or_the_author_proved(
    why: Why, mail_from: str | None, vouched: Verdict, reason: str | None
) -> None:
    """Else whoever forges From: has mail sent to somebody else."""
    assert reason == why(ANN, mail_from=mail_from, vouched=vouched)


def test_reply_to_never_gets_an_acknowledgement(why: Why) -> None:
    """The answer goes to the author or to nobody; where it says Reply-To does not matter."""
    victim = Mailbox(None, "victim@elsewhere.example")

    assert why(ANN, mail={"reply_to": (victim,)}) is None


@pytest.mark.parametrize(
    "local_part",
    [
        "mailer-daemon",
        "MAILER-DAEMON",
        "postmaster",
        "noreply",
        "no-reply",
        "no_reply",
        "no.reply",
        "noreply-accounts",
        "donotreply",
        "do-not-reply",
        "do_not_reply",
        "owner-announce",
        "announce-owner",
        "announce-request",
        "announce-bounces",
        "bounce",
        "bounces",
        "bounces+17-ann",
    ],
)
def test_addresses_that_nobody_reads_are_not_answered(why: Why, local_part: str) -> None:
    """By the names that machines have (RFC 3834 §2)."""
    assert why(f"{local_part}@shop.example") == "unattended-address"


@pytest.mark.parametrize(
    "local_part", ["ann", "norbert", "no", "replying", "owner", "postmaster.smith", "request", "north-reply"]
)
def test_people_with_similar_names_are_answered(why: Why, local_part: str) -> None:
    """Norbert is no machine."""
    assert why(f"{local_part}@shop.example") is None


@pytest.mark.parametrize(
    "address",
    [
        "issues@northwind.example",
        "ISSUES@northwind.example",
        "issues+c.17.whatever@northwind.example",
    ],
)
def test_our_own_addresses_are_not_answered(why: Why, address: str) -> None:
    """Two desks would talk to each other for ever."""
    assert why(address) == "own-address"


def test_a_requester_without_an_address_cannot_be_answered(
    make_parsed: Callable[..., Any], make_facts: Callable[..., Facts], make_ticket: Callable[..., Any]
) -> None:
    """Known by name from a forward alone."""
    facts = make_facts(make_parsed("sam@northwind.example"), vouched=Verdict.PASS)

    assert why_unacknowledged(facts, make_ticket(requester=Mailbox("Ann", None))) == "no-address"


@pytest.mark.parametrize(
    ("requester", "reason"), [(ANN, None), ("no-reply@shop.example", "unattended-address")]
)
def test_a_client_whose_mail_was_passed_on_is_acknowledged_on_the_rep_s_word(
    why: Why, requester: str, reason: str | None
) -> None:
    """The return path is the rep's, and says nothing about the client; machines are still not answered."""
    passed_on = Forwarded(sender=Mailbox(None, requester), body="x")

    assert reason == why("sam@northwind.example", mail={"forwarded": passed_on}, vouched=Verdict.PASS)


@pytest.mark.parametrize(
    ("sent", "today", "reason"),
    [
        (4, 1999, None),
        (5, 0, "budget-of-address-spent"),
        (900, 0, "budget-of-address-spent"),
        (0, 2000, "budget-of-day-spent"),
        (5, 2000, "budget-of-address-spent"),
    ],
)
def test_automatic_mail_has_a_budget(why: Why, sent: int, today: int, reason: str | None) -> None:
    """For each address by the hour, for all by the day."""
    assert reason == why(ANN, sent_last_hour={ANN: sent}, automatic_today=today)


def test_the_budget_is_the_installation_s(
    make_parsed: Callable[..., Any], make_facts: Callable[..., Facts], policy: Policy
) -> None:
    """Zero stops all of it."""
    none = replace(policy, sending=SendingLimits(per_address_and_hour=0))

    assert why_over_budget(make_facts(make_parsed(ANN), policy=none), ANN) == "budget-of-address-spent"


def test_a_company_gets_so_many_automatic_mails_and_no_more(why: Why, policy: Policy) -> None:
    """However many of its people write, or seem to."""
    limit = policy.sending.per_organisation_and_hour

    assert why(ANN, sent_to_organisation=limit - 1) is None
    assert "budget-of-organisation-spent" == why(ANN, sent_to_organisation=limit)


@pytest.mark.parametrize(
    ("title", "minutes", "reason"),
    [("Pump 4 leaks", 30, "acknowledged-lately"), ("Pump 4 leaks", 90, None), ("Gate 2 hangs", 30, None)],
)
def test_the_same_words_are_acknowledged_once_within_the_hour(
    why: Why, make_ticket: Callable[..., Any], now: Any, title: str, minutes: int, reason: str | None
) -> None:
    """A machine that answers our acknowledgement says the same each time; a person is answered anew the next day."""
    before = make_ticket(3, title=title, opened_at=now - timedelta(minutes=minutes))

    assert reason == why(ANN, recent=(before,))
