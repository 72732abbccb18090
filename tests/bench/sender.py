"""A sender of mail by SMTP, with the time from final dot to 250."""

import asyncio
import socket
import time
from collections.abc import Iterator, Sequence

import generate

PATIENCE_SECONDS = 60.0


async def send(port: int, mails: Sequence[generate.Mail], sessions: int) -> list[float]:
    """Send *mails* by SMTP over so many kept connections; for each the seconds from its final dot to 250."""
    waits, left = list[float](), iter(mails)
    await asyncio.gather(*(_session(port, left, waits) for _ in range(sessions)))
    return waits


async def _session(port: int, left: Iterator[generate.Mail], waits: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await _expect(reader, b"220")
    await _say(reader, writer, b"EHLO client.example\r\n", b"250")
    for mail in left:
        await _say(reader, writer, f"MAIL FROM:<{mail.sender}>\r\n".encode(), b"250")
        await _say(reader, writer, f"RCPT TO:<{generate.ROUTING_ADDRESS}>\r\n".encode(), b"250")
        await _say(reader, writer, b"DATA\r\n", b"354")
        writer.write(mail.raw.replace(b"\r\n.", b"\r\n..") + b"\r\n")
        await writer.drain()
        begun = time.perf_counter()
        await _say(reader, writer, b".\r\n", b"250")
        waits.append(time.perf_counter() - begun)
    await _say(reader, writer, b"QUIT\r\n", b"221")
    writer.close()


async def _say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, said: bytes, code: bytes) -> None:
    writer.write(said)
    await _expect(reader, code)


async def _expect(reader: asyncio.StreamReader, code: bytes) -> None:
    while (line := await reader.readline())[3:4] == b"-":
        pass
    if line[:3] != code:
        raise SystemExit(f"expected {code!r}, got {line!r}")


def wait_for_door(port: int) -> None:
    """Wait until somebody answers there."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as connection:
                connection.recv(100)
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"nobody listens at port {port}")
