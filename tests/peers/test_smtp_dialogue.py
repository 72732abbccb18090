"""What a peer may count on in an SMTP session, over a real socket (standards S1-S26; S24 is in the LMTP file)."""

import asyncio
import hashlib
import re
import threading
import tracemalloc
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from open_door import HERE, Journalled, open_door

from mailroute.domain.errors import Misconfigured, StorageFull, TryLater
from mailroute.domain.received import Channel, Envelope, InboxId, ReceivedMail
from mailroute.intake.smtp import BareLineEnds, ListenerSettings, WireProtocol


def body_of(mail: ReceivedMail) -> bytes:
    """The bytes below our own trace lines."""
    return re.sub(rb"\AReturn-Path: .*\r\nReceived: .*\r\n(?:\t.*\r\n)+", b"", mail.raw)


def failing(error: Exception) -> Callable[[ReceivedMail], Awaitable[InboxId]]:
    """A keep that always raises *error*."""

    async def keep(_mail: ReceivedMail) -> InboxId:
        raise error

    return keep


# -- S1 to S3: what 250 means, and what is said when there is none -------------------------------------------


def test_250_comes_only_after_keep_has_returned() -> None:
    """S1: the final dot is not answered before the message is kept."""
    durable = threading.Event()
    order: list[str] = []

    async def keep(_mail: ReceivedMail) -> InboxId:
        await asyncio.to_thread(durable.wait, 10)
        order.append("kept")
        return InboxId(1)

    with open_door(keep=keep) as door, door.peer("EHLO") as peer:
        peer.ask("MAIL FROM:<a@client.example>")
        peer.ask(f"RCPT TO:<{HERE}>")
        peer.ask("DATA")
        peer.send(b"Subject: x\r\n\r\n.\r\n")
        peer.connection.settimeout(0.2)
        with pytest.raises(TimeoutError):
            peer.connection.recv(1)
        peer.connection.settimeout(10)
        durable.set()
        reply = peer.reply()

    assert order == ["kept"]
    assert reply.startswith("250 2.0.0")


@pytest.mark.parametrize(
    ("error", "reply"),
    [
        (TryLater("database is locked by secret-host"), "451 4.3.0"),
        (StorageFull("secret-disk is full"), "452 4.3.1"),
        (RuntimeError("password=secret"), "451 4.3.0"),
        (OSError(28, "secret path"), "451 4.3.0"),
    ],
)
def test_own_faults_are_4xx_and_say_nothing_of_themselves(error: Exception, reply: str) -> None:
    """S2, S3: whatever breaks in keeping, the peer keeps the mail, and the session goes on."""
    said = Journalled()
    with open_door(keep=failing(error), said=said) as door, door.peer("EHLO") as peer:
        answer = peer.mail(b"Subject: x\r\n\r\n")
        again = peer.ask("MAIL FROM:<b@client.example>")

    assert answer.startswith(reply)
    assert "secret" not in answer
    assert again == "250 2.1.0 OK"
    assert "not kept" in [event["event"] for event in said]


def test_recipients_that_cannot_be_looked_up_are_put_off() -> None:
    """S3: a directory that is down costs no mail: 451 for that recipient, never 550."""

    def accepts(address: str) -> bool:
        if address.startswith("late"):
            raise TryLater("later")
        if address.startswith("broken"):
            raise KeyError(address)
        return True

    with open_door(accepts=accepts) as door, door.peer("EHLO") as peer:
        peer.ask("MAIL FROM:<a@client.example>")
        replies = [peer.ask(f"RCPT TO:<{name}@house.example>")[:9] for name in ("good", "late", "broken")]
        peer.ask("DATA")
        peer.send(b"Subject: x\r\n\r\n.\r\n")
        kept = peer.reply()

    assert replies == ["250 2.1.5", "451 4.3.0", "451 4.3.0"]
    assert kept.startswith("250")
    assert door.kept[0].envelope.rcpt_to == ("good@house.example",)


