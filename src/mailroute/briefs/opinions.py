"""What they praised and what they complained about, in their own words."""

from collections.abc import Iterator

from mailroute.domain.account import LineKind
from mailroute.domain.brief import BriefLine, ClientBook, Section

NEWEST = 6


def opinions(book: ClientBook) -> Iterator[BriefLine]:
    """The newest remarks, each in its category."""
    said = [line for line in book.lines if line.kind is LineKind.REMARK]
    for line in reversed(said[-NEWEST:]):
        yield BriefLine(
            section=Section.OPINIONS,
            code="remark",
            about=f"{line.id or line.at.isoformat()}",
            values={"category": line.key, "author": line.author.name or line.author.address or ""},
            words=line.words,
            at=line.at,
            ticket=line.ticket,
            line=line.id,
        )
