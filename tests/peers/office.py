"""An installation that reads mailboxes of a private Dovecot: opened in this process, or in one that may be killed."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import structlog
from dovecot import PASSWORD, Dovecot
from prometheus_client import CollectorRegistry

from mailroute.bootstrap import Application, load_directory_file, open_application
from mailroute.domain.received import InboxId
from mailroute.intake.mailbox_watch import FolderWatch
from mailroute.journal import Journal
from mailroute.settings import load_settings
from mailroute.store import inbox
from mailroute.store.inbox import InboxLine
from peers import PATIENCE

ROUTING = "issues@northwind.example"
REP = "rosa@northwind.example"
BORDER = "border.northwind.example"
DIRECTORY = """\
[[staff]]
id = "rosa"
name = "Rosa Falk"
role = "rep"
emails = ["rosa@northwind.example"]

[[staff]]
id = "ines"
name = "Ines Costa"
role = "pm"
emails = ["ines@northwind.example"]

[[staff]]
id = "lea"
name = "Lea Ohm"
role = "lead"
emails = ["lea@northwind.example"]

[[organisation]]
id = "borealis"
name = "Borealis"
domains = ["borealis.example"]
rep = "rosa"
pm = "ines"
"""


def mail(
    number: int | str, *, sender: str = "Ann Lee <ann@borealis.example>", to: str = ROUTING, **more: str
) -> bytes:
    """A client's mail that no other is like."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Date"] = "Tue, 03 Mar 2026 09:00:00 +0000"
    message["Message-ID"] = f"<{number}@mail.borealis.example>"
    message["Subject"] = more.pop("subject", f"Pump {number} leaks")
    text = more.pop(
        "text", f"Hello,\n\npump number {number} in hall {number} leaks. Please send somebody.\n\nAnn Lee\n"
    )
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes().replace(b"\n", b"\r\n")


def write_settings(
    folder: Path, dovecot: Dovecot, account: Mapping[str, object], **sections: Mapping[str, object]
) -> Path:
    """A mailroute.toml whose only door is the mailbox `box`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "directory.toml").write_text(DIRECTORY, encoding="utf-8")
    box: dict[str, object] = {
        "host": "127.0.0.1",
        "port": dovecot.imaps,
        "certificate_authority": str(dovecot.authority),
        "user": "issues",
        "password": PASSWORD,
        **account,
    }
    tables: dict[str, Mapping[str, object]] = {
        "service": {"routing_address": ROUTING, "internal_domains": ["northwind.example"]},
        "trust": {"authserv_ids": [BORDER]},
        "smtp": {"enabled": False},
        "http": {"enabled": False},
        "directory": {"file": "directory.toml"},
        "imap.box": {name: value for name, value in box.items() if value is not None},
        **sections,
    }
    lines = [f"data_dir = {json.dumps(str(folder))}"]
    for table, values in tables.items():
        lines += [f"[{table}]", *(f"{json.dumps(name)} = {_toml(value)}" for name, value in values.items())]
    config = folder / "mailroute.toml"
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return config


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_toml(below)}" for key, below in value.items()) + " }"
    return json.dumps(value)


@dataclass
class Office:
    """The installation, open, with its watches not yet begun."""

    app: Application
    log: list[dict[str, Any]] = field(default_factory=list)
    """Every event that was told."""

    @contextlib.contextmanager
    def watching(self) -> Iterator[list[FolderWatch]]:
        """Watch all folders while the block lasts."""
        stop, watches = threading.Event(), self.app.watches()
        threads = [threading.Thread(target=watch.run, args=(stop,), daemon=True) for watch in watches]
        for thread in threads:
            thread.start()
        try:
            yield watches
        finally:
            stop.set()
            for thread in threads:
                thread.join(PATIENCE)

    def entries(self) -> list[InboxLine]:
        """What has been kept, oldest first."""
        with self.app.store.read() as connection:
            return list(reversed(inbox.listing(connection, limit=100_000)))

    def raw(self, entry: InboxId) -> bytes:
        """The bytes of an entry."""
        with self.app.store.read() as connection:
            return inbox.raw(connection, entry)

    def wait(self, holds: Callable[[], object], what: str) -> float:
        """Wait for a state; how many seconds it took."""
        began = time.monotonic()
        while not holds():
            assert time.monotonic() - began < PATIENCE, f"{what}\n{self.log[-5:]}"
            time.sleep(0.02)
        return time.monotonic() - began

    def wait_for(self, count: int) -> float:
        """Return once there are *count* entries; how many seconds that took."""
        return self.wait(lambda: len(self.entries()) >= count, f"{count} entries kept")

    def told(self, event: str) -> list[dict[str, Any]]:
        """The events of this name."""
        return [one for one in self.log if one["event"] == event]

    def process(self) -> list[InboxLine]:
        """Work all kept mail through."""
        processor = self.app.processor(self.app.reader().read)
        for line in self.entries():
            processor.process(line.entry.id)
        return self.entries()


@contextlib.contextmanager
def open_office(config: Path) -> Iterator[Office]:
    """The installation of *config*."""
    log: list[dict[str, Any]] = []

    def catch(_: object, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
        log.append(dict(event))
        raise structlog.DropEvent

    logger = structlog.wrap_logger(structlog.PrintLogger(), processors=[catch])
    settings = load_settings(config, environ={})
    journal = Journal(logger=logger, registry=CollectorRegistry())
    with open_application(settings, create=True, journal=journal) as app:
        load_directory_file(app)
        yield Office(app, log)
