"""Files travel with the words: the client's to the PM, the PM's to the client."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from mailroute.domain.received import Channel, Envelope, ReceivedMail, Verdict
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import ReplyAudience, ReplyToken, reply_address
from mailroute.store import inbox, outbox

DRAWING, LOGO = b"%PDF-1.7 drawing of the seal", b"\x89PNG logo"
DESK = "issues@northwind.example"


def with_files(author: str, to: str, words: str, message_id: str) -> bytes:
    """A mail with a drawing attached, and a logo in its signature."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = author, to, "Seal", message_id
    mail["Date"] = "Tue, 3 Mar 2026 11:00:00 +0000"
    mail.set_content(words)
    mail.add_attachment(DRAWING, "application", "pdf", filename="seal.pdf")
    mail.add_attachment(LOGO, "image", "png", filename="logo.png", disposition="inline", cid="<logo@x>")
    return mail.as_bytes(policy=policy.SMTP)


def taken(house: Any, raw: bytes, author: str, to: str) -> None:
    """Keep a mail and work it through."""
    mail = ReceivedMail(
        raw=raw,
        envelope=Envelope(author, (to,)),
        channel=Channel.SMTP,
        source_key=str(hash(raw)),
        received_at=house.clock.now(),
        vouched=Verdict.PASS,
    )
    with house.store.write() as connection:
        [kept] = inbox.keep(connection, [mail])
    house.processor().process(kept.id)


def files_of(house: Any, kind: str) -> list[tuple[str | None, bytes]]:
    """Names and bytes of the files in the newest mail of that kind."""
    with house.store.read() as connection:
        raw = next(one.mail.raw for one in outbox.listing(connection) if one.kind == kind)
    parts = message_from_bytes(raw, policy=policy.default).iter_attachments()
    return [(part.get_filename(), part.get_content()) for part in parts]


def test_the_pm_has_the_client_s_drawing_and_the_client_the_pm_s(small_house: Any) -> None:
    """The account to the PM brings the client's files, the answer to the client the PM's; logos stay behind."""
    ann, ines = "ann@borealis.example", "ines@northwind.example"
    taken(small_house, with_files(ann, DESK, "The seal leaks, see the drawing.", "<1@b.example>"), ann, DESK)
    assert [("seal.pdf", DRAWING)] == files_of(small_house, "ticket-assigned")

    token = ReplyToken(ReplyAudience.CLIENT, TicketRef(1).number)
    to = reply_address(small_house.policy.secret, DESK, token)
    taken(small_house, with_files(ines, to, "This is the new one.", "<2@n.example>"), ines, to)

    assert [("seal.pdf", DRAWING)] == files_of(small_house, "reply")


def test_an_acknowledgement_brings_nothing_back(small_house: Any) -> None:
    """What a client sent is not sent back to the client."""
    ann = "ann@borealis.example"
    taken(small_house, with_files(ann, DESK, "The seal leaks, see the drawing.", "<1@b.example>"), ann, DESK)

    assert [] == files_of(small_house, "ticket-opened")
