"""A real listener on loopback and a plain-spoken peer for it: dialogues over sockets in a few lines.

    with open_door() as door, door.peer() as peer:
        peer.ask("EHLO peer.example")
        assert peer.ask("MAIL FROM:<>") == "250 2.1.0 OK"

`Peer` checks every reply that it reads: CRLF only, never a bare CR or LF, and an enhanced status code wherever
RFC 2034 wants one. A suite that uses it has shown that for all its replies.
"""

import asyncio
import re
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import structlog
from prometheus_client import CollectorRegistry

from mailroute.domain.received import InboxId, ReceivedMail
from mailroute.intake.smtp import Listener, ListenerSettings, listen
from mailroute.journal import Journal

HERE = "issues@house.example"
HOSTNAME = "mx.house.example"
"""Greetings begin with it; they alone have no enhanced code."""
PATIENCE = 10.0
"""Seconds after which a silent listener counts as broken."""
T = TypeVar("T")

_CODED = re.compile(r"[245]\d\d[ -]([245])\.\d{1,3}\.\d{1,3} \S")


class FixedClock:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


class Peer:
    """The other side of a session. Every wait is for an event: a reply or the end of the connection."""

    def __init__(self, connection: socket.socket) -> None:
        connection.settimeout(PATIENCE)
        self.connection = connection
        self._unread = b""
        self.greeting = self.reply()

    def send(self, *chunks: bytes) -> None:
        """Each chunk in a packet of its own."""
        if self.connection.family != socket.AF_UNIX:
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for chunk in chunks:
            self.connection.sendall(chunk)

    def reply(self) -> str:
        """The next reply, its lines joined by a line feed; empty when the connection has ended."""
        lines = []
        while line := self._line():
            lines.append(line)
            if line[3:4] != "-":
                break
        reply = "\n".join(lines)
        if reply and not reply.startswith("3") and not reply[4:].startswith(HOSTNAME):
            assert _CODED.match(reply), f"no enhanced status code in {reply!r}"
            assert _CODED.match(reply)[1] == reply[0], f"the two codes of {reply!r} differ"
        return reply

    def ask(self, line: str | bytes) -> str:
        """Send a command, give its reply."""
        said = line.encode() if isinstance(line, str) else line
        self.send(said + b"\r\n")
        return self.reply()

    def replies(self, count: int) -> list[str]:
        """The next *count* replies."""
        return [self.reply() for _ in range(count)]

    def rest(self) -> list[str]:
        """All replies until the listener closes the connection."""
        return list(iter(self.reply, ""))

    def mail(self, text: bytes, *, to: tuple[str, ...] = (HERE,), sender: str = "ann@client.example") -> str:
        """One transaction up to the first reply to the final dot; *text* is stuffed already and ends with CRLF."""
        assert self.ask(f"MAIL FROM:<{sender}>").startswith("250")
        for recipient in to:
            self.ask(f"RCPT TO:<{recipient}>")
        assert self.ask("DATA").startswith("354")
        self.send(text + b".\r\n")
        return self.reply()

    def start_tls(self, context: ssl.SSLContext) -> None:
        """The TLS handshake, after the listener's 220."""
        self.connection = context.wrap_socket(self.connection, server_hostname="localhost")

    def _line(self) -> str:
        while b"\n" not in self._unread:
            try:
                chunk = self.connection.recv(65536)
            except ConnectionError:
                chunk = b""
            if not chunk:
                assert self._unread == b""
                return ""
            self._unread += chunk
        line, _, self._unread = self._unread.partition(b"\n")
        assert line.endswith(b"\r"), f"a bare line feed in {line!r}"
        assert b"\r" not in line[:-1], f"a bare carriage return in {line!r}"
        return line[:-1].decode()


@dataclass
class Door:
    """A listener that runs in a thread of its own, and what came in."""

    listener: Listener
    loop: asyncio.AbstractEventLoop
    kept: list[ReceivedMail] = field(default_factory=list)

    @contextmanager
    def peer(self, greeting: str | None = None) -> Iterator[Peer]:
        """A connected peer; with *greeting* (EHLO, LHLO, HELO) it has said that, too."""
        with self.connect() as connection:
            peer = Peer(connection)
            if greeting is not None:
                assert peer.ask(f"{greeting} peer.example").startswith("250")
            try:
                yield peer
            finally:
                peer.connection.close()

    def connect(self) -> socket.socket:
        """A bare connection."""
        if isinstance(self.listener.address, str):
            connection = socket.socket(socket.AF_UNIX)
            connection.connect(self.listener.address)
            return connection
        return socket.create_connection(self.listener.address, PATIENCE)

    def run(self, job: Coroutine[Any, Any, T]) -> T:
        """Run *job* on the listener's loop."""
        return asyncio.run_coroutine_threadsafe(job, self.loop).result(PATIENCE)


class Journalled(list[dict[str, Any]]):
    """What the journal said, as structlog's event dictionaries."""

    def journal(self) -> Journal:
        """A journal that writes here and counts in a registry of its own."""

        def note(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
            self.append(dict(event))
            raise structlog.DropEvent

        return Journal(logger=structlog.wrap_logger(None, processors=[note]), registry=CollectorRegistry())


@contextmanager
def open_door(
    *,
    keep: Callable[[ReceivedMail], Awaitable[InboxId]] | None = None,
    accepts: Callable[[str], bool] = lambda address: address.endswith("@house.example"),
    said: Journalled | None = None,
    **settings: Any,
) -> Iterator[Door]:
    """A listener with *settings* on a free port. What it keeps is in `Door.kept`, unless *keep* says otherwise."""
    kept: list[ReceivedMail] = []

    async def keep_in_list(mail: ReceivedMail) -> InboxId:
        kept.append(mail)
        return InboxId(len(kept))

    async def opened() -> Listener:
        return await listen(
            ListenerSettings(**{"port": 0, "hostname": HOSTNAME} | settings),
            keep=keep or keep_in_list,
            accepts=accepts,
            clock=FixedClock(),
            journal=(Journalled() if said is None else said).journal(),
        )

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="door")
    thread.start()
    try:
        door = Door(asyncio.run_coroutine_threadsafe(opened(), loop).result(PATIENCE), loop, kept)
        try:
            yield door
        finally:
            asyncio.run_coroutine_threadsafe(door.listener.close(), loop).result(60)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A PEM file with chain and key for localhost, and a client context that trusts it."""
    import trustme

    authority = trustme.CA()
    issued = authority.issue_cert("localhost")
    file = folder / "localhost.pem"
    issued.private_key_and_cert_chain_pem.write_to_path(file)
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return file, context
