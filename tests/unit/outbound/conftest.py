"""What the tests of outgoing mail share."""

from datetime import UTC, datetime

import pytest

from mailroute.domain.policy import Policy, Service
from mailroute.outbound.render import Renderer

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """The moment of composing."""
    return NOW


@pytest.fixture
def policy() -> Policy:
    """A company with a key of its own."""
    service = Service(
        name="Northwind Projects", timezone="Europe/Berlin", routing_address="issues@northwind.example"
    )
    return Policy(service=service, secret=b"a key for tests only, 32 octets.")


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    """The shipped templates alone."""
    return Renderer(None)
