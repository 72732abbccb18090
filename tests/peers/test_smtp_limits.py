"""Limits of sessions and time, STARTTLS, peers that vanish and a door that closes, over a real socket."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from open_door import HERE, Journalled, certificate, open_door

from mailroute.domain.errors import Misconfigured
from mailroute.domain.received import InboxId, ReceivedMail
from mailroute.intake.group_commit import GroupCommit
from mailroute.intake.smtp import ListenerSettings


class Gate:
    """A keep that waits until it is let go, and tells when it has begun."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.open = threading.Event()
        self.kept: list[ReceivedMail] = []

    async def keep(self, mail: ReceivedMail) -> InboxId:
        """Waits, then keeps."""
        self.begun.set()
        await asyncio.to_thread(self.open.wait, 10)
        self.kept.append(mail)
        return InboxId(len(self.kept))


def greeting_of(connection: socket.socket) -> bytes:
    """The first line that a listener says."""
    connection.settimeout(10)
    return connection.makefile("rb").readline()


# -- how many ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", ["max_connections", "max_connections_per_ip"])
def test_connections_are_limited_and_counted_back(limit: str) -> None:
    """One connection too many hears 421 and is closed; when others have gone, there is room again."""
    said = Journalled()
    with open_door(said=said, **{limit: 3}) as door:
        guests = [door.connect() for _ in range(3)]
        greetings = [greeting_of(guest) for guest in guests]
        with door.connect() as surplus:
            refused = greeting_of(surplus)
            end = surplus.recv(1)
        for guest in guests:
            guest.sendall(b"QUIT\r\n")
            while guest.recv(1000):
                pass
            guest.close()
        with door.peer("EHLO") as peer:
            later = peer.ask("NOOP")

    assert all(greeting.startswith(b"220") for greeting in greetings)
    assert refused == b"421 4.7.0 Too many connections, come again later\r\n"
    assert end == b""
    assert later == "250 2.0.0 OK"
    assert {"event": "turned away", "channel": "smtp", "code": "4.7.0", "peer": "127.0.0.1"} in [
        {key: event.get(key) for key in ("event", "channel", "code", "peer")} for event in said
    ]


def test_too_many_errors_end_the_session() -> None:
    """A peer that only errs is cut off with 421."""
    with open_door(max_errors=5) as door, door.peer("EHLO") as peer:
        replies = [peer.ask("XYZZY")[:3] for _ in range(5)]
        last = peer.rest()

    assert replies == ["500"] * 5
    assert last == ["421 4.7.0 Too many errors"]


def test_a_kept_message_forgives_errors() -> None:
    """Errors are counted between two kept messages, so that a long-lived session of a good peer is not cut."""
    with open_door(max_errors=3) as door, door.peer("EHLO") as peer:
        for _ in range(4):
            peer.ask("XYZZY")
            peer.ask("XYZZY")
            assert peer.mail(b"Subject: x\r\n\r\n").startswith("250")

    assert len(door.kept) == 4


def test_commands_that_lead_nowhere_are_limited() -> None:
    """A session that never sends mail is ended, too."""
    with open_door(max_idle_commands=10) as door, door.peer("EHLO") as peer:
        peer.send(b"NOOP\r\n" * 20)
        replies = peer.rest()

    assert [reply[:3] for reply in replies] == ["250"] * 10 + ["421"]


# -- how long ------------------------------------------------------------------------------------------------


def test_patience_is_what_the_rfc_asks_for() -> None:
    """S15: five minutes for the next command by default (RFC 5321 §4.5.3.2.7)."""
    assert ListenerSettings().command_seconds >= 300


def test_a_silent_peer_hears_421() -> None:
    """Waiting for a command ends with a word, not with a cut."""
    with open_door(command_seconds=0.1) as door, door.peer("EHLO") as peer:
        replies = peer.rest()

    assert replies == ["421 4.4.2 Waited too long"]


def test_each_command_begins_the_wait_anew() -> None:
    """A peer that goes on in time is not cut off, however long the session lasts."""
    with open_door(command_seconds=0.4) as door, door.peer("EHLO") as peer:
        pause = threading.Event()
        replies = []
        for _ in range(4):
            pause.wait(0.2)
            replies.append(peer.ask("NOOP"))

    assert replies == ["250 2.0.0 OK"] * 4


@pytest.mark.parametrize("limit", ["block_seconds", "message_seconds"])
def test_a_slow_text_hears_421_and_is_not_kept(limit: str) -> None:
    """Silence within DATA, or a text that trickles for too long, ends with 421; nothing of it is kept."""
    with open_door(**{limit: 0.3}) as door, door.peer("EHLO") as peer:
        peer.ask("MAIL FROM:<a@client.example>")
        peer.ask(f"RCPT TO:<{HERE}>")
        peer.ask("DATA")
        peer.send(b"Subject: x\r\n")
        trickle = threading.Event()
        for _ in range(10 if limit == "message_seconds" else 0):
            trickle.wait(0.05)
            try:
                peer.send(b"x\r\n")
            except ConnectionError:
                break
        replies = peer.rest()

    assert replies == ["421 4.4.2 Waited too long"]
    assert door.kept == []


