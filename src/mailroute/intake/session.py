"""What is said on one connection: commands are read and obeyed, a text is taken in and answered.

The library's own command loop and handlers are not used. They answer own faults 500 with the exception's text, give
one reply for all LMTP recipients, end commands at a bare LF, read DATA by lines and cut slow senders off without a
word.
"""

import asyncio
import math

from aiosmtpd.smtp import TLSSetupException

from mailroute.intake import replies
from mailroute.intake.connection import COMMAND_OCTETS, PeerConnection, PeerGone
from mailroute.intake.data_block import DataBlock
from mailroute.intake.dialogue import IDLE_COMMANDS
from mailroute.intake.listener_settings import BareLineEnds
from mailroute.intake.reception import Reception, Refused


class MailSession(PeerConnection):
    """One session of SMTP or LMTP, as the reception's settings say."""

    def __init__(self, reception: Reception, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(reception, loop)
        self._reading = False  # a text, whose rest must not be taken for commands
        self._in_hand = 0
        self._errors = 0
        self._idle_commands = 0

    # -- commands ----------------------------------------------------------------------------------------------------

    async def _handle_client(self) -> None:
        """The session from greeting to end; started by the library's `connection_made`."""
        self._say(f"220 {self._settings.hostname} {'LMTP' if self._dialogue.lmtp else 'ESMTP'}")
        try:
            while self.transport is not None and not self.transport.is_closing():
                await self._turn()
        except (PeerGone, ConnectionError):
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
        except (PeerGone, ConnectionError, TLSSetupException):
            raise
        except Exception as error:  # noqa: BLE001 - an own fault of any kind is 451: the sender keeps the mail
            self._reception.journal.failed("session", error)
            if self._reading:
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
            if not no_room and self._reception.bytes_in_hand > self._settings.max_bytes_in_hand:
                no_room = True
                self._reception.journal.not_kept(channel=self._reception.channel, reason="memory-low")
                block.drop()
        self._input += rest
        return no_room

    def _hold(self, size_bytes: int) -> None:
        self._reception.bytes_in_hand += size_bytes - self._in_hand
        self._in_hand = size_bytes
