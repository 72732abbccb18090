"""Playing a folder of mails through the whole service: throw-away store, caught mail, a clock that follows them."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import ComposedMail, MailDraft, OutboxId, OutboxState
from mailroute.domain.policy import Mode, Policy
from mailroute.intake.files import FileMessage, received_from_file
from mailroute.journal import Journal
from mailroute.outbound.compose import compose
from mailroute.outbound.render import Renderer
from mailroute.services import views
from mailroute.services.digests import DigestDesk
from mailroute.services.directory_file import Given, read_given
from mailroute.services.placeholders import filled
from mailroute.services.process_mail import MailProcessor, Read
from mailroute.services.timers import TIMER_KINDS, TimerDesk
from mailroute.services.waiting import WaitingReplies
from mailroute.store import directory as directory_rows
from mailroute.store import inbox, messages, outbox, silences, tickets, timers, waiting
from mailroute.store.session import Connection, Store
from mailroute.store.silences import SilenceLine

SECRET = b"a rehearsal signs nothing that matters"
NEVER_WENT = frozenset({OutboxState.WAITING, OutboxState.DROPPED})
"""Replies that their author has not let go."""
MOST = 100_000
"""More rows than any rehearsal makes: listings are shown whole."""

BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)
"""Where the clock stands until the first mail."""


@dataclass(slots=True)
class SetClock:
    """A clock that stands until it is set."""

    at: datetime

    def now(self) -> datetime:
        """The time it was set to."""
        return self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What came of one folder."""

    folder: Path
    result: views.View
    """As rehearse-json describes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A service on a throw-away store, ready to be played to."""

    store: Store
    processor: MailProcessor
    policy: Policy
    clock: SetClock
    timers: TimerDesk
    digests: DigestDesk
    replies: WaitingReplies


def rehearse(folder: Path, *, read: Read, renderer: Renderer, journal: Journal) -> Rehearsal:
    """Play *folder* (see docs: given.toml, NN-name.eml) and tell what came of it.

    Raises:
        Misconfigured: no given.toml, or something in it is wrong; says where.
    """
    given = _given(folder)
    with stage(given, read=read, renderer=renderer, journal=journal) as set_up:
        paths = sorted(folder.glob("*.eml"))
        set_up.clock.at = _first_date(paths)
        for path in paths:
            _play(set_up, path)
        until = given.until or _last_reply_goes(set_up)
        if until is not None:
            _let_time_pass(set_up, max(set_up.clock.at, until))
        return Rehearsal(folder=folder, result=_result(folder, set_up))


def _given(folder: Path) -> Given:
    path = folder / "given.toml"
    if not path.is_file():
        raise Misconfigured(
            f"{folder}: there is no given.toml; a rehearsal folder holds one and NN-name.eml files"
        )
    return read_given(path)


@contextmanager
def stage(given: Given, *, read: Read, renderer: Renderer, journal: Journal) -> Iterator[Stage]:
    """A service that takes mail and writes mail, on a store that vanishes afterwards; nothing is sent."""
    policy = Policy(
        service=given.service,
        followups=given.followups,
        digests=given.digests,
        trust=given.trust,
        mode=Mode.LIVE,
        secret=SECRET,
    )
    with tempfile.TemporaryDirectory(prefix="mailroute-rehearsal-") as place:
        store = Store.open(f"sqlite:///{place}/rehearsal.db", create=True, durable=False)
        try:
            with store.write() as connection:
                directory_rows.replace(connection, given.directory)
            yield stage_on(store, policy, read=read, renderer=renderer, journal=journal)
        finally:
            store.dispose()


def stage_on(store: Store, policy: Policy, *, read: Read, renderer: Renderer, journal: Journal) -> Stage:
    """A service on *store* with a clock of its own; what it writes stays in the outbox."""
    clock = SetClock(BEFORE_ALL)

    def composed(draft: MailDraft, now: datetime) -> ComposedMail:
        return compose(draft, renderer, policy, outbox_unique="", now=now)

    return Stage(
        store=store,
        policy=policy,
        clock=clock,
        processor=MailProcessor(
            store=store,
            read=read,
            compose=lambda draft, facts: composed(draft, facts.now),
            enqueue=_stays_in_the_outbox,
            policy=policy,
            clock=clock,
            journal=journal,
        ),
        timers=TimerDesk(
            store=store,
            compose=composed,
            enqueue=_stays_in_the_outbox,
            policy=policy,
            clock=clock,
            journal=journal,
        ),
        digests=DigestDesk(
            store=store, compose=composed, enqueue=_stays_in_the_outbox, policy=policy, clock=clock
        ),
        replies=WaitingReplies(store=store, policy=policy, clock=clock, enqueue=_stays_in_the_outbox),
    )


