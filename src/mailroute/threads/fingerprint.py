"""What makes two messages the same words: by whatever path, in whatever layout."""

import hashlib

from mailroute.domain.parsed import ParsedMail
from mailroute.domain.words import plain_words

MIN_WORDS = 12
"""Shorter texts ("Thanks!", "Any news?") repeat by chance and have no fingerprint. Ours, by reading mails."""


def fingerprint(words: str) -> str:
    """Hash of the words alone, without case, layout and punctuation; empty for texts that are too short to tell."""
    plain = plain_words(words)
    if plain.count(" ") + 1 < MIN_WORDS:
        return ""
    return hashlib.sha256(plain.encode()).hexdigest()[:32]


def own_fingerprint(parsed: ParsedMail) -> str:
    """Fingerprint of what the author wrote now, sign-off included, as it stands in a forward of the message.

    A signature alone makes no text long enough.
    """
    body = parsed.body
    return fingerprint(f"{body.fresh}\n{body.signature or ''}") if fingerprint(body.fresh) else ""


def content_hash(parsed: ParsedMail) -> str:
    """Hash of who says it and what the message says and brings: author, subject, visible text and files.

    Two deliveries of one message differ in their Received lines, and may in line ends and trailing
    white space; a poisoned message under somebody else's Message-ID differs in this hash. Where there
    is no Message-ID the Date tells a second delivery from the same words on another day.
    """
    parts = [
        (parsed.sender and parsed.sender.key) or "",
        parsed.date.isoformat() if parsed.date and parsed.message_id is None else "",
        plain_words(parsed.subject),
        plain_words(parsed.body.full),
        *sorted(a.sha256 for a in parsed.attachments),
    ]
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()
