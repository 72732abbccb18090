"""How fast mail is accepted durably: our listener on the real store, against a bare sink and against smtp-sink.

    python tests/bench/accept.py [--count 2000] [--rounds 3] [--sessions 20] [--size 4096] [--json]

Contestants, each in a process of its own, asked in turn in every round so that foreign load strikes all alike:

* `mailroute`: the SMTP listener with `GroupCommit` into SQLite (WAL, synchronous=FULL), job for the workers included
* `bare aiosmtpd`: a handler of five lines that writes each message to a file and fsyncs it before 250
* `smtp-sink`: Postfix's, which keeps nothing: the ceiling

Load comes from Postfix's smtp-source, with kept connections and with one connection for each message; without it,
and for the latency from final dot to 250, from the client below.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

RECIPIENT = "r@bench.example"
GOAL = 1.2
"""Times the rate of the bare sink."""
CONTESTANTS = ("mailroute", "bare aiosmtpd", "smtp-sink")


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is thrown at a contestant."""

    count: int
    sessions: int
    size: int
    kept: bool
    """Whether a session sends many messages over one connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the result; rates in messages a second, latencies in milliseconds, CPU in ms of the receiver."""

    contestant: str
    kept: bool
    rate: float
    p50: float
    p99: float
    cpu: float


# -- receivers -------------------------------------------------------------------------------------------------------


async def serve_mailroute(port: int, folder: Path) -> None:
    """The product's own door and store: message, entry and job in one commit."""
    from mailroute.bootstrap import open_application
    from mailroute.intake.group_commit import GroupCommit
    from mailroute.intake.smtp import ListenerSettings, listen
    from mailroute.journal import configure_logging
    from mailroute.settings import load_settings

    config = folder / "mailroute.toml"
    config.write_text(f'data_dir = "{folder}"\n[service]\nrouting_address = "{RECIPIENT}"\n')
    with (folder / "journal").open("w") as log:
        configure_logging(stream=log, as_json=True)
        with open_application(load_settings(config, environ={}), create=True) as app:
            commit = GroupCommit(app.keep_all)
            door = ListenerSettings(port=port, hostname="bench.example", data_dir=folder)
            listener = await listen(
                door, keep=commit.keep, accepts=app.accepts, clock=app.clock, journal=app.journal
            )
            await _until_terminated()
            await listener.close()
            await commit.close()


async def serve_bare(port: int, folder: Path) -> None:
    """What one writes in five minutes."""
    from aiosmtpd.smtp import SMTP

    class Handler:
        number = 0

        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the library's
            self.number += 1
            with (folder / str(self.number)).open("wb") as file:
                file.write(envelope.content)
                file.flush()
                os.fsync(file.fileno())
            return "250 2.0.0 OK"

    loop = asyncio.get_running_loop()
    handler = Handler()
    server = await loop.create_server(
        lambda: SMTP(handler, hostname="bench.example", loop=loop), "127.0.0.1", port, backlog=512
    )
    await _until_terminated()
    server.close()


async def _until_terminated() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()


# -- load ------------------------------------------------------------------------------------------------------------


def send_with_smtp_source(program: str, port: int, load: Load) -> float:
    """Seconds that smtp-source takes for *load*."""
    command = [program, *(["-d"] if load.kept else []), "-s", str(load.sessions), "-m", str(load.count)]
    command += ["-l", str(load.size), "-f", "s@client.example", "-t", RECIPIENT, f"127.0.0.1:{port}"]
    begun = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - begun


async def send(port: int, load: Load) -> tuple[float, list[float]]:
    """Send *load*; seconds in all, and for each message those from final dot to 250."""
    line = b"x" * 76 + b"\r\n"
    text = b"Subject: bench\r\n\r\n" + line * max(1, (load.size - 18) // len(line)) + b".\r\n"
    left = iter(range(load.count))
    waits: list[float] = []
    begun = time.perf_counter()
    await asyncio.gather(*(_session(port, text, left, waits, kept=load.kept) for _ in range(load.sessions)))
    return time.perf_counter() - begun, waits


async def _session(port: int, text: bytes, left: Iterator[int], waits: list[float], *, kept: bool) -> None:
    reader = writer = None
    for _ in left:
        if reader is None or writer is None:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            await _expect(reader, b"220")
            await _say(reader, writer, b"EHLO client.example\r\n", b"250")
        await _say(reader, writer, b"MAIL FROM:<s@client.example>\r\n", b"250")
        await _say(reader, writer, f"RCPT TO:<{RECIPIENT}>\r\n".encode(), b"250")
        await _say(reader, writer, b"DATA\r\n", b"354")
        dot = time.perf_counter()
        await _say(reader, writer, text, b"250")
        waits.append(time.perf_counter() - dot)
        if not kept:
            await _say(reader, writer, b"QUIT\r\n", b"221")
            writer.close()
            reader = writer = None
    if writer is not None:
        writer.close()


async def _say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, said: bytes, code: bytes) -> None:
    writer.write(said)
    await _expect(reader, code)


