"""A whole story in the mailboxes of its readers: one thread, whether a program goes by References or by subject."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any

from mailroute.domain.outgoing import OutboxItem
from mailroute.domain.received import Verdict
from mailroute.domain.tokens import ReplyAudience
from mailroute.store import outbox

ANN, INES = "ann@borealis.example", "ines@northwind.example"


@dataclass(frozen=True)
class Header:
    """What a program threads by."""

    message_id: str
    references: tuple[str, ...]
    subject: str


def header(raw: bytes) -> Header:
    """Of a mail as it is on the wire."""
    message = message_from_bytes(raw)
    named = f"{message['References'] or ''} {message['In-Reply-To'] or ''}"
    return Header(str(message["Message-ID"]), tuple(named.split()), str(message["Subject"]))


def base_subject(subject: str) -> str:
    """RFC 5256 §2.1, near enough: without Re, Fwd and the like."""
    return re.sub(r"(?i)^\s*(?:(?:re|aw|fwd?|wg|tr)\s*:\s*)+", "", " ".join(subject.split())).casefold()


def threads(mails: list[Header]) -> list[set[str]]:
    """Sets of mails that name each other, or are named by the same one: by References alone."""
    found: list[set[str]] = []
    for mail in mails:
        ids = {mail.message_id, *mail.references}
        touched = [one for one in found if one & ids]
        found = [one for one in found if not one & ids] + [ids.union(*touched)]
    return found


def outgoing(house: Any) -> list[OutboxItem]:
    """All that we have written, oldest first."""
    with house.store.read() as connection:
        return list(reversed(outbox.listing(connection, limit=1000)))


def told(house: Any) -> None:
    """Ann asks, Ines answers, Ann writes again in her own program, Ines answers that."""
    processor = house.processor()
    processor.process(house.keep("Pump 4", message_id="first@mail.example", vouched=Verdict.PASS))
    for number in (1, 2):
        to_ines = [one for one in outgoing(house) if one.to[0].address == INES][-1]
        answer = f"In-Reply-To: {to_ines.mail.message_id}\r\nReferences: {to_ines.mail.message_id}\r\n"
        to_us = (house.token(ReplyAudience.CLIENT),)
        processor.process(
            house.keep(
                f"Re: {to_ines.mail.subject}",
                author=INES,
                words=f"Answer number {number}: the seal goes out on day {number}.",
                head=answer,
                rcpt_to=to_us,
                message_id=f"ines{number}@northwind.example",
                source_key=f"ines{number}",
            )
        )
        to_ann = [one for one in outgoing(house) if one.to[0].address == ANN][-1]
        back = f"In-Reply-To: {to_ann.mail.message_id}\r\nReferences: <first@mail.example> {to_ann.mail.message_id}\r\n"
        processor.process(
            house.keep(
                f"RE: {to_ann.mail.subject}",
                words=f"Thank you. Another thing, number {number}: the valve rattles on floor {number}.",
                head=back,
                rcpt_to=to_us,
                message_id=f"again{number}@mail.example",
                source_key=f"again{number}",
                vouched=Verdict.PASS,
            )
        )


def test_one_thread_by_references(small_house: Any) -> None:
    """All mails to the client hang together with the client's own; all mails to the PM with each other."""
    told(small_house)
    ours = outgoing(small_house)
    anns = [header(one.mail.raw) for one in ours if one.to[0].address == ANN]
    anns += [Header("<first@mail.example>", (), "Pump 4")]
    iness = [header(one.mail.raw) for one in ours if one.to[0].address == INES]

    assert 3 <= len(anns) - 1
    assert 3 <= len(iness)
    assert 1 == len(threads(anns))
    assert 1 == len(threads(iness))
    assert len(anns) == len({one.message_id for one in anns})


def test_one_thread_by_subject(small_house: Any) -> None:
    """Each mail about the ticket has the same subject with the same mark once, whatever Re: stood before it."""
    told(small_house)
    subjects = {base_subject(header(one.mail.raw).subject) for one in outgoing(small_house)}

    assert {"[mr-1] pump 4"} == subjects
