"""Access tokens from a token endpoint on loopback."""

import json
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from mailroute.domain.errors import Misconfigured, TryLater
from mailroute.intake.oauth import DeviceTokens, EndpointTokens, SignInNeeded, TokenFile


@dataclass
class Endpoint:
    """What it answers, and what it was asked."""

    url: str = ""
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    """A token endpoint; each answer is given once."""
    said = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            said.asked.append(dict(urllib.parse.parse_qsl(body)))
            status, answer = said.answers.pop(0)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        said.url = f"http://127.0.0.1:{server.server_address[1]}/token"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield said
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Clock:
    """Seconds that pass when told."""

    seconds: float = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


def tokens(url: str, folder: Path, clock: Clock, **more: str | None) -> EndpointTokens:
    """Tokens as the settings make them."""
    return EndpointTokens(
        url=url,
        client_id="app",
        client_secret=more.get("client_secret"),
        refresh_token=more.get("refresh_token", "r1"),
        scope="mail",
        file=TokenFile(folder / "tokens" / "box.json"),
        now=clock,
    )


def test_a_token_is_renewed_ahead_of_its_end(tmp_path: Path) -> None:
    """One token serves until ten minutes before its end, also after a restart; then the next is asked for."""
    clock = Clock()
    with endpoint() as said:
        said.answers = [(200, {"access_token": f"t{n}", "expires_in": 3600}) for n in (1, 2)]
        first = tokens(said.url, tmp_path, clock).token()
        clock.seconds += 2999
        same = tokens(said.url, tmp_path, clock).token()
        clock.seconds += 2
        second = tokens(said.url, tmp_path, clock).token()

    assert ("t1", "t1", "t2") == (first, same, second)
    expected = {"client_id": "app", "grant_type": "refresh_token", "refresh_token": "r1", "scope": "mail"}
    assert [expected, expected] == said.asked


def test_tokens_are_kept_where_nobody_else_can_read_them(tmp_path: Path) -> None:
    """The file has mode 0600, its folder 0700."""
    with endpoint() as said:
        said.answers = [(200, {"access_token": "t1"})]
        tokens(said.url, tmp_path, Clock()).token()
    file = tmp_path / "tokens" / "box.json"

    assert 0o600 == file.stat().st_mode & 0o777
    assert 0o700 == file.parent.stat().st_mode & 0o777
    assert [file] == list(file.parent.iterdir())


def test_a_new_refresh_token_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    """Where the provider gives another refresh token, that one is used; one set by a person since then wins."""
    clock = Clock()
    with endpoint() as said:
        said.answers = [(200, {"access_token": "t", "expires_in": 1, "refresh_token": "r2"})] * 3
        for given in ("r1", "r1", "r9"):
            tokens(said.url, tmp_path, clock, refresh_token=given).token()

    assert ["r1", "r2", "r9"] == [asked["refresh_token"] for asked in said.asked]


def test_an_application_asks_in_its_own_name(tmp_path: Path) -> None:
    """Without a refresh token the application's secret is shown (RFC 6749 §4.4)."""
    with endpoint() as said:
        said.answers = [(200, {"access_token": "t1"})]
        tokens(said.url, tmp_path, Clock(), refresh_token=None, client_secret="s3").token()

    assert ("client_credentials", "s3") == (said.asked[0]["grant_type"], said.asked[0]["client_secret"])


def test_a_token_that_the_server_refuses_is_not_given_again(tmp_path: Path) -> None:
    """After a refused login another token is asked for, however long the last one would be good."""
    with endpoint() as said:
        said.answers = [(200, {"access_token": f"t{n}"}) for n in (1, 2)]
        source = tokens(said.url, tmp_path, Clock())
        source.token()
        source.refused()

        assert "t2" == source.token()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((400, {"error": "invalid_grant"}), SignInNeeded),
        ((401, {}), SignInNeeded),
        ((200, {"token_type": "x"}), SignInNeeded),
        ((503, {}), TryLater),
    ],
)
def test_a_withdrawn_right_is_told_apart_from_a_bad_day(
    tmp_path: Path, answer: tuple[int, dict[str, Any]], error: type[Exception]
) -> None:
    """What needs a person has its own name; the rest is tried again."""
    with endpoint() as said:
        said.answers = [answer]
        with pytest.raises(TryLater) as caught:
            tokens(said.url, tmp_path, Clock()).token()

    assert error is type(caught.value)


def test_tokens_never_travel_in_clear(tmp_path: Path) -> None:
    """A token endpoint without TLS is refused, but for loopback."""
    with pytest.raises(Misconfigured, match="https"):
        tokens("http://login.example/token", tmp_path, Clock()).token()


def test_a_torn_file_is_as_good_as_none(tmp_path: Path) -> None:
    """A token file that cannot be read is written anew."""
    (tmp_path / "tokens").mkdir()
    (tmp_path / "tokens" / "box.json").write_text("{")
    with endpoint() as said:
        said.answers = [(200, {"access_token": "t1"})]

        assert "t1" == tokens(said.url, tmp_path, Clock()).token()


class Microsoft:
    """As msal's HTTP client: the answers of Microsoft's pages for a sign-in by device flow."""

    def __init__(self) -> None:
        self.refreshed = 0

    def get(self, url: str, **_: Any) -> "Answer":
        if "discovery/instance" in url:
            return Answer({"metadata": []})
        base = url.partition("/v2.0/.well-known")[0]
        return Answer(
            {
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "device_authorization_endpoint": f"{base}/devicecode",
                "issuer": base,
            }
        )

    def post(self, url: str, data: Any = None, **_: Any) -> "Answer":
        if url.endswith("devicecode"):
            return Answer(
                {
                    "device_code": "d",
                    "user_code": "ABC",
                    "verification_uri": "https://device.example",
                    "message": "go to https://device.example and enter ABC",
                    "interval": 1,
                    "expires_in": 60,
                }
            )
        self.refreshed += data.get("grant_type") == "refresh_token"
        who = {"uid": "u", "utid": "t"}
        return Answer(
            {
                "access_token": f"m{self.refreshed}",
                "refresh_token": "r",
                "expires_in": 3600,
                "token_type": "Bearer",
                "scope": "mail",
                "client_info": __import__("base64").urlsafe_b64encode(json.dumps(who).encode()).decode(),
            }
        )

    def close(self) -> None:
        """Nothing."""


@dataclass
class Answer:
    """As `requests` has it."""

    body: dict[str, Any]
    status_code: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """JSON."""
        return json.dumps(self.body)

    def raise_for_status(self) -> None:
        """All is well."""


def test_a_person_signs_in_once(tmp_path: Path) -> None:
    """After a sign-in by device flow tokens come without anybody; before it, a person is asked for."""
    pytest.importorskip("msal")
    file = TokenFile(tmp_path / "tokens" / "box.json")

    def source() -> DeviceTokens:
        authority = "https://login.microsoftonline.com/organizations"
        return DeviceTokens("app", authority, ("mail",), file, http=microsoft)

    microsoft = Microsoft()
    with pytest.raises(SignInNeeded):
        source().token()
    shown: list[str] = []
    source().sign_in(shown.append)
    later = source()
    kept = later.token()
    later.refused()
    renewed = later.token()

    assert ["go to https://device.example and enter ABC"] == shown
    assert ("m0", "m1") == (kept, renewed)
    assert 0o600 == file.path.stat().st_mode & 0o777
