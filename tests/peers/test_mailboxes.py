"""Mailboxes of a real Dovecot: what is taken, when, and what is left alone."""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from dovecot import Dovecot, MutePath, needs_dovecot
from office import BORDER, REP, Office, mail, open_office, write_settings

from mailroute.domain.decisions import Action
from mailroute.domain.received import Channel
from mailroute.services.backfill import Backfill, Progress, folders_of_past
from mailroute.store import mailboxes

pytestmark = [pytest.mark.peers, needs_dovecot]


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    """One server for all; each test has a user of its own."""
    with Dovecot() as server:
        yield server


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    """A mailbox of this test's own."""
    return str(request.node.name).removeprefix("test_").partition("[")[0]


def state(office: Office, name: str = "box/INBOX") -> object:
    """When the folder was last looked at, or None."""
    with office.app.store.read() as connection:
        found = mailboxes.doors(connection).get(name)
    return None if found is None else found.looked_at


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_mail_is_here_within_two_seconds(dovecot: Dovecot, user: str, tmp_path: Path, security: str) -> None:
    """A mail that arrives in a watched mailbox is kept within two seconds, without being marked as read."""
    port = dovecot.imaps if security == "tls" else dovecot.imap
    user += security
    config = write_settings(tmp_path, dovecot, {"user": user, "security": security, "port": port})
    with open_office(config) as office, office.watching():
        office.wait(lambda: state(office), "a first look")
        took = []
        for number in range(5):
            dovecot.deliver(user, mail(number))
            took.append(office.wait_for(number + 1))
        lines = office.entries()

    assert [Channel.IMAP] * 5 == [line.entry.channel for line in lines]
    assert f"box/INBOX/{1}" == lines[0].entry.source
    assert max(took) < 2, took
    assert not any("Seen" in flags for flags in dovecot.flags(user))


def test_what_lay_there_before_is_left_alone(dovecot: Dovecot, user: str, tmp_path: Path) -> None:
    """At the first look mail that lies in the folder is not taken, unless the settings say so."""
    dovecot.deliver(user, mail("old"))
    with open_office(write_settings(tmp_path / "a", dovecot, {"user": user})) as office, office.watching():
        office.wait(lambda: state(office), "a first look")
        dovecot.deliver(user, mail("new"))
        office.wait_for(1)
        subjects = [office.raw(line.entry.id).partition(b"Subject: ")[2][:8] for line in office.entries()]
    config = write_settings(tmp_path / "b", dovecot, {"user": user, "from_the_start": True})
    with open_office(config) as office, office.watching():
        office.wait_for(2)
        everything = office.entries()

    assert [b"Pump new"] == subjects
    assert 2 == len(everything)


def test_mail_that_came_while_we_were_away_is_taken(dovecot: Dovecot, user: str, tmp_path: Path) -> None:
    """The cursor survives a stop: what came meanwhile is taken at the next start, once."""
    config = write_settings(tmp_path, dovecot, {"user": user})
    with open_office(config) as office, office.watching():
        office.wait(lambda: state(office), "a first look")
        dovecot.deliver(user, mail(1))
        office.wait_for(1)
    dovecot.deliver(user, mail(2), mail(3))
    with open_office(config) as office, office.watching():
        office.wait_for(3)
        lines = office.entries()

    assert 3 == len(lines)


def test_a_mailbox_that_counts_anew_brings_nothing_twice(dovecot: Dovecot, user: str, tmp_path: Path) -> None:
    """When UIDVALIDITY changes all is looked at again: known mail is known, and what came meanwhile is taken."""
    config = write_settings(tmp_path, dovecot, {"user": user})
    with open_office(config) as office, office.watching():
        office.wait(lambda: state(office), "a first look")
        dovecot.deliver(user, *(mail(number) for number in range(20)))
        office.wait_for(20)
    dovecot.count_anew(user)
    dovecot.deliver(user, mail("meanwhile"))
    with open_office(config) as office, office.watching():
        office.wait_for(21)
        office.wait(lambda: len(office.told("kept again")) == 20, "the rest known again")
        told = office.told("counted anew")
        lines = office.process()

    assert ["box/INBOX"] == [one["folder"] for one in told]
    assert [Action.OPEN] * 21 == [line.action for line in lines]


