"""The server that takes our mail: where it is, how the way is protected, how long we wait."""

from dataclasses import dataclass, field
from enum import StrEnum


class Tls(StrEnum):
    """How the connection is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    """Required: there is no silent way back to clear text."""
    IMPLICIT = "implicit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Smarthost:
    """One row of the settings, as the transport needs it."""

    host: str = "localhost"
    port: int = 25
    tls: Tls = Tls.NONE
    ca_file: str | None = None
    """PEM file with further authorities to believe; None: those of the system alone."""
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    local_hostname: str | None = None
    """Our name in EHLO; None: the machine's own."""
    timeout: float = 60.0
    """Seconds for each command."""
    dot_timeout: float = 600.0
    """Seconds for the answer to the final dot (RFC 5321 §4.5.3.2.6: ten minutes)."""
    idle_seconds: float = 15.0
    """How long a connection without work is kept."""
    mails_per_connection: int = 100
