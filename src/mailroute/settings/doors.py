"""The sections `[smtp]`, `[lmtp]` and `[http]`: what listens on this machine. Mailboxes stand in `imap`."""

from typing import Literal, Self

from pydantic import Field, model_validator

from mailroute.settings.kinds import (
    MIB,
    Address,
    Bytes,
    Count,
    Domain,
    ExistingFile,
    Port,
    Seconds,
    SocketPath,
)
from mailroute.settings.section import Section


class Smtp(Section):
    """Taking mail in by SMTP; the limits hold for LMTP as well."""

    enabled: bool = Field(default=True, description="Whether to listen for SMTP.")
    host: str = Field(default="127.0.0.1", description="Address to listen on; 0.0.0.0 or :: for all.")
    port: Port = Field(default=2525, description="Port to listen on.")
    hostname: Domain | None = Field(
        default=None, description="Name in the greeting; the machine's own when not set."
    )
    bare_lf: Literal["refuse", "normalise"] = Field(
        default="refuse",
        description="What becomes of lines that end in LF alone: refused with 550 5.5.2, or mended first.",
    )
    max_recipients: int = Field(
        default=100, description="Recipients of one message (RFC 5321 §4.5.3.1.8: at least 100).", ge=100
    )
    max_connections: Count = Field(default=200, description="Connections at one time.")
    max_connections_per_ip: Count = Field(default=50, description="Connections at one time from one address.")
    command_seconds: Seconds = Field(
        default=300.0, description="How long to wait for the next command (RFC 5321 §4.5.3.2.7)."
    )
    message_seconds: Seconds = Field(default=1800.0, description="How long one message may take to arrive.")
    min_free_bytes: Bytes = Field(
        default=100 * MIB, description="Room on the disk of data_dir below which mail is put off (452)."
    )
    journal: Address | None = Field(
        default=None,
        description="Where Exchange journals to; its envelopes are believed, so let nobody else write there.",
    )
    certificate: ExistingFile | None = Field(
        default=None, description="PEM file with the certificate chain; STARTTLS is offered when set."
    )
    certificate_key: ExistingFile | None = Field(
        default=None, description="PEM file with the key, if it is not in `certificate`."
    )

    @model_validator(mode="after")
    def _key_has_certificate(self) -> Self:
        if self.certificate is None and self.certificate_key is not None:
            raise ValueError("certificate_key needs certificate")
        return self


class Lmtp(Section):
    """Taking mail in by LMTP from a mail server on this machine."""

    enabled: bool = Field(default=False, description="Whether to listen for LMTP.")
    path: SocketPath | None = Field(
        default=None, description="Unix socket to listen on; `lmtp.sock` in data_dir when not set."
    )
    port: Port | None = Field(
        default=None,
        description="Port on 127.0.0.1 to listen on instead of the socket; never 25 (RFC 2033 §5).",
    )
    socket_mode: str = Field(
        default="0660", description="Rights of the socket, octal.", pattern="^0?[0-7]{3}$"
    )

    @model_validator(mode="after")
    def _not_the_smtp_port(self) -> Self:
        if self.port == 25:
            raise ValueError("LMTP must not be offered on port 25 (RFC 2033 §5)")
        if self.port is not None and self.path is not None:
            raise ValueError("set path or port, not both")
        return self


class Http(Section):
    """Health and metrics."""

    enabled: bool = Field(default=True, description="Whether to serve /healthz, /readyz and /metrics.")
    host: str = Field(default="127.0.0.1", description="Address to listen on; keep it private.")
    port: Port = Field(default=8025, description="Port to listen on.")
    public_url: str | None = Field(
        default=None,
        description="Where your web server passes /digest-off/ on to us; digests get their one-click link then.",
        pattern=r"^https://[^\s<>,]+$",
    )
