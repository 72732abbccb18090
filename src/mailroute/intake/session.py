"""One connection: aiosmtpd's protocol class for transport, STARTTLS and timers; lines, DATA and replies are ours.

The library's own command loop and handlers are not used. They answer own faults 500 with the exception's text, give
one reply for all LMTP recipients, end commands at a bare LF, read DATA by lines and cut slow senders off without a
word (reference: standards §5).
"""

import asyncio
import math

from aiosmtpd.smtp import SMTP, TLSSetupException

from mailroute.intake import replies
from mailroute.intake.data_block import DataBlock
from mailroute.intake.dialogue import IDLE_COMMANDS, Dialogue
from mailroute.intake.listener_settings import BareLineEnds
from mailroute.intake.reception import Reception, Refused

COMMAND_OCTETS = 2048
"""Of one command line; RFC 5321 §4.5.3.1.4 asks for 512 and room for parameters."""
READ_OCTETS = 2**18
LAST_WORD_SECONDS = 30
"""For a peer that does not read what it was told last."""


class _PeerGone(Exception):
    """The peer has closed its side."""


class MailSession(SMTP):
    """One session of SMTP or LMTP, as the reception's settings say."""

    line_length_limit = READ_OCTETS  # of the library's reader: when it stops reading from the socket

    def __init__(self, reception: Reception, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            None,
            hostname=reception.settings.hostname,
            tls_context=reception.tls,
            timeout=reception.settings.command_seconds,
            enable_SMTPUTF8=True,
            loop=loop,
        )
        self._reception = reception
        self._settings = reception.settings
        self._ip: str | None = None
        self._admitted = False
        self._deadline = math.inf
        self._dialogue: Dialogue
        self._input = bytearray()
        self._output = bytearray()
        self._in_hand = 0
        self._busy = False
        self._reading = False
        self._errors = 0
        self._idle_commands = 0

    def __dir__(self) -> list[str]:
        """Nothing: for each connection the library looks through all names for commands, of which we use none."""
        return []

    # -- connection --------------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Admit the peer, or begin anew after STARTTLS: nothing said in plain text counts any more (RFC 3207 §4.2)."""
        tls = self._original_transport is not None
        self._dialogue = self._reception.dialogue(tls=tls)
        self._input.clear()
        if not tls:
            assert isinstance(transport, asyncio.Transport)
            peer = transport.get_extra_info("peername")
            self._ip = peer[0] if isinstance(peer, tuple) else None
            if (refusal := self._reception.admit(self, self._ip)) is not None:
                self._reception.turned_away(refusal, self._ip)
                transport.write(refusal.encode() + b"\r\n")
                transport.close()
                return
            self._admitted = True
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Bytes from the peer; a connection that was not admitted has nobody to read them."""
        if self._admitted:
            super().data_received(data)

    def eof_received(self) -> bool | None:
        """The peer will send no more: the session ends, a commit under way does not."""
        return super().eof_received() if self._admitted else False

    def connection_lost(self, error: Exception | None) -> None:
        """The connection is gone."""
        if not self._admitted:
            return
        self._admitted = False
        self._reception.leave(self, self._ip)
        super().connection_lost(error)

    def bid_farewell(self) -> None:
        """End now when idle; a message in hand is finished first."""
        if not self._busy:
            self._end(replies.CLOSING)

    def cut_off(self) -> None:
        """End at once."""
        if self.transport is not None:
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.abort()

    def _end(self, reply: str) -> None:
        """Say the last word and close; the transport still sends what it holds."""
        if self.transport is None or self.transport.is_closing():
            return
        assert isinstance(self.transport, asyncio.Transport)
        self._say(reply)
        self.transport.write(bytes(self._output))
        self._output.clear()
        self.transport.close()
        self._reset_timeout(LAST_WORD_SECONDS)

    # -- time --------------------------------------------------------------------------------------------------------

    def _reset_timeout(self, duration: float | None = None) -> None:
        """Set the moment at which waiting ends. One timer runs; it looks at the deadline when it fires."""
        self._deadline = self.loop.time() + (duration or self._settings.command_seconds)
        handle = self._timeout_handle
        if handle is None or handle.cancelled() or handle.when() > self._deadline:
            if handle is not None:
                handle.cancel()
            self._timeout_handle = self.loop.call_at(self._deadline, self._timeout_cb)

    def _timeout_cb(self) -> None:
        if self.loop.time() < self._deadline:
            when = min(self._deadline, self.loop.time() + self._settings.command_seconds)
            self._timeout_handle = self.loop.call_at(when, self._timeout_cb)
        elif self.transport is not None and self.transport.is_closing():
            self.cut_off()
        else:
            self._timeout_handle = None
            self._end(replies.TIMED_OUT)

    # -- lines and replies -------------------------------------------------------------------------------------------

    def _say(self, reply: str) -> None:
        """Put a reply after those that wait to be sent; `_more` and `_flush` send them together (RFC 2920 §3.2)."""
        self._output += reply.encode()
        self._output += b"\r\n"

    async def _flush(self) -> None:
        if self._output:
            self._writer.write(bytes(self._output))
            self._output.clear()
            await self._writer.drain()

    async def _more(self, seconds: float | None = None) -> bytes:
        """The next bytes from the peer, at once those that are here already; replies go out first."""
        self._reset_timeout(seconds)
        await self._flush()
        chunk = await self._reader.read(READ_OCTETS)
        if not chunk:
            raise _PeerGone
        return chunk

    async def _next_line(self) -> bytes:
        """The next command line without its LF; only the beginning of one that is too long."""
        searched, kept = 0, None
        while (end := self._input.find(b"\n", searched)) < 0:
            searched = len(self._input)
            if searched > COMMAND_OCTETS:
                kept, searched = bytes(self._input[: COMMAND_OCTETS + 1]), 0
                self._input.clear()
            self._input += await self._more()
        line = bytes(self._input[:end]) if kept is None else kept
        del self._input[: end + 1]
        return line

    # -- commands ----------------------------------------------------------------------------------------------------

    async def _handle_client(self) -> None:
        """The session from greeting to end; started by the library's `connection_made`."""
        self._say(f"220 {self._settings.hostname} {'LMTP' if self._dialogue.lmtp else 'ESMTP'}")
        try:
            while self.transport is not None and not self.transport.is_closing():
                await self._turn()
        except (_PeerGone, ConnectionError):
            # Nobody is left to be told.
            if self.transport is not None:
                self.transport.close()
        except TLSSetupException as error:
            # The library tells us nothing of the end of a connection whose handshake failed.
            self.connection_lost(error)

    async def _turn(self) -> None:
        line = await self._next_line()
        try:
            await self._obey(line)
        except (_PeerGone, ConnectionError, TLSSetupException):
            raise
        except Exception as error:  # noqa: BLE001 - an own fault of any kind is 451: the sender keeps the mail
            self._reception.journal.failed("session", error)
            if self._reading:
                # The rest of the text must not be taken for commands.
                self._end(replies.OWN_FAULT_WITHIN_TEXT)
            else:
                self._say(replies.OWN_FAULT)
        if self._reception.closing:
            self._end(replies.CLOSING)

    async def _obey(self, line: bytes) -> None:
        read = self._read_command(line)
        if isinstance(read, str):
            self._answer(read)
            return
        verb, argument = read
        if verb == "DATA":
            await self._data(argument)
        elif verb == "QUIT":
            self._end(replies.BYE) if not argument else self._answer(replies.BAD_ARGUMENT)
        elif verb == "STARTTLS":
            await self._starttls(argument)
        else:
            self._answer(self._dialogue.answer(verb, argument), idle=verb in IDLE_COMMANDS)

    def _read_command(self, line: bytes) -> tuple[str, str] | str:
        """Verb and argument of a line, or the reply to one that has none."""
        if len(line) > COMMAND_OCTETS:
            return replies.LINE_TOO_LONG
        if line.endswith(b"\r"):
            line = line[:-1]
        elif self._settings.bare_line_ends != BareLineEnds.NORMALISE:
            return replies.BARE_LINE_END_IN_COMMAND
        if b"\r" in line or b"\0" in line:
            return replies.UNREADABLE_COMMAND
        verb, _, argument = line.decode("utf-8", "surrogateescape").partition(" ")
        return (verb.upper(), argument.strip(" ")) if verb.isascii() and verb else replies.UNREADABLE_COMMAND

    def _answer(self, reply: str, *, idle: bool = False) -> None:
        """Say a reply; too many that are the peer's fault, or that lead nowhere, end the session."""
        self._say(reply)
        self._idle_commands += idle or reply.startswith("4")
        if not reply.startswith("2"):
            self._errors += reply.startswith("5")
            self._reception.turned_away(reply, self._ip)
        if self._errors >= self._settings.max_errors:
            self._end(replies.TOO_MANY_ERRORS)
        elif self._idle_commands > self._settings.max_idle_commands:
            self._end(replies.TOO_MANY_COMMANDS)

    async def _starttls(self, argument: str) -> None:
        if self.tls_context is None:
            self._answer(replies.NOT_OFFERED)
        elif self._dialogue.tls:
            self._answer(replies.TLS_ALREADY)
        elif argument:
            self._answer(replies.BAD_ARGUMENT)
        else:
            await self._flush()
            await super().smtp_STARTTLS("")

    async def push(self, status: str | bytes) -> None:
        """What the library itself says: only the 220 before the TLS handshake."""
        del status
        self._say("220 2.0.0 Go ahead")
        await self._flush()

    # -- DATA --------------------------------------------------------------------------------------------------------

    async def _data(self, argument: str) -> None:
        if (refusal := self._dialogue.why_no_data(argument)) is not None:
            self._answer(refusal)
            return
        self._say(replies.GO_AHEAD)
        self._busy = True
        try:
            reply = await self._take_message()
        finally:
            self._hold(0)
            self._busy = False
        answers = len(self._dialogue.rcpt_to) if self._dialogue.lmtp else 1
        self._dialogue.reset()
        for _ in range(answers - 1):
            self._say(reply)
        self._answer(reply)

    async def _take_message(self) -> str:
        """Read the text, keep it and give the reply."""
        block = DataBlock(self._settings.max_bytes)
        self._reading = True
        no_room = await self._read_text(block)
        self._reading = False
        if no_room:
            return replies.STORAGE_FULL
        await self._flush()
        self._deadline = math.inf  # how long our commit takes must not cut the peer off
        reply = await self._keep(block)
        if reply == replies.KEPT:
            self._errors = self._idle_commands = 0
        return reply

    async def _keep(self, block: DataBlock) -> str:
        try:
            examined = self._reception.examine(block, self._dialogue, self._ip)
        except Exception as error:  # noqa: BLE001 - an own fault: the sender keeps the mail, each LMTP recipient hears it
            self._reception.journal.failed("examine", error)
            return replies.OWN_FAULT
        return examined.reply if isinstance(examined, Refused) else await self._reception.commit(examined)

    async def _read_text(self, block: DataBlock) -> bool:
        """Feed *block* up to the end; True when there was no room in memory for it."""
        no_room = False
        last_moment = self.loop.time() + self._settings.message_seconds
        rest = block.feed(self._input)
        self._input.clear()
        while rest is None:
            left = max(0.001, last_moment - self.loop.time())
            rest = block.feed(await self._more(min(self._settings.block_seconds, left)))
            self._hold(len(block))
            if self._reception.bytes_in_hand > self._settings.max_bytes_in_hand:
                no_room = True
                self._reception.journal.not_kept(channel=self._reception.channel, reason="memory-low")
                block.drop()
        self._input += rest
        return no_room

    def _hold(self, size_bytes: int) -> None:
        self._reception.bytes_in_hand += size_bytes - self._in_hand
        self._in_hand = size_bytes
