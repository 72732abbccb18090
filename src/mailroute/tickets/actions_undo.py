"""Taking the last change back: a new event that puts the former values in place. Nothing is overwritten."""

from collections.abc import Sequence
from dataclasses import replace

from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Routing, Ticket, TicketEvent
from mailroute.tickets.actions import TRACKED, Done, NotDone, Scene, event, seated
from mailroute.tickets.actions_people import BY_COMMAND
from mailroute.tickets.actions_tickets import INVERSE, unlinked

UNDONE, UNDOES = "undone", "undoes"


def undo(scene: Scene, history: Sequence[TicketEvent]) -> Done | NotDone:
    """Takes back the last change of the scene's ticket that has not been taken back yet.

    A value that somebody (or the client's next mail) has changed since stays: then nothing is done.
    """
    found = last_change(history)
    if found is None:
        return NotDone("there is nothing to take back")
    number, change = found
    before = scene.ticket
    was, made = _values(change, "from."), _values(change, "to.")
    if moved := [n for n in made if str(TRACKED[n].read(before)) != made[n]]:
        names = ", ".join(n.replace("_", " ") for n in moved)
        return NotDone(f"“{change.event}” cannot be taken back: {names} has changed since")
    after = before
    for name, value in was.items():
        after = TRACKED[name].put(after, value)
    if after.pm != before.pm:
        why = Reason("said-so", f"{scene.actor.name} took back “{change.event}”")
        after = replace(after, routing=Routing(pm=after.pm, rule=BY_COMMAND, sure=1.0, reasons=(why,)))
    after = seated(replace(after, updated_at=scene.now), scene.directory)
    done = event(scene, UNDONE, before, after, **{UNDOES: str(number), "what": change.event})
    also = tuple(
        (there, event(scene, UNDONE, other, there, what=change.event))
        for other, there in _others(scene, before, after)
    )
    return Done(words=f"took back “{change.event}” of {change.by}", ticket=after, events=(done,), also=also)


def take_back(scene: Scene, _argument: str) -> Done | NotDone:
    """As a command: what the scene's history shows."""
    return undo(scene, scene.history)


def last_change(history: Sequence[TicketEvent]) -> tuple[int, TicketEvent] | None:
    """The last event that changed a tracked value and has not been taken back, with its place in the history."""
    taken_back = {e.details[UNDOES] for e in history if UNDOES in e.details}
    for number, one in reversed(list(enumerate(history))):
        changes = any(name.startswith("from.") for name in one.details)
        if changes and one.event != UNDONE and str(number) not in taken_back:
            return number, one
    return None


def _values(change: TicketEvent, prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): value
        for name, value in change.details.items()
        if name.startswith(prefix) and name.removeprefix(prefix) in TRACKED
    }


def _others(scene: Scene, before: Ticket, after: Ticket) -> list[tuple[Ticket, Ticket]]:
    """Tickets at the other end of links that are gone, before and after: without the link, and whom it brought."""
    pairs = []
    for gone in dict.fromkeys(link for link in before.links if link not in after.links):
        other = scene.others.get(gone.ref)
        if other is None:
            continue
        there = unlinked(other, before.ref, INVERSE[gone.kind])
        brought = Reason("merged-from", str(before.ref))
        stay = tuple(p for p in there.participants if p.reason != brought)
        pairs.append((other, replace(there, participants=stay, updated_at=scene.now)))
    return pairs
