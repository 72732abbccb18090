"""The page behind a digest's one-click link (RFC 8058): POST ends the digests of one person, GET changes nothing.

Programs that look at every link of a mail only ever GET. The path itself is the proof: only its reader was told it.
"""

from collections.abc import Callable
from http import HTTPStatus

from mailroute.domain.errors import MailrouteError
from mailroute.domain.tokens import DIGEST_OFF, read_digest_off_path
from mailroute.web.page import Page

TurnOff = Callable[[str], bool]
"""Ends the digests of the person with this address; False when there is no such person."""

MOST_OCTETS = 10_000
"""Of what is posted: one field."""

_FRAME = (
    "<!DOCTYPE html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    "<meta name=robots content=noindex><title>mailroute</title><body style='font-family:sans-serif;margin:2em'>{}"
)
_BUTTON = (
    "<form method=post><input type=hidden name=List-Unsubscribe value=One-Click>"
    "<button>No more digests</button></form>"
)


class DigestSwitch:
    """Answers below `/digest-off/`."""

    def __init__(self, secret: bytes, turn_off: TurnOff) -> None:
        self._secret = secret
        self._turn_off = turn_off

    def get(self, path: str) -> Page | None:
        """A button; None where the path is not ours to answer."""
        if not path.startswith(DIGEST_OFF):
            return None
        if read_digest_off_path(self._secret, path) is None:
            return _page(HTTPStatus.NOT_FOUND, "There is no such page.")
        return _page(HTTPStatus.OK, _BUTTON)

    def post(self, path: str, body: bytes) -> Page:
        """End the digests, if that is what is posted."""
        address = read_digest_off_path(self._secret, path) if path.startswith(DIGEST_OFF) else None
        if address is None:
            return _page(HTTPStatus.NOT_FOUND, "There is no such page.")
        if b"List-Unsubscribe" not in body or b"One-Click" not in body:
            return _page(HTTPStatus.BAD_REQUEST, "Nothing was changed.")
        try:
            known = self._turn_off(address)
        except MailrouteError:
            return _page(HTTPStatus.SERVICE_UNAVAILABLE, "That did not work. Please try again later.")
        if not known:
            return _page(HTTPStatus.NOT_FOUND, "There is no such page.")
        return _page(
            HTTPStatus.OK, "You get no more digests. “/digest daily” in a mail to us brings them back."
        )


def _page(status: HTTPStatus, words: str) -> Page:
    return Page(status, "text/html; charset=utf-8", _FRAME.format(words).encode())
