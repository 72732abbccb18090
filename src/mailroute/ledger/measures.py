"""Explained once: how often clients were asked for what they had told, and how many mails they needed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.ticket import TicketRef

NEEDED = (LineKind.QUESTION, LineKind.MOOD)
"""Kinds of line that the measure counts: what we asked, and one line for each mail of the client."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """The figures of one ticket, or of many."""

    tickets: int = 0
    """On which a client wrote."""
    once: int = 0
    """Of these, understood from one mail, without a question that had been answered."""
    questions: int = 0
    open: int = 0
    """Questions without an answer."""
    asked_twice: int = 0
    """Questions that had been answered before they were asked, and went out."""
    mails: int = 0
    """That clients needed until the last of our questions was answered."""

    @property
    def rate(self) -> float | None:
        """The share that was explained once; None without any ticket."""
        return self.once / self.tickets if self.tickets else None

    @property
    def mails_needed(self) -> float | None:
        """Mails of the client a ticket, on average."""
        return self.mails / self.tickets if self.tickets else None


def explained(lines: Iterable[AccountLine]) -> Explained:
    """The figures of all tickets that have a line of the client among *lines*."""
    by_ticket: dict[TicketRef, list[AccountLine]] = defaultdict(list)
    for line in lines:
        if line.kind in NEEDED:
            by_ticket[line.ticket].append(line)
    parts = [_of_ticket(found) for found in by_ticket.values()]
    return Explained(
        tickets=sum(part.tickets for part in parts),
        once=sum(part.once for part in parts),
        questions=sum(part.questions for part in parts),
        open=sum(part.open for part in parts),
        asked_twice=sum(part.asked_twice for part in parts),
        mails=sum(part.mails for part in parts),
    )


def asked_in_vain(question: AccountLine) -> bool:
    """Whether the client had told it before we asked."""
    return question.settled_at is not None and question.settled_at <= question.at


def _of_ticket(lines: list[AccountLine]) -> Explained:
    questions = [line for line in lines if line.kind is LineKind.QUESTION]
    written = sorted(line.at for line in lines if line.kind is LineKind.MOOD)
    if not written:
        return Explained()
    again = sum(asked_in_vain(line) for line in questions)
    needed = sum(at <= _understood(questions) for at in written)
    mails = max(1, needed)
    return Explained(
        tickets=1,
        once=int(mails == 1 and not again),
        questions=len(questions),
        open=sum(line.settled_at is None for line in questions),
        asked_twice=again,
        mails=mails,
    )


def _understood(questions: list[AccountLine]) -> datetime:
    """When the last of our fair questions was answered; the beginning of time when there was none."""
    answered = (line.settled_at for line in questions if line.settled_at and not asked_in_vain(line))
    return max(answered, default=datetime.min.replace(tzinfo=UTC))