@pytest.mark.parametrize(("after", "moves"), [("flag", False), ("move", True)])
def test_flagged_and_moved_only_once_it_is_kept(
    dovecot: Dovecot, user: str, tmp_path: Path, after: str, moves: bool
) -> None:
    """Mail is marked or moved after the commit: while the store is away, it stays as it is."""
    user += after
    client = dovecot.client(user)
    client.create("Taken")
    more = {"after": after, "move_to": "Taken" if moves else None, "from_the_start": True}
    config = write_settings(tmp_path, dovecot, {"user": user, **more})
    dovecot.deliver(user, mail(1), mail(2))
    with open_office(config) as office:
        busy = contextlib.ExitStack()
        busy.enter_context(office.app.store.write())  # nobody else can write
        with office.watching():
            time.sleep(1.5)  # a watch that has no event to wait for: nothing may happen
            before = dovecot.flags(user)
            busy.close()
            office.wait_for(2)
            place = "Taken" if moves else "INBOX"
            office.wait(
                lambda: len([f for f in dovecot.flags(user, place) if moves or "Seen" in f]) == 2, "done"
            )
    left = dovecot.flags(user)
    client.logout()

    assert 2 == len(before)
    assert not any("Seen" in flags for flags in before)
    assert (0 if moves else 2) == len([flags for flags in left if "FLAGS" in flags])


def test_of_a_reps_inbox_only_mail_of_known_companies_is_fetched(
    dovecot: Dovecot, user: str, tmp_path: Path
) -> None:
    """Of a rep's other mail nothing but the envelope is asked for, and nothing is kept."""
    private = mail("private", sender="Mum <mum@home.example>", text="Dinner on Sunday?\n" + "x" * 5000)
    account = {"user": user, "folders": {"INBOX": "inbox-known"}, "owner": REP, "from_the_start": True}
    dovecot.deliver(user, private, mail("client"), private.replace(b"<private@", b"<private2@"))
    with open_office(write_settings(tmp_path, dovecot, account)) as office, office.watching():
        office.wait_for(1)
        office.wait(lambda: state(office), "a look at all")
        passed_over = sum(one["messages"] for one in office.told("passed over"))
        line = office.process()[0]
        with office.app.store.read() as connection:
            stored = connection.exec_driver_sql("SELECT bytes FROM raw_message").scalars().all()
    dovecot.kick(user)
    fetched = [s for s in dovecot.log().splitlines() if f"imap({user})" in s and "body_count=" in s]

    assert 2 == passed_over
    assert Action.OPEN is line.action
    assert [b"Pump client"] == [bytes(raw).partition(b"Subject: ")[2][:11] for raw in stored]
    assert "body_count=1 " in fetched[0]


def test_a_rep_passes_a_mail_on_by_putting_it_into_a_folder(
    dovecot: Dovecot, user: str, tmp_path: Path
) -> None:
    """A client's mail in a rep's folder is the client's matter, passed on by that rep; the login is the proof."""
    client = dovecot.client(user)
    client.create("Issues")
    account = {"user": user, "folders": {"Issues": "issues"}, "owner": REP}
    with open_office(write_settings(tmp_path, dovecot, account)) as office, office.watching():
        office.wait(lambda: state(office, "box/Issues"), "a first look")
        client.append("Issues", "", None, mail("dragged", to=REP))
        office.wait_for(1)
        line = office.process()[0]
        assert line.ticket is not None
        with office.app.store.read() as connection:
            rows = connection.exec_driver_sql("SELECT rep, requester_address, title FROM ticket").all()
            kinds = connection.exec_driver_sql('SELECT kind, "to" FROM outbox ORDER BY kind').all()
    client.logout()

    assert ("rosa", "ann@borealis.example", "Pump dragged leaks") == tuple(rows[0])
    assert ["ticket-assigned", "ticket-opened", "ticket-received"] == [kind for kind, _ in kinds]