def test_a_trickling_text_is_taken_within_its_time() -> None:
    """Each block begins the wait anew: slow is not refused as long as it goes on."""
    with open_door(block_seconds=0.4) as door, door.peer("EHLO") as peer:
        peer.ask("MAIL FROM:<a@client.example>")
        peer.ask(f"RCPT TO:<{HERE}>")
        peer.ask("DATA")
        trickle = threading.Event()
        for _ in range(4):
            trickle.wait(0.15)
            peer.send(b"x\r\n")
        peer.send(b".\r\n")
        reply = peer.reply()

    assert reply.startswith("250")


def test_a_slow_commit_does_not_cut_the_peer_off() -> None:
    """S15: how long we take to keep a message is not the peer's time."""
    gate = Gate()
    with open_door(keep=gate.keep, command_seconds=0.1, block_seconds=0.1) as door, door.peer() as peer:
        peer.send(
            f"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<{HERE}>\r\nDATA\r\nSubject: x\r\n\r\n.\r\nQUIT\r\n".encode()
        )
        gate.begun.wait(10)
        threading.Event().wait(0.4)
        gate.open.set()
        replies = peer.rest()

    assert [reply[4:9] for reply in replies[-2:]] == ["2.0.0", "2.0.0"]
    assert len(gate.kept) == 1


# -- peers that vanish ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["close", "reset", "half"])
def test_a_peer_that_vanishes_during_the_commit_loses_nothing(way: str) -> None:
    """S16: between the dot and 250 the connection may go; the commit is finished, once."""
    gate = Gate()
    said = Journalled()
    with open_door(keep=gate.keep, said=said) as door:
        with door.peer("EHLO") as peer:
            peer.ask("MAIL FROM:<a@client.example>")
            peer.ask(f"RCPT TO:<{HERE}>")
            peer.ask("DATA")
            peer.send(b"Subject: x\r\n\r\n.\r\n")
            gate.begun.wait(10)
            if way == "reset":
                peer.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            if way == "half":
                peer.connection.shutdown(socket.SHUT_WR)
        with door.peer("EHLO") as another:
            another.ask("NOOP")
        gate.open.set()

    assert len(gate.kept) == 1
    assert [event["event"] for event in said if event["event"] == "kept"] == ["kept"]


def test_a_peer_that_vanishes_within_the_text_leaves_nothing() -> None:
    """A text without its end is no message."""
    with open_door() as door:
        with door.peer("EHLO") as peer:
            peer.ask("MAIL FROM:<a@client.example>")
            peer.ask(f"RCPT TO:<{HERE}>")
            peer.ask("DATA")
            peer.send(b"Subject: x\r\n\r\nhalf")
        with door.peer("EHLO") as another:
            another.ask("NOOP")

    assert door.kept == []


# -- STARTTLS ------------------------------------------------------------------------------------------------


def test_starttls_encrypts_and_begins_anew(tmp_path: Path) -> None:
    """S22: after the handshake the session starts afresh, STARTTLS is gone from the offers, the trace says ESMTPS."""
    chain, context = certificate(tmp_path)
    with open_door(certificate=chain) as door, door.peer() as peer:
        plain_offers = peer.ask("EHLO peer.example")
        peer.ask("MAIL FROM:<plain@client.example>")
        go = peer.ask("STARTTLS")
        peer.start_tls(context)
        forgotten = peer.ask(f"RCPT TO:<{HERE}>")
        ungreeted = peer.ask("MAIL FROM:<a@client.example>")
        tls_offers = peer.ask("EHLO peer.example")
        again = peer.ask("STARTTLS")
        kept = peer.mail(b"Subject: x\r\n\r\n")
        bye = peer.ask("QUIT")

    assert "250-STARTTLS" in plain_offers
    assert go.startswith("220 2.0.0")
    assert forgotten.startswith("503 5.5.1")
    assert ungreeted.startswith("503 5.5.1")
    assert "STARTTLS" not in tls_offers
    assert again.startswith("503 5.5.1")
    assert kept.startswith("250")
    assert bye.startswith("221 2.0.0")
    assert b"with ESMTPS id" in door.kept[0].raw
    assert door.kept[0].envelope.mail_from == "ann@client.example"


def test_plain_text_sent_with_starttls_is_dropped(tmp_path: Path) -> None:
    """S22: commands injected in the packet of STARTTLS are never obeyed."""
    chain, context = certificate(tmp_path)
    with open_door(certificate=chain) as door, door.peer("EHLO") as peer:
        peer.send(b"STARTTLS\r\nEHLO injected.example\r\nMAIL FROM:<injected@client.example>\r\n")
        assert peer.reply().startswith("220")
        peer.start_tls(context)
        reply = peer.ask("MAIL FROM:<a@client.example>")

    assert reply.startswith("503 5.5.1 Greet first")


