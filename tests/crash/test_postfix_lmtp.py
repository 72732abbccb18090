"""Postfix hands mail on by LMTP while the whole service is killed and started again: nothing lost, no ticket twice."""

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import mails
import pytest
from accounts import check_places
from wire import free_port

from house import House

sys.path.insert(0, str(Path(__file__).parent.parent / "peers"))

from peers import Postfix, needs_postfix

MAILS = int(os.environ.get("LMTP_MAILS", "200"))
"""2,000 by hand; the figure is in the closing note of the work."""
KILLS = int(os.environ.get("LMTP_KILLS", "3"))
SECONDS_TO_SETTLE = 1500.0
BATCH = 20
"""Mails handed to Postfix between two looks."""


def opened(house: House) -> int:
    """How many mails are tickets."""
    now = house.standing()
    return now.books.opened if now else 0


def received(house: House) -> int:
    """How many messages are in the books."""
    now = house.standing()
    return now.books.received if now else 0


@pytest.mark.slow
@pytest.mark.peers
@pytest.mark.timeout(1800)
@needs_postfix
def test_nothing_is_lost_or_doubled_behind_postfix(
    new_house: Callable[..., House], chance: random.Random
) -> None:
    """Every mail that Postfix took is one ticket, however often all our processes die over it."""
    port = free_port()
    house = new_house(lmtp={"enabled": True, "port": port}, smtp={"enabled": False})
    assert house.command("db", "upgrade").returncode == 0
    sent = [mails.client_mail(number) for number in range(MAILS)]
    moments = sorted(chance.sample(range(MAILS // 20, MAILS - MAILS // 20), KILLS))
    killed = 0
    began = time.monotonic()
    house.start()
    with Postfix({"northwind.example": f"lmtp:inet:127.0.0.1:{port}"}) as postfix:
        left = list(sent)

        def all_are_tickets() -> bool:
            nonlocal killed
            for mail in left[:BATCH]:
                postfix.send(mail.sender, [mail.recipient], mail.content)
            del left[:BATCH]
            if killed < KILLS and received(house) >= moments[killed]:
                house.kill_all()
                killed += 1
                house.start()
            return not left and killed == KILLS and opened(house) == MAILS

        house.wait(all_are_tickets, "all mails are tickets", SECONDS_TO_SETTLE)
        postfix.drain()
        log = postfix.log()
    now = house.standing()
    assert now is not None
    deferred = log.count("status=deferred")
    print(
        f"{MAILS} mails, {killed} kills of all processes: {now.books.received} kept, {now.books.opened} tickets,"
        f" {now.books.duplicates} known again, {deferred} put off by Postfix, in {time.monotonic() - began:.0f} s"
    )

    assert now.books.close
    assert 0 == log.count("status=bounced")
    assert [(MAILS,)] == house.rows("SELECT count(*) FROM ticket")
    check_places(house, sent)
