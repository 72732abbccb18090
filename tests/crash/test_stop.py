"""Stopping, freezing and thawing: what is in hand is finished, and nobody does a thing twice."""

import os
import signal
import socket
from collections.abc import Callable

import mails
import pytest
from catching import CatcherThread, headers
from wire import say

from house import House, Kind, Process

FAR_AWAY = 300.0
"""Seconds; longer than any of these tests."""


def send(house: House, number: int) -> str:
    """Send a client's mail and hear 250; its Message-ID."""
    mail = mails.client_mail(number)
    assert say(house.port, mail) == (250, "kept")
    return mail.message_id


def opened(house: House) -> int:
    """How many mails became tickets."""
    now = house.standing()
    return 0 if now is None else now.books.opened


def up(house: House) -> House:
    """Start the service and wait until it has worked its first mail through: readers are up then, too."""
    house.start()
    house.wait(house.is_open, "the door is open")
    send(house, 0)
    house.wait(lambda: opened(house) == 1, "the first mail is a ticket")
    return house


def freeze_readers(house: House) -> list[Process]:
    """Stop every reading child, so that what comes next stays in the hands of a worker."""
    readers = house.processes(Kind.READER)
    for reader in readers:
        reader.send(signal.SIGSTOP)
    return readers


def in_hand(house: House) -> int:
    """How many messages are being worked on, by the engine's table."""
    query = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND task_name = 'process'"
    count: int = house.rows(query)[0][0]
    return count


def ask(connection: socket.socket, line: str) -> str:
    """One command and the reply to it."""
    connection.sendall(line.encode() + b"\r\n")
    return connection.recv(4096).decode()


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("how", ["sigterm", "ctrl-c"])
def test_stop_finishes_what_is_in_hand(
    new_house: Callable[..., House], catcher: CatcherThread, how: str
) -> None:
    """Asked to stop, the service closes the door, finishes what is on the wire and in the worker, and leaves nobody."""
    house = up(new_house(engine={"workers": 1}))
    serve = house.processes(Kind.SERVE)[0]
    readers = freeze_readers(house)
    send(house, 1)
    house.wait(lambda: in_hand(house) == 1, "the second mail is in hand")
    with socket.create_connection(("127.0.0.1", house.port), 60) as sender:
        assert sender.recv(4096).startswith(b"220")
        ask(sender, "EHLO mx.client.example")
        ask(sender, f"MAIL FROM:<{mails.client_address(2)}>")
        ask(sender, f"RCPT TO:<{mails.ROUTING}>")
        assert ask(sender, "DATA").startswith("354")
        half, rest = mails.client_mail(2).content[:200], mails.client_mail(2).content[200:]
        sender.sendall(half)

        # Ctrl-C reaches the whole group in the foreground; init systems tell the main process alone
        os.killpg(serve.pid, signal.SIGINT) if how == "ctrl-c" else serve.send(signal.SIGTERM)
        house.wait(lambda: not house.is_open(), "the door is closed")
        assert house.processes(Kind.WORKER) != []
        sender.sendall(rest + b"\r\n.\r\n")
        assert sender.recv(4096).startswith(b"250")

    for reader in readers:
        reader.send(signal.SIGCONT)
    code = house.reap()
    left = house.processes()
    now = house.standing()

    assert code == 0, house.last_words()
    assert left == []
    assert now is not None
    assert (now.books.received, now.books.opened, now.books.waiting) == (3, 2, 1)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_thawed_worker_does_no_harm(new_house: Callable[..., House], catcher: CatcherThread) -> None:
    """A worker that is frozen with a mail in hand is taken over by another one, and does nothing when it thaws."""
    times = {"heartbeat_seconds": 0.5, "stalled_seconds": 4.0}
    house = up(new_house(engine={"workers": 2, "concurrency": 1, **times}))
    house.wait(lambda: len(house.processes(Kind.READER)) == 2, "both workers have a reader")
    readers = freeze_readers(house)
    sent = [send(house, number) for number in (1, 2)]
    house.wait(lambda: in_hand(house) == 2, "each worker has a mail in hand")
    frozen = house.processes(Kind.WORKER)[0]
    frozen.send(signal.SIGSTOP)
    for reader in readers:
        if reader.parent != frozen.pid:
            reader.send(signal.SIGCONT)
    house.wait(lambda: opened(house) == 3 and settled_outbox(house), "the other worker has done both")

    frozen.send(signal.SIGCONT)
    for reader in readers:
        reader.send(signal.SIGCONT)
    sent.append(send(house, 3))
    house.wait(lambda: opened(house) == 4 and settled_outbox(house), "work goes on")
    house.processes(Kind.SERVE)[0].send(signal.SIGTERM)
    code = house.reap()

    assert code == 0, house.last_words()
    expected = sorted((message_id, 1) for message_id in (mails.client_mail(0).message_id, *sent))
    query = "SELECT message_id, count(DISTINCT ticket) FROM ticket_message GROUP BY 1"
    assert expected == sorted(house.rows(query))
    caught = [str(headers(mail)["Message-ID"]) for mail in catcher.caught]
    assert len(caught) == len(set(caught)) == len(house.rows("SELECT id FROM outbox"))


def settled_outbox(house: House) -> bool:
    """Whether no mail waits or is on its way."""
    return house.rows("SELECT id FROM outbox WHERE state IN ('queued', 'sending')") == []


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_successor_takes_over_at_once(new_house: Callable[..., House], catcher: CatcherThread) -> None:
    """What a killed worker had in hand goes to its successor without waiting for the silence of the dead."""
    house = up(new_house(engine={"workers": 1, "heartbeat_seconds": 1.0, "stalled_seconds": FAR_AWAY}))
    freeze_readers(house)
    send(house, 1)
    house.wait(lambda: in_hand(house) == 1, "the mail is in hand")
    house.processes(Kind.WORKER)[0].send(signal.SIGKILL)

    house.wait(lambda: opened(house) == 2, "the successor has done it", FAR_AWAY / 3)
