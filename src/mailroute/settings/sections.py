"""The table of settings: one class a section of mailroute.toml, one field a setting (type, default, unit, help)."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator

from mailroute.domain.policy import (
    AfterClose,
    ClosedTickets,
    ReadingLimits,
    RoutingHabits,
    Service,
)
from mailroute.settings.kinds import (
    MIB,
    Address,
    Addresses,
    Bytes,
    Characters,
    Count,
    Days,
    Domain,
    Domains,
    ExistingFile,
    ExistingFolder,
    Port,
    ReferencePatterns,
    Region,
    Seconds,
    Timezone,
    Words,
)
from mailroute.settings.section import Section

_READING = ReadingLimits()
_CLOSED = ClosedTickets()
_ROUTING = RoutingHabits()
DEFAULT_SERVICE = Service()


class ServiceSection(Section):
    """The company that runs mailroute, as its clients see it."""

    name: str = Field(
        default=DEFAULT_SERVICE.name, description="Name of your company in mails to clients.", min_length=1
    )
    routing_address: Address = Field(
        default=DEFAULT_SERVICE.routing_address,
        description="Where clients and reps write; reply addresses are sub-addresses of it.",
    )
    also_accepts: Addresses = Field(default=(), description="Further addresses that lead here.")
    handoff_address: Address | None = Field(
        default=None, description="Address that also leads here; what staff send there hands sold work over."
    )
    form_senders: Addresses = Field(
        default=(), description="Addresses from which web forms write; their Reply-To is the client."
    )
    internal_domains: Domains = Field(default=(), description="Mail domains of your own company.")
    timezone: Timezone = Field(
        default=DEFAULT_SERVICE.timezone, description="IANA time zone of dates that do not tell their own."
    )

    country: Region | None = Field(
        default=None,
        description="Whose holidays you keep, such as DE or DE-BY; by the time zone when not set.",
    )
    language: Literal["en", "de"] = Field(
        default="en", description="Of the mails to your own people; clients get theirs in their own."
    )

    def to_domain(self) -> Service:
        """The same as the pure code knows it."""
        return Service(
            name=self.name,
            routing_address=self.routing_address,
            also_accepts=self.also_accepts,
            handoff_address=self.handoff_address,
            form_senders=self.form_senders,
            internal_domains=self.internal_domains,
            timezone=self.timezone,
            country=self.country,
            language=self.language,
        )


class Security(StrEnum):
    """How the connection to the smarthost is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"

    @property
    def port(self) -> int:
        """The usual port (RFC 5321 §4.5.4.2, RFC 6409 §3.1, RFC 8314 §3.3)."""
        return {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}[self]


class Smarthost(Section):
    """The mail server that takes our outgoing mail."""

    host: Domain | None = Field(default=None, description="Name or address; must be set in mode live.")
    port: Port | None = Field(default=None, description="Port; by `security` 25, 587 or 465 when not set.")
    security: Security = Field(default=Security.STARTTLS, description="none, starttls or tls.")
    username: str | None = Field(default=None, description="User name, if the server wants one.")
    password: SecretStr | None = Field(
        default=None,
        description="Password; better as the secret file `smarthost__password` or in MAILROUTE_SMARTHOST__PASSWORD.",
    )
    hostname: Domain | None = Field(
        default=None, description="Our name in EHLO; the machine's own when not set."
    )
    certificate_authority: ExistingFile | None = Field(
        default=None, description="PEM file with authorities to trust; those of the system when not set."
    )
    command_seconds: Seconds = Field(
        default=60.0, description="How long to wait for the connection or a reply."
    )
    dot_seconds: Seconds = Field(
        default=600.0, description="How long to wait for the reply to the final dot (RFC 5321 §4.5.3.2.6)."
    )
    connections: Count = Field(
        default=10,
        description="Connections kept to it at one time by one worker; no more than engine.concurrency.",
    )
    mails_per_connection: Count = Field(default=100, description="Mails after which a connection is changed.")

    @property
    def actual_port(self) -> int:
        """The port set, or the usual one."""
        return self.port or self.security.port

    @model_validator(mode="after")
    def _password_has_user(self) -> Self:
        if self.password is not None and self.username is None:
            raise ValueError("password needs username")
        if self.password is not None and self.security is Security.NONE and not _is_loopback(self.host):
            raise ValueError("a password must not travel unprotected: set security to starttls or tls")
        return self


