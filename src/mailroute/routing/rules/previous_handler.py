"""A further mail about a client's earlier matter goes to the PM who handled that one."""

from collections.abc import Iterator

from mailroute.domain.issue import IssueType
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Ticket
from mailroute.domain.words import plain_words
from mailroute.routing.case import Assign, Case, Pass

ALIKE = 2
"""Words of an earlier title that must come again; of title and asks together one more, of another type one more."""
SHORTEST = 4
"""Letters of a word that tells matters apart; shorter ones stand in every mail."""
COMMON = frozenset({
    "able", "about", "again", "also", "anfrage", "another", "asap", "been", "before", "best", "bitte",
    "bonjour", "call", "check", "come", "could", "dans", "dear", "demande", "does", "dringend", "eine",
    "email", "frage", "friday", "from", "hallo", "have", "hello", "help", "issue", "kind", "know", "look",
    "mail", "make", "monday", "more", "need", "noch", "notre", "please", "possible", "pour", "problem",
    "question", "regarding", "regards", "request", "send", "sent", "since", "some", "soon", "still", "take",
    "thank", "thanks", "that", "their", "there", "this", "thursday", "today", "tuesday", "unser", "unsere",
    "urgent", "very", "votre", "want", "wednesday", "week", "wegen", "were", "what", "when", "where",
    "which", "wieder", "will", "wishes", "with", "would", "your",
})  # fmt: skip
"""Words of mails of all kinds."""


def previous_handler(case: Case) -> Assign | Pass:
    """The PM of the client's last ticket that speaks of the same; the requester's own before colleagues'."""
    recent = [one for one in case.earlier if _counts(one, case)]
    if not recent:
        return Pass("the client has no recent ticket that a PM handled")
    for ticket in sorted(recent, key=lambda one: one.requester.key != case.identity.requester.key):
        because = next(_in_common(ticket, case), None)
        if because and ticket.pm:
            why = Reason(
                "previous-handler", f"handled {ticket.ref} of {ticket.opened_at:%Y-%m-%d}: {because}"
            )
            return Assign(ticket.pm, why, 0.75)
    return Pass(f"none of the client's last {len(recent)} tickets speaks of the same")


def _counts(ticket: Ticket, case: Case) -> bool:
    """Whether it tells who handles such matters: work that still lies with triage, or with a deputy, does not."""
    if ticket.pm not in case.directory.staff_by_id or case.today - ticket.opened_at.date() > case.recent:
        return False
    untouched = ticket.pm == ticket.routing.pm
    stood_in = any(reason.code in {"deputy", "everybody-full"} for reason in ticket.routing.reasons)
    return not (untouched and (stood_in or ticket.routing.rule == "triage-lead"))


def _in_common(ticket: Ticket, case: Case) -> Iterator[str]:
    """What shows that it is the same matter, the strongest first."""
    if case.named is not None and ticket.project == case.named.project.key:
        yield f"the same project {ticket.project}"
    products = {plain_words(p.text) for p in ticket.issue.products if len(p.text) >= SHORTEST}
    mine = {plain_words(p.text) for p in case.issue.products}
    kind = ticket.issue.type.value
    alike = kind is case.issue.type.value and kind is not IssueType.OTHER
    if same := sorted(products & mine):
        yield f"the same product “{same[0]}”"
    needed, now = ALIKE if alike else ALIKE + 1, _telling(case.words)
    title = _telling(ticket.title) & now
    both = _telling(" ".join([ticket.title, *(ask.text for ask in ticket.issue.asks)])) & now
    if len(title) >= needed or len(both) > needed:
        what = f"the same type {kind} and " if alike else ""
        yield f"{what}the same words “{', '.join(sorted(title if len(title) >= needed else both)[:4])}”"


def _telling(text: str) -> set[str]:
    return {word for word in plain_words(text).split() if len(word) >= SHORTEST and word not in COMMON}
