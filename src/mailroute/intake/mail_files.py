"""Which messages lie in files and folders: .eml, mbox, Maildir. One message is held at a time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from mailroute.domain.errors import Misconfigured

STDIN = "-"
NOT_MAIL = frozenset({".json", ".toml", ".msf"})
"""Suffixes that are passed over in folders: our own companions of fixtures and rehearsals, Thunderbird's indexes."""

# Program and person differ over the rest of the line; the time of day is in all of them, and keeps a sentence that
# begins with "From" after a blank line from being taken for one.
_SEPARATOR = re.compile(rb"From .*\d{1,2}:\d\d")
_QUOTED_FROM = re.compile(rb">+From ")


@dataclass(frozen=True, slots=True)
class FileMessage:
    """One message as it lies there."""

    source: str
    """Its path; `path#3` is the fourth message of an mbox; `-` is standard input."""
    raw: bytes


def read_files(paths: Iterable[Path | str], *, stdin: BinaryIO) -> Iterator[FileMessage]:
    """The messages of every path in the order given: files, mboxes, Maildirs, folders of them, or `-`.

    Raises Misconfigured with the path when something cannot be read; what came before has been given by then.
    """
    for path in paths:
        if str(path) == STDIN:
            yield FileMessage(STDIN, _without_separator(stdin.read()))
            continue
        for file in find_files(Path(path)):
            yield from _read_file(file)


def find_files(path: Path) -> Iterator[Path]:
    """The files that `read_files` reads for *path*: itself, or every one below it, sorted by path.

    Hidden files and `NOT_MAIL` are passed over in folders, never when they are named. In a Maildir only `cur` and
    `new` hold mail.
    """
    try:
        if path.is_dir():
            yield from _files_below(path)
        else:
            path.stat()
            yield path
    except OSError as error:
        raise _unreadable(path, error) from error


def _files_below(folder: Path) -> Iterator[Path]:
    entries = sorted(folder.iterdir())
    if (folder / "cur").is_dir() and (folder / "new").is_dir():
        # Sub-folders of a Maildir++ are hidden folders beside cur, new and tmp.
        entries = [e for e in entries if e.is_dir() and e.name != "tmp"]
        hidden_too = True
    else:
        hidden_too = False
    for entry in entries:
        if entry.is_symlink() and entry.is_dir():
            continue
        if entry.is_dir():
            if hidden_too or not entry.name.startswith("."):
                yield from _files_below(entry)
        elif not entry.name.startswith(".") and entry.suffix.lower() not in NOT_MAIL:
            yield entry


def _read_file(path: Path) -> Iterator[FileMessage]:
    try:
        with path.open("rb") as file:
            if path.suffix.lower() != ".eml" and file.peek(5)[:5] == b"From ":
                yield from _read_mbox(path, file)
            else:
                yield FileMessage(str(path), _without_separator(file.read()))
    except OSError as error:
        raise _unreadable(path, error) from error


def _read_mbox(path: Path, file: BinaryIO) -> Iterator[FileMessage]:
    """Messages of an mbox (RFC 4155; `>From` quoting as mboxrd): the From_ lines are no part of them."""
    number, text = 0, bytearray()
    after_blank = False
    file.readline()
    for line in file:
        if after_blank and _SEPARATOR.match(line):
            yield FileMessage(f"{path}#{number}", _without_last_blank(text))
            number, text, after_blank = number + 1, bytearray(), False
            continue
        after_blank = line in {b"\n", b"\r\n"}
        text += line[1:] if _QUOTED_FROM.match(line) else line
    yield FileMessage(f"{path}#{number}", _without_last_blank(text))


def _without_last_blank(text: bytearray) -> bytes:
    """*text* without the blank line that the format puts between messages."""
    for blank in (b"\r\n\r\n", b"\n\n"):
        if text.endswith(blank):
            return bytes(text[: -len(blank) // 2])
    return bytes(text)


def _without_separator(raw: bytes) -> bytes:
    """*raw* without the From_ line that pipes and some programs put on top of a single message."""
    return raw.partition(b"\n")[2] if raw.startswith(b"From ") else raw


def _unreadable(path: Path, error: OSError) -> Misconfigured:
    return Misconfigured(f"{path}: {error.strerror or error}")
