"""All decisions about one message, in order. Pure: the same facts give the same outcome."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailroute.domain.decisions import Action, Change, Facts, Identity, Outcome, Placement
from mailroute.domain.directory import Directory, StaffRole
from mailroute.domain.outgoing import MailDraft
from mailroute.domain.parsed import ParsedMail
from mailroute.domain.policy import AfterClose, Service
from mailroute.domain.reasons import Reason
from mailroute.domain.speakers import client_message
from mailroute.domain.ticket import Audience, Link, LinkKind, Routing, Ticket, TicketEvent, Via
from mailroute.domain.tokens import ReplyAudience
from mailroute.routing.case import Case, NamedProject
from mailroute.routing.decide import route
from mailroute.routing.projects import find_project
from mailroute.services.alarms import with_alarm
from mailroute.services.commanded import (
    Orders,
    carried_out,
    commands_alone,
    orders_of,
    with_commands,
    without_commands,
    without_effect,
    without_ticket,
)
from mailroute.services.commanded_afar import errand_of, run_errand
from mailroute.services.first_answer import with_first_answer
from mailroute.services.guards import GUARDS
from mailroute.services.handing_off import handed_over, open_hand_off, whole
from mailroute.services.offers_answered import answered_offer, not_sent
from mailroute.services.put_right import put_right, shown
from mailroute.services.words_of_ours import with_word
from mailroute.threads.fingerprint import content_hash, fingerprint, own_fingerprint
from mailroute.threads.placement import place
from mailroute.threads.same_words import near_copy
from mailroute.tickets.actions import How
from mailroute.tickets.actions_handoff import is_hand_off
from mailroute.tickets.actions_tickets import linked
from mailroute.tickets.aside import set_aside
from mailroute.tickets.following import append
from mailroute.tickets.opening import new_ticket, open_ticket
from mailroute.tickets.origin import given_back
from mailroute.tickets.reopening import after_close
from mailroute.tickets.unproved import is_refuted
from mailroute.tickets.words import Words, new_words

SENT_TWICE = timedelta(hours=1)
"""Within this the same words of a client are one mail sent twice; later, a reminder. Ours, by people's habits."""


def decide(facts: Facts) -> Outcome:
    """Who it is was told when the facts were gathered; here: which ticket, whose work, and what follows."""
    orders = orders_of(facts)
    content = content_hash(facts.reading.parsed)
    errand = errand_of(facts)
    if orders is not None:
        facts = without_commands(facts, orders)
    placement = _placed(facts)
    ticket = facts.ticket(placement.ticket)
    if placement.action is Action.OPEN and errand is not None:
        outcome = run_errand(facts, errand)
    elif placement.action is Action.OPEN:
        outcome = _open(facts, placement, orders)
    elif placement.action is Action.APPEND and ticket is not None:
        outcome = _append(facts, placement, ticket, orders)
    else:
        outcome = with_word(facts, set_aside(facts, placement))
    outcome = with_first_answer(facts, with_alarm(facts, outcome))
    return replace(
        outcome,
        content_hash=content,
        canary_is_back=placement.reasons[0].code == "canary-returned",
        events=tuple(_with_how(e) for e in outcome.events),
        drafts=_whole(facts, outcome),
    )


def _whole(facts: Facts, outcome: Outcome) -> tuple[MailDraft, ...]:
    """The mails of a hand-off with its terms; all others as they are."""
    ticket = outcome.ticket
    if ticket is None or not is_hand_off(ticket):
        return outcome.drafts
    return tuple(whole(draft, ticket, facts.directory, facts.policy) for draft in outcome.drafts)


def _placed(facts: Facts) -> Placement:
    """Where the message belongs; for a ticket that has become part of another one, there."""
    placement = place(facts)
    ticket = facts.ticket(placement.ticket)
    if ticket is None or ticket.ref == placement.ticket:
        return placement
    why = Reason("leads-to", f"{placement.ticket} leads to {ticket.ref}")
    return replace(placement, ticket=ticket.ref, reasons=(*placement.reasons, why))


def _with_how(event: TicketEvent) -> TicketEvent:
    """By which way it happened: a person's mail, or a rule of ours."""
    how = How.RULE if event.by == "mailroute" else How.MAIL
    return event if "how" in event.details else replace(event, details={"how": str(how), **event.details})


