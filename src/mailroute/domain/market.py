"""What the market says: remarks of clients, and the themes that people file them under."""

from dataclasses import dataclass
from datetime import datetime

from mailroute.domain.issue import FeedbackTheme
from mailroute.domain.ticket import TicketRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One sentence of a client that sales wants to read, with its source."""

    line: int
    """Number of the `AccountLine` it stands on."""
    category: FeedbackTheme
    quote: str
    ticket: TicketRef
    organisation: str | None
    author: str
    """Name or address, for people."""
    voice: str
    """`address_key` of the author, or the name where there is no address."""
    at: datetime

    @property
    def account(self) -> str:
        """Who counts once: the organisation; of nobody's people each by itself."""
        return self.organisation or self.voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Several remarks that say the same in other words."""

    id: int
    category: FeedbackTheme
    name: str
    named_by: str | None = None
    """Staff id of who gave the name; None while it is the words of a client."""
    merged_into: int | None = None
    done_at: datetime | None = None
    """When people said that this is done: the wish is met, the fault is mended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCount:
    """How often a theme was heard in a period and in the one before; each account counts once."""

    theme: Theme
    accounts: tuple[str, ...]
    before: int
    """Accounts in the period before, of the same length."""
    remarks: tuple[Remark, ...]
    """Of this period, newest first."""
    few: bool
    """So few in both periods that a change may be chance."""

    @property
    def now(self) -> int:
        """Accounts in this period."""
        return len(self.accounts)

    @property
    def change(self) -> int:
        """Accounts more, or fewer, than in the period before."""
        return self.now - self.before
