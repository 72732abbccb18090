"""Delivery over real sockets: every stage of the dialogue fails in every way, each recipient gets its own answer."""

import asyncio
import shutil
import socket
import ssl
import subprocess
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import trustme

from mailroute.domain.errors import Misconfigured, TryLater
from mailroute.domain.outgoing import ComposedMail, Deferred, Delivery, Refused, Sent
from mailroute.outbound.smarthost import Smarthost, Tls
from mailroute.outbound.transport import SmtpTransport, code_of, is_unknown
from mailroute.testing.catcher import Catcher
from mailroute.testing.faults import DROP, HANG, CatcherOptions, Fault, Stage

ANN, BEN, CY = "ann@borealis.example", "ben@borealis.example", "cy@borealis.example"


def a_mail(body: str = "Hello\r\n", mail_from: str = "issues+b.17.mac@northwind.example") -> ComposedMail:
    """A finished mail."""
    raw = f"Subject: Pump\r\nMessage-ID: <reply.17.x@northwind.example>\r\n\r\n{body}".encode()
    return ComposedMail(
        message_id="<reply.17.x@northwind.example>",
        subject="Pump",
        text=body,
        raw=raw,
        mail_from=mail_from,
        rcpt_to=(ANN,),
    )


def smarthost(port: int, **changes: Any) -> Smarthost:
    """A server on loopback that must be quick."""
    given: dict[str, Any] = {"host": "127.0.0.1", "port": port, "timeout": 5.0, "dot_timeout": 5.0}
    return Smarthost(**(given | {"local_hostname": "client.example"} | changes))


class Dots:
    """Counts how often the row would have been marked `sending`."""

    def __init__(self) -> None:
        self.count = 0

    async def __call__(self) -> None:
        """One mark."""
        self.count += 1


async def until(holds: Callable[[], bool]) -> None:
    """Wait for something that the event loop is about to find out."""
    for _ in range(1000):
        if holds():
            return
        await asyncio.sleep(0.005)
    raise TimeoutError


def deliver(
    catcher: Catcher, *recipients: str, mail: ComposedMail | None = None, **changes: Any
) -> tuple[Mapping[str, Delivery], int]:
    """Run *catcher*, deliver one mail to it; the results, and how often the final dot was near."""

    async def run() -> tuple[Mapping[str, Delivery], int]:
        dots = Dots()
        async with catcher:
            transport = SmtpTransport(smarthost(catcher.port, **changes))
            try:
                return await transport.deliver(mail or a_mail(), recipients, before_dot=dots), dots.count
            finally:
                await transport.close()

    return asyncio.run(run())


def test_a_mail_arrives_as_it_was_made() -> None:
    """The other side gets the bytes, the return path and the recipients that we gave."""
    catcher = Catcher()
    mail = a_mail(".\r\n..\r\n.hidden\r\n\r\nlast line without an end")

    results, dots = deliver(catcher, ANN, BEN, mail=mail)
    (caught,) = catcher.messages

    assert results == {ANN: Sent("250 2.0.0 caught"), BEN: Sent("250 2.0.0 caught")}
    assert (mail.raw + b"\r\n", mail.mail_from, (ANN, BEN)) == (caught.raw, caught.mail_from, caught.rcpt_to)
    assert dots == 1


def test_a_big_mail_arrives_whole() -> None:
    """Ten megabytes pass, and the mark is made once they have left."""
    catcher = Catcher()
    mail = a_mail(("x" * 76 + "\r\n") * 130_000)

    results, dots = deliver(catcher, ANN, mail=mail)

    assert isinstance(results[ANN], Sent)
    assert mail.raw == catcher.messages[0].raw
    assert dots == 1


