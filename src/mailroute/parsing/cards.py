"""Step 10: the sign-off read as a card: who signs, as what and for whom, and where they can be reached."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mailroute.domain.address import Mailbox, domain_of, local_part
from mailroute.domain.parsed import Forwarded, ParsedMail, SignatureCard
from mailroute.parsing import people
from mailroute.parsing.letter import CountryOf, Reading
from mailroute.parsing.phones import phones_in
from mailroute.parsing.signature import cut_signature, is_closing, is_mobile
from mailroute.parsing.signoffs import FOOTER

# More lines are no sign-off, but what companies put below it.
_MOST_LINES = 20
_LONGEST_PIECE = 60
_MOST_WORDS = 8
_LEVELS = 5

_LINK = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"'()\[\]|]{3,300}", re.IGNORECASE)
_LIST = re.compile(r"mailing list|listinfo|unsubscribe|groups\.google", re.IGNORECASE)
_LABEL = re.compile(r"^[^\W\d_][\w. -]{0,18}[:：]")
_NOT_TOLD = re.compile(
    r"[\d?!]|\.\w{3,4}$|^(?:e-?mail|mail|phone|mobile|tel|telefon|fax|web|office|direct)$", re.IGNORECASE
)
_PIECES = re.compile(r"\s+[|·•/–—]\s+|\s+-\s+|,\s+|[|·•]|(?<=\w)、")
_WORDS = re.compile(r"[^\W\d_]+")
_LEGAL_FORM = re.compile(
    r"(?<![\w.-])(?:gmbh|mbh|ag|kg|ohg|se|ug|e\.\s?v|ltd|limited|plc|llc|llp|inc|corp(?:oration)?|co|company|sas|sarl|eurl"
    r"|s\.?p\.?a|s\.?r\.?l|s\.?a|s\.?l|ltda|b\.?v|n\.?v|a/s|aps|asa|oyj?|ab|as"
    r"|sp\.? z o\.?\s?o|s\.?r\.?o|a\.s|d\.o\.o|kft|zrt"
    r"|ооо|оао|зао|тов|pty|group|gruppe|groupe|holding|university|universit\w+|institut\w*|bank|council)\.?(?!\w)"
    r"|株式会社|有限会社|有限公司|주식회사",
    re.IGNORECASE,
)
# Stems that the names of offices share across languages.
_OFFICE = re.compile(
    r"(?<!\w)(?:c[efot]o|vp|md|hr|qa)(?!\w)|manag|direc|direk|direto|dyrek|engineer|ing[eé]ni|inżyn|chief|officer"
    r"|assist|anal[iyí]s|consult|berat|speciali|techni|técni|tecni|leit(?:er|ung)|lead|head|sales|verkauf|vertrieb"
    r"|purchas|einkauf|einkäuf|achet|buyer|account|buchhalt|compta|contab|support|secret|sekret|presid|founder|owner"
    r"|partner|inhaber|führ(?:er|ung)|respons|gérant|gerente|jefe|chef|capo|administr|c[o]?oordin|koordin|archite"
    r"|develop|entwickl|supervis|operat|logist|qualit|market|projekt|project|planner|meister|kierown|prokur|referent"
    r"|начальн|менедж|директор|инженер|部長|課長|係長|社長|主任|マネージャ|经理|主管|總監|总监|과장|부장|팀장|대리",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some words of the sign-off between two marks, and the number of their line."""

    text: str
    line: int


def read_cards(mail: ParsedMail, reading: Reading) -> ParsedMail:
    """The card of the writer, and of the one who wrote the innermost message passed on."""
    forwarded = None if mail.forwarded is None else _with_card(mail.forwarded, reading, _LEVELS)
    card = None
    if mail.body.signature is not None:
        card = card_in(mail.body.full, mail.body.signature, mail.sender, reading.country_of)
    return mail if card is None and forwarded is None else replace(mail, card=card, forwarded=forwarded)


def _with_card(passed: Forwarded, reading: Reading, levels: int) -> Forwarded:
    if passed.inner is not None:
        return replace(passed, inner=_with_card(passed.inner, reading, levels - 1)) if levels else passed
    _, block = cut_signature(passed.body, passed.sender.name)
    if block is None:
        return replace(passed, card=None)
    return replace(passed, card=card_in(passed.body, block, passed.sender, reading.country_of))


def card_in(
    text: str, block: str, writer: Mailbox | None, country_of: CountryOf | None = None
) -> SignatureCard | None:
    """What the sign-off *block* of *text* says of *writer*; None when it tells no name and no way to be reached."""
    at = _place(text, block)
    if at is None:
        return None
    lines = _card_lines(text[at:].split("\n")[: block.count("\n") + 1])
    if not lines:
        return None
    end = at + sum(len(line) + 1 for line in lines) - 1
    shown = text[at:end].rstrip()
    name, role, organisation = _who([line.strip() for line in lines], writer)
    # What a device adds below advertises it, and says nothing of the writer.
    own = "\n".join(line for line in shown.split("\n") if not is_mobile(line))
    addresses = tuple(
        dict.fromkeys(one.strip(".'*_") for one in people.ADDRESS.findall(own.replace("mailto:", " ")))
    )
    address = writer.address if writer else None
    home = country_of(address) if country_of and address else None
    phones = phones_in(own, address, home)
    links = tuple(dict.fromkeys(one.rstrip(".,;*_") for one in _LINK.findall(own)))
    if not (name or phones or addresses or links):
        return None
    return SignatureCard(
        name=name,
        role=role,
        organisation=organisation,
        phones=phones,
        addresses=addresses,
        links=links,
        start=at,
        end=at + len(shown),
    )


