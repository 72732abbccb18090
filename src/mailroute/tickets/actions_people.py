"""Actions on whose ticket it is: PM, rep, project, requester."""

import re
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from mailroute.domain.address import Mailbox
from mailroute.domain.directory import Directory, Project, Staff, StaffRole
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Participant, Role, Routing, Status, Ticket
from mailroute.domain.tokens import without_detail
from mailroute.domain.words import plain_words
from mailroute.tickets.actions import (
    Done,
    How,
    LetterKind,
    NotDone,
    Scene,
    Told,
    changed,
    event,
    said_so,
    seated,
)
from mailroute.tickets.actions_state import at_work
from mailroute.tickets.commands_arguments import find_staff

BY_COMMAND = "command"
"""`Routing.rule` of work that a person gave to somebody."""

TRIAGE = "triage-lead"
"""`Routing.rule` of what no rule could give to anybody."""

_ADDRESS = re.compile(r"(?:(?P<name>[^<>]*?)\s*<)?(?P<address>[^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;]+)>?")


def assign(scene: Scene, argument: str) -> Done | NotDone:
    """Gives the work to a PM, or to a lead."""
    wanted = _find(scene, argument, {StaffRole.PM, StaffRole.LEAD}, "/rep")
    if isinstance(wanted, str):
        return NotDone(wanted)
    if wanted.id == scene.ticket.pm:
        return NotDone(f"{wanted.name} has it already")
    done = _given_to(scene, "assigned", wanted, said_so(scene))
    away = next((a for a in wanted.away if a.since <= _today(scene) <= a.until), None)
    return replace(done, words=f"{done.words} (away until {away.until})") if away else done


def not_mine(scene: Scene, argument: str) -> Done | NotDone:
    """The PM gives it back to the triage lead, who decides."""
    if not argument:
        return NotDone("say why: /not-mine this is about billing")
    lead, why = scene.directory.lead, Reason("not-mine", f"{scene.actor.name}: {argument}")
    if lead is None or lead.id == scene.actor.id:
        routing = Routing(rule=BY_COMMAND, sure=1.0, reasons=(why,))
        after = at_work(replace(scene.ticket, pm=None, routing=routing))
        return changed(scene, "given-back", "nobody has it now", after, why)
    return _given_to(scene, "given-back", lead, why)


def _given_to(scene: Scene, name: str, staff: Staff, why: Reason) -> Done:
    ticket = scene.ticket
    routing = Routing(pm=staff.id, rule=BY_COMMAND, sure=1.0, reasons=(why,))
    after = replace(ticket, pm=staff.id, routing=routing)
    if ticket.status is Status.NEW:
        after = at_work(after)
    done = changed(scene, name, f"{staff.name} has it now", after, why)
    told = [Told(ticket.ref, staff.id, LetterKind.ACCOUNT)] if staff.id != scene.actor.id else []
    if ticket.pm and ticket.pm not in {scene.actor.id, staff.id}:
        words = f"{scene.actor.name} has given this to {staff.name}."
        told.append(Told(ticket.ref, ticket.pm, LetterKind.WORD, words, news=True))
    return replace(done, told=tuple(told))


def rep(scene: Scene, argument: str) -> Done | NotDone:
    """Names the rep who looks after the client here."""
    wanted = _find(scene, argument, {StaffRole.REP, StaffRole.LEAD}, "/assign")
    if isinstance(wanted, str):
        return NotDone(wanted)
    if wanted.id == scene.ticket.rep:
        return NotDone(f"{wanted.name} is the rep already")
    done = changed(scene, "rep-named", f"{wanted.name} is the rep now", replace(scene.ticket, rep=wanted.id))
    if wanted.id == scene.actor.id:
        return done
    return replace(done, told=(Told(scene.ticket.ref, wanted.id, LetterKind.RECEIPT),))


def _find(scene: Scene, argument: str, roles: set[StaffRole], otherwise: str) -> Staff | str:
    everybody = scene.directory.staff
    fit = tuple(s for s in everybody if s.role in roles)
    wanted = find_staff(argument, fit, scene.actor)
    if isinstance(wanted, str) and argument:
        other = find_staff(argument, everybody, scene.actor)
        if isinstance(other, Staff):
            return f"{other.name} is a {other.role}: {otherwise} {other.id} may be what you want"
    return wanted