@pytest.mark.parametrize(
    ("stage", "reply", "expected", "code", "dots"),
    [
        (Stage.CONNECT, "421 4.3.2 too busy", Deferred, "421", 0),
        (Stage.CONNECT, "554 5.3.2 no service", Deferred, "554", 0),
        (Stage.CONNECT, DROP, Deferred, "connection", 0),
        (Stage.EHLO, "421 4.3.2 going down", Deferred, "421", 0),
        (Stage.EHLO, "550 5.7.1 who are you", Deferred, "550", 0),
        (Stage.EHLO, DROP, Deferred, "connection", 0),
        (Stage.MAIL, "451 4.3.0 later", Deferred, "451", 0),
        (Stage.MAIL, "421 4.3.2 going down", Deferred, "421", 0),
        (Stage.MAIL, "550 5.7.1 sender refused", Refused, "550", 0),
        (Stage.MAIL, "552 5.3.4 too big", Refused, "552", 0),
        (Stage.MAIL, "530 5.7.0 log in first", Deferred, "530", 0),
        (Stage.MAIL, DROP, Deferred, "connection", 0),
        (Stage.RCPT, "450 4.2.1 greylisted", Deferred, "450", 0),
        (Stage.RCPT, "550 5.1.1 no such user", Refused, "550", 0),
        (Stage.RCPT, DROP, Deferred, "connection", 0),
        (Stage.DATA, "451 4.3.0 later", Deferred, "451", 0),
        (Stage.DATA, "554 5.7.1 no", Refused, "554", 0),
        (Stage.DATA, DROP, Deferred, "connection", 0),
        (Stage.DOT, "451 4.3.0 disk full", Deferred, "451", 1),
        (Stage.DOT, "421 4.3.2 going down", Deferred, "421", 1),
        (Stage.DOT, "554 5.7.1 spam", Refused, "554", 1),
        (Stage.DOT, DROP, Deferred, "unknown", 1),
    ],
)
def test_each_failure_has_its_outcome(
    stage: Stage, reply: str, expected: type[Delivery], code: str, dots: int
) -> None:
    """4yz and lost connections are tried again, 5yz about the mail is final, and only the dot can be uncertain."""
    catcher = Catcher(faults=[Fault(stage, reply)])

    results, marked = deliver(catcher, ANN)

    assert (expected, code) == (type(results[ANN]), code_of(results[ANN]))
    assert is_unknown(results[ANN]) == (code == "unknown")
    assert dots == marked
    assert catcher.messages == []


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        (Stage.CONNECT, "connection"),
        (Stage.MAIL, "connection"),
        (Stage.DATA, "connection"),
        (Stage.DOT, "unknown"),
    ],
)
def test_a_silent_server_is_left(stage: Stage, code: str) -> None:
    """A server that says nothing more does not hold us for ever."""
    results, _ = deliver(Catcher(faults=[Fault(stage, HANG)]), ANN, timeout=0.2, dot_timeout=0.2)

    assert (Deferred, code) == (type(results[ANN]), code_of(results[ANN]))


def test_nobody_at_home_is_tried_later() -> None:
    """A smarthost that is not running defers the mail."""

    async def run() -> Mapping[str, Delivery]:
        async with Catcher() as catcher:
            port = catcher.port
        return await SmtpTransport(smarthost(port)).deliver(a_mail(), [ANN])

    results = asyncio.run(run())

    assert (Deferred, "connection") == (type(results[ANN]), code_of(results[ANN]))


def test_a_mail_that_went_in_spite_of_a_lost_answer_is_called_unknown() -> None:
    """When the server took the mail and the connection broke, we say that it may have gone."""
    catcher = Catcher(faults=[Fault(Stage.DOT, DROP, keeps=True)])

    results, _ = deliver(catcher, ANN, BEN)

    assert len(catcher.messages) == 1
    assert all(is_unknown(result) for result in results.values())
    assert all("may have gone" in result.reply for result in results.values())


def test_each_recipient_has_its_own_answer() -> None:
    """One refused and one deferred recipient do not keep the mail from the third."""
    catcher = Catcher(
        faults=[
            Fault(Stage.RCPT, "550 5.1.1 no such user", recipient=BEN),
            Fault(Stage.RCPT, "452 4.5.3 too many", recipient=CY),
        ]
    )

    results, _ = deliver(catcher, ANN, BEN, CY)

    assert results == {
        ANN: Sent("250 2.0.0 caught"),
        BEN: Refused("550 5.1.1 no such user"),
        CY: Deferred("452 4.5.3 too many"),
    }
    assert catcher.messages[0].rcpt_to == (ANN,)


def test_a_connection_lost_among_recipients_keeps_the_answers_given() -> None:
    """Who was refused before the line broke stays refused; the others are tried again."""
    catcher = Catcher(
        faults=[Fault(Stage.RCPT, "550 5.1.1 no", recipient=ANN), Fault(Stage.RCPT, DROP, recipient=CY)]
    )

    results, _ = deliver(catcher, ANN, BEN, CY)

    assert [Refused, Deferred, Deferred] == [type(results[one]) for one in (ANN, BEN, CY)]


