"""Access tokens for mailboxes (RFC 6749): asked for at a token endpoint, renewed ahead of their end, kept in a file.

Three ways to one: a refresh token, the secret of an application of one's own (client credentials), or a person's
sign-in by device flow at Microsoft, for which msal (the extra `mailroute[oauth]`) is needed.
"""

import importlib
import json
import os
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from mailroute.domain.errors import Misconfigured, TryLater

AHEAD_SECONDS = 600
"""A token is renewed so long before its end; sessions outlive it, but a new login would not."""
ANSWER_BYTES = 2**20
ENDPOINT_SECONDS = 30


class SignInNeeded(TryLater):
    """Nobody has signed in, or the right was withdrawn: a person must do so again."""


class TokenSource(Protocol):
    """Where access tokens come from."""

    def token(self) -> str:
        """A token that is good for some minutes at least; TryLater when none is to be had."""

    def refused(self) -> None:
        """The server did not take the last one: ask for another next time."""


@dataclass(frozen=True, slots=True)
class TokenFile:
    """A file with secrets that nobody else may read; written whole or not at all."""

    path: Path

    def read(self) -> str | None:
        """What it holds; None when there is none."""
        try:
            return self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def write(self, text: str) -> None:
        """Replace it."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self.path.with_name(f".{self.path.name}.{os.getpid()}.{threading.get_ident()}")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)


@dataclass(slots=True)
class EndpointTokens:
    """Tokens by a refresh token, or by an application's own secret where there is no refresh token."""

    url: str
    client_id: str
    client_secret: str | None
    refresh_token: str | None
    scope: str | None
    file: TokenFile
    now: Callable[[], float] = time.time
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def token(self) -> str:
        """The token in the file while it is good, else a new one."""
        with self._lock:
            kept = self._kept()
            found = kept.get("access_token")
            good = float(kept.get("expires_at") or 0) - AHEAD_SECONDS > self.now()
            if isinstance(found, str) and good:
                return found
            return self._renew(kept)

    def refused(self) -> None:
        """Do not give the same one again, after a restart neither."""
        with self._lock:
            if kept := self._kept():
                self.file.write(json.dumps(kept | {"expires_at": 0}))

    def _kept(self) -> dict[str, Any]:
        try:
            kept = json.loads(self.file.read() or "{}")
        except json.JSONDecodeError:
            return {}  # as if it were not there: all in it can be asked for again
        return kept if isinstance(kept, dict) and kept.get("client_id") == self.client_id else {}

    def _renew(self, kept: Mapping[str, Any]) -> str:
        fields = {"client_id": self.client_id, "grant_type": "client_credentials"}
        # A server may give a new refresh token with each answer, and then takes that alone (RFC 6749 §6); but one
        # that a person has put into the settings meanwhile is newer.
        renewing = self.refresh_token
        if kept.get("given") == self.refresh_token:
            renewing = kept.get("refresh_token") or self.refresh_token
        if renewing:
            fields |= {"grant_type": "refresh_token", "refresh_token": renewing}
        if self.client_secret:
            fields["client_secret"] = self.client_secret
        if self.scope:
            fields["scope"] = self.scope
        answer = ask(self.url, fields)
        token = answer.get("access_token")
        if not isinstance(token, str):
            raise SignInNeeded("the token endpoint gives no access_token")
        self.file.write(
            json.dumps(
                {
                    "client_id": self.client_id,
                    "access_token": token,
                    "expires_at": self.now() + float(answer.get("expires_in") or 3600),
                    "given": self.refresh_token,
                    "refresh_token": answer.get("refresh_token") or renewing,
                }
            )
        )
        return token


