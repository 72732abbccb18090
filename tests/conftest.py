"""What several kinds of tests share: databases. PostgreSQL runs as a private instance, one for each test process."""

import contextlib
import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import settings

from mailroute.store.migrate import migrate
from mailroute.store.session import Store

settings.register_profile("mailroute", deadline=None)  # machines that build are busy
settings.load_profile("mailroute")

_numbers = itertools.count(1)
SECONDS_TO_START = 60


class PostgresServer:
    """PostgreSQL on a free port of loopback, with fsync, as another user when we are root (which it refuses)."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._binaries = binaries
        self._data = folder / "data"
        self._log = folder / "log"
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port: int = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @staticmethod
    def find() -> Path | None:
        """Where PostgreSQL's programs are: on PATH, or where Debian puts them."""
        on_path = shutil.which("initdb")
        folders = [Path(on_path).parent] if on_path else []
        folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
        return next((folder for folder in folders if (folder / "postgres").exists()), None)

    @classmethod
    @contextlib.contextmanager
    def running(cls, binaries: Path) -> Iterator["PostgresServer"]:
        """A server with nothing in it, for the length of the block."""
        folder = Path(tempfile.mkdtemp(prefix="mailroute-postgres-"))
        server = cls(binaries, folder)
        try:
            if server._user:
                shutil.chown(folder, server._user)
            options = ["-U", "mailroute", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
            command = [str(binaries / "initdb"), "-D", str(server._data), *options]
            subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **server._as_user)
            server.start()
            yield server
        finally:
            server.stop()
            shutil.rmtree(folder)

    @property
    def _user(self) -> str | None:
        if os.getuid() != 0:
            return None
        return "postgres" if "postgres:" in Path("/etc/passwd").read_text() else "nobody"

    @property
    def _as_user(self) -> dict[str, Any]:
        return {"user": self._user, "extra_groups": []} if self._user else {}

    def start(self) -> None:
        """Starts it, and returns once it answers."""
        settings = {"listen_addresses": "127.0.0.1", "port": self._port, "shared_buffers": "32MB"}
        settings |= {"unix_socket_directories": self._folder}
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        # so the server goes down with the tests, however they end
        tied = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
        command = [*tied, str(self._binaries / "postgres"), "-D", str(self._data), *arguments]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self._folder, stdout=log, stderr=log, **self._as_user
            )
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                psycopg.connect(self._conninfo("postgres")).close()
                return
            except psycopg.OperationalError as error:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(self._log.read_text()) from error
                time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Ends it: SIGINT in good order, SIGQUIT as a crash would."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(SECONDS_TO_START)
            self._process = None

    def url(self, database: str) -> str:
        """The URL of one of its databases."""
        return f"postgresql://mailroute@127.0.0.1:{self._port}/{database}"

    def create(self, database: str, template: str = "template1") -> None:
        """Makes a database."""
        self._tell(f"CREATE DATABASE {database} TEMPLATE {template}")

    def drop(self, database: str) -> None:
        """Removes a database, whoever still uses it."""
        self._tell(f"DROP DATABASE {database} WITH (FORCE)")

    def _tell(self, command: str) -> None:
        with psycopg.connect(self._conninfo("postgres"), autocommit=True) as connection:
            connection.execute(command.encode())

    def _conninfo(self, database: str) -> str:
        return f"host=127.0.0.1 port={self._port} user=mailroute dbname={database}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A private PostgreSQL on loopback, started for this test process; can be restarted."""
    if (binaries := PostgresServer.find()) is None:
        pytest.skip("PostgreSQL's initdb is neither on PATH nor under /usr/lib/postgresql")
    with PostgresServer.running(binaries) as server:
        server.create("template")
        migrate(server.url("template"))
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A fresh, migrated PostgreSQL database."""
    name = f"t{next(_numbers)}"
    postgres_server.create(name, template="template")
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture
def empty_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A fresh PostgreSQL database without tables."""
    name = f"e{next(_numbers)}"
    postgres_server.create(name)
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, _sqlite_template: Path) -> str:
    """A fresh, migrated SQLite file."""
    return f"sqlite:///{shutil.copy(_sqlite_template, tmp_path / 'mailroute.db')}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database of either kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An open store, on SQLite and on PostgreSQL."""
    opened = Store.open(store_url)
    yield opened
    opened.dispose()