def test_low_disk_is_452_at_mail(tmp_path: Path) -> None:
    """S3, S7: without room on the data disk nothing is begun."""
    with open_door(data_dir=tmp_path, min_free_bytes=2**62) as door, door.peer("EHLO") as peer:
        reply = peer.ask("MAIL FROM:<a@client.example>")

    assert reply.startswith("452 4.3.1")


def test_vanished_data_folder_is_451(tmp_path: Path) -> None:
    """S3: a data folder that is gone is our own fault."""
    with open_door(data_dir=tmp_path / "gone") as door, door.peer("EHLO") as peer:
        reply = peer.ask("MAIL FROM:<a@client.example>")

    assert reply.startswith("451 4.3.0")


# -- S4 to S6: line ends and dots ----------------------------------------------------------------------------

SMUGGLERS = [
    b"\n.\n",
    b"\n.\r\n",
    b"\r.\r",
    b"\r.\r\n",
    b"\r\n.\n",
    b"\r\n.\r",
    b"\r\r\n.\r\r\n",
    b"\r\n\x00.\r\n",
    b"\n.\r",
]
HIDDEN = (
    b"MAIL FROM:<evil@client.example>\r\nRCPT TO:<" + HERE.encode() + b">\r\nDATA\r\nSubject: hidden\r\n\r\n"
)


@pytest.mark.parametrize("end", SMUGGLERS)
@pytest.mark.parametrize("policy", list(BareLineEnds))
@pytest.mark.parametrize("bytewise", [False, True])
def test_only_crlf_dot_crlf_ends_a_message(end: bytes, policy: BareLineEnds, bytewise: bool) -> None:
    """S4: nothing that looks like an end to other servers smuggles a second message in."""
    text = b"Subject: x\r\n\r\nouter" + end + HIDDEN
    chunks = [text[i : i + 1] for i in range(len(text))] if bytewise else [text]
    with open_door(bare_line_ends=policy) as door, door.peer("EHLO") as peer:
        peer.ask("MAIL FROM:<a@client.example>")
        peer.ask(f"RCPT TO:<{HERE}>")
        peer.ask("DATA")
        peer.send(*chunks, b".\r\n")
        reply = peer.reply()
        after = peer.ask("NOOP")

    refused = policy is BareLineEnds.REFUSE and b"\x00" not in end
    assert reply[:9] == ("550 5.5.2" if refused else "250 2.0.0")
    assert len(door.kept) == (0 if refused else 1)
    assert after == "250 2.0.0 OK"
    assert all(b"\n" not in mail.raw.replace(b"\r\n", b"") for mail in door.kept)
    assert all(b"\r" not in mail.raw.replace(b"\r\n", b"") for mail in door.kept)


@pytest.mark.parametrize("cut", range(1, 6))
def test_the_end_may_come_in_pieces(cut: int) -> None:
    """S4: CRLF.CRLF ends the message however it is split over packets, and what follows is a command."""
    end = b"\r\n.\r\nNOOP\r\n"
    with open_door() as door, door.peer("EHLO") as peer:
        peer.ask("MAIL FROM:<a@client.example>")
        peer.ask(f"RCPT TO:<{HERE}>")
        peer.ask("DATA")
        peer.send(b"Subject: x\r\n\r\nhi" + end[:cut])
        peer.send(end[cut:])
        replies = peer.replies(2)

    assert [reply[:3] for reply in replies] == ["250", "250"]
    assert body_of(door.kept[0]) == b"Subject: x\r\n\r\nhi\r\n"


def test_command_lines_end_with_crlf_only() -> None:
    """S4: a bare LF or CR in a command is refused by the same policy."""
    with open_door() as door, door.peer("EHLO") as peer:
        peer.send(b"NOOP\n")
        bare_lf = peer.reply()
        bare_cr = peer.ask(b"NOOP\rNOOP")

    assert bare_lf.startswith("500 5.5.2")
    assert bare_cr.startswith("500 5.5.2")