def _place(text: str, block: str) -> int | None:
    """Where the lines of *block* stand in *text*, whose lines may have white space at their ends."""
    wanted = block.split("\n")
    lines = text.split("\n")
    for i in range(len(lines) - len(wanted), -1, -1):
        if lines[i].strip() == wanted[0].strip() and all(
            have.rstrip() == want
            for have, want in zip(lines[i + 1 : i + len(wanted)], wanted[1:], strict=True)
        ):
            start = sum(len(line) + 1 for line in lines[:i])
            return start + len(lines[i]) - len(lines[i].lstrip())
    return None


def _card_lines(lines: list[str]) -> list[str]:
    """The lines up to a legal text or the footer of a mailing list."""
    stop = next((i for i, line in enumerate(lines) if _is_footer(line)), len(lines))
    return lines[: min(stop, _MOST_LINES)]


def _is_footer(line: str) -> bool:
    return bool(FOOTER.match(line[:200].lstrip('*_[( "'))) or bool(_LIST.search(line[:200]))


def _who(lines: list[str], writer: Mailbox | None) -> tuple[str | None, str | None, str | None]:
    """Name, role and organisation."""
    pieces = list(_pieces(lines))
    at = _name_at(pieces, writer)
    if at is None:
        return None, None, next((p.text for p in pieces if _is_organisation(p.text, writer)), None)
    rest = pieces[at + 1 :]
    named = [p.text for p in rest if _is_organisation(p.text, writer)]
    organisation = named[0] if named else None
    open_pieces = [p for p in rest if p.text != organisation]
    role = next((p.text for p in open_pieces if p.text not in named and _OFFICE.search(p.text)), None)
    first = rest[0] if rest else None
    if (
        role is None
        and named
        and first is not None
        and first.text != organisation
        and first.line <= pieces[at].line + 1
    ):
        role = first.text
    if organisation is None and role is not None:
        after = open_pieces[[p.text for p in open_pieces].index(role) + 1 :]
        organisation = next(
            (p.text for p in after[:1] if p.text[:1].isupper() and not _OFFICE.search(p.text)), None
        )
    return pieces[at].text, role, organisation


def _pieces(lines: list[str]) -> Iterator[_Piece]:
    for number, line in enumerate(lines):
        if is_closing(line) or is_mobile(line) or not _WORDS.search(line):
            continue
        bare = _LINK.sub(" ", people.ADDRESS.sub(" ", line) if "@" in line else line)
        for text in _PIECES.split(bare):
            piece = text.strip(" \t,.;:*_<>()[]|/~-–—")
            letters = len(_WORDS.findall(piece))
            if letters and letters <= _MOST_WORDS and len(piece) <= _LONGEST_PIECE and not _is_contact(piece):
                yield _Piece(piece, number)


def _is_contact(piece: str) -> bool:
    """Whether the words are a number, a street, the label of one or an advertisement."""
    return bool(_NOT_TOLD.search(piece)) or bool(_LABEL.match(piece)) or is_closing(piece)


def _name_at(pieces: list[_Piece], writer: Mailbox | None) -> int | None:
    """The piece that has a word of the writer's name or address; else the first, when it looks like a name."""
    known = _name_words(writer)
    for i, piece in enumerate(pieces[:6]):
        found = _WORDS.findall(piece.text.casefold())
        if (
            known & {w for w in found if len(w) > 1}
            and len(found) <= 5
            and not _LEGAL_FORM.search(piece.text)
        ):
            return i
    first = pieces[0].text if pieces else ""
    words = first.split()
    looks = (
        1 < len(words) <= 4 and all(w[:1].isupper() for w in words if len(w) > 3) and words[0][:1].isupper()
    )
    return 0 if looks and not _LEGAL_FORM.search(first) and not _OFFICE.search(first) else None


def _name_words(writer: Mailbox | None) -> set[str]:
    if writer is None:
        return set()
    text = (writer.name or local_part(writer.address or "")).casefold()
    return {word for word in _WORDS.findall(text) if len(word) > 1}


def _is_organisation(piece: str, writer: Mailbox | None) -> bool:
    """By its legal form, or because the writer's mail domain is made of the same words."""
    if _LEGAL_FORM.search(piece):
        return True
    label = re.sub(r"\W", "", domain_of((writer.address if writer else None) or "").rpartition(".")[0])
    words = [w for w in _WORDS.findall(piece.casefold()) if len(w) > 2]
    return (
        bool(words)
        and bool(label)
        and (any(len(w) > 3 and w in label for w in words) or "".join(words) in label)
    )
