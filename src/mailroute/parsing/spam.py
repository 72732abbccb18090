"""Step 5: what filters on the way have said of the message. FILTERS is the table; whom we believe, settings say."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from mailroute.domain.parsed import ParsedMail, SpamVerdict
from mailroute.parsing.authentication import parse_results
from mailroute.parsing.letter import Reading

_SPAM_STARS = 5
"""SpamAssassin's own threshold (required_score): a star a point."""
_SPAM_CONFIDENCE = 5
"""Exchange's SCL: 5 and 6 spam, 9 certain (Microsoft Learn, "Spam confidence level")."""
_BAD_CATEGORIES = frozenset({"SPM", "HSPM", "PHSH", "HPHSH", "MALW"})
_BAD_VERDICTS = frozenset({"SPM", "SKS", "SKB"})
"""SFV of Exchange: taken for spam by the filter, by a rule, by a list of blocked senders."""
_BAD_ACTIONS = frozenset({"reject", "add header", "rewrite subject", "quarantine", "discard"})
"""Of rspamd; `soft reject` and `greylist` put off and say nothing."""
_BORDER_ACTIONS = frozenset({"quarantine", "reject", "oreject"})
"""What DMARC asks to do with a forgery (RFC 7489 §6.3; `oreject` is Exchange's, let in all the same)."""


def _yes(value: str) -> bool:
    return re.match(r"(?:yes|true|1)\b", value, re.IGNORECASE) is not None


def _number_from(least: int) -> Callable[[str], bool]:
    def says(value: str) -> bool:
        return re.fullmatch(r"\d{1,2}", value) is not None and int(value) >= least

    return says


def _stars(value: str) -> bool:
    found = re.match(r"[*+sx]+", value)
    return found is not None and len(found[0]) >= _SPAM_STARS


def _rspamd_result(value: str) -> bool:
    return re.match(r"[\w.-]+:\s*True\b", value) is not None


def _exchange_report(value: str) -> bool:
    told = dict(re.findall(r"(SCL|SFV|CAT):([A-Z0-9-]{1,10})(?:;|$)", value))
    if told.get("SFV") in _BAD_VERDICTS or told.get("CAT") in _BAD_CATEGORIES:
        return True
    return _number_from(_SPAM_CONFIDENCE)(told.get("SCL", ""))


FILTERS: dict[str, Callable[[str], bool]] = {
    "X-Spam-Flag": _yes,
    "X-Spam-Status": _yes,
    "X-Spam-Level": _stars,
    "X-Spam": _yes,
    "X-Spamd-Result": _rspamd_result,
    "X-Rspamd-Action": lambda value: value.casefold() in _BAD_ACTIONS,
    "X-MS-Exchange-Organization-SCL": _number_from(_SPAM_CONFIDENCE),
    "X-Forefront-Antispam-Report": _exchange_report,
    "X-Gm-Spam": _yes,
    "X-Gm-Phishy": _yes,
}
"""A field of `domain.parsed.SPAM_HEADERS`, and whether its value says spam. Only the topmost of a name is read."""


def read_spam(mail: ParsedMail, reading: Reading) -> ParsedMail:
    """Every verdict of spam, in the order of the table."""
    found = tuple(_verdicts(reading))
    return replace(mail, spam=found) if found else mail


def _verdicts(reading: Reading) -> Iterator[SpamVerdict]:
    for header, says_spam in FILTERS.items():
        value = " ".join(reading.letter.first(header.lower()).split())
        if value and says_spam(value):
            yield SpamVerdict(header, value[:120])
    trusted = {name.casefold() for name in reading.trust.authserv_ids}
    for value in reading.letter.all("authentication-results") if trusted else ():
        parsed = parse_results(value)
        if parsed is None or parsed[0] not in trusted:
            continue
        for one in parsed[1]:
            action = one.properties.get("action")
            if one.method == "dmarc" and one.value == "fail" and action in _BORDER_ACTIONS:
                yield SpamVerdict("Authentication-Results", f"dmarc=fail action={action}")
        return
