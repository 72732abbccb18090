"""The sections `[imap.NAME]`: mailboxes that are read."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, SecretStr, model_validator

from mailroute.domain.mailboxes import After
from mailroute.domain.received import FolderRole
from mailroute.settings.kinds import Address, Domain, ExistingFile, Port, Seconds, Words
from mailroute.settings.section import Section

MICROSOFT = "https://login.microsoftonline.com"
GOOGLE_TOKENS = "https://oauth2.googleapis.com/token"
SCOPES = {
    "microsoft": ("https://outlook.office365.com/IMAP.AccessAsUser.All",),
    "microsoft-application": ("https://outlook.office365.com/.default",),
    "google": ("https://mail.google.com/",),
}


def _check_folder_name(text: str) -> str:
    if not text or any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise ValueError(f"{text!r} cannot be the name of a folder")
    return text


FolderName = Annotated[str, AfterValidator(_check_folder_name)]


class OAuth2(Section):
    """Signing in to a mailbox with tokens instead of a password."""

    provider: Literal["microsoft", "google", "other"] | None = Field(
        default=None, description="Whose tokens; a password is used when not set."
    )
    client_id: str | None = Field(default=None, description="Id of your application at the provider.")
    client_secret: SecretStr | None = Field(
        default=None,
        description="Its secret, as the secret file `imap__NAME__oauth2__client_secret`.",
    )
    tenant: str = Field(default="organizations", description="Microsoft: your tenant's id or domain.")
    refresh_token: SecretStr | None = Field(
        default=None,
        description="Got by a sign-in elsewhere; `mailroute sign-in NAME` needs none (Microsoft).",
    )
    token_url: str | None = Field(
        default=None, description="Token endpoint; the provider's own when not set.", pattern="^https?://"
    )
    scope: Words = Field(default=(), description="What the token is for; the provider's usual when not set.")

    @property
    def url(self) -> str:
        """Where tokens are asked for."""
        if self.token_url is not None:
            return self.token_url
        return (
            f"{MICROSOFT}/{self.tenant}/oauth2/v2.0/token" if self.provider == "microsoft" else GOOGLE_TOKENS
        )

    @property
    def signs_in(self) -> bool:
        """Whether a person signs in by device flow."""
        return self.provider == "microsoft" and self.refresh_token is None and self.client_secret is None

    @property
    def scopes(self) -> tuple[str, ...]:
        """What is asked for."""
        by_application = self.provider == "microsoft" and self.refresh_token is None and self.client_secret
        key = "microsoft-application" if by_application else self.provider or ""
        return self.scope or SCOPES.get(key, ())

    @model_validator(mode="after")
    def _can_ask(self) -> Self:
        if self.provider is None:
            return self
        if self.client_id is None:
            raise ValueError("oauth2 needs client_id")
        if self.provider == "google" and self.refresh_token is None:
            raise ValueError("oauth2 at Google needs refresh_token: Google's device flow gives none for mail")
        if self.provider == "other" and self.token_url is None:
            raise ValueError("oauth2 at another provider needs token_url")
        return self


class ImapAccount(Section):
    """A mailbox that is read by IMAP; NAME is yours to choose, in small letters."""

    host: Domain = Field(description="Name of the server; its certificate must be for it.")
    security: Literal["tls", "starttls"] = Field(
        default="tls", description="TLS from the start, or by STARTTLS; never without."
    )
    port: Port | None = Field(default=None, description="Port; by `security` 993 or 143 when not set.")
    certificate_authority: ExistingFile | None = Field(
        default=None, description="PEM file with authorities to trust; those of the system when not set."
    )
    user: str = Field(description="User name.", min_length=1)
    password: SecretStr | None = Field(
        default=None,
        description="Password; better as the secret file `imap__NAME__password` or in MAILROUTE_IMAP__NAME__PASSWORD.",
    )
    folders: dict[FolderName, FolderRole] = Field(
        default={"INBOX": FolderRole.ROUTING},
        description='Folders and what they are, such as { INBOX = "routing" }: '
        "routing, shared, journal, issues, inbox-known or sent.",
    )
    owner: Address | None = Field(
        default=None,
        description="The one of you whose mailbox it is; needed for issues, inbox-known and sent.",
    )
    after: After = Field(
        default=After.LEAVE,
        description="What is done to a mail once it is kept: leave, flag (marked as read) or move (to `move_to`).",
    )
    move_to: FolderName | None = Field(default=None, description='Folder for `after = "move"`.')
    from_the_start: bool = Field(
        default=False, description="Whether mail that lies there at the first look is taken, too."
    )
    check_seconds: Seconds = Field(
        default=300.0, description="How often an idle connection is tried, and the folder looked at.", le=1740
    )
    poll_seconds: Seconds = Field(default=30.0, description="How often a server is asked that knows no IDLE.")
    timeout_seconds: Seconds = Field(default=30.0, description="How long to wait for connection and answers.")
    oauth2: OAuth2 = Field(default=OAuth2(), description="")

    @property
    def actual_port(self) -> int:
        """The port set, or the usual one (RFC 8314 §3.2, RFC 3501 §2.1)."""
        return self.port or (993 if self.security == "tls" else 143)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.owner is None and (of := [f for f, role in self.folders.items() if role.of_a_person]):
            raise ValueError(f"folder {of[0]!r} is a person's: set owner to their address")
        if (self.after is After.MOVE) != (self.move_to is not None):
            raise ValueError('after = "move" and move_to go together')
        if self.password is not None and self.oauth2.provider is not None:
            raise ValueError("set password or oauth2, not both")
        return self


def token_file(data_dir: Path, name: str) -> Path:
    """Where the tokens of an account are kept."""
    return data_dir.absolute() / "tokens" / f"{name}.json"
