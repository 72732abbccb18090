"""What people do to tickets outside of mail, on the command line or the page.

The same commands with the same meaning as in a mail (`tickets.commands.COMMANDS`); each in a transaction of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mailroute.directory.lookup import organisation_of
from mailroute.domain.directory import Directory, Staff
from mailroute.domain.errors import Misconfigured, TryLater
from mailroute.domain.ticket import Ticket, TicketRef
from mailroute.routing.decide import present
from mailroute.services.apply import write_change
from mailroute.services.desk import WritingDesk
from mailroute.services.gather import team_members
from mailroute.services.gather_commands import matters_of
from mailroute.services.handing_off import whole
from mailroute.services.process_mail import TRIES
from mailroute.services.rerouting import Rerouting
from mailroute.services.whole_account import with_what_came_before
from mailroute.store import directory as directory_rows
from mailroute.store import lessons, messages, tickets
from mailroute.store.session import Connection
from mailroute.tickets.actions import How, Scene
from mailroute.tickets.actions_letters import letters_of
from mailroute.tickets.actions_undo import undo
from mailroute.tickets.commands import (
    Carried,
    CommandLine,
    Result,
    carried_once,
    carry_out,
    named_tickets,
    read_commands,
)
from mailroute.tickets.commands_arguments import find_staff

UNDO = "undo"
REROUTES = frozenset({"requester"})
"""Commands, and fields of `/correct`, by which a ticket may become another client's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketActions(WritingDesk):
    """Safe to share between threads."""

    def act(self, ref: TicketRef, actor: str, actions: Sequence[str], how: How) -> list[Result]:
        """Do *actions* (`/assign kai`, ...) to a ticket in the name of *actor*, one after the other.

        Raises:
            Misconfigured: there is no such ticket or member of staff, or an action is no command line.
            TryLater: the store was busy; what has a result so far is done.
        """
        lines = [self._read(action) for action in actions]
        return [self._settle(ref, actor, line, how) for line in lines]

    def undo(self, ref: TicketRef, actor: str, how: How) -> Result:
        """Take back the last change of a ticket, by a new event."""
        return self._settle(ref, actor, CommandLine(UNDO, ""), how)

    def _read(self, action: str) -> CommandLine:
        written = action.strip()
        lines, below = read_commands(written if written.startswith("/") else f"/{written}")
        if len(lines) != 1 or below.strip():
            raise Misconfigured(f"“{action}” is no command: write one such as /assign NAME; /help lists them")
        return lines[0]

    def _settle(self, ref: TicketRef, actor: str, line: CommandLine, how: How) -> Result:
        for tries_left in reversed(range(TRIES)):
            try:
                return self._settle_once(ref, actor, line, how)
            except TryLater:
                if not tries_left:
                    raise
        raise AssertionError("the last try returns or raises")

    def _settle_once(self, ref: TicketRef, actor: str, line: CommandLine, how: How) -> Result:
        now = self.clock.now()
        with self.store.write() as connection:
            directory = self.directories.current(connection)
            staff = _staff(actor, directory)
            ticket = self.locked_ticket(connection, ref)
            scene = self._scene(connection, ticket, staff, line, how, directory, now)
            if line.name == UNDO:
                carried = carried_once(scene, line, undo(scene, messages.events(connection, ref)))
            else:
                carried = carry_out(scene, [line])
            self._write(connection, scene, carried)
        return carried.results[0]

    def _scene(
        self,
        connection: Connection,
        ticket: Ticket,
        actor: Staff,
        line: CommandLine,
        how: How,
        directory: Directory,
        now: datetime,
    ) -> Scene:
        others = {*named_tickets([line]), *(link.ref for link in ticket.links)} - {ticket.ref}
        return Scene(
            ticket=ticket,
            actor=actor,
            how=how,
            now=now,
            directory=directory,
            policy=self.policy,
            next_ref=tickets.next_ref(connection),
            lookup=organisation_of,
            present=present,
            reroute=Rerouting(
                directory=directory,
                policy=self.policy,
                now=now,
                said={ticket.ref: messages.messages(connection, ticket.ref)},
                open_counts=tickets.open_counts(connection),
                last_assigned=lessons.last_assigned(connection, team_members(directory)),
            )
            if REROUTES & {line.name, line.argument.partition("=")[0].strip()}
            else None,
            others=tickets.get_many(connection, others)
            | {one.ref: one for one in matters_of(connection, ticket, now) if line.name == "accept"},
            line=str(line),
        )

    def _write(self, connection: Connection, scene: Scene, carried: Carried) -> None:
        for change in carried.changes:
            write_change(connection, change, self.policy)
        if carried.projects:
            directory_rows.put_projects(connection, carried.projects)
        if not carried.told:
            return
        said = messages.messages(connection, scene.ticket.ref)
        occasion = f"{scene.how.replace(' ', '-')}-{scene.now:%Y%m%dT%H%M%S%f}"
        mine = carried.change_of(scene.ticket.ref)
        after = mine.after if mine is not None else scene.ticket
        for draft in letters_of(carried, scene, said, occasion=occasion):
            full = with_what_came_before(connection, draft, after, scene.directory)
            self.post(connection, whole(full, after, scene.directory, self.policy), scene.now)


def _staff(name: str, directory: Directory) -> Staff:
    found = find_staff(name, directory.staff, actor=None)
    if isinstance(found, str):
        raise Misconfigured(found)
    return found