def _append(facts: Facts, placement: Placement, ticket: Ticket, orders: Orders | None) -> Outcome:
    """A message on a ticket that is here: first what its author wants done, then the words below, if any."""
    if orders is None:
        placement, words = _without_repetition(facts, placement, _words(facts))
        return _followed(facts, placement, ticket, words)
    carried = carried_out(facts, orders, ticket, opening=False)
    change = carried.change_of(ticket.ref)
    after = change.after if change else ticket
    placement, words = _without_repetition(facts, placement, _words(facts))
    silent = words.client is None and not orders.below
    if carried.moves_words or silent or placement.action is Action.DUPLICATE:
        outcome = commands_alone(facts, placement, after, orders, moved=carried.moves_words)
    else:
        outcome = _followed(facts, placement, after, words, orders)
    if outcome.placement.action is Action.OPEN:
        return outcome  # a closed ticket did not take it: what was wanted has been done to the new one
    if outcome.placement.action is Action.HOLD:
        return without_effect(facts, outcome, orders)
    return with_commands(facts, outcome, ticket, orders, carried, opening=False)


def _followed(
    facts: Facts, placement: Placement, ticket: Ticket, words: Words, orders: Orders | None = None
) -> Outcome:
    if placement.action is Action.DUPLICATE:
        return set_aside(facts, placement)
    if words.client is None:
        answered = answered_offer(facts, placement, ticket, words.staff) if words.staff else None
        return answered or not_sent(facts, ticket, append(facts, placement, ticket, words, guards=GUARDS))
    if is_refuted(facts):
        return append(facts, placement, ticket, words)
    what, why = after_close(ticket, facts.policy.closed, facts.now)
    because = (why,) if why else ()
    if what is AfterClose.NEW_TICKET:
        return _continue(facts, placement, ticket, because, orders)
    if what is AfterClose.REFUSE:
        held = replace(placement, action=Action.HOLD, reasons=(*placement.reasons, *because))
        return set_aside(facts, held)
    ticket, found = given_back(facts, placement, ticket)
    right = put_right(facts, ticket, words.client)
    outcome = shown(append(right.facts, placement, right.ticket, words, because, GUARDS), right)
    return replace(outcome, events=(*found, *outcome.events))


def _continue(
    facts: Facts, placement: Placement, old: Ticket, why: tuple[Reason, ...], orders: Orders | None
) -> Outcome:
    """A ticket that takes up the matter of one that was closed long ago, linked both ways."""
    issue = facts.reading.issue
    title = issue.title.replace(f"[{old.ref}]", "").strip() or old.title
    facts = replace(facts, reading=replace(facts.reading, issue=replace(issue, title=title)))
    opening = replace(placement, action=Action.OPEN, ticket=None, reasons=(*placement.reasons, *why))
    outcome = _open(facts, opening, orders)
    assert outcome.ticket is not None, "a message that opens has a ticket"
    new = linked(outcome.ticket, old.ref, LinkKind.CONTINUES)
    there = linked(old, new.ref, LinkKind.CONTINUED_IN)
    event = TicketEvent(
        at=facts.now, event="continued", by="mailroute", reasons=why, details={"other": str(new.ref)}
    )
    change = Change(before=old, after=there, events=(_with_how(event),))
    return replace(outcome, ticket=new, also=(*outcome.also, change))


def client_words(parsed: ParsedMail, identity: Identity, directory: Directory, service: Service) -> str:
    """The client's own text: what was forwarded, what was quoted under our answer, or what they wrote."""
    if identity.on_behalf_of is None:
        return parsed.body.fresh
    level = client_message(parsed, directory, service)
    return level.body if level else (parsed.body.quoted or "")


def words_fingerprint(parsed: ParsedMail, identity: Identity, words: str) -> str:
    """By what `client_words` are known again, by whatever path they come.

    A short mail without a Message-ID has nothing else to be known by than all of it.
    """
    known_by = own_fingerprint(parsed) if identity.on_behalf_of is None else fingerprint(words)
    return known_by or ("" if parsed.message_id else content_hash(parsed)[:32])


def _client_words(facts: Facts) -> str:
    return client_words(facts.reading.parsed, facts.identity, facts.directory, facts.policy.service)


def named_project(facts: Facts) -> NamedProject | None:
    """The project that the client's words, or the forward's subjects, point to."""
    organisation = facts.directory.organisations_by_id.get(facts.identity.organisation or "")
    return find_project(facts.reading.issue, _case_words(facts), organisation, facts.directory)


def _case_words(facts: Facts) -> str:
    forwarded = facts.reading.parsed.forwarded
    subjects = [facts.reading.parsed.subject, forwarded.origin.subject if forwarded else None]
    words = _client_words(facts) or facts.reading.parsed.body.fresh
    return "\n".join([*(s for s in subjects if s), words])


