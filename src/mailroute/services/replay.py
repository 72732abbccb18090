"""Deciding kept mail again, with today's code or with other rules, and what would be different. Changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from mailroute.domain.decisions import Action, InboxEntry, Outcome
from mailroute.domain.directory import ConfiguredRule, Directory
from mailroute.domain.errors import Unreadable
from mailroute.domain.policy import Policy
from mailroute.domain.received import InboxId
from mailroute.services.decide import decide
from mailroute.services.explain import Read, facts_alone
from mailroute.store import directory as directory_rows
from mailroute.store import inbox, tickets
from mailroute.store.inbox import InboxLine
from mailroute.store.session import Store

PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One opened ticket, as it was decided and as it would be now."""

    entry: InboxId
    ticket: str
    then_pm: str | None
    then_rule: str | None
    now_pm: str | None
    now_rule: str | None
    why: str

    @property
    def moves(self) -> bool:
        """Whether somebody else would get it."""
        return self.then_pm != self.now_pm


def replay(
    store: Store, *, read: Read, policy: Policy, since: datetime, rules: tuple[ConfiguredRule, ...] | None
) -> Iterator[Replayed]:
    """Route every message that opened a ticket since then once more.

    Args:
        store: where the mail is kept.
        read: parses and extracts.
        policy: the installation.
        since: entries received from then on, aware.
        rules: in place of the directory's own; None keeps those.
    """
    with store.read() as connection:
        directory = directory_rows.load(connection)
    if rules is not None:
        directory = replace(directory, rules=rules)
    for line in _opened_since(store, since):
        again = _routed_again(store, line, read, directory, policy)
        if again is not None:
            yield again


def _opened_since(store: Store, since: datetime) -> Iterator[InboxLine]:
    before: InboxId | None = None
    while True:
        with store.read() as connection:
            lines = inbox.listing(connection, limit=PAGE, before=before)
        for line in lines:
            if line.entry.received_at < since:
                return
            if line.action is Action.OPEN:
                yield line
        if len(lines) < PAGE:
            return
        before = lines[-1].entry.id


def _routed_again(
    store: Store, line: InboxLine, read: Read, directory: Directory, policy: Policy
) -> Replayed | None:
    entry: InboxEntry = line.entry
    with store.read() as connection:
        raw = inbox.raw(connection, entry.id)
        ticket = tickets.get(connection, line.ticket) if line.ticket else None
    if ticket is None:
        return None
    try:
        reading = read(raw, directory)
    except Unreadable:
        return None
    outcome: Outcome = decide(
        facts_alone(entry, reading, directory=directory, policy=policy, now=ticket.opened_at)
    )
    routing = outcome.routing
    return Replayed(
        entry=entry.id,
        ticket=str(ticket.ref),
        then_pm=ticket.routing.pm,
        then_rule=ticket.routing.rule,
        now_pm=routing.pm if routing else None,
        now_rule=routing.rule if routing else str(outcome.placement.action),
        why="; ".join(
            reason.evidence for reason in (routing.reasons if routing else outcome.placement.reasons)
        ),
    )
