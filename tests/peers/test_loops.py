"""Loops die out: two installations wired to each other, and machines that answer everything, behind a real Postfix."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import parseaddr
from pathlib import Path

import pytest
from open_door import Door, open_door
from prometheus_client import CollectorRegistry

from mailroute.domain.decisions import Facts
from mailroute.domain.directory import Directory, Staff, StaffRole
from mailroute.domain.outgoing import ComposedMail, MailDraft, OutboxItem
from mailroute.domain.policy import Mode, Policy, Service
from mailroute.domain.received import InboxId, ReceivedMail
from mailroute.domain.tokens import without_detail
from mailroute.journal import Journal
from mailroute.outbound.compose import compose
from mailroute.outbound.render import Renderer
from mailroute.outbound.smarthost import Smarthost
from mailroute.outbound.transport import SmtpTransport
from mailroute.services.deliver_outbox import Deliverer
from mailroute.services.process_mail import Directories, MailProcessor
from mailroute.services.reading import Reader
from mailroute.store import directory as directory_rows
from mailroute.store import inbox, outbox
from mailroute.store.session import Store
from peers import Postfix, needs_postfix, short_folder

pytestmark = [pytest.mark.peers, needs_postfix]

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
ROUNDS = 12
"""Far more than any of these stories needs; a loop would fill them all."""
MARKS = "/^(Auto-Submitted|X-Auto-Response-Suppress|X-Mailroute-Loop|Precedence):/ IGNORE\n"
"""A Postfix that strips every sign of a machine from what passes through it."""


class FixedClock:
    """A clock that stands still: no budget of an hour is ever forgotten."""

    def now(self) -> datetime:
        """Always the same moment."""
        return NOW


@dataclass
class Installation:
    """A whole mailroute on a store of its own, behind a door of its own."""

    name: str
    store: Store
    reader: Reader
    journal: Journal = field(default_factory=lambda: Journal(registry=CollectorRegistry()))
    renderer: Renderer = field(default_factory=Renderer)
    entries: list[InboxId] = field(default_factory=list)

    @property
    def desk(self) -> str:
        """Its routing address."""
        return f"issues@{self.name}.example"

    @property
    def policy(self) -> Policy:
        """It sends, and signs with a key of its own."""
        service = Service(
            name=self.name, routing_address=self.desk, internal_domains=(f"staff.{self.name}.example",)
        )
        return Policy(service=service, mode=Mode.LIVE, secret=self.name.encode().ljust(32, b"."))

    async def keep(self, mail: ReceivedMail) -> InboxId:
        """As the product keeps what its door takes in."""
        with self.store.write() as connection:
            [kept] = inbox.keep(connection, [mail])
        self.entries.append(kept.id)
        return kept.id

    def accepts(self, address: str) -> bool:
        """The desk and its sub-addresses."""
        return without_detail(address) == self.desk

    def compose(self, draft: MailDraft, now: datetime) -> ComposedMail:
        """As the product composes."""
        return compose(draft, self.renderer, self.policy, outbox_unique="", now=now)

    def work(self) -> None:
        """Process everything that has come."""

        def composed(draft: MailDraft, facts: Facts) -> ComposedMail:
            return self.compose(draft, facts.now)

        processor = MailProcessor(
            store=self.store,
            read=self.reader.read,
            compose=composed,
            enqueue=lambda connection, mail: None,
            policy=self.policy,
            clock=FixedClock(),
            journal=self.journal,
        )
        while self.entries:
            processor.process(self.entries.pop(0))

    async def send(self, port: int) -> int:
        """Hand everything that waits to the smarthost; how many."""
        deliverer = Deliverer(
            store=self.store,
            transport=SmtpTransport(Smarthost(host="127.0.0.1", port=port)),
            compose=self.compose,
            enqueue=lambda connection, mail, at: None,
            policy=self.policy,
            clock=FixedClock(),
            journal=self.journal,
            directories=Directories(),
        )
        with self.store.read() as connection:
            due = outbox.due(connection, NOW)
        for number in due:
            await deliverer.deliver(number)
        return len(due)

    def mails(self, kind: str) -> list[OutboxItem]:
        """What it has written of one kind."""
        with self.store.read() as connection:
            return [one for one in outbox.listing(connection, limit=1000) if one.kind == kind]


@dataclass
class Robot:
    """A program that answers every mail it gets, with no sign of being one."""

    address: str
    answer_to: Callable[[ReceivedMail], str | None]
    words: str
    sender: str
    """Envelope sender of its answers."""
    got: list[ReceivedMail] = field(default_factory=list)
    answered: int = 0

    async def keep(self, mail: ReceivedMail) -> InboxId:
        """Takes in whatever comes."""
        self.got.append(mail)
        return InboxId(len(self.got))

    def answer(self, postfix: Postfix) -> int:
        """Answer what has not been answered yet; how many."""
        new = self.got[self.answered :]
        for mail in new:
            self.answered += 1
            if to := self.answer_to(mail):
                postfix.send(self.sender, [to], written(self.address, to, self.words, f"r{self.answered}"))
        return len(new)


def written(author: str, to: str, words: str, number: str) -> bytes:
    """A mail as a person writes it."""
    message_id = f"<{number}@{author.partition('@')[2]}>"
    head = f"From: <{author}>\r\nTo: <{to}>\r\nSubject: {words[:40]}\r\nMessage-ID: {message_id}\r\n"
    return f"{head}Date: Tue, 3 Mar 2026 09:00:00 +0000\r\n\r\n{words}\r\n".encode()


def return_path(mail: ReceivedMail) -> str | None:
    """Where RFC 3834 wants answers."""
    return mail.envelope.mail_from


def header(name: str) -> Callable[[ReceivedMail], str | None]:
    """Where careless programs answer."""
    return lambda mail: parseaddr(str(message_from_bytes(mail.raw)[name]))[1]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One reading child for all of them."""
    with Reader(Policy()) as opened:
        yield opened