@pytest.mark.parametrize(
    "address",
    ["no address", "a@x>\r\nRCPT TO:<evil@x.example", "a@x.example> NOTIFY=NEVER", "", "a@[192.0.2.1]"],
)
def test_an_address_that_could_say_more_is_never_sent(address: str) -> None:
    """What is no address is refused by ourselves; the others get the mail."""
    catcher = Catcher()

    results, _ = deliver(catcher, address, ANN)

    assert results[address] == Refused("501 5.1.3 This address cannot be written in SMTP")
    assert [caught.rcpt_to for caught in catcher.messages] == [(ANN,)]


def test_no_lawful_recipient_means_no_dialogue() -> None:
    """With nobody to write to, no mail is begun."""
    catcher = Catcher()

    deliver(catcher, "no address")

    assert Stage.MAIL not in catcher.stages


@pytest.mark.parametrize("offered", [True, False])
def test_an_address_beyond_ascii_needs_the_other_side(offered: bool) -> None:
    """Without SMTPUTF8 on the other side that recipient alone is refused."""
    catcher = Catcher(CatcherOptions(smtputf8=offered))

    results, _ = deliver(catcher, "jörg@pumpen.example", ANN)

    assert (Sent if offered else Refused) is type(results["jörg@pumpen.example"])
    assert isinstance(results[ANN], Sent)
    assert (("jörg@pumpen.example", ANN) if offered else (ANN,)) == catcher.messages[0].rcpt_to


def test_a_domain_beyond_ascii_is_sent_as_a_labels() -> None:
    """bücher.example needs nothing of the other side."""
    catcher = Catcher(CatcherOptions(smtputf8=False))

    results, _ = deliver(catcher, "ann@bücher.example")

    assert isinstance(results["ann@bücher.example"], Sent)
    assert catcher.messages[0].rcpt_to == ("ann@xn--bcher-kva.example",)


def test_a_failing_mark_keeps_the_mail_from_going() -> None:
    """If the row cannot be marked, no dot is sent, the server gets no mail, and the caller hears why."""

    async def busy() -> None:
        raise TryLater("the database is busy")

    async def run() -> Mapping[str, Delivery]:
        async with Catcher() as catcher:
            transport = SmtpTransport(smarthost(catcher.port))
            with pytest.raises(TryLater):
                await transport.deliver(a_mail(), [ANN], before_dot=busy)

            assert catcher.messages == []
            try:
                return await transport.deliver(a_mail(), [ANN])
            finally:
                await transport.close()

    assert asyncio.run(run()) == {ANN: Sent("250 2.0.0 caught")}


def test_the_mark_is_made_before_the_server_has_the_mail() -> None:
    """At the moment of the mark all but the dot is sent, and nothing is taken."""
    seen: list[int] = []

    async def run() -> None:
        async with Catcher() as catcher:

            async def look() -> None:
                seen.append(len(catcher.messages))

            transport = SmtpTransport(smarthost(catcher.port))
            await transport.deliver(a_mail(), [ANN], before_dot=look)
            seen.append(len(catcher.messages))
            await transport.close()

    asyncio.run(run())

    assert seen == [0, 1]


def test_a_server_that_leaves_during_the_mark_has_not_got_the_mail() -> None:
    """When the connection is gone before the dot, the mail is plainly deferred, not unknown."""

    async def run() -> Mapping[str, Delivery]:
        catcher = Catcher()
        async with catcher:

            async def server_dies() -> None:
                await catcher.__aexit__()
                await until(lambda: not transport.is_connected)

            transport = SmtpTransport(smarthost(catcher.port))
            return await transport.deliver(a_mail(), [ANN], before_dot=server_dies)

    results = asyncio.run(run())

    assert (Deferred, "connection") == (type(results[ANN]), code_of(results[ANN]))


def with_transport(
    work: Callable[[Catcher, SmtpTransport], Awaitable[None]], catcher: Catcher | None = None, **changes: Any
) -> None:
    """Run *work* with a catcher and a transport to it."""

    async def run() -> None:
        async with catcher or Catcher() as server:
            transport = SmtpTransport(smarthost(server.port, **changes))
            try:
                await work(server, transport)
            finally:
                await transport.close()

    asyncio.run(run())


def test_one_connection_carries_many_mails() -> None:
    """Greeting and TLS are paid once, also when mails are handed over at the same time."""

    async def work(catcher: Catcher, transport: SmtpTransport) -> None:
        await asyncio.gather(*(transport.deliver(a_mail(), [ANN]) for _ in range(20)))

        assert (len(catcher.messages), catcher.connections) == (20, 1)

    with_transport(work)


