"""Reading mails whose cards are known, and how well the reading agrees: files of labelled mails, and corrections."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from mailroute.domain.decisions import Reading
from mailroute.domain.directory import Directory
from mailroute.domain.errors import Misconfigured
from mailroute.extraction.training import calibration_error
from mailroute.services.measures import MEASURES, Case
from mailroute.store.corrections import Correction

Read = Callable[[bytes, Directory], Reading]
TITLE_FIELD = "title"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A mail and what its card should hold; fields that nobody labelled are missing."""

    raw: bytes
    gold: Mapping[str, Any]
    sender: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One measure over all mails; `hits` and `total` are None where the share is worked out of other lines."""

    measure: str
    hits: int | None
    total: int | None
    share: float


def labelled_files(path: Path) -> list[Path]:
    """The files of labelled mails at *path*: itself, or each .jsonl in a folder."""
    found = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not found or not all(file.is_file() for file in found):
        raise Misconfigured(f"{path}: no file of labelled mails (.jsonl)")
    return found


def labelled_mails(file: Path) -> Iterator[Labelled]:
    """One mail a line: id, from, to, date, subject, body, gold.

    Raises:
        Misconfigured: a line is not such a mail.
    """
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield _labelled(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise Misconfigured(f"{file}, line {number}: {type(error).__name__}: {error}") from error


def _labelled(row: Mapping[str, Any]) -> Labelled:
    sender = Address(row["from"]["name"], addr_spec=row["from"]["address"])
    raw = _composed(row["subject"], row["body"], sender, row["to"], datetime.fromisoformat(row["date"]))
    return Labelled(raw, row["gold"], row["from"]["name"], row["id"])


def corrected_mails(corrections: Iterable[Correction]) -> Iterator[Labelled]:
    """The mails whose types, urgencies, moods or titles people put right, one for each correction."""
    for one in corrections:
        value: object = [[word] for word in one.new.split()] if one.field == TITLE_FIELD else one.new
        field = "title_has" if one.field == TITLE_FIELD else one.field
        sender = Address("", addr_spec="client@mailroute.invalid")
        raw = _composed(one.subject, one.text, sender, "desk@mailroute.invalid", one.at)
        yield Labelled(raw, {field: value}, "", f"{one.ref} {one.field}")


def evaluate(mails: Sequence[Labelled], read: Read, step: Callable[[], None] = lambda: None) -> list[Line]:
    """Read every mail and measure each field that is labelled."""
    cases = []
    for mail in mails:
        cases.append(Case(read(mail.raw, Directory()).issue, mail.gold, mail.sender))
        step()
    return list(_lines(cases))


def _lines(cases: Sequence[Case]) -> Iterator[Line]:
    sums: dict[str, list[int]] = {}
    for case in cases:
        for field, measure in MEASURES:
            if field in case.gold:
                for name, (hits, total) in measure(case).items():
                    kept = sums.setdefault(name, [0, 0])
                    kept[0] += hits
                    kept[1] += total
    for name, (hits, total) in sums.items():
        share = hits / total if total else 0.0
        yield Line(name, hits, total, share)
        if name.endswith(" recall"):
            field = name.removesuffix(" recall")
            right, found = sums[f"{field} precision"]
            precision = right / found if found else 0.0
            both = precision + share
            yield Line(f"{field} F1", None, None, 2 * precision * share / both if both else 0.0)
    said = [
        (c.issue.type.sure, c.issue.type.value in {c.gold["type"], *c.gold.get("type_also", ())})
        for c in cases
        if "type" in c.gold
    ]
    if said:
        yield Line("type calibration error", None, None, calibration_error(said))


def _composed(subject: str, body: str, sender: Address, to: str, at: datetime) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(at)
    message.set_content(body)
    return message.as_bytes()
