"""The story of the demo: which mails are sent, and the summary for the person who watches."""

import asyncio
import email
import email.utils
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import aiosmtplib

from mailroute.bootstrap import Application
from mailroute.cli.output import colour, printable, tell
from mailroute.domain.outgoing import OutboxState
from mailroute.domain.ticket import Audience, Ticket
from mailroute.intake.files import envelope_of
from mailroute.services.operating import standing
from mailroute.services.placeholders import filled
from mailroute.store import inbox, messages, outbox, tickets
from mailroute.testing.catcher import Catcher

MOST = 1000
PATIENCE_SECONDS = 120.0
"""For the workers to come up and work one mail through; about 3 s on an idle machine."""
LOOK_SECONDS = 0.05
"""Between two looks at the books while a sample is in hand."""
WIDTH = 100


async def send_samples(app: Application, catcher: Catcher, samples: Sequence[Path]) -> None:
    """Send each sample by SMTP, in order, and wait until it is worked through: later ones answer earlier ones."""
    for number, path in enumerate(samples, start=1):
        raw = await asyncio.to_thread(_ready_to_send, app, path)
        await _send(app, raw)
        await _worked_through(app, number)
        tell(f"sent {path.name}")
    await _delivered(app, catcher)


def _ready_to_send(app: Application, path: Path) -> bytes:
    return filled(path.read_bytes(), app.store, app.policy)


async def _send(app: Application, raw: bytes) -> None:
    envelope, _, content = envelope_of(raw, routing_address=app.policy.service.routing_address)
    recipients = [a for a in _addressed(content) if app.accepts(a)] or list(envelope.rcpt_to)
    port = app.settings.smtp.port
    client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                await client.connect()
                break
            except aiosmtplib.SMTPConnectError:  # the door is not open yet
                await asyncio.sleep(LOOK_SECONDS)
    async with client:
        await client.sendmail(envelope.mail_from or "", recipients, content)


def _addressed(content: bytes) -> list[str]:
    message = email.message_from_bytes(content)
    fields = [str(value) for name in ("To", "Cc") for value in message.get_all(name, [])]
    return [address for _, address in email.utils.getaddresses(fields)]


async def _worked_through(app: Application, number: int) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            books = (await asyncio.to_thread(standing, app.store)).books
            if books.received >= number and not books.waiting:
                return
            await asyncio.sleep(LOOK_SECONDS)


async def _delivered(app: Application, catcher: Catcher) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            outbox = (await asyncio.to_thread(standing, app.store)).outbox
            if not outbox[OutboxState.QUEUED] and not outbox[OutboxState.SENDING]:
                break
            await asyncio.sleep(LOOK_SECONDS)
    await catcher.wait_for(outbox[OutboxState.SENT], PATIENCE_SECONDS)


def summary(app: Application) -> str:
    """What came of the samples: tickets with PM and why, the mails that went out, what was set aside, the books."""
    return "\n".join(printable(line) if "\x1b" not in line else line for line in _lines(app))


def _lines(app: Application) -> Iterator[str]:
    with app.store.read() as connection:
        found = sorted(tickets.listing(connection, limit=MOST), key=lambda one: one.ref)
        entries = sorted(inbox.listing(connection, limit=MOST), key=lambda line: line.entry.id)
        mails = sorted(outbox.listing(connection, limit=MOST), key=lambda mail: mail.id)
        books = inbox.books(connection)
        directory = app.directories.current(connection)
        said = {one.ref: messages.messages(connection, one.ref) for one in found}
    yield ""
    yield colour("Tickets", "bold")
    for ticket in found:
        pm = directory.staff_by_id.get(ticket.pm or "")
        yield f"{ticket.ref}  {ticket.title}"
        yield f"      {ticket.requester}, {ticket.issue.type.value}, urgency {ticket.issue.urgency.value}"
        yield f"      goes to {pm.name if pm else 'nobody'}: {_why(ticket)}"
        yield f"      {_first_ask(ticket)}"
        internal = sum(message.audience is Audience.INTERNAL for message in said[ticket.ref])
        yield f"      {len(said[ticket.ref])} messages, {internal} of them internal; move: {ticket.whose_move}"
    yield ""
    yield colour("Mails written", "bold")
    for mail in mails:
        to = ", ".join(str(one.address) for one in mail.to)
        yield f"      {mail.kind:16} to {to:28} {mail.mail.subject}  ({mail.state})"
    yield ""
    yield colour("Set aside, and why", "bold")
    for line in entries:
        if line.action is not None and line.action not in {"open", "append"}:
            yield f"      entry {line.entry.id}: {line.action}, {line.reasons[-1] if line.reasons else ''}"
    yield ""
    yield f"Books: {books.received} received = {books.accounted_for} accounted for" + (
        "" if books.close else "  (they do not close!)"
    )


def _why(ticket: Ticket) -> str:
    return f"{'; '.join(reason.evidence for reason in ticket.routing.reasons)} (rule {ticket.routing.rule})"


def _first_ask(ticket: Ticket) -> str:
    by = f" by {ticket.issue.deadlines[0].date}" if ticket.issue.deadlines else ""
    asks = [re.sub(r"\s+", " ", ask.text) for ask in ticket.issue.asks]
    return f"asks: {asks[0][:WIDTH]}{by}" if asks else f"asks nothing{by}"
