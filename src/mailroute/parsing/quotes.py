"""Step 6: what is new and what repeats earlier mail. When in doubt a line stays with the sender's own words."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from mailroute.domain.parsed import Body, ParsedMail
from mailroute.parsing.attribution import Attribution, find_attribution
from mailroute.parsing.blocks import Announces, Block, find_block
from mailroute.parsing.letter import Reading
from mailroute.parsing.lines import Line, lines_of, trim
from mailroute.parsing.subjects import bare


@dataclass(frozen=True, slots=True)
class Split:
    """A text in two: the lines that are new, in order, and the rest."""

    fresh: str
    quoted: str | None


def cut_quotes(mail: ParsedMail, _reading: Reading) -> ParsedMail:
    """The sender's new words apart from what is quoted under or between them; a forward is cut already."""
    if mail.body.fresh or (mail.forwarded is not None and mail.forwarded.by == "inline"):
        return mail
    split = split_quotes(mail.body.full, bare(mail.subject))
    return replace(mail, body=Body(full=mail.body.full, fresh=split.fresh, quoted=split.quoted))


@lru_cache(maxsize=4)
def first_trace(text: str, subject: str) -> tuple[list[Line], int]:
    """The lines of *text*, and the first that shows a trace of earlier mail: a quote mark, a header or its like.

    Asked twice for each mail, for forwards and for quotes; the lines are not to be changed.
    """
    lines = lines_of(text)
    for i, line in enumerate(lines):
        if line.depth or (not line.blank and (find_block(lines, i, subject) or find_attribution(lines, i))):
            return lines, i
    return lines, len(lines)


def split_quotes(text: str, subject: str = "") -> Split:
    """The new words of a reply, and what it quotes."""
    lines, i = first_trace(text, subject)
    fresh: list[str] = [line.raw for line in lines[:i]]
    quoted: list[str] = []
    while i < len(lines):
        line = lines[i]
        if line.blank:
            (quoted if line.depth else fresh).append(line.raw)
            i += 1
            continue
        if (said := find_attribution(lines, i)) is not None and (
            end := _quote_end(lines, said, fresh)
        ) is not None:
            quoted.extend(one.raw for one in lines[i:end])
            i = end
            continue
        if (block := find_block(lines, i, subject)) is not None and _is_quote(block):
            end = _block_end(lines, block)
            quoted.extend(one.raw for one in lines[i:end])
            i = end
            continue
        (quoted if line.depth or _is_wrapped(lines, i) else fresh).append(line.raw)
        i += 1
    words = trim("\n".join(fresh))
    return Split(re.sub(r"\n{3,}", "\n\n", words) if quoted else words, trim("\n".join(quoted)) or None)


def _is_wrapped(lines: list[Line], i: int) -> bool:
    """The rest of a long quoted line that a program broke, between two quoted lines."""
    if not 0 < i < len(lines) - 1 or len(lines[i].text) > 60:
        return False
    above, below = lines[i - 1], lines[i + 1]
    return above.depth > 0 and below.depth > 0 and len(above.raw) > 62


def _quote_end(lines: list[Line], said: Attribution, fresh: list[str]) -> int | None:
    """Where the words that an attribution announces end; None when nothing is quoted under it."""
    below = next((i for i in range(said.end, len(lines)) if not lines[i].blank), None)
    if below is None:
        return said.end if said.sure or said.depth else None
    if lines[below].depth > said.depth:
        return said.end
    if said.depth:
        return said.end
    if not said.sure:
        return None
    return len(lines) if any(text.strip() for text in fresh) or not _answers_below(lines, below) else said.end


def _answers_below(lines: list[Line], at: int) -> bool:
    return all(line.depth == 0 for line in lines[at:])


def _is_quote(block: Block) -> bool:
    return bool(block.fields) or block.announces is not Announces.NOTHING


def _block_end(lines: list[Line], block: Block) -> int:
    """An unmarked block quotes all that follows; a block behind ">" ends with the marks."""
    if block.depth == 0:
        return len(lines)
    return next(
        (i for i in range(block.end, len(lines)) if not lines[i].blank and lines[i].depth == 0), len(lines)
    )
