"""Subject prefixes: what the last hand did, reply or forward, and the subject without them."""

import re
from enum import StrEnum

from mailroute.parsing.vocabulary import DOUBLE_PREFIX, FORWARD_PREFIXES, REPLY_PREFIXES, fold

_PREFIX = re.compile(
    (
        r"\s{0,20}(?:\[[^\[\]]{1,60}\]\s{0,5})?([^\W\d_][\w. '’/-]{0,24}?)\s?(?:[\[(]\d{1,3}[\])]"
        r"|\*\d{1,3}|\^\d{1,3})?\s?[:：]"
    ),
    re.UNICODE,
)
# With white space and a mark such as "[Ticket 4]" before it.
_LONGEST_PREFIX = 140
_MOST_PREFIXES = 30


class Prefix(StrEnum):
    """What a subject says that was done with an earlier mail."""

    REPLY = "reply"
    FORWARD = "forward"
    DOUBLE = "double"
    """The prefix "VS:": forward in Danish and Norwegian, reply in Finnish."""
    NONE = "none"


def read_prefix(subject: str) -> tuple[Prefix, str]:
    """The outermost prefix, and the subject without it."""
    head = subject[:_LONGEST_PREFIX]
    found = _PREFIX.match(subject) if ":" in head or "：" in head else None
    if found is None:
        return _tail(subject)
    word = fold(found[1]).strip(".")
    rest = subject[found.end() :].strip()
    if word == DOUBLE_PREFIX:
        return Prefix.DOUBLE, rest
    if word in FORWARD_PREFIXES:
        return Prefix.FORWARD, rest
    return (Prefix.REPLY, rest) if word in REPLY_PREFIXES else _tail(subject)


def _tail(subject: str) -> tuple[Prefix, str]:
    """Gmail's English web page once wrote "Subject (fwd)", as Pine still does."""
    if subject.rstrip().casefold().endswith(("(fwd)", "[fwd]")):
        return Prefix.FORWARD, subject.rstrip()[:-5].strip()
    return Prefix.NONE, subject.strip()


def bare(subject: str) -> str:
    """The subject without any prefix."""
    for _ in range(_MOST_PREFIXES):
        prefix, rest = read_prefix(subject)
        if prefix is Prefix.NONE:
            break
        subject = rest
    return subject.strip()
