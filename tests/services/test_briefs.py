"""Client briefs as the service sends them: with the first ticket, and on request; on both databases."""

from typing import Any

import pytest

from mailroute.domain.brief import Section, Verdict
from mailroute.domain.errors import Misconfigured
from mailroute.domain.tokens import ReplyAudience
from mailroute.services.briefing import Briefing

LEAK = (
    "The seal of pump 4 leaks. Please tell my manager Jo Hart when somebody comes.\n\nAnn Lee\nPlant manager"
)


def briefing(house: Any) -> Briefing:
    """Over the house's store."""
    return Briefing(store=house.store, policy=house.policy, clock=house.clock, directories=house.directories)


def receive(house: Any, name: str, **mail: Any) -> None:
    """A mail worked through."""
    house.processor().process(house.keep(name, **mail))
    house.clock.pass_by(hours=2)


def test_the_first_account_holds_the_brief_and_the_second_does_not(house: Any) -> None:
    """A PM who works for a client for the first time reads who they are; later the account is enough."""
    receive(house, "Leak", author='"Ann Lee" <ann@borealis.example>', words=LEAK)
    first = house.mails()["ticket-assigned"].mail.text
    receive(house, "Invoice", words="The invoice 2207 has a wrong total, please correct it.")
    second = house.mails()["ticket-assigned"].mail.text

    assert "This is your first ticket for Borealis Pumps." in first
    assert "Ann Lee" in first.partition("This is your first ticket")[2]
    assert "first ticket" not in second


def test_who_asks_by_mail_gets_the_brief_with_what_is_new(house: Any) -> None:
    """`/brief` in an answer brings a mail of its own, for the one who asked."""
    receive(house, "Leak", author='"Ann Lee" <ann@borealis.example>', words=LEAK)
    receive(
        house,
        "More",
        words="I will send you the photos tomorrow.",
        rcpt_to=(house.token(ReplyAudience.CLIENT),),
    )
    receive(
        house,
        "Brief",
        author="ines@northwind.example",
        words="/brief",
        rcpt_to=(house.token(ReplyAudience.INTERNAL),),
    )
    mail = house.mails()["client-brief"]

    assert ["ines@northwind.example"] == [one.address for one in mail.to]
    assert "What we know of Borealis Pumps" in mail.mail.text
    assert "“I will send you the photos tomorrow.”" in mail.mail.text
    assert "+ they, " in mail.mail.text


def test_a_line_put_right_stays_right(house: Any) -> None:
    """What one of us corrects is corrected for all, until it is taken back."""
    receive(house, "Leak", author='"Ann Lee" <ann@borealis.example>', words=LEAK)
    desk = briefing(house)
    key = next(line.key for line in desk.brief("borealis").of(Section.WHO) if line.code == "person")
    desk.note("Borealis Pumps", key, Verdict.WRONG, by="ines")

    assert key not in {line.key for line in desk.brief("borealis").lines}
    assert desk.withdraw("borealis.example", key)
    assert key in {line.key for line in desk.brief("borealis").lines}


def test_an_unknown_client_or_line_is_named(house: Any) -> None:
    """Who mistypes is told what there is."""
    with pytest.raises(Misconfigured, match="Known: borealis"):
        briefing(house).brief("boralis")
    with pytest.raises(Misconfigured, match="has no line"):
        briefing(house).note("borealis", "person:nobody", Verdict.CONFIRMED, by="ines")
