"""The ledger as people read it: what a client or a ticket told, what we asked, what answered it, and the figures."""

from dataclasses import dataclass, field
from datetime import datetime

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.digest import Promised
from mailroute.domain.directory import Directory
from mailroute.domain.errors import Misconfigured
from mailroute.domain.ticket import TicketRef
from mailroute.ledger.measures import NEEDED, Explained, explained
from mailroute.services.briefing import organisation_named
from mailroute.services.process_mail import Directories
from mailroute.services.promised import told
from mailroute.store import account, tickets
from mailroute.store.account import LineFilter
from mailroute.store.session import Connection, Store

TOLD = frozenset({LineKind.FACT, LineKind.REFERENCE, LineKind.DEADLINE})
"""Kinds of line that are shown as told; the rest of an account is for briefs and feedback."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of ours and the line that answered it, as far as one line did."""

    question: AccountLine
    answer: AccountLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What has been told and asked."""

    of: str
    """The client's name, or the ticket."""
    told: tuple[AccountLine, ...]
    asked: tuple[Asked, ...]
    promised: tuple[Promised, ...] = ()
    """Of both sides, with what became of each."""
    figures: Explained


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerDesk:
    """Reads ledgers. Safe to share between threads."""

    store: Store
    directories: Directories = field(default_factory=Directories)

    def ledger(self, wanted: str, *, since: datetime | None = None) -> Ledger:
        """The ledger of a ticket (`MR-1`) or of a client by id, name or mail domain.

        Raises:
            Misconfigured: there is no such ticket or client.
        """
        with self.store.read() as connection:
            ref = TicketRef.read(wanted)
            if ref is not None:
                ticket = tickets.get(connection, ref)
                if ticket is None:
                    raise Misconfigured(f"there is no ticket {ref}; `mailroute tickets --all` lists them")
                wanted_lines = LineFilter(tickets=ticket.family, since=since)
                return _ledger(connection, str(ref), wanted_lines, self.directories.current(connection))
            directory = self.directories.current(connection)
            client = organisation_named(wanted, directory)
            wanted_lines = LineFilter(organisation=client.id, since=since)
            return _ledger(connection, client.name, wanted_lines, directory)

    def explained(
        self, *, since: datetime, until: datetime | None = None, organisation: str | None = None
    ) -> Explained:
        """The figures of a period, of one client or of all."""
        with self.store.read() as connection:
            return explained_once(connection, since=since, until=until, organisation=organisation)


def explained_once(
    connection: Connection,
    *,
    since: datetime,
    until: datetime | None = None,
    organisation: str | None = None,
) -> Explained:
    """How often clients were asked twice, and how many mails they needed, on tickets with mail in the period."""
    wanted = LineFilter(kinds=NEEDED, since=since, until=until, organisation=organisation)
    return explained(account.every(connection, wanted))


def _ledger(connection: Connection, name: str, wanted: LineFilter, directory: Directory) -> Ledger:
    lines = account.lines(connection, wanted)
    known = {line.id: line for line in lines}
    made = [line for line in lines if line.kind is LineKind.PROMISE]
    asked = tuple(
        Asked(line, _answer(connection, line, known)) for line in lines if line.kind is LineKind.QUESTION
    )
    return Ledger(
        of=name,
        told=tuple(line for line in lines if line.kind in TOLD and not line.role.is_staff),
        asked=asked,
        promised=tuple(one for _, one in told(connection, made, directory)),
        figures=explained(lines),
    )


def _answer(
    connection: Connection, question: AccountLine, known: dict[int | None, AccountLine]
) -> AccountLine | None:
    if question.settled_by is None:
        return None
    return known.get(question.settled_by) or account.line(connection, question.settled_by)
