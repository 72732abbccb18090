"""The top of the table of settings: what stands before the sections, and the sections."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from mailroute.domain.address import domain_of, is_within
from mailroute.domain.policy import Mode
from mailroute.settings.digests import Digests
from mailroute.settings.dkim import Dkim
from mailroute.settings.doors import Http, Lmtp, Smtp
from mailroute.settings.followups import FollowUps
from mailroute.settings.imap import ImapAccount
from mailroute.settings.kinds import DatabaseUrl, ExistingFolder, SectionName
from mailroute.settings.sections import (
    DEFAULT_SERVICE,
    Closed,
    Directory,
    Engine,
    Extraction,
    Log,
    Reading,
    Routing,
    ServiceSection,
    Smarthost,
    Templates,
)
from mailroute.settings.sending import Sending
from mailroute.settings.silence import Silence
from mailroute.settings.trust import Trust
from mailroute.settings.urgency import Urgency


class Settings(BaseSettings):
    """All of it."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    layers: ClassVar[tuple[Mapping[str, Any], ...]] = ()
    """Values by source, strongest first; set in a subclass made for one loading."""

    mode: Mode = Field(
        default=Mode.OBSERVE,
        description="observe: all is done and shown, but nothing is sent; live: mail goes out.",
    )
    data_dir: Path = Field(
        default=Path(".mailroute"),
        description="Folder for the database, secret and sockets; made when missing.",
    )
    database_url: DatabaseUrl | None = Field(
        default=None,
        description="postgresql://user@host/name, or sqlite:///path; `mailroute.db` in data_dir when not set.",
    )
    secrets_dir: ExistingFolder | None = Field(
        default=None,
        description="Folder of secret files, one a setting; systemd's credentials are read, too.",
    )
    service: ServiceSection = Field(default=ServiceSection(), description="")
    smtp: Smtp = Field(default=Smtp(), description="")
    lmtp: Lmtp = Field(default=Lmtp(), description="")
    imap: dict[SectionName, ImapAccount] = Field(default={}, description="")
    silence: Silence = Field(default=Silence(), description="")
    http: Http = Field(default=Http(), description="")
    smarthost: Smarthost = Field(default=Smarthost(), description="")
    dkim: Dkim = Field(default=Dkim(), description="")
    trust: Trust = Field(default=Trust(), description="")
    reading: Reading = Field(default=Reading(), description="")
    sending: Sending = Field(default=Sending(), description="")
    closed: Closed = Field(default=Closed(), description="")
    routing: Routing = Field(default=Routing(), description="")
    digests: Digests = Field(default=Digests(), description="")
    followups: FollowUps = Field(default=FollowUps(), description="")
    templates: Templates = Field(default=Templates(), description="")
    extraction: Extraction = Field(default=Extraction(), description="")
    urgency: Urgency = Field(default=Urgency(), description="")
    directory: Directory = Field(default=Directory(), description="")
    engine: Engine = Field(default=Engine(), description="")
    log: Log = Field(default=Log(), description="")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is handed in, then the layers: `loading.py` alone looks at environment and files, and says which."""
        del env_settings, dotenv_settings, file_secret_settings
        return (init_settings, *(InitSettingsSource(settings_cls, dict(layer)) for layer in cls.layers))

    @property
    def database(self) -> str:
        """URL of the database as SQLAlchemy takes it."""
        url = self.database_url or f"sqlite:///{self.data_dir.absolute() / 'mailroute.db'}"
        return url.replace("postgresql:", "postgresql+psycopg:", 1) if url.startswith("postgresql:") else url

    @property
    def database_file(self) -> Path | None:
        """The file of an SQLite database; None on PostgreSQL."""
        scheme, _, path = self.database.partition(":///")
        return Path(path.partition("?")[0]) if scheme.startswith("sqlite") else None

    @property
    def lmtp_path(self) -> Path:
        """Where the LMTP socket is."""
        return self.lmtp.path or self.data_dir.absolute() / "lmtp.sock"

    @property
    def models_folder(self) -> Path:
        """What `mailroute train` has learned of types, a file a version."""
        return self.data_dir.absolute() / "models"

    @model_validator(mode="after")
    def _live_can_send(self) -> Self:
        if self.mode is Mode.LIVE and self.smarthost.host is None:
            raise ValueError("mode live needs smarthost.host")
        if self.mode is Mode.LIVE and self.service.routing_address == DEFAULT_SERVICE.routing_address:
            raise ValueError("mode live needs service.routing_address")
        return self

    @model_validator(mode="after")
    def _signs_its_own_domain(self) -> Self:
        domain, ours = self.dkim.domain, domain_of(self.service.routing_address)
        if domain is not None and not is_within(ours, domain.lower()):
            raise ValueError(
                f"dkim.domain must be {ours}, the domain of service.routing_address, or one above it"
            )
        return self
