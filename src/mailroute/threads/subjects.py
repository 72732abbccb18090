"""The subject without what mail programs and lists add to it (RFC 5256 §2.1): what two mails of one thread share."""

import re

from mailroute.domain.words import plain_words

_LONGEST = 500
_MARK = r"\[[^\[\]]{0,60}\]"
_LEADER = re.compile(rf"^\s*(?:{_MARK}\s*)*(?:[^\W\d_]{{1,6}}\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[:：]\s*)")
"""`Re:`, `AW:`, `Fwd[2]:` and their like in any language: a short word and a colon, perhaps behind marks of lists."""
_TRAILER = re.compile(r"\s*\((?:fwd|fw|re)\)\s*$", re.IGNORECASE)
_WRAPPED = re.compile(r"^\s*\[\s*fwd?:\s*(.*)\]\s*$", re.IGNORECASE | re.DOTALL)
_LIST_MARK = re.compile(rf"^\s*{_MARK}\s*(?=\S)")


def base_subject(subject: str) -> str:
    """*subject* as `plain_words`, without answer and forward marks, list marks and the mark of a ticket."""
    return plain_words(stripped_subject(subject))


def is_answer(subject: str) -> bool:
    """Whether a mail program has marked it as an answer or a forward."""
    text = _LIST_MARK.sub("", subject[:_LONGEST], count=1)
    return bool(_LEADER.match(text) or _TRAILER.search(text) or _WRAPPED.match(text))


def stripped_subject(subject: str) -> str:
    """The same with punctuation, in lower case and with single spaces."""
    text, before = subject[:_LONGEST], None
    while text != before:
        before = text
        text = _TRAILER.sub("", text)
        text = _LEADER.sub("", text, count=1)
        if wrapped := _WRAPPED.match(text):
            text = wrapped[1]
        elif _LIST_MARK.match(text):
            text = _LIST_MARK.sub("", text, count=1)
    return " ".join(text.split()).casefold()