def _open(facts: Facts, placement: Placement, orders: Orders | None) -> Outcome:
    forwarded = facts.identity.on_behalf_of is not None
    if (over := handed_over(facts, orders)) is not None:
        return open_hand_off(facts, placement, over)
    if orders and not orders.below and not forwarded:
        return without_ticket(facts, orders)
    named = named_project(facts)
    ticket = new_ticket(
        facts,
        _routed(facts, named),
        project=named.project.key if named else None,
        rep=_rep(facts, named),
    )
    proposed = tuple(Link(ref, LinkKind.POSSIBLY) for ref in placement.possibly)
    ticket = replace(ticket, links=(*ticket.links, *proposed))
    if orders is None:
        return open_ticket(facts, placement, ticket, _words(facts))
    carried = carried_out(facts, orders, ticket, opening=True)
    change = carried.change_of(ticket.ref)
    outcome = open_ticket(facts, placement, change.after if change else ticket, _words(facts))
    return with_commands(facts, outcome, ticket, orders, carried, opening=True)


def _routed(facts: Facts, named: NamedProject | None) -> Routing:
    return route(
        Case(
            issue=facts.reading.issue,
            words=_case_words(facts),
            identity=facts.identity,
            organisation=facts.directory.organisations_by_id.get(facts.identity.organisation or ""),
            named=named,
            directory=facts.directory,
            today=_today(facts),
            open_counts=facts.open_counts,
            last_assigned=facts.last_assigned,
            earlier=facts.earlier,
            recent=facts.policy.routing.previous_handler,
            learned=facts.learned,
            learned_threshold=facts.policy.routing.learned_threshold,
        )
    )


def _rep(facts: Facts, named: NamedProject | None) -> str | None:
    """The rep who passed it on, else the project's, else the account's."""
    author = facts.directory.staff_by_id.get(facts.identity.staff or "")
    if author and author.role is StaffRole.REP:
        return author.id
    if named and named.project.rep:
        return named.project.rep
    return facts.identity.rep


def _today(facts: Facts) -> date:
    return facts.now.astimezone(ZoneInfo(facts.policy.service.timezone)).date()


def _words(facts: Facts) -> Words:
    public = any(token.audience is ReplyAudience.CLIENT for token in facts.tokens)
    text = _client_words(facts)
    known_by = words_fingerprint(facts.reading.parsed, facts.identity, text)
    audience = Audience.PUBLIC if public else Audience.INTERNAL
    return new_words(
        facts, audience=audience, client_text=text, fingerprint=known_by, said_at=_said_at(facts)
    )


def _said_at(facts: Facts) -> datetime:
    """When the client wrote: the date of the mail passed on or answered, in the house's zone when it names none."""
    parsed = facts.reading.parsed
    otherwise = min(parsed.date or facts.now, facts.now)  # clocks of clients run ahead; nobody wrote tomorrow
    level = client_message(parsed, facts.directory, facts.policy.service)
    if facts.identity.on_behalf_of is None or level is None or level.date is None:
        return otherwise
    zone = ZoneInfo(facts.policy.service.timezone)
    return level.date if level.date.tzinfo else level.date.replace(tzinfo=zone)


def _is_near_copy(facts: Facts, placement: Placement) -> bool:
    """Whether it came to its ticket as a changed copy of what is there; a client's own one counts for an hour."""
    copy = near_copy(facts) if placement.reasons[0].code == "nearly-same-words" else None
    return copy is not None and (
        facts.identity.staff is not None or facts.now - copy.message.at <= SENT_TWICE
    )


def _without_repetition(facts: Facts, placement: Placement, words: Words) -> tuple[Placement, Words]:
    """A client's words that are on the ticket already are not added again; a rep's new words above them are.

    A client who sends the same words again the next day is waiting for us, and that is news.
    """
    if words.client is None:
        return placement, words
    here = [s for s in facts.seen if s.ticket == placement.ticket and not s.ours and s.named_in is None]
    if facts.identity.staff is None:
        here = [s for s in here if s.at is None or facts.now - s.at <= SENT_TWICE]
    nearly = _is_near_copy(facts, placement)
    repeated = nearly or (
        bool(words.client.fingerprint) and words.client.fingerprint in {s.fingerprint for s in here}
    )
    ours = facts.identity.staff is not None and facts.identity.via is Via.CC
    answered = ours and any(s.message_id in facts.reading.parsed.in_reply_to for s in here)
    if not (repeated or answered):
        return placement, words
    if words.staff is not None:
        return placement, Words(client=None, staff=words.staff)
    reasons = (*placement.reasons, Reason("words-are-here", "the ticket has this text already"))
    return replace(placement, action=Action.DUPLICATE, reasons=reasons), words
