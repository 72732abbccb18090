"""Names and addresses as people's programs print them above an old mail; forgiving, and never used for identity."""

import re

from mailroute.domain.address import Mailbox

# A block with more recipients than this is cut; so is a longer value.
_MOST_PEOPLE = 500
_LONGEST = 50_000

# Full-width marks part words of scripts that write no spaces.
_WIDE = "（）、。，；：「」『』【】"
ADDRESS = re.compile(rf"[^\s<>\[\]()\",;:|\\{_WIDE}]{{1,100}}@[^\s<>\[\]()\",;:|\\@{_WIDE}]{{1,200}}")
_MAILTO = re.compile(r"[\[<(]?\s?mailto:\s?([^\s<>\[\]()\"]{1,250})[\]>)]?", re.IGNORECASE)
# Outlook's plain text repeats each link behind its words: "ann@acme.example<mailto:ann@acme.example>".
_MARKUP = re.compile(r"(?<=[^\s<\[(:;,])<mailto:[^<>\s]{0,250}>", re.IGNORECASE)
_BEHALF = re.compile(
    r"\b(?:on behalf of|im auftrag von|de la part de|en nombre de|em nome de|per conto di|namens"
    r"|på vegne af|på uppdrag av|på vegne av|w imieniu"
    r"|от имени|puolesta|adına|代表|の代理)\b[:\s]*",
    re.IGNORECASE,
)
_VIA = re.compile(
    r"^[\"']?(.{1,120}?)[\"']?\s+(?:via|über|przez|через|par l'intermédiaire de)\s+\S.{0,120}$", re.IGNORECASE
)
_PARENTHESIS = re.compile(r"\s*(?:\([^()]{0,200}\)|\[[^\[\]]{0,200}\])")
_EMPTIED = re.compile(r"<[^<>]{0,250}>|\[\s*\]")
_NOTES = re.compile(r"(?:/[\w &.'-]{1,60}){1,8}(?:@[\w.-]{1,60})?$|@(?!.*\.)[\w-]{1,60}$")
_MARKS = re.compile(r"\"[^\"]{0,300}\"|<[^<>]{0,300}>|[,;]")
_QUOTES = "\"'“”„‚‘’«»*_ \t|"


def person(text: str) -> Mailbox:
    """The one person that a From line names."""
    text = _one_line(text)
    behalf = _BEHALF.split(text, maxsplit=1)
    box = _one(behalf[0])
    if len(behalf) == 2 and behalf[1].strip():
        other = _one(behalf[1])
        # The author is the one on whose behalf it was sent (RFC 5322 §3.6.2), but a person goes before a role.
        if other.name or not box.name or box.name == box.address:
            box = Mailbox(other.name, other.address or box.address)
    return Mailbox(undo_via(box.name), box.address)


def people(text: str) -> tuple[Mailbox, ...]:
    """Everybody that a To or Cc line names, in order."""
    pieces = _split(_one_line(text))
    boxes = [_one(piece) for piece in pieces[:_MOST_PEOPLE]]
    return tuple(box for box in boxes if box.name or box.address)


def _one_line(text: str) -> str:
    line = " ".join(text.split())[:_LONGEST]
    return _MARKUP.sub("", line) if "<" in line and ":" in line else line


def undo_via(name: str | None) -> str | None:
    """The author in "'Ann Lee' via Support", as Google Groups and Mailman rewrite names."""
    if name and (found := _VIA.match(name)):
        return _clean(found[1]) or name
    return name


def _one(text: str) -> Mailbox:
    text = text.strip().strip(",;").strip()
    found = _MAILTO.search(text) if ":" in text else None
    address = found[1] if found and "@" in found[1] else None
    rest = _MAILTO.sub(" ", text) if found else text
    if address is None:
        angle = re.search(r"<\s*([^<>]{0,250}@[^<>]{0,250}?)\s*>", rest)
        plain = angle or (ADDRESS.search(rest) if "@" in rest else None)
        if plain is not None and _is_address(plain[angle is not None]):
            address = plain[angle is not None].strip()
    if address is not None:
        rest = rest.replace(address, " ")
    name = _clean(_EMPTIED.sub(" ", rest) if "<" in rest or "[" in rest else rest)
    address = address.strip(".'\"*") if address else None
    return Mailbox(
        None if name and address and name.casefold() == address.casefold() else name, address or None
    )


def _is_address(text: str) -> bool:
    """An Internet address; Notes writes "Ann Lee/BER@BOREALIS" and "Ann Lee@BER" for names."""
    local, _, domain = text.strip().rpartition("@")
    return bool(local) and bool(domain) and ("." in domain or local.islower()) and "/" not in local


def _clean(name: str) -> str | None:
    name = " ".join(name.replace("<", " ").replace(">", " ").split())
    name = name.strip(_QUOTES)
    name = _NOTES.sub("", name) if "/" in name or "@" in name else name
    bare = _PARENTHESIS.sub("", name) if "(" in name or "[" in name else name
    name = (bare if bare.strip(_QUOTES) else name).strip(_QUOTES).strip(",;:").strip(_QUOTES)
    return name or None


def _split(text: str) -> list[str]:
    """The pieces of a list. A comma parts two people, or the two halves of "Lee, Ann"."""
    pieces, marks = _cut(text)
    semicolons = ";" in marks
    result: list[str] = []
    pending = ""
    for piece, mark in zip(pieces, marks, strict=True):
        pending = f"{pending}, {piece}" if pending else piece
        whole = mark != "," or "@" in pending or "/" in pending
        if not whole and not semicolons:
            whole = len(piece.split()) > 1 and "@" not in text
        if whole:
            result.append(pending)
            pending = ""
    if pending:
        result.append(pending)
    return result


def _cut(text: str) -> tuple[list[str], list[str]]:
    """Pieces between commas and semicolons outside quotes and brackets, and the mark after each."""
    pieces, marks, start = [], [], 0
    for found in _MARKS.finditer(text):
        if found[0] in (",", ";"):
            pieces.append(text[start : found.start()].strip())
            marks.append(found[0])
            start = found.end()
    pieces.append(text[start:].strip())
    marks.append("")
    return pieces, marks
