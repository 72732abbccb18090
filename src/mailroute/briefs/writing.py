"""How and when they write: only what their mails show, nothing of what they are like."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from statistics import median
from zoneinfo import ZoneInfo

from mailroute.domain.account import LineKind
from mailroute.domain.brief import BriefLine, ClientBook, Section
from mailroute.domain.issue import Sentiment
from mailroute.domain.ticket import Role, TicketMessage

ENOUGH = 3
"""Mails below which a habit is none."""
SHORT, LONG = 40, 160
"""Words of a mail."""
LATELY = timedelta(days=30)
_FORMAL = re.compile(
    r"\A\W*(?:dear (?:sir|madam|mr|mrs|ms|dr|all)|sehr geehrte|madame|monsieur)|\b(?:yours (?:faithfully|sincerely)"
    r"|mit freundlichen grüßen|veuillez agréer)",
    re.IGNORECASE,
)
_RELAXED = re.compile(
    r"\A\W*(?:hi|hey|hallo|moin|salut|morning)\b|\b(?:cheers|lg|vg|à plus)\W*\Z", re.IGNORECASE
)


def writing(book: ClientBook) -> Iterator[BriefLine]:
    """Language, length, form, mood of late, and the hours in which they write."""
    said = [one for one in book.messages if one.role is Role.CLIENT and one.text.strip()]
    newest = said[-1].at if said else None
    if language := _language(book):
        yield BriefLine(
            section=Section.WRITING,
            code="language",
            about="language",
            values={"language": language},
            at=newest,
        )
    if len(said) >= ENOUGH:
        yield BriefLine(section=Section.WRITING, code=_length(said), about="length", at=newest)
        if (form := _form(said)) is not None:
            yield BriefLine(section=Section.WRITING, code=form, about="form", at=newest)
        yield from _hours(book, said)
    yield from _mood(book)


def _language(book: ClientBook) -> str | None:
    seen = Counter(ticket.issue.language for ticket in book.tickets if ticket.issue.language)
    return seen.most_common(1)[0][0] if seen else None


def _length(said: Sequence[TicketMessage]) -> str:
    words = median(len(one.text.split()) for one in said)
    return "short" if words < SHORT else "long" if words > LONG else "middling"


def _form(said: Sequence[TicketMessage]) -> str | None:
    formal = sum(bool(_FORMAL.search(one.text)) for one in said)
    relaxed = sum(bool(_RELAXED.search(one.text)) for one in said)
    if formal * 2 > len(said):
        return "formal"
    return "relaxed" if relaxed * 2 > len(said) else None


def _hours(book: ClientBook, said: Sequence[TicketMessage]) -> Iterator[BriefLine]:
    """The hours from the first to the last quarter of their mails, in our zone."""
    zone = ZoneInfo(book.timezone)
    hours = sorted(one.at.astimezone(zone).hour for one in said)
    early, late = hours[len(hours) // 4], hours[(3 * len(hours)) // 4]
    yield BriefLine(
        section=Section.WRITING,
        code="hours",
        about="hours",
        values={"from": f"{early}:00", "to": f"{min(late + 1, 24)}:00", "mails": str(len(said))},
        at=said[-1].at,
    )


def _mood(book: ClientBook) -> Iterator[BriefLine]:
    """Whether there was anger of late, with the words."""
    lately = [
        line
        for line in book.lines
        if line.kind is LineKind.MOOD and line.role is Role.CLIENT and line.at >= book.now - LATELY
    ]
    for mood in (Sentiment.ANGRY, Sentiment.FRUSTRATED, Sentiment.PLEASED):
        of_it = [line for line in lately if line.value == mood]
        if of_it:
            line = of_it[-1]
            yield BriefLine(
                section=Section.WRITING,
                code=f"mood-{mood}",
                about=str(mood),
                values={"times": str(len(of_it)), "of": str(len(lately)), "author": line.author.name or ""},
                words=line.words,
                at=line.at,
                ticket=line.ticket,
                line=line.id,
            )