def test_command_lines_may_end_with_lf_where_the_policy_says_so() -> None:
    """S4: with `normalise` a bare LF ends a command, for old devices."""
    with open_door(bare_line_ends=BareLineEnds.NORMALISE) as door, door.peer("EHLO") as peer:
        peer.send(b"NOOP\n")
        reply = peer.reply()

    assert reply == "250 2.0.0 OK"


@pytest.mark.parametrize(
    ("stuffed", "plain"),
    [
        (b"..\r\n", b".\r\n"),
        (b"...\r\n", b"..\r\n"),
        (b"....\r\n", b"...\r\n"),
        (b"..x\r\n", b".x\r\n"),
        (b".x\r\n", b"x\r\n"),
        (b"a\r\n..\r\n..\r\nb..\r\n", b"a\r\n.\r\n.\r\nb..\r\n"),
        (b"", b""),
    ],
)
def test_dots_are_unstuffed(stuffed: bytes, plain: bytes) -> None:
    """S6: one dot at the beginning of each line goes, and no other (RFC 5321 §4.5.2)."""
    with open_door() as door, door.peer("EHLO") as peer:
        peer.mail(stuffed)

    assert body_of(door.kept[0]) == plain


# -- S7 to S9: sizes -----------------------------------------------------------------------------------------


def test_size_is_announced_and_held() -> None:
    """S7: SIZE above the limit is refused at MAIL, a body above it after the dot; exactly the limit is taken."""
    full = b"Subject: x\r\n\r\n" + b"y" * 84 + b"\r\n"
    with open_door(max_bytes=len(full)) as door, door.peer() as peer:
        offers = peer.ask("EHLO peer.example")
        announced = peer.ask(f"MAIL FROM:<a@client.example> SIZE={len(full) + 1}")
        taken = peer.mail(full)
        too_big = peer.mail(b"z" + full)
        stuffed = peer.mail(b"Subject: x\r\n\r\n" + b"..\r\n" * 28 + b"\r\n")

    assert f"SIZE {len(full)}" in offers
    assert announced.startswith("552 5.3.4")
    assert taken.startswith("250")
    assert too_big.startswith("552 5.3.4")
    assert stuffed.startswith("250")
    assert len(door.kept) == 2


def test_oversize_body_is_drained_in_flat_memory() -> None:
    """S7: of a body far above the limit nothing is held while the rest is read."""
    block = b"y" * 998 + b"\r\n"
    with open_door(max_bytes=100_000) as door, door.peer("EHLO") as peer:
        peer.ask("MAIL FROM:<a@client.example>")
        peer.ask(f"RCPT TO:<{HERE}>")
        peer.ask("DATA")
        tracemalloc.start()
        for _ in range(200):
            peer.send(block * 100)
        peer.send(b".\r\n")
        reply = peer.reply()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert reply.startswith("552 5.3.4")
    assert peak < 4 * 2**20
    assert door.kept == []


