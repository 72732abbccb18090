"""Our doors behind a real Postfix: it delivers, it keeps what we cannot take, it hears an answer for each recipient."""

import threading
from pathlib import Path

import pytest
from open_door import Door, open_door

from mailroute.domain.errors import StorageFull, TryLater
from mailroute.domain.received import InboxId, ReceivedMail
from mailroute.intake.smtp import WireProtocol
from peers import Postfix, needs_postfix, short_folder

pytestmark = [pytest.mark.peers, needs_postfix]

MESSAGE = (
    b"From: Ann <ann@client.example>\r\nSubject: pump\r\nMessage-ID: <1@client.example>\r\n"
    b"Date: Tue, 3 Mar 2026 09:00:00 +0000\r\n\r\n.hidden dot\r\nIt leaks.\r\n"
)


class Moody:
    """A keep that fails as long as `error` is set."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.kept: list[ReceivedMail] = []
        self.arrived = threading.Event()

    async def keep(self, mail: ReceivedMail) -> InboxId:
        """Fails, or keeps."""
        if self.error is not None:
            raise self.error
        self.kept.append(mail)
        self.arrived.set()
        return InboxId(len(self.kept))


def accepts(address: str) -> bool:
    """A directory that is down for some."""
    if address.startswith("late"):
        raise TryLater("later")
    return not address.startswith("nobody")


def route(door: Door, protocol: WireProtocol) -> str:
    """The transport to a door."""
    port = door.listener.address[1]
    return f"lmtp:inet:127.0.0.1:{port}" if protocol is WireProtocol.LMTP else f"smtp:[127.0.0.1]:{port}"


@pytest.mark.parametrize("protocol", list(WireProtocol))
def test_postfix_delivers(protocol: WireProtocol) -> None:
    """What Postfix hands over arrives byte for byte, with the envelope as it was."""
    moody = Moody()
    with (
        open_door(protocol=protocol, keep=moody.keep, accepts=accepts) as door,
        Postfix({"house.example": route(door, protocol)}) as postfix,
    ):
        postfix.send("ann@client.example", ["issues@house.example", "sam@house.example"], MESSAGE)
        lines = postfix.wait_for("status=sent", 2)
        postfix.drain()

    assert len(moody.kept) == 1
    assert moody.kept[0].raw.endswith(MESSAGE)
    assert moody.kept[0].envelope.mail_from == "ann@client.example"
    assert set(moody.kept[0].envelope.rcpt_to) == {"issues@house.example", "sam@house.example"}
    assert all("250 2.0.0 OK, kept" in line for line in lines)


@pytest.mark.parametrize("protocol", list(WireProtocol))
@pytest.mark.parametrize("error", [TryLater("locked"), StorageFull("full"), RuntimeError("secret")])
def test_postfix_keeps_what_we_cannot_and_delivers_after_repair(
    protocol: WireProtocol, error: Exception
) -> None:
    """S3: while keeping fails the mail waits at Postfix; it is never bounced, and comes once all is well."""
    moody = Moody(error)
    with (
        open_door(protocol=protocol, keep=moody.keep, accepts=accepts) as door,
        Postfix({"house.example": route(door, protocol)}) as postfix,
    ):
        postfix.send("ann@client.example", ["issues@house.example"], MESSAGE)
        deferred = postfix.wait_for("status=deferred")
        waiting = postfix.queue()
        moody.error = None
        postfix.flush()
        assert moody.arrived.wait(30)
        postfix.drain()
        log = postfix.log()

    assert "45" in deferred[0]
    assert "secret" not in log
    assert len(waiting) == 1
    assert "status=bounced" not in log
    assert len(moody.kept) == 1


@pytest.mark.parametrize("protocol", list(WireProtocol))
def test_three_recipients_get_three_answers(protocol: WireProtocol) -> None:
    """S24: one recipient is delivered, one is put off, one is refused, each for itself and in one transaction."""
    moody = Moody()
    with (
        open_door(protocol=protocol, keep=moody.keep, accepts=accepts) as door,
        Postfix({"house.example": route(door, protocol)}) as postfix,
    ):
        recipients = ["issues@house.example", "late@house.example", "nobody@house.example"]
        postfix.send("ann@client.example", recipients, MESSAGE)
        sent = postfix.wait_for("status=sent")
        deferred = postfix.wait_for("status=deferred")
        bounced = postfix.wait_for("status=bounced")

    assert "to=<issues@house.example>" in sent[0]
    assert "250 2.0.0" in sent[0]
    assert "to=<late@house.example>" in deferred[0]
    assert "451 4.3.0" in deferred[0]
    assert "to=<nobody@house.example>" in bounced[0]
    assert "550 5.1.1" in bounced[0]
    assert [mail.envelope.rcpt_to for mail in moody.kept] == [("issues@house.example",)]


def test_postfix_waits_for_no_reply_in_lmtp() -> None:
    """S24: with a reply for each of three recipients one delivery is enough, and nothing waits for a timeout."""
    moody = Moody()
    with (
        open_door(protocol=WireProtocol.LMTP, keep=moody.keep, accepts=accepts) as door,
        Postfix(
            {"house.example": route(door, WireProtocol.LMTP)}, extra="lmtp_data_done_timeout = 5s"
        ) as postfix,
    ):
        postfix.send("ann@client.example", [f"{name}@house.example" for name in "abc"], MESSAGE)
        postfix.wait_for("status=sent", 3)
        postfix.drain()
        log = postfix.log()

    assert len(moody.kept) == 1
    assert "timed out" not in log


def test_postfix_delivers_to_a_unix_socket() -> None:
    """LMTP over a unix socket, as a Postfix on the same host would use it."""
    moody = Moody()
    with short_folder("door") as folder:
        path: Path = folder / "lmtp"
        with (
            open_door(
                protocol=WireProtocol.LMTP,
                socket_path=path,
                socket_mode=0o666,
                keep=moody.keep,
                accepts=accepts,
            ),
            Postfix({"house.example": f"lmtp:unix:{path}"}) as postfix,
        ):
            postfix.send("ann@client.example", ["issues@house.example"], MESSAGE)
            postfix.wait_for("status=sent")

    assert b"with LMTP id" in moody.kept[0].raw


def test_a_bounce_arrives_with_the_null_sender() -> None:
    """S12: what Postfix sends with `<>` is kept with no sender at all."""
    moody = Moody()
    with (
        open_door(keep=moody.keep, accepts=accepts) as door,
        Postfix({"house.example": route(door, WireProtocol.SMTP)}) as postfix,
    ):
        postfix.send("", ["issues@house.example"], MESSAGE)
        postfix.wait_for("status=sent")

    assert moody.kept[0].envelope.mail_from is None


def test_a_door_that_opens_late() -> None:
    """While nobody listens the mail waits at Postfix; it comes soon after the door has opened."""
    moody = Moody()
    with open_door() as door:
        port = door.listener.address[1]
    with Postfix({"house.example": f"smtp:[127.0.0.1]:{port}"}) as postfix:
        postfix.send("ann@client.example", ["issues@house.example"], MESSAGE)
        postfix.wait_for("Connection refused")
        with open_door(port=port, keep=moody.keep, accepts=accepts):
            postfix.flush()
            postfix.wait_for("status=sent")

    assert len(moody.kept) == 1