def _today(scene: Scene) -> date:
    return scene.now.astimezone(ZoneInfo(scene.policy.service.timezone)).date()


def project(scene: Scene, argument: str) -> Done | NotDone:
    """Names the project; its PM gets the work unless a person has given it to somebody."""
    wanted = _project(argument, scene.ticket, scene.directory)
    if isinstance(wanted, str):
        return NotDone(wanted)
    ticket = scene.ticket
    if wanted.key == ticket.project:
        return NotDone(f"it is on {wanted.key} already")
    words = f"on {wanted.key}, {wanted.name}, now"
    organisation = ticket.organisation or wanted.organisation
    after = replace(ticket, project=wanted.key, organisation=organisation)
    done = changed(scene, "project-named", words, after)
    if wanted.pm is None or ticket.routing.rule == BY_COMMAND:
        return done
    there, handed_over = scene.present(wanted.pm, scene.directory, _today(scene))
    staff = scene.directory.staff_by_id.get(there)
    if staff is None or there == ticket.pm:
        return done
    why = Reason("project-owner", f"{scene.actor.name}: {scene.line}")
    given = _given_to(replace(scene, ticket=done.ticket), "assigned", staff, why)
    if handed_over:
        routing = replace(given.ticket.routing, reasons=(why, *handed_over))
        given = replace(given, ticket=replace(given.ticket, routing=routing))
    return replace(given, words=f"{words}; {given.words}", events=(*done.events, *given.events))


def _project(argument: str, ticket: Ticket, directory: Directory) -> Project | str:
    own = [
        p for p in directory.projects if ticket.organisation is None or p.organisation == ticket.organisation
    ]
    known = ", ".join(p.key for p in own) or "none"
    wanted = plain_words(argument)
    if not wanted:
        return f"say which project: {known}"
    names = {p.key: [plain_words(n) for n in (p.key, p.name, *p.aliases, *p.references)] for p in own}
    exact = [p for p in own if wanted == plain_words(p.key)]
    found = exact or [p for p in own if wanted in names[p.key]]
    if len(found) == 1:
        return found[0]
    if found:
        return f"“{argument}” may be {', '.join(p.key for p in found)}: write the key"
    return f"this client has no project “{argument}”; known: {known}"


