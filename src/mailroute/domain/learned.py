"""What people's reassignments have taught: counts of words for each PM, nothing hidden."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedPerson:
    """What the mails looked like that ended with one PM."""

    mails: int
    given: int
    """Those of them that a person gave to this PM by hand."""
    words: Mapping[str, int]
    """Words, and marks such as `type:billing`, to the number of these mails that have them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedModel:
    """A naive Bayes model, small enough to be read."""

    version: str
    """Of what it was trained on; the same tickets give the same version."""
    trained_at: datetime
    given: int
    """Reassignments by people that it was trained on."""
    temperature: float = 1.0
    """By which scores are divided so that they mean what they say, found by testing on mails left out."""
    tested: int = 0
    """Mails left out in turn while testing."""
    spoke: int = 0
    """Those of them for which a suggestion would have been sure enough."""
    right: int = 0
    """Those of `spoke` for which it named the PM with whom the mail ended."""
    people: Mapping[str, LearnedPerson] = field(default_factory=dict)
    """By staff id."""
