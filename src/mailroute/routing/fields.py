"""The fields that a configured rule may ask for: one table, for the rules, the checks and the docs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mailroute.domain.address import domain_of
from mailroute.domain.directory import ProjectStatus
from mailroute.domain.issue import IssueType, Sentiment, Urgency
from mailroute.domain.ticket import Role
from mailroute.routing.case import Case


@dataclass(frozen=True, slots=True)
class RuleField:
    """What a field path means, and the values that a case has there."""

    meaning: str
    read: Callable[[Case], Iterable[str]]
    words: type[StrEnum] | None = None
    """The only values there are; None for free text."""
    ordered: bool = False
    """Whether `words` stand from less to more."""
    many: bool = False
    """Whether a case may have several values; expressions see a list then."""


def _one(value: object) -> tuple[str, ...]:
    return () if value is None else (str(value),)


RULE_FIELDS: Mapping[str, RuleField] = {
    "issue.type": RuleField(
        "what the mail is for: defect, delay, billing, ...", lambda c: _one(c.issue.type.value), IssueType
    ),
    "issue.urgency": RuleField(
        "low, normal, high or critical", lambda c: _one(c.issue.urgency.value), Urgency, ordered=True
    ),
    "issue.sentiment": RuleField(
        "pleased, neutral, frustrated or angry",
        lambda c: _one(c.issue.sentiment.value),
        Sentiment,
        ordered=True,
    ),
    "issue.language": RuleField("ISO 639-1 code of the client's words", lambda c: _one(c.issue.language)),
    "issue.reference": RuleField(
        "any order, invoice or other number in the mail",
        lambda c: [r.value for r in c.issue.references],
        many=True,
    ),
    "issue.product": RuleField(
        "any product named in the mail", lambda c: [p.text for p in c.issue.products], many=True
    ),
    "issue.ask": RuleField(
        "any sentence in which something is wanted of us", lambda c: [a.text for a in c.issue.asks], many=True
    ),
    "sender.role": RuleField(
        "who wrote: client, rep, pm, lead or stranger", lambda c: _one(c.identity.role), Role
    ),
    "sender.address": RuleField("the requester's address", lambda c: _one(c.identity.requester.address)),
    "sender.domain": RuleField(
        "the domain of the requester's address",
        lambda c: _one(domain_of(c.identity.requester.address or "") or None),
    ),
    "organisation.id": RuleField(
        "id of the client company", lambda c: _one(c.organisation and c.organisation.id)
    ),
    "organisation.tier": RuleField(
        "tier of the client company", lambda c: _one(c.organisation and c.organisation.tier)
    ),
    "project.key": RuleField(
        "key of the project the mail names", lambda c: _one(c.named and c.named.project.key)
    ),
    "project.status": RuleField(
        "planned, active or closed", lambda c: _one(c.named and c.named.project.status), ProjectStatus
    ),
    "words": RuleField("a word or phrase in subject or text, in any case", lambda c: _one(c.words)),
}
