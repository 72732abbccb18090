"""What people do with client briefs outside of mail: read them, and say what is right."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from mailroute.briefs import brief_of
from mailroute.domain.brief import Brief, BriefNote, Verdict
from mailroute.domain.clock import Clock
from mailroute.domain.directory import Directory, Organisation
from mailroute.domain.errors import Misconfigured
from mailroute.domain.policy import Policy
from mailroute.services.client_book import book_of
from mailroute.services.process_mail import Directories
from mailroute.store import briefs
from mailroute.store.session import Connection, Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """What people do with briefs outside of mail. Safe to share between threads."""

    store: Store
    policy: Policy
    clock: Clock
    directories: Directories = field(default_factory=Directories)

    def brief(self, client: str, *, reader: str | None = None) -> Brief:
        """The brief of the client with this id or name; for a *reader* with what is new since their last one."""

        def made(connection: Connection, organisation: Organisation, directory: Directory) -> Brief:
            since = briefs.last_seen(connection, reader, organisation.id) if reader else None
            now = self.clock.now()
            book = book_of(connection, organisation, directory=directory, policy=self.policy, now=now)
            if reader:
                briefs.mark_seen(connection, reader, organisation.id, now)
            return brief_of(book, since=since)

        return self._with(client, made)

    def note(self, client: str, key: str, verdict: Verdict, *, by: str, instead: str | None = None) -> None:
        """Keep a person's word on the line called *key*.

        Raises:
            Misconfigured: the brief has no such line.
        """

        def kept(connection: Connection, organisation: Organisation, directory: Directory) -> None:
            now = self.clock.now()
            book = book_of(connection, organisation, directory=directory, policy=self.policy, now=now)
            known = {line.key for line in brief_of(book).lines}
            if key not in known:
                raise Misconfigured(f"the brief of {organisation.name} has no line {key}; --keys shows them")
            note = BriefNote(key=key, verdict=verdict, instead=instead, by=by, at=now)
            briefs.add_note(connection, organisation.id, note)

        self._with(client, kept)

    def withdraw(self, client: str, key: str) -> bool:
        """Take the last word on a line back; False when there was none."""
        return self._with(
            client, lambda connection, organisation, _: briefs.withdraw_note(connection, organisation.id, key)
        )

    def _with(self, client: str, use: Callable[[Connection, Organisation, Directory], T]) -> T:
        with self.store.write() as connection:
            directory = self.directories.current(connection)
            return use(connection, organisation_named(client, directory), directory)


def organisation_named(client: str, directory: Directory) -> Organisation:
    """The client with this id, name or mail domain, or the only one whose name holds it.

    Raises:
        Misconfigured: there is none, or more than one.
    """
    wanted = client.casefold()
    for one in directory.organisations:
        if wanted in {one.id.casefold(), one.name.casefold()} or wanted in one.domains:
            return one
    alike = [one for one in directory.organisations if wanted in one.name.casefold()]
    if len(alike) == 1:
        return alike[0]
    names = ", ".join(one.id for one in alike or directory.organisations)
    raise Misconfigured(f"which client is “{client}”? Known: {names or 'none; import a directory first'}")
