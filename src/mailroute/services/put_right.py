"""One line of the client that corrects what we understood: the day, or what something is called. Pure.

The acknowledgement asks for it. Only what is plain is done: a short message, no question, one day, or one pair "A, not
B" of which B stands on the card. What one of us has put right stays. That the matter is settled is told to the PM, who
may close it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from mailroute.domain.decisions import Facts, Outcome
from mailroute.domain.issue import Deadline, Issue
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Ticket, TicketEvent, TicketMessage
from mailroute.parsing.days import find_days
from mailroute.tickets.actions import differences
from mailroute.tickets.lifecycle import ENDED
from mailroute.tickets.move import MOVE

SHORT = 240
"""Characters of a message that may be nothing but a correction. Ours."""

_DUE = re.compile(
    r"\b(?:dead ?lines?|due|needed? (?:it|this|that|them)?\s*by|no later than|at the latest"
    r"|frist|termin|stichtag|sp[aä]testens|brauchen (?:wir )?(?:es|das|sie)?\s*bis|bis (?:zum|sp[aä]testens)"
    r"|d[eé]lai|[eé]ch[eé]ance|date (?:limite|butoir)|au plus tard)\b",
    re.IGNORECASE,
)
"""Words that speak of the day by which something is wanted, in English, German and French."""

_NOT_THAT = re.compile(
    r"\b(?:not|instead of|rather than|nicht|statt|anstatt|kein\w*|pas|non|au lieu)\b[^.!?\d]{0,14}$",
    re.IGNORECASE,
)

_SETTLED = re.compile(
    r"\b(?:(?:is|it.?s|all|now|been|problem)? ?(?:solved|resolved|fixed|sorted(?: out)?|settled)"
    r"|works (?:again|now|fine)|(?:please|can|may|you can|could) (?:be )?close[d]?(?: it| this| the \w+)?"
    r"|erledigt|gel[oö]st|behoben|funktioniert (?:jetzt |nun )?wieder|l[aä]uft (?:jetzt |nun )?wieder"
    r"|(?:bitte|kann|k[oö]nnen|darf) [^.!?]{0,30}(?:geschlossen|schlie(?:ss|ß)en|abgeschlossen)"
    r"|r[eé]solue?|r[eé]gl[eé]e?|fonctionne (?:de|à) nouveau|remarche"
    r"|(?:pouvez|peut) [^.!?]{0,20}(?:fermer|clore|clos|ferm[eé]))\b",
    re.IGNORECASE,
)
_UNSETTLED = re.compile(
    r"\b(?:not|n.t|never|still|until|unless|if|when|once"
    r"|nicht|noch|kein\w*|wenn|falls|sobald|pas|toujours|si|quand|d[eè]s)\b",
    re.IGNORECASE,
)

_THANKS = re.compile(r"\b(?:thanks?|cheers|danke|dank|merci)\b", re.IGNORECASE)
_KIND = re.compile(
    r"\b(?:thanks?|cheers|danke|dank|merci|great|perfect|excellent|brilliant|lovely|wonderful|super|well done"
    r"|good|quick(?:ly)?|fast|happy|pleased|delighted|helps?|helped|helpful|works|appreciated?"
    r"|perfekt|prima|toll|klasse|wunderbar|hervorragend|gut|schnell\w*|zufrieden|hilft|geholfen|freut|freuen"
    r"|parfaite?|g[eé]nial|bravo|contente?s?|satisfaite?s?|ravie?s?|rapide\w*|aide|bien)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:but|however|although|unfortunately|again|please|could|would|another|aber|jedoch|leider|wieder|bitte"
    r"|k[oö]nn\w*|mais|cependant|malheureusement|encore|pouv\w*|pourr\w*)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!]+(?:\s+|$)")

_PHRASE = r"[\w#][\w./#-]*(?: [\w#][\w./#-]*){0,3}"
_ARTICLE = r"(?:the|a|an|number|no\.?|die|das|der|den|dem|nummer|nr\.?|la|le|les|du|de|l['’])"
_NOT, _BUT = r"not|nicht|pas|non", r"but|sondern|mais|it.?s|it is|c['’]est|es ist"
_PAIRS = (
    re.compile(
        rf"(?<![\w'’])(?P<right>{_PHRASE}),? (?:and )?(?:{_NOT}) (?:{_ARTICLE} )?(?P<wrong>{_PHRASE})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:{_NOT}) (?:{_ARTICLE} )?(?P<wrong>{_PHRASE}?),? (?:{_BUT}) (?:{_ARTICLE} )?(?P<right>{_PHRASE})",
        re.IGNORECASE,
    ),
)
_LEAD = re.compile(
    r"^(?:(?:sorry|hello|hi|no|nein|non|it|that|this|is|are|was|it.?s|should|be|i|we|mean|meant|about|actually"
    r"|es|das|ist|sind|geht|um|ich|wir|meine|meinen|c['’]est|il|s['’]agit|je|nous|veux|dire"
    r"|the|a|an|die|der|den|la|le|de|du|bitte|please) )+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PutRight:
    """What the client's line has corrected."""

    facts: Facts
    ticket: Ticket
    events: tuple[TicketEvent, ...] = ()
    remarks: tuple[str, ...] = ()
    """For our people, one sentence each."""
    settled: bool = False


