r"""Real peers for tests: private instances of Debian's Postfix and smtp-sink, on loopback, as root, without systemd.

    with Postfix({"house.example": f"lmtp:inet:127.0.0.1:{port}"}) as postfix:
        postfix.send("ann@client.example", ["issues@house.example"], b"Subject: x\r\n\r\nhi\r\n")
        postfix.wait_for("status=sent")

Every instance has its own directory, port and configuration, starts in about a second and leaves nothing behind. Tests
that use it carry the marks `peers` and `needs_postfix`, which skips them with a reason where Postfix is missing.

Two traps: the directory must be reachable for user postfix (pytest's `tmp_path` is not: mode 0700), and a unix
socket's path ends at 107 bytes; hence `short_folder`.
"""

import contextlib
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

PATIENCE = 30.0
"""Seconds to wait for a peer."""


def _program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/lib/postfix/sbin")


def why_no_postfix() -> str | None:
    """Why a private Postfix cannot be run here, or None when it can."""
    if _program("postfix") is None:
        return "Debian's postfix is not installed"
    return None if os.geteuid() == 0 else "a private Postfix must be started by root"


needs_postfix = pytest.mark.skipif(why_no_postfix() is not None, reason=why_no_postfix() or "")


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def short_folder(tag: str) -> Iterator[Path]:
    """A directory that other users can enter, with a short path; removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=tag, dir=os.environ.get("PEERS_DIR", "/tmp")))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_for_port(port: int) -> None:
    """Return once somebody listens on *port*."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise TimeoutError(f"nobody listens on port {port}")


_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/lib
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/mail.log
maillog_file_prefixes = /
myhostname = mx.peer.example
myorigin = peer.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
local_transport = error:no local delivery
relay_domains = {domains}
transport_maps = {transports}
default_transport = error:no route
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_peername_lookup = no
smtp_host_lookup = native
lmtp_host_lookup = native
smtp_tls_security_level = none
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
maximal_queue_lifetime = 1h
bounce_queue_lifetime = 1h
transport_retry_time = 1s
default_destination_concurrency_failed_cohort_limit = 0
message_size_limit = 52428800
mailbox_size_limit = 0
{extra}
"""

# service, type, private, unprivileged, chroot, wakeup, maxproc, command: nothing runs chrooted
_MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
smtp unix - - n - - smtp
relay unix - - n - - smtp
lmtp unix - - n - - lmtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """A private Postfix that relays each domain of *routes* by its transport (transport(5)).

    *extra* are further lines of main.cf, where `{folder}` is the instance's own; *regexp* is a table that is asked for
    the transport first (regexp_table(5)). Deferred mail is tried again every second or two.
    """

    def __init__(self, routes: Mapping[str, str], *, extra: str = "", regexp: str = "") -> None:
        self.port = free_port()
        self._routes = routes
        self._extra = extra
        self._regexp = regexp
        self._stack = contextlib.ExitStack()
        self._folder = Path()

    def __enter__(self) -> Self:
        self._folder = self._stack.enter_context(short_folder("pf"))
        for name in ("etc", "spool", "lib"):
            (self._folder / name).mkdir()
        shutil.chown(self._folder / "lib", "postfix")
        routes = " ".join(f"{{ {domain} = {transport} }}" for domain, transport in self._routes.items())
        domains = ", ".join(self._routes)
        extra = self._extra.replace("{folder}", str(self._folder))
        transports = f"inline:{{ {routes} }}"
        if self._regexp:
            (self._folder / "etc/transport").write_text(self._regexp)
            transports = f"regexp:{self._folder}/etc/transport, {transports}"
        main = _MAIN.format(folder=self._folder, domains=domains, transports=transports, extra=extra)
        (self._folder / "etc/main.cf").write_text(main)
        # Postfix takes a fresh file for one that is being written, and reads it again and again for two seconds.
        os.utime(self._folder / "etc/main.cf", (0, 0))
        (self._folder / "etc/master.cf").write_text(_MASTER.format(port=self.port))
        self._stack.callback(self._stop)
        self._run("postfix", "start")
        wait_for_port(self.port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _run(self, program: str, *arguments: str, check: bool = True) -> str:
        command = [_program(program) or program, "-c", str(self._folder / "etc"), *arguments]
        return subprocess.run(command, check=check, capture_output=True, text=True).stdout

    def _stop(self) -> None:
        """End the master process, which ends the others; `postfix stop` does the same but sleeps for seconds."""
        pid_file = self._folder / "spool/pid/master.pid"
        master = int(pid_file.read_text())
        os.kill(master, signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        while Path(f"/proc/{master}/cmdline").exists() and Path(f"/proc/{master}/cmdline").read_bytes():
            if time.monotonic() > end:
                raise TimeoutError(f"Postfix's master {master} does not end")
            time.sleep(0.02)

    def send(self, sender: str, recipients: Sequence[str], message: bytes) -> None:
        """Hand a message in for delivery."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=PATIENCE) as client:
            client.sendmail(sender, list(recipients), message)

    def log(self) -> str:
        """Everything that this instance has logged."""
        return (self._folder / "mail.log").read_text()

    def wait_for(self, words: str, count: int = 1) -> list[str]:
        """The log lines that hold *words*, once there are *count* of them."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            lines = [line for line in self.log().splitlines() if words in line]
            if len(lines) >= count:
                return lines
            time.sleep(0.05)
        raise TimeoutError(f"{words!r} is not {count} times in the log:\n{self.log()[-3000:]}")

    def queue(self) -> list[str]:
        """What waits in the queue, a JSON object a message (postqueue(1))."""
        return self._run("postqueue", "-j").splitlines()

    def flush(self) -> None:
        """Try everything deferred at once."""
        self._run("postqueue", "-f")

    def drain(self) -> None:
        """Return once the queue is empty."""
        end = time.monotonic() + PATIENCE
        while left := self.queue():
            if time.monotonic() > end:
                raise TimeoutError(f"still queued: {left[:3]}\n{self.log()[-3000:]}")
            time.sleep(0.1)


class SmtpSink:
    """A smarthost with faults made to order, by Postfix's smtp-sink(1).

    Arguments as there: `-r .` answers 450 to the final dot, `-f rcpt` 500 to RCPT, `-q .` drops the connection,
    `-Q rcpt` answers 421. With `dump` each message is kept, and `messages` gives them.
    """

    def __init__(self, *arguments: str, dump: bool = False) -> None:
        self.port = free_port()
        self._arguments = arguments
        self._dump = dump
        self._stack = contextlib.ExitStack()
        self._folder = Path()

    def __enter__(self) -> Self:
        self._folder = self._stack.enter_context(short_folder("sk"))
        arguments = [*self._arguments, *(["-d", f"{self._folder}/%s."] if self._dump else [])]
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postfix")
            arguments = ["-u", "postfix", *arguments]
        command = [_program("smtp-sink") or "smtp-sink", *arguments, f"127.0.0.1:{self.port}", "100"]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        self._stack.callback(process.wait, PATIENCE)
        self._stack.callback(process.terminate)
        wait_for_port(self.port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def messages(self) -> list[bytes]:
        """The dumped messages, each below smtp-sink's own X- lines."""
        return [path.read_bytes() for path in sorted(self._folder.iterdir())]
