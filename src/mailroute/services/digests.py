"""Digests: made when they are due, for each of us once a day or week, from the facts that both departments see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailroute.digests import digest_of
from mailroute.digests.schedule import FIRST, due_at, period, view_of
from mailroute.digests.view import digest_context
from mailroute.domain.account import LineKind
from mailroute.domain.address import Mailbox
from mailroute.domain.digest import Desk, Digest, Due, Frequency, HouseFigures, Load, Matter, Praise, View
from mailroute.domain.directory import Directory, Staff, StaffRole
from mailroute.domain.issue import FeedbackTheme
from mailroute.domain.market import ThemeCount
from mailroute.domain.outgoing import MailDraft, Reader
from mailroute.domain.policy import Policy
from mailroute.domain.ticket import Role, TicketRef
from mailroute.feedback.counting import counted
from mailroute.followups.business_time import is_working_day
from mailroute.followups.regions import house_calendar
from mailroute.services.account_ledger import explained_once
from mailroute.services.desk import WritingDesk
from mailroute.services.promised import promised_on
from mailroute.services.standing_still import Whose, answered_by_us, owed_by_us, silent_clients
from mailroute.store import account, corrections, digests, inbox, themes, tickets
from mailroute.store.account import LineFilter
from mailroute.store.session import Connection
from mailroute.store.tickets import OPEN, TicketFilter

MOST = 300
"""Live tickets that one digest looks at."""
MONTH = timedelta(days=30)
LONGEST = timedelta(days=14)
"""How far back things are new to who has not had a digest for long."""
LOOK_BACK = timedelta(days=60)
MORNING = timedelta(hours=5)
"""How long after its hour a digest may still go: a service that was down sends it late, never in the evening."""
AGENDA = "agenda"
"""The joint agenda is one for all: in the place of a staff id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDesk(WritingDesk):
    """Safe to share between threads."""

    def send_due(self) -> int:
        """Make every digest that is due and has something to tell; how many mails were written."""
        now = self.clock.now()
        day = self._working_day(now)
        if day is None:
            return 0
        with self.store.read() as connection:
            directory = self.directories.current(connection)
            wanted = list(self._due(connection, directory, day, now))
        return sum(self._send(staff, view, name, now) for staff, view, name in wanted)

    def digest(self, staff: Staff, view: View) -> Digest:
        """The digest as it would be now; nothing is noted."""
        now = self.clock.now()
        with self.store.read() as connection:
            directory = self.directories.current(connection)
            return self._made(connection, directory, staff, view, now)

    def choose(self, staff: str, frequency: Frequency) -> None:
        """Keep how often somebody wants it."""
        with self.store.write() as connection:
            digests.choose(connection, staff, frequency)

    def turn_off(self, address: str) -> bool:
        """No more digests for the person with *address*; False when there is none."""
        with self.store.write() as connection:
            staff = self.directories.current(connection).staff_by_address.get(address)
            if staff is not None:
                digests.choose(connection, staff.id, Frequency.OFF)
        return staff is not None

    def next_due(self, now: datetime, until: datetime) -> datetime | None:
        """The first moment after *now* and up to *until* at which digests are made, for rehearsals.

        Of a long time in which nothing came only the last weeks count: a mail with a wrong date must not take for ever.
        """
        zone = ZoneInfo(self.policy.service.timezone)
        day = max(now, until - LOOK_BACK).astimezone(zone).date()
        while self.policy.digests.enabled and day <= until.astimezone(zone).date():
            moment = datetime.combine(day, self.policy.digests.at, zone)
            if now < moment <= until and self._working_day(moment) is not None:
                return moment
            day += timedelta(days=1)
        return None

    def _working_day(self, now: datetime) -> date | None:
        """Today, if digests are made today at all."""
        habits, service = self.policy.digests, self.policy.service
        local = now.astimezone(ZoneInfo(service.timezone))
        calendar = house_calendar(service, self.policy.followups)
        begins = datetime.combine(local.date(), habits.at, local.tzinfo)
        if not habits.enabled or not begins <= local < begins + MORNING:
            return None
        if not is_working_day(local.date(), calendar):
            return None
        return local.date()

    def _due(
        self, connection: Connection, directory: Directory, day: date, now: datetime
    ) -> Iterator[tuple[Staff, View, str]]:
        habits, zone = self.policy.digests, self.policy.service.timezone
        chosen = digests.choices(connection)
        for staff in directory.staff:
            frequency = chosen.get(staff.id, Frequency(habits.often))
            moment, name = due_at(frequency, day, habits, zone), period(frequency, day)
            if moment is None or moment > now or _is_away(staff, day):
                continue
            if not digests.is_made(connection, staff.id, view_of(staff), name):
                yield staff, view_of(staff), name
        if habits.agenda_on is None or day.weekday() < habits.agenda_on or directory.lead is None:
            return
        week = period(Frequency.WEEKLY, day)
        if not digests.is_made(connection, AGENDA, View.AGENDA, week):
            yield directory.lead, View.AGENDA, week

    def _send(self, staff: Staff, view: View, name: str, now: datetime) -> bool:
        with self.store.write() as connection:
            directory = self.directories.current(connection)
            made = self._made(connection, directory, staff, view, now)
            whose = AGENDA if view is View.AGENDA else staff.id
            if not digests.claim(connection, whose, view, name, now, empty=made.is_empty) or made.is_empty:
                return False
            to = _meeting(connection, directory, made) if view is View.AGENDA else (staff,)
            draft = self._draft(made, to, f"digest:{whose}:{view}:{name}")
            return self.post(connection, draft, now) is not None

    def _draft(self, made: Digest, to: Iterable[Staff], key: str) -> MailDraft:
        service = self.policy.service
        shown = digest_context(made, service.language)
        return MailDraft(
            kind="digest",
            key=key,
            ticket=None,
            to=tuple(Mailbox(one.name, one.email) for one in to),
            reader=Reader.INTERNAL,
            subject=shown["subject"],
            sender_name=service.name,
            context={"service": {"name": service.name}, "digest": shown},
        )

    def _made(
        self, connection: Connection, directory: Directory, staff: Staff, view: View, now: datetime
    ) -> Digest:
        whose = _whose(staff, view)
        last = digests.last_at(connection, AGENDA if view is View.AGENDA else staff.id, view)
        since = max(last, now - LONGEST) if last else now - FIRST
        matters = tuple(self._matters(connection, directory, whose, now))
        desk = Desk(
            reader=staff,
            view=view,
            now=now,
            since=since,
            timezone=self.policy.service.timezone,
            directory=directory,
            matters=matters,
            praise=tuple(_praise(connection, whose, matters, since)),
            house=self._house(connection, matters, now) if view is View.LEAD else HouseFigures(),
        )
        return digest_of(desk)

    def _matters(
        self, connection: Connection, directory: Directory, whose: Whose, now: datetime
    ) -> Iterator[Matter]:
        wanted = TicketFilter(statuses=OPEN, pm=whose.pm, rep=whose.rep)
        live = tickets.listing(connection, wanted, limit=MOST)
        silent = {
            one.ticket.ref: one.silence
            for one in silent_clients(connection, directory, self.policy, now, whose)
        }
        owed = {one.ticket.ref: one.owed for one in owed_by_us(connection, directory, self.policy, whose)}
        answered = {} if whose.pm is None else answered_by_us(connection, directory, self.policy, whose)
        promised = promised_on(connection, [ticket.ref for ticket in live], directory)
        moods = _moods(connection, [ticket.ref for ticket in live])
        for ticket in live:
            told, mood, over = silent.get(ticket.ref), moods.get(ticket.ref), answered.get(ticket.ref)
            yield Matter(
                ticket=ticket,
                owed=tuple(
                    Due(
                        what=str(one.occasion), words=one.words, by=one.by, day=one.day, late=one.is_late(now)
                    )
                    for one in sorted(owed.get(ticket.ref, ()), key=lambda one: one.by)
                ),
                question=told.question.words if told else None,
                silent_days=told.days if told else 0,
                stalled=told is not None and told.due_at is not None and told.due_at <= now,
                promised=promised.get(ticket.ref, ()),
                answered_at=over.at if over else None,
                ask_done_at=over.ask_at if over else None,
                mood=mood[0] if mood else None,
                mood_words=mood[1] if mood else None,
            )

    def _house(self, connection: Connection, matters: tuple[Matter, ...], now: datetime) -> HouseFigures:
        books = inbox.books(connection)
        told = explained_once(connection, since=now - MONTH)
        return HouseFigures(
            received=books.received,
            books_close=books.close,
            waiting=books.waiting,
            held=books.held,
            quarantined=books.quarantined,
            loads=tuple(_loads(matters)),
            explained_rate=told.rate,
            asked_twice=told.asked_twice,
            mails_needed=told.mails_needed,
            corrections=corrections.counts(connection, since=now - MONTH),
            cards=told.tickets,
            themes=tuple(_market(connection, now)) if _is_first_of_month(self.policy, now) else (),
        )


