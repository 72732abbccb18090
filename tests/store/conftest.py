"""Values for the store's tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.issue import Issue
from mailroute.domain.outgoing import ComposedMail, MailDraft, Reader
from mailroute.domain.received import Channel, Envelope, ReceivedMail
from mailroute.domain.ticket import Move, Routing, Status, Ticket, TicketRef

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def noon() -> datetime:
    """The moment at which everything in these tests happens."""
    return NOON


@pytest.fixture
def arrival() -> Callable[..., ReceivedMail]:
    """Makes the arrival of a message; the number tells one from another."""

    def make(number: int, **changes: Any) -> ReceivedMail:
        mail = ReceivedMail(
            raw=f"Subject: pump {number}\r\n\r\nIt leaks.\r\n".encode(),
            envelope=Envelope("ann@borealis.example", ("issues@northwind.example",)),
            channel=Channel.SMTP,
            source_key=f"arrival-{number}",
            received_at=NOON,
        )
        return replace(mail, **changes)

    return make


@pytest.fixture
def make_ticket() -> Callable[..., Ticket]:
    """Makes a ticket that nobody has yet."""

    def make(number: int, **changes: Any) -> Ticket:
        ticket = Ticket(
            ref=TicketRef(number),
            title="Pump leaks",
            status=Status.NEW,
            whose_move=Move.PM,
            requester=Mailbox("Ann Lee", "Ann@borealis.example"),
            organisation="borealis",
            project=None,
            rep="sam",
            pm=None,
            routing=Routing(),
            issue=Issue(title="Pump leaks"),
            opened_at=NOON,
            updated_at=NOON,
        )
        return replace(ticket, **changes)

    return make


@pytest.fixture
def make_draft() -> Callable[..., MailDraft]:
    """Makes what a decision wants sent."""

    def make(key: str, **changes: Any) -> MailDraft:
        draft = MailDraft(
            kind="ticket-opened",
            key=key,
            ticket=None,
            to=(Mailbox("Ann Lee", "ann@borealis.example"),),
            reader=Reader.CLIENT,
            subject="Pump leaks",
            sender_name="Northwind",
        )
        return replace(draft, **changes)

    return make


@pytest.fixture
def make_mail() -> Callable[..., ComposedMail]:
    """Makes the mail that a draft became."""

    def make(number: int, *recipients: str) -> ComposedMail:
        return ComposedMail(
            message_id=f"<ticket-opened.{number}@northwind.example>",
            subject=f"[MR-{number}] Pump leaks",
            text="We have it.",
            raw=b"Subject: Pump leaks\r\n\r\nWe have it.\r\n",
            mail_from=f"issues+b.{number}@northwind.example",
            rcpt_to=recipients or ("ann@borealis.example",),
        )

    return make
