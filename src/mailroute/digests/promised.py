"""The section about promises of both sides: kept since the last digest, late, and open with their day."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from mailroute.digests.matters import cut, of_clients, values_of
from mailroute.domain.digest import Desk, DigestLine, Matter, Promised, Section


def promised(desk: Desk) -> Iterator[DigestLine]:
    """Late ones first, then those that come due, then what was kept; what stands under late or due is left out."""
    found = [
        (one, matter)
        for matter in of_clients(desk)
        for one in matter.promised
        if not _is_told(one, matter) and (one.kept_at is None or one.kept_at > desk.since)
    ]
    lines = [_line(desk, one, matter) for one, matter in sorted(found, key=lambda pair: _order(pair[0]))]
    yield from cut(Section.PROMISES, lines)


def _order(one: Promised) -> tuple[bool, str]:
    return one.kept_at is not None, one.due.isoformat() if one.due else "~"


def _is_told(one: Promised, matter: Matter) -> bool:
    """Whether it is the first thing that we owe there: then it stands under late or due."""
    return one.ours and one.kept_at is None and bool(matter.owed) and matter.owed[0].words == one.words


def _line(desk: Desk, one: Promised, matter: Matter) -> DigestLine:
    zone = ZoneInfo(desk.timezone)
    kept = one.kept_at.astimezone(zone).date() if one.kept_at else None
    late = one.due is not None and one.due < (kept or desk.now.astimezone(zone).date())
    state = "kept" if kept else "open"
    return DigestLine(
        section=Section.PROMISES,
        code=f"promise-{state}-late" if late else f"promise-{state}",
        values=values_of(desk, matter.ticket)
        | {
            "author": one.author,
            "due": one.due.isoformat() if one.due else "",
            "kept": kept.isoformat() if kept else "",
            "evidence": one.evidence or "",
        },
        ticket=matter.ticket.ref,
        words=one.words,
        late=late and kept is None,
        commands=() if kept else ("/note ...", "/close"),
    )
