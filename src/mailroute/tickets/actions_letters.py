"""The mails that actions cause. All of them stay inside: no command writes to a client."""

from collections.abc import Sequence
from datetime import datetime

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Facts
from mailroute.domain.directory import Directory, Staff
from mailroute.domain.outgoing import MailDraft, Reader
from mailroute.domain.policy import Policy
from mailroute.domain.ticket import Audience, Role, Status, Ticket, TicketMessage, Via
from mailroute.tickets.account import (
    TO_LOOK_UP,
    issue_context,
    message_context,
    routing_context,
    ticket_context,
)
from mailroute.tickets.actions import LetterKind, Scene, Told
from mailroute.tickets.commands import Carried, Result, said_by
from mailroute.tickets.letters import mailbox_of


def letters_of(
    carried: Carried, scene: Scene, said: Sequence[TicketMessage], *, occasion: str
) -> tuple[MailDraft, ...]:
    """A mail to everybody who must hear of it, one for each kind and ticket.

    Args:
        carried: what was done.
        scene: by whom, on which ticket.
        said: the messages of the scene's ticket, for the account to a new PM.
        occasion: makes the keys of these mails unlike those of any other time.
    """
    words: dict[Told, list[str]] = {}
    accounts = {(told.ref, told.staff) for told in carried.told if told.kind is LetterKind.ACCOUNT}
    for told in carried.told:
        if told.news and (told.ref, told.staff) in accounts:
            continue
        words.setdefault(Told(told.ref, told.staff, told.kind), []).append(told.words)
    drafts = []
    for told, lines in words.items():
        change = carried.change_of(told.ref)
        ticket = change.after if change else scene.ticket
        staff = scene.directory.staff_by_id.get(told.staff)
        if staff is None or not _still_so(told, ticket, staff):
            continue
        there = change.messages if change and change.before is None else said
        text = "\n".join(line for line in lines if line)
        shown = said_by(scene, text) if text else _account(ticket, there)
        drafts.append(_letter(told.kind, ticket, staff, shown, scene, occasion))
    return tuple(drafts)


def back_again(
    before: Ticket, after: Ticket, pm: Staff, directory: Directory, policy: Policy, now: datetime
) -> MailDraft:
    """Tells the PM that a ticket which waited or slept is theirs again."""
    why = "The client has not answered." if before.status is Status.WAITING else "You wanted it back today."
    said = said_by_us(f"The time is up: it is your move again. {why}", policy, now)
    return word_of_ours(after, pm, said, f"back-{now:%Y%m%dT%H%M%S}", directory)


def said_by_us(words: str, policy: Policy, now: datetime) -> TicketMessage:
    """Words of mailroute itself, for us alone."""
    service = policy.service
    return TicketMessage(
        entry=None,
        source=None,
        author=Mailbox(service.name, service.routing_address),
        role=Role.MACHINE,
        via=Via.DIRECT,
        audience=Audience.INTERNAL,
        at=now,
        message_id=None,
        text=words,
    )


def word_of_ours(
    ticket: Ticket, staff: Staff, said: TicketMessage, occasion: str, directory: Directory
) -> MailDraft:
    """What mailroute itself has to say about a ticket to one of us (`said_by_us`); once for each *occasion*."""
    service = said.author.name or ""
    return MailDraft(
        kind="note",
        key=f"note:{ticket.ref}:{staff.id}:{occasion}",
        ticket=ticket.ref,
        to=(mailbox_of(staff),),
        reader=Reader.INTERNAL,
        subject=ticket.title,
        sender_name=service,
        context={
            "service": {"name": service},
            "ticket": ticket_context(ticket, directory),
            "issue": issue_context(ticket.issue),
            "message": message_context(said, ticket),
            "routing": routing_context(ticket.routing, directory),
        },
    )


def _still_so(told: Told, ticket: Ticket, staff: Staff) -> bool:
    """Whether the commands that followed have left it so."""
    if told.kind is LetterKind.ACCOUNT:
        return ticket.pm == staff.id
    if told.kind is LetterKind.OFFER:
        return ticket.pm == staff.id
    return told.kind is LetterKind.WORD or ticket.rep == staff.id


def _letter(
    kind: LetterKind, ticket: Ticket, staff: Staff, shown: TicketMessage, scene: Scene, occasion: str
) -> MailDraft:
    service = scene.policy.service.name
    return MailDraft(
        kind=kind,
        key=f"{kind}:{ticket.ref}:{staff.id}:{occasion}",
        ticket=ticket.ref,
        to=(mailbox_of(staff),),
        reader=Reader.INTERNAL,
        subject=ticket.title,
        sender_name=service,
        context={
            "service": {"name": service},
            "ticket": ticket_context(ticket, scene.directory),
            "issue": issue_context(ticket.issue),
            "message": message_context(shown, ticket),
            "routing": routing_context(ticket.routing, scene.directory),
            **TO_LOOK_UP,
        },
    )


def _account(ticket: Ticket, said: Sequence[TicketMessage]) -> TicketMessage:
    """The client's first words; without any, the first words at all."""
    public = [m for m in said if m.audience is Audience.PUBLIC and not m.role.is_staff]
    if first := next(iter((*public, *said)), None):
        return first
    return TicketMessage(
        entry=None,
        source=None,
        author=ticket.requester,
        role=Role.CLIENT,
        via=Via.DIRECT,
        audience=Audience.PUBLIC,
        at=ticket.opened_at,
        message_id=None,
        text=ticket.title,
    )


def command_result(
    facts: Facts, author: Staff, results: Sequence[Result], ticket: Ticket | None
) -> MailDraft:
    """Tells the author of commands what was done, what was not, and why."""
    service = facts.policy.service.name
    parsed = facts.reading.parsed
    return MailDraft(
        kind="command-result",
        key=f"command-result:{facts.entry.id}",
        ticket=ticket.ref if ticket else None,
        to=(mailbox_of(author),),
        reader=Reader.INTERNAL,
        subject=ticket.title if ticket else "Your commands",
        sender_name=service,
        answers=parsed.message_id,
        references=parsed.references,
        context={
            "service": {"name": service},
            "ticket": ticket_context(ticket, facts.directory) if ticket else None,
            "results": [{"command": r.command, "done": r.done, "words": r.words} for r in results],
        },
    )
