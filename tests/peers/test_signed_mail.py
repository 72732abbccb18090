"""Our mail, signed with the key of the settings, through a real Postfix to a border with a real OpenDKIM."""

import asyncio
import base64
import re
import subprocess
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from office import BORDER as OUR_BORDER
from office import DIRECTORY, ROUTING, mail
from prometheus_client import CollectorRegistry
from verifier import BORDER, OpenDkim, needs_opendkim

from mailroute.bootstrap import Application, load_directory_file, open_application
from mailroute.domain.outgoing import OutboxState
from mailroute.domain.received import Channel, Envelope, ReceivedMail
from mailroute.journal import Journal
from mailroute.outbound.transport import SmtpTransport
from mailroute.services.way_out import smarthost_of
from mailroute.settings import load_settings
from mailroute.store import outbox
from peers import Postfix, SmtpSink

pytestmark = [pytest.mark.peers, needs_opendkim]

SELECTOR = "s2026"


def make_key(algorithm: str, file: Path) -> str:
    """A private key in *file*, as an operator makes one; the record for the DNS."""
    words = ["genpkey", "-algorithm", algorithm]
    subprocess.run(["openssl", *words, "-out", str(file)], check=True, capture_output=True)
    public = subprocess.run(
        ["openssl", "pkey", "-in", str(file), "-pubout", "-outform", "DER"], check=True, capture_output=True
    ).stdout
    octets = public[-32:] if algorithm == "ed25519" else public
    return f"v=DKIM1; k={algorithm}; p={base64.b64encode(octets).decode()}"


@pytest.fixture(params=["rsa", "ed25519"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The record of the key in `key.pem`."""
    return make_key(request.param, tmp_path / "key.pem")


@pytest.fixture
def app(tmp_path: Path, record: str) -> Iterator[Application]:
    """The service in mode live, with a key."""
    assert record
    (tmp_path / "directory.toml").write_text(DIRECTORY)
    config = tmp_path / "mailroute.toml"
    config.write_text(
        f"""\
mode = "live"
data_dir = "{tmp_path}"
[service]
routing_address = "{ROUTING}"
internal_domains = ["northwind.example"]
[trust]
authserv_ids = ["{OUR_BORDER}"]
[smarthost]
host = "127.0.0.1"
security = "none"
[dkim]
selector = "{SELECTOR}"
key_file = "{tmp_path}/key.pem"
[directory]
file = "directory.toml"
"""
    )
    settings = load_settings(config, environ={})
    with open_application(settings, create=True, journal=Journal(registry=CollectorRegistry())) as opened:
        load_directory_file(opened)
        yield opened


def take_in(app: Application, raw: bytes, mail_from: str) -> None:
    """One mail of a client, worked through."""
    proof = f"Authentication-Results: {OUR_BORDER}; dmarc=pass header.from={mail_from.partition('@')[2]}\r\n"
    envelope = Envelope(mail_from=mail_from, rcpt_to=(ROUTING,))
    kept = app.keep_all(
        [
            ReceivedMail(
                raw=proof.encode() + raw,
                envelope=envelope,
                channel=Channel.SMTP,
                received_at=app.clock.now(),
                source_key="smtp:1",
            )
        ]
    )
    app.processor(app.reader().read).process(kept[0])


def send_all(app: Application, port: int) -> list[OutboxState]:
    """Deliver what is due; where it stands then."""

    async def run() -> None:
        settings = app.settings.model_copy(
            update={"smarthost": app.settings.smarthost.model_copy(update={"port": port})}
        )
        transport = SmtpTransport(smarthost_of(settings))
        with app.store.read() as connection:
            due = outbox.due(connection, app.clock.now())
        for number in due:
            await app.deliverer(transport).deliver(number)
        await transport.close()

    asyncio.run(run())
    with app.store.read() as connection:
        return [one.state for one in outbox.listing(connection)]


def test_opendkim_believes_our_mail(app: Application, record: str) -> None:
    """Every mail about a new ticket, to client, rep and PM, is verified by a real OpenDKIM behind a real Postfix."""
    take_in(app, mail(1), "ann@borealis.example")
    name = f"{SELECTOR}._domainkey.northwind.example"
    with SmtpSink(dump=True) as sink, OpenDkim({name: record}) as verifier:
        routes = dict.fromkeys(("borealis.example", "northwind.example"), f"smtp:[127.0.0.1]:{sink.port}")
        with Postfix(routes, extra=verifier.postfix_lines) as postfix:
            states = send_all(app, postfix.port)
            postfix.wait_for("status=sent", len(states))
            arrived = [message_from_bytes(raw) for raw in sink.messages()]

    told = [" ".join(str(one["Authentication-Results"]).split()) for one in arrived]
    assert len(states) >= 3
    assert set(states) == {OutboxState.SENT}
    assert len(states) == len(arrived)
    assert all(re.search(rf"{BORDER}; dkim=pass .*header\.d=northwind\.example", one) for one in told), told


def test_a_changed_mail_is_not_believed(app: Application, record: str) -> None:
    """The same verifier refutes a mail of ours into which somebody has written a second From."""
    take_in(app, mail(1), "ann@borealis.example")
    name = f"{SELECTOR}._domainkey.northwind.example"
    with app.store.read() as connection:
        ours = outbox.listing(connection)[0].mail
    with SmtpSink(dump=True) as sink, OpenDkim({name: record}) as verifier:
        routes = {"borealis.example": f"smtp:[127.0.0.1]:{sink.port}"}
        with Postfix(routes, extra=verifier.postfix_lines) as postfix:
            changed = ours.raw.replace(b"\r\nSubject: ", b"\r\nSubject: Urgent: ")
            postfix.send(ours.mail_from, ["ann@borealis.example"], changed)
            postfix.wait_for("status=sent")
            [arrived] = sink.messages()

    assert b"dkim=fail" in arrived
    assert b"dkim=pass" not in arrived


def test_a_retry_sends_the_same_bytes(app: Application, tmp_path: Path) -> None:
    """What is signed is what is kept: a mail put off by the smarthost comes later with the same signature."""
    take_in(app, mail(1), "ann@borealis.example")
    with app.store.read() as connection:
        kept = {one.mail.raw for one in outbox.listing(connection)}
    with SmtpSink("-r", ".") as busy:
        states = send_all(app, busy.port)
    with app.store.read() as connection:
        after = {one.mail.raw for one in outbox.listing(connection)}

    assert set(states) == {OutboxState.QUEUED}
    assert kept == after
    assert all(raw.startswith(b"DKIM-Signature: ") for raw in kept)
