"""Step 1: what the header says (RFC 5322 §3.6), with damage told and nothing guessed about identity."""

import re
from dataclasses import replace

from mailroute.domain.address import Mailbox, domain_of
from mailroute.domain.parsed import ParsedMail
from mailroute.parsing import charsets, people
from mailroute.parsing.dates import parse_date_field
from mailroute.parsing.letter import Letter, Reading

_ID = re.compile(r"<[^<>\s]{1,900}>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_LIST_FIELDS = ("list-id", "list-post", "x-google-group-id", "x-beenthere", "mailing-list")
# A thread longer than this is known by its first and last ids as well (RFC 5322 §3.6.4 sets no limit).
_MOST_IDS = 1000


def read_headers(mail: ParsedMail, reading: Reading) -> ParsedMail:
    """The header fields of the outer message."""
    letter = reading.letter
    defects = list(mail.defects) + list(letter.defects)
    date_text = letter.first("date")
    date = parse_date_field(date_text) if date_text else None
    if date is None:
        defects.append("date:unreadable" if date_text else "date:missing")
    sender, sole = _author(letter)
    if not letter.first("from"):
        defects.append("from:missing")
    elif len(letter.all("from")) > 1:
        defects.append("from:several-fields")
    if any(names_another(box) for box in letter.addresses.get("from", ())[:1]):
        defects.append("from:name-is-another-address")
    return replace(
        mail,
        message_id=next(iter(message_ids(letter.first("message-id"))), None),
        date=date,
        subject=subject_of(letter),
        sender=sender,
        sender_is_sole=sole,
        reply_to=letter.addresses.get("reply-to", ()),
        to=letter.addresses.get("to", ()),
        cc=letter.addresses.get("cc", ()),
        in_reply_to=message_ids(letter.first("in-reply-to"), distinct=False),
        references=message_ids(" ".join(letter.all("references"))),
        delivered_to=_delivered_to(letter),
        loop_marks=letter.all("x-mailroute-loop"),
        hops=len(letter.all("received")),
        defects=tuple(dict.fromkeys(defects)),
    )


def subject_of(letter: Letter) -> str:
    """The subject, decoded, on one line, free of control characters."""
    return one_line(charsets.decode_words(letter.first("subject")))


def one_line(text: str) -> str:
    """Text fit for one line: control and direction characters gone, white space folded."""
    return " ".join(_CONTROL.sub(" ", text).split())


def message_ids(value: str, *, distinct: bool = True) -> tuple[str, ...]:
    """Message-IDs in angle brackets, in order and mostly without repetition; bare ones are put in brackets."""
    found = _ID.findall(value)
    if not found:
        words = [word.strip("<>,;\"'()") for word in value.split()[:_MOST_IDS]]
        found = [f"<{word}>" for word in words if "@" in word]
    found = found[:_MOST_IDS]
    return tuple(dict.fromkeys(found)) if distinct else tuple(found)


def _author(letter: Letter) -> tuple[Mailbox | None, bool]:
    """Who wrote it, and whether that is beyond doubt as the field stands (RFC 7103 §7.5.1)."""
    boxes = letter.addresses.get("from", ())
    if not boxes:
        sender = letter.addresses.get("sender", ())
        shown = one_line(charsets.decode_words(letter.first("from"))).replace("<>", "").strip()
        if sender and not shown:
            return sender[0], False
        return (Mailbox(shown, None) if shown else None), False
    doubts = any(d.startswith("address:from:") and not _harmless(d, letter) for d in letter.defects)
    alone = len(letter.all("from")) == 1 and len(boxes) == 1 and boxes[0].address is not None
    sole = alone and not doubts and not names_another(boxes[0])
    return _undo_list(boxes[0], letter), sole


def names_another(box: Mailbox) -> bool:
    """Whether the name shows an address that is not the author's, as in "boss@acme.example" <eve@bad.example>."""
    if box.name is None or "@" not in box.name:
        return False
    shown = people.ADDRESS.findall(box.name.casefold())
    return any(address != (box.address or "").casefold() for address in shown)


def _harmless(defect: str, letter: Letter) -> bool:
    """A doubt that leaves one reading: bytes that are no UTF-8, or an address that repeats as its own name."""
    if defect.endswith(":invalid-utf8"):
        return True
    names = people.ADDRESS.findall(letter.first("from").casefold())
    return defect.endswith(":invalid-display-name") and len(set(names)) == 1


def _undo_list(box: Mailbox, letter: Letter) -> Mailbox:
    """The author behind "'Ann Lee' via Support <support@...>", as groups rewrite From for DMARC.

    The address that the group kept is taken only from a message that went through a list, and gains nothing: what
    the border proved was the group's domain, so the author's own stays unproved.
    """
    name = people.undo_via(box.name)
    if name == box.name or box.address is None:
        return box
    if not any(letter.first(field) for field in _LIST_FIELDS):
        return Mailbox(name, box.address)
    kept = letter.first("x-original-from") or letter.first("x-original-sender")
    original = people.person(charsets.decode_words(kept)).address if kept else None
    if original is None:
        replies = letter.addresses.get("reply-to", ())
        others = [r.address for r in replies if r.address and domain_of(r.address) != domain_of(box.address)]
        original = others[0] if len(others) == 1 else None
    return Mailbox(name, original or box.address)


def _delivered_to(letter: Letter) -> tuple[str, ...]:
    values = (*letter.all("delivered-to"), *letter.all("x-original-to"), *letter.all("envelope-to"))
    found = [address for value in values for address in people.ADDRESS.findall(value)]
    return tuple(dict.fromkeys(found))