def test_a_reps_direct_answer_joins_the_ticket(dovecot: Dovecot, user: str, tmp_path: Path) -> None:
    """Mail in a rep's Sent folder joins the ticket that it answers; about nothing known, it opens none."""
    client = dovecot.client(user)
    client.create("Sent")
    account = {"user": user, "folders": {"INBOX": "routing", "Sent": "sent"}, "owner": REP}
    answer = mail(
        "answer",
        sender=f"Rosa Falk <{REP}>",
        to="Ann Lee <ann@borealis.example>",
        subject="Re: Pump 1 leaks",
        In_Reply_To="<1@mail.borealis.example>",
        text="Dear Ann,\n\nthe fitter comes tomorrow.\n\nRosa\n",
    )
    other = mail(
        "lunch",
        sender=f"Rosa Falk <{REP}>",
        to="Ann Lee <ann@borealis.example>",
        subject="Lunch?",
        text="Shall we have lunch on Friday?\n",
    )
    private = mail("mum", sender=f"Rosa Falk <{REP}>", to="mum@home.example", text="See you.\n")
    with open_office(write_settings(tmp_path, dovecot, account)) as office, office.watching():
        office.wait(lambda: state(office) and state(office, "box/Sent"), "a first look")
        dovecot.deliver(user, mail(1))
        office.wait_for(1)
        for one in (private, answer, other):
            client.append("Sent", "", None, one)
        office.wait_for(3)
        lines = office.process()
        with office.app.store.read() as connection:
            said = connection.exec_driver_sql("SELECT role, audience FROM ticket_message ORDER BY id").all()
    client.logout()

    assert [Action.OPEN, Action.APPEND, Action.IGNORE] == [line.action for line in lines]
    assert [("client", "public"), ("rep", "public")] == [tuple(row) for row in said]
    assert "sent-joins-none" in {reason.code for reason in lines[2].reasons}


def test_a_dead_path_is_noticed(dovecot: Dovecot, user: str, tmp_path: Path) -> None:
    """A connection that has gone silent without a word is given up within the configured times; mail comes again."""
    with MutePath(dovecot.imaps) as path:
        times = {"check_seconds": 1.0, "timeout_seconds": 1.0}
        config = write_settings(tmp_path, dovecot, {"user": user, "port": path.port, **times})
        with open_office(config) as office, office.watching():
            office.wait(lambda: state(office), "a first look")
            path.go_mute()
            dovecot.deliver(user, mail("unheard"))
            took = office.wait(lambda: office.told("mailbox troubled"), "the dead path")
            office.wait_for(1)

    assert {"connection-lost"} == {one["trouble"] for one in office.told("mailbox troubled")}
    assert took < 1.0 + 1.0 + 1.0


def test_a_session_that_the_server_ends_is_opened_again(dovecot: Dovecot, user: str, tmp_path: Path) -> None:
    """After BYE or the end of the stream nothing spins: the watch connects anew and misses nothing."""
    with open_office(write_settings(tmp_path, dovecot, {"user": user})) as office, office.watching():
        office.wait(lambda: state(office), "a first look")
        dovecot.kick(user)
        dovecot.deliver(user, mail("after"))
        began = time.process_time()
        office.wait_for(1)
        spent = time.process_time() - began

    assert spent < 2


@pytest.mark.parametrize("what", ["stripped", "untrusted"])
def test_without_tls_that_we_trust_nothing_is_said(tmp_path: Path, what: str) -> None:
    """Where STARTTLS was taken out of the greeting, or the certificate is a stranger's, no login is tried."""
    with Dovecot(tls=what == "untrusted") as server, Dovecot() as stranger:
        account = {"security": "starttls", "port": server.imap}
        if what == "untrusted":
            account["certificate_authority"] = str(stranger.authority)
        with open_office(write_settings(tmp_path, server, account)) as office, office.watching():
            office.wait(lambda: office.told("mailbox troubled"), "a refusal of ours")
        log = server.log()

    assert {"connection-lost"} == {one["trouble"] for one in office.told("mailbox troubled")}
    assert "user=<issues>" not in log


def test_a_wrong_password_is_loud_and_not_tried_in_a_hurry(
    dovecot: Dovecot, user: str, tmp_path: Path
) -> None:
    """A refused login is an error of its own, and servers that lock accounts are not provoked."""
    config = write_settings(tmp_path, dovecot, {"user": user, "password": "wrong"})
    with open_office(config) as office, office.watching() as watches:
        office.wait(lambda: office.told("mailbox troubled"), "the refusal")
        wait = watches[0]._wait

    assert ["login-refused"] == [one["trouble"] for one in office.told("mailbox troubled")]
    assert wait >= 60