@contextmanager
def installation(name: str, folder: Path, reader: Reader) -> Iterator[tuple[Installation, Door]]:
    """One of them, open."""
    store = Store.open(f"sqlite:///{folder}/{name}.db", create=True, durable=False)
    lead = Staff(id="lead", name="Lea", role=StaffRole.LEAD, emails=(f"lea@staff.{name}.example",))
    with store.write() as connection:
        directory_rows.replace(connection, Directory(staff=(lead,)))
    made = Installation(name, store, reader)
    try:
        with open_door(keep=made.keep, accepts=made.accepts) as door:
            yield made, door
    finally:
        store.dispose()


def route(door: Door) -> str:
    """Postfix's way to a door."""
    return f"smtp:[127.0.0.1]:{door.listener.address[1]}"


def until_silence(
    postfix: Postfix, houses: list[Installation], robots: list[Robot], run: Callable[[Awaitable[int]], int]
) -> int:
    """Everybody works and answers until nobody has anything to say; how many rounds it took."""
    for number in range(ROUNDS):
        postfix.drain()
        for house in houses:
            house.work()
        said = sum(run(house.send(postfix.port)) for house in houses)
        postfix.drain()
        said += sum(robot.answer(postfix) for robot in robots)
        if not said:
            return number
    return ROUNDS


@pytest.mark.parametrize("strips_marks", [False, True])
def test_two_installations_wired_to_each_other_fall_silent(reader: Reader, strips_marks: bool) -> None:
    """Each writes to the other in its own name; at most one acknowledgement each, whatever is left of the marks."""
    with ExitStack() as stack:
        folder = stack.enter_context(short_folder("lp"))
        (alpha, to_alpha), (beta, to_beta) = (
            stack.enter_context(installation(name, folder, reader)) for name in ("alpha", "beta")
        )
        staff = stack.enter_context(open_door(accepts=lambda address: True))
        (folder / "checks").write_text(MARKS if strips_marks else "")
        routes = {"alpha.example": route(to_alpha), "beta.example": route(to_beta)}
        routes |= {f"staff.{name}.example": route(staff) for name in ("alpha", "beta")}
        postfix = stack.enter_context(Postfix(routes, extra=f"header_checks = regexp:{folder}/checks"))
        for house, other in ((alpha, beta), (beta, alpha)):
            words = f"The gate of {house.name} sticks. Please have a look."
            postfix.send(house.desk, [other.desk], written(house.desk, other.desk, words, house.name))
        rounds = until_silence(postfix, [alpha, beta], [], staff.run)
        acknowledged = [len(house.mails("ticket-opened")) for house in (alpha, beta)]

    assert rounds < ROUNDS
    assert all(count <= 1 for count in acknowledged)


@pytest.mark.parametrize(
    ("answer_to", "sender"),
    [
        (return_path, "ivo@saltmere.example"),
        (header("Reply-To"), "ivo@saltmere.example"),
        (header("From"), "ivo@saltmere.example"),
        (return_path, ""),
        (header("From"), ""),
    ],
    ids=["return-path", "reply-to", "from", "bouncer-to-return-path", "bouncer-to-from"],
)
def test_a_machine_that_answers_everything_falls_silent(
    reader: Reader, answer_to: Callable[[ReceivedMail], str | None], sender: str
) -> None:
    """A vacation program without a mark, and a bouncing bouncer: one acknowledgement of its own words at most."""
    with ExitStack() as stack:
        folder = stack.enter_context(short_folder("lp"))
        alpha, to_alpha = stack.enter_context(installation("alpha", folder, reader))
        words = "I have your message and will look at it when I am back at my desk."
        robot = Robot("ivo@saltmere.example", answer_to, words, sender)
        door = stack.enter_context(open_door(keep=robot.keep, accepts=lambda address: True))
        staff = stack.enter_context(open_door(accepts=lambda address: True))
        routes = {
            "alpha.example": route(to_alpha),
            "saltmere.example": route(door),
            "staff.alpha.example": route(staff),
        }
        postfix = stack.enter_context(Postfix(routes))
        first = written(
            robot.address, alpha.desk, "The sluice hangs half way. Please send somebody.", "first"
        )
        postfix.send(robot.address, [alpha.desk], first)
        rounds = until_silence(postfix, [alpha], [robot], door.run)
        acknowledged = len(alpha.mails("ticket-opened"))

    assert rounds < ROUNDS
    assert 1 <= acknowledged <= 2
    assert len(robot.got) <= 2