def put_right(facts: Facts, ticket: Ticket, said: TicketMessage | None) -> PutRight:
    """The ticket with what the client's short line corrects; as it was when the line is no correction."""
    nothing = PutRight(facts=facts, ticket=ticket)
    if (
        said is None
        or facts.identity.staff is not None
        or "?" in said.text
        or not 0 < len(said.text) <= SHORT
    ):
        return nothing
    text = " ".join(said.text.split())
    found = _deadline(facts, ticket, text) or _renamed(facts, ticket, text)
    if found is not None:
        return found
    if _UNSETTLED.search(text):
        return nothing
    if _SETTLED.search(text) or (ticket.status in ENDED and _only_thanks(facts, text)):
        return _settled(facts, ticket, text)
    return nothing


def _only_thanks(facts: Facts, text: str) -> bool:
    """Whether each sentence is a kind one: what tells or wants something is never taken for thanks."""
    issue = facts.reading.issue
    if issue.asks or issue.deadlines or issue.references or _MORE.search(text) or not _THANKS.search(text):
        return False
    return all(_KIND.search(sentence) for sentence in _SENTENCE_END.split(text) if sentence.strip())


def shown(outcome: Outcome, right: PutRight) -> Outcome:
    """The outcome of the message, with the line of history and the remarks in the mails to our people."""
    if not right.events:
        return outcome
    drafts = tuple(
        replace(
            one,
            context={**one.context, "message": {**one.context["message"], "remarks": list(right.remarks)}},
        )
        if one.kind == "follow-up"
        else one
        for one in outcome.drafts
    )
    if right.settled and right.ticket.status in ENDED and outcome.ticket is not None:
        return _still_ended(replace(outcome, drafts=drafts), right)
    return replace(outcome, events=(*right.events, *outcome.events), drafts=drafts)


def _still_ended(outcome: Outcome, right: PutRight) -> Outcome:
    """Thanks for what is settled bring nothing back."""
    was = right.ticket
    assert outcome.ticket is not None, "the message stands on a ticket"
    ticket = replace(outcome.ticket, status=was.status, whose_move=was.whose_move, ended_at=was.ended_at)
    stays = {"to.status": str(was.status), MOVE: str(was.whose_move)}
    events = (
        replace(one, details={**one.details, **stays})
        for one in outcome.events
        if one.event == "client-wrote"
    )
    return replace(outcome, ticket=ticket, events=(*events, *right.events))


def _event(facts: Facts, name: str, before: Ticket, after: Ticket, text: str) -> TicketEvent:
    by = facts.identity.author.address or str(facts.identity.author)
    why = Reason("client-said", f"“{text}”")
    return TicketEvent(at=facts.now, event=name, by=by, reasons=(why,), details=differences(before, after))


