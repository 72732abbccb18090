"""Step 3: mail that no person wrote to us, and what shows it.

SIGNS is the table, strongest first. Headers decide wherever they can (RFC 3834 §5, RFC 3464, RFC 8098, RFC 5965,
RFC 2369); words count only where a machine's name or an empty return path stands beside them, so that a client who
writes of a vacation or of a failed delivery is left alone.
"""

import re
from dataclasses import replace

from mailroute.domain.parsed import Automatic, AutomaticKind, ParsedMail
from mailroute.parsing.answers import auto_submitted, challenge, list_headers, reply_headers, reply_words
from mailroute.parsing.evidence import Evidence, Sign
from mailroute.parsing.letter import Part, Reading
from mailroute.parsing.reports import feedback, plain_report, receipt, status_report


def judge_automatic(mail: ParsedMail, reading: Reading) -> ParsedMail:
    """The first sign that speaks decides."""
    address = mail.sender.address if mail.sender else None
    evidence = Evidence(mail=mail, letter=reading.letter, sender=(address or "").casefold())
    for sign in SIGNS:
        if (found := sign(evidence)) is not None:
            return replace(mail, automatic=found)
    return mail


def _calendar(e: Evidence) -> Automatic | None:
    """Invitations and answers to them (RFC 6047 §2.4): the calendar is the message."""
    part = e.part("text/calendar", "application/ics")
    if part is None or (part.disposition == "attachment" and "method" not in part.params):
        return None
    method = part.params.get("method") or _method_in(part)
    if method is None or method.upper() not in (
        "REQUEST",
        "REPLY",
        "CANCEL",
        "COUNTER",
        "DECLINECOUNTER",
        "REFRESH",
        "ADD",
    ):
        return None
    return Automatic(AutomaticKind.CALENDAR, f"text/calendar; method={method.upper()} (RFC 6047)")


def _method_in(part: Part) -> str | None:
    found = re.search(rb"^METHOD:([A-Z]{3,20})", part.data[:20_000], re.MULTILINE)
    return found[1].decode("ascii") if found else None


SIGNS: tuple[Sign, ...] = (
    feedback,
    receipt,
    status_report,
    plain_report,
    challenge,
    auto_submitted,
    reply_headers,
    _calendar,
    reply_words,
    list_headers,
)
