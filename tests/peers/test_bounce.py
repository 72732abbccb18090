"""A bounce that a real Postfix writes comes back to the return path of one mail, and its owner hears of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from office import DIRECTORY, ROUTING, mail
from open_door import open_door
from prometheus_client import CollectorRegistry
from test_signed_mail import send_all, take_in

from mailroute.bootstrap import Application, load_directory_file, open_application
from mailroute.domain.outgoing import OutboxState
from mailroute.domain.received import InboxId, ReceivedMail
from mailroute.journal import Journal
from mailroute.settings import load_settings
from mailroute.store import messages, outbox, tickets
from peers import Postfix, SmtpSink, needs_postfix

pytestmark = [pytest.mark.peers, needs_postfix]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Application]:
    """The service in mode live."""
    (tmp_path / "directory.toml").write_text(DIRECTORY)
    config = tmp_path / "mailroute.toml"
    config.write_text(
        f"""\
mode = "live"
data_dir = "{tmp_path}"
[service]
routing_address = "{ROUTING}"
internal_domains = ["northwind.example"]
[smarthost]
host = "127.0.0.1"
security = "none"
[directory]
file = "directory.toml"
"""
    )
    settings = load_settings(config, environ={})
    with open_application(settings, create=True, journal=Journal(registry=CollectorRegistry())) as opened:
        load_directory_file(opened)
        yield opened


def test_a_bounce_of_postfix_finds_its_mail_and_its_owner(app: Application) -> None:
    """A mailbox unknown behind the smarthost: the acknowledgement is marked, the rep is told, no ticket comes of it."""
    back: list[InboxId] = []

    async def keep(received: ReceivedMail) -> InboxId:
        back.append(*app.keep_all([received]))
        return back[-1]

    take_in(app, mail(1, sender="Ann Lee <gone@borealis.example>"), "gone@borealis.example")
    with (
        SmtpSink() as sink,
        SmtpSink("-f", "rcpt") as unknown,
        open_door(keep=keep, accepts=app.accepts) as door,
    ):
        routes = {
            "borealis.example": f"smtp:[127.0.0.1]:{unknown.port}",
            "northwind.example": f"smtp:[127.0.0.1]:{sink.port}",
        }
        ours = f"/^issues(\\+.*)?@northwind\\.example$/ smtp:[127.0.0.1]:{door.listener.address[1]}\n"
        with Postfix(routes, regexp=ours) as postfix:
            send_all(app, postfix.port)
            postfix.wait_for("status=bounced")
            postfix.drain()
    processor = app.processor(app.reader().read)
    for number in back:
        processor.process(number)

    with app.store.read() as connection:
        mails = {one.kind: one for one in reversed(outbox.listing(connection))}
        [ticket] = tickets.listing(connection)
        events = [event.event for event in messages.events(connection, ticket.ref)]
    failed, told = mails["ticket-opened"], mails["delivery-failed"]
    assert 1 == len(back)
    assert OutboxState.BOUNCED == failed.state
    assert "500" in failed.results["gone@borealis.example"] or "5." in failed.results["gone@borealis.example"]
    assert "bounce" in events
    assert ["rosa@northwind.example"] == [box.address for box in told.to]
    assert "gone@borealis.example" in told.mail.text
    assert {"ticket-assigned", "ticket-received"} & {
        kind for kind, one in mails.items() if one.state is OutboxState.SENT
    }
