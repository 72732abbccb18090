"""Mail that lies in files: which messages there are, what their envelope is, and when two are one arrival."""

import hashlib
import io
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailroute.domain.errors import Misconfigured
from mailroute.domain.received import Channel, Envelope, Verdict
from mailroute.intake.files import FileMessage, envelope_of, find_files, read_files, received_from_file

HERE = "issues@house.example"
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
NOTHING = io.BytesIO()
ONE = b"From: Ann <ann@client.example>\nSubject: one\n\nHello\n"


def sources(*paths: Path) -> list[tuple[str, bytes]]:
    """Sources, as file names, and bytes of what is read."""
    return [(Path(message.source).name, message.raw) for message in read_files(paths, stdin=NOTHING)]


# -- which messages ----------------------------------------------------------------------------------------


def test_a_file_is_a_message(tmp_path: Path) -> None:
    """A file is given byte for byte, whatever its line ends."""
    (tmp_path / "a.eml").write_bytes(ONE.replace(b"\n", b"\r\n"))

    assert sources(tmp_path / "a.eml") == [("a.eml", ONE.replace(b"\n", b"\r\n"))]


def test_a_folder_is_read_in_order_of_paths(tmp_path: Path) -> None:
    """Every file below a folder, sorted by path; hidden files and our own companions are passed over."""
    for name in (
        "b/2.eml",
        "b/10.eml",
        "a.eml",
        "c",
        ".hidden",
        "b/2.json",
        "given.toml",
        ".git/x",
        "b/2.EML.msf",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())

    assert [raw.decode() for _, raw in sources(tmp_path)] == ["a.eml", "b/10.eml", "b/2.eml", "c"]
    assert [raw.decode() for _, raw in sources(tmp_path / "given.toml")] == ["given.toml"]


def test_a_maildir_is_cur_and_new(tmp_path: Path) -> None:
    """Of a Maildir, and of its hidden sub-folders, the messages in cur and new are read, never those in tmp."""
    for name in ("cur/1:2,S", "new/2", "tmp/3", "dovecot-uidlist", ".Sent/cur/4", ".Sent/new", ".Sent/tmp/5"):
        path = tmp_path / "Maildir" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("new"):
            path.mkdir()
        else:
            path.write_bytes(name.encode())

    assert [raw.decode() for _, raw in sources(tmp_path)] == [".Sent/cur/4", "cur/1:2,S", "new/2"]


def test_an_mbox_is_read_message_by_message(tmp_path: Path) -> None:
    """From_ lines part messages; `>From` is unquoted; a sentence beginning with From is none; sources are numbered."""
    mbox = tmp_path / "inbox"
    mbox.write_bytes(
        b"From ann@client.example Tue Mar  3 09:00:00 2026\nSubject: 0\n\nOne\n\n"
        b"From here on\n>From the start\n>>From quoted\n\n"
        b"From - Tue Mar 03 09:01:00 2026\nSubject: 1\n\nTwo\n\n"
        b"From MAILER-DAEMON Tue Mar  3 09:02:00 2026\nSubject: 2\n\n"
        b"From x@y.example Tue Mar  3 09:03:00 2026\nSubject: 3\n\nno line end"
    )

    assert sources(mbox) == [
        ("inbox#0", b"Subject: 0\n\nOne\n\nFrom here on\nFrom the start\n>From quoted\n"),
        ("inbox#1", b"Subject: 1\n\nTwo\n"),
        ("inbox#2", b"Subject: 2\n"),
        ("inbox#3", b"Subject: 3\n\nno line end"),
    ]


def test_an_mbox_with_crlf(tmp_path: Path) -> None:
    """The line ends of an mbox are those of its messages."""
    mbox = tmp_path / "inbox.mbox"
    separator = b"From a Tue Mar  3 09:00:00 2026\r\n"
    mbox.write_bytes(separator + b"Subject: 0\r\n\r\nx\r\n\r\n" + separator + b"Subject: 1\r\n\r\ny\r\n\r\n")

    assert [raw for _, raw in sources(mbox)] == [b"Subject: 0\r\n\r\nx\r\n", b"Subject: 1\r\n\r\ny\r\n"]


def test_an_eml_is_one_message_even_with_a_from_line(tmp_path: Path) -> None:
    """A From_ line on top of an .eml or of standard input is taken off, and nothing is split."""
    raw = b"From a Tue Mar  3 09:00:00 2026\n" + ONE + b"\nFrom b Tue Mar  3 09:00:00 2026\nquoted\n"
    (tmp_path / "a.eml").write_bytes(raw)
    expected = raw.partition(b"\n")[2]

    assert sources(tmp_path / "a.eml") == [("a.eml", expected)]
    assert list(read_files(["-"], stdin=io.BytesIO(raw))) == [FileMessage("-", expected)]


def test_a_big_mbox_is_held_one_message_at_a_time(tmp_path: Path) -> None:
    """Memory does not grow with the number of messages."""
    message = b"From a Tue Mar  3 09:00:00 2026\nSubject: x\n\n" + (b"y" * 76 + b"\n") * 1300 + b"\n"
    mbox = tmp_path / "big"
    with mbox.open("wb") as file:
        for _ in range(200):
            file.write(message)
    tracemalloc.start()
    count = sum(1 for _ in read_files([mbox], stdin=NOTHING))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 200
    assert peak < 10 * len(message)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """What cannot be opened within a folder is an error with its path, not a message less."""
    (tmp_path / "a.eml").symlink_to(tmp_path / "gone")
    with pytest.raises(Misconfigured, match=r"a\.eml: No such file"):
        list(read_files([tmp_path], stdin=NOTHING))
    with pytest.raises(Misconfigured, match=r"b: Not a directory|b: No such file"):
        list(read_files([tmp_path / "a.eml" / "b"], stdin=NOTHING))


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    """A path that is not there is an error with its name; what came before it has been read."""
    (tmp_path / "a.eml").write_bytes(ONE)
    reading = read_files([tmp_path / "a.eml", tmp_path / "none.eml"], stdin=NOTHING)

    assert next(reading).raw == ONE
    with pytest.raises(Misconfigured, match=r"none\.eml: No such file"):
        next(reading)


