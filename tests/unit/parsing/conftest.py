"""What unit tests of the reader share."""

from collections.abc import Callable

import pytest

from mailroute.domain.parsed import ParsedMail
from mailroute.parsing import parse

HEAD = {
    "From": "Ann Lee <ann.lee@borealis.example>",
    "To": "issues@ourfirm.example",
    "Subject": "Pump 4",
    "Date": "Mon, 02 Mar 2026 09:14:00 +0100",
    "Message-ID": "<m@mail.example>",
    "Content-Type": "text/plain; charset=utf-8",
}


@pytest.fixture
def read() -> Callable[..., ParsedMail]:
    """Reads a mail of the given text, with header fields changed or added by name."""

    def reader(text: str, **fields: str) -> ParsedMail:
        head = HEAD | {name.replace("_", "-"): value for name, value in fields.items()}
        lines = "".join(f"{name}: {value}\n" for name, value in head.items() if value)
        return parse((lines + "\n" + text).encode("utf-8"))

    return reader
