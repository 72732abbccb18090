"""What the benchmarks share: an installation of the service with people in it, databases, and processes."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import generate
import sender
from prometheus_client import CollectorRegistry

from conftest import PostgresServer
from mailroute.bootstrap import Application, load_directory_file, open_application
from mailroute.domain.outgoing import OutboxState
from mailroute.domain.received import Channel, Envelope, ReceivedMail
from mailroute.journal import Journal, configure_logging
from mailroute.services.operating import standing
from mailroute.settings import load_settings
from mailroute.testing.catcher import Catcher

SETTINGS = """\
mode = "live"
data_dir = "{folder}"
database_url = "{url}"
[service]
name = "Northwind Projects"
routing_address = "{routing_address}"
internal_domains = ["northwind.example"]
[trust]
authserv_ids = ["{border}"]
[smtp]
port = {smtp}
max_connections_per_ip = 200
[http]
enabled = false
[smarthost]
host = "127.0.0.1"
port = {smarthost}
security = "none"
[sending]
automatic_per_day = 100000
per_address_and_hour = 1000
[directory]
file = "directory.toml"
[log]
level = "error"
"""
PATIENCE_SECONDS = 300.0
TICKS = os.sysconf("SC_CLK_TCK")


# -- an installation -------------------------------------------------------------------------------------------------


@contextmanager
def databases(names: Sequence[str]) -> Iterator[Callable[[str, Path], str]]:
    """Gives a function: kind of database and folder -> URL of a new one. PostgreSQL runs as a private instance."""
    with ExitStack() as closing:
        server: PostgresServer | None = None
        if "postgres" in names:
            binaries = PostgresServer.find()
            assert binaries is not None
            server = closing.enter_context(PostgresServer.running(binaries))
        made = iter(range(1000))

        def new(kind: str, folder: Path) -> str:
            if kind == "sqlite":
                return f"sqlite:///{folder / 'mailroute.db'}"
            assert server is not None
            name = f"bench{next(made)}"
            server.create(name)
            return server.url(name)

        yield new


def available() -> list[str]:
    """The kinds of database that can be measured here."""
    return ["sqlite"] + (["postgres"] if PostgresServer.find() else [])


def left_out() -> list[str]:
    """A line on each kind of database that cannot be measured here."""
    missing = "PostgreSQL left out: its initdb is neither on PATH nor under /usr/lib/postgresql."
    return [] if "postgres" in available() else [missing]


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Installation:
    """A service with settings of its own."""

    app: Application
    config: Path
    smtp_port: int


@contextmanager
def installation(folder: Path, url: str, *, smarthost: int) -> Iterator[Installation]:
    """A service in *folder*, in live mode, with the generated directory; its smarthost listens on that port."""
    folder.mkdir(parents=True, exist_ok=True)
    configure_logging(level="critical", as_json=True)
    (folder / "directory.toml").write_text(generate.directory_toml(), encoding="utf-8")
    config, smtp = folder / "mailroute.toml", free_port()
    text = SETTINGS.format(
        folder=folder,
        url=url,
        smtp=smtp,
        smarthost=smarthost,
        routing_address=generate.ROUTING_ADDRESS,
        border=generate.BORDER,
    )
    config.write_text(text, encoding="utf-8")
    with open_application(
        load_settings(config, environ={}), create=True, journal=Journal(registry=CollectorRegistry())
    ) as app:
        load_directory_file(app)
        yield Installation(app, config, smtp)


def arrivals(mails: Sequence[generate.Mail], first: int = 0) -> list[ReceivedMail]:
    """The mails as they come over the wire."""
    return [
        ReceivedMail(
            raw=mail.raw,
            envelope=Envelope(mail.sender, (generate.ROUTING_ADDRESS,)),
            channel=Channel.SMTP,
            source_key=f"bench:{number}",
            received_at=datetime.now(UTC),
        )
        for number, mail in enumerate(mails, start=first)
    ]


def keep(app: Application, mails: Sequence[ReceivedMail]) -> None:
    """Fill the inbox, a hundred mails a commit."""
    for start in range(0, len(mails), 100):
        app.keep(mails[start : start + 100])


def wait_until_settled(app: Application, received: int) -> float:
    """Wait until all that was kept is worked through and every mail has left; the moment at which that was seen."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        now = standing(app.store)
        if now.books.quarantined:
            raise SystemExit(f"the service cannot do the work: {now.books}")
        moving = now.outbox[OutboxState.QUEUED] + now.outbox[OutboxState.SENDING]
        if now.books.received >= received and not now.books.waiting and not moving:
            return time.monotonic()
        time.sleep(0.05)
    raise SystemExit(f"not settled within {PATIENCE_SECONDS} s: {standing(app.store)}")


@contextmanager
def catching() -> Iterator[int]:
    """A catcher in a thread of its own; its port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="catcher")
    thread.start()
    catcher = Catcher()
    asyncio.run_coroutine_threadsafe(catcher.__aenter__(), loop).result()
    try:
        yield catcher.port
    finally:
        asyncio.run_coroutine_threadsafe(catcher.__aexit__(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


# -- processes -------------------------------------------------------------------------------------------------------


@contextmanager
def processes(*commands: Sequence[str]) -> Iterator[list[int]]:
    """Runs `mailroute` once for each command; their process ids."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PROMETHEUS")}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environ}
    started = [subprocess.Popen([sys.executable, "-m", "mailroute", *words], **quiet) for words in commands]
    try:
        yield [process.pid for process in started]
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(60)


@contextmanager
def served(folder: Path, smarthost: int, *, workers: int) -> Iterator[tuple[Installation, int]]:
    """A whole service on SQLite in *folder*, its door open; and the listener's process id."""
    folder.mkdir()
    with ExitStack() as closing:
        url = f"sqlite:///{folder}/mailroute.db"
        ours = closing.enter_context(installation(folder, url, smarthost=smarthost))
        command = ("serve", "--workers", str(workers), "--config", str(ours.config))
        (listener,) = closing.enter_context(processes(command))
        sender.wait_for_door(ours.smtp_port)
        yield ours, listener


def children(pid: int) -> list[int]:
    """The processes that this one has started."""
    found = list[int]()
    for thread in Path(f"/proc/{pid}/task").iterdir():
        found += [int(word) for word in (thread / "children").read_text().split()]
    return found


def descendants(pid: int) -> list[int]:
    """Children, their children, and so on."""
    return [one for child in children(pid) for one in (child, *descendants(child))]


def cpu_seconds(pid: int, *, ended: bool = False) -> float:
    """User and system time of a process; with *ended* also of the children that it has waited for (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(fields[place]) for place in ((11, 12, 13, 14) if ended else (11, 12))) / TICKS


def postgres_cpu_seconds(url: str) -> float:
    """CPU of the server that has the database at *url*, its backends included; 0 for SQLite."""
    if not url.startswith("postgresql"):
        return 0.0
    port = url.rpartition(":")[2].partition("/")[0]
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(b"/postgres") and f"port={port}".encode() in words:
            pid = int(entry.parent.name)
            return cpu_seconds(pid, ended=True) + sum(cpu_seconds(one) for one in descendants(pid))
    raise SystemExit(f"no PostgreSQL at port {port}")


def peak_megabytes(pid: int) -> float:
    """The most memory that a process has had at one time (VmHWM)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
