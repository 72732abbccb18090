"""Actions on two tickets: merged, split, linked."""

from dataclasses import replace

from mailroute.domain.issue import Issue
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import (
    Link,
    LinkKind,
    Move,
    Participant,
    Role,
    Status,
    Ticket,
    TicketRef,
)
from mailroute.tickets.actions import Done, LetterKind, NotDone, Scene, Told, event
from mailroute.tickets.actions_state import at_work, ended
from mailroute.tickets.lifecycle import joined, with_participants

INVERSE = {
    LinkKind.RELATED: LinkKind.RELATED,
    LinkKind.POSSIBLY: LinkKind.POSSIBLY,
    LinkKind.MERGED_INTO: LinkKind.MERGED_FROM,
    LinkKind.CONTINUED_IN: LinkKind.CONTINUES,
    LinkKind.SPLIT_INTO: LinkKind.SPLIT_FROM,
}
INVERSE |= {there: here for here, there in INVERSE.items()}
"""What a link of a ticket is, seen from the other one."""


def linked(ticket: Ticket, other: TicketRef, kind: LinkKind) -> Ticket:
    """The ticket with this link; a merely related or proposed one gives way to it."""
    weaker = {kind, LinkKind.RELATED, LinkKind.POSSIBLY}
    kept = tuple(x for x in ticket.links if x.ref != other or x.kind not in weaker)
    return replace(ticket, links=(*kept, Link(other, kind)))


def unlinked(ticket: Ticket, other: TicketRef, kind: LinkKind) -> Ticket:
    """The ticket without this link."""
    return replace(ticket, links=tuple(x for x in ticket.links if x != Link(other, kind)))


def _other(scene: Scene, argument: str) -> Ticket | str:
    ref = TicketRef.read(argument.strip().strip("[]."))
    if ref is None:
        return f"“{argument}” is no ticket: write MR-7"
    if ref == scene.ticket.ref:
        return f"{ref} is this ticket itself"
    return scene.others.get(ref) or f"there is no ticket {ref}"


def link(scene: Scene, argument: str) -> Done | NotDone:
    """Two matters that people should know of together."""
    other = _other(scene, argument)
    if isinstance(other, str):
        return NotDone(other)
    before = scene.ticket
    if any(x.ref == other.ref and x.kind is not LinkKind.POSSIBLY for x in before.links):
        return NotDone(f"they are linked already: {_kind(before, other.ref)} {other.ref}")
    after = replace(linked(before, other.ref, LinkKind.RELATED), updated_at=scene.now)
    there = replace(linked(other, before.ref, LinkKind.RELATED), updated_at=scene.now)
    return Done(
        words=f"linked with {other.ref}, {other.title}",
        ticket=after,
        events=(event(scene, "linked", before, after, other=str(other.ref)),),
        also=((there, event(scene, "linked", other, there, other=str(before.ref))),),
    )


def _kind(ticket: Ticket, ref: TicketRef) -> str:
    return str(next(x.kind for x in ticket.links if x.ref == ref))


def merge(scene: Scene, argument: str) -> Done | NotDone:
    """This ticket becomes part of another one: its messages, people, ids and reply addresses lead there from now on.

    Without an argument: of the one that was proposed when it was opened.
    """
    proposed = scene.ticket.linked(LinkKind.POSSIBLY)
    if not argument.strip() and len(proposed) > 1:
        return NotDone(f"it may be {', '.join(map(str, proposed))}: write /merge {proposed[0]}")
    other = _other(scene, argument if argument.strip() or not proposed else str(proposed[0]))
    if isinstance(other, str):
        return NotDone(other)
    before = scene.ticket
    if (into := other.linked(LinkKind.MERGED_INTO)) or other.status is Status.CLOSED:
        where = (
            f"it was merged into {into[-1]}: merge into that" if into else "it is closed: /reopen it first"
        )
        return NotDone(f"{other.ref} can take nothing up; {where}")
    if _strangers(before, other):
        return NotDone(
            f"{before.ref} is of {_client(scene, before)}, {other.ref} of {_client(scene, other)}: one would read "
            "the other's words; mend it with /requester first"
        )
    after = ended(linked(before, other.ref, LinkKind.MERGED_INTO), Status.CLOSED, scene.now)
    after = replace(after, updated_at=scene.now)
    there = replace(_with_all(other, before), updated_at=scene.now)
    told = tuple(
        Told(other.ref, owner, LetterKind.WORD, f"{before.ref}, {before.title}, is part of this ticket now.")
        for owner in dict.fromkeys((other.pm, other.rep, before.pm, before.rep))
        if owner and owner != scene.actor.id
    )
    return Done(
        words=f"part of {other.ref}, {other.title}, now; what comes for {before.ref} goes there",
        ticket=after,
        events=(event(scene, "merged", before, after, other=str(other.ref)),),
        also=((there, event(scene, "took-over", other, there, other=str(before.ref))),),
        told=told,
    )


def _with_all(target: Ticket, merged: Ticket) -> Ticket:
    """The target with the people and the card of the merged ticket, awake if that one was."""
    after = linked(target, merged.ref, LinkKind.MERGED_FROM)
    why = Reason("merged-from", str(merged.ref))
    people = (replace(p, reason=why) for p in merged.participants if not p.role.is_staff)
    requester = Participant(mailbox=merged.requester, role=Role.CLIENT, reason=why)
    after = with_participants(after, (requester, *people))
    if merged.whose_move is Move.PM:
        after = at_work(after)
    _, later = sorted((merged, target), key=lambda t: t.opened_at)
    card = joined(target.issue, merged.issue)
    if "sentiment" not in card.corrected:
        card = replace(card, sentiment=later.issue.sentiment)
    return replace(after, issue=card)


def _strangers(one: Ticket, other: Ticket) -> bool:
    return bool(one.organisation and other.organisation and one.organisation != other.organisation)


def _client(scene: Scene, ticket: Ticket) -> str:
    organisation = scene.directory.organisations_by_id.get(ticket.organisation or "")
    return organisation.name if organisation else str(ticket.requester)


def split(scene: Scene, argument: str) -> Done | NotDone:
    """A second matter gets a ticket of its own, with the words below (or behind) the command."""
    words = scene.below.strip() or argument
    if not words:
        return NotDone("write the second matter below the command: those words open its ticket")
    if scene.next_ref == scene.ticket.ref:
        return NotDone("this mail opens a ticket already: write the second matter in a mail of its own")
    if any(x.ref == scene.next_ref for x in scene.ticket.links):
        return NotDone("one mail can split off one ticket")
    before, ref = scene.ticket, scene.next_ref
    title = (argument or words.splitlines()[0]).strip()[:100]
    card = replace(scene.issue if scene.below.strip() else Issue(), title=title)
    after = replace(linked(before, ref, LinkKind.SPLIT_INTO), updated_at=scene.now)
    opened = replace(
        at_work(before),
        ref=ref,
        title=title,
        issue=card,
        opened_at=scene.now,
        updated_at=scene.now,
        version=1,
        links=(Link(before.ref, LinkKind.SPLIT_FROM),),
    )
    why = Reason("split-from", str(before.ref))
    said = event(scene, "opened", opened, opened, why, other=str(before.ref))
    pm = before.pm
    told = (Told(ref, pm, LetterKind.ACCOUNT),) if pm and pm != scene.actor.id else ()
    return Done(
        words=f"{ref}, {title}, is a ticket of its own now",
        ticket=after,
        events=(event(scene, "split", before, after, other=str(ref)),),
        also=((opened, said),),
        moves_words=True,
        told=told,
    )
