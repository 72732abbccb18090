"""Spam waits for a person: no ticket, no acknowledgement; what a person lets in becomes a ticket."""

from dataclasses import replace
from typing import Any

import pytest

from mailroute.domain.received import Verdict
from mailroute.settings.trust import Trust as TrustSection
from mailroute.store import inbox
from mailroute.store.tables import InboxState

FLAG = "X-Spam-Flag: YES\r\n"


def believing(house: Any, *headers: str, drop: bool = False) -> Any:
    """The house, with a filter at its border."""
    trust = replace(house.policy.trust, spam_headers=headers, drop_spam=drop)
    return replace(house, policy=replace(house.policy, trust=trust))


def test_spam_is_neither_ticketed_nor_acknowledged(small_house: Any) -> None:
    """A stranger's spam is held, and nobody gets a mail for it."""
    house = believing(small_house, "X-Spam-Flag")
    entry = house.keep("Cheap watches", author="x@watches.example", head=FLAG)
    house.processor().process(entry)

    assert (["hold"], [], []) == (house.actions(entry), house.refs(), house.written())


def test_the_lead_is_asked_about_a_clients_mail(small_house: Any) -> None:
    """When the filter errs about somebody whom we know, a person hears of it, and the client nothing."""
    house = believing(small_house, "X-Spam-Flag")
    entry = house.keep("Pump 4", head=FLAG)
    house.processor().process(entry)

    assert (["hold"], [], ["held"]) == (house.actions(entry), house.refs(), house.written())


def test_nobody_is_asked_about_a_forgery(small_house: Any) -> None:
    """Spam in a client's name that the checks of the domain refute is held without a mail to anybody."""
    house = believing(small_house, "X-Spam-Flag")
    entry = house.keep("Pump 4", head=FLAG, vouched=Verdict.FAIL)
    house.processor().process(entry)

    assert (["hold"], []) == (house.actions(entry), house.written())


def test_what_a_person_lets_in_is_a_ticket(small_house: Any) -> None:
    """Released once, the mail is judged as if the filter had said nothing."""
    house = believing(small_house, "X-Spam-Flag")
    entry = house.keep("Pump 4", head=FLAG)
    house.processor().process(entry)
    with house.store.write() as connection:
        assert inbox.retry(connection, entry, vouched=Verdict.PASS)
    house.processor().process(entry)

    assert (["open"], ["MR-1"]) == (house.actions(entry), house.refs())
    assert "ticket-opened" in house.written()


def test_spam_is_put_aside_where_nobody_wants_to_see_it(small_house: Any) -> None:
    """`spam = "ignore"`: done, with its reason in the books."""
    house = believing(small_house, "X-Spam-Flag", drop=True)
    entry = house.keep("Pump 4", head=FLAG)
    house.processor().process(entry)
    with house.store.read() as connection:
        line = inbox.line(connection, entry)

    assert line is not None
    assert InboxState.DONE == line.state
    assert ("spam-by-border", "X-Spam-Flag: YES") in [(r.code, r.evidence) for r in line.reasons]
    assert [] == house.written()


@pytest.mark.parametrize("named", [(), ("X-Spamd-Result",)])
def test_a_field_that_is_not_our_borders_counts_nothing(small_house: Any, named: tuple[str, ...]) -> None:
    """Anybody can write X-Spam-Flag; unless the settings name it, the mail is a ticket."""
    house = believing(small_house, *named)
    entry = house.keep("Pump 4", head=FLAG)
    house.processor().process(entry)

    assert ["open"] == house.actions(entry)


def test_names_of_fields_are_checked() -> None:
    """A field that no filter writes is an error of the settings; case does not matter."""
    assert ("X-Spam-Flag",) == TrustSection(spam_headers=("x-spam-flag",)).spam_headers
    with pytest.raises(ValueError, match="X-Spam-Flagg is not known"):
        TrustSection(spam_headers=("X-Spam-Flagg",))
