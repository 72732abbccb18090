"""What servers and paths do on bad days, played by a script: nothing spins, nothing is missed."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from dovecot import Dovecot, needs_dovecot
from office import mail, open_office, write_settings
from scripted_imap import ScriptedImap

from mailroute.store import mailboxes

pytestmark = [pytest.mark.peers, needs_dovecot]


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    """Where the settings of these tests come from; most of them point elsewhere."""
    with Dovecot(capability="IMAP4rev1 LITERAL+ UIDPLUS") as server:
        yield server


def settings(folder: Path, dovecot: Dovecot, server: ScriptedImap) -> Path:
    """A mailbox at the scripted server, patient enough that nothing is found by a look at the clock."""
    account = {"port": server.port, "certificate_authority": str(server.authority), "from_the_start": True}
    return write_settings(folder / "house", dovecot, account)


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([b"* 1 EXI", b"STS\r\n"], id="a line over two packets"),
        pytest.param([None], id="the end of the stream without a word"),
        pytest.param([b"* BYE shutting down\r\n", None], id="BYE"),
        pytest.param([b"* 1 RECENT\r\n* 1 EXISTS\r\n"], id="as it should be"),
        pytest.param([b"* (garbage\r\n"], id="a line that nobody can read"),
    ],
)
def test_mail_is_taken_whatever_idle_says(
    dovecot: Dovecot, tmp_path: Path, pieces: list[bytes | None]
) -> None:
    """A mail announced in a broken way is here within seconds, and the processor is not kept busy meanwhile."""
    with (
        ScriptedImap(tmp_path) as server,
        open_office(settings(tmp_path, dovecot, server)) as office,
        office.watching(),
    ):
        office.wait(lambda: any(b"IDLE" in line for line in server.said), "IDLE")
        server.mails.append(mail(1))
        server.play(*pieces)
        spent = time.process_time()
        took = office.wait_for(1)
        spent = time.process_time() - spent

    assert took < 10
    assert spent < 5
    assert server.sessions <= 3


def test_a_server_without_idle_is_asked(dovecot: Dovecot, tmp_path: Path) -> None:
    """Where the server does not tell of new mail by itself it is asked as often as the settings say."""
    config = write_settings(tmp_path, dovecot, {"poll_seconds": 0.5})
    with open_office(config) as office, office.watching():

        def looked() -> bool:
            with office.app.store.read() as connection:
                return "box/INBOX" in mailboxes.doors(connection)

        office.wait(looked, "a first look")
        dovecot.deliver("issues", mail(1))
        took = office.wait_for(1)

    assert took < 3


def test_a_server_that_cannot_move_is_told_of(dovecot: Dovecot, tmp_path: Path) -> None:
    """Where mail shall be moved and the server cannot, it stays, is kept, and a person hears of it."""
    more = {"after": "move", "move_to": "Taken", "from_the_start": True, "user": "mover"}
    dovecot.deliver("mover", mail(1))
    with open_office(write_settings(tmp_path, dovecot, more)) as office, office.watching():
        office.wait(lambda: office.told("mailbox troubled"), "the trouble")
        kept = office.entries()

    assert {"misconfigured"} == {one["trouble"] for one in office.told("mailbox troubled")}
    assert 1 == len(kept)


def test_a_greeting_that_leaves_no_room_for_tls_is_refused(dovecot: Dovecot, tmp_path: Path) -> None:
    """PREAUTH before STARTTLS is how a man in the middle would keep us in clear; nothing is said to it."""
    import socket
    import threading

    heard: list[bytes] = []

    def serve(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            connection.sendall(b"* PREAUTH welcome\r\n")
            while data := connection.recv(4096):
                heard.append(data)
                tag = data.split(b" ")[0]
                connection.sendall(b"* CAPABILITY IMAP4rev1 STARTTLS\r\n" + tag + b" OK done\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        account = {"security": "starttls", "port": listening.getsockname()[1]}
        with open_office(write_settings(tmp_path, dovecot, account)) as office, office.watching():
            office.wait(lambda: office.told("mailbox troubled"), "our refusal")

    assert not any(b"LOGIN" in data or b"EXAMINE" in data for data in heard)
