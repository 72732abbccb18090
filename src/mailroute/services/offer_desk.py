"""Texts offered for silent clients, outside of mail: shown, and settled by a word, as an answer to the mail would."""

from dataclasses import dataclass, replace
from datetime import datetime

from mailroute.domain.decisions import Change
from mailroute.domain.directory import Staff
from mailroute.domain.errors import Misconfigured
from mailroute.domain.followups import Offer
from mailroute.domain.ticket import Audience, Role, Ticket, TicketMessage, TicketRef, Via
from mailroute.followups.stall import OVERTAKEN, offers, open_question
from mailroute.services.apply import write_change
from mailroute.services.desk import WritingDesk
from mailroute.services.offers_settled import Answer, Settled, settle
from mailroute.store import messages
from mailroute.store.session import Connection
from mailroute.tickets.actions import How
from mailroute.tickets.chasing import House
from mailroute.tickets.commands import Result
from mailroute.tickets.commands_arguments import find_staff
from mailroute.tickets.letters import mailbox_of


def latest_offer(connection: Connection, ticket: Ticket) -> Offer | None:
    """The text offered last on a ticket, with what has become of it; None when none was."""
    events = messages.events(connection, ticket.ref)
    made = offers(ticket, events)
    if not made:
        return None
    question = open_question(ticket, events)
    if made[-1].settled is None and (question is None or question.at > made[-1].at):
        return replace(made[-1], settled=OVERTAKEN)
    return made[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDesk(WritingDesk):
    """Safe to share between threads."""

    def answer(self, ref: TicketRef, actor: str, words: str, how: How) -> Result:
        """Settle the text offered last on a ticket in the name of *actor*: `send`, `later 3d`, `no` or own words.

        Raises:
            Misconfigured: no such ticket or member of staff, or nothing was offered.
            TryLater: the store was busy; nothing has been done.
        """
        now = self.clock.now()
        with self.store.write() as connection:
            directory = self.directories.current(connection)
            staff = find_staff(actor, directory.staff, actor=None)
            if isinstance(staff, str):
                raise Misconfigured(staff)
            ticket = self.locked_ticket(connection, ref)
            offer = latest_offer(connection, ticket)
            if offer is None:
                raise Misconfigured(
                    f"no text has been offered on {ref}; `mailroute stalls` tells what comes next"
                )
            answer = Answer(
                offer=offer,
                said=_said(staff, words, now),
                ticket=ticket,
                staff=staff,
                thread=messages.thread(connection, [ref]).get(ref, ()),
                house=House(directory, self.policy.service),
                policy=self.policy,
                now=now,
                how=str(how),
            )
            settled = settle(answer)
            if settled is None:
                why = "say send, later 3d or no, or begin a text of your own with a greeting"
                return Result(words, done=False, words=why)
            if settled.done:
                self._write(connection, ticket, settled, now)
        return Result(words, done=settled.done, words=settled.words)

    def _write(self, connection: Connection, ticket: Ticket, settled: Settled, now: datetime) -> None:
        said = (settled.message,) if settled.message.audience is Audience.PUBLIC else ()
        after = replace(ticket, updated_at=now)
        change = Change(before=ticket, after=after, events=settled.events, messages=said)
        write_change(connection, change, self.policy)
        for draft in settled.letters:
            self.post(connection, draft, now)


def _said(staff: Staff, words: str, now: datetime) -> TicketMessage:
    return TicketMessage(
        entry=None,
        source=None,
        author=mailbox_of(staff),
        role=Role(staff.role),
        via=Via.DIRECT,
        audience=Audience.INTERNAL,
        at=now,
        message_id=None,
        text=words,
    )