def test_thirty_megabytes_take_thrice_their_size_at_most() -> None:
    """S7: a body near the limit is copied twice at most while it is taken in."""
    size = 30 * 2**20
    block = (b"y" * 76 + b"\r\n") * 1000
    digest = hashlib.sha256()
    with open_door() as door, door.peer("EHLO") as peer:
        peer.ask("MAIL FROM:<a@client.example>")
        peer.ask(f"RCPT TO:<{HERE}>")
        peer.ask("DATA")
        tracemalloc.start()
        for _ in range(size // len(block)):
            peer.send(block)
            digest.update(block)
        peer.send(b".\r\n")
        reply = peer.reply()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert reply.startswith("250")
    assert hashlib.sha256(body_of(door.kept[0])).digest() == digest.digest()
    assert peak < 3 * size


def test_memory_for_all_bodies_together_is_bounded() -> None:
    """S7: a body that would break the bound on all bodies in hand is put off, and the session goes on."""
    with open_door(max_bytes_in_hand=300_000) as door, door.peer("EHLO") as peer:
        big = peer.mail((b"y" * 98 + b"\r\n") * 5000)
        small = peer.mail(b"Subject: x\r\n\r\n")

    assert big.startswith("452 4.3.1")
    assert small.startswith("250")


def test_a_hundred_recipients_are_taken_and_the_surplus_is_put_off() -> None:
    """S8: 100 recipients get 250, the next 452 4.5.3, and the mail goes to the hundred."""
    with open_door() as door, door.peer("EHLO") as peer:
        peer.ask("MAIL FROM:<a@client.example>")
        replies = [peer.ask(f"RCPT TO:<r{i}@house.example>")[:9] for i in range(140)]
        peer.ask("DATA")
        peer.send(b"Subject: x\r\n\r\n.\r\n")
        kept = peer.reply()

    assert replies == ["250 2.1.5"] * 100 + ["452 4.5.3"] * 40
    assert kept.startswith("250")
    assert door.kept[0].envelope.rcpt_to == tuple(f"r{i}@house.example" for i in range(100))


@pytest.mark.parametrize("length", [999, 1001, 50_000, 1_000_000])
def test_long_lines_are_kept(length: int) -> None:
    """S9: a line of any length is taken as it is."""
    text = b"Subject: x\r\n\r\n" + b"y" * length + b"\r\n"
    with open_door() as door, door.peer("EHLO") as peer:
        reply = peer.mail(text)

    assert reply.startswith("250")
    assert body_of(door.kept[0]) == text


# -- S10 to S14: who may send to whom, and the trace ---------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["postmaster", "Postmaster", "POSTMASTER@house.example", "PostMaster@mx.house.example"]
)
def test_postmaster_is_always_accepted(address: str) -> None:
    """S10: the one mailbox that every host has, with and without domain, in any case."""
    with open_door(accepts=lambda _: False) as door, door.peer("EHLO") as peer:
        peer.ask("MAIL FROM:<a@client.example>")
        reply = peer.ask(f"RCPT TO:<{address}>")

    assert reply.startswith("250 2.1.5")


def test_unknown_recipients_are_refused_at_rcpt() -> None:
    """S11, S19: nobody unknown is accepted and bounced later; with nobody left there is no 354."""
    said = Journalled()
    with open_door(said=said) as door, door.peer("EHLO") as peer:
        peer.ask("MAIL FROM:<a@client.example>")
        refused = peer.ask("RCPT TO:<nobody@elsewhere.example>")
        no_data = peer.ask("DATA")

    assert refused.startswith("550 5.1.1")
    assert no_data.startswith("503 5.5.1")
    assert ("5.1.1", "127.0.0.1") in [(event.get("code"), event.get("peer")) for event in said]


def test_null_sender_is_none() -> None:
    """S12: `<>` is accepted and arrives as the null reverse-path."""
    with open_door() as door, door.peer("EHLO") as peer:
        peer.mail(b"Subject: bounce\r\n\r\n", sender="")

    assert door.kept[0].envelope == Envelope(None, (HERE,))
    assert door.kept[0].raw.startswith(b"Return-Path: <>\r\nReceived: ")


def test_trace_lines_are_put_on_top_and_the_rest_is_untouched() -> None:
    """S13, S17: our Return-Path and Received come first, a forged Return-Path goes, every other byte stays."""
    older = b"Received: from old by older; Mon, 2 Mar 2026 09:00:00 +0000\r\n"
    text = b"Subject: caf\xe9\r\n\r\nReturn-Path: <in@body.example>\r\n\xff\x00\xe9\r\n"
    forged = b"return-path : <forged@client.example>\r\n\tfolded\r\n"
    with open_door() as door, door.peer("EHLO") as peer:
        peer.mail(older + forged + older + text)

    mail = door.kept[0]
    assert re.fullmatch(
        rb"Return-Path: <ann@client\.example>\r\n"
        rb"Received: from peer\.example \(\[127\.0\.0\.1\]\)\r\n"
        rb"\tby mx\.house\.example with ESMTP id [0-9a-f]{32};\r\n"
        rb"\tTue, 03 Mar 2026 09:00:00 \+0000\r\n" + re.escape(older + older + text),
        mail.raw,
    )
    assert mail.channel is Channel.SMTP
    assert mail.source is None
    assert mail.vouched is None


