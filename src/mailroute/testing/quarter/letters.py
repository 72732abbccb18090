"""A letter of somebody in the quarter, and the message that it is on the wire."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime, parseaddr
from enum import StrEnum

from mailroute.domain.outgoing import OutboxItem
from mailroute.domain.received import Channel, Envelope, ReceivedMail, Verdict
from mailroute.testing.quarter.people import SERVICE


class Says(StrEnum):
    """What a letter is about for who receives what mailroute makes of it."""

    MATTER = "matter"
    QUESTION = "question"
    PROMISE = "promise"
    SETTLED = "settled"
    WORD = "word"
    """To mailroute itself: send, drop, /close and the like."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What somebody writes, before it has a number and a date."""

    sender: str
    """As `Name <address>`."""
    to: str
    subject: str
    body: str
    says: Says = Says.OTHER
    answers: str | None = None
    """Message-ID of the mail that it answers."""
    headers: tuple[tuple[str, str], ...] = ()
    by_machine: bool = False
    """A responder or a mail server: the reverse-path is null."""


def message_of(letter: Letter, number: int, at: datetime) -> ReceivedMail:
    """The arrival of *letter* as the *number*-th of the quarter; the domain of its author is proved."""
    address = parseaddr(letter.sender)[1]
    message = EmailMessage(policy=SMTP)
    message["From"] = letter.sender
    message["To"] = letter.to
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<quarter.{number}@{address.partition('@')[2]}>"
    message["Subject"] = letter.subject
    if letter.answers:
        message["In-Reply-To"] = letter.answers
        message["References"] = letter.answers
    for name, value in letter.headers:
        message[name] = value
    message.set_content(letter.body, cte="8bit")
    raw = message.as_bytes()
    return ReceivedMail(
        raw=raw,
        envelope=Envelope(None if letter.by_machine else address, (parseaddr(letter.to)[1],)),
        channel=Channel.REHEARSAL,
        source_key=f"quarter:{number}:{hashlib.sha256(raw).hexdigest()}",
        received_at=at,
        source=source_of(number),
        vouched=Verdict.PASS,
    )


def source_of(number: int) -> str:
    """What the inbox calls the *number*-th letter."""
    return f"quarter-{number:04}"


def answer_to(mail: OutboxItem, sender: str, body: str, says: Says = Says.OTHER, *, quote: int = 0) -> Letter:
    """A reply to one of our mails as mail programs make it; *quote* lines of it are quoted below."""
    head = message_from_bytes(mail.mail.raw.partition(b"\r\n\r\n")[0], policy=default)
    subject = mail.mail.subject
    lines = mail.mail.text.split("\n")[:quote]
    quoted = "".join(f"> {line}\n".replace("> \n", ">\n") for line in lines)
    below = (
        f"\nOn {mail.created_at:%d.%m.%Y} at {mail.created_at:%H:%M}, {SERVICE} wrote:\n{quoted}"
        if quote
        else ""
    )
    return Letter(
        sender=sender,
        to=str(head["Reply-To"] or head["From"]),
        subject=subject if subject.casefold().startswith("re:") else f"Re: {subject}",
        body=f"{body}\n{below}",
        says=says,
        answers=mail.mail.message_id,
    )


def returned(mail: OutboxItem, address: str) -> Letter:
    """The report of a mail server that knows nobody of that name."""
    domain = address.partition("@")[2]
    return Letter(
        sender=f"Mail Delivery System <mailer-daemon@mx.{domain}>",
        to=mail.mail.mail_from,
        subject="Mail delivery failed: returning message to sender",
        body="This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error. The following address failed:\n\n"
        f"  {address}\n    550 5.1.1 no such mailbox here\n",
        headers=(("Auto-Submitted", "auto-replied"),),
        by_machine=True,
    )


def absent(mail: OutboxItem, sender: str, subject: str, body: str) -> Letter:
    """The answer of an out-of-office responder."""
    written = answer_to(mail, sender, body)
    return Letter(
        sender=sender,
        to=written.to,
        subject=subject,
        body=body,
        answers=written.answers,
        headers=(("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")),
        by_machine=True,
    )
