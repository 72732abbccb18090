"""Health and metrics over a real socket."""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, Counter

from mailroute.domain.errors import Misconfigured, TryLater
from mailroute.web.health import Gauge, HealthServer, Readiness

Answer = tuple[int, str, str]


class Service:
    """A service whose state a test can set."""

    def __init__(self) -> None:
        self.broken: TryLater | None = None
        self.ok = True

    def ready(self) -> Readiness:
        """How it is."""
        if self.broken is not None:
            raise self.broken
        return Readiness(self.ok, {"database": "ok" if self.ok else "gone"})

    def gauges(self) -> Iterator[Gauge]:
        """Its numbers."""
        if self.broken is not None:
            raise self.broken
        yield Gauge("mailroute_inbox", "Messages by state", 3, {"state": "new"})
        yield Gauge("mailroute_inbox", "Messages by state", 4, {"state": "done"})
        yield Gauge("mailroute_books_close", "Whether received = accounted for", 1)


@pytest.fixture
def service() -> Service:
    """A service in good health."""
    return Service()


@pytest.fixture
def registry() -> CollectorRegistry:
    """Counters of this test alone."""
    return CollectorRegistry()


@pytest.fixture
def get(service: Service, registry: CollectorRegistry) -> Iterator[Callable[..., Answer]]:
    """Asks a running health server."""
    with HealthServer(
        "127.0.0.1", 0, ready=service.ready, gauges=service.gauges, registry=registry
    ) as server:

        def ask(path: str, method: str = "GET") -> Answer:
            connection = http.client.HTTPConnection(*server.address, timeout=10)
            connection.request(method, path)
            response = connection.getresponse()
            body = response.read().decode()
            connection.close()
            return response.status, response.getheader("Content-Type", ""), body

        yield ask


def test_living_process_is_healthy(get: Callable[..., Answer], service: Service) -> None:
    """/healthz says that the process answers, even when it cannot work."""
    service.ok = False

    status, _, body = get("/healthz")

    assert (status, json.loads(body)["service"]) == (200, "mailroute")


def test_ready_service_says_so(get: Callable[..., Answer]) -> None:
    """/readyz is 200 with the state of each part."""
    status, kind, body = get("/readyz?verbose=1")

    assert (status, kind) == (200, "application/json")
    assert json.loads(body) == {"ok": True, "details": {"database": "ok"}}


def test_service_that_is_not_ready_is_503(get: Callable[..., Answer], service: Service) -> None:
    """/readyz is 503 with the reason when the service cannot work."""
    service.ok = False

    status, _, body = get("/readyz")

    assert (status, json.loads(body)["details"]) == (503, {"database": "gone"})


def test_failing_check_is_an_answer(get: Callable[..., Answer], service: Service) -> None:
    """A database that is gone makes the service unready; the page itself goes on working."""
    service.broken = TryLater("the database is gone")

    status, _, body = get("/readyz")

    assert (status, json.loads(body)["details"]) == (503, {"error": "the database is gone"})


def test_metrics_hold_counters_and_gauges(get: Callable[..., Answer], registry: CollectorRegistry) -> None:
    """/metrics gives what is counted and what is read at that moment, in Prometheus' text."""
    Counter("mailroute_kept", "Messages kept", ("channel",), registry=registry).labels("smtp").inc(2)

    status, kind, body = get("/metrics")

    assert (status, kind.partition(";")[0]) == (200, "text/plain")
    lines = body.splitlines()
    assert 'mailroute_kept_total{channel="smtp"} 2.0' in lines
    assert 'mailroute_inbox{state="new"} 3.0' in lines
    assert "mailroute_books_close 1.0" in lines
    assert "mailroute_gauges_readable 1.0" in lines


def test_metrics_survive_the_database(get: Callable[..., Answer], service: Service) -> None:
    """When the gauges cannot be read the scrape still works and says that they are missing."""
    service.broken = TryLater("the database is gone")

    status, _, body = get("/metrics")

    assert status == 200
    assert "mailroute_gauges_readable 0.0" in body.splitlines()
    assert "mailroute_inbox" not in body


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/", 404), ("POST", "/readyz", 501), ("HEAD", "/readyz", 200)]
)
def test_only_reading_is_offered(get: Callable[..., Answer], method: str, path: str, status: int) -> None:
    """There are three pages, they can be read and nothing else."""
    assert get(path, method)[0] == status


def test_taken_port_says_what_to_do(service: Service) -> None:
    """A port that another program has is a misconfiguration with the name of the setting."""
    taken = HealthServer("127.0.0.1", 0, ready=service.ready)

    with taken, pytest.raises(Misconfigured, match=r"http\.port"):
        HealthServer("127.0.0.1", taken.address[1], ready=service.ready)


def test_processes_are_added_up(tmp_path: Path) -> None:
    """With several processes /metrics shows the sum of what all of them counted."""
    count = "from prometheus_client import Counter; Counter('mailroute_kept', 'x').inc()"
    show = (
        "from mailroute.web.health import Pages, Readiness; "
        "print(Pages(lambda: Readiness(True), tuple).metrics().body.decode())"
    )
    environ = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", count], check=True, env=environ)

    shown = subprocess.run(
        [sys.executable, "-c", show], check=True, env=environ, capture_output=True, text=True
    ).stdout

    assert "mailroute_kept_total 2.0" in shown.splitlines()