def _is_loopback(host: str | None) -> bool:
    return host is not None and (host in {"localhost", "::1"} or host.startswith("127."))


class Reading(Section):
    """What one message may cost; above it, it is set aside or read in part."""

    seconds: Seconds = Field(default=_READING.seconds, description="Time for reading one message.")
    memory_bytes: Bytes = Field(
        default=_READING.memory_bytes, description="Memory of the reader.", ge=256 * MIB
    )
    raw_bytes: Bytes = Field(
        default=_READING.raw_bytes, description="Size of a message taken in; announced as SIZE.", ge=64 * 1024
    )
    header_bytes: Bytes = Field(
        default=_READING.header_bytes, description="All header fields together.", ge=1024
    )
    field_bytes: Bytes = Field(default=_READING.field_bytes, description="One header field.", ge=1024)
    parts: Count = Field(default=_READING.parts, description="MIME parts.")
    depth: Count = Field(default=_READING.depth, description="Nesting of MIME parts.")
    html_bytes: Bytes = Field(default=_READING.html_bytes, description="HTML that is turned into text.")
    text_characters: Characters = Field(
        default=_READING.text_characters, description="Visible text that is split and shown."
    )
    extraction_characters: Characters = Field(
        default=_READING.extraction_characters, description="Text of the client that spaCy reads."
    )


class Closed(Section):
    """Clients who write on a closed ticket."""

    reopen_within_days: Days = Field(
        default=_CLOSED.reopen_within.days, description="Age, from closing, up to which `within` holds."
    )
    within: AfterClose = Field(
        default=_CLOSED.within,
        description="reopen; new-ticket: one of its own, linked to the old one; refuse: held for a person.",
    )
    later: AfterClose = Field(default=_CLOSED.later, description="The same, for tickets closed longer ago.")


class Routing(Section):
    """Whose work it is, where directory and rules leave it open."""

    learned_threshold: float = Field(
        default=_ROUTING.learned_threshold,
        description="How sure a suggestion learned from reassignments must be, 0.5 to 1; above 0.999 none ever is.",
        ge=0.5,
        le=1.0,
    )
    previous_handler_days: Days = Field(
        default=_ROUTING.previous_handler.days,
        description="Age up to which a client's earlier ticket counts for a further one of the same matter.",
    )


class Templates(Section):
    """Texts of mails and pages."""

    override_dir: ExistingFolder | None = Field(
        default=None,
        description="Folder laid out as the shipped templates; a file there is used instead of the shipped one.",
    )


class Extraction(Section):
    """Reading what clients want."""

    model: str | None = Field(
        default=None,
        description="spaCy model by name or path; an installed en_core_web_sm, else the shipped one, when not set.",
    )
    competitors: Words = Field(
        default=(),
        description="Names of companies; sentences of clients that name one are shown as feedback.",
    )
    reference_patterns: ReferencePatterns = Field(
        default=(),
        description="Your own numbers, each as kind=regular expression, such as 'order=KX[0-9]{6}'.",
    )


class Directory(Section):
    """People, organisations, projects and routing rules."""

    file: ExistingFile | None = Field(
        default=None,
        description="TOML or CSV file that is loaded at each start; else what `mailroute directory import` kept.",
    )


class Engine(Section):
    """The workers."""

    workers: int = Field(
        default=1, description="Worker processes that `mailroute serve` starts.", ge=0, le=64
    )
    concurrency: Count = Field(default=4, description="Jobs in hand at one time in one worker.")
    heartbeat_seconds: Seconds = Field(default=5.0, description="How often a worker says that it lives.")
    stalled_seconds: Seconds = Field(default=20.0, description="Silence after which a worker counts as dead.")
    sweep_seconds: Seconds = Field(default=60.0, description="How often rows without a job are looked for.")
    stop_seconds: Seconds = Field(
        default=30.0, description="How long a worker may take to finish the message in hand when stopped."
    )

    @model_validator(mode="after")
    def _beats_before_death(self) -> Self:
        if self.stalled_seconds < 2 * self.heartbeat_seconds:
            raise ValueError("stalled_seconds must be at least twice heartbeat_seconds")
        return self


class Log(Section):
    """What the service tells its operator."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least important lines that are written; debug may show addresses."
    )
    as_json: bool | None = Field(
        default=None,
        description="JSON lines (true) or text (false); text on a terminal, else JSON, when not set.",
        alias="json",
    )