def test_a_mail_over_the_limit_is_named_and_set_aside(dovecot: Dovecot, user: str, tmp_path: Path) -> None:
    """A mail that is too large is not fetched: its header and its place are quarantined, and the next one is taken."""
    large = mail("large", text="x" * 70 + "\n" + "y" * 200 + "\n" * 2000) + b"z" * 70_000
    config = write_settings(tmp_path, dovecot, {"user": user}, reading={"raw_bytes": 65536})
    with open_office(config) as office, office.watching():
        office.wait(lambda: state(office), "a first look")
        dovecot.deliver(user, large, mail("next"))
        office.wait_for(2)
        lines = sorted(office.entries(), key=lambda line: line.action is None)
        kept = office.raw(lines[0].entry.id)

    assert [Action.QUARANTINE, None] == [line.action for line in lines]
    assert "over-limit" == lines[0].reasons[0].code
    assert b"Subject: Pump large leaks" in kept
    assert len(kept) < 4096


def test_the_border_is_believed_in_mail_of_a_mailbox(dovecot: Dovecot, user: str, tmp_path: Path) -> None:
    """A rep who writes to the routing mailbox is known by the border's result, as by any other door."""
    proved = mail(
        "proved",
        sender=f"Rosa Falk <{REP}>",
        text="Please look at pump 7.\n",
        Authentication_Results=f"{BORDER}; dkim=pass header.d=northwind.example",
    )
    with open_office(write_settings(tmp_path, dovecot, {"user": user})) as office, office.watching():
        office.wait(lambda: state(office), "a first look")
        dovecot.deliver(user, proved, mail("unproved", sender=f"Rosa Falk <{REP}>"))
        office.wait_for(2)
        lines = office.process()

    assert [Action.OPEN, Action.HOLD] == [line.action for line in lines]
    assert all(line.entry.received_at.replace(second=0) <= datetime.now(UTC) for line in lines)


def test_the_past_of_a_mailbox_becomes_tickets_and_nothing_is_sent(
    dovecot: Dovecot, user: str, tmp_path: Path
) -> None:
    """`ingest --imap` reads from a day on, once, in a live service too: nothing goes out, a stop is made good."""
    dovecot.deliver(user, *(mail(number) for number in range(8)))
    config = write_settings(
        tmp_path, dovecot, {"user": user}, smarthost={"host": "127.0.0.1", "port": 9, "security": "none"}
    )
    config.write_text('mode = "live"\n' + config.read_text(encoding="utf-8"), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mailroute",
        "ingest",
        "--imap",
        "box",
        "--config",
        str(config),
        "--json",
    ]
    today = datetime.now(UTC).date()
    with open_office(config) as office:
        backfill = Backfill(
            store=office.app.store, desk=office.app.desk(), journal=office.app.journal, process=None
        )
        shown: list[Progress] = []
        folder = folders_of_past(office.app.settings, "box", None)[0]
        backfill.read(
            folder, today, "UTC", shown.append
        )  # as if it had been stopped before it worked them through
    dovecot.deliver(user, mail("later"))
    first = subprocess.run([*command, "--since", str(today)], check=False, capture_output=True, text=True)
    again = subprocess.run([*command, "--since", str(today)], check=False, capture_output=True, text=True)
    with open_office(config) as office:
        lines = office.entries()
        with office.app.store.read() as connection:
            states = set(connection.exec_driver_sql("SELECT state FROM outbox").scalars())
            timers = connection.exec_driver_sql("SELECT count(*) FROM timer").scalar()

    assert Progress("box/INBOX", 8, 8, 8) == shown[-1]
    assert 0 == first.returncode, first.stderr
    assert [1] == [folder["kept"] for folder in json.loads(first.stdout)["folders"]]
    assert [0] == [folder["kept"] for folder in json.loads(again.stdout)["folders"]]
    assert [Action.OPEN] * 9 == [line.action for line in lines]
    assert {"observed"} == states
    assert 0 == timers