def test_each_arrival_has_a_source_key_of_its_own() -> None:
    """S42: the same mail sent twice is two arrivals; whether it is a duplicate is decided later."""
    with open_door() as door, door.peer("EHLO") as peer:
        peer.mail(b"Subject: x\r\n\r\n")
        peer.mail(b"Subject: x\r\n\r\n")

    assert len({mail.source_key for mail in door.kept}) == 2


@pytest.mark.parametrize(("hops", "reply"), [(99, "250 2.0.0"), (100, "250 2.0.0"), (101, "554 5.4.6")])
def test_loops_are_stopped(hops: int, reply: str) -> None:
    """S14: more than a hundred Received lines mean a loop."""
    with open_door() as door, door.peer("EHLO") as peer:
        answer = peer.mail(b"Received: by x\r\n" * hops + b"\r\nReceived: in the body\r\n")

    assert answer.startswith(reply)


# -- S17 to S23: extensions ----------------------------------------------------------------------------------


def test_what_is_offered() -> None:
    """S7, S17-S19, S21-S23, S26: EHLO lists what works and nothing else, without a version anywhere."""
    with open_door() as door, door.peer() as peer:
        greeting = peer.greeting
        offers = peer.ask("EHLO peer.example")

    assert greeting == "220 mx.house.example ESMTP"
    assert offers.split("\n") == [
        "250-mx.house.example",
        "250-PIPELINING",
        "250-SIZE 36700160",
        "250-8BITMIME",
        "250-SMTPUTF8",
        "250 ENHANCEDSTATUSCODES",
    ]


def test_eight_bits_stay_as_they_are() -> None:
    """S17: BODY=8BITMIME, and what is kept has the same hash as what was sent."""
    text = b"Subject: x\r\n\r\n" + bytes(byte for byte in range(256) if byte not in b"\r\n") + b"\r\n"
    with open_door() as door, door.peer("EHLO") as peer:
        assert peer.ask("MAIL FROM:<a@client.example> BODY=8BITMIME").startswith("250")
        peer.ask(f"RCPT TO:<{HERE}>")
        peer.ask("DATA")
        peer.send(text + b".\r\n")
        peer.reply()

    assert hashlib.sha256(body_of(door.kept[0])).digest() == hashlib.sha256(text).digest()


def test_utf8_addresses_are_taken() -> None:
    """S18: an internationalised sender and recipient arrive as written, and the trace says UTF8SMTP."""
    with open_door() as door, door.peer("EHLO") as peer:
        peer.ask("MAIL FROM:<jürgen@dömain.example> SMTPUTF8")
        peer.ask("RCPT TO:<müller@house.example>")
        peer.ask("DATA")
        peer.send(b"Subject: x\r\n\r\n.\r\n")
        reply = peer.reply()

    assert reply.startswith("250")
    assert door.kept[0].envelope == Envelope("jürgen@dömain.example", ("müller@house.example",))
    assert b"with UTF8SMTP id" in door.kept[0].raw


