"""Mailboxes in the whole service: `mailroute serve` reads them, tells how they are and stops; tokens at a server."""

import json
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from dovecot import Dovecot, needs_dovecot
from office import Office, mail, open_office, write_settings

from mailroute.domain.decisions import Action
from peers import PATIENCE, free_port

pytestmark = [pytest.mark.peers, needs_dovecot]


def page(port: int, path: str) -> tuple[int, str]:
    """A page of the running service; 0 while it does not answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except OSError:
        return 0, ""


def wait_for(holds: Any, what: str) -> None:
    """Wait for a state of the service."""
    until = time.monotonic() + 3 * PATIENCE
    while not holds():
        assert time.monotonic() < until, what
        time.sleep(0.1)


@pytest.mark.timeout(240)
def test_the_service_reads_mailboxes_and_says_when_it_cannot(tmp_path: Path) -> None:
    """A mail in the mailbox becomes a ticket; when the server is gone /readyz says so; SIGTERM ends it in good time."""
    port = free_port()
    http = {"enabled": True, "port": port}
    with Dovecot() as server:
        config = write_settings(
            tmp_path,
            server,
            {"check_seconds": 1.0, "timeout_seconds": 2.0},
            http=http,
            silence={"look_seconds": 3.0},
        )
        command = [sys.executable, "-m", "mailroute", "serve", "--config", str(config)]
        with (tmp_path / "log").open("wb") as log, subprocess.Popen(command, stderr=log) as service:
            try:
                wait_for(lambda: "looked at" in page(port, "/readyz")[1], "a first look")
                healthy = page(port, "/readyz")
                server.deliver("issues", mail(1))
                with open_office(config) as office:
                    wait_for(lambda: [x.action for x in office.entries()] == [Action.OPEN], "a ticket")
                metrics = page(port, "/metrics")[1]
                doctor = subprocess.run(
                    [sys.executable, "-m", "mailroute", "doctor", "--json", "--config", str(config)],
                    check=False,
                    capture_output=True,
                    text=True,
                )
                server.stop()
                wait_for(lambda: page(port, "/readyz")[0] == 503, "the loss of the server")
                silent = page(port, "/readyz")[1]
                began = time.monotonic()
            finally:
                service.send_signal(signal.SIGTERM)
                code = service.wait(PATIENCE)
            took = time.monotonic() - began

    findings = {one["check"]: one for one in json.loads(doctor.stdout)["findings"]}
    assert 200 == healthy[0]
    assert 'mailroute_seconds_since_look{door="box/INBOX"}' in metrics
    assert 'mailroute_seconds_since_mail{door="box/INBOX"}' in metrics
    assert ("ok", True) == (findings["box/INBOX"]["level"], "last mail" in findings["box/INBOX"]["saw"])
    assert "ok" == findings["mailbox box/INBOX"]["level"]
    assert "box/INBOX is not read" in silent
    assert 0 == code
    assert took < 15


@dataclass
class Tokens:
    """A provider: which access tokens hold, and what it was asked for."""

    url: str = ""
    good: set[str] = field(default_factory=set)
    given: int = 0
    withdrawn: bool = False


@contextmanager
def provider(user: str) -> Iterator[Tokens]:
    """A token endpoint, and the page at which Dovecot asks whose a token is."""
    state = Tokens()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            if state.withdrawn:
                self._answer(400, {"error": "invalid_grant"})
                return
            state.given += 1
            state.good.add(f"token{state.given}")
            self._answer(200, {"access_token": f"token{state.given}", "expires_in": 3600})

        def do_GET(self) -> None:
            query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
            token = query.get("access_token", [""])[0]
            self._answer(200, {"email": user} if token in state.good else {"error": "invalid"})

        def _answer(self, status: int, value: dict[str, str | int]) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()


_PASSDB = """\
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = FOLDER/oauth2.conf
}
"""


def files(state: Tokens) -> dict[str, str]:
    """How Dovecot asks the provider."""
    return {
        "oauth2.conf": f"tokeninfo_url = {state.url}/info?access_token=\n"
        "username_attribute = email\nactive_attribute = email\nactive_value = issues\nforce_introspection = no\n"
    }


def troubles(office: Office) -> list[str]:
    """What went wrong, in order."""
    return [one["trouble"] for one in office.told("mailbox troubled")]


@pytest.mark.parametrize("mechanism", ["xoauth2", "oauthbearer"])
def test_a_mailbox_is_opened_with_a_token(tmp_path: Path, mechanism: str) -> None:
    """A token from the provider opens the mailbox at a real server; one that it refuses is replaced."""
    with provider("issues") as state:
        server = Dovecot(passdb=_PASSDB, mechanisms=mechanism, files=files(state))
        with server:
            oauth2 = {
                "provider": "other",
                "client_id": "app",
                "refresh_token": "r",
                "token_url": f"{state.url}/token",
            }
            account = {"password": None, "oauth2": oauth2, "from_the_start": True}
            server.deliver("issues", mail(1))
            with open_office(write_settings(tmp_path, server, account)) as office:
                with office.watching():
                    office.wait_for(1)
                state.good.clear()  # what was given is void
                with office.watching():
                    office.wait(lambda: "login-refused" in troubles(office), "a refusal")
                server.deliver("issues", mail(2))
                with office.watching():
                    office.wait_for(2)

    assert 2 == state.given


def test_a_withdrawn_right_is_told_before_it_is_missed(tmp_path: Path) -> None:
    """While the session still works, a token that cannot be renewed any more is an alarm of its own."""
    with (
        provider("issues") as state,
        Dovecot(passdb=_PASSDB, mechanisms="xoauth2", files=files(state)) as server,
    ):
        oauth2 = {
            "provider": "other",
            "client_id": "app",
            "refresh_token": "r",
            "token_url": f"{state.url}/token",
        }
        account = {"password": None, "oauth2": oauth2, "from_the_start": True, "check_seconds": 1.0}
        server.deliver("issues", mail(1))
        with open_office(write_settings(tmp_path, server, account)) as office, office.watching() as watches:
            office.wait_for(1)
            tokens = watches[0].watched.account.tokens
            assert tokens is not None
            state.withdrawn = True
            tokens.refused()  # as an hour later
            office.wait(lambda: "sign-in-needed" in troubles(office), "the alarm")
            server.deliver("issues", mail(2))
            office.wait_for(2)  # the session goes on

    assert set(troubles(office)) == {"sign-in-needed"}
