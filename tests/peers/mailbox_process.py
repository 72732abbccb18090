"""A process that watches the mailboxes of an installation and kills itself just after a step, or ends when all is read.

python mailbox_process.py mailroute.toml "imap keep" 2      dies just after the second commit
"""

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

from prometheus_client import CollectorRegistry

from mailroute.bootstrap import load_directory_file, open_application
from mailroute.intake.mailbox_watch import FolderWatch
from mailroute.journal import Journal, configure_logging
from mailroute.services.mailboxes import MailboxDesk
from mailroute.settings import load_settings


class DeadlyJournal(Journal):
    """Ends the process, as a power cut would, just after the *count*-th of these steps."""

    def __init__(self, step: str, count: int) -> None:
        super().__init__(registry=CollectorRegistry())
        self._step, self._left = step, count

    def took(self, hop: str, seconds: float) -> None:
        super().took(hop, seconds)
        self._left -= hop == self._step
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def main(config: str, step: str, count: str) -> None:
    """Watch until killed, or until there is nothing more to read."""
    configure_logging(level="error")
    settings = load_settings(Path(config), environ={})
    with open_application(settings, create=True, journal=DeadlyJournal(step, int(count))) as app:
        load_directory_file(app)
        stop = threading.Event()

        class Until(MailboxDesk):
            """A desk that stops the watch at the first look that finds nothing more, or fails."""

            def looked(self, name: str, trouble: str | None) -> None:
                super().looked(name, trouble)
                stop.set()

        real = app.desk()
        desk = Until(
            store=real.store,
            keep_mail=real.keep_mail,
            clock=real.clock,
            journal=real.journal,
            directories=real.directories,
        )
        watched = app.watches()[0].watched
        Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
        began, before = time.monotonic(), _kib("VmRSS")
        FolderWatch(watched=watched, desk=desk, clock=app.clock, journal=app.journal).run(stop)
        print(json.dumps({"seconds": time.monotonic() - began, "grown_kib": _kib("VmHWM") - before}))


def _kib(name: str) -> int:
    """A line of /proc/self/status."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1])


if __name__ == "__main__":
    main(*sys.argv[1:])
