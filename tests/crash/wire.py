"""A careful mail server's client side: it repeats a mail, Message-ID and all, until somebody has said 250 to it."""

import queue
import smtplib
import socket
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

LOOK = 0.05
"""Seconds between two looks at a state; also between two tries of the careful client."""


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Outgoing:
    """A mail that a client's or our own mail server has to deliver to us."""

    message_id: str
    sender: str
    recipient: str
    content: bytes


def say(port: int, mail: Outgoing, *, timeout: float = 60.0) -> tuple[int, str]:
    """One try by SMTP; the decisive reply, that to the final dot or the one that ended it before."""
    with smtplib.SMTP("127.0.0.1", port, local_hostname="mx.client.example", timeout=timeout) as client:
        try:
            client.sendmail(mail.sender, [mail.recipient], mail.content)
        except smtplib.SMTPRecipientsRefused as refused:
            code, text = refused.recipients[mail.recipient]
            return code, text.decode()
        except smtplib.SMTPResponseException as refused:
            said = refused.smtp_error
            return refused.smtp_code, said.decode() if isinstance(said, bytes) else str(said)
    return 250, "kept"


class CarefulSender:
    """Sends mails over a few connections at a time, none faster than *rate* a second all together."""

    def __init__(self, port: int, *, rate: float, connections: int = 4) -> None:
        self.port = port
        self.accepted: Counter[str] = Counter()
        """Message-ID to how often we heard 250 for it; once is how it should be."""
        self.tries: Counter[str] = Counter()
        self.refused: dict[str, tuple[int, str]] = {}
        """5yz: a careful sender gives up, and the test has found a fault."""
        self._queue: queue.SimpleQueue[Outgoing | None] = queue.SimpleQueue()
        self._pace = _Pace(1 / rate)
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, name=f"sender {number}", daemon=True)
            for number in range(connections)
        ]
        for thread in self._threads:
            thread.start()

    def send(self, mails: Sequence[Outgoing]) -> None:
        """Add to what is to be sent."""
        for mail in mails:
            self._queue.put(mail)

    def close(self) -> None:
        """End the threads, whatever is left to send."""
        self._stop.set()
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while (mail := self._queue.get()) is not None:
            self._pace.wait()
            while not self._stop.is_set() and not self._settled(mail):
                time.sleep(LOOK)

    def _settled(self, mail: Outgoing) -> bool:
        self.tries[mail.message_id] += 1
        try:
            code, text = say(self.port, mail)
        except (OSError, smtplib.SMTPException):
            return False  # no answer: it may have been kept or not, so the same mail goes again
        if code == 250:
            self.accepted[mail.message_id] += 1
        elif code >= 500:
            self.refused[mail.message_id] = (code, text)
        return code == 250 or code >= 500


@dataclass
class _Pace:
    """Lets callers through one after the other, *gap* seconds apart at least."""

    gap: float
    _next: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self) -> None:
        with self._lock:
            now = time.monotonic()
            mine = max(now, self._next)
            self._next = mine + self.gap
        time.sleep(mine - now)
