"""What came of the played quarter, for the person who watches."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from mailroute.cli.handoff import state
from mailroute.cli.output import colour, printable
from mailroute.domain.account import LineKind
from mailroute.domain.outgoing import OutboxItem
from mailroute.domain.ticket import Ticket
from mailroute.followups.stall import OFFERED
from mailroute.ledger.measures import NEEDED, Explained, explained
from mailroute.services.market import Market
from mailroute.services.rehearse import Stage
from mailroute.store import account, inbox, messages, outbox, tickets
from mailroute.store.account import LineFilter
from mailroute.testing.quarter import Plan
from mailroute.tickets.actions_handoff import is_hand_off
from mailroute.tickets.lifecycle import ENDED

MOST = 100_000
THEMES = 8


def summary(stage: Stage, plan: Plan) -> str:
    """Tickets, mails by kind, explained once, themes, stalls, hand-offs, loads, books."""
    return "\n".join(_lines(stage, plan))


def _lines(stage: Stage, plan: Plan) -> Iterator[str]:
    with stage.store.read() as connection:
        found = tickets.listing(connection, limit=MOST)
        mails = outbox.listing(connection, limit=MOST)
        books = inbox.books(connection)
        told = explained(account.every(connection, LineFilter(kinds=NEEDED)))
        promised = Counter(
            one.words for one in account.every(connection, LineFilter(kinds=(LineKind.PROMISE,)))
        ).total()
        settled = Counter(
            event.event
            for one in found
            for event in messages.events(connection, one.ref)
            if event.event.startswith(("nudge", "firm")) or event.event in OFFERED
        )
    yield from _head("Tickets", _tickets(found))
    yield from _head("Mails that went out", _kinds(mails))
    yield from _head("Explained once", _explained(told, promised))
    yield from _head("What the market says in the second half (against the first)", _themes(stage, plan))
    yield from _head("Silent clients, and what came of it", _counted(settled))
    yield from _head("Hand-offs", _hand_offs(found))
    yield from _head("Open tickets of each PM", _loads(found))
    close = "they close" if books.close else "they do not close!"
    set_aside = (
        f"{books.ignored} opened nothing (words to mailroute, absences, newsletters, bounces), "
        f"{books.held} held, {books.quarantined} quarantined"
    )
    yield from _head(
        "Books", [f"{books.received} received = {books.accounted_for} accounted for: {close}", set_aside]
    )


def _head(title: str, lines: Sequence[str] | Iterator[str]) -> Iterator[str]:
    yield f"\n{colour(title, 'bold')}"
    for line in lines:
        yield f"  {printable(line)}"


def _tickets(found: Sequence[Ticket]) -> Iterator[str]:
    by_status = Counter(str(one.status) for one in found)
    yield f"{len(found)}: " + ", ".join(f"{count} {status}" for status, count in by_status.most_common())


def _kinds(mails: Sequence[OutboxItem]) -> Iterator[str]:
    yield from _counted(Counter(mail.kind for mail in mails))


def _counted(counts: Counter[str]) -> Iterator[str]:
    for name, count in counts.most_common():
        yield f"{count:5}  {name}"


def _explained(told: Explained, promised: int) -> Iterator[str]:
    if told.rate is None or told.mails_needed is None:
        return
    yield f"{told.rate:.0%} of {told.tickets} tickets; {told.mails_needed:.2f} mails of the client a ticket"
    yield f"{told.questions} questions of ours, {told.open} still open, {told.asked_twice} asked twice"
    yield f"{promised} promises on both sides"


def _themes(stage: Stage, plan: Plan) -> Iterator[str]:
    until: datetime = stage.clock.at
    market = Market(
        store=stage.store,
        compose=stage.digests.compose,
        enqueue=stage.digests.enqueue,
        policy=stage.policy,
        clock=stage.clock,
    )
    for one in market.counts(since=until - timedelta(weeks=plan.weeks / 2), until=until)[:THEMES]:
        few = " (few)" if one.few else ""
        yield f"{one.now:3} accounts ({one.change:+}){few}  {one.theme.name}  [{one.theme.category}]"


def _hand_offs(found: Sequence[Ticket]) -> Iterator[str]:
    for one in found:
        if is_hand_off(one):
            yield f"{one.ref}  {state(one):9} {one.rep} to {one.pm}: {one.title}"


def _loads(found: Sequence[Ticket]) -> Iterator[str]:
    yield from _counted(Counter(one.pm or "nobody" for one in found if one.status not in ENDED))
