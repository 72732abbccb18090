"""Is a mail without any thread mark about a matter that is open already? Judged by the cards, within one client.

A wrong join hides a new problem, a wrong ticket makes the client explain it again: both cost trust. So a mail joins
only on two grounds at once (the same number and the same subject matter; a chaser and the same subject matter), and
one ground alone is told to people as a proposal.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from mailroute.domain.decisions import Facts
from mailroute.domain.issue import Issue, ReferenceKind
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Ticket
from mailroute.domain.words import plain_words

FRESH = timedelta(days=14)
"""How long after its last change a ticket may gather mail without a thread mark. Ours: two working weeks."""

MIN_SHARED_WORDS = 2
"""Content words that two mails must share besides the number or the chaser. One alone ("invoice") is chance."""

CHASERS = re.compile(
    r"\b(?:any (?:news|update|progress)|still (?:waiting|no|not|nothing)|chas(?:e|ing) (?:this|up|you)"
    r"|follow(?:ing)?[- ]up|remind(?:er|ing)?|(?:i|we) (?:wrote|mailed|e-?mailed|reported|told you|rang|called)"
    r"|(?:my|our) (?:last|earlier|previous|first) (?:e-?)?mail|no (?:answer|reply|response)"
    r"|(?:have ?n.?t|not) (?:heard|had (?:an )?(?:answer|reply))"
    r"|r[uü]ckmeldung|erinner(?:ung|e)|nochmals?|noch (?:immer|keine)|immer noch|schrieb (?:ich|ihnen)"
    r"|wie (?:ich )?(?:gestern )?geschrieben|meine (?:letzte )?mail"
    r"|relanc\w*|toujours (?:pas|rien)|sans (?:nouvelles?|r[eé]ponse)|rappel\w*"
    r"|mon (?:dernier |pr[eé]c[eé]dent )?(?:mail|message))\b",
    re.IGNORECASE,
)
"""Words of somebody who has written before, in English, German and French."""

SEPARATE = re.compile(
    r"\b(?:separate(?:ly)? (?:thing|issue|matter|question|point|topic)"
    r"|(?:another|other|different) (?:thing|issue|matter|question|topic)|unrelated|nothing to do with"
    r"|(?:andere|weitere|neue) (?:sache|frage)|(?:anderes|neues) thema"
    r"|autre (?:sujet|question|chose|point)|rien [àa] voir)\b",
    re.IGNORECASE,
)
"""Words of somebody who begins something new on purpose."""

_COMMON_TEXT = """
    about after again also because been before between could does down each email from give have hello help here
    into just kind know like mail make message more much need news only other please regards reply said same send sent
    since some soon still such tell than thank thanks that their them then there these they thing think this those
    today tomorrow under until very want week well were what when where which while will with without work would year
    yesterday your yours monday tuesday wednesday thursday friday saturday sunday morning afternoon
    aber alle auch beim bitte danke dass dein diese dieser doch eine einem einen einer etwas frau gestern gruesse
    haben hallo heute herr herrn ihnen ihre ihrem ihren immer jetzt kann kein keine koennen mail mehr mich morgen
    nach nicht noch oder schon sehr sein seit sich sind ueber unser unsere vielen viele wann warum wenn werden wird
    wurde zwei
    avec avez bien bonjour cette comme dans depuis elle encore est faire hier leur mais merci mois nous notre plus
    pour quand que sans sera sont suis tout tous tres une vous votre"""
_COMMON = frozenset(_COMMON_TEXT.split())


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What a mail has in common with an open ticket."""

    ticket: Ticket
    references: tuple[str, ...]
    words: tuple[str, ...]
    chaser: str | None
    same_requester: bool

    @property
    def is_certain(self) -> bool:
        """Two grounds at once."""
        enough = len(self.words) >= MIN_SHARED_WORDS
        return self.same_requester and enough and bool(self.references or self.chaser)

    @property
    def is_possible(self) -> bool:
        """One ground: worth a proposal."""
        return bool(self.references) or (bool(self.chaser) and self.same_requester)

    @property
    def reason(self) -> Reason:
        """The grounds in words."""
        grounds = [*self.references, *([f"“{self.chaser}”"] if self.chaser else []), *self.words[:4]]
        code = "same-open-matter" if self.is_certain else "possibly-same-matter"
        return Reason(code, f"{self.ticket.ref}: {', '.join(grounds)}")


