"""A cheap look at the raw bytes before any library reads them: nothing after this may cost more than it is worth.

One pass over the lines that begin with "--" and over the header blocks that follow boundaries; linear in the size.
Limits and their reasons: `domain.policy.ReadingLimits`; Python's reader is quadratic in depth and in long fields.
"""

import re
from dataclasses import dataclass

from mailroute.domain.policy import ReadingLimits

# Fields of one header block; a real message has under 200.
_MOST_FIELDS = 2000
# Lines times levels that Python's reader may try; about 1.5 s.
_MOST_TRIES = 10_000_000
_BOUNDARY = re.compile(rb'boundary\s{0,5}=\s{0,5}(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))', re.IGNORECASE)
_DASHES = re.compile(rb"^--([^\r\n]{1,250})", re.MULTILINE)
# Begins with a known character in each branch, so that the search skips to one.
_BLANK = re.compile(rb"\n[ \t]{0,20}\r?\n|\r\r")
_NESTED = re.compile(
    rb"^content-type:\s{0,20}message/(?:rfc822|global|news|external-body)", re.IGNORECASE | re.MULTILINE
)
_FIELD_START = re.compile(rb"^(?=[^\s])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Bounded:
    """The bytes that may be read, and what had to be left out."""

    raw: bytes
    defects: tuple[str, ...] = ()


def bound(raw: bytes, limits: ReadingLimits) -> Bounded:
    """What of *raw* may be given to the readers."""
    header, body = _split(raw)
    header, defects = _bound_header(header, limits)
    if len(raw) > limits.raw_bytes:
        return Bounded(header, (*defects, f"over-limit:size {len(raw)} bytes"))
    trouble = _structure(header + body if defects else raw, limits)
    if trouble is not None:
        return Bounded(header, (*defects, trouble))
    return Bounded(header + body if defects else raw, defects)


def _split(raw: bytes) -> tuple[bytes, bytes]:
    """Header block with its blank line, and the rest."""
    if raw[:2] == b"\r\n" or raw[:1] == b"\n":
        return b"", raw
    found = _BLANK.search(raw)
    return (raw, b"") if found is None else (raw[: found.end()], raw[found.end() :])


def _bound_header(header: bytes, limits: ReadingLimits) -> tuple[bytes, tuple[str, ...]]:
    """The header block within its limits: long fields clipped, what is too much dropped from the end."""
    fields = header.count(b"\n")
    if fields > _MOST_FIELDS:
        fields = sum(1 for _ in _FIELD_START.finditer(header))
    if len(header) <= min(limits.header_bytes, limits.field_bytes) and fields <= _MOST_FIELDS:
        return header, ()
    defects: list[str] = []
    if len(header) > limits.header_bytes or fields > _MOST_FIELDS:
        defects.append(f"over-limit:header {len(header)} bytes, {fields} fields")
    kept: list[bytes] = []
    size = 0
    starts = [m.start() for m in _FIELD_START.finditer(header)][: _MOST_FIELDS + 1]
    for start, end in zip(starts[:_MOST_FIELDS], [*starts[1 : _MOST_FIELDS + 1], len(header)], strict=False):
        one = header[start:end]
        if len(one) > limits.field_bytes:
            defects.append("over-limit:field " + one.split(b":", 1)[0][:40].decode("ascii", "replace"))
            one = one[: limits.field_bytes].rstrip(b"\r\n\t ") + b"\n"
        if size + len(one) > limits.header_bytes:
            break
        kept.append(one)
        size += len(one)
    return b"".join(kept).rstrip(b"\r\n") + b"\n\n", tuple(dict.fromkeys(defects))


def _structure(raw: bytes, limits: ReadingLimits) -> str | None:
    """Which limit the MIME structure breaks, or None."""
    walk = _Walk(raw, limits)
    if (trouble := walk.read_header(0)) is not None:
        return trouble
    if not walk.open:
        return None
    for match in _DASHES.finditer(raw, walk.at):
        if match.start() < walk.at or not walk.open:
            continue
        if (trouble := walk.meet(match)) is not None:
            return trouble
    return walk.cost()


class _Walk:
    """The open multiparts while the lines go by; "meet" is told each line that begins with two dashes."""

    def __init__(self, raw: bytes, limits: ReadingLimits) -> None:
        self.raw, self.limits = raw, limits
        self.open: dict[bytes, int] = {}
        self.parts = 0
        self.deepest = 0
        self.at = 0

    def meet(self, match: re.Match[bytes]) -> str | None:
        line = match[1].rstrip(b" \t")
        if line not in self.open and line.endswith(b"--"):
            self._close(line[:-2], inclusive=True)
            return None
        if line not in self.open:
            return None
        self._close(line, inclusive=False)
        self.parts += 1
        if self.parts > self.limits.parts:
            return f"over-limit:parts more than {self.limits.parts}"
        return self.read_header(match.end())

    def cost(self) -> str | None:
        """Python's reader tries each line against the boundaries of all levels around it."""
        lines = self.raw.count(b"\n") + 4 * self.raw.count(b"\n--")
        return (
            f"over-limit:depth {self.deepest} for {lines} lines"
            if lines * self.deepest > _MOST_TRIES
            else None
        )

    def _close(self, boundary: bytes, *, inclusive: bool) -> None:
        if boundary not in self.open:
            return
        names = list(self.open)
        at = names.index(boundary) + (0 if inclusive else 1)
        for name in names[at:]:
            del self.open[name]

    def read_header(self, start: int) -> str | None:
        """Read the header block at *start*, and those of messages that begin right after it."""
        for level in range(self.limits.depth + 2):
            reach = start + (self.limits.field_bytes if start else self.limits.header_bytes) + 4
            found = _BLANK.search(self.raw, start, reach)
            end = found.end() if found else min(reach, len(self.raw))
            if found is None and reach < len(self.raw) and self.raw.find(b"\n--", start, reach) < 0:
                return "over-limit:header of a part"
            block = self.raw[start:end]
            self.at = end
            plain = block.lower()
            if b"boundary" in plain and (boundary := _BOUNDARY.search(block)):
                self.open[boundary[1] or boundary[2]] = self.parts
                self.deepest = max(self.deepest, len(self.open) + level)
                if len(self.open) + level > self.limits.depth:
                    return f"over-limit:depth more than {self.limits.depth}"
                return None
            if b"message/" not in plain or not _NESTED.search(block):
                return None
            start = end
        return f"over-limit:depth more than {self.limits.depth}"
