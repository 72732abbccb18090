"""The section `[dkim]`."""

from typing import Self

from pydantic import Field, model_validator

from mailroute.settings.kinds import Domain, ExistingFile
from mailroute.settings.section import Section


class Dkim(Section):
    """Signing what we send (RFC 6376); leave it out where the smarthost signs."""

    domain: Domain | None = Field(
        default=None, description="Domain that signs; that of the routing address when not set."
    )
    selector: str | None = Field(
        default=None,
        description="Selector: the public key stands in the DNS at SELECTOR._domainkey.DOMAIN.",
        pattern=r"^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$",
    )
    key_file: ExistingFile | None = Field(
        default=None, description="PEM file with the private key, RSA of 2048 bits or Ed25519."
    )

    @model_validator(mode="after")
    def _all_or_nothing(self) -> Self:
        if (self.selector is None) != (self.key_file is None):
            raise ValueError("selector and key_file need each other")
        if self.domain is not None and self.selector is None:
            raise ValueError("domain needs selector and key_file")
        return self
