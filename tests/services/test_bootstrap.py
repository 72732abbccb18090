"""Settings become a wired application."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from mailroute.bootstrap import (
    Application,
    load_directory_file,
    open_application,
)
from mailroute.domain.errors import Misconfigured
from mailroute.domain.received import Channel, Envelope, InboxId, ReceivedMail
from mailroute.engine.jobs import JobName
from mailroute.journal import Journal
from mailroute.outbound.smarthost import Tls
from mailroute.services.directory_file.in_use import directory_for
from mailroute.services.way_out import smarthost_of
from mailroute.settings import Settings
from mailroute.store import inbox

DIRECTORY = """
[[staff]]
id = "sam"
name = "Sam Reed"
role = "rep"
emails = ["sam@northwind.example"]
"""


@pytest.fixture
def make_settings(tmp_path: Path, sqlite_url: str) -> Callable[..., Settings]:
    """Settings over a fresh SQLite file."""

    def make(**changes: Any) -> Settings:
        service = {"routing_address": "issues@northwind.example", "also_accepts": ["help@northwind.example"]}
        return Settings(data_dir=tmp_path, database_url=sqlite_url, service=service, **changes)

    return make


@pytest.fixture
def application(make_settings: Callable[..., Settings]) -> Iterator[Application]:
    """An open one, with the engine's tables."""
    journal = Journal(registry=CollectorRegistry())
    with open_application(make_settings(), create=True, journal=journal) as opened:
        yield opened


def arrival(number: int, **changes: Any) -> ReceivedMail:
    """A mail that comes in."""
    return ReceivedMail(
        raw=b"Subject: pump\r\n\r\nIt leaks.\r\n",
        envelope=Envelope("ann@borealis.example", ("issues@northwind.example",)),
        channel=Channel.SMTP,
        source_key=f"arrival-{number}",
        received_at=datetime(2026, 3, 3, tzinfo=UTC),
    )


def jobs(application: Application) -> list[tuple[str, str]]:
    """Task and argument of every job that waits."""
    with application.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        return [(str(row[0]), str(row[1])) for row in rows]


def test_keeping_mail_asks_for_its_processing_in_the_same_commit(application: Application) -> None:
    """One job for each fresh entry; an arrival that is here already gets none."""
    first = application.keep([arrival(1), arrival(2), arrival(1)])
    again = application.keep([arrival(2)])

    assert [True, True, False] == [one.fresh for one in first]
    assert [(first[1].id, False)] == [(one.id, one.fresh) for one in again]
    assert 2 == len(jobs(application))


def test_the_sweep_gives_jobs_to_rows_without_one(application: Application) -> None:
    """And none to rows that have one: the queue's lock sees to it."""
    with application.store.write() as connection:
        inbox.keep(connection, [arrival(1)])
    application.sweep()()
    application.sweep()()

    assert 1 == len(jobs(application))


def test_an_entry_whose_handler_broke_is_set_aside(application: Application) -> None:
    """A bug costs one message; the mail that breaks delivery stays for the sweep."""
    [kept] = application.keep([arrival(1)])
    crashed = application.on_crash(application.processor(lambda raw, directory: pytest.fail("is not read")))
    crashed(JobName.DELIVER, 1, RuntimeError("x"))
    crashed(JobName.PROCESS, kept.id, RuntimeError("a stranger's words"))
    with application.store.read() as connection:
        line = inbox.line(connection, InboxId(kept.id))

    assert line is not None
    assert ("quarantine", "processing-broke") == (line.action, line.reasons[0].code)
    assert "stranger" not in line.reasons[0].evidence


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("issues@northwind.example", True),
        ("ISSUES@Northwind.Example", True),
        ("help@northwind.example", True),
        ("issues+c.17.abc@northwind.example", True),
        ("help+anything@northwind.example", True),
        ("sam@northwind.example", False),
        ("issues@elsewhere.example", False),
        ("xissues@northwind.example", False),
        ("issues", False),
        ("", False),
    ],
)
def test_what_leads_here_is_accepted(application: Application, address: str, ours: bool) -> None:
    """Our addresses and their sub-addresses, forged tokens too: a bounce of spam would be worse."""
    assert ours is application.accepts(address)


def test_the_installation_s_key_is_made_once(make_settings: Callable[..., Settings]) -> None:
    """Reply addresses of yesterday work today, on every host."""
    journal = Journal(registry=CollectorRegistry())
    secrets = []
    for _ in range(2):
        with open_application(make_settings(), journal=journal) as opened:
            secrets.append(opened.policy.secret)

    assert secrets[0] == secrets[1]
    assert 32 == len(secrets[0])


def test_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With what to do; it is not made silently."""
    with pytest.raises(Misconfigured, match="db upgrade"):
        open_application(Settings(data_dir=tmp_path), journal=Journal(registry=CollectorRegistry()))


def test_the_people_of_the_file_come_before_those_of_the_store(
    make_settings: Callable[..., Settings], application: Application, tmp_path: Path
) -> None:
    """And loading the file again changes nothing."""
    file = tmp_path / "directory.toml"
    file.write_text(DIRECTORY, encoding="utf-8")
    with_file = make_settings(directory={"file": file})

    assert [] == list(directory_for(make_settings()).staff)
    assert ["sam"] == [staff.id for staff in directory_for(with_file).staff]

    journal = Journal(registry=CollectorRegistry())
    with open_application(with_file, journal=journal) as opened:
        load_directory_file(opened)
        load_directory_file(opened)
    assert ["sam"] == [staff.id for staff in directory_for(make_settings()).staff]


def test_without_a_database_there_are_no_people(tmp_path: Path) -> None:
    """`explain` works before anything is set up."""
    assert () == directory_for(Settings(data_dir=tmp_path / "nothing")).staff


@pytest.mark.parametrize(
    ("security", "port", "tls"),
    [("none", 25, Tls.NONE), ("starttls", 587, Tls.STARTTLS), ("tls", 465, Tls.IMPLICIT)],
)
def test_the_smarthost_is_as_the_settings_say(
    make_settings: Callable[..., Settings], security: str, port: int, tls: Tls
) -> None:
    """With the usual port of its kind of security."""
    login = {} if security == "none" else {"username": "u", "password": "p"}
    settings = make_settings(smarthost={"host": "mail.northwind.example", "security": security, **login})
    host = smarthost_of(settings)

    assert ("mail.northwind.example", port, tls) == (host.host, host.port, host.tls)
    assert (login.get("username"), login.get("password")) == (host.username, host.password)
