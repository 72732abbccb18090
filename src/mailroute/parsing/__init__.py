"""Bytes to `ParsedMail`: pure, and total (any bytes give an object)."""

from collections.abc import Callable

from mailroute.domain.parsed import ParsedMail
from mailroute.domain.policy import ReadingLimits, Trust
from mailroute.parsing.answered import find_answered
from mailroute.parsing.authentication import judge_authentication
from mailroute.parsing.automatic import judge_automatic
from mailroute.parsing.away import read_absence
from mailroute.parsing.body import choose_body
from mailroute.parsing.cards import read_cards
from mailroute.parsing.forwarded import unwrap_forwarded
from mailroute.parsing.headers import read_headers
from mailroute.parsing.letter import CountryOf, Lookup, Reading
from mailroute.parsing.mime import open_letter
from mailroute.parsing.prescan import bound
from mailroute.parsing.quotes import cut_quotes
from mailroute.parsing.signature import split_signature
from mailroute.parsing.spam import read_spam

Step = Callable[[ParsedMail, Reading], ParsedMail]

STEPS: tuple[Step, ...] = (
    read_headers,
    choose_body,
    judge_automatic,
    judge_authentication,
    read_spam,
    unwrap_forwarded,
    cut_quotes,
    find_answered,
    split_signature,
    read_absence,
    read_cards,
)
"""In this order, each on the result of the one before."""


_LIMITS = ReadingLimits()
_TRUST = Trust()


def parse(
    raw: bytes,
    *,
    limits: ReadingLimits = _LIMITS,
    trust: Trust = _TRUST,
    lookup: Lookup | None = None,
    country_of: CountryOf | None = None,
) -> ParsedMail:
    """What the message in *raw* says; damage and what was left out stand in `defects`.

    A defect that begins with "over-limit:" names the limit that was broken; then only the header was read
    (but for "over-limit:field", where one field was clipped). *lookup* gives the keys of signatures; without it only
    the word of our own border proves who wrote. *country_of* tells in which country the numbers of a sign-off are
    dialled; without it, or where it does not know, the sign-off itself has to.
    """
    bounded = bound(raw, limits)
    whole = raw if lookup is not None and not bounded.defects else b""
    letter = open_letter(bounded.raw)
    reading = Reading(
        letter=letter, limits=limits, trust=trust, raw=whole, lookup=lookup, country_of=country_of
    )
    mail = ParsedMail(defects=bounded.defects)
    for step in STEPS:
        mail = step(mail, reading)
    return mail
