"""A mailbox is read while the reader is killed between every pair of its steps: nothing lost, nothing twice."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from dovecot import Dovecot, needs_dovecot
from office import mail, open_office, write_settings

from mailroute.domain.decisions import Action
from peers import PATIENCE

pytestmark = [pytest.mark.peers, pytest.mark.slow, needs_dovecot]

STEPS = ("imap list", "imap fetch", "imap keep", "imap settle", "imap note")
"""Sizes are known; texts are here; they are committed with the cursor; they are flagged; the cursor says so."""
MAILS = int(os.environ.get("MAILBOX_MAILS", "300"))
"""2,000 by hand; the figure is in the closing note of the work."""
KILLS = int(os.environ.get("MAILBOX_KILLS", "2"))
"""After each step."""
PROGRAM = Path(__file__).parent / "mailbox_process.py"


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    """A server of this test's own."""
    with Dovecot() as server:
        yield server


def run(config: Path, step: str, count: int) -> int:
    """One life of the reader; how it ended."""
    command = [sys.executable, str(PROGRAM), str(config), step, str(count)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=4 * PATIENCE)
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    return done.returncode


@pytest.mark.timeout(1800)
def test_nothing_is_lost_or_doubled_by_kills_between_any_two_steps(dovecot: Dovecot, tmp_path: Path) -> None:
    """Each mail of the mailbox is kept once, opens one ticket and is flagged, wherever the reader died."""
    senders = (f"Ann Lee <ann@company{number}.example>" for number in itertools.count())
    mails = [mail(number, sender=next(senders)) for number in range(MAILS)]
    dovecot.lay("issues", mails)
    config = write_settings(tmp_path, dovecot, {"from_the_start": True, "after": "flag"})
    killed: Counter[str] = Counter()
    began = time.monotonic()
    for step in STEPS * KILLS:
        killed[step] += run(config, step, 1) != 0
    ended = run(config, "none", 1)
    took = time.monotonic() - began
    with open_office(config) as office:
        kept = [office.raw(line.entry.id) for line in office.entries()]
        began = time.monotonic()
        lines = office.process()
        working = time.monotonic() - began
        with office.app.store.read() as connection:
            tickets = connection.exec_driver_sql("SELECT count(*) FROM ticket").scalar()
    flags = dovecot.flags("issues")
    print(
        f"{MAILS} mails, {sum(killed.values())} kills: {MAILS - len(kept)} lost, {len(kept) - len(set(kept))} double"
        f" entries, {tickets} tickets; read in {took:.1f} s, worked through in {working:.1f} s"
    )

    assert 0 == ended
    assert dict.fromkeys(STEPS, KILLS) == dict(killed)
    assert sorted(mails) == sorted(kept)
    assert [Action.OPEN] * MAILS == [line.action for line in lines]
    assert MAILS == tickets
    assert MAILS == len([one for one in flags if "\\Seen" in one])
