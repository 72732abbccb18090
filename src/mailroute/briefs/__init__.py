"""What a PM should know about a client. Pure: a `ClientBook` goes in, a `Brief` comes out.

SECTIONS (one function each, in reading order) -> lines -> people's notes on them -> what is new to the reader
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from mailroute.briefs.conflicts import conflicts
from mailroute.briefs.matters import open_matters, outcomes, projects
from mailroute.briefs.opinions import opinions
from mailroute.briefs.people import who_is_who
from mailroute.briefs.promises import promises
from mailroute.briefs.writing import writing
from mailroute.domain.brief import Brief, BriefLine, ClientBook, Seen, Verdict

SECTIONS: tuple[Callable[[ClientBook], Iterable[BriefLine]], ...] = (
    who_is_who,
    conflicts,
    open_matters,
    promises,
    projects,
    opinions,
    outcomes,
    writing,
)


def brief_of(book: ClientBook, *, since: Seen | None = None) -> Brief:
    """The brief of *book* for a reader who had the last one at *since* (None: never)."""
    said = {note.key: note for note in sorted(book.notes, key=lambda note: note.at)}
    lines = []
    for section in SECTIONS:
        for line in section(book):
            note = said.get(line.key)
            if note is not None and note.verdict is Verdict.WRONG and note.instead is None:
                continue
            lines.append(replace(line, note=note, fresh=since is not None and _is_new(line, since)))
    before = since.at if since else None
    return Brief(organisation=book.organisation, at=book.now, since=before, lines=tuple(lines))


def _is_new(line: BriefLine, since: Seen) -> bool:
    if line.line is not None:
        return line.line > since.line
    return line.at is not None and line.at > since.at