def test_a_whole_session_in_one_packet_is_answered_in_order() -> None:
    """S19: replies keep order and count under pipelining, text and further commands included."""
    with open_door() as door, door.peer("EHLO") as peer:
        one = f"MAIL FROM:<a@client.example>\r\nRCPT TO:<{HERE}>\r\nRCPT TO:<x@elsewhere.example>\r\nDATA\r\n".encode()
        peer.send(one + b"1\r\n.\r\n" + one + b"2\r\n.\r\nRSET\r\nQUIT\r\n")
        replies = peer.rest()

    each = ["250", "250", "550", "354", "250"]
    assert [reply[:3] for reply in replies] == [*each, *each, "250", "221"]
    assert [body_of(mail) for mail in door.kept] == [b"1\r\n", b"2\r\n"]


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("BDAT 4 LAST", "500 5.5.1"),
        ("AUTH PLAIN AGEAYg==", "500 5.5.1"),
        ("LHLO peer.example", "500 5.5.1"),
        ("XYZZY", "500 5.5.1"),
        ("", "500 5.5.2"),
        (b"M\xc3\x84IL", "500 5.5.2"),
        (b"\xff", "500 5.5.2"),
        (b"NO\x00OP", "500 5.5.2"),
        ("EHLO", "501 5.5.4"),
        ("EHLO " + "x" * 300, "501 5.5.4"),
        ("HELO", "501 5.5.4"),
        ("MAIL TO:<a@client.example>", "501 5.5.4"),
        ("MAIL", "501 5.5.4"),
        ("RCPT TO:<issues@house.example>", "503 5.5.1"),
        ("DATA", "503 5.5.1"),
        ("DATA now", "501 5.5.4"),
        ("RSET now", "501 5.5.4"),
        ("QUIT now", "501 5.5.4"),
        ("STARTTLS", "502 5.5.1"),
        ("NOOP anything goes", "250 2.0.0"),
        ("noop", "250 2.0.0"),
        ("VRFY issues@house.example", "252 2.1.5"),
        ("VRFY nobody@house.example", "252 2.1.5"),
        ("VRFY", "501 5.5.4"),
        ("EXPN staff", "502 5.5.1"),
        ("HELP", "502 5.5.1"),
        ("HELP MAIL", "502 5.5.1"),
        ("MAIL FROM:<a@client.example> RET=FULL", "555 5.5.4"),
        ("MAIL FROM:<a@client.example> ENVID=x", "555 5.5.4"),
        ("MAIL FROM:<a@client.example> AUTH=<>", "555 5.5.4"),
        ("MAIL FROM:<a@client.example> BODY=BINARYMIME", "501 5.5.4"),
        ("MAIL FROM:<a@client.example> SIZE=many", "501 5.5.4"),
        ("MAIL FROM:<a@client.example> SIZE=99999999999999999999", "552 5.3.4"),
        ("MAIL FROM:<a@client.example> SMTPUTF8=yes", "501 5.5.4"),
        ("mail from:<a@client.example> size=100 body=7bit", "250 2.1.0"),
        ("MAIL FROM: <a@client.example>", "250 2.1.0"),
    ],
)
def test_answers_to_single_commands(command: str | bytes, reply: str) -> None:
    """S20, S21, S23, S26: every reply has its enhanced code, what is not offered is refused, nothing is disclosed."""
    with open_door() as door, door.peer("EHLO") as peer:
        answer = peer.ask(command)

    assert answer[:9] == reply
    assert not re.search(r"(?i)aiosmtpd|python|\d+\.\d+\.\d+.*\d+\.\d+\.\d+", answer)


def test_order_of_commands_is_held() -> None:
    """S19, S20: greeting before MAIL, one MAIL at a time, DSN parameters of RCPT refused (S23)."""
    with open_door() as door, door.peer() as peer:
        replies = [
            peer.ask(line)[:9]
            for line in (
                "MAIL FROM:<a@client.example>",
                "DATA",
                "HELO peer.example",
                "MAIL FROM:<a@client.example> SIZE=10",
                "MAIL FROM:<a@client.example>",
                "MAIL FROM:<b@client.example>",
                f"RCPT TO:<{HERE}> NOTIFY=NEVER",
                "RCPT TO:<>",
                f"RCPT TO:<{HERE}>",
                "EHLO peer.example",
                f"RCPT TO:<{HERE}>",
            )
        ]

    assert replies == [
        "503 5.5.1",
        "503 5.5.1",
        "250 mx.ho",
        "555 5.5.4",
        "250 2.1.0",
        "503 5.5.1",
        "555 5.5.4",
        "553 5.1.3",
        "250 2.1.5",
        "250-mx.ho",
        "503 5.5.1",
    ]


