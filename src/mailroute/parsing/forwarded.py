"""Step 5: mail that was passed on, inline or attached, level by level.

Evidence for a forward, strongest first: a line that says so; the prefix of the subject; and where neither speaks,
whether the quoted author is one of those written to now (then it is a reply).
"""

import re
from dataclasses import dataclass, replace

from mailroute.domain.address import Mailbox
from mailroute.domain.parsed import AutomaticKind, Body, Forwarded, ParsedMail
from mailroute.parsing import people
from mailroute.parsing.announcements import ends_passed_on
from mailroute.parsing.attribution import Attribution, author_and_date, find_attribution
from mailroute.parsing.blocks import Announces, Block, find_block
from mailroute.parsing.body import choose_body
from mailroute.parsing.dates import parse_written_date
from mailroute.parsing.headers import read_headers
from mailroute.parsing.letter import Reading
from mailroute.parsing.lines import Line, trim, unquote
from mailroute.parsing.quotes import first_trace, split_quotes
from mailroute.parsing.subjects import Prefix, bare, read_prefix
from mailroute.parsing.vocabulary import Label

_MOST_LEVELS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the message around a text says of itself."""

    subject: str = ""
    author: Mailbox | None = None
    recipients: tuple[Mailbox, ...] = ()
    answers: bool = False
    """It names a mail that it answers (In-Reply-To or References)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """An inline forward inside a text."""

    forwarded: Forwarded
    head: str
    tail: str
    old: str
    """All lines of the old mail, header block included."""


_REPORTS = frozenset(
    {AutomaticKind.BOUNCE, AutomaticKind.DELAY, AutomaticKind.RECEIPT, AutomaticKind.FEEDBACK_REPORT}
)


def unwrap_forwarded(mail: ParsedMail, reading: Reading) -> ParsedMail:
    """The outermost mail that this one passes on, if it does; a report only shows the mail that it is about."""
    if mail.automatic is not None and mail.automatic.kind in _REPORTS:
        return mail
    passed = unwrap(mail.body.full, _around(mail))
    if passed is not None:
        above = split_quotes(passed.head)
        fresh = trim("\n\n".join(part for part in (above.fresh, passed.tail) if part))
        body = Body(
            full=mail.body.full,
            fresh=fresh,
            quoted=trim("\n\n".join(p for p in (above.quoted, passed.old) if p)) or None,
        )
        return replace(mail, body=body, forwarded=replace(passed.forwarded, note=above.fresh or None))
    if mail.automatic is not None or (attached := _attached(reading)) is None:
        return mail
    return replace(mail, forwarded=replace(attached, note=split_quotes(mail.body.full).fresh or None))


def unwrap(text: str, around: Around, level: int = 0) -> Passed | None:
    """The inline forward in *text*; a quote above it makes it part of that quote."""
    subject = bare(around.subject)
    lines, first = first_trace(text, subject)
    quoted = False
    for i in range(first, len(lines)):
        line = lines[i]
        if line.blank:
            continue
        block = find_block(lines, i, subject)
        if block is None:
            if (said := find_attribution(lines, i)) is not None and said.sure:
                found = _by_attribution(lines, said, around)
                return None if found is None else _passed(lines, found, level)
            quoted = quoted or line.depth > 0
            continue
        if quoted and (block.depth or block.announces is not Announces.FORWARD):
            return None
        return _passed(lines, block, level) if is_forward(block, around) else None
    return None


def is_forward(block: Block, around: Around) -> bool:
    """Whether the message around passes the mail of *block* on rather than answering it."""
    if block.announces is Announces.FORWARD:
        return True
    prefix, _ = read_prefix(around.subject)
    if prefix in (Prefix.FORWARD, Prefix.REPLY):
        return prefix is Prefix.FORWARD
    author = people.person(block.fields.get(Label.FROM, ""))
    if any(_same(author, one) for one in around.recipients):
        return False
    return not block.finnish if prefix is Prefix.DOUBLE else not around.answers


def _same(a: Mailbox, b: Mailbox) -> bool:
    if a.address and b.address:
        return a.key == b.key
    return bool(_words(a) & _words(b))


def _words(box: Mailbox) -> set[tuple[str, ...]]:
    """The words of the name, and those of an address such as ann.lee@..., in any order."""
    local = (box.address or "").rpartition("@")[0]
    sources = [
        (box.name or "").replace(",", " ").split(),
        re.split(r"[._]", local) if re.search(r"\w[._]\w", local) else [],
    ]
    return {tuple(sorted(word.casefold() for word in words)) for words in sources if words}


