"""What people do with market feedback: look, name, merge, and tell back. Remarks come in by themselves."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailroute.domain.directory import Directory, Organisation
from mailroute.domain.errors import Misconfigured
from mailroute.domain.issue import FeedbackTheme
from mailroute.domain.market import Remark, Theme, ThemeCount
from mailroute.domain.outgoing import MailDraft
from mailroute.feedback.counting import counted, leading
from mailroute.feedback.grouping import Known, group, most_central
from mailroute.feedback.telling import told_back
from mailroute.services.desk import WritingDesk
from mailroute.store import themes
from mailroute.store.session import Connection

NAME_LENGTH = 70
"""Characters of a quote that name a theme until a person does."""
LOCK = "themes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Market(WritingDesk):
    """Safe to share between threads."""

    def counts(
        self, *, since: datetime, until: datetime, category: FeedbackTheme | None = None
    ) -> list[ThemeCount]:
        """Themes heard from *since* to *until* or in as long a time before, after sorting in what is new."""
        self.sort()
        with self.store.read() as connection:
            known = themes.all_themes(connection)
            said = themes.sorted_remarks(connection, since=since - (until - since), category=category)
        return counted(known, said, since=since, until=until)

    def sort(self) -> int:
        """Put remarks that belong nowhere to the theme that says the same, or to a new one; how many there were."""
        with self.store.write() as connection:
            self.store.lock(connection, LOCK)
            fresh = themes.unsorted(connection)
            for category in dict.fromkeys(remark.category for remark in fresh):
                _sort(connection, category, [one for one in fresh if one.category is category])
        return len(fresh)

    def rename(self, number: int, name: str, by: str) -> Theme:
        """Give a theme the name that people use; it keeps it whatever else is said."""
        if not name.strip():
            raise Misconfigured("a theme needs a name of one character at least")
        with self.store.write() as connection:
            theme = _theme(connection, number)
            themes.change(connection, theme.id, name=name.strip(), named_by=by)
            return _theme(connection, number)

    def merge(self, number: int, into: int) -> Theme:
        """Let a theme count under another one of the same category, now and later; the one that is left."""
        with self.store.write() as connection:
            self.store.lock(connection, LOCK)
            theme, target = _theme(connection, number), _theme(connection, into)
            target = leading({one.id: one for one in themes.all_themes(connection)}, target.id)
            if target.id == theme.id:
                raise Misconfigured(f"theme {number} cannot be merged into itself")
            if target.category is not theme.category:
                raise Misconfigured(f"theme {number} is {theme.category}, theme {into} is {target.category}")
            themes.change(connection, theme.id, merged_into=target.id)
            return target

    def part(self, number: int) -> Theme:
        """Take a merge back: the theme counts by itself again."""
        with self.store.write() as connection:
            themes.change(connection, _theme(connection, number).id, merged_into=None)
            return _theme(connection, number)

    def move(self, lines: Sequence[int], number: int) -> int:
        """Put single remarks to the theme where they belong; how many were moved."""
        with self.store.write() as connection:
            return themes.move(connection, lines, _theme(connection, number).id)

    def undo_done(self, number: int) -> Theme:
        """The theme is open again; mails that went out about it stay sent."""
        with self.store.write() as connection:
            themes.change(connection, _theme(connection, number).id, done_at=None)
            return _theme(connection, number)

    def done(self, number: int) -> list[str]:
        """Mark a theme as done and send each rep of an account that spoke of it a draft; the reps' ids.

        Accounts without a rep are the lead's. Doing it twice writes to nobody twice.
        """
        now = self.clock.now()
        with self.store.write() as connection:
            self.store.lock(connection, LOCK)
            theme = _theme(connection, number)
            themes.change(connection, theme.id, done_at=theme.done_at or now)
            directory = self.directories.current(connection)
            told = []
            for draft, rep in self._drafts(connection, theme, directory):
                if self.post(connection, draft, now) is not None:
                    told.append(rep)
        return told

    def _drafts(
        self, connection: Connection, theme: Theme, directory: Directory
    ) -> Iterator[tuple[MailDraft, str]]:
        by_rep: dict[str, list[tuple[Organisation, Remark]]] = defaultdict(list)
        known = {one.id: one for one in themes.all_themes(connection)}
        for under, remark in themes.sorted_remarks(connection, since=_EVER, category=theme.category):
            account = directory.organisations_by_id.get(remark.organisation or "")
            if account is None or leading(known, under).id != theme.id:
                continue
            rep = directory.staff_by_id.get(account.rep or "") or directory.lead
            if rep is not None:
                by_rep[rep.id].append((account, remark))
        for rep_id, said in sorted(by_rep.items()):
            yield told_back(theme, directory.staff_by_id[rep_id], said, self.policy.service), rep_id


def _sort(connection: Connection, category: FeedbackTheme, fresh: Sequence[Remark]) -> None:
    quotes: dict[int, list[str]] = {
        one.id: [] for one in themes.all_themes(connection) if one.category is category
    }
    for number, remark in themes.sorted_remarks(connection, since=_EVER, category=category):
        quotes[number].append(remark.quote)
    known = [Known(number, tuple(said)) for number, said in quotes.items() if said]
    grouped = group([remark.quote for remark in fresh], known)
    places = {fresh[place]: number for number, joined in grouped.joined.items() for place in joined}
    for members in grouped.founded:
        name = _short(most_central([fresh[place].quote for place in members]))
        number = themes.found(connection, category, name)
        places |= {fresh[place]: number for place in members}
    themes.put(connection, places)


def _short(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= NAME_LENGTH else flat[:NAME_LENGTH].rsplit(" ", 1)[0] + " …"


def _theme(connection: Connection, number: int) -> Theme:
    for theme in themes.all_themes(connection):
        if theme.id == number:
            return theme
    raise Misconfigured(f"there is no theme {number}; `mailroute feedback` lists them")


_EVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
