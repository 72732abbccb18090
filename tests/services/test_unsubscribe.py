"""Pressing "unsubscribe" in a digest ends the digests of whoever pressed it, and nothing else."""

from typing import Any

import pytest

from mailroute.domain.digest import Frequency
from mailroute.domain.received import Verdict
from mailroute.store import digests

SAM = "sam@northwind.example"


@pytest.mark.parametrize("words", ["/digest off", "This message was automatically generated."])
def test_the_mail_of_the_button_turns_the_digest_off(small_house: Any, words: str) -> None:
    """Programs that write the body and those that write the subject alone are both understood."""
    entry = small_house.keep("digest off", author=SAM, words=words)
    small_house.processor().process(entry)
    with small_house.store.read() as connection:
        chosen = digests.choices(connection)

    assert {"sam": Frequency.OFF} == chosen
    assert [] == small_house.refs()
    assert ["command-result"] == small_house.written()


def test_nobody_else_can_press_it(small_house: Any) -> None:
    """In the name of one of us, but proved by nobody: nothing changes."""
    entry = small_house.keep("digest off", author=SAM, words="/digest off", vouched=Verdict.NONE)
    small_house.processor().process(entry)
    with small_house.store.read() as connection:
        assert {} == digests.choices(connection)
