"""What all sessions of one listener share: whom to ask, how many there are, how much they hold, and the commit."""

import asyncio
import os
import secrets
import ssl
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from mailroute.domain.clock import Clock
from mailroute.domain.errors import StorageFull, TryLater
from mailroute.domain.received import Channel, Envelope, InboxId, ReceivedMail
from mailroute.intake import replies, trace
from mailroute.intake.data_block import DataBlock, normalised
from mailroute.intake.dialogue import Dialogue
from mailroute.intake.listener_settings import BareLineEnds, ListenerSettings, WireProtocol
from mailroute.journal import Journal

Keep = Callable[[ReceivedMail], Awaitable[InboxId]]


class Guest(Protocol):
    """A session, as the reception sees it."""

    def bid_farewell(self) -> None:
        """End now when idle; else after the message in hand."""
        ...

    def cut_off(self) -> None:
        """End at once."""
        ...


@dataclass(frozen=True, slots=True)
class Refused:
    """The reply to a message that is not kept by the sender's doing."""

    reply: str


class Reception:
    """The shared part of a listener; lives on one event loop."""

    def __init__(
        self,
        settings: ListenerSettings,
        *,
        keep: Keep,
        accepts: Callable[[str], bool],
        clock: Clock,
        journal: Journal,
        tls: ssl.SSLContext | None,
    ) -> None:
        self.settings = settings
        self.journal = journal
        self.tls = tls
        self.channel = Channel.LMTP if settings.protocol is WireProtocol.LMTP else Channel.SMTP
        self.closing = False
        self.bytes_in_hand = 0
        self._keep = keep
        self._accepts = accepts
        self._clock = clock
        self._guests: set[Guest] = set()
        self._per_ip: Counter[str] = Counter()
        self._commits: set[asyncio.Task[str]] = set()
        self._last_has_left = asyncio.Event()

    # -- who is here -----------------------------------------------------------------------------------------------

    def admit(self, guest: Guest, ip: str | None) -> str | None:
        """Count a connection in; a reply when it must not stay. What was admitted must `leave`."""
        if self.closing:
            return replies.CLOSING
        if len(self._guests) >= self.settings.max_connections:
            return replies.TOO_MANY_CONNECTIONS
        if ip is not None and self._per_ip[ip] >= self.settings.max_connections_per_ip:
            return replies.TOO_MANY_CONNECTIONS
        self._guests.add(guest)
        if ip is not None:
            self._per_ip[ip] += 1
        return None

    def leave(self, guest: Guest, ip: str | None) -> None:
        """Count a connection out."""
        self._guests.discard(guest)
        if ip is not None:
            self._per_ip[ip] -= 1
            if self._per_ip[ip] <= 0:
                del self._per_ip[ip]
        self._look_round()

    def _look_round(self) -> None:
        if self.closing and not self._guests and not self._commits:
            self._last_has_left.set()

    def turned_away(self, reply: str, ip: str | None) -> None:
        """Journal a reply 4yz or 5yz unless it was our own fault, which is journalled where it happens."""
        code = replies.enhanced_code(reply)
        if not code.startswith("4.3."):
            self.journal.turned_away(channel=self.channel, code=code, peer=ip)

    async def farewell(self) -> None:
        """Let messages in hand finish for `close_seconds`, then end what is left. Commits under way are awaited."""
        self.closing = True
        for guest in tuple(self._guests):
            guest.bid_farewell()
        try:
            async with asyncio.timeout(self.settings.close_seconds):
                if self._guests or self._commits:
                    await self._last_has_left.wait()
        except TimeoutError:
            for guest in tuple(self._guests):
                guest.cut_off()

    # -- what they bring -------------------------------------------------------------------------------------------

    def dialogue(self, *, tls: bool) -> Dialogue:
        """A session's state at its beginning."""
        return Dialogue(self.settings, accepts=self._leads_here, has_room=self.has_room, tls=tls)

    def _leads_here(self, address: str) -> bool:
        try:
            return self._accepts(address)
        except TryLater:
            raise
        except Exception as error:  # the one door of the caller's answer: its fault is not the peer's
            self.journal.failed("accepts", error)
            raise TryLater("recipients cannot be looked up now") from error

    def has_room(self, size_bytes: int) -> bool:
        """Whether the disk and our memory have room for one more message of that size."""
        lacks = self._lacks(size_bytes)
        if lacks is not None:
            self.journal.not_kept(channel=self.channel, reason=lacks)
        return lacks is None

    def _lacks(self, size_bytes: int) -> str | None:
        if self.bytes_in_hand + size_bytes > self.settings.max_bytes_in_hand:
            return "memory-low"
        if self.settings.data_dir is None:
            return None
        disk = os.statvfs(self.settings.data_dir)
        return (
            "disk-low" if disk.f_bavail * disk.f_frsize < self.settings.min_free_bytes + size_bytes else None
        )

    def examine(self, block: DataBlock, dialogue: Dialogue, ip: str | None) -> ReceivedMail | Refused:
        """The message as it will be kept, or why not."""
        bare = block.has_bare_line_end
        if (text := block.take()) is None:
            return Refused(replies.TOO_BIG)
        if bare and self.settings.bare_line_ends != BareLineEnds.NORMALISE:
            return Refused(replies.BARE_LINE_END)
        if bare:
            text = normalised(text)
        older = trace.read_older_trace(text)
        if older.hops > self.settings.max_hops:
            return Refused(replies.LOOPS)
        hop = self._hop(dialogue, ip)
        return ReceivedMail(
            raw=trace.with_trace(text, older, hop),
            envelope=Envelope(dialogue.mail_from, tuple(dialogue.rcpt_to)),
            channel=self.channel,
            source_key=f"{self.channel}:{hop.id}",
            received_at=hop.received_at,
        )

    def _hop(self, dialogue: Dialogue, ip: str | None) -> trace.Hop:
        return trace.Hop(
            greeting=dialogue.greeting or "unknown",
            peer=ip,
            hostname=self.settings.hostname,
            protocol=trace.with_word(
                lmtp=dialogue.lmtp, extended=dialogue.extended, tls=dialogue.tls, utf8=dialogue.utf8
            ),
            id=secrets.token_hex(16),
            received_at=self._clock.now(),
            mail_from=dialogue.mail_from,
        )

    async def commit(self, mail: ReceivedMail) -> str:
        """Keep *mail* and give the reply. Goes on when the session that waits for it is gone."""
        task = asyncio.ensure_future(self._commit(mail))
        self._commits.add(task)
        task.add_done_callback(self._committed)
        return await asyncio.shield(task)

    def _committed(self, task: asyncio.Task[str]) -> None:
        self._commits.discard(task)
        self._look_round()

    async def _commit(self, mail: ReceivedMail) -> str:
        try:
            entry = await self._keep(mail)
        except StorageFull:
            self.journal.not_kept(channel=self.channel, reason="storage-full")
            return replies.STORAGE_FULL
        except TryLater as failure:
            self.journal.not_kept(channel=self.channel, reason="try-later")
            if failure.__cause__ is not None:
                self.journal.failed("keep", failure.__cause__)
            return replies.OWN_FAULT
        except Exception as error:  # noqa: BLE001 - whatever breaks, the sender keeps the mail and hears nothing of it
            self.journal.not_kept(channel=self.channel, reason="failed")
            self.journal.failed("keep", error)
            return replies.OWN_FAULT
        self.journal.kept(int(entry), channel=self.channel, size_bytes=len(mail.raw))
        return replies.KEPT