def _whose(staff: Staff, view: View) -> Whose:
    if view is View.REP:
        return Whose(rep=staff.id)
    return Whose(pm=staff.id) if view is View.PM else Whose()


def _is_away(staff: Staff, day: date) -> bool:
    return any(absence.since <= day <= absence.until for absence in staff.away)


def _meeting(connection: Connection, directory: Directory, made: Digest) -> tuple[Staff, ...]:
    """Who sits in the weekly meeting: reps, PMs and the lead, without those who want no digests."""
    chosen = digests.choices(connection)
    meet = {StaffRole.REP, StaffRole.PM}
    return tuple(
        one
        for one in directory.staff
        if one == made.reader or (one.role in meet and chosen.get(one.id) is not Frequency.OFF)
    )


def _moods(connection: Connection, refs: list[TicketRef]) -> dict[TicketRef, tuple[str, str]]:
    """How the client sounded last, by ticket."""
    if not refs:
        return {}
    wanted = LineFilter(tickets=refs, kinds=(LineKind.MOOD,))
    found = {}
    for line in account.lines(connection, wanted):
        if line.role is Role.CLIENT:
            found[line.ticket] = (line.value, line.words)
    return found


def _praise(
    connection: Connection, whose: Whose, matters: tuple[Matter, ...], since: datetime
) -> Iterator[Praise]:
    """Kind words of the reader's clients since the last digest, newest first."""
    wanted = LineFilter(kinds=(LineKind.REMARK,), keys=(str(FeedbackTheme.PRAISE),), since=since)
    said = account.lines(connection, wanted, limit=100)
    mine = {matter.ticket.organisation for matter in matters}
    for line in reversed(said):
        if whose.is_all or line.organisation in mine:
            yield Praise(ticket=line.ticket, organisation=line.organisation, words=line.words, at=line.at)


def _loads(matters: Iterable[Matter]) -> Iterator[Load]:
    by_pm: dict[str, list[Matter]] = {}
    for matter in matters:
        if matter.ticket.pm is not None:
            by_pm.setdefault(matter.ticket.pm, []).append(matter)
    for pm, mine in by_pm.items():
        yield Load(staff=pm, open=len(mine), late=sum(any(due.late for due in one.owed) for one in mine))


def _market(connection: Connection, now: datetime) -> list[ThemeCount]:
    said = themes.sorted_remarks(connection, since=now - 2 * MONTH)
    return counted(themes.all_themes(connection), said, since=now - MONTH, until=now)


def _is_first_of_month(policy: Policy, now: datetime) -> bool:
    """Whether no earlier working day of this month has had a digest."""
    calendar = house_calendar(policy.service, policy.followups)
    today = now.astimezone(ZoneInfo(policy.service.timezone)).date()
    return not any(is_working_day(today.replace(day=day), calendar) for day in range(1, today.day))