def requester(scene: Scene, argument: str) -> Done | NotDone:
    """Wrong person: the ticket, and all later mail of its thread, belongs to another one."""
    match = _ADDRESS.fullmatch(argument.strip())
    if match is None:
        return NotDone(f"“{argument}” is no address: write /requester ann@client.example")
    mailbox = Mailbox((match["name"] or "").strip(' "') or None, match["address"])
    key = mailbox.key or ""
    if key in scene.directory.staff_by_address or without_detail(key) in scene.policy.service.own_addresses:
        return NotDone(f"{mailbox.address} is one of us, no client")
    before = scene.ticket
    if key == before.requester.key:
        return NotDone(f"{before.requester} is the requester already")
    client = scene.directory.clients_by_address.get(key)
    mailbox = Mailbox(client.name if client else mailbox.name, mailbox.address)
    found = scene.lookup(mailbox, scene.directory)
    organisation = found.id if found else None
    moved = organisation != before.organisation
    after = replace(
        before,
        requester=mailbox,
        organisation=organisation,
        rep=before.rep or (found.rep if found else None),
        project=None if moved else before.project,
        participants=_without_former(before, stays=before.organisation in {None, organisation}),
        updated_at=scene.now,
    )
    chosen = _chosen_anew(scene, after) if moved else Chosen(after)
    after = seated(chosen.ticket, scene.directory)
    where = f", {found.name}" if found else ", no known organisation"
    told = tuple(
        Told(
            after.ref,
            owner,
            LetterKind.WORD,
            "; ".join((f"The requester is {mailbox} now, not {before.requester}", *chosen.words)) + ".",
            news=True,
        )
        for owner in dict.fromkeys((before.pm, before.rep))
        if owner and owner != scene.actor.id
    )
    words = [f"{mailbox}{where} is the requester now; answers go there", *chosen.words]
    return Done(
        words="; ".join(words),
        ticket=after,
        events=(event(scene, "readdressed", before, after, *chosen.why),),
        told=(*told, *_new_owners(scene, before, after)),
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """A ticket with the owners that the rules name for its new client."""

    ticket: Ticket
    words: tuple[str, ...] = ()
    why: tuple[Reason, ...] = ()


def _chosen_anew(scene: Scene, ticket: Ticket) -> Chosen:
    """The PM, project and rep by the rules, as of a new ticket of this client; whom a person has named stays.

    Where no rule knows this client, who has the work keeps it: the triage lead would only give it away again.
    """
    if scene.reroute is None:
        return Chosen(ticket)
    found, names = scene.reroute(ticket), scene.directory.staff_by_id
    former = scene.directory.organisations_by_id.get(scene.ticket.organisation or "")
    after, words = replace(ticket, project=found.project), []
    by_account = ticket.rep is None or (former is not None and ticket.rep == former.rep)
    if by_account and found.rep is not None and found.rep != ticket.rep:
        after = replace(after, rep=found.rep)
        words.append(f"{names[found.rep].name if found.rep in names else found.rep} is the rep")
    routing = found.routing
    if _by_hand(scene.ticket) or routing.pm is None or routing.rule == TRIAGE:
        return Chosen(after, tuple(words))
    after = replace(after, pm=routing.pm, routing=routing)
    if routing.pm != ticket.pm:
        words.insert(0, f"{names[routing.pm].name if routing.pm in names else routing.pm} has it now")
        if ticket.status is Status.NEW:
            after = at_work(after)
    return Chosen(after, tuple(words), routing.reasons)


def _by_hand(ticket: Ticket) -> bool:
    """Whether a person has given the work to somebody; the PM of a project that was named goes with the project."""
    reasons = {reason.code for reason in ticket.routing.reasons}
    return ticket.routing.rule == BY_COMMAND and "project-owner" not in reasons


def _new_owners(scene: Scene, before: Ticket, after: Ticket) -> tuple[Told, ...]:
    """The new PM gets the whole account, the new rep the receipt."""
    kinds = ((before.pm, after.pm, LetterKind.ACCOUNT), (before.rep, after.rep, LetterKind.RECEIPT))
    return tuple(
        Told(after.ref, now, kind)
        for was, now, kind in kinds
        if now is not None and now not in {was, scene.actor.id}
    )


def _without_former(ticket: Ticket, *, stays: bool) -> tuple[Participant, ...]:
    """Those on the ticket but the former requester.

    Who is of the same company, or of none that we know (a private address, an assistant), *stays*: what they still
    write belongs here. Who is of another client does not.
    """
    key = ticket.requester.key
    others = tuple(
        p for p in ticket.participants if p.mailbox.key != key or p.reason.code not in {"requester", "wrote"}
    )
    if not (stays and key):
        return tuple(p for p in others if p.mailbox.key != key)
    former = Reason("was-requester", str(ticket.requester))
    return (*others, Participant(mailbox=ticket.requester, role=Role.CLIENT, reason=former))


def brief(scene: Scene, _argument: str) -> Done | NotDone:
    """What to know about the client comes in a mail of its own; the ticket stays as it is."""
    client = scene.directory.organisations_by_id.get(scene.ticket.organisation or "")
    if client is None:
        return NotDone("the requester belongs to no client company that is known: there is no brief")
    if scene.how is not How.MAIL:
        return NotDone(f"outside of mail, `mailroute brief {client.id}` shows it")
    return Done(
        words=f"the brief of {client.name} comes in a mail of its own", ticket=scene.ticket, brief=True
    )


def digest(_scene: Scene, _argument: str) -> Done | NotDone:
    """On a ticket there is nothing to choose: the digest is a matter between its reader and us."""
    return NotDone("answer a digest with it, or write it in a new mail to us")
