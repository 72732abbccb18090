"""The one-click link of a digest (RFC 8058): a POST ends one person's digests, and nothing else does."""

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from mailroute.domain.digest import Frequency
from mailroute.domain.outgoing import ComposedMail
from mailroute.domain.policy import Policy, Service
from mailroute.outbound.compose import compose
from mailroute.outbound.render import Renderer
from mailroute.outbound.samples import sample_draft
from mailroute.services.digests import DigestDesk
from mailroute.settings import Settings
from mailroute.store import digests
from mailroute.web.health import HealthServer, Readiness
from mailroute.web.unsubscribe import DigestSwitch

INES = "ines@northwind.example"
ONE_CLICK = b"List-Unsubscribe=One-Click"


def digest(policy: Policy) -> ComposedMail:
    """A digest for Ines, from a house with a public page."""
    service = Service(
        routing_address="issues@northwind.example", public_url="https://mr.northwind.example/x/"
    )
    shown = replace(policy, service=service)
    return compose(
        sample_draft("digest"), Renderer(), shown, outbox_unique="", now=datetime(2026, 3, 3, tzinfo=UTC)
    )


def path_of(mail: ComposedMail) -> str:
    """The path of the link, as a program reads it from the mail."""
    value = str(message_from_bytes(mail.raw)["List-Unsubscribe"])
    found = re.match(r"<https://mr\.northwind\.example/x(/[^>]+)>,\s+<mailto:", value)
    assert found, value
    return found[1]


@pytest.fixture
def page(small_house: Any) -> Iterator[str]:
    """The address of a running page."""
    desk = DigestDesk(
        store=small_house.store,
        compose=small_house.compose,
        enqueue=lambda connection, mail: None,
        policy=small_house.policy,
        clock=small_house.clock,
        directories=small_house.directories,
    )
    switch = DigestSwitch(small_house.policy.secret, desk.turn_off)
    registry = CollectorRegistry()
    with HealthServer(
        "127.0.0.1", 0, ready=lambda: Readiness(ok=True), registry=registry, switch=switch
    ) as server:
        yield "http://{}:{}".format(*server.address)


def ask(url: str, body: bytes | None = None) -> tuple[int, str]:
    """Status and text of an answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=body), timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def choices(house: Any) -> dict[str, Frequency]:
    """What people chose."""
    with house.store.read() as connection:
        return digests.choices(connection)


def test_one_post_turns_the_digest_off(small_house: Any, page: str) -> None:
    """The link of a mail, posted to as RFC 8058 says, ends its reader's digests and nobody else's."""
    mail = digest(small_house.policy)
    status, text = ask(page + path_of(mail), ONE_CLICK)

    assert "List-Unsubscribe=One-Click" == message_from_bytes(mail.raw)["List-Unsubscribe-Post"]
    assert (200, True) == (status, "no more digests" in text)
    assert {"ines": Frequency.OFF} == choices(small_house)


def test_looking_changes_nothing(small_house: Any, page: str) -> None:
    """Programs that follow every link see a button, and the digests go on."""
    status, text = ask(page + path_of(digest(small_house.policy)))

    assert (200, True) == (status, "<form method=post>" in text)
    assert {} == choices(small_house)


@pytest.mark.parametrize("spoil", ["name", "mark", "short", "none"])
def test_nobody_can_guess_a_link(small_house: Any, page: str, spoil: str) -> None:
    """A link that we did not make opens nothing, and does not tell whom we know."""
    path = path_of(digest(small_house.policy))
    name, mark = path.removeprefix("/digest-off/").split(".")
    wrong = {
        "name": f"/digest-off/{name[:-2]}.{mark}",
        "mark": f"/digest-off/{name}.{'a' * 26}",
        "short": f"/digest-off/{name}",
        "none": "/digest-off/%FF%FE",
    }[spoil]

    assert [404, 404] == [ask(page + wrong)[0], ask(page + wrong, ONE_CLICK)[0]]
    assert {} == choices(small_house)


def test_what_is_posted_must_say_so(small_house: Any, page: str) -> None:
    """A POST of something else, or of far too much, changes nothing."""
    path = path_of(digest(small_house.policy))

    assert [400, 404] == [ask(page + path, b"x=y")[0], ask(page + path, ONE_CLICK * 1000)[0]]
    assert {} == choices(small_house)


def test_the_pages_for_machines_are_as_before(page: str) -> None:
    """/healthz answers beside it; other paths take no POST."""
    assert [200, 501] == [ask(f"{page}/healthz")[0], ask(f"{page}/healthz", ONE_CLICK)[0]]


def test_the_link_must_be_https() -> None:
    """RFC 8058 §3.1: anything else is an error of the settings."""
    with pytest.raises(ValueError, match="public_url"):
        Settings(http={"public_url": "http://mr.northwind.example"})
