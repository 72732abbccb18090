"""LMTP over a real socket (RFC 2033; standards S24)."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from open_door import HERE, Door, open_door

from mailroute.domain.errors import StorageFull, TryLater
from mailroute.domain.received import Channel, InboxId, ReceivedMail
from mailroute.intake.smtp import WireProtocol

THREE = ("a@house.example", "b@house.example", "a@house.example")


def accepts(address: str) -> bool:
    """Answers for a directory that knows some, not others, and is down for the rest."""
    if address.startswith("late"):
        raise TryLater("later")
    return address.startswith(("a", "b", "issues"))


@pytest.fixture
def lmtp() -> Iterator[Door]:
    """A listener that speaks LMTP."""
    with open_door(protocol=WireProtocol.LMTP, max_bytes=1000, accepts=accepts) as door:
        yield door


def test_lmtp_greets_with_lhlo_only(lmtp: Door) -> None:
    """S24: HELO and EHLO are unknown, LHLO shows PIPELINING and ENHANCEDSTATUSCODES."""
    with lmtp.peer() as peer:
        greeting = peer.greeting
        helo, ehlo = peer.ask("HELO peer.example"), peer.ask("EHLO peer.example")
        offers = peer.ask("LHLO peer.example").split("\n")

    assert greeting == "220 mx.house.example LMTP"
    assert (helo[:9], ehlo[:9]) == ("500 5.5.1", "500 5.5.1")
    assert "250-PIPELINING" in offers
    assert offers[-1] == "250 ENHANCEDSTATUSCODES"


def test_each_accepted_recipient_has_a_reply_of_its_own(lmtp: Door) -> None:
    """S24: as many replies to the dot as recipients accepted, duplicates included; one message is kept."""
    with lmtp.peer("LHLO") as peer:
        first = peer.mail(b"Subject: x\r\n\r\n", to=THREE)
        others = peer.replies(2)
        after = peer.ask("NOOP")

    assert [first[:9], *(reply[:9] for reply in others)] == ["250 2.0.0"] * 3
    assert after == "250 2.0.0 OK"
    assert [mail.envelope.rcpt_to for mail in lmtp.kept] == [THREE]
    assert lmtp.kept[0].channel is Channel.LMTP
    assert re.search(rb"with LMTP id [0-9a-f]{32};", lmtp.kept[0].raw)


def test_three_recipients_may_get_three_answers(lmtp: Door) -> None:
    """S24: 250, 451 and 550 in one transaction; only the accepted one is answered after the dot."""
    with lmtp.peer("LHLO") as peer:
        peer.ask("MAIL FROM:<ann@client.example>")
        answers = [peer.ask(f"RCPT TO:<{name}@house.example>")[:9] for name in ("a", "late", "nobody")]
        peer.ask("DATA")
        peer.send(b"Subject: x\r\n\r\n.\r\n")
        dot = peer.reply()
        after = peer.ask("NOOP")

    assert answers == ["250 2.1.5", "451 4.3.0", "550 5.1.1"]
    assert dot.startswith("250 2.0.0")
    assert after == "250 2.0.0 OK"
    assert lmtp.kept[0].envelope.rcpt_to == ("a@house.example",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"y" * 998 + b"\r\n" + b"y" * 998 + b"\r\n", "552 5.3.4"),
        (b"bare\nline feed\r\n", "550 5.5.2"),
        (b"Received: x\r\n" * 70, "250 2.0.0"),
    ],
)
def test_refusals_are_repeated_for_each_recipient(lmtp: Door, text: bytes, code: str) -> None:
    """S24: an oversize or malformed message with two recipients is answered twice."""
    with lmtp.peer("LHLO") as peer:
        replies = [peer.mail(text, to=("a@house.example", "b@house.example")), peer.reply()]
        after = peer.ask("NOOP")

    assert [reply[:9] for reply in replies] == [code] * 2
    assert after == "250 2.0.0 OK"


@pytest.mark.parametrize(
    ("error", "code"),
    [(TryLater("x"), "451 4.3.0"), (StorageFull("x"), "452 4.3.1"), (ValueError("x"), "451 4.3.0")],
)
def test_own_faults_are_repeated_for_each_recipient(error: Exception, code: str) -> None:
    """S3, S24: what we cannot keep is put off for every recipient."""

    async def keep(_mail: ReceivedMail) -> InboxId:
        raise error

    with open_door(protocol=WireProtocol.LMTP, keep=keep) as door, door.peer("LHLO") as peer:
        replies = [peer.mail(b"Subject: x\r\n\r\n", to=(HERE, HERE, HERE)), *peer.replies(2)]

    assert [reply[:9] for reply in replies] == [code] * 3


def test_no_recipient_no_data(lmtp: Door) -> None:
    """S24: DATA without an accepted recipient is 503, and no reply to a dot is owed."""
    with lmtp.peer("LHLO") as peer:
        peer.ask("MAIL FROM:<ann@client.example>")
        peer.ask("RCPT TO:<nobody@house.example>")
        reply = peer.ask("DATA")
        after = peer.ask("NOOP")

    assert reply.startswith("503 5.5.1")
    assert after == "250 2.0.0 OK"


def test_a_whole_transaction_in_one_packet(lmtp: Door) -> None:
    """S19, S24: pipelined LMTP keeps order and count."""
    with lmtp.peer("LHLO") as peer:
        peer.send(
            b"MAIL FROM:<>\r\nRCPT TO:<a@house.example>\r\nRCPT TO:<no@house.example>\r\nRCPT TO:<b@house.example>\r\n"
            b"DATA\r\nSubject: x\r\n\r\n.\r\nQUIT\r\n"
        )
        replies = [reply[:3] for reply in peer.rest()]

    assert replies == ["250", "250", "550", "250", "354", "250", "250", "221"]


def test_lmtp_over_a_unix_socket() -> None:
    """LMTP on a unix socket: any number of local peers, a trace that says so, and the socket goes at the end."""
    with tempfile.TemporaryDirectory(prefix="door") as folder:
        path = Path(folder) / "lmtp"
        with open_door(
            protocol=WireProtocol.LMTP, socket_path=path, socket_mode=0o666, max_connections_per_ip=1
        ) as door:
            with door.peer("LHLO") as peer, door.peer("LHLO"):
                reply = peer.mail(b"Subject: x\r\n\r\n")
            mode = path.stat().st_mode & 0o777
        gone = not path.exists()

    assert reply.startswith("250")
    assert mode == 0o666
    assert b"from peer.example (local)\r\n" in door.kept[0].raw
    assert gone
