"""What people do to a ticket, whoever asks and by whatever way: the values that every action takes and gives.

An action is a pure function `(Scene, argument) -> Done | NotDone`; `commands.COMMANDS` lists them all. Each change is
an event that says who, how and why, with the values before and after: that is what `actions_undo` goes by.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from mailroute.domain.address import Mailbox
from mailroute.domain.directory import Directory, Organisation, Project, Staff
from mailroute.domain.issue import Issue
from mailroute.domain.policy import Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import (
    Link,
    LinkKind,
    Move,
    Participant,
    Role,
    Routing,
    Status,
    Ticket,
    TicketEvent,
    TicketRef,
)
from mailroute.tickets.card import CARD
from mailroute.tickets.letters import mailbox_of

Lookup = Callable[[Mailbox, Directory], Organisation | None]
"""`directory.lookup.organisation_of`."""

Present = Callable[[str, Directory, date], tuple[str, tuple[Reason, ...]]]
"""`routing.decide.present`: who does somebody's work today."""


class How(StrEnum):
    """By which way somebody acted."""

    MAIL = "mail"
    COMMAND_LINE = "command line"
    PAGE = "page"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Routed:
    """What the rules say of a ticket that is here."""

    routing: Routing
    project: str | None
    """Key of the project that the client's words name."""
    rep: str | None
    """Of that project, else of the client's organisation."""


