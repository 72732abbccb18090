"""Our own check of DKIM signatures (RFC 6376) and ARC seals (RFC 8617): dkimpy's home.

dkimpy accepts more than is safe: texts signed in part (l=), a Subject that is not signed, a second one above the signed
one. So what a signature covers is looked at first, and only one that covers what people read is checked at all.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dkim import ARC, DKIM

from mailroute.domain.address import is_within
from mailroute.parsing.letter import Lookup

_MOST_SIGNATURES = 10
# Keys that could not be had, after which a message is not worth further waiting.
_MOST_MISSES = 3
_LONGEST_KEY_RECORD = 1100
"""Characters: room for 4096 bits of RSA. What is longer costs whoever checks it."""
_SMALLEST_KEY = 1024
"""Bits (RFC 8301 §3.2)."""
_ALGORITHMS = frozenset({"rsa-sha256", "ed25519-sha256"})
# What changes the meaning of a mail must be signed as often as it stands there.
_READ_BY_PEOPLE = ("from", "subject", "to", "date", "message-id", "content-type")
_SEALED = ("from", "subject")
"""What a seal must cover: sealers vouch for the results, and leave out fields that they change."""
# dkimpy takes time by the square of such a run.
_LONGEST_SPACE = 2000
_FIELD = re.compile(rb"^([!-9;-~]{1,100})[ \t]{0,9}:((?:.|\r?\n[ \t])*)", re.MULTILINE)
_TAG = re.compile(r"\s*([a-z]{1,4})\s*=\s*([^;]*)")


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of the signatures, with the reason for each that does not count."""

    signer: str | None
    evidence: tuple[str, ...]


def check_signatures(raw: bytes, domain: str, lookup: Lookup) -> Checked:
    """The first signature by *domain* or one above it that covers what people read and is right."""
    if _is_hostile(raw):
        return Checked(None, ("dkim: not checked, too much white space",))
    fields = _fields(raw)
    counts = Counter(name for name, _ in fields)
    keys = _Keys(lookup)
    evidence: list[str] = []
    signatures = [value for name, value in fields if name == "dkim-signature"]
    for index, value in enumerate(signatures[:_MOST_SIGNATURES]):
        tags = _tags(value)
        signer = tags.get("d", "").lower()
        if "." not in signer or not is_within(domain, signer):
            continue
        why = _shortcoming(tags, counts) or _mismatch(raw, index, keys)
        if why is None:
            return Checked(signer, (f"dkim=pass header.d={signer} (own check, RFC 6376)",))
        evidence.append(f"dkim=fail header.d={signer} ({why})")
        if keys.misses >= _MOST_MISSES:
            break
    return Checked(None, tuple(evidence))


def sealed_results(raw: bytes, sealers: tuple[str, ...], lookup: Lookup) -> tuple[str, str] | None:
    """The last sealer, when it is one of *sealers* and its seal is right, and the results that it sealed."""
    if not sealers or _is_hostile(raw):
        return None
    seals = {_instance(value): value for name, value in _fields(raw) if name == "arc-seal"}
    last = max((n for n in seals if 0 < n <= _MOST_SIGNATURES), default=0)
    signer = _tags(seals[last]).get("d", "").lower() if last else ""
    if signer not in {one.lower() for one in sealers}:
        return None
    marks = [v for n, v in _fields(raw) if n == "arc-message-signature" and _instance(v) == last]
    told = [v for n, v in _fields(raw) if n == "arc-authentication-results" and _instance(v) == last]
    if (
        len(marks) != 1
        or len(told) != 1
        or "l" in _tags(marks[0])
        or _tags(marks[0]).get("d", "").lower() != signer
    ):
        return None
    try:
        state, _, _ = ARC(raw, logger=_Silent(), minkey=_SMALLEST_KEY).verify(dnsfunc=_Keys(lookup).record)
    except Exception:  # noqa: BLE001  the door of a foreign library: a seal that it trips over proves nothing
        return None
    return (signer, told[0].partition(";")[2]) if state == b"pass" else None


class _Silent:
    """A logger that keeps nothing: dkimpy's remarks quote mail."""

    def debug(self, *_said: object) -> None:
        """How dkimpy got on."""

    def error(self, *_said: object) -> None:
        """What it stumbled over; the outcome tells that as well."""

    info = warning = debug


class _Keys:
    """Asks for keys as dkimpy does, and counts those that could not be had."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self.misses = 0

    def record(self, name: bytes, **_waiting: object) -> bytes | None:
        """The key record of *name*; how long to wait is the business of the lookup."""
        found = self._lookup(name)
        if found is None or len(found) > _LONGEST_KEY_RECORD:
            self.misses += 1
            return None
        # A domain that is testing asks to be treated as unsigned (RFC 6376 §3.6.1).
        return None if "y" in _tags(found.decode("ascii", "replace")).get("t", "").split(":") else found


def _mismatch(raw: bytes, index: int, keys: _Keys) -> str | None:
    """Why the signature does not hold; None when it does."""
    try:
        right = DKIM(raw, logger=_Silent(), minkey=_SMALLEST_KEY).verify(idx=index, dnsfunc=keys.record)
    except Exception as error:  # noqa: BLE001  the door of a foreign library: what it trips over proves nothing
        return type(error).__name__
    return None if right else "signature or key does not fit"


def _shortcoming(
    tags: dict[str, str], counts: Counter[str], needed: tuple[str, ...] = _READ_BY_PEOPLE
) -> str | None:
    """What makes a signature worthless however right it is."""
    if "l" in tags:
        return "l= leaves part of the text unsigned"
    if tags.get("a", "").lower() not in _ALGORITHMS:
        return "algorithm"
    signed = Counter(name.strip().lower() for name in tags.get("h", "").split(":"))
    missing = next((name for name in needed if counts[name] > signed[name]), None)
    return None if missing is None else f"{missing} is not signed"


def _is_hostile(raw: bytes) -> bool:
    return b" " * _LONGEST_SPACE in raw.replace(b"\t", b" ")


def _fields(raw: bytes) -> list[tuple[str, str]]:
    return list(_walk(re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]))


def _walk(head: bytes) -> Iterator[tuple[str, str]]:
    for found in _FIELD.finditer(head):
        yield found[1].decode("ascii").lower(), found[2].decode("ascii", "replace")


def _tags(value: str) -> dict[str, str]:
    return {found[1]: "".join(found[2].split()) for piece in value.split(";") if (found := _TAG.match(piece))}


def _instance(value: str) -> int:
    number = _tags(value).get("i", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
