"""A mail server on loopback that keeps what it is given and forwards nothing: for the demo and for tests.

It speaks just enough SMTP, with TLS and AUTH PLAIN, and it can fail on purpose at each stage of the dialogue, in
each way a real server does.
"""

import asyncio
import base64
import binascii
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Self

from mailroute.testing.faults import DROP, HANG, CatcherOptions, Caught, Fault, Stage


class Catcher:
    """The server. An async context manager; belongs to one event loop."""

    def __init__(self, options: CatcherOptions | None = None, faults: Sequence[Fault] = ()) -> None:
        self.options = options or CatcherOptions()
        self.messages: list[Caught] = []
        self.stages: list[Stage] = []
        """What clients have reached, in order, over all connections."""
        self.connections = 0
        """How many were made so far."""
        self._faults = list(faults)
        self._server: asyncio.Server | None = None
        self._sessions: set[asyncio.Task[None]] = set()
        self._arrived = asyncio.Condition()

    async def __aenter__(self) -> Self:
        options = self.options
        if options.folder is not None:
            options.folder.mkdir(parents=True, exist_ok=True)
        self._server = await asyncio.start_server(
            self._serve, options.host, options.port, ssl=options.tls if options.implicit_tls else None
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
        for session in self._sessions:
            session.cancel()
        await asyncio.gather(*self._sessions, return_exceptions=True)
        if self._server is not None:
            await self._server.wait_closed()

    @property
    def port(self) -> int:
        """Where it listens."""
        if self._server is None:
            raise RuntimeError("the catcher is not running")
        return int(self._server.sockets[0].getsockname()[1])

    def fail(self, *faults: Fault) -> None:
        """Replace the failures to show; without arguments all is well again."""
        self._faults[:] = faults

    async def wait_for(self, count: int, seconds: float = 10.0) -> list[Caught]:
        """The messages, as soon as there are *count* of them; TimeoutError after *seconds*."""
        async with asyncio.timeout(seconds), self._arrived:
            await self._arrived.wait_for(lambda: len(self.messages) >= count)
        return self.messages

    def fault_at(self, stage: Stage, recipient: str | None = None) -> Fault | None:
        """The failure that is due here, used up by one."""
        self.stages.append(stage)
        for fault in self._faults:
            if fault.stage is stage and fault.times > 0 and fault.recipient in {None, recipient}:
                fault.times -= 1
                return fault
        return None

    async def keep(self, mail_from: str, rcpt_to: Sequence[str], raw: bytes) -> None:
        """Take a message in."""
        options, path = self.options, None
        if options.folder is not None:
            path = options.folder / f"{len(self.messages) + 1:04}.eml"
            path.write_bytes(raw)
        caught = Caught(mail_from, tuple(rcpt_to), raw, datetime.now(UTC), path)
        async with self._arrived:
            self.messages.append(caught)
            self._arrived.notify_all()
        if options.print_to is not None:
            print(f"to {', '.join(caught.rcpt_to)}: {caught.subject}", file=options.print_to, flush=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        if task is not None:
            self._sessions.add(task)
        try:
            with suppress(_Gone, ConnectionError):
                await _Dialogue(self, reader, writer).run()
        finally:
            writer.transport.abort()
            if task is not None:
                self._sessions.discard(task)


class _Gone(Exception):
    """The connection is to end, by the client's doing or by a fault."""


class _Dialogue:
    """One connection (RFC 5321 §3), as far as a catcher needs it."""

    def __init__(self, catcher: Catcher, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._catcher = catcher
        self._reader = reader
        self._writer = writer
        self._secure = catcher.options.implicit_tls
        self._known = catcher.options.login is None
        self._mail_from: str | None = None
        self._rcpt_to: list[str] = []

    async def run(self) -> None:
        if not await self._failed(Stage.CONNECT):
            await self._say("220 catcher.example ESMTP")
        commands: dict[str, Callable[[str], Awaitable[None]]] = {
            "HELO": self._ehlo,
            "EHLO": self._ehlo,
            "STARTTLS": self._starttls,
            "AUTH": self._auth,
            "MAIL": self._mail,
            "RCPT": self._rcpt,
            "DATA": self._data,
            "RSET": self._rset,
        }
        while True:
            line = await self._line()
            verb, _, argument = line.partition(" ")
            if verb.upper() == "QUIT":
                await self._say("221 2.0.0 bye")
                return
            if (command := commands.get(verb.upper())) is None:
                await self._say("500 5.5.2 no such command here")
            else:
                await command(argument)

    async def _line(self) -> str:
        line = await self._reader.readline()
        if not line.endswith(b"\n"):
            raise _Gone
        return line.decode("utf-8", "replace").rstrip("\r\n")

    async def _say(self, reply: str) -> None:
        self._writer.write(f"{reply}\r\n".encode())
        await self._writer.drain()

    async def _failed(self, stage: Stage, recipient: str | None = None) -> bool:
        """Whether a failure was due here and has been shown."""
        fault = self._catcher.fault_at(stage, recipient)
        if fault is not None:
            await self._show(fault)
        return fault is not None

    async def _show(self, fault: Fault) -> None:
        if fault.reply == DROP:
            raise _Gone
        if fault.reply == HANG:
            await self._reader.read()  # until the client loses patience
            raise _Gone
        await self._say(fault.reply)
        if fault.reply.startswith("421"):
            raise _Gone

    async def _ehlo(self, _: str) -> None:
        options = self._catcher.options
        if await self._failed(Stage.EHLO):
            return
        offers = ["catcher.example", f"SIZE {options.size_limit}", "8BITMIME"]
        offers += ["SMTPUTF8"] if options.smtputf8 else []
        offers += ["STARTTLS"] if options.tls is not None and not self._secure else []
        offers += ["AUTH PLAIN"] if options.login is not None else []
        lines = [f"250-{offer}" for offer in offers[:-1]] + [f"250 {offers[-1]}"]
        await self._say("\r\n".join(lines))

    async def _starttls(self, _: str) -> None:
        context = self._catcher.options.tls
        if await self._failed(Stage.STARTTLS):
            return
        if context is None:
            await self._say("502 5.5.1 no TLS here")
            return
        await self._say("220 2.0.0 go ahead")
        try:
            await self._writer.start_tls(context)
        except OSError as error:
            raise _Gone from error
        self._secure = True

    async def _auth(self, argument: str) -> None:
        if await self._failed(Stage.AUTH):
            return
        try:
            given = base64.b64decode(argument.partition(" ")[2], validate=True).decode().split("\0")[1:]
        except (binascii.Error, UnicodeDecodeError):
            given = []
        self._known = self._catcher.options.login in {None, tuple(given)}
        await self._say("235 2.7.0 welcome" if self._known else "535 5.7.8 wrong user or password")

    async def _mail(self, argument: str) -> None:
        if await self._failed(Stage.MAIL):
            return
        if not self._known:
            await self._say("530 5.7.0 log in first")
            return
        self._mail_from, self._rcpt_to = _path(argument), []
        await self._say("250 2.1.0 ok")

    async def _rcpt(self, argument: str) -> None:
        recipient = _path(argument)
        if await self._failed(Stage.RCPT, recipient):
            return
        if self._mail_from is None:
            await self._say("503 5.5.1 MAIL first")
            return
        self._rcpt_to.append(recipient)
        await self._say("250 2.1.5 ok")

    async def _rset(self, _: str) -> None:
        self._mail_from, self._rcpt_to = None, []
        await self._say("250 2.0.0 ok")

    async def _data(self, _: str) -> None:
        if await self._failed(Stage.DATA):
            return
        if self._mail_from is None or not self._rcpt_to:
            await self._say("503 5.5.1 RCPT first")
            return
        await self._say("354 end with a dot")
        raw = await self._message()
        fault = self._catcher.fault_at(Stage.DOT)
        if fault is None or fault.keeps:
            await self._catcher.keep(self._mail_from, self._rcpt_to, raw)
        self._mail_from, self._rcpt_to = None, []
        await (self._say("250 2.0.0 caught") if fault is None else self._show(fault))

    async def _message(self) -> bytes:
        lines: list[bytes] = []
        while (line := await self._reader.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                raise _Gone
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)


def _path(argument: str) -> str:
    """The address between the angle brackets of MAIL or RCPT."""
    found = re.search(r"<([^>]*)>", argument)
    return found[1] if found else ""
