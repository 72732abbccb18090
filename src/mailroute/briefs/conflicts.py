"""What cannot both be true."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from mailroute.briefs.people import people_of
from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.brief import BriefLine, ClientBook, Section
from mailroute.domain.ticket import Role, TicketRef


def conflicts(book: ClientBook) -> Iterator[BriefLine]:
    """Job titles of one person, and values of one fact on one ticket, that cannot both be true."""
    for person in people_of(book).values():
        titles = list({title.casefold(): (title, at, ref) for title, at, ref in person.titles}.values())
        if len(titles) > 1:
            yield _conflict(person.name, [(title, at) for title, at, _ in titles], titles[-1][2])
    for (ref, key), told in _values(book.lines).items():
        if len(told) > 1:
            yield _conflict(f"{ref}, {key}", [(line.value, line.at) for line in told.values()], ref)


UNIQUE = frozenset({"serial", "version", "contract"})
"""Facts of which a matter has one: two values are a contradiction, or two machines."""


def _values(lines: Iterable[AccountLine]) -> dict[tuple[TicketRef, str], dict[str, AccountLine]]:
    found: dict[tuple[TicketRef, str], dict[str, AccountLine]] = defaultdict(dict)
    for line in lines:
        if (
            line.kind in {LineKind.FACT, LineKind.REFERENCE}
            and line.key in UNIQUE
            and line.role is Role.CLIENT
        ):
            found[line.ticket, line.key][re.sub(r"\W", "", line.value).casefold()] = line
    return found


def _conflict(what: str, values: list[tuple[str, datetime | None]], ref: TicketRef | None) -> BriefLine:
    dated = [f"{value} ({at:%Y-%m-%d})" if at else value for value, at in values]
    known = [at for _, at in values if at]
    return BriefLine(
        section=Section.CONFLICTS,
        code="conflict",
        about=what,
        values={"what": what, "values": " / ".join(dated)},
        at=max(known) if known else None,
        ticket=ref,
    )