def test_a_connection_is_changed_after_its_share() -> None:
    """No connection lives for ever."""

    async def work(catcher: Catcher, transport: SmtpTransport) -> None:
        for _ in range(5):
            await transport.deliver(a_mail(), [ANN])

        assert (len(catcher.messages), catcher.connections) == (5, 3)

    with_transport(work, mails_per_connection=2)


def test_an_idle_connection_is_given_back() -> None:
    """The server's slots are not held while there is no mail."""

    async def work(catcher: Catcher, transport: SmtpTransport) -> None:
        await transport.deliver(a_mail(), [ANN])
        await until(lambda: not transport.is_connected)
        await transport.deliver(a_mail(), [ANN])

        assert (len(catcher.messages), catcher.connections) == (2, 2)

    with_transport(work, idle_seconds=0.05)


@pytest.mark.parametrize("fault", [Fault(Stage.DOT, DROP, 1), Fault(Stage.MAIL, "421 4.3.2 bye", 1)])
def test_the_mail_after_a_broken_connection_goes_on_a_new_one(fault: Fault) -> None:
    """One failure does not spoil the next mail."""

    async def work(catcher: Catcher, transport: SmtpTransport) -> None:
        first = await transport.deliver(a_mail(), [ANN])
        second = await transport.deliver(a_mail(), [ANN])

        assert (Deferred, Sent) == (type(first[ANN]), type(second[ANN]))

    with_transport(work, Catcher(faults=[fault]))


def test_a_kept_connection_that_died_in_silence_is_replaced() -> None:
    """A smarthost restarted between two mails costs no attempt."""

    async def run() -> list[type[Delivery]]:
        first, second = Catcher(), None
        async with first:
            port = first.port
            transport = SmtpTransport(smarthost(port))
            found = [await transport.deliver(a_mail(), [ANN])]
        second = Catcher(CatcherOptions(port=port))
        async with second:
            found.append(await transport.deliver(a_mail(), [ANN]))
            await transport.close()
        return [type(result[ANN]) for result in found]

    assert asyncio.run(run()) == [Sent, Sent]


def test_a_refused_mail_leaves_the_connection_in_step() -> None:
    """After a refusal the same connection carries the next mail to the right people."""
    faults = [Fault(Stage.RCPT, "550 5.1.1 no", 1), Fault(Stage.MAIL, "550 5.7.1 no", 0)]

    async def work(catcher: Catcher, transport: SmtpTransport) -> None:
        await transport.deliver(a_mail(), [BEN])
        await transport.deliver(a_mail(), [ANN])

        assert ([caught.rcpt_to for caught in catcher.messages], catcher.connections) == ([(ANN,)], 1)

    with_transport(work, Catcher(faults=faults))


def test_cancelling_leaves_no_half_mail() -> None:
    """A worker that is told to stop in mid-delivery cuts the connection before the dot."""

    async def work(catcher: Catcher, transport: SmtpTransport) -> None:
        reached = asyncio.Event()

        async def stall() -> None:
            reached.set()
            await asyncio.Event().wait()

        task = asyncio.create_task(_coroutine(transport.deliver(a_mail(), [ANN], before_dot=stall)))
        await reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await transport.deliver(a_mail(), [BEN])

        assert [caught.rcpt_to for caught in catcher.messages] == [(BEN,)]

    with_transport(work)


async def _coroutine(awaitable: Coroutine[Any, Any, object]) -> object:
    return await awaitable


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """A certificate authority that nobody else believes."""
    return trustme.CA()


@pytest.fixture
def tls(authority: trustme.CA) -> ssl.SSLContext:
    """A server's side of TLS for loopback."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    """The authority's own certificate."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.mark.parametrize("mode", [Tls.STARTTLS, Tls.IMPLICIT])
def test_mail_goes_under_tls_with_a_password(mode: Tls, tls: ssl.SSLContext, ca_file: str) -> None:
    """Both ways of TLS work, and we log in."""
    options = CatcherOptions(tls=tls, implicit_tls=mode is Tls.IMPLICIT, login=("mailroute", "s3cret"))
    catcher = Catcher(options)

    results, _ = deliver(catcher, ANN, tls=mode, ca_file=ca_file, username="mailroute", password="s3cret")

    assert isinstance(results[ANN], Sent)
    assert Stage.AUTH in catcher.stages
    assert (Stage.STARTTLS in catcher.stages) == (mode is Tls.STARTTLS)


