"""What a mailbox is to us: server, account, folders, and how patient we are."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mailroute.domain.mailboxes import After
from mailroute.domain.received import FolderRole
from mailroute.intake.oauth import TokenSource


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxAccount:
    """One account on an IMAP server. TLS always; there is no setting that does without."""

    name: str
    host: str
    port: int
    starttls: bool
    """Whether TLS begins by STARTTLS; otherwise with the connection (RFC 8314 §3.2)."""
    certificate_authority: Path | None = None
    user: str
    password: str | None = None
    tokens: TokenSource | None = None
    """Where access tokens come from, instead of a password."""
    timeout_seconds: float = 30.0
    """For the connection and for each answer."""
    check_seconds: float = 300.0
    """How often an idle connection is tried, and the folder looked at all the same."""
    poll_seconds: float = 30.0
    """How often a server is asked that knows no IDLE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedFolder:
    """One folder of an account."""

    account: MailboxAccount
    folder: str
    role: FolderRole
    after: After = After.LEAVE
    move_to: str | None = None
    owner: str | None = None
    """Address of the one of us whose mailbox it is."""
    routing_address: str
    max_bytes: int
    """Larger mails are named and quarantined, not fetched."""
    from_the_start: bool = False
    """Whether mail that lies there at the first look is taken, too."""

    @property
    def name(self) -> str:
        """As people write it: account/folder."""
        return f"{self.account.name}/{self.folder}"

    @property
    def writes(self) -> bool:
        """Whether the folder is opened for more than reading."""
        return self.after is not After.LEAVE


@dataclass(frozen=True, slots=True)
class Past:
    """The past of a folder, taken once."""

    since: datetime
