"""ParsedMail -> Issue, by spaCy and rules: one extractor a file, FIELDS is the table.

Extractors run in the order of the table and see the card as far as it is filled: urgency looks at the deadlines,
the title at the asks.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from mailroute.domain.directory import Directory
from mailroute.domain.issue import Issue
from mailroute.domain.parsed import ParsedMail
from mailroute.domain.policy import Service
from mailroute.domain.reasons import Reason
from mailroute.extraction.asks import find_asks
from mailroute.extraction.competitors import find_market
from mailroute.extraction.deadlines import find_deadlines
from mailroute.extraction.facts import find_facts
from mailroute.extraction.kind import find_type
from mailroute.extraction.language import LanguageModel, load_language, verify_weights
from mailroute.extraction.people import find_people
from mailroute.extraction.products import find_products
from mailroute.extraction.reading import Reading, read, text_of
from mailroute.extraction.references import find_references
from mailroute.extraction.sentiment import find_sentiment
from mailroute.extraction.title import find_title
from mailroute.extraction.urgency import find_urgency

__all__ = [
    "FIELDS",
    "Examination",
    "LanguageModel",
    "examine",
    "extract",
    "issue_text",
    "load_language",
    "verify_weights",
]

Extractor = Callable[[Reading, Issue], Any]

FIELDS: tuple[tuple[str, Extractor], ...] = (
    ("language", lambda reading, _found: reading.language),
    ("references", find_references),
    ("asks", find_asks),
    ("deadlines", find_deadlines),
    ("people", find_people),
    ("type", find_type),
    ("sentiment", find_sentiment),
    ("products", find_products),
    ("urgency", find_urgency),
    ("feedback", find_market),
    ("facts", find_facts),
    ("title", find_title),
)
"""Field of the card and what fills it, in the order in which they run."""


def issue_text(parsed: ParsedMail, directory: Directory, service: Service) -> str:
    """The text that the offsets of an issue refer to: the client's own words."""
    return text_of(parsed, directory, service)


@dataclass(frozen=True, slots=True)
class Examination:
    """The card, and for each field that had to be left at its default why."""

    issue: Issue
    failures: tuple[Reason, ...] = ()


def extract(parsed: ParsedMail, *, model: LanguageModel, directory: Directory, service: Service) -> Issue:
    """The issue card of a read mail."""
    return examine(parsed, model=model, directory=directory, service=service).issue


def examine(
    parsed: ParsedMail, *, model: LanguageModel, directory: Directory, service: Service
) -> Examination:
    """The card and what could not be filled: one field that fails must not cost the client the whole ticket."""
    issue, failures = Issue(), list[Reason]()
    with model.zone():
        reading = read(parsed, model, directory, service)
        for field, extractor in FIELDS:
            try:
                issue = replace(issue, **{field: extractor(reading, issue)})
            except Exception as error:  # noqa: BLE001 - the one door: whatever a stranger wrote, the mail goes on
                failures.append(Reason(f"{field}-failed", repr(error)))
    return Examination(issue, tuple(failures))