def resembling(facts: Facts, words: str) -> tuple[Resemblance, ...]:
    """Open tickets of the same client that *words* (subject and text) resemble, the most alike first."""
    if SEPARATE.search(words):
        return ()
    chaser = CHASERS.search(words)
    mine = _content_words(words) - _names(facts)
    of_projects = frozenset(
        plain_words(r) for project in facts.directory.projects for r in project.references
    )
    numbers = _numbers(facts.reading.issue) - of_projects
    found = []
    for ticket in facts.recent:
        if facts.now - ticket.updated_at > FRESH:
            continue
        shared = sorted(mine & _card_words(ticket), key=lambda word: (-len(word), word))
        resemblance = Resemblance(
            ticket=ticket,
            references=tuple(sorted(numbers & _numbers(ticket.issue))),
            words=tuple(shared),
            chaser=chaser[0] if chaser and not _is_of_another(facts.reading.issue, ticket.issue) else None,
            same_requester=_same(facts, ticket),
        )
        if resemblance.is_possible:
            found.append(resemblance)
    return tuple(sorted(found, key=lambda r: (len(r.references), len(r.words)), reverse=True))


def _names(facts: Facts) -> frozenset[str]:
    """Words that stand in every mail of this client: who they are, and who we are."""
    organisation = facts.directory.organisations_by_id.get(facts.identity.organisation or "")
    names = (
        facts.identity.requester.name or "",
        organisation.name if organisation else "",
        facts.policy.service.name,
        *(staff.name for staff in facts.directory.staff),
    )
    return _content_words(" ".join(names))


def _same(facts: Facts, ticket: Ticket) -> bool:
    return facts.directory.are_one_person(facts.identity.requester.key, ticket.requester.key)


def _numbers(issue: Issue) -> frozenset[str]:
    """Numbers on the card. Those of whole projects say nothing here: many matters share an order."""
    return frozenset(plain_words(reference.value) for reference in issue.references)


_OF_THINGS = (ReferenceKind.ORDER, ReferenceKind.INVOICE, ReferenceKind.SERIAL, ReferenceKind.CONTRACT)


def _is_of_another(mail: Issue, card: Issue) -> bool:
    """Whether a mail names another thing than the card: numbers of one kind, and none of them the same.

    Who writes of "your reminder" about another machine does not remind us of this one.
    """
    return any(
        (here := _of_kind(mail, kind)) and (there := _of_kind(card, kind)) and not here & there
        for kind in _OF_THINGS
    )


def _of_kind(issue: Issue, kind: ReferenceKind) -> frozenset[str]:
    return frozenset(plain_words(one.value) for one in issue.references if one.kind is kind)


def _card_words(ticket: Ticket) -> frozenset[str]:
    issue = ticket.issue
    texts: Iterable[str] = (
        ticket.title,
        issue.title,
        *(ask.text for ask in issue.asks),
        *(product.text for product in issue.products),
        *(fact.value for fact in issue.facts),
    )
    return _content_words(" ".join(texts))


def _content_words(text: str) -> frozenset[str]:
    """Words that say what a mail is about: four letters and more, or with a digit, without the commonest."""
    return frozenset(word for word in plain_words(text).split() if _has_content(word))


def _has_content(word: str) -> bool:
    if word in _COMMON:
        return False
    return len(word) > 3 or (len(word) > 1 and any(c.isdigit() for c in word))
