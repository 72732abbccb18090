"""COMMANDS: what one of us may do to a ticket by a line such as `/assign kai`, in a mail or on the command line.

In a mail only the leading lines of the author's own words count: never a quote, a forward or anything below.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Change
from mailroute.domain.directory import Project, StaffRole
from mailroute.domain.ticket import (
    Audience,
    LinkKind,
    Role,
    Ticket,
    TicketEvent,
    TicketMessage,
    TicketRef,
    Via,
)
from mailroute.domain.words import plain_words
from mailroute.tickets import (
    actions_card,
    actions_handoff,
    actions_people,
    actions_state,
    actions_tickets,
    actions_undo,
)
from mailroute.tickets.actions import Action, Done, How, NotDone, Scene, Told


class Who(StrEnum):
    """Who may use a command."""

    STAFF = "any of us"
    PM = "the ticket's PM"
    MARKED = "any of us, answering a mail of ours about the ticket"
    """Where mail of a client would go to somebody else: the domain's proof alone is not enough."""


@dataclass(frozen=True, slots=True)
class Command:
    """A row of COMMANDS."""

    name: str
    arguments: str
    meaning: str
    who: Who
    action: Action | None
    """None for what needs no ticket."""

    @property
    def usage(self) -> str:
        """How it is written."""
        return f"/{self.name} {self.arguments}".strip()


_ROWS = (
    Command("assign", "NAME", "give the work to a PM", Who.STAFF, actions_people.assign),
    Command("not-mine", "REASON", "give it back to the triage lead", Who.PM, actions_people.not_mine),
    Command("close", "", "the matter is over", Who.STAFF, actions_state.close),
    Command(
        "resolve", "", "answered; the client's next word brings it back", Who.STAFF, actions_state.resolve
    ),
    Command("reopen", "", "it is not over", Who.STAFF, actions_state.reopen),
    Command(
        "wait",
        "[3d]",
        "the client must answer; back to the PM after that time",
        Who.STAFF,
        actions_state.wait,
    ),
    Command("snooze", "fri", "nothing to do before that day", Who.STAFF, actions_state.snooze),
    Command("note", "TEXT", "words for colleagues alone", Who.STAFF, actions_state.note),
    Command("urgent", "", "raise the urgency to high", Who.STAFF, actions_state.urgent),
    Command("urgency", "low", "low, normal, high or critical", Who.STAFF, actions_card.put_right("urgency")),
    Command("type", "billing", "what the matter is", Who.STAFF, actions_card.put_right("type")),
    Command("title", "TEXT", "call it this", Who.STAFF, actions_card.put_right("title")),
    Command(
        "deadline",
        "2026-03-12",
        "when the client needs it; + adds one, - takes one away",
        Who.STAFF,
        actions_card.put_right("deadlines"),
    ),
    Command("correct", "FIELD=VALUE", "put right any field of the card", Who.STAFF, actions_card.correct),
    Command("project", "KEY", "name the project, and give it to its PM", Who.STAFF, actions_people.project),
    Command("rep", "NAME", "name the rep", Who.STAFF, actions_people.rep),
    Command(
        "requester", "ADDRESS", "wrong person: it belongs to this one", Who.MARKED, actions_people.requester
    ),
    Command(
        "merge",
        "[MR-7]",
        "make this ticket part of MR-7, or of the one that was proposed",
        Who.MARKED,
        actions_tickets.merge,
    ),
    Command("split", "", "the words below open a ticket of their own", Who.STAFF, actions_tickets.split),
    Command("link", "MR-7", "let people know of both tickets together", Who.STAFF, actions_tickets.link),
    Command("handoff", "[PROJECT to] NAME", "offer sold work to a PM", Who.STAFF, actions_handoff.hand_off),
    Command("accept", "", "take what is handed over", Who.PM, actions_handoff.accept),
    Command("return", "REASON", "do not take it as it is", Who.PM, actions_handoff.give_back),
    Command("brief", "", "what to know about the client, by mail", Who.STAFF, actions_people.brief),
    Command("undo", "", "take the last change of the ticket back", Who.MARKED, actions_undo.take_back),
    Command(
        "digest",
        "daily",
        "how often your digest comes: daily, weekly or off; in a mail that is on no ticket",
        Who.STAFF,
        actions_people.digest,
    ),
    Command("help", "", "this list", Who.STAFF, None),
)

