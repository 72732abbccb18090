"""Reading in a child that can be killed: what one message may cost, and that it costs the next one nothing."""

import base64
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import pytest

from mailroute.domain.directory import Directory, Staff, StaffRole
from mailroute.domain.errors import TryLater, Unreadable
from mailroute.domain.policy import Policy, ReadingLimits
from mailroute.services.reading import Reader

HEAD = b"From: Ann Lee <ann.lee@borealis.example>\r\nTo: issues@northwind.example\r\nMIME-Version: 1.0\r\n"
MAIL = HEAD + b"Subject: Pump 4 leaks\r\n\r\nPump 4 leaks. Please send someone before Friday.\r\n"
BIG = (
    HEAD
    + b"Subject: Drawings\r\nContent-Type: application/octet-stream\r\n"
    + b"Content-Transfer-Encoding: base64\r\n\r\n"
    + base64.encodebytes(bytes(20_000_000))
)
"""Takes seconds and a hundred megabytes to read, whatever is done."""
SLOW = HEAD + b"Subject: Table\r\nContent-Type: text/html\r\n\r\n" + b"<p><b>cell</b> text</p>" * 1_200_000
"""Takes far longer than 3 s once the limit on HTML is raised."""
NOBODY = Directory()


def limited(**limits: float) -> Policy:
    """The usual policy with other limits of reading."""
    return Policy(reading=ReadingLimits(**cast("dict[str, int]", limits)))


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """A reading child with the usual limits."""
    with Reader(Policy()) as opened:
        yield opened


def child_of(reader: Reader) -> int:
    """Its process."""
    assert reader._child is not None
    return reader._child.pid


def test_a_message_comes_back_read_and_understood(reader: Reader) -> None:
    """Parsing and extraction are both done in the child."""
    reading = reader.read(MAIL, NOBODY)

    assert "Pump 4 leaks" == reading.parsed.subject
    assert ["Please send someone before Friday."] == [ask.text for ask in reading.issue.asks]


def test_one_child_reads_message_after_message(reader: Reader) -> None:
    """Starting one takes seconds, reading a message milliseconds."""
    reader.read(MAIL, NOBODY)
    first = child_of(reader)
    reader.read(MAIL, NOBODY)

    assert first == child_of(reader)


@pytest.mark.parametrize(
    "raw",
    [b"", bytes(100), b"\xff\xfe" * 50, b"no header at all", b"\r\n\r\n"],
    ids=["nothing", "zeros", "no ASCII", "no header", "line ends"],
)
def test_any_bytes_can_be_read(reader: Reader, raw: bytes) -> None:
    """Damage becomes defects; nothing is unreadable for being odd."""
    assert isinstance(reader.read(raw, NOBODY).parsed.defects, tuple)


def test_a_changed_directory_reaches_the_child(reader: Reader) -> None:
    """Whose words the issue is read from depends on who is staff."""
    forward = HEAD.replace(b"ann.lee@borealis", b"sam@northwind").replace(b"Ann Lee", b"Sam Reed")
    forward += (
        b"Subject: Fwd: Pump\r\n\r\nFYI\r\n\r\n---------- Forwarded message ---------\r\n"
        b"From: Ann Lee <ann.lee@borealis.example>\r\nDate: Mon, Mar 2, 2026 at 9:00 AM\r\n"
        b"Subject: Pump\r\nTo: Sam Reed <sam@northwind.example>\r\n\r\nPlease send someone before Friday.\r\n"
    )
    sam = Staff(id="sam", name="Sam Reed", role=StaffRole.REP, emails=("sam@northwind.example",))
    kai = Staff(id="kai", name="Kai Berg", role=StaffRole.REP, emails=("kai@northwind.example",))
    asks = [len(reader.read(forward, Directory(staff=(one,))).issue.asks) for one in (sam, kai, sam)]

    assert [1, 0, 1] == asks


def test_threads_take_turns(reader: Reader) -> None:
    """One child serves many; each gets its own message back."""
    raws = [MAIL.replace(b"Pump 4 leaks\r\n", b"Pump %d\r\n" % number) for number in range(20)]
    with ThreadPoolExecutor(4) as threads:
        subjects = [one.parsed.subject for one in threads.map(lambda raw: reader.read(raw, NOBODY), raws)]

    assert [f"Pump {number}" for number in range(20)] == subjects


def test_a_child_that_is_killed_is_replaced_and_the_message_read(reader: Reader) -> None:
    """By the machine's memory killer, say; no message is to blame."""
    reader.read(MAIL, NOBODY)
    killed = child_of(reader)
    os.kill(killed, signal.SIGKILL)

    assert "Pump 4 leaks" == reader.read(MAIL, NOBODY).parsed.subject
    assert killed != child_of(reader)


def test_a_message_over_the_size_is_not_even_handed_over() -> None:
    """The limit is told with the size."""
    with Reader(limited(raw_bytes=1000)) as reader:
        with pytest.raises(Unreadable) as caught:
            reader.read(BIG, NOBODY)

        assert ("over-limit:size", f"{len(BIG)} bytes") == (caught.value.code, caught.value.evidence)
        assert reader._child is None


def test_a_message_that_takes_too_long_costs_the_next_one_nothing() -> None:
    """Its reader is killed within the limit, and another one reads on; closing leaves no process behind."""
    policy = limited(seconds=3, html_bytes=34 * 2**20, text_characters=10**9)
    with Reader(policy) as reader:
        reader.warm_up()
        first = child_of(reader)
        with pytest.raises(Unreadable) as caught:
            reader.read(SLOW, NOBODY)

        assert ("too-slow", "not read within 3 s") == (caught.value.code, caught.value.evidence)
        assert "Pump 4 leaks" == reader.read(MAIL, NOBODY).parsed.subject
        second = child_of(reader)
    for child in (first, second):
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)


def address_space(process: int) -> int:
    """Bytes of address space of a process."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_a_message_that_takes_too_much_memory_costs_the_next_one_nothing(reader: Reader) -> None:
    """Room for itself and a little more: big mail is set aside, small mail is read."""
    reader.read(MAIL, NOBODY)
    room = address_space(child_of(reader)) + 70 * 2**20
    with Reader(limited(memory_bytes=room)) as tight:
        tight.read(MAIL, NOBODY)
        with pytest.raises(Unreadable) as caught:
            tight.read(BIG, NOBODY)

        assert caught.value.code in {"over-limit:memory", "reader-died"}
        assert "Pump 4 leaks" == tight.read(MAIL, NOBODY).parsed.subject


def test_a_bug_costs_one_message_and_names_its_place() -> None:
    """Provoked by a limit that is no number; the error's own text stays out, it may quote mail.

    However a reader's owner ends, the child ends with the pipe.
    """
    with Reader(
        limited(depth=cast("float", None), parts=cast("float", None), header_bytes=cast("float", None))
    ) as reader:
        with pytest.raises(Unreadable) as caught:
            reader.read(MAIL, NOBODY)

        assert "reader-broke" == caught.value.code
        assert caught.value.evidence.startswith("TypeError at ")
        assert reader._pipe is not None
        assert reader._child is not None
        reader._pipe.close()

        assert 0 == reader._child.wait(10)


def test_a_reader_that_does_not_come_up_blames_no_message(tmp_path: Path) -> None:
    """A broken model is ours to mend: mail waits for it and is not set aside."""
    with Reader(Policy(), str(tmp_path)) as reader, pytest.raises(TryLater):
        reader.read(MAIL, NOBODY)
