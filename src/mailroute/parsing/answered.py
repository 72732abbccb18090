"""Step 7: the mail that a reply answers, as far as its quote tells: whose it was, when, and what it said."""

from dataclasses import replace

from mailroute.domain.parsed import Forwarded, ParsedMail
from mailroute.parsing.attribution import Attribution, author_and_date, find_attribution
from mailroute.parsing.blocks import Announces, Block, find_block
from mailroute.parsing.forwarded import from_block
from mailroute.parsing.letter import Reading
from mailroute.parsing.lines import Line, trim, unquote
from mailroute.parsing.quotes import first_trace, split_quotes
from mailroute.parsing.subjects import bare
from mailroute.parsing.vocabulary import Label

# The mail that was answered and the one before it tell who stands where; of each, words enough to know it by.
_MOST_LEVELS = 1
_LONGEST_QUOTE = 20_000


def find_answered(mail: ParsedMail, _reading: Reading) -> ParsedMail:
    """The nearest quoted mail; those that it quotes itself stand in `inner`."""
    if mail.forwarded is not None or mail.body.quoted is None or mail.automatic is not None:
        return mail
    return replace(mail, answered=quoted_mail(mail.body.full, bare(mail.subject)))


def quoted_mail(text: str, subject: str, level: int = 0) -> Forwarded | None:
    """The first mail that *text* quotes; without a line that names its author only its words are known."""
    lines, first = first_trace(text, subject)
    for i in range(first, len(lines)):
        if lines[i].blank:
            continue
        if (block := find_block(lines, i, subject)) is not None:
            return _read(block, _quoted(lines, block.end, block.depth, block.depth), level)
        if (said := find_attribution(lines, i)) is not None and (depths := _depths(lines, said)) is not None:
            return _read(_as_block(said), _quoted(lines, said.end, *depths), level)
        if lines[i].depth:
            unnamed = Block(start=i, end=i, announces=Announces.NOTHING, depth=1)
            return _read(unnamed, _quoted(lines, i, 1, 1), level)
    return None


def _depths(lines: list[Line], said: Attribution) -> tuple[int, int] | None:
    """How deep the lines under an attribution are quoted at least, and how many marks come off them."""
    below = next((line for line in lines[said.end :] if not line.blank), None)
    if below is not None and below.depth > said.depth:
        return said.depth + 1, said.depth + 1
    return (said.depth, said.depth) if said.sure else None


def _quoted(lines: list[Line], start: int, depth: int, marks: int) -> str:
    """The quoted lines from *start* on, without answers between them."""
    kept: list[Line] = []
    size = 0
    for line in lines[start:]:
        size += len(line.raw) + 1
        if size > _LONGEST_QUOTE:
            break
        if line.blank or line.depth >= depth:
            kept.append(line)
    return trim(unquote(kept, marks))


def _as_block(said: Attribution) -> Block:
    author, dated = author_and_date(said)
    fields = {Label.FROM: author, Label.DATE: dated}
    return Block(start=said.start, end=said.end, announces=Announces.NOTHING, depth=said.depth, fields=fields)


def _read(block: Block, body: str, level: int) -> Forwarded:
    older = quoted_mail(body, "", level + 1) if level < _MOST_LEVELS else None
    return replace(from_block(block, split_quotes(body).fresh), inner=older)
