"""A mail that stalls or crushes its reader is set aside with the reason, and the mails around it go on."""

import json
import signal
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import mails
import pytest
from catching import CatcherThread
from wire import Outgoing, say

from house import House, Kind

MIB = 2**20
PARTS, PART_BYTES = 900, 28_000
"""Within all limits of shape, 32 MiB on the wire, and some 200 MiB while it is taken apart."""


def heavy_mail() -> Outgoing:
    """An honest mail with very many files."""
    mail = EmailMessage()
    mail["Message-ID"] = "<heavy@org1.example>"
    mail["From"], mail["To"] = mails.client_address(1), mails.ROUTING
    mail["Subject"] = "All nine hundred drawings of the pump"
    mail.set_content("Hello,\n\nhere are the drawings of the pump. Please check them before Friday.\n\nAnn\n")
    for number in range(PARTS):
        data = number.to_bytes(2, "big") * (PART_BYTES // 2)
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"{number}.bin")
    return Outgoing(
        "<heavy@org1.example>", mails.client_address(1), mails.ROUTING, mail.as_bytes(policy=SMTP)
    )


def send(house: House, mail: Outgoing) -> None:
    """Hear 250 for it."""
    assert say(house.port, mail) == (250, "kept")


def started(house: House) -> None:
    """Start, and wait for the door."""
    house.start()
    house.wait(house.is_open, "the door is open")


def done(house: House, *, opened: int, quarantined: int) -> Callable[[], bool]:
    """Whether the books say so."""

    def holds() -> bool:
        now = house.standing()
        return now is not None and (now.books.opened, now.books.quarantined) == (opened, quarantined)

    return holds


def quarantined(house: House) -> list[dict[str, Any]]:
    """What `mailroute inbox` shows as set aside."""
    shown = house.command("inbox", "--state", "quarantined", "--json")
    assert shown.returncode == 0, shown.stderr
    found: list[dict[str, Any]] = json.loads(shown.stdout)
    return found


def memory_of(pid: int) -> int:
    """Address space of a process, in bytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[0])
    return pages * 4096


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_mail_over_the_memory_limit_is_set_aside(
    new_house: Callable[..., House], catcher: CatcherThread
) -> None:
    """A mail that takes more memory than allowed is quarantined between two tickets; with more memory it is a third."""
    house = new_house(engine={"workers": 1}, reading={"seconds": 60.0})
    started(house)
    send(house, mails.client_mail(10))
    house.wait(done(house, opened=1, quarantined=0), "the reader is up and has read")
    idle = memory_of(house.processes(Kind.READER)[0].pid)
    house.processes(Kind.SERVE)[0].send(signal.SIGTERM)
    house.reap()
    house.set(reading={"memory_bytes": max(256 * MIB, idle + 60 * MIB)})
    started(house)
    for mail in (mails.client_mail(11), heavy_mail(), mails.client_mail(12)):
        send(house, mail)
    house.wait(done(house, opened=3, quarantined=1), "one is set aside, the others are tickets")

    (poison,) = quarantined(house)
    assert [reason["code"] for reason in poison["reasons"]] == ["over-limit:memory"]

    house.processes(Kind.SERVE)[0].send(signal.SIGTERM)
    house.reap()
    house.set(reading={"memory_bytes": 2048 * MIB})
    started(house)
    assert house.command("inbox", "--retry", str(poison["entry"])).returncode == 0
    house.wait(done(house, opened=4, quarantined=0), "it is a ticket after all")


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_mail_that_stalls_its_reader_is_set_aside(
    new_house: Callable[..., House], catcher: CatcherThread
) -> None:
    """A mail that its reader cannot finish in time is quarantined as too slow; the next is read by a new reader."""
    house = new_house(engine={"workers": 1}, reading={"seconds": 3.0})
    started(house)
    send(house, mails.client_mail(10))
    house.wait(done(house, opened=1, quarantined=0), "the reader is up and has read")
    house.processes(Kind.READER)[0].send(signal.SIGSTOP)
    send(house, mails.client_mail(11))
    send(house, mails.client_mail(12))
    house.wait(done(house, opened=2, quarantined=1), "one is set aside, the others are tickets")

    (poison,) = quarantined(house)
    assert [reason["code"] for reason in poison["reasons"]] == ["too-slow"]
    assert house.command("inbox", "--retry", str(poison["entry"])).returncode == 0
    house.wait(done(house, opened=3, quarantined=0), "it is a ticket after all")
