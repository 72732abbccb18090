"""Mail to the smarthost by SMTP. The one file that speaks aiosmtplib; its errors end here, as one Delivery a recipient.

Only what a server says about this mail or this recipient can refuse it for good. Trouble before MAIL FROM (no
connection, a 5yz greeting, TLS, a wrong password) is about the two servers, and the mail waits for it to be mended.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress

import aiosmtplib

from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import ComposedMail, Deferred, Delivery, Refused, Sent
from mailroute.outbound.headers import clean, wire_address
from mailroute.outbound.smarthost import Smarthost, Tls

BeforeDot = Callable[[], Awaitable[None]]

UNKNOWN = "unknown: "
CONNECTION = "connection: "
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_FLUSH_CHECK_SECONDS = 0.005


def code_of(delivery: Delivery) -> str:
    """The SMTP code of an answer; `connection` or `unknown` where the server has not given one."""
    head = delivery.reply[:3]
    return head if head.isdigit() else delivery.reply.partition(":")[0]


def is_unknown(delivery: Delivery) -> bool:
    """Whether the mail may have gone although no answer came: the connection was lost after the final dot."""
    return isinstance(delivery, Deferred) and delivery.reply.startswith(UNKNOWN)


class SmtpTransport:
    """Delivers mails one after the other over one kept connection. Belongs to one event loop."""

    def __init__(self, settings: Smarthost) -> None:
        if settings.username and settings.tls is Tls.NONE and settings.host not in _LOOPBACK:
            raise Misconfigured("the smarthost's password would travel in clear text; set its tls")
        self._settings = settings
        self._turn = asyncio.Lock()
        self._client: aiosmtplib.SMTP | None = None
        self._carried = 0
        self._idle: asyncio.TimerHandle | None = None

    async def deliver(
        self, mail: ComposedMail, recipients: Sequence[str], *, before_dot: BeforeDot | None = None
    ) -> Mapping[str, Delivery]:
        """What became of *mail* for each of *recipients*.

        *before_dot* is awaited when the whole mail but its final dot has left this process. If it raises, the
        connection is cut, nothing has been delivered, and its error goes to the caller.
        """
        async with self._turn:
            if self._idle is not None:
                self._idle.cancel()
                self._idle = None
            try:
                client = await self._connected()
            except _TROUBLE as error:
                self._drop()
                return dict.fromkeys(recipients, Deferred(_told(error)))
            session = _Transaction(client, self._settings, mail)
            try:
                results = await session.run(recipients, before_dot)
            except BaseException:
                self._drop()
                raise
            self._carried += 1
            self._keep_or_drop(session)
            return results

    @property
    def is_connected(self) -> bool:
        """Whether a connection is being kept."""
        return self._client is not None and self._client.is_connected

    async def close(self) -> None:
        """Say goodbye to the server, if there is a connection."""
        async with self._turn:
            await self._leave()

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._client is not None and await self._is_alive(self._client):
            return self._client
        settings = self._settings
        client = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.tls is Tls.IMPLICIT,
            start_tls=settings.tls is Tls.STARTTLS,
            cert_bundle=settings.ca_file,
            username=settings.username,
            password=settings.password,
            local_hostname=settings.local_hostname,
            timeout=settings.timeout,
        )
        self._client, self._carried = client, 0
        await client.connect()
        if client.is_ehlo_or_helo_needed:
            await _greet(client)
        return client

    async def _is_alive(self, client: aiosmtplib.SMTP) -> bool:
        if self._carried >= self._settings.mails_per_connection:
            await self._leave()
            return False
        try:
            await client.rset()
        except _TROUBLE:
            self._drop()
            return False
        return True

    def _keep_or_drop(self, session: "_Transaction") -> None:
        if not session.in_step:
            self._drop()
        elif self.is_connected:
            loop = asyncio.get_running_loop()
            self._idle = loop.call_later(self._settings.idle_seconds, self._drop)

    async def _leave(self) -> None:
        if self._client is not None and self._client.is_connected:
            with suppress(*_TROUBLE):  # all mail on this connection has its answer already
                await self._client.quit(timeout=min(self._settings.timeout, 5.0))
        self._drop()

    def _drop(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        if self._client is not None:
            self._client.close()
            self._client = None


_TROUBLE = (aiosmtplib.SMTPException, OSError)


async def _greet(client: aiosmtplib.SMTP) -> None:
    try:
        await client.ehlo()
    except aiosmtplib.SMTPHeloError:
        if not client.is_connected:
            raise
        await client.helo()


def _told(error: BaseException) -> str:
    """An error as a reply text: with its code where a server gave one."""
    if isinstance(error, aiosmtplib.SMTPResponseException) and error.code > 0:
        return _reply(error.code, error.message)
    return CONNECTION + clean(str(error) or type(error).__name__, 300)


def _reply(code: int, message: str) -> str:
    return f"{code} {clean(message, 300)}".rstrip()


def _judged(code: int, message: str) -> Delivery:
    reply = _reply(code, message)
    if 200 <= code < 300:
        return Sent(reply)
    return Refused(reply) if 500 <= code < 600 else Deferred(reply)


class _Transaction:
    """One mail on an open connection: MAIL, RCPT, DATA, dot."""

    def __init__(self, client: aiosmtplib.SMTP, settings: Smarthost, mail: ComposedMail) -> None:
        self._client = client
        self._settings = settings
        self._mail = mail
        self.in_step = True
        """Whether the connection can carry another mail."""

    async def run(self, recipients: Sequence[str], before_dot: BeforeDot | None) -> Mapping[str, Delivery]:
        results: dict[str, Delivery] = {}
        wire = self._writable(recipients, results)
        try:
            accepted = await self._envelope(wire, results)
            if accepted:
                results |= dict.fromkeys(accepted, await self._content(before_dot))
        except _TROUBLE as error:
            self.in_step = False
            left = [recipient for recipient in recipients if recipient not in results]
            results |= dict.fromkeys(left, Deferred(_told(error)))
        return {recipient: results[recipient] for recipient in recipients}

    def _writable(self, recipients: Sequence[str], results: dict[str, Delivery]) -> dict[str, str]:
        """Recipient -> its address in an SMTP command; the others get their result here."""
        wire: dict[str, str] = {}
        for recipient in recipients:
            address = wire_address(recipient)
            if address is None:
                results[recipient] = Refused("501 5.1.3 This address cannot be written in SMTP")
            elif not address.isascii() and not self._client.supports_extension("smtputf8"):
                results[recipient] = Refused(
                    "553 5.6.7 The mail server does not take such addresses (SMTPUTF8)"
                )
            else:
                wire[recipient] = address
        return wire

    async def _envelope(self, wire: Mapping[str, str], results: dict[str, Delivery]) -> list[str]:
        """MAIL and RCPT; who is accepted. Whoever is not has a result."""
        if not wire:
            return []
        if (most := self._size_limit()) is not None and len(self._mail.raw) > most:
            told = (
                f"552 5.3.4 The mail server takes {most} octets (SIZE), this mail has {len(self._mail.raw)}"
            )
            results |= dict.fromkeys(wire, Refused(told))
            return []
        utf8 = not all(address.isascii() for address in wire.values())
        try:
            await self._client.mail(
                wire_address(self._mail.mail_from) or "", options=self._options(utf8=utf8)
            )
        except aiosmtplib.SMTPSenderRefused as error:
            answer = _judged(error.code, error.message)
            if error.code == 530:  # we must log in first: our settings are at fault, not the mail
                answer = Deferred(answer.reply)
            results |= dict.fromkeys(wire, answer)
            return []
        accepted = []
        for recipient, address in wire.items():
            try:
                await self._client.rcpt(address, encoding="utf-8" if utf8 else "ascii")
                accepted.append(recipient)
            except aiosmtplib.SMTPRecipientRefused as error:
                results[recipient] = _judged(error.code, error.message)
        return accepted

    def _size_limit(self) -> int | None:
        """What the other side has announced (RFC 1870 §4); 0 and nothing set no limit."""
        announced = self._client.esmtp_extensions.get("size", "").strip()
        return int(announced) if announced.isdecimal() and int(announced) else None

    def _options(self, *, utf8: bool) -> list[str]:
        options = ["SMTPUTF8"] if utf8 else []
        if self._client.supports_extension("size"):
            options.append(f"SIZE={len(self._mail.raw)}")
        return options

    async def _content(self, before_dot: BeforeDot | None) -> Delivery:
        answer = await self._client.execute_command(b"DATA")
        if answer.code != 354:
            judged = _judged(answer.code, answer.message)
            return Deferred(judged.reply) if isinstance(judged, Sent) else judged
        # Past 354 nothing but a whole mail keeps the two sides in step.
        self.in_step = False
        protocol = self._client.protocol
        if protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("lost after DATA")
        protocol.write(_stuffed(self._mail.raw))
        await self._flushed()
        if before_dot is not None:
            await before_dot()
        protocol.write(b".\r\n")  # raises when the connection is gone: then no dot has left
        try:
            answer = await protocol.read_response(timeout=self._settings.dot_timeout)
        except _TROUBLE as error:
            return Deferred(
                f"{UNKNOWN}no answer to the final dot, the mail may have gone ({clean(str(error), 200)})"
            )
        self.in_step = answer.code != 421
        return _judged(answer.code, answer.message)

    async def _flushed(self) -> None:
        """Wait until the operating system has all that was written: a big mail must not widen the window."""
        async with asyncio.timeout(self._settings.dot_timeout):
            while (transport := self._client.transport) is not None and not transport.is_closing():
                if not isinstance(transport, asyncio.WriteTransport) or not transport.get_write_buffer_size():
                    return
                await asyncio.sleep(_FLUSH_CHECK_SECONDS)
        raise aiosmtplib.SMTPServerDisconnected("lost before the final dot")


def _stuffed(raw: bytes) -> bytes:
    """With the dots of RFC 5321 §4.5.2, ending in CR LF; ComposedMail has CR LF line ends throughout."""
    whole = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    return (b"." if whole.startswith(b".") else b"") + whole.replace(b"\r\n.", b"\r\n..")
