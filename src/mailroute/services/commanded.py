"""Commands in a mail: which there are, what they do to the ticket that the mail came to, and the mail back. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mailroute.directory.lookup import organisation_of
from mailroute.domain.decisions import Action, Change, Facts, Outcome, Placement
from mailroute.domain.directory import Staff
from mailroute.domain.parsed import ParsedMail
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Audience, Ticket, TicketMessage
from mailroute.domain.tokens import ReplyAudience, read_message_id
from mailroute.routing.decide import present
from mailroute.services.rerouting import Rerouting
from mailroute.threads.waiting import DROP, SEND
from mailroute.tickets.actions import How, LetterKind, Scene, Told
from mailroute.tickets.actions_letters import command_result, letters_of
from mailroute.tickets.commands import (
    Carried,
    CommandLine,
    Result,
    carry_out,
    help_text,
    is_only_signed,
    read_commands,
)
from mailroute.tickets.letters import CLIENT_KINDS

STATE = frozenset({"to.status", "to.whose_move"})


@dataclass(frozen=True, slots=True)
class Orders:
    """What the author of a message wants done."""

    author: Staff
    lines: tuple[CommandLine, ...]
    below: str
    """The words under the commands; empty when there is nothing but a name."""


def orders_of(facts: Facts) -> Orders | None:
    """The commands that lead the words of one of us; None without any. A client's are words like others."""
    author = facts.directory.staff_by_id.get(facts.identity.staff or "")
    if author is None:
        return None
    lines, below = read_commands(leading_words(facts.reading.parsed))
    if not lines or _is_word_on_waiting(facts, lines[0]):
        return None
    return Orders(author, lines, "" if is_only_signed(below, author.name) else below)


def _is_word_on_waiting(facts: Facts, first: CommandLine) -> bool:
    """Whether "/send" or whatever it is answers our question about a reply that waits."""
    addressed = any(token.audience is ReplyAudience.WAITING for token in facts.tokens)
    return facts.asked_about is not None and (addressed or first.name in SEND | DROP)


def leading_words(parsed: ParsedMail) -> str:
    """The author's own words: above the forward, if there is one."""
    note = parsed.forwarded.note if parsed.forwarded else None
    return note if note and note.strip() else parsed.body.fresh


def without_commands(facts: Facts, orders: Orders) -> Facts:
    """The facts as if the author had not written the command lines."""
    parsed, issue = facts.reading.parsed, facts.reading.issue
    body = replace(parsed.body, fresh=orders.below)
    forwarded = parsed.forwarded
    if forwarded and forwarded.note:
        forwarded = replace(forwarded, note=orders.below or None)
    if facts.identity.on_behalf_of is None:  # the card is of the author's own words
        asks = tuple(ask for ask in issue.asks if ask.text in orders.below)
        title = issue.title if not issue.title.startswith("/") else parsed.subject
        issue = replace(issue, asks=asks, title=title)
    parsed = replace(parsed, body=body, forwarded=forwarded)
    return replace(facts, reading=replace(facts.reading, parsed=parsed, issue=issue))


def carried_out(facts: Facts, orders: Orders, ticket: Ticket, *, opening: bool) -> Carried:
    """What the commands do to *ticket*; nothing at all when nobody vouches for the author."""
    if not facts.identity.proved:
        why = "nothing proves that this mail is yours: your mail server must sign it (DKIM, DMARC)"
        return Carried(results=refused(orders.lines, why), changes=())
    return carry_out(_scene(facts, orders, ticket, opening=opening), orders.lines)


def scene_of(facts: Facts, actor: Staff, ticket: Ticket, *, marked: bool) -> Scene:
    """What a command in a mail of *actor* may look at; *marked* as in `Scene`."""
    return Scene(
        ticket=ticket,
        actor=actor,
        how=How.MAIL,
        now=facts.now,
        directory=facts.directory,
        policy=facts.policy,
        next_ref=facts.next_ref,
        lookup=organisation_of,
        present=present,
        reroute=_reroute(facts),
        others={ref: one for ref, one in facts.named.items() if ref != ticket.ref},
        marked=marked,
    )


def _reroute(facts: Facts) -> Rerouting:
    return Rerouting(
        directory=facts.directory,
        policy=facts.policy,
        now=facts.now,
        said=facts.said,
        open_counts=facts.open_counts,
        last_assigned=facts.last_assigned,
        learned=facts.learned,
    )


def _scene(facts: Facts, orders: Orders, ticket: Ticket, *, opening: bool) -> Scene:
    return replace(
        scene_of(facts, orders.author, ticket, marked=opening or _is_marked(facts, ticket)),
        below=orders.below,
        issue=facts.reading.issue,
        history=facts.history.get(ticket.ref, ()),
    )


def _is_marked(facts: Facts, ticket: Ticket) -> bool:
    """Whether the mail shows what only staff can know: the internal address of the ticket, or an internal mail's id."""
    numbers = {ref.number for ref in ticket.family}
    if any(t.audience is ReplyAudience.INTERNAL and t.number in numbers for t in facts.tokens):
        return True
    parsed = facts.reading.parsed
    own = (read_message_id(facts.policy.secret, i) for i in (*parsed.in_reply_to, *parsed.references))
    return any(one and one.kind not in CLIENT_KINDS and one.number in numbers for one in own)


