"""One connection to an IMAP server: the only home of imapclient, and of what must be done to use it safely.

* What fails is never used again: after an error the stream may be shifted by one reply, so the caller connects anew.
* Reading always has a time limit, or a path that has gone dead without a word would hold us for ever.
* After the end of the stream IDLE returns empty-handed at once, without end: early returns are counted.
* Nothing out of a message is ever put into a command; folder names come from the settings alone.
"""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self

import imapclient
from imapclient import exceptions
from imapclient.response_types import Address, Envelope

from mailroute.domain.errors import Misconfigured, TryLater
from mailroute.intake.mailbox_settings import MailboxAccount

TICK_SECONDS = 0.5
"""Within this a watcher notices that it is to stop."""
EARLY_RETURNS = 5
"""Of IDLE with nothing to say; TLS makes some by itself."""
WINDOW = 10_000
WIDEST_WINDOW = 1_000_000
"""UIDs that one search is about; wider where there are few mails."""
PART_BYTES = 2**20
"""Larger messages are fetched in parts of this size."""
HEADER_BYTES = 64 * 2**10
_FAULTS = (exceptions.IMAPClientError, OSError, ssl.SSLError, ValueError, TypeError, AssertionError)
"""What the library raises when a server, or the path to it, does not behave."""


class ConnectionLost(TryLater):
    """The session cannot be used any more; connect anew."""


class LoginRefused(TryLater):
    """The server does not let us in: a wrong or expired password, a token that was withdrawn."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A folder that has been opened."""

    uidvalidity: int
    uidnext: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """What is known of a message before its text is fetched."""

    uid: int
    size_bytes: int
    arrived_at: datetime
    senders: tuple[str, ...] = ()
    """Addresses of From and Sender; asked for only where the envelope decides."""
    recipients: tuple[str, ...] = ()
    """Addresses of To and Cc."""