@pytest.mark.parametrize("mode", [Tls.STARTTLS, Tls.IMPLICIT])
def test_an_unknown_certificate_is_not_believed(mode: Tls, tls: ssl.SSLContext) -> None:
    """Without a certificate that we can verify nothing is sent, and the mail waits."""
    catcher = Catcher(CatcherOptions(tls=tls, implicit_tls=mode is Tls.IMPLICIT))

    results, _ = deliver(catcher, ANN, tls=mode)

    assert (Deferred, "connection") == (type(results[ANN]), code_of(results[ANN]))
    assert "certificate" in results[ANN].reply.casefold()


@pytest.mark.parametrize("reply", ["454 4.7.0 no TLS now", "502 5.5.1 no TLS", DROP])
def test_starttls_never_falls_back_to_clear_text(reply: str, tls: ssl.SSLContext, ca_file: str) -> None:
    """When TLS was asked for and does not come about, no mail goes."""
    catcher = Catcher(CatcherOptions(tls=tls), faults=[Fault(Stage.STARTTLS, reply)])

    results, _ = deliver(catcher, ANN, tls=Tls.STARTTLS, ca_file=ca_file)

    assert isinstance(results[ANN], Deferred)
    assert Stage.MAIL not in catcher.stages


def test_a_server_that_offers_no_starttls_gets_nothing() -> None:
    """A stripped STARTTLS is noticed."""
    catcher = Catcher()

    results, _ = deliver(catcher, ANN, tls=Tls.STARTTLS)

    assert isinstance(results[ANN], Deferred)
    assert Stage.MAIL not in catcher.stages


@pytest.mark.parametrize("reply", ["535 5.7.8 wrong", "454 4.7.0 later", DROP])
def test_a_refused_password_does_not_refuse_the_mail(reply: str) -> None:
    """A wrong password is ours to mend; the mail waits meanwhile."""
    catcher = Catcher(CatcherOptions(login=("mailroute", "right")), faults=[Fault(Stage.AUTH, reply)])

    results, _ = deliver(catcher, ANN, username="mailroute", password="right")

    assert isinstance(results[ANN], Deferred)


def test_no_password_in_clear_text_over_the_network() -> None:
    """A password without TLS to another machine is an error of the settings."""
    with pytest.raises(Misconfigured, match="clear text"):
        SmtpTransport(Smarthost(host="mail.example", username="mailroute", password="x"))


def test_the_password_is_not_shown() -> None:
    """Settings that are printed keep the password to themselves."""
    assert "s3cret" not in repr(Smarthost(password="s3cret"))


def test_the_catcher_writes_and_prints_what_it_caught(tmp_path: Path) -> None:
    """The demo shows each mail on a line and leaves it as a file."""
    printed = StringIO()
    catcher = Catcher(CatcherOptions(folder=tmp_path / "out", print_to=printed))

    deliver(catcher, ANN)
    (caught,) = catcher.messages

    assert printed.getvalue() == f"to {ANN}: Pump\n"
    assert caught.path == tmp_path / "out" / "0001.eml"
    assert caught.path.read_bytes() == caught.raw


@pytest.mark.parametrize(("limit", "fits"), [(300, False), (3000, True), (0, True)])
def test_the_size_limit_of_the_other_side_is_kept(limit: int, fits: bool) -> None:
    """What is too big for the server is refused before MAIL, with both figures; a limit of 0 is none (RFC 1870)."""
    catcher = Catcher(CatcherOptions(size_limit=limit))

    results, dots = deliver(catcher, ANN, BEN, mail=a_mail("x" * 70 + "\r\n" * 500))

    assert {Sent if fits else Refused} == {type(result) for result in results.values()}
    assert int(fits) == dots
    assert fits == (Stage.MAIL in catcher.stages)
    assert fits or results[ANN].reply.startswith("552 5.3.4 The mail server takes 300 octets")


