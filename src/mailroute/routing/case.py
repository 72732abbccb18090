"""What a routing rule may look at, and what it may answer. Facts, never handles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mailroute.domain.decisions import Identity
from mailroute.domain.directory import Directory, Organisation, Project
from mailroute.domain.issue import Issue
from mailroute.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class NamedProject:
    """A project that the client's words point to, and by which words."""

    project: Project
    because: Reason
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One new matter."""

    issue: Issue
    words: str
    """Subject and the client's own text, as one."""
    identity: Identity
    organisation: Organisation | None
    named: NamedProject | None
    directory: Directory
    today: date
    open_counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assign:
    """The rule gives the work to this member of staff."""

    staff: str
    because: Reason
    sure: float


@dataclass(frozen=True, slots=True)
class Pass:
    """The rule does not apply, and why."""

    why: str
