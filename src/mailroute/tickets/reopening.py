"""A client writes on a closed ticket: reopened, taken up by a new one, or refused, by policy and age."""

from datetime import datetime

from mailroute.domain.policy import AfterClose, ClosedTickets
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Status, Ticket


def after_close(ticket: Ticket, policy: ClosedTickets, now: datetime) -> tuple[AfterClose, Reason | None]:
    """What becomes of a client's message on *ticket*, and by which rule; no rule is asked while it is not closed."""
    if ticket.status is not Status.CLOSED:
        return AfterClose.REOPEN, None
    closed_at = ticket.ended_at or ticket.updated_at
    days, limit = (now - closed_at).days, policy.reopen_within.days
    lately = now - closed_at <= policy.reopen_within
    what = policy.within if lately else policy.later
    when = f"{ticket.ref} was closed {days} days ago, on {closed_at:%Y-%m-%d}; the limit is {limit} days"
    return what, Reason("closed-lately" if lately else "closed-long-ago", f"{when}: {what}")
