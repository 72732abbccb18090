"""Draft -> the bytes on the wire. The same draft makes the same mail, bit for bit, but for the time given."""

import hashlib
import quopri
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from mailroute.domain.address import Mailbox, address_key
from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import ComposedMail, MailDraft, Reader
from mailroute.domain.policy import Policy
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import (
    ReplyAudience,
    ReplyToken,
    digest_off_path,
    loop_mark,
    new_message_id,
    reply_address,
    return_path_number,
)
from mailroute.outbound.catalogue import UNSUBSCRIBED, MailKind, mail_kind
from mailroute.outbound.headers import (
    LINE_LENGTH,
    MAX_SUBJECT_CHARACTERS,
    clean,
    field,
    mailbox_list,
    mailbox_value,
    message_id,
    references,
    text_value,
)
from mailroute.outbound.render import MailLinks, Rendered, Renderer


def mail_links(policy: Policy, ticket: TicketRef | None) -> MailLinks:
    """The reply addresses of *ticket*; without one, both are the routing address."""
    return MailLinks(
        client_address=_own_address(policy, ticket, ReplyAudience.CLIENT),
        internal_address=_own_address(policy, ticket, ReplyAudience.INTERNAL),
    )


def message_id_of(draft: MailDraft, policy: Policy, outbox_unique: str = "") -> str:
    """The Message-ID of *draft*, with angle brackets: always the same one for the same key in the same outbox."""
    unique = hashlib.sha256(f"{outbox_unique}\0{draft.key}".encode()).hexdigest()[:24]
    number = draft.ticket.number if draft.ticket else 0
    return new_message_id(policy.secret, policy.service.domain, draft.kind, number, unique)


def compose(
    draft: MailDraft, renderer: Renderer, policy: Policy, *, outbox_unique: str, now: datetime
) -> ComposedMail:
    """The finished mail.

    *outbox_unique* sets this installation's outbox apart from another one with the same secret and domain (a second
    store, a restored one that counts tickets anew); the empty string will do for one alone.
    """
    kind = mail_kind(draft.kind)
    if not policy.service.routing_address.isascii():
        raise Misconfigured("the routing address must be ASCII: write its domain as A-labels (xn--...)")
    if draft.reader is Reader.INTERNAL:
        draft = replace(draft, language=policy.service.language)
    links = mail_links(policy, draft.ticket)
    rendered = renderer.render(draft, links, policy.service.timezone)
    own_id = message_id_of(draft, policy, outbox_unique)
    subject = _subject(draft, rendered)
    head = _head(draft, kind, policy, own_id, now) | {"Subject": text_value(subject, "Subject")}
    order = ("Date", "From", "To", "Cc", "Reply-To", "Subject", *head)
    fields = [field(name, head[name]) for name in dict.fromkeys(order) if name in head]
    return ComposedMail(
        message_id=own_id,
        subject=subject,
        text=rendered.text,
        raw=b"".join(fields) + _content(draft, rendered, own_id),
        mail_from=_return_path(draft, policy, outbox_unique),
        rcpt_to=_recipients(draft),
    )


def _own_address(policy: Policy, ticket: TicketRef | None, audience: ReplyAudience) -> str:
    if ticket is None:
        return policy.service.routing_address
    token = ReplyToken(audience, ticket.number)
    return reply_address(policy.secret, policy.service.routing_address, token)


def _return_path(draft: MailDraft, policy: Policy, outbox_unique: str) -> str:
    """An address of this mail alone (VERP): a report that comes to it needs to show nothing else of the mail."""
    token = ReplyToken(ReplyAudience.BOUNCE, return_path_number(f"{outbox_unique}\0{draft.key}"))
    return reply_address(policy.secret, policy.service.routing_address, token)


def _subject(draft: MailDraft, rendered: Rendered) -> str:
    if draft.ticket is None:
        return clean(rendered.subject, MAX_SUBJECT_CHARACTERS)
    mark = f"[{draft.ticket}]"
    words = " ".join(rendered.subject.replace(mark, " ").split())
    return clean(f"{mark} {words}", MAX_SUBJECT_CHARACTERS)


