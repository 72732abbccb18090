"""Delivery reports: RFC 3464, and what the systems that do not follow it write."""

import re
from collections.abc import Iterator
from dataclasses import replace

from mailroute.domain.parsed import DeliveryReport
from mailroute.parsing.headers import message_ids
from mailroute.parsing.letter import Letter, Part
from mailroute.parsing.people import ADDRESS

_MOST_RECIPIENTS = 200
# Parts that hold the header of the mail that came back, or all of it.
_RETURNED = ("text/rfc822-headers", "message/rfc822-headers", "text/rfc822", "message/rfc822")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_REPLY_CODE = re.compile(r"\b([45]\d\d)[ -]")
_ID_LINE = re.compile(r"^\s{0,8}message-id\s{0,3}:\s{0,3}(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE)


def reports_of(letter: Letter, text: str) -> tuple[DeliveryReport, ...]:
    """What the report says of each recipient; from the text where there is no machine-readable part."""
    parts = [
        p
        for p in letter.root.walk()
        if p.content_type in ("message/delivery-status", "message/global-delivery-status")
    ]
    found = [report for part in parts for report in _status_part(part)]
    if found:
        return tuple(found[:_MOST_RECIPIENTS])
    failed = [address for value in letter.all("x-failed-recipients") for address in ADDRESS.findall(value)]
    status = _STATUS.search(text)
    recipients = failed or _named_in(letter, text)
    line = _diagnostic_line(text)
    code = status[1] if status else _from_reply_code(text)
    return tuple(
        DeliveryReport(one, "delayed" if code and code[0] == "4" else "failed", code, line)
        for one in recipients
    )


def as_delayed(report: DeliveryReport) -> DeliveryReport:
    """What a warning of delay says of a recipient: where no code says that it failed, it is still being tried."""
    return report if report.status else replace(report, action="delayed")


def original_id(letter: Letter, text: str) -> str | None:
    """Message-ID of the mail that came back."""
    for part in letter.root.walk():
        if part.letter is not None and (ids := message_ids(part.letter.first("message-id"))):
            return ids[0]
        headers = part.data.decode("utf-8", "replace")[:200_000] if part.content_type in _RETURNED else ""
        if found := _ID_LINE.search(headers):
            return found[1]
    if found := _ID_LINE.search(text):
        return found[1]
    for part in letter.root.walk():
        if part.content_type in (
            "message/disposition-notification",
            "message/feedback-report",
            "message/delivery-status",
        ):
            fields = dict(_fields(part.data.decode("utf-8", "replace")))
            if ids := message_ids(fields.get("original-message-id", "")):
                return ids[0]
    ids = message_ids(letter.first("in-reply-to")) or message_ids(letter.first("references"))[-1:]
    return ids[0] if ids else None


def _status_part(part: Part) -> Iterator[DeliveryReport]:
    blocks = [
        dict(_fields(block)) for block in re.split(r"\n[ \t\r]*\n", part.data.decode("utf-8", "replace"))
    ]
    for fields in blocks:
        recipient = fields.get("final-recipient") or fields.get("original-recipient")
        if recipient is None and "action" not in fields:
            continue
        shown = fields.get("original-recipient") or recipient or ""
        action = re.match(r"[a-z]+", fields.get("action", "").lower())
        status = _STATUS.search(fields.get("status", ""))
        yield DeliveryReport(
            recipient=_typed(recipient or "") or _typed(shown),
            action=action[0] if action else None,
            status=status[1] if status else None,
            diagnostic=_typed(fields.get("diagnostic-code", "")),
        )


def _fields(block: str) -> Iterator[tuple[str, str]]:
    unfolded = re.sub(r"\r?\n[ \t]+", " ", block)
    for line in unfolded.splitlines():
        name, colon, value = line.partition(":")
        if colon and name.strip() and " " not in name.strip():
            yield name.strip().lower(), value.strip()


def _typed(value: str) -> str | None:
    """The value after "rfc822;" or "smtp;"."""
    kind, semicolon, rest = value.partition(";")
    text = rest if semicolon and kind.strip().replace("-", "").isalnum() else value
    return " ".join(text.strip().strip("<>").split()) or None


def _named_in(letter: Letter, text: str) -> list[str]:
    """Addresses that the text names, but for those of the system and of the one it writes to."""
    own = {a for name in ("from", "to") for box in letter.addresses.get(name, ()) if (a := box.key)}
    head = text[:6000]
    for mark in ("\nReceived:", "\n--- Below", "Original message", "------ This is a copy", "--- The header"):
        head = head.split(mark)[0]
    found = [a.strip(".'") for a in ADDRESS.findall(head)]
    return list(
        dict.fromkeys(
            a
            for a in found
            if a.casefold() not in own and not a.lower().startswith(("postmaster@", "mailer-daemon@"))
        )
    )[:1]


def _diagnostic_line(text: str) -> str | None:
    for line in text[:20_000].split("\n"):
        if _STATUS.search(line) or re.search(r"\b5\d\d[ -]", line):
            return " ".join(line.split())[:500]
    return None


def _from_reply_code(text: str) -> str | None:
    found = _REPLY_CODE.search(text[:20_000])
    return None if found is None else f"{found[1][0]}.0.0"
