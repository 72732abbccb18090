"""Deciding kept mail again, with today's code or with other rules, and what would be different. Changes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mailroute.domain.decisions import Action, InboxEntry, Outcome
from mailroute.domain.directory import ConfiguredRule, Directory, Team
from mailroute.domain.errors import Unreadable
from mailroute.domain.learned import LearnedModel
from mailroute.domain.policy import Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.received import InboxId
from mailroute.services.decide import decide
from mailroute.services.explain import Read, facts_alone
from mailroute.services.gather import team_members, tickets_before
from mailroute.store import directory as directory_rows
from mailroute.store import inbox, lessons, tickets
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
    then_why: str = ""

    @property
    def moves(self) -> bool:
        """Whether somebody else would get it."""
        return self.then_pm != self.now_pm


@dataclass(frozen=True, slots=True, kw_only=True)
class _Today:
    """With what kept mail is decided again."""

    read: Read
    policy: Policy
    directory: Directory
    learned: LearnedModel | None


def replay(
    store: Store,
    *,
    read: Read,
    policy: Policy,
    since: datetime,
    rules: tuple[ConfiguredRule, ...] | None,
    teams: tuple[Team, ...] | None = None,
) -> Iterator[Replayed]:
    """Route every message that opened a ticket since then once more, the oldest first.

    Turns in teams are taken anew, and earlier tickets are looked up as they stood; how many tickets everybody
    had open then is not known any more, so nobody counts as full.

    Args:
        store: where the mail is kept.
        read: parses and extracts.
        policy: the installation.
        since: entries received from then on, aware.
        rules: in place of the directory's own; None keeps those.
        teams: the same for teams.
    """
    with store.read() as connection:
        directory = directory_rows.load(connection)
        learned = lessons.load_model(connection)
    if rules is not None:
        directory = replace(directory, rules=rules)
    if teams is not None:
        directory = replace(directory, teams=teams)
    today = _Today(read=read, policy=policy, directory=directory, learned=learned)
    lines = [*_opened_since(store, since)][::-1]
    turns = _turns_before(store, lines, directory)
    for line in lines:
        again = _routed_again(store, line, today, turns)
        if again is not None:
            if again.now_pm is not None:
                turns[again.now_pm] = line.entry.received_at
            yield again


def _turns_before(store: Store, lines: list[InboxLine], directory: Directory) -> dict[str, datetime]:
    """Who had had which turn before the first of *lines*; from then on turns are taken anew."""
    if not lines:
        return {}
    with store.read() as connection:
        return lessons.last_assigned(connection, team_members(directory), before=lines[0].ticket)


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
    store: Store, line: InboxLine, today: _Today, turns: Mapping[str, datetime]
) -> Replayed | None:
    entry: InboxEntry = line.entry
    with store.read() as connection:
        raw = inbox.raw(connection, entry.id)
        ticket = tickets.get(connection, line.ticket) if line.ticket else None
    if ticket is None:
        return None
    try:
        reading = today.read(raw, today.directory)
    except Unreadable:
        return None
    alone = facts_alone(entry, reading, directory=today.directory, policy=today.policy, now=ticket.opened_at)
    with store.read() as connection:
        earlier = tickets_before(connection, alone.identity, ticket.ref)
    outcome: Outcome = decide(replace(alone, learned=today.learned, earlier=earlier, last_assigned=turns))
    routing = outcome.routing
    return Replayed(
        entry=entry.id,
        ticket=str(ticket.ref),
        then_pm=ticket.routing.pm,
        then_rule=ticket.routing.rule,
        now_pm=routing.pm if routing else None,
        now_rule=routing.rule if routing else str(outcome.placement.action),
        why=_said(routing.reasons if routing else outcome.placement.reasons),
        then_why=_said(ticket.routing.reasons),
    )


def _said(reasons: tuple[Reason, ...]) -> str:
    return "; ".join(reason.evidence for reason in reasons)