def test_a_failed_handshake_ends_only_its_own_session(tmp_path: Path) -> None:
    """A peer that talks nonsense instead of TLS is dropped; others are served."""
    chain, _ = certificate(tmp_path)
    with open_door(certificate=chain) as door:
        with door.peer("EHLO") as peer:
            assert peer.ask("STARTTLS").startswith("220")
            peer.send(b"this is no TLS at all\r\n" * 10)
            while True:
                try:
                    if not peer.connection.recv(1000):
                        break
                except ConnectionError:
                    break
        with door.peer("EHLO") as another:
            reply = another.ask("NOOP")

    assert reply == "250 2.0.0 OK"


def test_a_peer_may_close_tls_in_any_way(tmp_path: Path) -> None:
    """A TLS session that ends without QUIT leaves the listener in order."""
    chain, context = certificate(tmp_path)
    with open_door(certificate=chain, max_connections=1) as door:
        with door.peer("EHLO") as peer:
            peer.ask("STARTTLS")
            peer.start_tls(context)
            peer.ask("EHLO peer.example")
        for _ in range(50):
            with door.connect() as next_one:
                if greeting_of(next_one).startswith(b"220"):
                    break
            threading.Event().wait(0.05)
        else:
            pytest.fail("the session was never counted out")


def test_a_certificate_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    """A wrong certificate is an error of configuration that names the file."""
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("nothing")
    with pytest.raises(Misconfigured, match=r"wrong\.pem"), open_door(certificate=wrong):
        pass
    with pytest.raises(Misconfigured, match=r"missing\.pem"), open_door(certificate=tmp_path / "missing.pem"):
        pass
    with pytest.raises(Misconfigured, match="without a certificate"), open_door(key=wrong):
        pass


def test_old_tls_is_refused(tmp_path: Path) -> None:
    """TLS 1.1 and older are not spoken."""
    chain, context = certificate(tmp_path)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    with open_door(certificate=chain) as door, door.peer("EHLO") as peer:
        peer.ask("STARTTLS")
        peer.start_tls(context)
        version = peer.connection.version()

    assert version in {"TLSv1.2", "TLSv1.3"}


# -- closing -------------------------------------------------------------------------------------------------


def test_closing_finishes_the_message_in_hand() -> None:
    """Who is within DATA or waits for the commit is served to the end; idle peers hear 421."""
    gate = Gate()
    with open_door(keep=gate.keep) as door, door.peer("EHLO") as idle, door.peer("EHLO") as writing:
        writing.ask("MAIL FROM:<a@client.example>")
        writing.ask(f"RCPT TO:<{HERE}>")
        writing.ask("DATA")
        writing.send(b"Subject: x\r\n\r\n")
        closing = asyncio.run_coroutine_threadsafe(door.listener.close(), door.loop)
        told = idle.rest()
        writing.send(b".\r\n")
        gate.open.set()
        replies = writing.rest()
        closing.result(10)

    assert told == ["421 4.3.2 Service is closing, come again"]
    assert [reply[:9] for reply in replies] == ["250 2.0.0", "421 4.3.2"]
    assert len(gate.kept) == 1


def test_closing_does_not_wait_for_ever() -> None:
    """A peer that never ends its text is cut off after `close_seconds`."""
    with open_door(close_seconds=0.1) as door, door.peer("EHLO") as peer:
        peer.ask("MAIL FROM:<a@client.example>")
        peer.ask(f"RCPT TO:<{HERE}>")
        peer.ask("DATA")
        door.run(door.listener.close())
        end = peer.rest()

    assert end == []
    assert door.kept == []


def test_no_new_connection_after_closing() -> None:
    """A closed door is closed."""
    with open_door() as door:
        door.run(door.listener.close())
        with pytest.raises(ConnectionRefusedError):
            door.connect()


def test_many_sessions_share_commits() -> None:
    """S1: with group commit every session has its own 250, and there are fewer commits than messages."""
    first = threading.Event()
    batches: list[int] = []

    def keep_all(mails: Sequence[ReceivedMail]) -> list[InboxId]:
        if not batches:
            first.wait(10)
        batches.append(len(mails))
        return [InboxId(0)] * len(mails)

    commit = GroupCommit(keep_all)
    with open_door(keep=commit.keep) as door:
        with ExitStack() as stack:
            peers = [stack.enter_context(door.peer("EHLO")) for _ in range(10)]
            for peer in peers:
                peer.send(f"MAIL FROM:<>\r\nRCPT TO:<{HERE}>\r\nDATA\r\nSubject: x\r\n\r\n.\r\n".encode())
                peer.replies(3)
            first.set()
            replies = [peer.reply()[:9] for peer in peers]
        door.run(commit.close())

    assert replies == ["250 2.0.0"] * 10
    assert sum(batches) == 10
    assert len(batches) <= 3
