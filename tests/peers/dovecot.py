r"""A private Dovecot for tests: IMAP with TLS on loopback, mail delivered by LMTP or laid into a Maildir.

    with Dovecot() as dovecot:
        dovecot.deliver("issues", b"Subject: x\r\n\r\nhi\r\n")

Any user may log in with any password but `wrong`. Certificates are trustme's; `authority` is the file to trust.
"""

import contextlib
import imaplib
import os
import shutil
import smtplib
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import pytest
import trustme

from peers import PATIENCE, free_port, short_folder, wait_for_port


def why_no_dovecot() -> str | None:
    """Why a private Dovecot cannot be run here, or None when it can."""
    if shutil.which("dovecot") is None:
        return "Debian's dovecot-imapd is not installed"
    return None if os.geteuid() == 0 else "a private Dovecot must be started by root"


needs_dovecot = pytest.mark.skipif(why_no_dovecot() is not None, reason=why_no_dovecot() or "")

_CONF = """\
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = t{imaps}
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = {ssl}
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login {mechanisms}
mail_location = maildir:{folder}/mail/%u
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
mail_privileged_group =
maildir_very_dirty_syncs = yes
{passdb}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%u allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
protocol imap {{
  mail_max_userip_connections = 100
  {capability}
}}
"""
_ANY_PASSWORD = """\
passdb {
  driver = static
  args = password=right
}
"""
PASSWORD = "right"


class Dovecot:
    """One instance. `imap` is the port that offers STARTTLS, `imaps` the one with TLS from the start."""

    def __init__(
        self,
        *,
        tls: bool = True,
        passdb: str = _ANY_PASSWORD,
        mechanisms: str = "",
        capability: str = "",
        files: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.imap, self.imaps, self.lmtp = free_port(), free_port(), free_port()
        self._settings = {
            "ssl": "yes" if tls else "no",
            "passdb": passdb,
            "mechanisms": mechanisms,
            "capability": f"imap_capability = {capability}" if capability else "",
        }
        self._files = files
        self._stack = contextlib.ExitStack()
        self.folder = Path()

    @property
    def authority(self) -> Path:
        """The certificate authority of this server."""
        return self.folder / "ca.pem"

    @property
    def _conf(self) -> Path:
        return self.folder / "dovecot.conf"

    def __enter__(self) -> Self:
        self.folder = self._stack.enter_context(short_folder("dc"))
        for name in ("run", "state", "mail"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "mail", "mail", "mail")
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.authority)
        certificate = authority.issue_cert("127.0.0.1", "localhost")
        certificate.cert_chain_pems[0].write_to_path(self.folder / "server.pem")
        certificate.private_key_pem.write_to_path(self.folder / "server.key")
        settings = {key: value.replace("FOLDER", str(self.folder)) for key, value in self._settings.items()}
        ports = {"imap": self.imap, "imaps": self.imaps, "lmtp": self.lmtp}
        self._conf.write_text(_CONF.format(folder=self.folder, **settings, **ports))
        for name, text in self._files.items():
            (self.folder / name).write_text(text)
        self._run("dovecot")
        self._stopping = self._stack.enter_context(contextlib.ExitStack())
        self._stopping.callback(self._run, "doveadm", "stop")
        for port in (self.imap, self.lmtp):
            wait_for_port(port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _run(self, program: str, *arguments: str) -> None:
        command = [program, "-c", str(self._conf), *arguments]
        said = self.folder / "said"
        with said.open("w") as file:  # a pipe would stay open as long as the daemon lives
            done = subprocess.run(command, check=False, stdout=file, stderr=file, timeout=PATIENCE)
        assert done.returncode == 0, said.read_text() + self.log()

    def stop(self) -> None:
        """End the server before the time."""
        self._stopping.close()

    def log(self) -> str:
        """What this instance has logged."""
        log = self.folder / "dovecot.log"
        return log.read_text() if log.exists() else ""

    def deliver(self, user: str, *messages: bytes) -> None:
        """Deliver to the user's INBOX by LMTP, as a mail server would."""
        with smtplib.LMTP("127.0.0.1", self.lmtp, timeout=PATIENCE) as client:
            for message in messages:
                client.sendmail("sender@peer.example", [user], message)

    def lay(self, user: str, messages: Iterable[bytes], folder: str = "INBOX") -> int:
        """Put messages straight into the user's Maildir; much quicker than delivery. How many."""
        home = self.folder / "mail" / user
        maildir = home if folder == "INBOX" else home / f".{folder}"
        for name in ("cur", "new", "tmp"):
            (maildir / name).mkdir(parents=True, exist_ok=True)
        count = 0
        for count, message in enumerate(messages, 1):
            # With their sizes, as Dovecot names them itself; else it writes its list anew at each question for a size.
            # Its table of names goes by their last characters, so these differ.
            name = f"{1_700_000_000 + count}.M{count}.peer,S={len(message)},W={len(message)},N={count:08}:2,"
            (maildir / "cur" / name).write_bytes(message)
        subprocess.run(["chown", "-R", "mail:mail", str(home)], check=True)
        return count

    def count_anew(self, user: str) -> None:
        """Let the folder begin its numbers again, as a restored or moved mailbox does: another UIDVALIDITY."""
        self.kick(user)
        home = self.folder / "mail" / user
        for file in (*home.glob("dovecot*"), *home.glob(".*/dovecot*")):
            file.unlink()

    def kick(self, user: str) -> None:
        """End the user's sessions."""
        subprocess.run(
            ["doveadm", "-c", str(self._conf), "kick", user],
            check=False,
            capture_output=True,
            timeout=PATIENCE,
        )

    def client(self, user: str) -> imaplib.IMAP4_SSL:
        """The user's own mail program, logged in."""
        context = ssl.create_default_context(cafile=self.authority)
        client = imaplib.IMAP4_SSL("127.0.0.1", self.imaps, ssl_context=context, timeout=PATIENCE)
        client.login(user, PASSWORD)
        return client

    def flags(self, user: str, folder: str = "INBOX") -> list[str]:
        """The flags of each message in a folder, in order."""
        with self.client(user) as client:  # which logs out
            _, count = client.select(folder, readonly=True)
            found = client.fetch("1:*", "(FLAGS)")[1] if count != [b"0"] else []
            return [line.decode() for line in found if isinstance(line, bytes)]


class MutePath:
    """A TCP proxy that can go silent: its connections stay open, but nothing passes any more; new ones work."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._open: list[socket.socket] = []
        self._mute: set[int] = set()

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.close()
        for one in self._open:
            one.close()

    def go_mute(self) -> None:
        """Let every connection that is open now go dead without a word."""
        self._mute = {id(one) for one in self._open}

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the end of the test
            while True:
                near, _ = self._server.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
                self._open += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):  # either side has gone
            while data := source.recv(65536):
                if id(source) not in self._mute:
                    sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
