"""Whose move is it? The last ask or answer that nobody has answered yet decides, and says why.

Each event that can turn a ticket has a row in TURNS. One event at a time while mail comes in, or a whole history at
once: it is the same fold, so the stored move and the one told from the history cannot differ.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from mailroute.domain.issue import Issue
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Move, Role, Status, Ticket, TicketEvent


@dataclass(frozen=True, slots=True)
class Turn:
    """Who must act next, and why."""

    move: Move
    because: Reason


RESTING = frozenset({Move.CLIENT, Move.NOBODY})
"""Moves on which a ticket may come back to its PM by itself."""

ASKS, ENDS, ANSWERS, ROLE, MOVE = "asks", "ends", "answers", "role", "to.whose_move"
"""Details of an event that a turn depends on: the question in it, the words that end the matter, the client's question
that it answers as the last one, who wrote it, and the move that somebody has set outright."""

_ENDING = re.compile(
    r"\b(?:(?:i|we)(?:.ll| will| am| are|.m|.re)? (?:now |hereby )?clos(?:e|ing)"
    r" (?:this|the|your) (?:ticket|case|matter|issue)"
    r"|consider(?:s|ed)? (?:this|it|the (?:ticket|case|matter|issue)) (?:as )?(?:now )?(?:closed|settled|resolved|done)"
    r"|(?:this|the|your) (?:ticket|case|matter|issue) is (?:now |hereby )?(?:closed|settled|resolved)"
    r"|(?:damit|somit) (?:ist|w[aä]re|betrachten wir) (?:das|die|dieses?|der)\b[^.!?]{0,40}\b(?:erledigt|abgeschlossen)"
    r"|(?:schlie(?:ss|ß)en?) (?:wir |ich )?(?:das|dieses|den|diesen) (?:ticket|vorgang|fall)"
    r"|(?:je|nous) (?:clos|ferme|cl[oô]turons|fermons) (?:ce|le|cette|votre) (?:ticket|dossier|demande)"
    r"|(?:ticket|dossier|demande) (?:est|comme) (?:d[eé]sormais |maintenant )?(?:close?|ferm[eé]e?|r[eé]gl[eé]e?))\b",
    re.IGNORECASE,
)
"""Words by which one of us ends a matter, in English, German and French. Narrow: an answer alone ends nothing."""

_UNLESS = re.compile(
    r"\b(?:if|once|when|unless|until|before|as soon as|wenn|falls|sobald|bevor|si|d[eè]s que|quand|avant)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_FORBIDS = re.compile(r"\b(?:do not|don.?t|never|nicht|kein\w*|ne)\b", re.IGNORECASE)


def ending(text: str) -> str | None:
    """The sentence in which one of us says that the matter is closed, without condition or question."""
    for sentence in _SENTENCE.findall(text[:5000]):
        if _ENDING.search(sentence) and not _UNLESS.search(sentence) and not sentence.endswith("?"):
            return str(sentence.strip())
    return None


_REQUESTS = re.compile(
    r"\b(?:please|could you|can you|would you|let (?:me|us) know|send (?:me|us)|tell (?:me|us)|i need|we need"
    r"|bitte|k[oö]nn(?:en|ten) sie|kannst du|k[oö]nntest du|lassen sie|teilen sie"
    r"|veuillez|merci de|pou(?:vez|rriez)[ -]vous|peux-tu|pourrais-tu|s.il (?:vous|te) pla[iî]t)\b",
    re.IGNORECASE,
)
"""Words of somebody who wants something of the reader, in English, German and French."""


def question(issue: Issue, text: str) -> str | None:
    """The first thing that one of us wants of the reader in *text*, which *issue* was read from.

    What is wanted not to be done (“please don't promise her...”) needs no answer, and neither does a statement.
    """
    # The card of an answer in copy is read from the client's quoted words: what stands elsewhere is not asked by us.
    asks = [ask.text for ask in issue.asks if ask.text in text]
    questions = (s.strip() for s in (*asks, *_SENTENCE.findall(text[:5000])) if s.rstrip().endswith("?"))
    requests = (one for one in asks if _REQUESTS.search(one) and not _FORBIDS.search(one))
    return next(iter((*questions, *requests)), None)


_TELL = re.compile(
    r"\b(?:tell|let (?:me|us) know|confirm|explain|advise|sagen|mitteilen|wissen lassen|best[aä]tigen|erkl[aä]ren"
    r"|dire|confirmer|expliquer|savoir)\b",
    re.IGNORECASE,
)
"""What is wanted is words, whatever the form of the wish."""


_REMAINS = re.compile(
    r"\b(?:will|shall|going to|get back|come back to you|look(?:ing)? into|checking|find(?:ing)? out"
    r"|not yet|don.?t know"
    r"|(?:ich|wir) (?:werde|werden|melde|kl[aä]re|pr[uü]fe)n?|(?:melde|kl[aä]re|pr[uü]fe)n? (?:ich|wir)|noch nicht"
    r"|je vais|nous allons|pas encore|(?:je|nous|on)(?: \w+){0,2} \w+(?:rai|rons))\b|['’]ll\b",
    re.IGNORECASE,
)
"""Something is still to come from us, in English, German and French."""


def answered(issue: Issue, text: str) -> str | None:
    """The last thing that the client of a ticket with this card wanted to know, if *text* leaves nothing open.

    Only where all that they want is words: a repair is not done by an answer. An answer that announces something
    leaves that open.
    """
    if not issue.asks or not text.strip() or _REMAINS.search(text[:5000]):
        return None
    return issue.asks[-1].text if all(_wants_words(ask.text) for ask in issue.asks) else None


def _wants_words(ask: str) -> bool:
    return bool(_TELL.search(ask)) or (ask.rstrip().endswith("?") and not _REQUESTS.search(ask))


def _opened(ticket: Ticket, _event: TicketEvent) -> Turn:
    if ticket.pm is None:
        return Turn(Move.NOBODY, Reason("nobody-has-it", "no PM yet"))
    return Turn(Move.PM, Reason("client-waits", str(ticket.requester)))


def _staff_replied(_ticket: Ticket, event: TicketEvent) -> Turn | None:
    if asked := event.details.get(ASKS):
        return Turn(Move.CLIENT, Reason("client-was-asked", f"“{asked}”"))
    if ended := event.details.get(ENDS):
        return Turn(Move.NOBODY, Reason("matter-ended-in-words", f"“{ended}”"))
    if asked := event.details.get(ANSWERS):
        return Turn(Move.NOBODY, Reason("client-was-answered", f"“{asked}”"))
    return None  # an answer that asks nothing while something is to be done: whoever had the move keeps it


def _noted(ticket: Ticket, event: TicketEvent) -> Turn | None:
    role = event.details.get(ROLE)
    if role is None or ticket.rep is None or ticket.rep == ticket.pm:
        return None
    if event.by == ticket.rep:
        if ticket.whose_move is not Move.REP:
            return None
        waits = ticket.status is Status.WAITING
        return Turn(Move.CLIENT if waits else Move.PM, Reason("rep-answered", event.by))
    asked = event.details.get(ASKS)
    if asked and role in {Role.PM, Role.LEAD}:
        return Turn(Move.REP, Reason("rep-was-asked", f"{event.by}: “{asked}”"))
    return None


def _set(_ticket: Ticket, event: TicketEvent) -> Turn | None:
    move = event.details.get(MOVE)
    return Turn(Move(move), Reason("said-so", f"{event.by}: {event.event}")) if move else None


TURNS: Mapping[str, Callable[[Ticket, TicketEvent], Turn | None]] = {
    "opened": _opened,
    "client-wrote": _opened,
    "staff-replied": _staff_replied,
    "noted": _noted,
}
"""By the event's name; every other event turns the ticket only by the move that somebody set with it."""


def turn(ticket: Ticket, event: TicketEvent) -> Turn | None:
    """Who must act after *event* on *ticket* as it is then; None when the event leaves that as it was."""
    return _set(ticket, event) or TURNS.get(event.event, _set)(ticket, event)


def whose_move(ticket: Ticket, events: Iterable[TicketEvent]) -> Turn:
    """Who must act on *ticket* after its whole history, oldest first; the reason is the last thing that turned it."""
    last = Turn(Move.NOBODY, Reason("nothing-happened", "no history"))
    then = replace(ticket, status=Status.NEW, whose_move=last.move)
    for event in events:
        last = turn(then, event) or last
        then = replace(then, status=_status_after(then, event, last.move), whose_move=last.move)
    return last


def _status_after(then: Ticket, event: TicketEvent, move: Move) -> Status:
    """As far as later turns depend on it: whether the client owes us an answer."""
    if said := event.details.get("to.status"):
        return Status(said)
    if event.event in {"opened", "client-wrote"}:
        return Status.OPEN
    return Status.WAITING if move is Move.CLIENT else then.status