@contextmanager
def smtp_sink(*arguments: str) -> Iterator[int]:
    """Postfix's own test server on a free port of loopback."""
    program = shutil.which("smtp-sink") or shutil.which("smtp-sink", path="/usr/sbin")
    if program is None:
        pytest.skip("smtp-sink is not installed (Debian: postfix)")
    process, port = _started(program, arguments)
    try:
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _started(program: str, arguments: tuple[str, ...]) -> tuple["subprocess.Popen[bytes]", int]:
    """The sink, once it answers; another test may take a free port first, so a few are tried."""
    for _ in range(5):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [program, *arguments, f"127.0.0.1:{port}", "10"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if _answers(port, process):
            return process, port
        process.kill()
        process.wait(10)
    raise RuntimeError("smtp-sink does not answer")


def _answers(port: int, process: "subprocess.Popen[bytes]") -> bool:
    for _ in range(500):
        with socket.socket() as probe:
            probe.settimeout(0.02)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process.poll() is None
        if process.poll() is not None:
            return False
    return False


def to_sink(*arguments: str) -> Delivery:
    """One mail to smtp-sink."""

    async def run(port: int) -> Delivery:
        transport = SmtpTransport(smarthost(port))
        try:
            return (await transport.deliver(a_mail(), [ANN]))[ANN]
        finally:
            await transport.close()

    with smtp_sink("-u", "root", *arguments) as port:
        return asyncio.run(run(port))


@pytest.mark.peers
def test_a_server_without_smtputf8_refuses_one_recipient_alone() -> None:
    """smtp-sink offers no SMTPUTF8: that recipient fails at once, the other one gets the mail."""

    async def run(port: int) -> Mapping[str, Delivery]:
        transport = SmtpTransport(smarthost(port))
        try:
            return await transport.deliver(a_mail(), ["jörg@pumpen.example", ANN])
        finally:
            await transport.close()

    with smtp_sink("-u", "root", "-8") as port:
        results = asyncio.run(run(port))

    assert (Refused, "553") == (type(results["jörg@pumpen.example"]), code_of(results["jörg@pumpen.example"]))
    assert isinstance(results[ANN], Sent)


@pytest.mark.peers
@pytest.mark.parametrize("way", ["-f", "-r", "-q", "-Q"])
def test_a_kept_connection_that_fails_at_rset_costs_nothing(way: str) -> None:
    """Whatever the server answers to RSET between two mails, the second one goes once, on a new connection."""

    async def run(port: int) -> list[type[Delivery]]:
        transport = SmtpTransport(smarthost(port))
        try:
            return [type((await transport.deliver(a_mail(), [ANN]))[ANN]) for _ in range(3)]
        finally:
            await transport.close()

    with smtp_sink("-u", "root", way, "rset") as port:
        assert asyncio.run(run(port)) == [Sent, Sent, Sent]


@pytest.mark.peers
@pytest.mark.parametrize(
    ("arguments", "expected", "code"),
    [
        ((), Sent, "250"),
        (("-e",), Sent, "250"),  # no ESMTP: HELO
        (("-r", "."), Deferred, "450"),
        (("-f", "."), Refused, "500"),
        (("-q", "."), Deferred, "unknown"),
        (("-Q", "."), Deferred, "421"),
        (("-r", "rcpt"), Deferred, "450"),
        (("-f", "rcpt"), Refused, "500"),
        (("-q", "rcpt"), Deferred, "connection"),
        (("-Q", "rcpt"), Deferred, "421"),
        (("-r", "mail"), Deferred, "450"),
        (("-f", "mail"), Refused, "500"),
        (("-q", "mail"), Deferred, "connection"),
        (("-r", "data"), Deferred, "450"),
        (("-f", "data"), Refused, "500"),
        (("-q", "data"), Deferred, "connection"),
        (("-q", "ehlo"), Deferred, "connection"),
        (("-f", "connect"), Deferred, "500"),
        (("-r", "connect"), Deferred, "450"),
        (("-q", "connect"), Deferred, "connection"),
        (("-Q", "connect"), Deferred, "421"),
        (("-f", "ehlo"), Sent, "250"),  # HELO then
        (("-r", "ehlo"), Sent, "250"),
        (("-f", "ehlo,helo"), Deferred, "500"),
        (("-Q", "ehlo"), Deferred, "421"),
        (("-Q", "mail"), Deferred, "421"),
        (("-Q", "data"), Deferred, "421"),
        (("-f", "quit"), Sent, "250"),
        (("-q", "quit"), Sent, "250"),
        (("-Q", "quit"), Sent, "250"),
    ],
)
def test_failures_of_smtp_sink_are_told_apart(
    arguments: tuple[str, ...], expected: type[Delivery], code: str
) -> None:
    """Postfix's test server fails in each of its ways, and each gets its outcome."""
    result = to_sink(*arguments)

    assert (expected, code) == (type(result), code_of(result))
