"""What one listener offers and where it stops. Pure values; `smtp.listen` turns them into sockets."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from mailroute.domain.errors import Misconfigured


class WireProtocol(StrEnum):
    """Which of the two protocols is spoken; they differ in greeting and in the replies to the final dot."""

    SMTP = "smtp"
    """RFC 5321: one reply for the message."""
    LMTP = "lmtp"
    """RFC 2033: one reply for each recipient; never on port 25."""


class BareLineEnds(StrEnum):
    """What becomes of mail with a CR or LF that stands alone (RFC 5321 §2.3.8; SMTP smuggling, VU#302671)."""

    REFUSE = "refuse"
    """550 5.5.2 for the message; in commands 500 5.5.2."""
    NORMALISE = "normalise"
    """Made CRLF before anything else sees the message; they never end it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenerSettings:
    """One listening socket: where, which protocol, and every limit that a stranger could run into."""

    host: str = "127.0.0.1"
    port: int = 2525
    """0 lets the system choose; `Listener.address` tells."""
    socket_path: Path | None = None
    """A unix socket instead of host and port; at most 107 bytes long."""
    socket_mode: int = 0o660
    """Who may connect to the unix socket; Postfix's lmtp client runs as user postfix."""
    protocol: WireProtocol = WireProtocol.SMTP
    hostname: str = "localhost"
    """How we call ourselves in greeting and trace lines."""

    max_bytes: int = 35 * 2**20
    """Of one message, announced as SIZE (RFC 1870)."""
    max_recipients: int = 100
    """Of one message; RFC 5321 §4.5.3.1.8 asks for 100 at least."""
    max_connections: int = 200
    max_connections_per_ip: int = 50
    """Postfix has the same default; peers on a unix socket are not told apart and not counted by this."""
    max_bytes_in_hand: int = 512 * 2**20
    """Of all bodies that are being received or committed at one moment; above it 452."""
    max_errors: int = 20
    """Replies 5xx in one session between two kept messages; then 421 and the connection ends."""
    max_idle_commands: int = 1000
    """NOOP, RSET, EHLO, surplus recipients and the like between two kept messages; then 421."""
    max_hops: int = 100
    """Received lines; more mean a loop (RFC 5321 §6.3)."""

    command_seconds: float = 300.0
    """RFC 5321 §4.5.3.2.7: 5 minutes at least."""
    block_seconds: float = 180.0
    """Silence within DATA."""
    message_seconds: float = 1800.0
    """From 354 to the final dot: 35 MiB at 20 KiB/s."""
    close_seconds: float = 30.0
    """How long `close` waits for messages in hand."""

    bare_line_ends: BareLineEnds = BareLineEnds.REFUSE
    certificate: Path | None = None
    """PEM chain; with it STARTTLS is offered."""
    key: Path | None = None
    """PEM key; None when it stands in the certificate's file."""
    data_dir: Path | None = None
    """Whose file system must keep min_free_bytes free; None checks nothing."""
    min_free_bytes: int = 100 * 2**20

    def __post_init__(self) -> None:
        if self.protocol is WireProtocol.LMTP and self.socket_path is None and self.port == 25:
            raise Misconfigured("LMTP must not be spoken on port 25 (RFC 2033 §5); choose another port")
        if self.max_recipients < 100:
            raise Misconfigured("max_recipients must be 100 at least (RFC 5321 §4.5.3.1.8)")
        if self.key is not None and self.certificate is None:
            raise Misconfigured(f"a TLS key ({self.key}) without a certificate; name the certificate, too")
