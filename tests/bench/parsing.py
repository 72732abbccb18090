"""What reading a mail costs on one core: against mail-parser alone on the same mails, and at its worst.

    python tests/bench/parsing.py [--rounds 15] [--mails FOLDER]

The mix is the project's own fixtures. Both are timed in turn, mail by mail, so that a machine that slows down slows
both; of each mail the best of all rounds counts. Goal: at most 2.5 times mail-parser's time. The second table has one
megabyte of what costs most; goal: 2 s of CPU.
"""

import argparse
import logging
import time
from collections.abc import Callable
from pathlib import Path

import figures
import mailparser

from mailroute.parsing import parse

GOAL, WORST_GOAL = 2.5, 2.0
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "emails"
MEGABYTE = 2**20
HEAD = b"From: Ann Lee <ann@borealis.example>\nTo: issues@ourfirm.example\nSubject: Re: Pump 4\n"
PLAIN = HEAD + b"Content-Type: text/plain; charset=utf-8\n\n"
HTML = HEAD + b"Content-Type: text/html; charset=utf-8\n\n"


def filled(start: bytes, unit: bytes) -> bytes:
    """A megabyte of *unit* after *start*."""
    return start + unit * (MEGABYTE // len(unit))


WORST: dict[str, bytes] = {
    "empty lines": filled(PLAIN, b"\n"),
    "quote marks": filled(PLAIN, b"> > > > > > > > x\n"),
    "lines 'From:'": filled(
        PLAIN, b"From: Ann Lee <ann@borealis.example>\nSent: Monday\nTo: x\nSubject: y\n\n"
    ),
    "'On ... wrote:'": filled(PLAIN, b"On Mon, 2 Mar 2026 at 09:14, Ann Lee wrote:\n"),
    "closings": filled(PLAIN, b"Kind regards,\nAnn Lee\n\n"),
    "one long line": filled(PLAIN, b"x"),
    "spaces": filled(PLAIN, b" "),
    "open brackets": filled(PLAIN, b"<(["),
    "digits": filled(PLAIN, b"1 "),
    "addresses": filled(PLAIN, b"a@b.example "),
    "html: nesting": filled(HTML, b"<div>"),
    "html: open quotes": filled(HTML, b'<a href="'),
    "html: tables": filled(HTML, b"<table><tr><td>x</td></tr></table>"),
    "html: quotes": filled(HTML, b"<blockquote>x<br>"),
    "boundaries": filled(HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n", b"--b\n\nx\n"),
    "nested parts": b"".join(
        HEAD + b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(9000)
    ),
    "nested messages": HEAD + b"Content-Type: message/rfc822\n\n" * 30_000,
    "encoded words": filled(HEAD + b"Subject: ", b"=?utf-8?q?=41?= ")[:MEGABYTE] + b"\n\nx\n",
    "recipients": filled(HEAD + b"Cc: ", b"a <a@b.example>, ") + b"\n\nx\n",
    "out of office": filled(
        HEAD + b"Auto-Submitted: auto-replied\nDate: Mon, 02 Mar 2026 09:14:00 +0100\n\n",
        b"until 2 March to 3.4.2026 ",
    ),
    "base64": filled(HEAD + b"Content-Transfer-Encoding: base64\n\n", b"QUFB\n"),
    "uuencode": filled(PLAIN, b"begin 644 a\n#0V%T\n"),
}


def cost(work: Callable[[bytes], object], raw: bytes) -> float:
    """CPU seconds of one call."""
    begun = time.process_time()
    work(raw)
    return time.process_time() - begun


def compare(mails: list[bytes], rounds: int) -> tuple[float, float]:
    """Seconds for all mails by us and by mail-parser, of each mail the best round."""
    ours, theirs = [float("inf")] * len(mails), [float("inf")] * len(mails)
    for _ in range(rounds):
        for place, raw in enumerate(mails):
            theirs[place] = min(theirs[place], cost(mailparser.parse_from_bytes, raw))
            ours[place] = min(ours[place], cost(parse, raw))
    return sum(ours), sum(theirs)


def main() -> None:
    """Both tables."""
    parser = argparse.ArgumentParser(description="What reading a mail costs.")
    parser.add_argument("--rounds", type=int, default=15, help="how often each mail is read; the best counts")
    parser.add_argument(
        "--mails", type=Path, default=FIXTURES, help="folder of .eml files, searched with its folders"
    )
    chosen = parser.parse_args()
    logging.disable(logging.CRITICAL)  # mail-parser remarks on parts that it does not know
    print(figures.machine())
    mails = [path.read_bytes() for path in sorted(chosen.mails.rglob("*.eml"))]
    ours, theirs = compare(mails, chosen.rounds)
    rows = [
        ("mail-parser alone", f"{1e6 * theirs / len(mails):.0f}", f"{len(mails) / theirs:.0f}"),
        ("mailroute.parsing", f"{1e6 * ours / len(mails):.0f}", f"{len(mails) / ours:.0f}"),
    ]
    note = f"{ours / theirs:.2f} times its time (goal: {GOAL})"
    print(figures.table(f"reading {len(mails)} mails, one core", ("", "µs a mail", "mails/s"), rows, note))
    worst = sorted(((cost(parse, raw), name, len(raw)) for name, raw in WORST.items()), reverse=True)
    lines = [(name, f"{size / MEGABYTE:.1f} MB", f"{seconds:.2f}") for seconds, name, size in worst]
    print(figures.table("at its worst", ("", "size", "CPU s"), lines, f"goal: {WORST_GOAL} s"))


if __name__ == "__main__":
    main()