def refused(lines: Iterable[CommandLine], why: str) -> tuple[Result, ...]:
    """The same answer to each; help is given all the same."""
    return tuple(
        Result(str(line), done=True, words=help_text())
        if line.name == "help"
        else Result(str(line), done=False, words=why)
        for line in lines
    )


def without_ticket(facts: Facts, orders: Orders) -> Outcome:
    """Commands alone, in a mail that points to no ticket: the author is told what is missing."""
    why = "it is not clear which ticket: answer one of its mails, or write [MR-7] into the subject"
    reason = Reason("command-without-ticket", "commands alone, and no ticket they could be for")
    return Outcome(
        identity=facts.identity,
        placement=Placement(action=Action.IGNORE, reasons=(reason,)),
        drafts=(command_result(facts, orders.author, refused(orders.lines, why), None),),
    )


def without_effect(facts: Facts, outcome: Outcome, orders: Orders) -> Outcome:
    """The outcome of a message that a closed ticket refuses: its commands are not done either."""
    why = "the ticket is closed and takes no more: /reopen it first"
    back = command_result(facts, orders.author, refused(orders.lines, why), None)
    return replace(outcome, drafts=(*outcome.drafts, back))


def commands_alone(
    facts: Facts, placement: Placement, ticket: Ticket, orders: Orders, *, moved: bool
) -> Outcome:
    """The outcome of commands with no words of their own for *ticket*, before what they do is added.

    The lines stand on the ticket, for us alone; unless the mail has *moved* to a ticket of its own.
    """
    reason = Reason("command", ", ".join(f"/{line.name}" for line in orders.lines))
    placement = replace(placement, action=Action.APPEND, reasons=(*placement.reasons, reason))
    said = said_inside(facts, "\n".join(str(line) for line in orders.lines))
    messages = () if moved else (said,)
    return Outcome(identity=facts.identity, placement=placement, ticket=ticket, messages=messages)


def said_inside(facts: Facts, words: str) -> TicketMessage:
    """The mail as a message on a ticket that we alone may read, with *words* as its text."""
    return TicketMessage(
        entry=facts.entry.id,
        source=facts.entry.source,
        author=facts.identity.author,
        role=facts.identity.role,
        via=facts.identity.via,
        audience=Audience.INTERNAL,
        at=min(facts.reading.parsed.date or facts.now, facts.now),
        message_id=facts.reading.parsed.message_id,
        text=words,
    )


def with_commands(
    facts: Facts, outcome: Outcome, ticket: Ticket, orders: Orders, carried: Carried, *, opening: bool
) -> Outcome:
    """*outcome*, made of the ticket as the commands left it, with their history, mails and the mail back.

    Args:
        facts: what is known, without the command lines.
        outcome: what the words below cause.
        ticket: before the commands.
        orders: the commands.
        carried: what they did.
        opening: whether the message opens *ticket*: its people are told of it anyway.
    """
    change = carried.change_of(ticket.ref)
    after = outcome.ticket or ticket
    if change and any(STATE & set(event.details) for event in change.events):
        after = replace(  # what somebody says outright counts more than what follows from the words below
            after,
            status=change.after.status,
            whose_move=change.after.whose_move,
            ended_at=change.after.ended_at,
        )
    if opening:
        carried = replace(carried, told=tuple(_for_a_new_ticket(carried.told, after)))
    letters = letters_of(
        carried,
        _scene(facts, orders, ticket, opening=opening),
        facts.said.get(ticket.ref, ()),
        occasion=f"entry-{facts.entry.id}",
    )
    notes = [replace(m, source=facts.entry.source) for m in (change.messages if change else ())]
    back = command_result(facts, orders.author, carried.results, after)
    return replace(
        outcome,
        ticket=after,
        messages=(*outcome.messages, *notes),
        events=(*outcome.events, *(change.events if change else ())),
        drafts=(*outcome.drafts, *letters, back),
        wake_at=change.wake_at if change else None,
        briefs=(orders.author.id,) if carried.brief else (),
        projects=carried.projects,
        also=(*outcome.also, *_others(facts, carried.changes, ticket)),
    )


def _for_a_new_ticket(told: Sequence[Told], ticket: Ticket) -> Iterable[Told]:
    """Its people get the account and the receipt anyway; what is left are notes to them, and other tickets."""
    for one in told:
        is_note = one.kind is LetterKind.WORD and not one.news
        if one.ref != ticket.ref or (is_note and one.staff in {ticket.pm, ticket.rep}):
            yield one


def _others(facts: Facts, changes: Iterable[Change], ticket: Ticket) -> Iterable[Change]:
    """Changes of other tickets; the words of one that was split off are those of this mail."""
    parsed = facts.reading.parsed
    for change in changes:
        if change.after.ref == ticket.ref:
            continue
        if change.before is not None:
            yield change
            continue
        said = (
            replace(m, entry=facts.entry.id, source=facts.entry.source, message_id=parsed.message_id)
            for m in change.messages
        )
        yield replace(change, messages=tuple(said))