COMMANDS: Mapping[str, Command] = {row.name: row for row in _ROWS}
"""By name, in the order in which `/help` shows them."""

MOST_COMMANDS = 20
"""In one mail; whoever writes more has pasted something."""

_LINE = re.compile(r"[ \t]*/([A-Za-z][A-Za-z-]{0,30})(?:[ \t:]+(.*))?")


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command as somebody wrote it."""

    name: str
    argument: str

    def __str__(self) -> str:
        return f"/{self.name} {self.argument}".strip()


def read_commands(text: str) -> tuple[tuple[CommandLine, ...], str]:
    """The commands that lead *text*, and the words below them. A path such as /etc/hosts is no command."""
    lines = text.split("\n")
    found: list[CommandLine] = []
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.rstrip())
        if match is None or len(found) == MOST_COMMANDS:
            return tuple(found), "\n".join(lines[number:]) if found else text
        found.append(CommandLine(match[1].lower(), (match[2] or "").strip()))
    return tuple(found), "" if found else text


def named_tickets(lines: Sequence[CommandLine]) -> tuple[TicketRef, ...]:
    """Tickets that the arguments name."""
    refs = (TicketRef.read(line.argument.strip("[].")) for line in lines if line.name in {"merge", "link"})
    return tuple(dict.fromkeys(ref for ref in refs if ref))


_GREETINGS = """best kind regards thanks thank you many cheers sincerely yours mfg lg vg viele liebe gruesse grusse
    gruss mit freundlichen merci cordialement bien a vous"""
_SIGN_OFF = frozenset(_GREETINGS.split())


def is_only_signed(words: str, name: str) -> bool:
    """Whether nothing is said in *words*: they are blank, or the author's name, perhaps with a greeting."""
    said, names = set(plain_words(words).split()), set(plain_words(name).split())
    return not said or (bool(said & names) and said <= _SIGN_OFF | names)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one command, for the person who wrote it."""

    command: str
    done: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What came of all of them."""

    results: tuple[Result, ...]
    changes: tuple[Change, ...]
    """The scene's ticket first, if anything changed it; then others."""
    told: tuple[Told, ...] = ()
    moves_words: bool = False
    brief: bool = False
    """Whether the author gets the client's brief by mail."""
    projects: tuple[Project, ...] = ()
    """Projects of the directory as they are from now on."""

    def change_of(self, ref: TicketRef) -> Change | None:
        """What becomes of this ticket."""
        return next((change for change in self.changes if change.after.ref == ref), None)