def test_files_can_be_counted_beforehand(tmp_path: Path) -> None:
    """A progress bar learns the number of files without reading them."""
    for number in range(3):
        (tmp_path / f"{number}.eml").write_bytes(ONE)

    assert len(list(find_files(tmp_path))) == 3


# -- envelope ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "sender", "recipients", "left"),
    [
        (
            b"From: Ann <ann@client.example>\n",
            "ann@client.example",
            (HERE,),
            b"From: Ann <ann@client.example>\n",
        ),
        (b"Return-Path: <b@x.example>\nFrom: a@x.example\n", "b@x.example", (HERE,), b"From: a@x.example\n"),
        (b"return-path: b@x.example\n", "b@x.example", (HERE,), b""),
        (b"Return-Path: <>\nFrom: a@x.example\n", None, (HERE,), b"From: a@x.example\n"),
        (b"Return-Path:\nFrom: a@x.example\n", None, (HERE,), b"From: a@x.example\n"),
        (b"Return-Path: <1@x.example>\nReturn-Path: <2@x.example>\n", "1@x.example", (HERE,), b""),
        (
            b"X: 1\nDelivered-To: one@house.example\nY: 2\nX-Original-To: <two@house.example>\nZ: 3\n",
            None,
            ("one@house.example", "two@house.example"),
            b"X: 1\nY: 2\nZ: 3\n",
        ),
        (
            b"Delivered-To: One@house.example\nX-Original-To: one@House.example\n",
            None,
            ("One@house.example",),
            b"",
        ),
        (
            b"Delivered-To:\n  folded@house.example\nX: 1\n folded\n",
            None,
            ("folded@house.example",),
            b"X: 1\n folded\n",
        ),
        (
            b'From: "Lee, A <not@this.example>" (or@this.example) <a@x.example>\n',
            "a@x.example",
            (HERE,),
            None,
        ),
        (b"From: a@x.example (Ann)\n", "a@x.example", (HERE,), None),
        (b"From: =?utf-8?q?J=C3=BCrgen?= <j@x.example>, b@x.example\n", "j@x.example", (HERE,), None),
        (b"From: Ann\n <ann@client.example>\n", "ann@client.example", (HERE,), None),
        (b"From: nobody in particular\n", None, (HERE,), None),
        (b"Subject: no sender\n", None, (HERE,), None),
        (b"", None, (HERE,), b""),
    ],
)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_the_header_tells_the_envelope(
    header: bytes, sender: str | None, recipients: tuple[str, ...], left: bytes | None, line_end: bytes
) -> None:
    """Return-Path, Delivered-To and X-Original-To are taken off the top header; every other byte stays."""
    body = b"\nReturn-Path: <in@body.example>\nDelivered-To: in@body.example\n\nend".replace(b"\n", line_end)
    raw = header.replace(b"\n", line_end) + body
    expected = (header if left is None else left).replace(b"\n", line_end) + body

    assert envelope_of(raw, routing_address=HERE) == (Envelope(sender, recipients), None, expected)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (b"X-Rehearse-Auth: pass\n", Verdict.PASS),
        (b"x-rehearse-auth: FAIL\r\n", Verdict.FAIL),
        (b"X-Rehearse-Auth: maybe\n", Verdict.NONE),
        (b"", Verdict.NONE),
    ],
)
def test_a_rehearsal_says_who_is_authenticated(line: bytes, verdict: Verdict) -> None:
    """In a rehearsal the line is the verdict and is taken off; without it nothing is proved."""
    assert envelope_of(line + ONE, routing_address=HERE, rehearsal=True)[1:] == (verdict, ONE)


def test_outside_a_rehearsal_that_line_is_nobodys_word() -> None:
    """A mail from outside cannot vouch for itself."""
    raw = b"X-Rehearse-Auth: pass\n" + ONE

    assert envelope_of(raw, routing_address=HERE)[1:] == (None, raw)


# -- arrivals -----------------------------------------------------------------------------------------------------


def test_the_same_content_is_the_same_arrival() -> None:
    """A file that is ingested again, under whatever name, has the same key; another content has another."""
    first = received_from_file(FileMessage("a.eml", ONE), routing_address=HERE, received_at=NOW)
    moved = received_from_file(FileMessage("b/c.eml", ONE), routing_address=HERE, received_at=NOW)
    other = received_from_file(FileMessage("a.eml", ONE + b"x"), routing_address=HERE, received_at=NOW)

    assert first.source_key == moved.source_key == "file:" + hashlib.sha256(ONE).hexdigest()
    assert other.source_key != first.source_key
    assert (first.channel, first.source, first.raw, first.vouched) == (Channel.FILE, "a.eml", ONE, None)


def test_in_a_rehearsal_each_file_is_an_arrival() -> None:
    """A rehearsal can play the same mail twice."""
    keys = {
        received_from_file(
            FileMessage(name, ONE), routing_address=HERE, received_at=NOW, rehearsal=True
        ).source_key
        for name in ("01.eml", "02.eml")
    }

    assert len(keys) == 2
