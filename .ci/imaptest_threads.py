#!/usr/bin/env python3
"""Compares the threads of the imaptest collection, tree by tree, with those of `mailroute.threads.tree`."""

import json
import mailbox
import sys
from datetime import UTC, datetime
from pathlib import Path

from mailroute.parsing import parse
from mailroute.threads.tree import Heading, by_references, by_subject, shown

HERE: dict[str, list[list[int]]] = {
    "thread": [[1, 2, 3], [2, 3]],
    "thread5": [[1, 2, 3, 4], [3, 4], [3, 4, 5]],
    "thread7": [[1, 2, 3, 4], [1, 3, 4]],
    "thread8": [[1, 2], [1], [1, 3]],
}
"""Which mails are in the folder at each tree, where that is not all of them: the collection deletes and adds some."""


def headings(path: Path) -> list[Heading]:
    """What the threads are told by; the time in the mbox line where there is no Date."""
    found = []
    for number, message in enumerate(mailbox.mbox(path, create=False), 1):
        parsed = parse(message.as_bytes())
        arrived = " ".join(message.get_from().split()[1:6])
        sent = parsed.date or datetime.strptime(arrived, "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
        references = parsed.references or parsed.in_reply_to[:1]
        found.append(
            Heading(
                number=number,
                sent=sent,
                message_id=parsed.message_id,
                references=references,
                subject=parsed.subject,
            )
        )
    return found


def main(folder: Path) -> int:
    """Prints each tree that differs; how many is the exit code."""
    wrong = 0
    for line in (folder / "expected.jsonl").read_text().splitlines():
        case = json.loads(line)
        thread = by_references if case["algorithm"] == "references" else by_subject
        known = {one.number: one for one in headings(folder / case["mbox"])}
        for there, expected in zip(HERE.get(case["id"], [list(known)]), case["trees"], strict=True):
            renumbered = [
                Heading(
                    number=place,
                    sent=known[number].sent,
                    message_id=known[number].message_id,
                    references=known[number].references,
                    subject=known[number].subject,
                )
                for place, number in enumerate(there, 1)
            ]
            if (actual := shown(thread(renumbered))) != expected:
                wrong += 1
                sys.stdout.write(f"{case['id']}: expected {expected}, got {actual}\n")
    return wrong


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
