"""Header fields for the wire: always ASCII, always folded, never a byte that a sender smuggled in.

Written by hand and not by `email.policy`: that one turns a long Message-ID in References into an encoded-word
(CPython gh-80222 and its kin), after which no mail reader can thread by it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from email.header import Header

from mailroute.domain.address import Mailbox

LINE_LENGTH = 78
"""RFC 5322 §2.1.1: SHOULD; 998 is the MUST."""

MAX_SUBJECT_CHARACTERS = 200
MAX_NAME_CHARACTERS = 100
MAX_REFERENCES = 20

FIELD_NAMES = frozenset(
    {
        "Date",
        "From",
        "To",
        "Cc",
        "Reply-To",
        "Subject",
        "Message-ID",
        "In-Reply-To",
        "References",
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
        "X-Mailroute-Loop",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
    }
)
"""No other field is ever written (a name with CR LF is how CPython's own writer is injected into)."""

_JOINERS = (
    "\u200c\u200d"  # needed by Persian and by emoji; every other format character only serves to mislead
)
_ATEXT = r"A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u0080-\U0010ffff"
_LOCAL_PART = re.compile(rf'(?:[{_ATEXT}]+(?:\.+[{_ATEXT}]+)*\.?|"[!#-\[\]-~]*")')
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,980}>")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+")


def clean(text: str, limit: int) -> str:
    """*text* on one line, in NFC, without control, direction and other invisible characters, cut to *limit*."""
    kept = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if category in {"Cc", "Zl", "Zp"}:
            kept.append(" ")
        elif category == "Cs":
            kept.append("\N{REPLACEMENT CHARACTER}")
        elif category != "Cf" or character in _JOINERS:
            kept.append(character)
    line = " ".join("".join(kept).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def clean_name(text: str) -> str:
    """A display name that cannot pass for an address, a quotation or a list (reference: S63)."""
    return clean(re.sub(r'[@"\\<>()\[\],;:]', " ", text), MAX_NAME_CHARACTERS)


def wire_address(address: str) -> str | None:
    """*address* as it may stand in an SMTP command, its domain as A-labels; None when it is none.

    The local part may hold more than ASCII (RFC 6531); the caller has to look. Domain literals are refused.
    """
    local, _, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    try:
        ascii_domain = ".".join(_a_label(label) for label in domain.lower().split("."))
        octets = len(local.encode())
    except UnicodeError:
        return None
    if not _LOCAL_PART.fullmatch(local) or not _DOMAIN.fullmatch(ascii_domain):
        return None
    if octets > 64 or len(ascii_domain) > 253 or clean(local, 64) != local:
        return None
    return f"{local}@{ascii_domain}"


def _a_label(label: str) -> str:
    # Not Python's "idna": that is IDNA 2003, which sends mail for straße.example to strasse.example.
    return label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"


def field(name: str, value: str) -> bytes:
    """One header field, folded at spaces where the line gets too long, with CR LF."""
    if name not in FIELD_NAMES:
        raise ValueError(f"{name!r} is not among our header fields")
    if not value.isascii() or not value.isprintable():
        raise ValueError(f"{name} holds a character that may not stand in a header")
    lines = [f"{name}:"]
    for number, word in enumerate(value.split(" ")):
        if number and len(lines[-1]) + 1 + len(word) > LINE_LENGTH:
            lines.append("")
        lines[-1] += f" {word}"
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def text_value(text: str, name: str) -> str:
    """Unstructured text, cleaned already, as ASCII; encoded-words of at most 75 characters where needed (RFC 2047)."""
    if text.isascii() and "=?" not in text and all(len(word) <= LINE_LENGTH - 20 for word in text.split(" ")):
        return text
    encoded = Header(text, "utf-8", maxlinelen=75, header_name=name).encode(linesep="\n")
    return " ".join(encoded.split())


def mailbox_value(mailbox: Mailbox, name: str) -> str:
    """One mailbox of an address list.

    An address that cannot be written in ASCII becomes an empty group that shows it (RFC 6857 §3.1.8), so that the
    other recipients need no SMTPUTF8; the envelope still carries it.
    """
    shown = clean_name(mailbox.name or "")
    address = wire_address(mailbox.address or "")
    if address is None or not address.isascii():
        unwritable = clean(f"{shown} {mailbox.address or ''}", MAX_NAME_CHARACTERS)
        return f"{_phrase(unwritable or 'nobody', name, always=True)}: ;"
    return f"{_phrase(shown, name)} <{address}>" if shown else address


def _phrase(text: str, name: str, *, always: bool = False) -> str:
    if text.isascii() and not always:
        return text if _PLAIN_NAME.fullmatch(text) and "=?" not in text else f'"{text}"'
    encoded = Header(text, "utf-8", maxlinelen=75, header_name=name).encode(linesep="\n")
    return " ".join(encoded.split())


def mailbox_list(mailboxes: Iterable[Mailbox], name: str) -> str:
    """The value of To or Cc."""
    return ", ".join(mailbox_value(mailbox, name) for mailbox in mailboxes)


def message_id(text: str) -> str | None:
    """A Message-ID with its angle brackets; None when the text cannot stand in References."""
    bracketed = f"<{text.strip().strip('<>')}>"
    return bracketed if _MESSAGE_ID.fullmatch(bracketed) else None


def references(ids: Sequence[str]) -> list[str]:
    """The usable ids of a thread, each once, at most MAX_REFERENCES: the first (its root) and the last ones."""
    usable = list(dict.fromkeys(found for text in ids if (found := message_id(text)) is not None))
    return usable if len(usable) <= MAX_REFERENCES else [usable[0], *usable[-(MAX_REFERENCES - 1) :]]
