"""The account of a client: what has been said on either side, line by line, each with its words, date and source.

Written with every message that comes to a ticket; ledger, briefs, market feedback and digests only read it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mailroute.domain.address import Mailbox
from mailroute.domain.received import InboxId
from mailroute.domain.ticket import Role, TicketRef


class LineKind(StrEnum):
    """What a line of the account holds."""

    FACT = "fact"
    """Something that nobody needs to be asked again; `key` and `value` as in `domain.issue.Fact`."""
    REFERENCE = "reference"
    """A number; `key` is its `ReferenceKind`."""
    ASK = "ask"
    """What the client wants of us."""
    QUESTION = "question"
    """What we want to know of the client; `key` is the fact it is about, if that is plain."""
    PROMISE = "promise"
    """What the author says they or their firm will do; `due` where a day is named."""
    DONE = "done"
    """What settles a promise: its report, a file's name, the end of the ticket; `key` is a `ledger.keeping.How`."""
    DEADLINE = "deadline"
    """The day by which the client wants something; in `due`."""
    REMARK = "remark"
    """What sales wants to read as a quote; `key` is its `FeedbackTheme`."""
    PERSON = "person"
    """Somebody named; `value` is the name, `key` what is told of them (`role`, `phone`, `email`, `organisation`)."""
    MOOD = "mood"
    """How the author sounds; `value` is a `Sentiment`. One a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """One thing said in one message."""

    id: int | None = None
    """None before it is kept."""
    kind: LineKind
    key: str = ""
    value: str = ""
    words: str
    """The sentence it was read from, as written."""
    ticket: TicketRef
    organisation: str | None
    """Of the ticket."""
    author: Mailbox
    role: Role
    """Of the author: which side says it."""
    staff: str | None = None
    """Staff id of the author, when one of us said it."""
    at: datetime
    due: date | None = None
    settled_at: datetime | None = None
    """When a question was answered, a promise kept or an ask met."""
    settled_by: int | None = None
    """Id of the line that did it; None while it is open, or where a person settled it."""
    entry: InboxId | None = None
    """The message that it stands in."""
