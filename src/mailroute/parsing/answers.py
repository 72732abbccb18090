"""Signs of programs that answer for somebody: out-of-office notes, auto-replies, challenges; and of lists."""

import re

from mailroute.domain.parsed import Automatic, AutomaticKind
from mailroute.parsing.evidence import NO_REPLY, Evidence
from mailroute.parsing.replies import (
    is_away_note,
    is_away_subject,
    is_away_text,
    is_reply_subject,
    speaks_of_leave,
)

_CHALLENGE = re.compile(
    r"confirm (?:that )?(?:you are|your (?:message|e-?mail|delivery))|(?:sender|e-?mail"
    r"|message) (?:verification|confirmation) (?:required|request|needed)"
    r"|requires (?:sender )?(?:verification|confirmation|authorization)|please (?:verify"
    r"|confirm) (?:that you|your (?:message|e-?mail))|challenge.{0,12}response|(?:spam ?arrest|boxbe"
    r"|tmda)",
    re.IGNORECASE,
)


def auto_submitted(e: Evidence) -> Automatic | None:
    """Auto-Submitted (RFC 3834 §5): anything but "no"."""
    raw = e.letter.first("auto-submitted")
    value = re.sub(r"\([^()]{0,200}\)", "", raw).split(";")[0].strip().lower()
    if not value or value == "no":
        return None
    shown = f"Auto-Submitted: {value} (RFC 3834)"
    if value == "auto-notified" or (value == "auto-generated" and not is_away_subject(e.mail.subject)):
        return list_headers(e) or Automatic(AutomaticKind.AUTO_REPLY, shown)
    return Automatic(_away_or_reply(e), shown, about=_answered(e))


def _answered(e: Evidence) -> str | None:
    return e.mail.in_reply_to[0] if e.mail.in_reply_to else None


def _away_or_reply(e: Evidence) -> AutomaticKind:
    text = e.mail.body.full
    away = is_away_subject(e.mail.subject) or is_away_text(text) or speaks_of_leave(text)
    return AutomaticKind.OUT_OF_OFFICE if away else AutomaticKind.AUTO_REPLY


_REPLY_FIELDS = {
    "x-autoreply": "yes true 1 auto",
    "x-autorespond": "",
    "x-auto-response-suppress": "",
    "x-autoreply-from": "",
    "x-autoresponder": "",
    "x-mail-autoreply": "",
    "x-amavis-alert": "",
    "x-vacation": "",
    "x-auto-reply": "",
    "x-precedence": "auto_reply",
    "x-php-autoresponse": "",
    "x-fc-machinegenerated": "true",
    "x-post-messageclass": "9; autoresponder",
    "delivered-to": "autoresponder",
}


def reply_headers(e: Evidence) -> Automatic | None:
    """Fields that answering programs set; "X-Auto-Response-Suppress" alone only says what not to send."""
    for name, values in _REPLY_FIELDS.items():
        value = e.letter.first(name).strip().lower()
        if not value or (values and value not in values.split(" ") and value != values):
            continue
        if name == "x-auto-response-suppress" and not (
            is_reply_subject(e.mail.subject) or is_away_subject(e.mail.subject)
        ):
            continue
        return Automatic(_away_or_reply(e), f"{name.title()}: {value[:60]}", about=_answered(e))
    if e.letter.first("precedence").strip().lower() in ("auto_reply", "auto-reply"):
        return Automatic(_away_or_reply(e), "Precedence: auto_reply", about=_answered(e))
    return None


def reply_words(e: Evidence) -> Automatic | None:
    """A subject that only answering programs write."""
    if is_reply_subject(e.mail.subject):
        return Automatic(_away_or_reply(e), f"Subject: {e.mail.subject[:80]}", about=_answered(e))
    machine = (
        e.letter.first("return-path").strip() == "<>" or e.mail.in_reply_to or e.letter.first("precedence")
    )
    if (
        machine
        and is_away_note(e.mail.subject)
        and is_away_text(e.mail.body.full)
        and e.mail.body.quoted is None
    ):
        return Automatic(AutomaticKind.OUT_OF_OFFICE, f"Subject: {e.mail.subject[:80]}", about=_answered(e))
    return None


def challenge(e: Evidence) -> Automatic | None:
    """A machine that asks the sender to prove that he is one."""
    marked = any(
        e.letter.first(n)
        for n in ("x-challenge-response", "x-tmda-confirm", "x-boxbe-challenge", "x-spamarrest-noauth")
    )
    machine = e.mail.in_reply_to or NO_REPLY.match(e.local)
    words = machine and _CHALLENGE.search(e.mail.subject) and _CHALLENGE.search(e.mail.body.full[:3000])
    if not marked and not words:
        return None
    return Automatic(AutomaticKind.CHALLENGE, f"Subject: {e.mail.subject[:80]}", about=_answered(e))


def _through_group(e: Evidence) -> bool:
    """A person who wrote to us by a group address: `headers` has found the author behind the rewritten From."""
    boxes = e.letter.addresses.get("from", ())
    return bool(boxes) and e.mail.sender is not None and e.mail.sender.address != boxes[0].address


def list_headers(e: Evidence) -> Automatic | None:
    """Lists and newsletters (RFC 2919, RFC 2369): a list one can write to, or mail in bulk."""
    if _through_group(e):
        return None
    list_id = e.letter.first("list-id")
    post = e.letter.first("list-post")
    unsubscribe = e.letter.first("list-unsubscribe")
    precedence = e.letter.first("precedence").strip().lower()
    if (list_id and post and post.strip().lower() != "no") or precedence == "list":
        return Automatic(
            AutomaticKind.LIST, f"List-Id: {list_id[:100]} (RFC 2919)" if list_id else "Precedence: list"
        )
    if unsubscribe:
        return Automatic(AutomaticKind.NEWSLETTER, "List-Unsubscribe (RFC 2369)")
    if list_id:
        return Automatic(AutomaticKind.LIST, f"List-Id: {list_id[:100]} (RFC 2919)")
    if precedence in ("bulk", "junk") and not e.mail.in_reply_to:
        return Automatic(AutomaticKind.NEWSLETTER, f"Precedence: {precedence}")
    return None
