"""Step 8: the sign-off, and what programs and companies write around a mail; never at the cost of words."""

import re
from dataclasses import replace

from mailroute.domain.parsed import Body, ParsedMail
from mailroute.parsing.letter import Reading
from mailroute.parsing.lines import trim
from mailroute.parsing.signoffs import CLOSINGS, FOOTER, MOBILE
from mailroute.parsing.subjects import Prefix, read_prefix
from mailroute.parsing.surroundings import is_legal, is_personal, is_warning

# A sign-off is short: more lines than this below a closing are more than a name and an address.
_MOST_LINES = 16
_LONGEST_LINE = 110
_MOST_WORDS = 12
_LONGEST_CLOSING = 70
# "Disclaimer:" alone in its line is the shortest beginning of a legal text.
_SHORTEST_FOOTER = 10

_DELIMITER = re.compile(r"^\s?(?:--|—|––|—-|-—|– –)\s*$")
_RULE = re.compile(r"^\s*(?:[-_=*~—–]\s?){2,}\s*$")
_LINK = re.compile(r"\s?<(?:https?://|mailto:)[^<>\s]{0,500}>|https?://\S{1,500}")
_PHONE = re.compile(r"\+?\d[\d\s()./-]{6,20}\d")
_ADDRESS = re.compile(r"\w@[\w-]{1,60}\.\w")
_CONTACT_LABEL = re.compile(
    r"(?:tel|phone|mob|mobile|cell|fax|direct|office|t|m|p|f|e|d|w|telefon|handy|tél|téléphone|teléfono|telefone|mobil)\b\s?[.:]",
    re.IGNORECASE,
)
_LIST_FOOTER = re.compile(
    r"mailing list|listinfo|unsubscribe|groups\.google|https?://|\bwww\.", re.IGNORECASE
)


def split_signature(mail: ParsedMail, _reading: Reading) -> ParsedMail:
    """The sender's words without sign-off, banner and footer."""
    quoted = mail.body.quoted
    fresh = drop_banner(mail.body.fresh)
    if quoted is None and _answers(mail):
        fresh, quoted = _under_mobile(fresh)
    name = mail.sender.name if mail.sender else None
    fresh, signature = cut_signature(fresh, name)
    forwarded = mail.forwarded
    if forwarded is not None and forwarded.note:
        note, _ = cut_signature(drop_banner(forwarded.note), name)
        note = "" if _is_card(note, name) else note
        forwarded = replace(forwarded, note=note or None)
    return replace(mail, body=Body(mail.body.full, fresh, quoted, signature), forwarded=forwarded)


def cut_signature(text: str, name: str | None = None) -> tuple[str, str | None]:
    """The words, and the sign-off block with all that stands under it, or None. *name* is the writer's."""
    lines = text.split("\n")
    at = len(lines)
    for cut in (_footer, _list_footer, _delimiter, _mobile, _closing, _contacts):
        at = cut(lines, at)
    at = _named(lines, at, name)
    return trim("\n".join(lines[:at])), trim("\n".join(lines[at:])) or None


