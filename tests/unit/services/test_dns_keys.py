"""Keys out of the DNS."""

import socket
import threading
import time
from collections.abc import Iterator

import dns.message
import dns.resolver
import dns.rrset
import pytest

from mailroute.services.dns_keys import WAIT_SECONDS, DnsKeys


class Server(threading.Thread):
    """A name server on loopback: knows one key, and keeps silent about names that begin with "slow"."""

    def __init__(self) -> None:
        super().__init__()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.asked: list[str] = []

    def run(self) -> None:
        """Answer until an empty packet comes."""
        while True:
            packet, sender = self.socket.recvfrom(4096)
            if not packet:
                return
            question = dns.message.from_wire(packet)
            name = question.question[0].name.to_text()
            self.asked.append(name)
            if name.startswith("slow"):
                continue
            answer = dns.message.make_response(question)
            if name.startswith("s1"):
                told = dns.rrset.from_text(name, 300, "IN", "TXT", '"spf or so"', '"v=DKIM1; p=" "abc"')
                answer.answer.append(told)
            self.socket.sendto(answer.to_wire(), sender)

    def resolver(self) -> dns.resolver.Resolver:
        """One that asks this server alone."""
        made = dns.resolver.Resolver(configure=False)
        made.nameservers, made.port = ["127.0.0.1"], self.socket.getsockname()[1]
        return made


@pytest.fixture
def server() -> Iterator[Server]:
    """A name server that runs."""
    one = Server()
    one.start()
    yield one
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
        last.sendto(b"", one.socket.getsockname())
    one.join(5)
    one.socket.close()


def test_a_key_is_asked_for_once(server: Server) -> None:
    """The record with a key is taken among several, its pieces joined, and the answer kept."""
    keys = DnsKeys(server.resolver())

    told = [keys(b"s1._domainkey.borealis.example.") for _ in range(3)]

    assert [b"v=DKIM1; p=abc"] * 3 == told
    assert ["s1._domainkey.borealis.example."] == server.asked


def test_names_without_a_key_have_none(server: Server) -> None:
    """No record, and a name that is no name, give nothing."""
    keys = DnsKeys(server.resolver())

    assert [None, None, None] == [
        keys(name) for name in (b"s2.example.", b"a" * 70 + b".example.", b"\xff.example.")
    ]


def test_silence_ends_soon(server: Server) -> None:
    """A server that does not answer costs little more than the wait for one key."""
    begun = time.monotonic()

    told = DnsKeys(server.resolver())(b"slow.example.")

    assert told is None
    assert time.monotonic() - begun < WAIT_SECONDS + 2