def test_a_line_that_is_too_long_costs_only_itself() -> None:
    """S20, S25: an endless command line is refused once, and the next command is heard."""
    with open_door() as door, door.peer("EHLO") as peer:
        refused = peer.ask("NOOP " + "x" * 1_000_000)
        after = peer.ask("NOOP")

    assert refused.startswith("500 5.5.2")
    assert after == "250 2.0.0 OK"


# -- S25: addresses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        b"<a\x01b@house.example>",
        b"<a\x7fb@house.example>",
        b"<a\tb@house.example>",
        b"<a@house.example",
        b"a@house.example",
        b"<a@b@house.example>",
        b"<a b@house.example>",
        b"<a@house.example>>",
        b"<a@house.example>x",
        b"<<a@house.example>>",
        b"<a\xff@house.example>",
        b"<a@house\xfe.example>",
        b"<=?utf-8?q?boss?=@house.example>",
        b"<=?utf-8?q?boss=40client.example=3e?=@house.example>",
        b"<" + b"a" * 65 + b"@house.example>",
        b"<a@" + b"b" * 250 + b".example>",
        b"<a@house..example>",
        b"<a@-house.example->",
        b"<@house.example>",
        b"<a@>",
        b"<someone>",
        b'<"a\x0bb"@house.example>',
        b"<a@house.example\xc2\x85>",
        "<a\u202eb@house.example>".encode(),
        "<a\u00a0b@house.example>".encode(),
        "<a\u2028@house.example>".encode(),
    ],
)
def test_malformed_addresses_are_refused(path: bytes) -> None:
    """S25, P13, P19: nothing that another reader could take for another address gets in."""
    with open_door(accepts=lambda _: True) as door, door.peer("EHLO") as peer:
        sender = peer.ask(b"MAIL FROM:" + path)
        peer.ask("MAIL FROM:<ok@client.example>")
        recipient = peer.ask(b"RCPT TO:" + path)

    assert sender[:9] == "553 5.1.7"
    assert recipient[:9] == "553 5.1.3"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("<a.b+c=d@house.example>", "a.b+c=d@house.example"),
        ('<"a b"@house.example>', '"a b"@house.example'),
        ("<a..b.@house.example>", "a..b.@house.example"),
        ("<@relay.example,@other.example:u@house.example>", "u@house.example"),
        ("<a@[192.0.2.1]>", "a@[192.0.2.1]"),
        ("<a@[IPv6:2001:db8::1]>", "a@[IPv6:2001:db8::1]"),
        (f"<{'a' * 64}@house.example>", f"{'a' * 64}@house.example"),
        ("<用户@例え.example>", "用户@例え.example"),
    ],
)
def test_unusual_addresses_arrive_as_written(path: str, address: str) -> None:
    """S18, S25: what the grammar allows is taken without a change; a source route is dropped (RFC 5321 §C)."""
    with open_door(accepts=lambda _: True) as door, door.peer("EHLO") as peer:
        assert peer.ask(f"MAIL FROM:{path}").startswith("250")
        assert peer.ask(f"RCPT TO:{path}").startswith("250")
        peer.ask("DATA")
        peer.send(b"Subject: x\r\n\r\n.\r\n")
        peer.reply()

    assert door.kept[0].envelope == Envelope(address, (address,))


# -- settings ------------------------------------------------------------------------------------------------


def test_settings_that_break_the_rfcs_are_refused() -> None:
    """S8, S24: LMTP on port 25 and fewer than 100 recipients are errors of configuration."""
    with pytest.raises(Misconfigured, match="port 25"):
        ListenerSettings(protocol=WireProtocol.LMTP, port=25)
    with pytest.raises(Misconfigured, match="100"):
        ListenerSettings(max_recipients=50)


def test_a_port_in_use_is_named() -> None:
    """A listener that cannot be opened says where."""
    with open_door() as door:
        port = door.listener.address[1]
        with pytest.raises(Misconfigured, match=f"127.0.0.1:{port}"), open_door(port=port):
            pass
