"""The service as its operator runs it: settings in a file, `mailroute serve`, processes that can be killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import mails
from wire import LOOK

from mailroute.domain.errors import MailrouteError
from mailroute.services.operating import Standing, standing
from mailroute.store.session import Store

PATIENCE = 120.0
"""Seconds for a state to come about that takes one or two on an idle machine."""
MARK = "CRASH_TEST_HOUSE"
"""Environment variable by which all processes of a house are told from others', whoever their parent is."""


class Kind(StrEnum):
    """The processes of the service."""

    SERVE = "listener"
    WORKER = "worker"
    READER = "reader"


COMMAND_LINES = {
    Kind.SERVE: ("-m", "mailroute", "serve"),
    Kind.WORKER: ("-m", "mailroute", "worker"),
    Kind.READER: ("-m", "mailroute.services.reading_child"),
}
SMALL_TIMES: Mapping[str, Mapping[str, object]] = {
    "engine": {
        "workers": 2,
        "heartbeat_seconds": 1.0,
        "stalled_seconds": 5.0,
        "sweep_seconds": 2.0,
        "stop_seconds": 20.0,
    },
}


@dataclass(frozen=True)
class Process:
    """A living process of a house."""

    pid: int
    kind: Kind
    parent: int

    def is_alive(self) -> bool:
        """Whether it runs still, and is no zombie."""
        return _state(self.pid) not in {None, "Z", "X"}

    def send(self, number: signal.Signals) -> None:
        """Send it a signal; nothing when it has ended by itself."""
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return


class House:
    """One installation."""

    def __init__(
        self,
        folder: Path,
        *,
        smtp_port: int,
        smarthost_port: int,
        database_url: str | None,
        data_dir: Path | None,
        sections: Mapping[str, Mapping[str, object]],
    ) -> None:
        folder.mkdir()
        self.folder = folder
        self.port = smtp_port
        self.config = folder / "mailroute.toml"
        self.log = folder / "service.log"
        self.mark = uuid.uuid4().hex
        data_dir = data_dir or folder
        self._top: dict[str, object] = {"mode": "live", "data_dir": str(data_dir)}
        if database_url is not None:
            self._top["database_url"] = database_url
        self.url = database_url or f"sqlite:///{data_dir}/mailroute.db"
        self._sections: dict[str, dict[str, object]] = {
            "service": {
                "name": "Northwind Projects",
                "routing_address": mails.ROUTING,
                "internal_domains": ["northwind.example"],
            },
            "trust": {"authserv_ids": [mails.BORDER]},
            "smtp": {"port": smtp_port},
            "http": {"enabled": False},
            "smarthost": {"host": "127.0.0.1", "port": smarthost_port, "security": "none"},
            "directory": {"file": "directory.toml"},
            "sending": {"automatic_per_day": 100_000},
        }
        (folder / "directory.toml").write_text(mails.directory(), encoding="utf-8")
        self.set(**SMALL_TIMES)
        self.set(**sections)
        self._serve: subprocess.Popen[bytes] | None = None
        self._store: Store | None = None

    # -- settings and commands ---------------------------------------------------------------------------------------

    def set(self, **sections: Mapping[str, object]) -> None:
        """Change settings; the service reads them when it is started."""
        for name, values in sections.items():
            self._sections.setdefault(name, {}).update(values)
        lines = [f"{name} = {json.dumps(value)}" for name, value in self._top.items()]
        for section, values in self._sections.items():
            lines += [f"[{section}]", *(f"{name} = {json.dumps(value)}" for name, value in values.items())]
        self.config.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of the other commands on this installation."""
        line = [sys.executable, "-m", "mailroute", *words, "--config", str(self.config)]
        return subprocess.run(
            line, check=False, capture_output=True, text=True, timeout=PATIENCE, env=self._environment
        )

    # -- the service -------------------------------------------------------------------------------------------------

    @property
    def _environment(self) -> dict[str, str]:
        return os.environ | {MARK: self.mark}

    def start(self) -> subprocess.Popen[bytes]:
        """Start `mailroute serve` in a process group of its own, as an init system does; returns at once."""
        self.reap()
        with self.log.open("ab") as log:
            self._serve = subprocess.Popen(
                [sys.executable, "-m", "mailroute", "serve", "--config", str(self.config)],
                stdout=log,
                stderr=log,
                env=self._environment,
                start_new_session=True,
            )
        return self._serve

    def is_open(self) -> bool:
        """Whether the SMTP door takes connections."""
        try:
            socket.create_connection(("127.0.0.1", self.port), 5).close()
        except OSError:
            return False
        return True

    def reap(self) -> int | None:
        """Wait for the end of a `serve` that was killed or asked to stop; its exit code."""
        if self._serve is None:
            return None
        code = self._serve.wait(PATIENCE)
        self._serve = None
        return code

    def processes(self, kind: Kind | None = None) -> list[Process]:
        """All that live and were started by this house, whoever is their parent now."""
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            one = _process(path, self.mark)
            if one is not None and kind in {None, one.kind}:
                found.append(one)
        return found

    def kill_all(self) -> None:
        """End everything at once, and leave nothing behind."""
        while found := self.processes():
            for one in found:
                one.send(signal.SIGKILL)
            self.reap()
            time.sleep(LOOK)
        if self._store is not None:
            self._store.dispose()

    def wait(self, holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Wait for a state."""
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {seconds:g} s: {what}\n{self.last_words()}")
            time.sleep(LOOK)

    def last_words(self, lines: int = 25) -> str:
        """The end of the service's log, without what goes on as it should."""
        if not self.log.exists():
            return "(no log)"
        said = self.log.read_text(errors="replace").splitlines()
        return "\n".join([line for line in said if '"level": "info"' not in line][-lines:])

    # -- what it has done --------------------------------------------------------------------------------------------

    @property
    def store(self) -> Store:
        """Its database, once `serve` has made it."""
        if self._store is None:
            self._store = Store.open(self.url)
        return self._store

    def standing(self) -> Standing | None:
        """Books and outbox; None while they cannot be asked."""
        try:
            return standing(self.store)
        except MailrouteError:
            return None

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What a query answers."""
        with self.store.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]


def _state(pid: int) -> str | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return None


def _process(path: Path, mark: str) -> Process | None:
    """The process of a folder under /proc if it is one of the house with this mark."""
    try:
        words = tuple((path / "cmdline").read_bytes().decode(errors="replace").split("\0"))
        kind = next((k for k, line in COMMAND_LINES.items() if words[1 : 1 + len(line)] == line), None)
        if kind is None or f"{MARK}={mark}".encode() not in (path / "environ").read_bytes().split(b"\0"):
            return None
        parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it has ended meanwhile, or is another user's
        return None
    return Process(int(path.name), kind, parent)
