"""People put right what was read from a mail; each time is kept as an example to learn from and to be tested on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from mailroute.domain.errors import Misconfigured
from mailroute.domain.issue import (
    Issue,
    IssueType,
    Sentiment,
    SentimentFinding,
    TypeFinding,
    Urgency,
    UrgencyFinding,
)
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Ticket, TicketEvent, TicketRef
from mailroute.store import corrections, messages, tickets
from mailroute.store.session import Connection
from mailroute.tickets.actions import TRACKED

TITLE = 100
"""Characters at most."""
SURE = 1.0
"""Somebody has looked."""


def _title(issue: Issue, value: str) -> Issue:
    words = " ".join(value.split())
    if not 0 < len(words) <= TITLE:
        raise ValueError(f"a title has 1 to {TITLE} characters")
    return replace(issue, title=words)


Change = Callable[[Issue, str], Issue]

FIELDS: Mapping[str, tuple[Callable[[Issue], str], Change]] = {
    "title": (lambda i: i.title, _title),
    "type": (lambda i: i.type.value, lambda i, v: replace(i, type=TypeFinding(IssueType(v), SURE))),
    "urgency": (lambda i: i.urgency.value, lambda i, v: replace(i, urgency=UrgencyFinding(Urgency(v), SURE))),
    "sentiment": (
        lambda i: i.sentiment.value,
        lambda i, v: replace(i, sentiment=SentimentFinding(Sentiment(v), SURE)),
    ),
}
"""Field of the card to how its value is read and put right. A field more is a row more."""


def correct(
    connection: Connection, ref: TicketRef, field: str, value: str, *, by: str, at: datetime
) -> Ticket:
    """Give a field of the ticket's card the value that *by* says, and keep old and new as an example.

    Raises:
        Misconfigured: no such ticket, field or value.
        TryLater: somebody changed the ticket meanwhile.
    """
    before = tickets.get(connection, ref)
    if before is None:
        raise Misconfigured(f"there is no ticket {ref}; `mailroute tickets --all` lists them")
    if field not in FIELDS:
        raise Misconfigured(f"{field} cannot be corrected; these can: {', '.join(FIELDS)}")
    read, change = FIELDS[field]
    try:
        issue = change(before.issue, value)
    except ValueError as error:
        raise Misconfigured(f"{field}: {error}") from error
    old, new = str(read(before.issue)), str(read(issue))
    if old == new:
        return before
    after = replace(
        before, issue=issue, title=issue.title or before.title, updated_at=at, version=before.version + 1
    )
    tickets.update(connection, after, before.version)
    corrections.add(connection, ref, field=field, old=old, new=new, by=by, at=at)
    # Only what `--undo` can put back is told as a change to it; another correction takes the rest back.
    details = {f"from.{field}": old, f"to.{field}": new} if field in TRACKED else {}
    reasons = (Reason("put-right", f"{field}: {old} -> {new}"),)
    messages.add_events(
        connection, ref, [TicketEvent(at=at, event="corrected", by=by, reasons=reasons, details=details)]
    )
    return after
