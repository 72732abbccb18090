"""A small company with its clients, and makers of the values that decisions look at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Facts, InboxEntry, Reading
from mailroute.domain.directory import (
    Absence,
    Client,
    Directory,
    Organisation,
    Project,
    ProjectStatus,
    Staff,
    StaffRole,
)
from mailroute.domain.issue import Issue
from mailroute.domain.parsed import Body, ParsedMail
from mailroute.domain.policy import Policy, Service
from mailroute.domain.received import Channel, Envelope, InboxId, Verdict
from mailroute.domain.ticket import Move, Participant, Role, Routing, Status, Ticket, TicketRef
from mailroute.services.gather import who

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
DESK = "issues@northwind.example"

STAFF = (
    Staff(id="sam", name="Sam Reed", role=StaffRole.REP, emails=("sam@northwind.example",)),
    Staff(id="ines", name="Ines Costa", role=StaffRole.PM, emails=("ines@northwind.example",)),
    Staff(
        id="kai",
        name="Kai Berg",
        role=StaffRole.PM,
        emails=("kai@northwind.example",),
        away=(Absence(date(2026, 3, 2), date(2026, 3, 6), "ines"),),
    ),
    Staff(id="lea", name="Lea Roth", role=StaffRole.LEAD, emails=("lea@northwind.example",)),
)
ORGANISATIONS = (
    Organisation(
        id="borealis",
        name="Borealis Pumps GmbH",
        domains=("borealis.example",),
        rep="sam",
        pm="ines",
        tier="gold",
    ),
    Organisation(id="corvus", name="Corvus Mills", domains=("corvus.example",), rep="sam"),
)
CLIENTS = (
    Client(name="Ann Lee", emails=("ann.lee@borealis.example", "ann@home.example"), organisation="borealis"),
    Client(name="Ben Okafor", emails=("ben@borealis.example",), organisation="borealis"),
    Client(name="Cleo Marsh", emails=("cleo.marsh@gmail.com",), organisation="corvus"),
)
PROJECTS = (
    Project(
        key="P4",
        name="Pump hall 4 overhaul",
        aliases=("hall 4", "pump four"),
        organisation="borealis",
        pm="kai",
        references=("PO-4471",),
    ),
    Project(key="P5", name="Cooling tower", aliases=("tower",), organisation="borealis", pm="ines"),
    Project(
        key="P1",
        name="Old boiler house",
        organisation="borealis",
        pm="kai",
        references=("PO-1002",),
        status=ProjectStatus.CLOSED,
    ),
    Project(key="C7", name="Roller mill", organisation="corvus", pm="ines", references=("CM-77",)),
)


@pytest.fixture
def now() -> datetime:
    """The moment of every decision in these tests, a Tuesday."""
    return NOW


@pytest.fixture
def house() -> Directory:
    """Northwind Projects: a rep, two PMs of whom Kai is away, a lead, two client companies."""
    return Directory(staff=STAFF, organisations=ORGANISATIONS, clients=CLIENTS, projects=PROJECTS)


@pytest.fixture
def policy() -> Policy:
    """Northwind's installation, with a key of its own."""
    service = Service(
        name="Northwind Projects",
        routing_address=DESK,
        internal_domains=("northwind.example",),
        timezone="Europe/Berlin",
    )
    return Policy(service=service, secret=b"a key for tests only, 32 octets.")


@pytest.fixture
def make_parsed() -> Callable[..., ParsedMail]:
    """Makes a read message: who wrote it, the words, then any other field."""

    def make(sender: str, words: str = "Pump 4 leaks again.", /, **changes: Any) -> ParsedMail:
        parsed = ParsedMail(
            message_id="<one@mail.example>",
            date=NOW,
            subject="Pump 4",
            sender=Mailbox(None, sender),
            sender_is_sole=True,
            to=(Mailbox(None, DESK),),
            body=Body(full=words, fresh=words),
        )
        return replace(parsed, **changes)

    return make


@pytest.fixture
def make_ticket() -> Callable[..., Ticket]:
    """Makes a ticket of Ann at Borealis that Ines works on."""

    def make(number: int = 17, **changes: Any) -> Ticket:
        ann = Mailbox("Ann Lee", "ann.lee@borealis.example")
        ticket = Ticket(
            ref=TicketRef(number),
            title="Pump 4 leaks",
            status=Status.OPEN,
            whose_move=Move.PM,
            requester=ann,
            organisation="borealis",
            project=None,
            rep="sam",
            pm="ines",
            routing=Routing(pm="ines", rule="organisation-pm"),
            issue=Issue(title="Pump 4 leaks"),
            opened_at=NOW,
            updated_at=NOW,
        )
        return replace(ticket, **changes)

    return make


@pytest.fixture
def make_facts(house: Directory, policy: Policy) -> Callable[..., Facts]:
    """Makes what is known of a read message; identity and tokens are told as the service tells them."""

    def make(
        parsed: ParsedMail,
        *,
        vouched: Verdict | None = None,
        mail_from: str | None = "",
        rcpt_to: tuple[str, ...] = (DESK,),
        tickets: tuple[Ticket, ...] = (),
        **changes: Any,
    ) -> Facts:
        author = parsed.sender.address if parsed.sender else None
        directory, rules = changes.pop("directory", house), changes.pop("policy", policy)
        entry = InboxEntry(
            id=InboxId(5),
            envelope=Envelope(author if mail_from == "" else mail_from, rcpt_to),
            channel=Channel.SMTP,
            received_at=NOW,
            source="05-mail.eml",
            vouched=vouched,
            sha256="",
        )
        reading = Reading(parsed, changes.pop("issue", Issue(title="Pump 4 leaks")))
        identity, tokens = who(reading, entry, directory, rules)
        facts = Facts(
            entry=entry,
            reading=reading,
            identity=identity,
            directory=directory,
            policy=rules,
            now=NOW,
            next_ref=TicketRef(90),
            tokens=tokens,
            tickets={ticket.ref: ticket for ticket in tickets},
        )
        return replace(facts, **changes)

    return make


@pytest.fixture
def on_ticket() -> Callable[[str, Role], Participant]:
    """Makes somebody who is on a ticket."""
    from mailroute.domain.reasons import Reason

    def make(address: str, role: Role = Role.CLIENT) -> Participant:
        return Participant(mailbox=Mailbox(None, address), role=role, reason=Reason("copied", "Cc"))

    return make