Reroute = Callable[[Ticket], Routed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that an action may look at: facts, never handles."""

    ticket: Ticket
    actor: Staff
    how: How
    now: datetime
    directory: Directory
    policy: Policy
    next_ref: TicketRef
    lookup: Lookup
    present: Present
    reroute: Reroute | None = None
    """Asks the rules whose work the ticket is, as it is then; None where nobody is to be chosen anew."""
    others: Mapping[TicketRef, Ticket] = field(default_factory=dict)
    """Tickets that the commands name."""
    marked: bool = True
    """Whether the actor has shown a mark that only staff can know: mail from the right domain alone has not."""
    line: str = ""
    """The command as written, for the history."""
    below: str = ""
    """The words under the commands."""
    issue: Issue = field(default_factory=Issue)
    """Read from those words."""
    history: tuple[TicketEvent, ...] = ()
    """Of the ticket, for who takes something back."""


class LetterKind(StrEnum):
    """Mails that an action causes; all of them stay inside."""

    ACCOUNT = "ticket-assigned"
    RECEIPT = "ticket-received"
    WORD = "note"
    OFFER = "handoff-offer"
    ACCEPTED = "handoff-accepted"
    RETURNED = "handoff-returned"


@dataclass(frozen=True, slots=True)
class Told:
    """One of us who must hear of it."""

    ref: TicketRef
    staff: str
    kind: LetterKind
    words: str = ""
    news: bool = False
    """Whether the words tell no more than the ticket shows anyway to whoever gets the account of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What an action did."""

    words: str
    """For the person who asked."""
    ticket: Ticket
    events: tuple[TicketEvent, ...] = ()
    also: tuple[tuple[Ticket, TicketEvent], ...] = ()
    """Other tickets as they are afterwards; one that is not in the scene is opened."""
    note: str | None = None
    """An internal message for the ticket."""
    moves_words: bool = False
    """Whether the words below have gone to a ticket of their own."""
    wake_at: datetime | None = None
    told: tuple[Told, ...] = ()
    brief: bool = False
    """Whether the actor gets the client's brief by mail."""
    project: Project | None = None
    """A project of the directory as it is from now on."""


@dataclass(frozen=True, slots=True)
class NotDone:
    """Why an action did nothing, in words for the person who asked."""

    why: str


Action = Callable[[Scene, str], Done | NotDone]


@dataclass(frozen=True, slots=True)
class Tracked:
    """A value of a ticket that the history keeps before and after: as text, and from text."""

    read: Callable[[Ticket], str]
    put: Callable[[Ticket, str], Ticket]
    shown: Callable[[str], str] = str
    """That text as people read it."""


def _of_card(name: str) -> Tracked:
    one = CARD[name]
    return Tracked(lambda t: one.read(t.issue), lambda t, v: replace(t, issue=one.put(t.issue, v)), one.shown)


def _links(text: str) -> tuple[Link, ...]:
    pairs = (part.split(" ") for part in text.split(", ") if part)
    return tuple(Link(TicketRef(int(number)), LinkKind(kind)) for kind, number in pairs)


TRACKED: Mapping[str, Tracked] = {
    "status": Tracked(lambda t: t.status, lambda t, v: replace(t, status=Status(v))),
    "whose_move": Tracked(lambda t: t.whose_move, lambda t, v: replace(t, whose_move=Move(v))),
    "ended_at": Tracked(
        lambda t: t.ended_at.isoformat() if t.ended_at else "",
        lambda t, v: replace(t, ended_at=datetime.fromisoformat(v) if v else None),
    ),
    "pm": Tracked(lambda t: t.pm or "", lambda t, v: replace(t, pm=v or None)),
    "rep": Tracked(lambda t: t.rep or "", lambda t, v: replace(t, rep=v or None)),
    "project": Tracked(lambda t: t.project or "", lambda t, v: replace(t, project=v or None)),
    "organisation": Tracked(lambda t: t.organisation or "", lambda t, v: replace(t, organisation=v or None)),
    "requester_name": Tracked(
        lambda t: t.requester.name or "",
        lambda t, v: replace(t, requester=Mailbox(v or None, t.requester.address)),
    ),
    "requester_address": Tracked(
        lambda t: t.requester.address or "",
        lambda t, v: replace(t, requester=Mailbox(t.requester.name, v or None)),
    ),
    **{name: _of_card(name) for name in CARD},
    "title": Tracked(lambda t: t.title, lambda t, v: replace(t, title=v, issue=replace(t.issue, title=v))),
    "corrected": Tracked(
        lambda t: ", ".join(t.issue.corrected),
        lambda t, v: replace(t, issue=replace(t.issue, corrected=tuple(v.split(", ")) if v else ())),
    ),
    "links": Tracked(
        lambda t: ", ".join(f"{link.kind} {link.ref.number}" for link in t.links),
        lambda t, v: replace(t, links=_links(v)),
    ),
}
"""Every change of one of these can be undone."""
UNSHOWN = frozenset({"corrected"})
"""Of these, what the history need not show: it follows from the rest."""


def differences(before: Ticket, after: Ticket) -> dict[str, str]:
    """What has changed, as details of an event: `from.pm`, `to.pm`, ..."""
    found: dict[str, str] = {}
    for name, tracked in TRACKED.items():
        old, new = str(tracked.read(before)), str(tracked.read(after))
        if old != new:
            found |= {f"from.{name}": old, f"to.{name}": new}
    return found


def changes_of(event: TicketEvent) -> tuple[tuple[str, str, str], ...]:
    """What the event changed: name of the value, before, after."""
    names = (key.removeprefix("from.") for key in event.details if key.startswith("from."))
    return tuple(_change_of(event, name) for name in names if name not in UNSHOWN)


def _change_of(event: TicketEvent, name: str) -> tuple[str, str, str]:
    shown = TRACKED[name].shown if name in TRACKED else str
    return (
        name.replace("_", " "),
        shown(event.details[f"from.{name}"]),
        shown(event.details[f"to.{name}"]),
    )


def said_so(scene: Scene) -> Reason:
    """The ground of every action: somebody wanted it."""
    return Reason("said-so", f"{scene.actor.name}: {scene.line}")


def event(
    scene: Scene, name: str, before: Ticket, after: Ticket, *why: Reason, **details: str
) -> TicketEvent:
    """A line of history: who, how, why, and what was before."""
    return TicketEvent(
        at=scene.now,
        event=name,
        by=scene.actor.id,
        reasons=tuple(dict.fromkeys((*why, said_so(scene)))),
        details={"how": str(scene.how), **details, **differences(before, after)},
    )


def changed(scene: Scene, name: str, words: str, after: Ticket, *why: Reason) -> Done:
    """The action made *after* of the scene's ticket, and nothing else."""
    after = seated(replace(after, updated_at=scene.now), scene.directory)
    return Done(words=words, ticket=after, events=(event(scene, name, scene.ticket, after, *why),))


SEATS = frozenset({"requester", "pm-of-ticket", "rep-of-ticket"})
"""Reasons of participants that follow from the ticket's own values."""


def seated(ticket: Ticket, directory: Directory) -> Ticket:
    """The ticket with its requester, rep and PM on it and no former ones; whoever else was on it stays."""
    asked = Participant(mailbox=ticket.requester, role=Role.CLIENT, reason=Reason("requester", "asked"))
    sitting = (p for p in ticket.participants if p.reason.code == "requester" and p.mailbox == asked.mailbox)
    seats = [next(sitting, asked)]
    for staff_id, role in ((ticket.rep, Role.REP), (ticket.pm, Role.PM)):
        if staff := directory.staff_by_id.get(staff_id or ""):
            why = Reason(f"{role}-of-ticket", staff.name)
            seats.append(Participant(mailbox=mailbox_of(staff), role=role, reason=why))
    others = [p for p in ticket.participants if p.reason.code not in SEATS]
    kept: dict[str | None, Participant] = {}
    for person in (*seats, *others):
        kept.setdefault(person.mailbox.key or person.mailbox.name, person)
    return replace(ticket, participants=tuple(kept.values()))