async def _expect(reader: asyncio.StreamReader, code: bytes) -> None:
    while (line := await reader.readline())[3:4] == b"-":
        pass
    if line[:3] != code:
        raise SystemExit(f"expected {code!r}, got {line!r}")


# -- the contest -----------------------------------------------------------------------------------------------------


@contextmanager
def receiver(contestant: str, folder: Path) -> Iterator[tuple[int, int]]:
    """Port and process id of a contestant that is up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    # Files stay until the contest is over: deleting thousands of them slows down the fsyncs of whoever comes next.
    own = Path(tempfile.mkdtemp(prefix=contestant.replace(" ", "-"), dir=folder))
    if contestant == "smtp-sink":
        user = ["-u", "postfix"] if os.geteuid() == 0 else []
        command = [_postfix_program("smtp-sink") or "", *user, f"127.0.0.1:{port}", "1000"]
    else:
        command = [sys.executable, __file__, "--serve", contestant, "--port", str(port), "--folder", str(own)]
    process = subprocess.Popen(command)
    try:
        _wait_for(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as connection:
                connection.recv(100)
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"no receiver at port {port}")


def _postfix_program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/lib/postfix/sbin")


def cpu_seconds(pid: int) -> float:
    """User and system time of a process up to now (proc(5): fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(contestant: str, load: Load, folder: Path) -> Line:
    """One contestant under one load: warmed up, then rate, then latency with the client below."""
    source = _postfix_program("smtp-source")
    warm_up = Load(count=max(40, load.count // 10), sessions=load.sessions, size=load.size, kept=load.kept)
    timed = Load(count=max(100, load.count // 4), sessions=load.sessions, size=load.size, kept=load.kept)
    with receiver(contestant, folder) as (port, pid):
        asyncio.run(send(port, warm_up))
        before = cpu_seconds(pid)
        if source is None:
            seconds, waits = asyncio.run(send(port, load))
            used = cpu_seconds(pid) - before
        else:
            seconds = send_with_smtp_source(source, port, load)
            used = cpu_seconds(pid) - before
            waits = asyncio.run(send(port, timed))[1]
    waits.sort()
    return Line(
        contestant=contestant,
        kept=load.kept,
        rate=load.count / seconds,
        p50=1000 * statistics.median(waits),
        p99=1000 * waits[int(len(waits) * 0.99)],
        cpu=1000 * used / load.count,
    )


def contest(count: int, rounds: int, sessions: int, size: int) -> list[Line]:
    """Every contestant, both ways, in turn; medians over the rounds."""
    contestants = [c for c in CONTESTANTS if c != "smtp-sink" or _postfix_program(c)]
    lines = []
    with tempfile.TemporaryDirectory(prefix="accept-") as folder:
        for kept in (True, False):
            load = Load(count=count, sessions=sessions, size=size, kept=kept)
            measured = [[measure(c, load, Path(folder)) for c in contestants] for _ in range(rounds)]
            lines += [_median([m[i] for m in measured]) for i in range(len(contestants))]
    return lines


def _median(lines: Sequence[Line]) -> Line:
    middle = {
        name: statistics.median(getattr(line, name) for line in lines)
        for name in ("rate", "p50", "p99", "cpu")
    }
    return Line(contestant=lines[0].contestant, kept=lines[0].kept, **middle)


def table(lines: Sequence[Line]) -> str:
    """The result for people; ratios are to the bare sink of the same load."""
    bare = {line.kept: line.rate for line in lines if line.contestant == "bare aiosmtpd"}
    head = (
        f"{'receiver':<15}{'connections':<14}{'msg/s':>8}{'ratio':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}"
    )
    rows = [
        f"{line.contestant:<15}{'kept' if line.kept else 'one a message':<14}{line.rate:>8.0f}"
        f"{line.rate / bare[line.kept]:>8.2f}{line.p50:>9.2f}{line.p99:>9.2f}{line.cpu:>9.3f}"
        for line in lines
    ]
    return "\n".join([head, *rows, f"Goal: mailroute's ratio at least {GOAL}."])


def main() -> None:
    """Read the arguments; be a receiver, or hold the contest."""
    parser = argparse.ArgumentParser(description="Durable accept, in messages a second.")
    parser.add_argument("--count", type=int, default=2000, help="messages in each run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--size", type=int, default=4096, help="bytes of a message")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--serve", choices=CONTESTANTS, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve is not None:
        serve = serve_mailroute if given.serve == "mailroute" else serve_bare
        asyncio.run(serve(given.port, given.folder))
        return
    lines = contest(given.count, given.rounds, given.sessions, given.size)
    print(json.dumps([asdict(line) for line in lines]) if given.json else table(lines))


if __name__ == "__main__":
    main()
