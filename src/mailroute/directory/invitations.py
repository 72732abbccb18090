"""An invitation by a person is mail of theirs as soon as they write something of their own into it.

Calendar programs fill invitations with lines of theirs; what is left of a bare invitation, and all of an answer to
one, is a machine's word.
"""

import re

from mailroute.domain.parsed import AutomaticKind, ParsedMail

_ASKS = re.compile(r"method=(?:REQUEST|ADD|COUNTER)\b", re.IGNORECASE)
_FILLING = re.compile(
    r"^\W*$|https?://|@|\+?\d[\d ()/-]{6,}|[*~_=-]{4,}"
    r"|^\W*(?:when|where|wann|wo|quand|o[uù]|cu[aá]ndo|d[oó]nde|time|zeit|location|ort|lieu|topic|organi[sz]er"
    r"|attendees|meeting id|passcode|besprechungs-id|join|dial|beitreten|rejoindre|unirse"
    r"|(?:microsoft )?teams|zoom|webex|google meet)\b"
    r"|\b(?:invited you|have been invited|eingeladen|invit[eé]e? [àa]|joining info|video call)\b",
    re.IGNORECASE,
)
"""Lines that calendar and meeting programs write."""

OWN_WORDS = 8
"""Words of the writer's own that make a mail of an invitation. Ours: a sentence."""


def is_personal_invitation(parsed: ParsedMail) -> bool:
    """Whether somebody invites us and says something besides."""
    machine = parsed.automatic
    if machine is None or machine.kind is not AutomaticKind.CALENDAR or not _ASKS.search(machine.evidence):
        return False
    own = [line for line in parsed.body.fresh.split("\n") if not _FILLING.search(line)]
    return sum(len(line.split()) for line in own) >= OWN_WORDS
