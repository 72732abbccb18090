"""What a routing rule may look at, and what it may answer. Facts, never handles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mailroute.domain.decisions import Identity
from mailroute.domain.directory import Directory, Organisation, Project
from mailroute.domain.issue import Issue
from mailroute.domain.learned import LearnedModel
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Ticket


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
    """Open tickets by staff id."""
    last_assigned: Mapping[str, datetime] = field(default_factory=dict)
    """When the newest ticket of each member of a team was opened, by staff id."""
    earlier: tuple[Ticket, ...] = ()
    """The client's tickets, closed ones too, newest first."""
    recent: timedelta = timedelta(days=90)
    """How long an earlier ticket counts."""
    learned: LearnedModel | None = None
    learned_threshold: float = 0.8


@dataclass(frozen=True, slots=True)
class Assign:
    """The rule gives the work to this member of staff, or to this team."""

    staff: str
    """Id of either."""
    because: Reason
    sure: float


@dataclass(frozen=True, slots=True)
class Pass:
    """The rule does not apply, and why."""

    why: str