def _stays_in_the_outbox(connection: Connection, mail: OutboxId) -> None:
    """Nothing is handed over in a rehearsal."""


def _play(set_up: Stage, path: Path) -> None:
    written = path.read_bytes()
    _let_time_pass(set_up, _date_of(written, set_up.clock.at))
    message = FileMessage(path.name, filled(written, set_up.store, set_up.policy))
    routing_address = set_up.policy.service.routing_address
    mail = received_from_file(
        message, routing_address=routing_address, received_at=set_up.clock.at, rehearsal=True
    )
    with set_up.store.write() as connection:
        [kept] = inbox.keep(connection, [mail])
    set_up.processor.process(kept.id)


def _let_time_pass(set_up: Stage, until: datetime) -> None:
    """The clock goes on to *until* and stops on the way wherever a timer fires or a reply goes by itself.

    A mail dated before the one that came first takes the clock back, as the mails say.
    """
    while (stop := next_stop(set_up, until)) is not None:
        do_what_is_due(set_up, stop)
    set_up.clock.at = until


def next_stop(set_up: Stage, until: datetime) -> datetime | None:
    """The first moment up to *until* at which something happens by itself; None when nothing does."""
    if set_up.clock.at >= until:
        return None
    with set_up.store.read() as connection:
        moments = [timer.due_at for timer in timers.due(connection, until, limit=1, kinds=TIMER_KINDS)]
        moments += [when for _, when in waiting.due(connection, until, limit=1)]
    if (morning := set_up.digests.next_due(set_up.clock.at, until)) is not None:
        moments.append(morning)
    return max(set_up.clock.at, min(moments)) if moments else None


def do_what_is_due(set_up: Stage, now: datetime) -> None:
    """All that happens by itself at *now*: timers, digests, replies that nobody objected to."""
    set_up.clock.at = now
    set_up.timers.fire_due()
    set_up.digests.send_due()
    set_up.replies.release_due()


def _last_reply_goes(set_up: Stage) -> datetime | None:
    """When no reply waits any more that goes by itself: a story without an end is told until then."""
    with set_up.store.read() as connection:
        return waiting.last_due(connection)


def _first_date(paths: Sequence[Path]) -> datetime:
    """The Date of the first mail that has a readable one: a mail without one comes at the beginning, not long ago."""
    dates = (_date_of(path.read_bytes(), BEFORE_ALL) for path in paths)
    return next((date for date in dates if date > BEFORE_ALL), BEFORE_ALL)


def _date_of(raw: bytes, otherwise: datetime) -> datetime:
    """The Date of the message; without a readable one the clock stays."""
    from mailroute.parsing import parse

    head = raw[:65536].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return parse(head + b"\n\n").date or otherwise


def _result(folder: Path, set_up: Stage) -> views.View:
    with set_up.store.read() as connection:
        found = sorted(tickets.listing(connection, limit=MOST), key=lambda ticket: ticket.ref)
        lines = sorted(inbox.listing(connection, limit=MOST), key=lambda line: line.entry.id)
        mails = sorted(outbox.listing(connection, limit=MOST), key=lambda mail: mail.id)
        mails = [mail for mail in mails if mail.state not in NEVER_WENT]
        silent = silences.silences(connection, limit=MOST)
        shown = [
            views.ticket(one, messages.messages(connection, one.ref), messages.events(connection, one.ref))
            for one in found
        ]
    return {
        "schema": views.SCHEMA,
        "folder": folder.name,
        "tickets": shown,
        "outgoing": [views.outgoing(mail) for mail in mails],
        "not_sent": [_silence(line) for line in reversed(silent)],
        "set_aside": [
            {"source": line.entry.source, "action": str(line.action), "reasons": views.reasons(line.reasons)}
            for line in lines
            if line.action in views.SET_ASIDE
        ],
    }


def _silence(line: SilenceLine) -> views.View:
    one = line.silence
    return {"kind": one.kind, "to": one.to, "reason": one.reason, "after": line.after}