@dataclass(slots=True)
class _Ledger:
    """What the commands so far have done; turned into frozen changes at the end."""

    before: dict[TicketRef, Ticket]
    now: dict[TicketRef, Ticket] = field(default_factory=dict)
    events: dict[TicketRef, list[TicketEvent]] = field(default_factory=dict)
    messages: dict[TicketRef, list[TicketMessage]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    wake: dict[TicketRef, Done] = field(default_factory=dict)
    moves_words: bool = False
    brief: bool = False
    projects: list[Project] = field(default_factory=list)

    def take(self, scene: Scene, done: Done) -> Scene:
        """Writes it down; the scene for the next command."""
        ref = scene.ticket.ref
        self.now[ref] = done.ticket
        self.events.setdefault(ref, []).extend(done.events)
        if done.note:
            self.messages.setdefault(ref, []).append(said_by(scene, done.note))
        if done.ticket.whose_move is not scene.ticket.whose_move or done.wake_at:
            self.wake[ref] = done
        for other, event in done.also:
            self.now[other.ref] = other
            self.events.setdefault(other.ref, []).append(event)
            if other.ref not in self.before:
                self.messages.setdefault(other.ref, []).append(said_by(scene, scene.below or scene.line))
        self.told.extend(done.told)
        self.moves_words = self.moves_words or done.moves_words
        self.brief = self.brief or done.brief
        if done.project is not None:
            self.projects.append(done.project)
        return replace(scene, ticket=done.ticket, others={**scene.others, **self.now})

    def changes(self) -> tuple[Change, ...]:
        return tuple(
            Change(
                before=self.before.get(ref),
                after=ticket,
                events=tuple(self.events.get(ref, ())),
                messages=tuple(self.messages.get(ref, ())),
                wake_at=self.wake[ref].wake_at if ref in self.wake else None,
            )
            for ref, ticket in self.now.items()
        )


def carried_once(scene: Scene, line: CommandLine, outcome: Done | NotDone) -> Carried:
    """What came of one action that is no row of COMMANDS, such as taking the last change back."""
    ledger = _Ledger(before={scene.ticket.ref: scene.ticket, **scene.others})
    if isinstance(outcome, Done):
        ledger.take(scene, outcome)
    return Carried(results=(_result(line, outcome),), changes=ledger.changes(), told=tuple(ledger.told))


def carry_out(scene: Scene, lines: Sequence[CommandLine]) -> Carried:
    """Does what the lines say, one after the other, each on what the one before has left. Never raises."""
    ledger = _Ledger(before={scene.ticket.ref: scene.ticket, **scene.others})
    for line in lines:
        scene = replace(scene, line=str(line))
        outcome = _done(scene, line)
        ledger.results.append(_result(line, outcome))
        if isinstance(outcome, Done):
            scene = ledger.take(scene, outcome)
    return Carried(
        results=tuple(ledger.results),
        changes=ledger.changes(),
        told=tuple(ledger.told),
        moves_words=ledger.moves_words,
        brief=ledger.brief,
        projects=tuple(ledger.projects),
    )


def _result(line: CommandLine, outcome: Done | NotDone | str) -> Result:
    if isinstance(outcome, str):
        return Result(str(line), done=True, words=outcome)
    if isinstance(outcome, NotDone):
        return Result(str(line), done=False, words=outcome.why)
    return Result(str(line), done=True, words=outcome.words)


def _done(scene: Scene, line: CommandLine) -> Done | NotDone | str:
    command = COMMANDS.get(line.name)
    if command is None:
        return NotDone(unknown(line.name))
    if command.action is None:
        return help_text()
    if why := why_not(scene, command):
        return NotDone(why)
    return command.action(scene, line.argument)


def why_not(scene: Scene, command: Command) -> str | None:
    """Why the actor may not use *command* on the scene's ticket, in words; None if they may."""
    if into := scene.ticket.linked(LinkKind.MERGED_INTO):
        return f"{scene.ticket.ref} is part of {into[-1]}: say it there"
    if command.who is Who.MARKED and not scene.marked:
        return (
            "for this, answer a mail of ours about the ticket, or write to its internal address: "
            "client mail would go to somebody else, and From: alone is not enough"
        )
    if command.who is Who.PM and scene.actor.id != scene.ticket.pm:
        return "only the ticket's PM can do this; /assign NAME gives it to somebody"
    return None


def unknown(name: str) -> str:
    """What to say to a command that is none."""
    near = difflib.get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
    return (
        f"there is no such command; did you mean /{near[0]}?"
        if near
        else "there is no such command; /help lists them"
    )


def help_text() -> str:
    """All commands, one a line."""
    return "\n".join(["these are the commands:", *(f"  {c.usage}: {c.meaning}" for c in COMMANDS.values())])


_ROLES = {StaffRole.REP: Role.REP, StaffRole.PM: Role.PM, StaffRole.LEAD: Role.LEAD}


def said_by(scene: Scene, words: str) -> TicketMessage:
    """An internal message of the actor."""
    return TicketMessage(
        entry=None,
        source=None,
        author=Mailbox(scene.actor.name, scene.actor.email),
        role=_ROLES[scene.actor.role],
        via=Via.REPLY if scene.how is How.MAIL else Via.DIRECT,
        audience=Audience.INTERNAL,
        at=scene.now,
        message_id=None,
        text=words,
    )
