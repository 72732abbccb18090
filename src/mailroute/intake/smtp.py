"""The SMTP and LMTP door: one listening socket, many sessions, every message kept before it is answered 250."""

import asyncio
import contextlib
import ssl
from collections.abc import Callable

from mailroute.domain.clock import Clock
from mailroute.domain.errors import Misconfigured
from mailroute.intake.listener_settings import BareLineEnds, ListenerSettings, WireProtocol
from mailroute.intake.reception import Keep, Reception
from mailroute.intake.session import MailSession
from mailroute.journal import Journal

__all__ = ["BareLineEnds", "Keep", "Listener", "ListenerSettings", "WireProtocol", "listen"]

Address = tuple[str, int] | str
"""Host and port, or the path of a unix socket."""


class Listener:
    """A door that is open."""

    def __init__(self, server: asyncio.Server, reception: Reception, address: Address) -> None:
        self._server = server
        self._reception = reception
        self.address = address

    @property
    def where(self) -> str:
        """The address as people write it."""
        return self.address if isinstance(self.address, str) else f"{self.address[0]}:{self.address[1]}"

    async def close(self) -> None:
        """Take no new connection, finish the messages in hand (`close_seconds` at most), then close."""
        self._server.close()
        await self._reception.farewell()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                await self._server.wait_closed()
        settings = self._reception.settings
        if settings.socket_path is not None:
            settings.socket_path.unlink(missing_ok=True)
        self._reception.journal.stopped(settings.protocol)


async def listen(
    settings: ListenerSettings,
    *,
    keep: Keep,
    accepts: Callable[[str], bool],
    clock: Clock,
    journal: Journal,
) -> Listener:
    """Open the door. *keep* returns once the message is durable; *accepts* says whether an address leads here.

    *accepts* may raise TryLater (451 for that recipient). It runs on the event loop: it must answer from memory.
    """
    reception = Reception(
        settings, keep=keep, accepts=accepts, clock=clock, journal=journal, tls=_tls_context(settings)
    )
    loop = asyncio.get_running_loop()

    def session() -> MailSession:
        return MailSession(reception, loop)

    try:
        if settings.socket_path is not None:
            server = await loop.create_unix_server(session, settings.socket_path)
            settings.socket_path.chmod(settings.socket_mode)
            address: Address = str(settings.socket_path)
        else:
            server = await loop.create_server(session, settings.host, settings.port, backlog=512)
            address = server.sockets[0].getsockname()[:2]
    except OSError as error:
        where = settings.socket_path or f"{settings.host}:{settings.port}"
        raise Misconfigured(f"cannot listen on {where}: {error.strerror or error}") from error
    listener = Listener(server, reception, address)
    journal.started(settings.protocol, where=listener.where)
    return listener


def _tls_context(settings: ListenerSettings) -> ssl.SSLContext | None:
    if settings.certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(settings.certificate, settings.key)
    except (OSError, ssl.SSLError) as error:
        raise Misconfigured(f"TLS certificate {settings.certificate} cannot be used: {error}") from error
    return context
