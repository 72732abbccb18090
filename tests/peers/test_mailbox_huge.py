"""A mailbox with very many mails is opened, and read, in bounded memory and time."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dovecot import Dovecot, needs_dovecot
from office import mail, write_settings

from peers import PATIENCE

pytestmark = [pytest.mark.peers, pytest.mark.slow, needs_dovecot]

MAILS = int(os.environ.get("MAILBOX_MAILS", "5000"))
"""100,000 by hand; the figures are in the closing note of the work."""
PROGRAM = Path(__file__).parent / "mailbox_process.py"


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    """A server with one huge mailbox, whose index the server has made."""
    with Dovecot() as server:
        server.lay("issues", (mail(number, text="Help. " * 50) for number in range(MAILS)))
        with server.client("issues") as client:
            client.select("INBOX", readonly=True)
        yield server


def read(config: Path) -> dict[str, Any]:
    """What it took to catch up with the mailbox: seconds, and KiB by which the process grew."""
    command = [sys.executable, str(PROGRAM), str(config), "none", "1"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60 * PATIENCE)
    took: dict[str, Any] = json.loads(done.stdout)
    print(f"{MAILS} mails: {took}")
    return took


@pytest.mark.timeout(600)
def test_it_is_opened_at_once(dovecot: Dovecot, tmp_path: Path) -> None:
    """The first look at a mailbox whose past is left alone costs the same, however much lies there."""
    took = read(write_settings(tmp_path, dovecot, {}))

    assert took["seconds"] < 10
    assert took["grown_kib"] < 64 * 1024


@pytest.mark.timeout(1800)
def test_it_is_read_in_batches(dovecot: Dovecot, tmp_path: Path) -> None:
    """Reading all of it takes no more memory than a few batches."""
    took = read(write_settings(tmp_path, dovecot, {"from_the_start": True}))

    assert took["grown_kib"] < 96 * 1024
