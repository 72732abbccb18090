"""Reading mails whose cards are known, and how well the reading agrees: files of labelled mails, and corrections."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from mailroute.domain.decisions import Reading
from mailroute.domain.directory import Directory
from mailroute.domain.errors import Misconfigured, Unreadable
from mailroute.domain.issue import Issue
from mailroute.domain.parsed import ParsedMail
from mailroute.extraction.training import calibration_error
from mailroute.services.measures import MEASURES, Case, Found

Read = Callable[[bytes, Directory], Reading]
CALIBRATION = "type calibration error"


@dataclass(frozen=True, slots=True)
class Known:
    """What is told of a mail beside its card, where people and projects are known."""

    project: str | None = None
    requester: str | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A mail and what its card should hold; fields that nobody labelled are missing."""

    raw: bytes
    gold: Mapping[str, Any]
    sender: str
    name: str
    directory: Directory = field(default_factory=Directory)
    known: Callable[[Reading], Known] = lambda _reading: Known()


@dataclass(frozen=True, slots=True)
class Scored:
    """How the reading of one mail did."""

    name: str
    found: Mapping[str, Found]
    """By measure."""
    language: str | None = None
    sure: float | None = None
    """Of the type, where that is labelled."""


@dataclass(frozen=True, slots=True)
class Line:
    """One measure over all mails; `hits` and `total` are None where the share is worked out of other lines."""

    measure: str
    hits: int | None
    total: int | None
    share: float


@dataclass(frozen=True, slots=True)
class Turned:
    """A measure of one mail that came out otherwise than before: hits, and how many there could have been."""

    name: str
    measure: str
    before: Found
    now: Found

    @property
    def broken(self) -> bool:
        """Whether it is worse now."""
        return _share(self.now) < _share(self.before)


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
    raw = composed(row["subject"], row["body"], sender, row["to"], datetime.fromisoformat(row["date"]))
    return Labelled(raw, row["gold"], row["from"]["name"], row["id"])


def evaluate(mails: Iterable[Labelled], read: Read, step: Callable[[], None] = lambda: None) -> list[Scored]:
    """Read every mail and measure each field that is labelled."""
    scored = []
    for mail in mails:
        scored.append(_scored(mail, read))
        step()
    return scored


def _scored(mail: Labelled, read: Read) -> Scored:
    try:
        reading = read(mail.raw, mail.directory)
    except Unreadable:  # everything is missed then
        reading = Reading(ParsedMail(), Issue())
    known = mail.known(reading)
    case = Case(reading.issue, mail.gold, mail.sender, known.project, known.requester)
    found: dict[str, Found] = {}
    for name, measure in MEASURES:
        if name in mail.gold:
            found |= measure(case)
    sure = reading.issue.type.sure if "type" in mail.gold else None
    return Scored(mail.name, found, reading.issue.language, sure)


def lines(scored: Sequence[Scored]) -> Iterator[Line]:
    """Each measure over all mails, F1 after each recall, the calibration last (lower is better there)."""
    sums: dict[str, list[int]] = {}
    for one in scored:
        for name, (hits, total) in one.found.items():
            kept = sums.setdefault(name, [0, 0])
            kept[0] += hits
            kept[1] += total
    for name, (hits, total) in sums.items():
        share = _share((hits, total))
        yield Line(name, hits, total, share)
        if name.endswith(" recall"):
            field = name.removesuffix(" recall")
            precision = _share((sums[f"{field} precision"][0], sums[f"{field} precision"][1]))
            both = precision + share
            yield Line(f"{field} F1", None, None, 2 * precision * share / both if both else 0.0)
    said = [(one.sure, one.found["type"][0] > 0) for one in scored if one.sure is not None]
    if said:
        yield Line(CALIBRATION, None, None, calibration_error(said))


def _share(found: Found) -> float:
    hits, total = found
    return hits / total if total else 0.0


def turned(before: Mapping[str, Mapping[str, Found]], now: Sequence[Scored]) -> list[Turned]:
    """What came out otherwise than *before*, mail by mail; mails that were not measured then are left out."""
    return [
        Turned(one.name, measure, earlier, found)
        for one in now
        for measure, found in one.found.items()
        if (earlier := before.get(one.name, {}).get(measure)) is not None and _share(earlier) != _share(found)
    ]


def by_mail(scored: Sequence[Scored]) -> dict[str, Mapping[str, Found]]:
    """What `turned` compares with."""
    return {one.name: one.found for one in scored}


def composed(subject: str, body: str, sender: Address, to: str, at: datetime) -> bytes:
    """A mail of these words."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(at)
    message.set_content(body)
    return message.as_bytes()