def drop_banner(text: str) -> str:
    """*text* without the warning that a gateway put above it."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip() and not _RULE.match(line)), None)
    if first is None or first > 3:
        return text
    end = next((i for i in range(first, min(len(lines), first + 8)) if not lines[i].strip()), first + 1)
    if not is_warning("\n".join(lines[first:end])):
        end = first + 1
        if not is_warning(lines[first]):
            return text
    while end < len(lines) and (not lines[end].strip() or _RULE.match(lines[end])):
        end += 1
    return trim("\n".join(lines[end:])) or text


def _answers(mail: ParsedMail) -> bool:
    return mail.forwarded is None and (bool(mail.in_reply_to) or read_prefix(mail.subject)[0] is Prefix.REPLY)


def _under_mobile(text: str) -> tuple[str, str | None]:
    """Telephones put their line under the answer; what follows it is the mail that was answered, without marks."""
    lines = text.split("\n")
    at = next((i for i, line in enumerate(lines) if i and is_mobile(line)), None)
    if at is None:
        return text, None
    return "\n".join(lines[: at + 1]), trim("\n".join(lines[at + 1 :])) or None


def _footer(lines: list[str], end: int) -> int:
    """Where a legal text or list footer at the bottom begins."""
    for i in range(max(1, end - 60), end):
        line = lines[i].strip()
        if len(line) < _SHORTEST_FOOTER or (lines[i - 1].strip() and len(lines[i - 1]) > _LONGEST_LINE):
            continue
        begins = not lines[i - 1].strip() or _RULE.match(lines[i - 1])
        if not begins:
            continue
        paragraph = _paragraph(lines, i, end)
        legal = FOOTER.match(line[:200].lstrip('*_[( "')) or (is_legal(paragraph) and not _asks(lines[i:end]))
        if legal and not is_personal(paragraph):
            return _above_rules(lines, i)
    return end


def _asks(lines: list[str]) -> bool:
    return any(line.rstrip().endswith(("?", "？", "؟")) for line in lines)


def _paragraph(lines: list[str], at: int, end: int) -> str:
    below = next((i for i in range(at, min(end, at + _MOST_LINES)) if not lines[i].strip()), end)
    return "\n".join(lines[at : min(below, at + _MOST_LINES)])


def _list_footer(lines: list[str], end: int) -> int:
    """Where a short block with a link begins under a line of dashes: lists and mail services sign like that."""
    below: list[str] = []
    for i in range(end - 1, max(0, end - 12), -1):
        if _RULE.match(lines[i]):
            if below and i and any(_LIST_FOOTER.search(line) for line in below):
                return _above_rules(lines, i)
            if not below and i and (lines[i].strip()[:1] in "*_=" or "=-=" in lines[i]):
                continue
            return end
        if lines[i].strip():
            below.append(lines[i])
        if len(below) > 6 or len(lines[i]) > _LONGEST_LINE:
            return end
    return end


def _above_rules(lines: list[str], at: int) -> int:
    while at > 0 and (not lines[at - 1].strip() or _RULE.match(lines[at - 1])):
        at -= 1
    return at


def _delimiter(lines: list[str], end: int) -> int:
    """Where "-- " stands (RFC 3676 §4.3); without its space it must be near the end."""
    found, full, size = end, 0, 0
    for i in range(end - 1, -1, -1):
        if _DELIMITER.match(lines[i]):
            if lines[i] == "-- " or (full <= 14 and size < 900):
                found = i
            continue
        full += bool(lines[i].strip())
        size += len(lines[i])
        if full > 40:
            break
    return found


def _mobile(lines: list[str], end: int) -> int:
    at = _last_full(lines, end)
    while at is not None and is_mobile(lines[at]):
        end = at
        at = _last_full(lines, end)
    return end


def is_mobile(line: str) -> bool:
    """Whether a device or an app put the line there."""
    shown = _LINK.sub("", line) if "://" in line or "mailto:" in line else line
    bare = shown.strip().lstrip("-–—*_<([ ").rstrip("*_>)] ")
    return bool(bare) and len(bare) < 90 and bool(MOBILE.match(bare))


def _closing(lines: list[str], end: int) -> int:
    """Where the last "Kind regards," stands with nothing but a name, a role and the like below it."""
    for i in range(end - 1, max(0, end - _MOST_LINES - 1), -1):
        line = lines[i].strip()
        if is_closing(line):
            return i
        if not _may_sign(line):
            return end
    return end


def is_closing(line: str) -> bool:
    """Whether the line is one that people sign under."""
    plain = " ".join(line.casefold().strip(' ,.!-–—*_;:…🙂"。！、，').split())
    if len(plain) > _LONGEST_CLOSING:
        return False
    if plain in CLOSINGS or any(part.strip(" ,.!") in CLOSINGS for part in re.split(r" ?[/|&] ?", plain)):
        return True
    head, comma, rest = plain.partition(",")
    return bool(comma) and head.strip() in CLOSINGS and len(rest.split()) <= 4 and not line.endswith("?")


def _may_sign(line: str) -> bool:
    """Whether the line may stand in a sign-off: a name, a role, an address; no sentence."""
    words = line.split()
    if len(words) > _MOST_WORDS and (len(line) > 2 * _LONGEST_LINE or "|" not in line):
        return False
    if not line or _is_contact(line) or _RULE.match(line):
        return True
    if len(line) > _LONGEST_LINE:
        return False
    sentence = line.endswith(("?", "!", ".", ":")) and len(words) > 5
    return not sentence and not line[:1].islower()


def _is_contact(line: str) -> bool:
    """Whether the line holds a telephone number, an address or a link."""
    if ("@" in line and _ADDRESS.search(line)) or "http" in line or "www." in line:
        return True
    return bool(_CONTACT_LABEL.match(line)) or bool(_PHONE.search(line))


def _contacts(lines: list[str], end: int) -> int:
    """A last paragraph of name, role and telephone without any closing above it."""
    last = _last_full(lines, end)
    if last is None or end < len(lines):
        return end
    first = last
    while first > 0 and lines[first - 1].strip():
        first -= 1
    block = [line.strip() for line in lines[first : last + 1]]
    short = 2 <= len(block) <= 8 and all(len(line) < 70 and _may_sign(line) for line in block)
    named = (
        short
        and len(block[0].split()) <= 5
        and not _is_contact(block[0])
        and not re.search(r"[\d:?!]", block[0])
    )
    if first == 0 or not named or not any(_is_contact(line) for line in block[1:]):
        return end
    return first


def _is_card(text: str, name: str | None) -> bool:
    """Whether a text is nothing but its writer's sign-off."""
    lines = ["", *text.split("\n")]
    return bool(text) and _named(lines, len(lines), name) == 1 and any(map(_is_contact, lines))


def _named(lines: list[str], end: int, name: str | None) -> int:
    """A last paragraph that begins with the writer's name, or with a part of it."""
    last = _last_full(lines, end)
    names = set(re.findall(r"[^\W\d_]{2,}", (name or "").casefold()))
    if last is None or not names:
        return end
    first = last
    while first > 0 and lines[first - 1].strip():
        first -= 1
    block = [line.strip() for line in lines[first : last + 1]]
    head = re.findall(r"[^\W\d_]+", block[0].casefold())
    signed = (
        0 < len(head) <= 4
        and names.issuperset(w for w in head if len(w) > 1)
        and any(len(w) > 1 for w in head)
    )
    if (
        first == 0
        or not signed
        or len(block) > 6
        or not all(len(line) < 70 and _may_sign(line) for line in block)
    ):
        return end
    return first


def _last_full(lines: list[str], end: int) -> int | None:
    return next((i for i in range(end - 1, -1, -1) if lines[i].strip()), None)
