"""The recipes of docs/operating.md, word for word, with a real Postfix."""

import re
import smtplib
from collections.abc import Iterator
from pathlib import Path

import pytest
from open_door import Door, certificate, open_door

from mailroute.intake.smtp import WireProtocol
from peers import PATIENCE, Postfix, SmtpSink, needs_postfix

pytestmark = [pytest.mark.peers, needs_postfix]

DOCUMENT = Path(__file__).parents[2] / "docs" / "operating.md"
PORTS = {WireProtocol.LMTP: "2424", WireProtocol.SMTP: "2525"}
EIGHT_BIT = (
    "From: Jörg <jörg@pumpen.example>\r\nSubject: Pumpe\r\nMessage-ID: <1@pumpen.example>\r\n"
    "Date: Tue, 3 Mar 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Content-Transfer-Encoding: 8bit\r\n\r\nDie Pumpe läuft nicht.\r\n"
).encode()


def recipe(beginning: str) -> str:
    """The indented block of the document whose first line is *beginning*, without that line; all such blocks."""
    found = re.findall(rf"^    {re.escape(beginning)}\n((?:    .+\n)+)", DOCUMENT.read_text(), re.MULTILINE)
    return "\n".join(block.replace("\n    ", "\n").removeprefix("    ") for block in found)


def table(protocol: WireProtocol, port: int) -> str:
    """The documented transport table, to the door of this test."""
    lines = recipe("# /etc/postfix/mailroute").splitlines()
    [line] = [line for line in lines if line.endswith(f":{PORTS[protocol]}")]
    return line.replace(f":{PORTS[protocol]}", f":{port}") + "\n"


def main_cf() -> str:
    """The documented lines of main.cf; the harness names the table by its own path."""
    return recipe("# /etc/postfix/main.cf").replace(
        "transport_maps = regexp:/etc/postfix/mailroute", "# the table is in the harness"
    )


@pytest.fixture(params=list(WireProtocol))
def protocol(request: pytest.FixtureRequest) -> WireProtocol:
    """LMTP and SMTP."""
    found: WireProtocol = request.param
    return found


@pytest.fixture
def door(protocol: WireProtocol) -> Iterator[Door]:
    """Our door."""
    with open_door(protocol=protocol, accepts=lambda address: address.startswith("issues")) as opened:
        yield opened


def test_the_document_has_the_recipes() -> None:
    """One main.cf, two tables."""
    assert "recipient_delimiter = +" in main_cf()
    assert 2 == recipe("# /etc/postfix/mailroute").count("northwind")


def test_routing_and_reply_addresses_come_to_us_and_the_rest_does_not(
    protocol: WireProtocol, door: Door
) -> None:
    """The desk and its sub-addresses come in one mail with the right envelope; colleagues' mail goes home."""
    with (
        SmtpSink(dump=True) as home,
        Postfix(
            {"northwind.example": f"smtp:[127.0.0.1]:{home.port}"},
            regexp=table(protocol, door.listener.address[1]),
            extra=main_cf(),
        ) as postfix,
    ):
        ours = ["issues@northwind.example", "issues+c.17.mac@northwind.example"]
        postfix.send("jo@pumpen.example", [*ours, "issues-list@northwind.example"], EIGHT_BIT)
        postfix.wait_for("status=sent", 3)
        at_home = home.messages()
        log = postfix.log()

    assert [set(ours)] == [set(mail.envelope.rcpt_to) for mail in door.kept]
    assert 1 == len(at_home)
    assert "warning" not in log


def test_eight_bits_utf8_addresses_and_the_real_peer_come_through(protocol: WireProtocol, door: Door) -> None:
    """8BITMIME and SMTPUTF8 leave every byte as it was; the Received of Postfix tells who delivered to it."""
    with Postfix(
        {"northwind.example": "error:nobody"},
        regexp=table(protocol, door.listener.address[1]),
        extra=main_cf(),
    ) as postfix:
        with smtplib.SMTP("127.0.0.1", postfix.port, "their-host.example", timeout=PATIENCE) as client:
            client.sendmail(
                "jörg@pumpen.example",
                ["issues@northwind.example"],
                EIGHT_BIT,
                mail_options=["SMTPUTF8", "BODY=8BITMIME"],
            )
        postfix.wait_for("status=sent")
    [mail] = door.kept

    assert mail.raw.endswith(EIGHT_BIT)
    assert "jörg@pumpen.example" == mail.envelope.mail_from
    assert b"from their-host.example (unknown [127.0.0.1])" in mail.raw


def test_postfix_speaks_tls_to_us(protocol: WireProtocol, tmp_path: Path) -> None:
    """With a certificate Postfix may insist on STARTTLS, and delivers."""
    file, _ = certificate(tmp_path)
    client = "lmtp" if protocol is WireProtocol.LMTP else "smtp"
    with (
        open_door(protocol=protocol, certificate=file, accepts=lambda address: True) as door,
        Postfix(
            {"northwind.example": "error:nobody"},
            regexp=table(protocol, door.listener.address[1]),
            extra=f"{main_cf()}\n{client}_tls_security_level = encrypt",
        ) as postfix,
    ):
        postfix.send("jo@pumpen.example", ["issues@northwind.example"], EIGHT_BIT)
        postfix.wait_for("status=sent")
        kept = door.kept

    assert b"SMTPS id" in kept[0].raw or b"LMTPS id" in kept[0].raw
