"""One connection as aiosmtpd's protocol class sees it: admission, STARTTLS, time, lines in and replies out.

What is said on it is the business of `session.py`.
"""

import asyncio
import math

from aiosmtpd.smtp import SMTP

from mailroute.intake import replies
from mailroute.intake.dialogue import Dialogue
from mailroute.intake.reception import Reception

COMMAND_OCTETS = 2048
"""Of one command line; RFC 5321 §4.5.3.1.4 asks for 512 and room for parameters."""
READ_OCTETS = 2**18
LAST_WORD_SECONDS = 30
"""For a peer that does not read what it was told last."""


class PeerGone(Exception):
    """The peer has closed its side."""


class PeerConnection(SMTP):
    """A peer that may stay as long as the reception and the clock allow."""

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
        self._busy = False  # with a message, which a farewell must not interrupt

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
            raise PeerGone
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

    async def push(self, status: str | bytes) -> None:
        """What the library itself says: only the 220 before the TLS handshake."""
        del status
        self._say("220 2.0.0 Go ahead")
        await self._flush()
