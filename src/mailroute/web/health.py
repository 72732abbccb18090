"""`/healthz`, `/readyz` and `/metrics`, for whoever watches the service; keep the address private.

/healthz says that the process answers, /readyz whether it can do its work (503 if not, with the reason), /metrics
gives Prometheus' text: what the journal counts, and gauges read at that moment. Nothing in here names a person.
"""

import json
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from mailroute import __version__
from mailroute.domain.errors import MailrouteError, Misconfigured
from mailroute.domain.tokens import DIGEST_OFF
from mailroute.web.page import Page
from mailroute.web.unsubscribe import MOST_OCTETS, DigestSwitch

SLOW_PEER_SECONDS = 10
"""How long a peer may take to send its request or to take the answer."""
MULTIPROCESS_DIR = "PROMETHEUS_MULTIPROC_DIR"
"""Set by whoever starts several processes: all of them count into files there, and /metrics adds them up."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the service can do its work."""

    ok: bool
    details: Mapping[str, str] = field(default_factory=dict)
    """Each part and how it is: `database` to `ok`."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number as it is now: `mailroute_inbox` with `{"state": "new"}`."""

    name: str
    help: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


Ready = Callable[[], Readiness]
Gauges = Callable[[], Iterable[Gauge]]


class HealthServer:
    """Serves the three pages from threads of its own, so that a busy service still answers.

    *ready* and *gauges* are called in those threads for each request; a `MailrouteError` from them is an answer,
    too: not ready, or no gauges.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        ready: Ready,
        gauges: Gauges = tuple,
        registry: CollectorRegistry = REGISTRY,
        switch: DigestSwitch | None = None,
    ) -> None:
        pages = Pages(ready, gauges, registry)
        try:
            self._server = _Server((host, port), pages, switch)
        except OSError as error:
            text = f"cannot listen on {host}:{port}: {error.strerror}; set http.host and http.port, or http.enabled"
            raise Misconfigured(text) from error
        self._thread = threading.Thread(target=self._server.serve_forever, name="health", daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Host and port; tells the port that the system chose for 0."""
        host, port = self._server.server_address[:2]
        return str(host), int(port)

    def start(self) -> None:
        """Begin to answer; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and wait until that is done. Only after `start`."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Pages:
    """What stands behind each path. No sockets, so that other servers can mount it."""

    def __init__(self, ready: Ready, gauges: Gauges, registry: CollectorRegistry = REGISTRY) -> None:
        self._ready = ready
        self._registry = registry
        self._asked = CollectorRegistry(auto_describe=False)
        self._asked.register(_Asked(gauges))
        self._pages: Mapping[str, Callable[[], Page]] = {
            "/healthz": self.healthz,
            "/readyz": self.readyz,
            "/metrics": self.metrics,
        }

    def get(self, path: str) -> Page:
        """The page at *path*, with or without a query."""
        page = self._pages.get(path.partition("?")[0])
        return page() if page is not None else _json(HTTPStatus.NOT_FOUND, {"pages": sorted(self._pages)})

    def healthz(self) -> Page:
        """The process is alive."""
        return _json(HTTPStatus.OK, {"service": "mailroute", "version": __version__, "ok": True})

    def readyz(self) -> Page:
        """The service can work, or why not."""
        try:
            readiness = self._ready()
        except MailrouteError as error:
            readiness = Readiness(ok=False, details={"error": str(error)})
        status = HTTPStatus.OK if readiness.ok else HTTPStatus.SERVICE_UNAVAILABLE
        return _json(status, {"ok": readiness.ok, "details": dict(readiness.details)})

    def metrics(self) -> Page:
        """Counters of every process, then the gauges."""
        counted = self._registry
        if os.environ.get(MULTIPROCESS_DIR):
            counted = CollectorRegistry()
            MultiProcessCollector(counted)  # type: ignore[no-untyped-call] # the library has no annotation here
        return Page(
            HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest(counted) + generate_latest(self._asked)
        )


class _Asked(Collector):
    """Gauges that are read when they are asked for."""

    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges

    def collect(self) -> Iterator[GaugeMetricFamily]:
        readable = GaugeMetricFamily("mailroute_gauges_readable", "Whether the gauges could be read")
        families: dict[str, GaugeMetricFamily] = {}
        try:
            for gauge in self._gauges():
                family = families.setdefault(
                    gauge.name, GaugeMetricFamily(gauge.name, gauge.help, labels=tuple(gauge.labels))
                )
                family.add_metric(tuple(gauge.labels.values()), gauge.value)
            readable.add_metric((), 1)
        except MailrouteError:
            # The scrape must go on: that the gauges are missing is itself what the watcher needs to see.
            families.clear()
            readable.add_metric((), 0)
        yield from (readable, *families.values())


def _json(status: HTTPStatus, value: Mapping[str, object]) -> Page:
    return Page(status, "application/json", json.dumps(value, ensure_ascii=False).encode() + b"\n")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], pages: Pages, switch: DigestSwitch | None) -> None:
        self.pages = pages
        self.switch = switch
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, _Handler)

    def handle_error(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """A peer that goes away is no news; anything else is a bug and is shown."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server_version = "mailroute"
    sys_version = ""
    timeout = SLOW_PEER_SECONDS

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_POST(self) -> None:
        assert isinstance(self.server, _Server)
        length = self.headers.get("Content-Length", "")
        if self.server.switch is None or not self.path.startswith(DIGEST_OFF):
            self.send_error(HTTPStatus.NOT_IMPLEMENTED)
            return
        if not length.isdecimal() or int(length) > MOST_OCTETS:
            self._send(_json(HTTPStatus.NOT_FOUND, {}), with_body=True)
            return
        body = self.rfile.read(int(length))
        self._send(self.server.switch.post(self.path, body), with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        assert isinstance(self.server, _Server)
        page = self.server.switch.get(self.path) if self.server.switch is not None else None
        self._send(page or self.server.pages.get(self.path), with_body=with_body)

    def _send(self, page: Page, *, with_body: bool) -> None:
        self.send_response(page.status)
        self.send_header("Content-Type", page.content_type)
        self.send_header("Content-Length", str(len(page.body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if with_body:
            self.wfile.write(page.body)

    def log_message(self, *_: object) -> None:
        """Nothing: watchers ask every few seconds."""
