"""Whose work a ticket is when it turns out to be another client's: the same rules as for a new one, from its card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from mailroute.domain.decisions import Identity
from mailroute.domain.directory import Directory
from mailroute.domain.learned import LearnedModel
from mailroute.domain.policy import Policy
from mailroute.domain.ticket import Role, Ticket, TicketMessage, TicketRef, Via
from mailroute.routing.case import Case
from mailroute.routing.decide import route
from mailroute.routing.projects import find_project
from mailroute.tickets.actions import Routed


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerouting:
    """Asks the rules about a ticket that is here; called with the ticket as its new requester makes it."""

    directory: Directory
    policy: Policy
    now: datetime
    said: Mapping[TicketRef, Sequence[TicketMessage]] = field(default_factory=dict)
    open_counts: Mapping[str, int] = field(default_factory=dict)
    last_assigned: Mapping[str, datetime] = field(default_factory=dict)
    learned: LearnedModel | None = None

    def __call__(self, ticket: Ticket) -> Routed:
        """The decision, and the project that the client's words name, with its rep."""
        organisation = self.directory.organisations_by_id.get(ticket.organisation or "")
        theirs = (m.text for m in self.said.get(ticket.ref, ()) if not m.role.is_staff)
        words = "\n".join((ticket.title, *theirs))
        named = find_project(ticket.issue, words, organisation, self.directory)
        client = self.directory.clients_by_address.get(ticket.requester.key or "")
        known = client is not None or organisation is not None
        identity = Identity(
            role=Role.CLIENT if known else Role.STRANGER,
            author=ticket.requester,
            requester=ticket.requester,
            via=Via.DIRECT,
            client=client.name if client else None,
            organisation=ticket.organisation,
            rep=organisation.rep if organisation else None,
        )
        case = Case(
            issue=ticket.issue,
            words=words,
            identity=identity,
            organisation=organisation,
            named=named,
            directory=self.directory,
            today=self.now.astimezone(ZoneInfo(self.policy.service.timezone)).date(),
            open_counts=self.open_counts,
            last_assigned=self.last_assigned,
            recent=self.policy.routing.previous_handler,
            learned=self.learned,
            learned_threshold=self.policy.routing.learned_threshold,
        )
        project = named.project if named else None
        rep = (project.rep if project else None) or identity.rep
        return Routed(route(case), project.key if project else None, rep)
