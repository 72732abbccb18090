"""Sections about the house, for the lead: books, loads, how often clients explained once, what people put right."""

from collections.abc import Iterator

from mailroute.domain.digest import Desk, DigestLine, Section
from mailroute.domain.ticket import Move

MOST_THEMES = 5


def books(desk: Desk) -> Iterator[DigestLine]:
    """Every message received is accounted for, or it is said here; what waits for a person's word."""
    house = desk.house
    if not house.books_close:
        yield DigestLine(
            section=Section.BOOKS, code="books-open", values={"received": str(house.received)}, late=True
        )
    for code, count in (
        ("held", house.held),
        ("quarantined", house.quarantined),
        ("perhaps-sent", house.perhaps_sent),
    ):
        if count:
            yield DigestLine(section=Section.BOOKS, code=code, values={"count": str(count)})
    if house.books_close and house.received:
        values = {"received": str(house.received), "waiting": str(house.waiting) if house.waiting else ""}
        yield DigestLine(section=Section.BOOKS, code="books-closed", values=values)


def unrouted(desk: Desk) -> Iterator[DigestLine]:
    """Tickets that nobody has, and those that are the lead's because no rule fitted."""
    for one in desk.matters:
        ticket = one.ticket
        mine = ticket.pm == desk.reader.id and ticket.routing.rule == "triage-lead"
        if ticket.pm is None or mine:
            yield DigestLine(
                section=Section.UNROUTED,
                code="unrouted" if ticket.whose_move is Move.NOBODY else "triage",
                values={
                    "title": ticket.title,
                    "client": ticket.requester.name or ticket.requester.address or "",
                },
                ticket=ticket.ref,
                commands=("/assign NAME",),
            )


def loads(desk: Desk) -> Iterator[DigestLine]:
    """Open and late tickets of each."""
    for load in sorted(desk.house.loads, key=lambda one: (-one.late, -one.open)):
        staff = desk.directory.staff_by_id.get(load.staff)
        values = {
            "name": staff.name if staff else load.staff,
            "open": str(load.open),
            "late": str(load.late) if load.late else "",
        }
        yield DigestLine(section=Section.LOADS, code="load", values=values, late=load.late > 0)


def explained(desk: Desk) -> Iterator[DigestLine]:
    """How often a client explained the problem only once: what the house is for."""
    house = desk.house
    if house.explained_rate is None:
        return
    yield DigestLine(
        section=Section.EXPLAINED,
        code="explained",
        values={
            "rate": f"{house.explained_rate:.0%}",
            "mails": f"{house.mails_needed:.1f}" if house.mails_needed is not None else "",
            "twice": str(house.asked_twice) if house.asked_twice else "",
        },
        late=house.asked_twice > 0,
    )


def learning(desk: Desk) -> Iterator[DigestLine]:
    """What people had to put right, as a share of the cards that were read."""
    house = desk.house
    for field, count in sorted(house.corrections.items(), key=lambda pair: -pair[1]):
        right = f"{1 - count / house.cards:.0%}" if house.cards else ""
        yield DigestLine(
            section=Section.LEARNING,
            code="corrected",
            values={"field": field, "count": str(count), "right": right},
        )


def market(desk: Desk) -> Iterator[DigestLine]:
    """The themes of most accounts in the last month."""
    for count in desk.house.themes[:MOST_THEMES]:
        change = "" if count.few or not count.change else f"{count.change:+d}"
        yield DigestLine(
            section=Section.MARKET,
            code="theme",
            values={
                "name": count.theme.name,
                "category": str(count.theme.category),
                "accounts": str(count.now),
                "change": change,
            },
            words=count.remarks[0].quote if count.remarks else None,
        )
