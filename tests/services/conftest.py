"""A small house on a real database, with a clock that stands and a list of what was asked of the engine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from mailroute.domain.decisions import Facts
from mailroute.domain.directory import Client, Directory, Organisation, Staff, StaffRole
from mailroute.domain.outgoing import ComposedMail, MailDraft, OutboxId, OutboxItem
from mailroute.domain.policy import Mode, Policy, Service
from mailroute.domain.received import Channel, Envelope, InboxId, ReceivedMail, Verdict
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import ReplyAudience, ReplyToken, reply_address
from mailroute.journal import Journal
from mailroute.outbound.compose import compose
from mailroute.outbound.render import Renderer
from mailroute.services.deliver_outbox import Deliverer, Transport
from mailroute.services.process_mail import Directories, MailProcessor
from mailroute.services.reading import Reader
from mailroute.services.sweep import Sweep
from mailroute.store import directory as directory_rows
from mailroute.store import inbox, outbox, tickets
from mailroute.store.session import Connection, Store

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
DESK = "issues@northwind.example"
HOUSE = Directory(
    staff=(
        Staff(id="sam", name="Sam Reed", role=StaffRole.REP, emails=("sam@northwind.example",)),
        Staff(id="ines", name="Ines Costa", role=StaffRole.PM, emails=("ines@northwind.example",)),
        Staff(id="lea", name="Lea Roth", role=StaffRole.LEAD, emails=("lea@northwind.example",)),
    ),
    organisations=(
        Organisation(
            id="borealis", name="Borealis Pumps", domains=("borealis.example",), rep="sam", pm="ines"
        ),
    ),
    clients=(Client(name="Ann Lee", emails=("ann@borealis.example",), organisation="borealis"),),
)
POLICY = Policy(
    service=Service(
        name="Northwind", routing_address=DESK, internal_domains=("northwind.example",), timezone="UTC"
    ),
    mode=Mode.LIVE,
    secret=b"a key for tests only, 32 octets.",
)


@dataclass
class StandingClock:
    """Stands until it is moved on."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        """Let some time pass."""
        self.at += timedelta(**time)


@dataclass
class House:
    """The services over one store, wired as the product wires them; the engine is a list of what it was asked."""

    store: Store
    reader: Reader
    renderer: Renderer = field(default_factory=Renderer)
    clock: StandingClock = field(default_factory=StandingClock)
    policy: Policy = POLICY
    journal: Journal = field(default_factory=lambda: Journal(registry=CollectorRegistry()))
    directories: Directories = field(default_factory=Directories)
    deliveries: list[tuple[OutboxId, datetime | None]] = field(default_factory=list)
    """Deliveries asked for, and not before when."""
    entries: list[InboxId] = field(default_factory=list)
    """Entries whose processing was asked for."""

    def in_mode(self, mode: Mode) -> "House":
        """The same house in another mode."""
        return replace(self, policy=replace(self.policy, mode=mode))

    def keep(
        self, name: str, *, author: str = "ann@borealis.example", words: str = "", **more: Any
    ) -> InboxId:
        """Keep a mail; whoever writes from our own domain is vouched for."""
        head = more.pop("head", "")
        message_id = more.pop("message_id", f"{name}@mail.example")
        text = (
            f"From: {author}\r\nTo: {DESK}\r\nSubject: {name}\r\nMessage-ID: <{message_id}>\r\n"
            f"Date: Tue, 3 Mar 2026 11:00:00 +0000\r\n{head}\r\n{words or f'{name} leaks. Please come.'}\r\n"
        )
        mail = ReceivedMail(
            raw=text.encode(),
            envelope=Envelope(author, more.pop("rcpt_to", (DESK,))),
            channel=Channel.SMTP,
            source_key=more.pop("source_key", name),
            received_at=self.clock.now(),
            vouched=Verdict.PASS if author.endswith("@northwind.example") else Verdict.NONE,
        )
        with self.store.write() as connection:
            [kept] = inbox.keep(connection, [replace(mail, **more)])
        return kept.id

    def processor(self, **changes: Any) -> MailProcessor:
        """Hops 3 to 7."""
        usual = MailProcessor(
            store=self.store,
            read=self.reader.read,
            compose=lambda draft, facts: self.compose(draft, facts.now),
            enqueue=lambda connection, mail: self.enqueue(connection, mail, None),
            policy=self.policy,
            clock=self.clock,
            journal=self.journal,
            directories=self.directories,
        )
        return replace(usual, **changes)

    def deliverer(self, transport: Transport) -> Deliverer:
        """Hop 8."""
        return Deliverer(
            store=self.store,
            transport=transport,
            compose=self.compose,
            enqueue=self.enqueue,
            policy=self.policy,
            clock=self.clock,
            journal=self.journal,
            directories=self.directories,
        )

    def sweep(self) -> Sweep:
        """The minute sweep."""
        return Sweep(
            store=self.store,
            enqueue_entries=lambda connection, numbers: self.entries.extend(numbers),
            enqueue_delivery=lambda connection, mail: self.enqueue(connection, mail, None),
            clock=self.clock,
            journal=self.journal,
        )

    def compose(self, draft: MailDraft, now: datetime) -> ComposedMail:
        """As the product composes."""
        return compose(draft, self.renderer, self.policy, outbox_unique="", now=now)

    def composed(self, draft: MailDraft, facts: Facts) -> ComposedMail:
        """The same, as the processor asks for it."""
        return self.compose(draft, facts.now)

    def enqueue(self, connection: Connection, mail: OutboxId, at: datetime | None) -> None:
        """What the engine is asked for."""
        self.deliveries.append((mail, at))

    def mails(self) -> dict[str, OutboxItem]:
        """The outbox by kind; the newest of each."""
        with self.store.read() as connection:
            return {item.kind: item for item in reversed(outbox.listing(connection, limit=1000))}

    def written(self) -> list[str]:
        """Kinds of all mails in the outbox, oldest first."""
        with self.store.read() as connection:
            return [item.kind for item in reversed(outbox.listing(connection, limit=1000))]

    def refs(self) -> list[str]:
        """All tickets."""
        with self.store.read() as connection:
            return sorted(str(ticket.ref) for ticket in tickets.listing(connection, limit=1000))

    def actions(self, *entries: InboxId) -> list[str | None]:
        """What became of entries; None for those that still wait."""
        with self.store.read() as connection:
            lines = [inbox.line(connection, entry) for entry in entries]
        return [str(line.action) if line and line.action else None for line in lines]

    def token(self, audience: ReplyAudience, number: int = 1) -> str:
        """A reply address of a ticket."""
        return reply_address(self.policy.secret, DESK, ReplyToken(audience, TicketRef(number).number))


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    """One reading child for all tests of a process."""
    with Reader(POLICY) as opened:
        yield opened


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    """The shipped templates."""
    return Renderer()


@pytest.fixture
def open_house(reader: Reader, renderer: Renderer) -> Callable[[Store], House]:
    """Makes a house on a store."""

    def make(store: Store) -> House:
        with store.write() as connection:
            directory_rows.replace(connection, HOUSE)
        return House(store=store, reader=reader, renderer=renderer)

    return make


@pytest.fixture
def house(store: Store, open_house: Callable[[Store], House]) -> House:
    """A house on SQLite and on PostgreSQL."""
    return open_house(store)


@pytest.fixture
def small_house(sqlite_url: str, open_house: Callable[[Store], House]) -> Iterator[House]:
    """A house on SQLite alone, for what does not depend on the database."""
    store = Store.open(sqlite_url)
    yield open_house(store)
    store.dispose()
