"""Actions on the state of a ticket: closed, open, waiting, asleep, urgent; and words for colleagues."""

from dataclasses import replace
from datetime import datetime

from mailroute.domain.issue import Urgency
from mailroute.domain.ticket import Move, Status, Ticket
from mailroute.tickets.actions import Done, LetterKind, NotDone, Scene, Told, changed, event
from mailroute.tickets.card import corrected
from mailroute.tickets.commands_arguments import moment, shown_moment
from mailroute.tickets.lifecycle import ENDED


def close(scene: Scene, _argument: str) -> Done | NotDone:
    """The matter is over."""
    if scene.ticket.status is Status.CLOSED:
        return NotDone(f"{scene.ticket.ref} is closed already")
    return changed(scene, "closed", "closed", ended(scene.ticket, Status.CLOSED, scene.now))


def resolve(scene: Scene, _argument: str) -> Done | NotDone:
    """Answered, as far as we know; a word of the client brings it back."""
    if scene.ticket.status in ENDED:
        return NotDone(f"{scene.ticket.ref} is {scene.ticket.status} already")
    return changed(scene, "resolved", "resolved", ended(scene.ticket, Status.RESOLVED, scene.now))


def reopen(scene: Scene, _argument: str) -> Done | NotDone:
    """It is not over."""
    if scene.ticket.status in {Status.NEW, Status.OPEN} and scene.ticket.whose_move is not Move.NOBODY:
        return NotDone(f"{scene.ticket.ref} is open already")
    return changed(scene, "reopened", "open again", at_work(scene.ticket))


def at_work(ticket: Ticket) -> Ticket:
    """The ticket as one that its PM must work on; without a PM it waits for one."""
    if ticket.pm is None:
        return replace(ticket, status=Status.NEW, whose_move=Move.NOBODY, ended_at=None)
    return replace(ticket, status=Status.OPEN, whose_move=Move.PM, ended_at=None)


def ended(ticket: Ticket, status: Status, now: datetime) -> Ticket:
    """The ticket as one that nobody need act on."""
    return replace(ticket, status=status, whose_move=Move.NOBODY, ended_at=now)


def wait(scene: Scene, argument: str) -> Done | NotDone:
    """The client must answer; after the time given the PM hears of it."""
    return _rest(scene, argument, "waiting", Status.WAITING, Move.CLIENT)


def snooze(scene: Scene, argument: str) -> Done | NotDone:
    """Nobody need do anything before that day."""
    if not argument:
        return NotDone("say until when: /snooze fri, /snooze 3d, /snooze 2026-03-12")
    status = Status.OPEN if scene.ticket.pm else Status.NEW
    return _rest(scene, argument, "snoozed", status, Move.NOBODY)


def _rest(scene: Scene, argument: str, name: str, status: Status, move: Move) -> Done | NotDone:
    zone = scene.policy.service.timezone
    until = moment(argument, scene.now, zone) if argument else None
    if argument and until is None:
        return NotDone(f"“{argument}” is no time to come: write 3d, 2w, 4h, fri, tomorrow or 2026-03-12")
    if scene.ticket.status is Status.CLOSED:
        return NotDone(f"{scene.ticket.ref} is closed: /reopen it first")
    back = f"; back on {shown_moment(until, zone)}" if until else ""
    whose = "waiting for the client" if move is Move.CLIENT else "asleep"
    after = replace(scene.ticket, status=status, whose_move=move, ended_at=None)
    return replace(changed(scene, name, f"{whose}{back}", after), wake_at=until)


def urgent(scene: Scene, _argument: str) -> Done | NotDone:
    """More urgent than the words let us think."""
    finding = scene.ticket.issue.urgency
    if finding.value in {Urgency.HIGH, Urgency.CRITICAL}:
        return NotDone(f"its urgency is {finding.value} already")
    said = f"{scene.actor.name}: {scene.line}"
    raised = replace(finding, value=Urgency.HIGH, sure=1.0, evidence=(*finding.evidence, said))
    after = replace(scene.ticket, issue=corrected(replace(scene.ticket.issue, urgency=raised), "urgency"))
    done = changed(scene, "made-urgent", "urgency is high now", after)
    pm = scene.ticket.pm
    if pm is None or pm == scene.actor.id:
        return done
    told = Told(scene.ticket.ref, pm, LetterKind.WORD, f"{scene.actor.name} has made this urgent.", news=True)
    return replace(done, told=(told,))


def note(scene: Scene, argument: str) -> Done | NotDone:
    """Words that only we read."""
    if not argument:
        return NotDone("there are no words behind it")
    owners = dict.fromkeys(o for o in (scene.ticket.pm, scene.ticket.rep) if o and o != scene.actor.id)
    after = replace(scene.ticket, updated_at=scene.now)
    return Done(
        words="noted; the client does not see it",
        ticket=after,
        events=(event(scene, "noted", scene.ticket, after),),
        note=argument,
        told=tuple(Told(after.ref, owner, LetterKind.WORD, argument) for owner in owners),
    )
