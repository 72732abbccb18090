"""Kept mail, decided again by other rules: what would move, and nothing that does."""

from datetime import timedelta
from typing import Any

from mailroute.domain.directory import ConfiguredRule
from mailroute.domain.policy import Policy
from mailroute.services.replay import Replayed, replay

RULE = ConfiguredRule(name="leaks", when={"words": ("leaks",)}, assign="lea")


def replayed(house: Any, *rules: ConfiguredRule, since: timedelta = timedelta(days=1)) -> list[Replayed]:
    """What would be different with these rules."""
    found = replay(
        house.store,
        read=house.reader.read,
        policy=house.policy,
        since=house.clock.now() - since,
        rules=rules or None,
    )
    return list(found)


def test_the_same_rules_move_nothing(small_house: Any) -> None:
    """Each opened ticket is listed as it was."""
    small_house.processor().process(small_house.keep("Pump 4"))
    [one] = replayed(small_house)

    assert ("MR-1", "ines", "ines", False) == (one.ticket, one.then_pm, one.now_pm, one.moves)


def test_another_rule_shows_what_would_move_and_why(small_house: Any) -> None:
    """Before anybody switches it on."""
    processor = small_house.processor()
    processor.process(small_house.keep("Pump 4"))
    processor.process(small_house.keep("Bill", words="Where is the bill?"))
    by_ticket = {one.ticket: one for one in replayed(small_house, RULE)}

    assert (True, "lea", "configured") == (
        by_ticket["MR-1"].moves,
        by_ticket["MR-1"].now_pm,
        by_ticket["MR-1"].now_rule,
    )
    assert "leaks" in by_ticket["MR-1"].why
    assert not by_ticket["MR-2"].moves


def test_a_replay_changes_nothing(small_house: Any) -> None:
    """No ticket, no mail, no entry."""
    small_house.processor().process(small_house.keep("Pump 4"))
    before = (small_house.refs(), small_house.written(), small_house.actions(1))
    replayed(small_house, RULE)

    assert before == (small_house.refs(), small_house.written(), small_house.actions(1))


def test_only_mail_that_opened_a_ticket_since_then_is_replayed(small_house: Any) -> None:
    """Older mail and further mail on a ticket are left out."""
    processor = small_house.processor()
    processor.process(small_house.keep("Old"))
    small_house.clock.pass_by(days=3)
    processor.process(small_house.keep("New"))
    processor.process(
        small_house.keep("Re: New", head="In-Reply-To: <New@mail.example>\r\n", message_id="b@x.example")
    )

    assert ["MR-2"] == [one.ticket for one in replayed(small_house)]


def test_mail_that_can_no_longer_be_read_is_left_out(small_house: Any) -> None:
    """Its ticket stays where it is."""
    small_house.processor().process(small_house.keep("Pump 4"))
    tight = small_house.reader.__class__(Policy(reading=type(small_house.policy.reading)(raw_bytes=1)))
    small_house.reader = tight

    assert [] == replayed(small_house)