def _recipients(draft: MailDraft) -> tuple[str, ...]:
    """Each address once. A bad one stays in: its refusal must be seen and told, not overlooked."""
    found = {address_key(box.address): box.address for box in (*draft.to, *draft.cc) if box.address}
    if not found:
        raise Misconfigured(f"{draft.key} has no recipient with an address; mend the directory")
    return tuple(found.values())


def _head(draft: MailDraft, kind: MailKind, policy: Policy, own_id: str, now: datetime) -> dict[str, str]:
    sender = Mailbox(draft.sender_name, policy.service.routing_address)
    reply_to = draft.answers_go_to or _own_address(policy, draft.ticket, kind.answers_go_to)
    answers_to = Mailbox(draft.sender_name, reply_to)
    head = {
        "Date": format_datetime(now),
        "From": mailbox_value(sender, "From"),
        "To": mailbox_list(draft.to or draft.cc, "To"),
        "Reply-To": mailbox_value(answers_to, "Reply-To"),
        "Message-ID": own_id,
        "X-Mailroute-Loop": loop_mark(policy.secret, policy.service.domain),
    }
    if draft.to and draft.cc:
        head["Cc"] = mailbox_list(draft.cc, "Cc")
    if draft.kind in UNSUBSCRIBED:
        head |= _unsubscribe(draft, policy)
    if draft.automatic:
        head["Auto-Submitted"] = kind.auto_submitted or "auto-generated"
        head["X-Auto-Response-Suppress"] = "All"
    return head | _thread_fields(draft)


def _unsubscribe(draft: MailDraft, policy: Policy) -> dict[str, str]:
    """One press in the reader's program: a mail of theirs (RFC 2369 §3.2), and a page where we have one (RFC 8058)."""
    said = quote(UNSUBSCRIBED[draft.kind])
    by_mail = f"<mailto:{policy.service.routing_address}?subject={said}&body=%2F{said}>"
    readers = _recipients(draft)
    if policy.service.public_url is None or len(readers) != 1:
        return {"List-Unsubscribe": by_mail}
    page = policy.service.public_url.rstrip("/") + digest_off_path(policy.secret, readers[0])
    return {
        "List-Unsubscribe": f"<{page}>, {by_mail}",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _thread_fields(draft: MailDraft) -> dict[str, str]:
    """RFC 5322 §3.6.4; an id that no mail reader could use is left out rather than mended."""
    answers = message_id(draft.answers) if draft.answers else None
    ids = references([*draft.references, *([answers] if answers else [])])
    if answers in ids:  # last of all, even when the thread names it earlier
        ids = [*(one for one in ids if one != answers), str(answers)]
    return ({"In-Reply-To": answers} if answers else {}) | ({"References": " ".join(ids)} if ids else {})


def _content(draft: MailDraft, rendered: Rendered, own_id: str) -> bytes:
    text = _part("plain", rendered.text)
    if not _has_html(draft):
        return field("MIME-Version", "1.0") + text
    # quoted-printable never holds "=_", so no boundary can occur within a part
    boundary = "=_" + hashlib.sha256(own_id.encode()).hexdigest()[:32]
    mark = f"--{boundary}".encode()
    pieces: Iterable[bytes] = (
        field("MIME-Version", "1.0"),
        field("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
        b"\r\n",
        mark + b"\r\n" + text + b"\r\n",
        mark + b"\r\n" + _part("html", rendered.html) + b"\r\n",
        mark + b"--\r\n",
    )
    return b"".join(pieces)


def _has_html(draft: MailDraft) -> bool:
    """A stranger's acknowledgement is plain text, and short (RFC 3834 §2; reference: S34)."""
    stranger = draft.reader is Reader.CLIENT and draft.automatic and not draft.context.get("known_client")
    return not stranger


def _part(subtype: str, text: str) -> bytes:
    plain = text.isascii() and all(len(line) <= LINE_LENGTH for line in text.split("\n"))
    if plain and "=_" not in text:
        encoding, body = "7bit", text.encode("ascii")
    else:
        encoding, body = "quoted-printable", quopri.encodestring(text.encode("utf-8"))
    return (
        field("Content-Type", f"text/{subtype}; charset=utf-8")
        + field("Content-Transfer-Encoding", encoding)
        + b"\r\n"
        + body.replace(b"\n", b"\r\n")
    )