def _settled(facts: Facts, ticket: Ticket, text: str) -> PutRight:
    event = _event(facts, "client-says-settled", ticket, ticket, text)
    open_yet = (
        "answer this mail with /close as its first line to close the ticket"
        if ticket.status not in ENDED
        else "it stays closed"
    )
    remark = f"It seems that the matter is settled for the client: {open_yet}."
    return PutRight(facts=facts, ticket=ticket, events=(event,), remarks=(remark,), settled=True)


def _deadline(facts: Facts, ticket: Ticket, text: str) -> PutRight | None:
    """The one day that the line names as the one by which it is wanted."""
    if "deadlines" in ticket.issue.corrected:
        return None
    written = facts.now.astimezone(ZoneInfo(facts.policy.service.timezone)).date()
    days = find_days(text, written)
    refused = {day.day for day in days if _NOT_THAT.search(text[: day.start])}
    wanted = [day for day in days if day.day not in refused and day.day >= written]
    present = {one.date for one in ticket.issue.deadlines}
    if len({day.day for day in wanted}) != 1 or not (_DUE.search(text) or refused & present):
        return None
    day = wanted[0]
    if present == {day.day}:
        return None
    new = Deadline(date=day.day, words=text, start=day.start, end=day.end, sure=0.95)
    after = replace(ticket, issue=replace(ticket.issue, deadlines=(new,)))
    return _corrected(facts, ticket, after, text, f"deadline {_days(present)} -> {day.day.isoformat()}")


def _days(days: set[date]) -> str:
    return ", ".join(one.isoformat() for one in sorted(days)) or "none"


def _renamed(facts: Facts, ticket: Ticket, text: str) -> PutRight | None:
    """Where "A, not B" is said and B stands on the card, A takes its place: in title, asks, facts and numbers."""
    for wrong, right in _pairs(text):
        pattern = re.compile(rf"(?<![\w-]){re.escape(wrong)}(?![\w-])", re.IGNORECASE)
        issue = _replaced(ticket.issue, pattern, right)
        title = ticket.title if "title" in issue.corrected else _put(pattern, right, ticket.title)
        after = replace(ticket, title=title, issue=issue)
        if after != ticket:
            return _corrected(facts, ticket, after, text, f"“{wrong}” -> “{right}”")
    return None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """What is wrong and what is right, the longest way to say it first: "machine 4" before "4"."""
    for pattern in _PAIRS:
        for match in pattern.finditer(text):
            right, wrong = _LEAD.sub("", match["right"]).strip(" .-"), match["wrong"].strip(" .-")
            names, others = right.split(), wrong.split()
            if not names or not others or names == others:
                continue
            if len(others) == 1 and len(names) > 1:
                yield " ".join([*names[:-1], wrong]), right
                yield wrong, names[-1]
            else:
                yield wrong, right


def _put(pattern: re.Pattern[str], right: str, text: str) -> str:
    """A function as replacement: what clients write is no pattern."""
    new = pattern.sub(lambda _: right, text)
    return new[:1].upper() + new[1:] if text[:1].isupper() else new


def _replaced(issue: Issue, pattern: re.Pattern[str], right: str) -> Issue:
    put = partial(_put, pattern, right)
    new = replace(
        issue,
        title=put(issue.title),
        asks=tuple(replace(one, text=put(one.text)) for one in issue.asks),
        facts=tuple(replace(one, value=put(one.value)) for one in issue.facts),
        references=tuple(replace(one, value=put(one.value)) for one in issue.references),
        products=tuple(replace(one, text=put(one.text)) for one in issue.products),
    )
    return replace(new, **{name: getattr(issue, name) for name in issue.corrected})


def _corrected(facts: Facts, before: Ticket, after: Ticket, text: str, what: str) -> PutRight:
    """The line has said all it had to say: nothing else is read from it."""
    bare = Issue(language=facts.reading.issue.language)
    issue = replace(facts.reading.issue, asks=bare.asks, deadlines=(), facts=(), products=(), references=())
    return PutRight(
        facts=replace(facts, reading=replace(facts.reading, issue=issue)),
        ticket=after,
        events=(_event(facts, "client-corrected", before, after, text),),
        remarks=(f"The client has corrected what we understood: {what}.",),
    )
