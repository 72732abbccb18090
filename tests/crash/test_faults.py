"""No database, no room on the disk: the sender keeps the mail, and brings it again when all is well."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import mails
import pytest
from accounts import check_books, check_outbox, check_places, is_settled
from catching import CatcherThread
from wire import CarefulSender, say

from house import House

sys.path.insert(0, str(Path(__file__).parent.parent / "peers"))

from peers import Postfix, needs_postfix

MIB = 2**20


def received(house: House) -> int:
    """How many messages are in the books."""
    now = house.standing()
    assert now is not None
    return now.books.received


def is_at_rest(house: House, opened: int) -> Callable[[], bool]:
    """Whether so many mails are tickets, and everything they caused is out."""

    def holds() -> bool:
        now = house.standing()
        return now is not None and now.books.opened == opened and is_settled(house)

    return holds


def up(house: House) -> House:
    """Start the service and work a first mail through."""
    assert house.command("db", "upgrade").returncode == 0
    house.start()
    house.wait(house.is_open, "the door is open")
    assert say(house.port, mails.client_mail(0)) == (250, "kept")
    house.wait(is_at_rest(house, 1), "the first mail is a ticket")
    return house


def crash(server: Any) -> None:
    """End PostgreSQL as a crash does. Should it not hear that (seen once in 40 times), the other tests want it gone."""
    try:
        server.stop(signal.SIGQUIT)
    except subprocess.TimeoutExpired:
        print(server._log.read_text()[-3000:])
        server.stop(signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.timeout(400)
def test_postgres_gone(
    new_house: Callable[..., House], catcher: CatcherThread, postgres_url: str, postgres_server: Any
) -> None:
    """While PostgreSQL is down mail is answered 451 and not kept; the same mail is taken as soon as it is back."""
    house = up(new_house(postgres_url))
    mail = mails.client_mail(1)
    postgres_server.stop()
    try:
        code, text = say(house.port, mail)
    finally:
        postgres_server.start()
    house.wait(lambda: house.standing() is not None, "the books can be read again")
    before = received(house)

    assert (code, text[:5]) == (451, "4.3.0")
    assert "psycopg" not in text
    assert before == 1
    assert say(house.port, mail) == (250, "kept")
    house.wait(is_at_rest(house, 2), "it is a ticket, too")


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_sqlite_locked(new_house: Callable[..., House], catcher: CatcherThread) -> None:
    """While another program locks the SQLite file mail is answered 451 and not kept; afterwards it is taken."""
    house = up(new_house())
    mail = mails.client_mail(1)
    with contextlib.closing(sqlite3.connect(house.folder / "mailroute.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        code, text = say(house.port, mail)
        other.execute("ROLLBACK")

    assert (code, text[:5]) == (451, "4.3.0")
    assert received(house) == 1
    assert say(house.port, mail) == (250, "kept")
    house.wait(is_at_rest(house, 2), "it is a ticket, too")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MiB."""
    if os.geteuid() != 0:
        pytest.skip("a small file system can be mounted by root alone")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
        text=True,
    )
    if mounted.returncode != 0:
        pytest.skip(f"no small file system can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path, *, leave: int) -> Path:
    """A file that takes all room but *leave* bytes."""
    filler = disk / "filler"
    room = os.statvfs(disk)
    filler.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - leave)))
    return filler


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize(("least", "left"), [(4 * MIB, 2 * MIB), (1, 0)], ids=["low", "full"])
def test_disk_full(
    new_house: Callable[..., House], catcher: CatcherThread, small_disk: Path, least: int, left: int
) -> None:
    """With no room on the disk mail is answered 452 and not kept; with room again it is taken, by the same process."""
    data = small_disk / "data"
    house = up(new_house(data_dir=data, smtp={"min_free_bytes": least}))
    serve = [one.pid for one in house.processes()]
    mail = mails.client_mail(1)
    filler = fill(small_disk, leave=left)
    code, text = say(house.port, mail)
    filler.unlink()
    house.wait(lambda: house.standing() is not None, "the books can be read")

    assert (code, text[:5]) == (452, "4.3.1")
    assert received(house) == 1
    assert say(house.port, mail) == (250, "kept")
    house.wait(is_at_rest(house, 2), "it is a ticket, too")
    assert serve == [one.pid for one in house.processes()]


@pytest.mark.slow
@pytest.mark.peers
@pytest.mark.postgres
@pytest.mark.timeout(400)
@needs_postfix
def test_postfix_queues_and_delivers(
    new_house: Callable[..., House], catcher: CatcherThread, postgres_url: str, postgres_server: Any
) -> None:
    """A Postfix in front keeps what we answer 451 and brings it after the repair: nothing is lost, nothing doubled."""
    house = up(new_house(postgres_url))
    domain = mails.ROUTING.partition("@")[2]
    wave = [mails.client_mail(number) for number in range(1, 31)]
    with Postfix({domain: f"smtp:[127.0.0.1]:{house.port}"}) as postfix:
        crash(postgres_server)
        try:
            for mail in wave:
                postfix.send(mail.sender, [mail.recipient], mail.content)
            postfix.wait_for("451 4.3.0")
            assert received_by(postfix) == 0
        finally:
            postgres_server.start()
        try:
            house.wait(lambda: not postfix.queue(), "Postfix has handed everything on")
        finally:
            print(*postfix.queue(), *postfix.log().splitlines()[-60:], sep="\n")
        assert [line for line in postfix.log().splitlines() if "status=bounced" in line] == []
        house.wait(is_at_rest(house, 1 + len(wave)), "all mails are tickets")

    check_places(house, [mails.client_mail(0), *wave])
    check_outbox(house, catcher, tickets=1 + len(wave))


def has_accepted(sender: CarefulSender, count: int) -> bool:
    """Whether we have said 250 to so many mails."""
    return len(sender.accepted) >= count


def received_by(postfix: Postfix) -> int:
    """How many mails Postfix has handed on."""
    return postfix.log().count("status=sent")


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.timeout(400)
def test_postgres_restarted_in_the_middle(
    new_house: Callable[..., House], catcher: CatcherThread, postgres_url: str, postgres_server: Any
) -> None:
    """PostgreSQL crashes and comes back while mail is being worked through: the service goes on by itself."""
    house = up(new_house(postgres_url))
    wave = [mails.client_mail(number) for number in range(1, 121)]
    sender = CarefulSender(house.port, rate=30)
    try:
        sender.send(wave)
        for count in (25, 75):
            house.wait(partial(has_accepted, sender, count), f"{count} mails are accepted")
            crash(postgres_server)
            postgres_server.start()
        house.wait(is_at_rest(house, 1 + len(wave)), "all mails are tickets")
    finally:
        sender.close()

    check_books(house, sender, opened=[mails.client_mail(0), *wave], appended=[])
    check_outbox(house, catcher, tickets=1 + len(wave))
