"""One mail a person, from the same facts for both departments. Pure: a `Desk` goes in, a `Digest` comes out.

VIEWS (sections in reading order, one function each) -> lines; schedule: when who gets one; wording: how a line is said
"""

from collections.abc import Callable, Iterable, Mapping

from mailroute.digests.house import books, explained, learning, loads, market, unrouted
from mailroute.digests.matters import (
    at_risk,
    done,
    due,
    hand_offs,
    late,
    my_move,
    new,
    praised,
    questions,
    stalled,
)
from mailroute.digests.promised import promised
from mailroute.domain.digest import Desk, Digest, DigestLine, Section, View

Part = Callable[[Desk], Iterable[DigestLine]]

VIEWS: Mapping[View, tuple[Part, ...]] = {
    View.REP: (late, stalled, promised, at_risk, hand_offs, new, praised),
    View.PM: (late, hand_offs, due, promised, my_move, done, questions, new),
    View.LEAD: (books, unrouted, late, at_risk, hand_offs, loads, explained, learning, market),
    View.AGENDA: (late, promised, at_risk, stalled, hand_offs, due, praised),
}


BESIDE = frozenset({Section.PROMISES})
"""Sections about something on a ticket, and not the ticket itself: they stand beside the others."""


def digest_of(desk: Desk) -> Digest:
    """The digest of *desk*. A ticket that stands under one heading is not told again under the next."""
    lines: list[DigestLine] = []
    for part in VIEWS[desk.view]:
        seen = {line.ticket for line in lines if line.ticket is not None and line.section not in BESIDE}
        lines += [line for line in part(desk) if line.section in BESIDE or line.ticket not in seen]
    return Digest(reader=desk.reader, view=desk.view, at=desk.now, lines=tuple(lines))