class ImapSession:
    """A session that is logged in. For one thread."""

    def __init__(self, client: imapclient.IMAPClient, account: MailboxAccount) -> None:
        self._client = client
        self._account = account

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(
            *_FAULTS
        ):  # the other side may be gone, and nothing of ours depends on the farewell
            self._client.logout()
            return
        with contextlib.suppress(*_FAULTS):
            self._client.shutdown()

    @property
    def can_idle(self) -> bool:
        """Whether the server tells of new mail by itself (RFC 2177)."""
        return bool(self._client.has_capability("IDLE"))

    def select(self, folder: str, *, writes: bool) -> Selected:
        """Open a folder; read-only unless *writes*."""
        _check_name(folder)
        with _faults():
            try:
                said = self._client.select_folder(folder, readonly=not writes)
            except exceptions.IMAPClientError as error:
                if isinstance(error, exceptions.IMAPClientAbortError):
                    raise
                raise Misconfigured(f"imap.{self._account.name}: there is no folder {folder!r}") from error
            uidnext = said.get(b"UIDNEXT")
            return Selected(int(said[b"UIDVALIDITY"]), None if uidnext is None else int(uidnext))

    def uids_after(self, last: int, uidnext: int | None) -> Iterator[list[int]]:
        """UIDs above *last*, ascending, in lists of bounded length; *uidnext* as `select` gave it."""
        first, width = last + 1, WINDOW
        while uidnext is not None and first + width < uidnext:
            found = self.uids_between(first, first + width - 1)
            if found:
                yield found
            first += width
            width = min(width * 2, WIDEST_WINDOW) if len(found) < WINDOW // 4 else WINDOW
        if found := [
            uid for uid in self._search(f"{first}:*") if uid >= first
        ]:  # `n:*` always names the last
            yield found

    def uids_between(self, first: int, last: int) -> list[int]:
        """The UIDs there are from *first* to *last*."""
        if last < first:
            return []
        return [uid for uid in self._search(f"{first}:{last}") if first <= uid <= last]

    def uids_since(self, day: date) -> list[int]:
        """The UIDs of mails that arrived on *day* or later, by the server's calendar."""
        with _faults():
            return sorted(self._client.search(["SINCE", day]))

    def look(self, uids: Sequence[int], *, with_envelope: bool = False) -> list[Listed]:
        """Size and date of messages, and on request who writes to whom; those that are gone are left out."""
        if not uids:
            return []
        items = ["RFC822.SIZE", "INTERNALDATE", *(["ENVELOPE"] if with_envelope else [])]
        with _faults():
            found = self._client.fetch(uids, items)
            return [_listed(uid, found[uid]) for uid in uids if b"RFC822.SIZE" in found.get(uid, {})]

    def fetch(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The messages, without marking them as read; those that are gone are left out."""
        with _faults():
            found = self._client.fetch(uids, ["BODY.PEEK[]"])
            texts = {uid: found[uid].get(b"BODY[]") for uid in uids if uid in found}
            return {uid: bytes(text) for uid, text in texts.items() if text is not None}

    def fetch_large(self, uid: int, size_bytes: int) -> bytes | None:
        """One message, part by part, so that it is in memory only once; None when it is gone."""
        text = bytearray()
        with _faults():
            while len(text) < size_bytes:
                part = f"BODY.PEEK[]<{len(text)}.{PART_BYTES}>"
                found: Mapping[bytes, Any] = self._client.fetch([uid], [part]).get(uid, {})
                piece = next((value for key, value in found.items() if key.startswith(b"BODY[]")), None)
                if not piece:
                    break
                text += piece
        return bytes(text) if text else None

    def header(self, uid: int) -> bytes:
        """The header of a message that is too large to be fetched, as far as it is of use."""
        with _faults():
            found = self._client.fetch([uid], [f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>"]).get(uid, {})
            return bytes(next((value for key, value in found.items() if key.startswith(b"BODY[")), b""))

    def mark_read(self, uids: Sequence[int]) -> None:
        """Mark messages as read."""
        with _faults():
            self._client.add_flags(uids, [imapclient.SEEN], silent=True)

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move messages to another folder (RFC 6851)."""
        _check_name(folder)
        if not self._client.has_capability("MOVE"):
            raise Misconfigured(
                f"imap.{self._account.name}: the server knows no MOVE; set after to leave or flag"
            )
        with _faults():
            self._client.move(uids, folder)

    def wait(self, stop: threading.Event) -> None:
        """Return as soon as something may have come, or it is time to look all the same."""
        if not self.can_idle:
            stop.wait(self._account.poll_seconds)
            with _faults():
                self._client.noop()
            return
        with _faults():
            if self._told_meanwhile():
                return
            self._client.idle()
            self._idle(stop)
            self._client.idle_done()

    def _idle(self, stop: threading.Event) -> None:
        until, early = time.monotonic() + self._account.check_seconds, 0
        while not stop.is_set() and (left := until - time.monotonic()) > 0:
            began = time.monotonic()
            said = self._client.idle_check(timeout=min(left, TICK_SECONDS))
            if any(line[0] == b"BYE" for line in said):
                raise ConnectionLost("the server has said BYE")
            if any(b"EXISTS" in line[1:2] for line in said):
                return
            early = early + 1 if not said and time.monotonic() - began < min(left, TICK_SECONDS) / 2 else 0
            if early > EARLY_RETURNS:
                raise ConnectionLost("IDLE returns at once with nothing: the stream has ended")

    def _told_meanwhile(self) -> bool:
        """Whether new mail was announced among the answers to our last commands, where IDLE will not repeat it."""
        # The library keeps such lines where imaplib does, and has no name of its own for the place.
        return self._client._imap.untagged_responses.pop("EXISTS", None) is not None  # noqa: SLF001

    def _search(self, uids: str) -> list[int]:
        with _faults():
            self._told_meanwhile()  # what it tells of is in the answer
            return sorted(self._client.search(["UID", uids]))


def connect(account: MailboxAccount) -> ImapSession:
    """Connect, secure and log in.

    Raises:
        ConnectionLost: the server cannot be reached, or offers no TLS that we trust.
        LoginRefused: it does not know us.
    """
    context = ssl.create_default_context(cafile=account.certificate_authority)
    timeout = imapclient.SocketTimeout(account.timeout_seconds, account.timeout_seconds)
    with _faults():
        client = imapclient.IMAPClient(
            account.host,
            port=account.port,
            ssl=not account.starttls,
            ssl_context=None if account.starttls else context,
            timeout=timeout,
        )
    client.normalise_times = False  # dates with their zone, not in that of this machine
    try:
        with _faults():
            _keep_alive(client.socket())
            if account.starttls:
                _secure(client, context)
        _log_in(client, account)
    except BaseException:
        with contextlib.suppress(*_FAULTS):
            client.shutdown()
        raise
    return ImapSession(client, account)


def _secure(client: imapclient.IMAPClient, context: ssl.SSLContext) -> None:
    """STARTTLS or nothing: whoever takes it out of the greeting must not get our password."""
    if b"PREAUTH" in bytes(client.welcome or b""):  # then STARTTLS is not allowed any more (RFC 3501 §6.2.1)
        raise ConnectionLost("the server greets with PREAUTH: no TLS is possible")
    if not client.has_capability("STARTTLS"):
        raise ConnectionLost("the server offers no STARTTLS, and without TLS nothing is said")
    client.starttls(context)


def _log_in(client: imapclient.IMAPClient, account: MailboxAccount) -> None:
    token = account.tokens.token() if account.tokens else None
    try:
        with _faults(but=exceptions.LoginError):
            if token is None:
                client.login(account.user, account.password or "")
            elif client.has_capability("AUTH=OAUTHBEARER"):
                client.oauthbearer_login(account.user, token)
            else:
                client.oauth2_login(account.user, token)
    except exceptions.LoginError as error:
        if account.tokens is not None:
            account.tokens.refused()
        raise LoginRefused(f"{account.host} refuses the login of {account.name}") from error


@contextlib.contextmanager
def _faults(but: type[Exception] | tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """The one door of the library: whatever goes wrong ends the session."""
    try:
        yield
    except but:
        raise
    except _FAULTS as error:
        raise ConnectionLost(f"{type(error).__name__}: {str(error)[:200]}") from error


def _keep_alive(sock: socket.socket) -> None:
    """Let the system notice a dead path as well, between two looks of ours."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if hasattr(socket, "TCP_KEEPIDLE"):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 60)


def _check_name(folder: str) -> None:
    if any(ord(character) < 32 or ord(character) == 127 for character in folder):
        raise Misconfigured(f"{folder!r} cannot be the name of a folder")


def _listed(uid: int, found: Mapping[bytes, Any]) -> Listed:
    envelope: Envelope | None = found.get(b"ENVELOPE")
    arrived_at: datetime = found[b"INTERNALDATE"]
    return Listed(
        uid=uid,
        size_bytes=int(found[b"RFC822.SIZE"]),
        arrived_at=arrived_at if arrived_at.tzinfo else arrived_at.replace(tzinfo=UTC),
        senders=_addresses(envelope.from_, envelope.sender) if envelope else (),
        recipients=_addresses(envelope.to, envelope.cc) if envelope else (),
    )


def _addresses(*fields: Iterable[Address] | None) -> tuple[str, ...]:
    boxes = [box for field in fields for box in field or () if box.mailbox and box.host]
    return tuple(
        f"{box.mailbox.decode('utf-8', 'replace')}@{box.host.decode('utf-8', 'replace')}" for box in boxes
    )
