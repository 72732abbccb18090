"""Actions on a hand-off: offered by the rep, accepted or returned by the PM. A hand-off is a ticket of our own."""

from dataclasses import replace

from mailroute.domain.directory import Project, ProjectStatus, Staff, StaffRole
from mailroute.domain.issue import ReferenceKind
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Move, Routing, Status, Ticket, TicketEvent
from mailroute.tickets.actions import Done, LetterKind, NotDone, Scene, Told, changed, event
from mailroute.tickets.commands_arguments import find_staff

HAND_OFF = "hand-off"
"""`Routing.rule` of a ticket that is one."""
TITLE = "Hand-off: "
_ENDED = frozenset({Status.RESOLVED, Status.CLOSED})


def is_hand_off(ticket: Ticket) -> bool:
    """Whether the ticket is the offer of sold work, not a client's matter."""
    return ticket.routing.rule == HAND_OFF


def hand_off(scene: Scene, argument: str) -> Done | NotDone:
    """Offers a hand-off again, after it was returned or to somebody else."""
    if not is_hand_off(scene.ticket):
        return NotDone(
            "a hand-off is a matter of its own: write a new mail to the routing address, with /handoff NAME, or "
            "/handoff PROJECT to NAME, on the first line and what was agreed below"
        )
    if scene.ticket.status in _ENDED:
        return NotDone("it has been accepted already")
    wanted = _pm(scene, argument.rpartition(" to ")[2] if " to " in argument else argument)
    if isinstance(wanted, str):
        return NotDone(wanted)
    after = replace(
        scene.ticket,
        pm=wanted.id,
        whose_move=Move.PM,
        status=Status.OPEN,
        routing=offered_to(wanted, scene.actor),
    )
    done = changed(scene, "handoff-offered", f"offered to {wanted.name}", after)
    return replace(done, told=(Told(scene.ticket.ref, wanted.id, LetterKind.OFFER),))


def offered_to(pm: Staff, by: Staff) -> Routing:
    """Why the offer came to *pm*."""
    why = Reason("handoff-named", f"{by.name} offers it to {pm.name}")
    return Routing(pm=pm.id, rule=HAND_OFF, sure=1.0, reasons=(why,), sentence=why.evidence)


def _pm(scene: Scene, name: str) -> Staff | str:
    if not name.strip():
        return scene.directory.staff_by_id.get(scene.ticket.pm or "") or "to whom? /handoff NAME"
    takers = [one for one in scene.directory.staff if one.role in {StaffRole.PM, StaffRole.LEAD}]
    return find_staff(name.strip(), takers, actor=scene.actor)


def accept(scene: Scene, _argument: str) -> Done | NotDone:
    """The PM takes the work: the project is active, its open matters are theirs, the rep gets words for the client."""
    ticket = scene.ticket
    if not is_hand_off(ticket):
        return NotDone("only a hand-off can be accepted; this is a client's ticket")
    if ticket.status in _ENDED:
        return NotDone("it has been accepted already")
    project = _project(scene)
    after = replace(
        ticket,
        status=Status.RESOLVED,
        whose_move=Move.NOBODY,
        project=project.key if project else ticket.project,
        ended_at=scene.now,
    )
    moved = tuple(_moved(scene, other) for other in _matters(scene, project))
    done = changed(scene, "handoff-accepted", _said(project, len(moved)), after)
    told = (Told(ticket.ref, ticket.rep, LetterKind.ACCEPTED),) if ticket.rep else ()
    return replace(done, also=moved, told=told, project=project, brief=ticket.organisation is not None)


def _said(project: Project | None, moved: int) -> str:
    what = f"project {project.key}, {project.name}, is active" if project else "accepted"
    return f"{what}; {moved} open matters are yours now" if moved else what


def _project(scene: Scene) -> Project | None:
    """The project as it is from now on: the one that is known, else a new one of the client."""
    ticket, pm = scene.ticket, scene.actor.id
    known = scene.directory.projects_by_key.get(ticket.project or "")
    orders = tuple(
        r.value for r in ticket.issue.references if r.kind in {ReferenceKind.ORDER, ReferenceKind.CONTRACT}
    )
    if known is not None:
        references = tuple(dict.fromkeys((*known.references, *orders)))
        return replace(
            known, status=ProjectStatus.ACTIVE, pm=pm, rep=known.rep or ticket.rep, references=references
        )
    if ticket.organisation is None:
        return None
    return Project(
        key=f"P-{ticket.ref.number}",
        name=ticket.title.removeprefix(TITLE),
        organisation=ticket.organisation,
        pm=pm,
        rep=ticket.rep,
        references=orders,
    )


def _matters(scene: Scene, project: Project | None) -> list[Ticket]:
    """The client's open tickets that speak of the project, or that nobody but rep or lead looks after."""
    if project is None:
        return []
    lead = scene.directory.lead
    free = {None, scene.ticket.rep, lead.id if lead else None} - {scene.actor.id}
    return [
        other
        for other in scene.others.values()
        if other.ref != scene.ticket.ref
        and other.organisation == project.organisation
        and other.status not in _ENDED
        and not is_hand_off(other)
        and other.pm != scene.actor.id
        and (other.project == project.key or (other.project is None and other.pm in free))
    ]


def _moved(scene: Scene, other: Ticket) -> tuple[Ticket, TicketEvent]:
    why = Reason("handed-over", f"{scene.ticket.ref} was accepted by {scene.actor.name}")
    routing = Routing(pm=scene.actor.id, rule=HAND_OFF, sure=1.0, reasons=(why,), sentence=why.evidence)
    # the rule of a moved matter is that of its own: only the offer itself is a hand-off
    after = replace(other, pm=scene.actor.id, routing=replace(routing, rule="command"), updated_at=scene.now)
    return after, event(scene, "assigned", other, after, why)


def give_back(scene: Scene, argument: str) -> Done | NotDone:
    """The PM does not take it as it is, and says why; the rep may mend it and offer it again."""
    if not is_hand_off(scene.ticket):
        return NotDone("only a hand-off can be returned; /not-mine REASON gives a ticket back")
    if scene.ticket.status in _ENDED:
        return NotDone("it has been accepted already")
    if not argument and not scene.below.strip():
        return NotDone("say why: /return the dates are missing")
    after = replace(scene.ticket, whose_move=Move.REP)
    done = changed(scene, "handoff-returned", "returned to the rep", after)
    words = argument or scene.below.strip()
    told = (Told(scene.ticket.ref, scene.ticket.rep, LetterKind.RETURNED, words),) if scene.ticket.rep else ()
    return replace(done, told=told)
