"""A private OpenDKIM that verifies, as a milter of a private Postfix: what a stranger's border makes of our mail.

with OpenDkim({"s1._domainkey.house.example": "v=DKIM1; p=..."}) as verifier:
Postfix(routes, extra=verifier.postfix_lines)
"""

import contextlib
import shutil
import subprocess
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import pytest

from peers import PATIENCE, free_port, short_folder, wait_for_port, why_no_postfix

BORDER = "mx.stranger.example"
"""authserv-id of the verifier."""


def _why_not() -> str | None:
    missing = (
        None if shutil.which("opendkim", path="/usr/sbin:/usr/bin") else "Debian's opendkim is not installed"
    )
    return why_no_postfix() or missing


needs_opendkim = pytest.mark.skipif(_why_not() is not None, reason=_why_not() or "")


class OpenDkim:
    """Verifies with the keys of *records* instead of the DNS, and writes Authentication-Results."""

    def __init__(self, records: Mapping[str, str]) -> None:
        self.port = free_port()
        self._records = records
        self._stack = contextlib.ExitStack()

    @property
    def postfix_lines(self) -> str:
        """For main.cf."""
        return f"smtpd_milters = inet:127.0.0.1:{self.port}\nmilter_default_action = tempfail"

    def __enter__(self) -> Self:
        folder = self._stack.enter_context(short_folder("dk"))
        (folder / "keys").write_text("".join(f"{name} {text}\n" for name, text in self._records.items()))
        (folder / "conf").write_text(
            f"Syslog no\nMode v\nSocket inet:{self.port}@127.0.0.1\nAuthservID {BORDER}\n"
            f"TestDNSData file:{folder}/keys\nUserID root\nAlwaysAddARHeader yes\n"
        )
        command = ["/usr/sbin/opendkim", "-x", str(folder / "conf"), "-f"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._stack.callback(process.wait, PATIENCE)
        self._stack.callback(process.terminate)
        wait_for_port(self.port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
