"""An IMAP server that does what real ones do on a bad day: TLS, one mailbox, and a script for its IDLE."""

import contextlib
import re
import socket
import ssl
import threading
import time
from pathlib import Path
from typing import Self

import trustme

_COMMAND = re.compile(rb"(\S+) (UID )?(\S+) ?(.*)", re.DOTALL)


class ScriptedImap:
    """A server with `mails`. What `on_idle` sends, piece by piece, is said once while the client is in IDLE."""

    def __init__(
        self, folder: Path, *, capabilities: str = "IDLE", greeting: bytes = b"* OK ready\r\n"
    ) -> None:
        authority = trustme.CA()
        self.authority = folder / "scripted-ca.pem"
        authority.cert_pem.write_to_path(self.authority)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(self._context)
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._capabilities = f"IMAP4rev1 {capabilities}".encode()
        self._greeting = greeting
        self.mails: list[bytes] = []
        self.on_idle: list[bytes | None] = []
        """Pieces for packets of their own; None ends the connection."""
        self.said: list[bytes] = []
        """Commands of all sessions, in order."""
        self.sessions = 0
        self._play = threading.Event()
        self._idling = b""

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.close()

    def play(self, *pieces: bytes | None) -> None:
        """Say *pieces* to the client that is in IDLE."""
        self.on_idle = list(pieces)
        self._play.set()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the end of the test
            while True:
                plain, _ = self._server.accept()
                threading.Thread(target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        with contextlib.suppress(OSError), self._context.wrap_socket(plain, server_side=True) as connection:
            self.sessions += 1
            connection.sendall(self._greeting)
            for line in connection.makefile("rb"):
                self.said.append(line)
                if not self._answer(connection, line):
                    return

    def _answer(self, connection: ssl.SSLSocket, line: bytes) -> bool:
        match = _COMMAND.match(line.strip())
        if match is None:  # DONE
            connection.sendall(self._idling + b" OK idle\r\n")
            return True
        tag, _, verb, rest = match.groups()
        if verb == b"IDLE":
            self._idling = tag
            return self._idle(connection)
        replies = {
            b"CAPABILITY": b"* CAPABILITY " + self._capabilities + b"\r\n",
            b"EXAMINE": b"* %d EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT %d] x\r\n"
            % (len(self.mails), len(self.mails) + 1),
            b"SEARCH": b"* SEARCH " + b" ".join(b"%d" % (n + 1) for n in range(len(self.mails))) + b"\r\n",
            b"LOGOUT": b"* BYE\r\n",
        }
        said = self._fetched(rest) if verb == b"FETCH" else replies.get(verb, b"")
        connection.sendall(said + tag + b" OK done\r\n")
        return verb != b"LOGOUT"

    def _fetched(self, rest: bytes) -> bytes:
        answer = b""
        for uid in (int(number) for number in rest.split(b" ")[0].split(b",")):
            text = self.mails[uid - 1]
            head = b"* %d FETCH (UID %d " % (uid, uid)
            if b"BODY" in rest:
                answer += head + b"BODY[] {%d}\r\n%s)\r\n" % (len(text), text)
            else:
                date = b'INTERNALDATE "03-Mar-2026 09:00:00 +0000"'
                answer += head + b"RFC822.SIZE %d %s)\r\n" % (len(text), date)
        return answer

    def _idle(self, connection: ssl.SSLSocket) -> bool:
        connection.sendall(b"+ idling\r\n")
        if self._play.is_set():  # the script is played once
            return True
        self._play.wait(30)
        while self.on_idle:
            piece = self.on_idle.pop(0)
            if piece is None:
                return False
            connection.sendall(piece)
            time.sleep(0.2)  # so that the pieces arrive one by one
        return True