def _passed(lines: list[Line], block: Block, level: int) -> Passed:
    end = len(lines)
    if block.depth > 0:
        below = range(block.end, end)
        end = next((i for i in below if not lines[i].blank and lines[i].depth < block.depth), end)
    elif block.announces is not Announces.NOTHING:
        end = next((i for i in range(block.end, end) if ends_passed_on(lines[i].text)), end)
    levels = block.depth or int(_all_quoted(lines[block.end : end]))
    found = from_block(block, trim(unquote(lines[block.end : end], levels)))
    if level < _MOST_LEVELS:
        around = Around(subject=found.subject or "", author=found.sender, recipients=found.to + found.cc)
        if (inside := unwrap(found.body, around, level + 1)) is not None:
            note = split_quotes(inside.head).fresh or None
            found = replace(found, body=inside.head, inner=replace(inside.forwarded, note=note))
    old = "\n".join(line.raw for line in lines[block.start : end])
    return Passed(forwarded=found, head=_text(lines[: block.start]), tail=_tail(lines[end:]), old=old)


def from_block(block: Block, body: str) -> Forwarded:
    """The mail that a header block inside a text tells of."""
    date_text = block.fields.get(Label.DATE) or None
    return Forwarded(
        sender=people.person(block.fields.get(Label.FROM, "")),
        to=people.people(block.fields.get(Label.TO, "")),
        cc=people.people(block.fields.get(Label.CC, "")),
        subject=block.fields.get(Label.SUBJECT),
        date=parse_written_date(date_text) if date_text else None,
        date_text=date_text,
        body=body,
        message_id=block.fields.get(Label.MESSAGE_ID) or None,
    )


def _all_quoted(lines: list[Line]) -> bool:
    """Whether a program put ">" before the text of the old mail, but not before its header."""
    depths = [line.depth for line in lines if not line.blank]
    return bool(depths) and min(depths) == 1


def _tail(lines: list[Line]) -> str:
    """What the forwarder wrote below, without the line that ends the old mail."""
    return _text(lines[1:] if lines and ends_passed_on(lines[0].text) else lines)


def _text(lines: list[Line]) -> str:
    return trim("\n".join(line.raw for line in lines))


def _by_attribution(lines: list[Line], said: Attribution, around: Around) -> Block | None:
    """Some programs forward under the line of a reply; then the subject and the recipients tell the two apart."""
    if read_prefix(around.subject)[0] is not Prefix.FORWARD or said.depth:
        return None
    author, dated = author_and_date(said)
    if any(_same(people.person(author), one) for one in around.recipients):
        return None
    below = next((line for line in lines[said.end :] if not line.blank), None)
    return Block(
        start=said.start,
        end=said.end,
        announces=Announces.ORIGINAL,
        depth=below.depth if below else 0,
        fields={Label.FROM: author, Label.DATE: dated, Label.SUBJECT: bare(around.subject)},
    )


def _attached(reading: Reading, level: int = 0) -> Forwarded | None:
    """The first message/rfc822 part, read as a message of its own; reports attach mail without passing it on."""
    root = reading.letter.root
    letters = [part.letter for part in root.walk() if part.letter is not None]
    if not letters or root.content_type == "multipart/report" or level >= _MOST_LEVELS:
        return None
    inside = replace(reading, letter=letters[0])
    mail = choose_body(read_headers(ParsedMail(), inside), inside)
    body, inner = mail.body.full, _attached(inside, level + 1)
    passed = unwrap(body, _around(mail), level + 1)
    if passed is not None:
        body, inner = passed.head, replace(passed.forwarded, note=split_quotes(passed.head).fresh or None)
    return Forwarded(
        sender=mail.sender or Mailbox(None, None),
        to=mail.to,
        cc=mail.cc,
        subject=mail.subject or None,
        date=mail.date,
        date_text=letters[0].first("date") or None,
        body=trim(body),
        by="attached",
        message_id=mail.message_id,
        inner=inner,
    )


def _around(mail: ParsedMail) -> Around:
    return Around(
        subject=mail.subject,
        author=mail.sender,
        recipients=mail.to + mail.cc,
        answers=bool(mail.in_reply_to or mail.references),
    )