def ask(url: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """A POST to a token endpoint, and its answer.

    Raises:
        SignInNeeded: it says that the right is gone (RFC 6749 §5.2).
        TryLater: it cannot be reached, or does not answer as it should.
    """
    if not url.startswith("https://") and not _is_loopback(url):
        raise Misconfigured(f"{url}: tokens are asked for by https alone")
    request = urllib.request.Request(url, urllib.parse.urlencode(fields).encode())  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(request, timeout=ENDPOINT_SECONDS) as reply:  # noqa: S310 - as above
            answer = json.loads(reply.read(ANSWER_BYTES))
    except urllib.error.HTTPError as error:
        with error:
            said = error.read(ANSWER_BYTES)
        if error.code in {400, 401}:
            raise SignInNeeded(f"the token endpoint refuses: {_code(said)}") from error
        raise TryLater(f"the token endpoint answers {error.code}") from error
    except (OSError, ValueError) as error:
        raise TryLater(f"the token endpoint cannot be asked: {type(error).__name__}") from error
    if not isinstance(answer, dict):
        raise TryLater("the token endpoint does not answer with an object")
    return answer


def _code(said: bytes) -> str:
    try:
        return str(json.loads(said)["error"])[:60]
    except (ValueError, KeyError, TypeError):
        return "no reason given"


def _is_loopback(url: str) -> bool:
    return urllib.parse.urlsplit(url).hostname in {"127.0.0.1", "::1", "localhost"}


@dataclass(slots=True)
class DeviceTokens:
    """Tokens of a person who has signed in by device flow (RFC 8628) at Microsoft; msal renews and keeps them."""

    client_id: str
    authority: str
    scopes: tuple[str, ...]
    file: TokenFile
    http: Any = None
    """An HTTP client as `requests` has it; msal's own when not given."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _renew: bool = False

    def token(self) -> str:
        """From msal's cache; renewed by it ahead of the end."""
        with self._lock:
            application, cache = self._application()
            try:
                accounts = application.get_accounts()
                answer = application.acquire_token_silent(
                    list(self.scopes), account=accounts[0] if accounts else None, force_refresh=self._renew
                )
            except (
                OSError,
                ValueError,
                KeyError,
            ) as error:  # what msal makes of an authority that is not well
                raise TryLater(f"{self.authority} cannot be asked: {type(error).__name__}") from error
            self._keep(cache)
            if not answer or "access_token" not in answer:
                raise SignInNeeded("nobody has signed in: run `mailroute sign-in`")
            self._renew = False
            return str(answer["access_token"])

    def refused(self) -> None:
        """Renew it next time, whatever its end."""
        self._renew = True

    def sign_in(self, show: Callable[[str], None]) -> None:
        """Have a person sign in: *show* gets the sentence with the page and the code; returns when that is done."""
        application, cache = self._application()
        flow = application.initiate_device_flow(scopes=list(self.scopes))
        if "user_code" not in flow:
            raise Misconfigured(f"no sign-in is possible: {flow.get('error', 'no code given')}")
        show(str(flow["message"]))
        answer = application.acquire_token_by_device_flow(flow)
        if "access_token" not in answer:
            raise Misconfigured(f"the sign-in failed: {answer.get('error', 'no reason given')}")
        self._keep(cache)

    def _application(self) -> tuple[Any, Any]:
        try:
            msal: Any = importlib.import_module("msal")  # has no types
        except ModuleNotFoundError as error:
            raise Misconfigured("signing in needs msal: pip install 'mailroute[oauth]'") from error
        cache = msal.SerializableTokenCache()
        if (kept := self.file.read()) is not None:
            cache.deserialize(kept)
        more = {} if self.http is None else {"http_client": self.http}
        try:
            application = msal.PublicClientApplication(
                self.client_id, authority=self.authority, token_cache=cache, **more
            )
        except (ValueError, OSError) as error:  # msal asks the authority for its endpoints when it is made
            raise TryLater(f"{self.authority} cannot be asked: {type(error).__name__}") from error
        return application, cache

    def _keep(self, cache: Any) -> None:  # noqa: ANN401 - msal has no types
        if cache.has_state_changed:
            self.file.write(cache.serialize())
