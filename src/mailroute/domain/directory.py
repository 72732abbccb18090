"""Who is who: our staff, the organisations we serve, their people, projects and the house's routing rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from mailroute.domain.address import address_key, domain_of


class StaffRole(StrEnum):
    """What somebody does for us."""

    REP = "rep"
    PM = "pm"
    LEAD = "lead"


class ProjectStatus(StrEnum):
    """Where a project stands."""

    PLANNED = "planned"
    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Absence:
    """From the first day to the last, both included; the deputy takes new work meanwhile."""

    since: date
    until: date
    deputy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """One of us."""

    id: str
    name: str
    role: StaffRole
    emails: tuple[str, ...]
    """The first is the one written to."""
    skills: tuple[str, ...] = ()
    away: tuple[Absence, ...] = ()
    max_open: int | None = None

    @property
    def email(self) -> str:
        """Where mail for this person goes."""
        return self.emails[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A client company."""

    id: str
    name: str
    domains: tuple[str, ...] = ()
    rep: str | None = None
    pm: str | None = None
    tier: str | None = None
    country: str | None = None
    """Where they sit, for their holidays: ISO 3166-1, perhaps with a subdivision (`DE-BY`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A person at a client company."""

    name: str
    emails: tuple[str, ...]
    organisation: str
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Sold work that a PM looks after."""

    key: str
    name: str
    organisation: str
    aliases: tuple[str, ...] = ()
    """What clients call it."""
    pm: str | None = None
    rep: str | None = None
    references: tuple[str, ...] = ()
    """Order and contract numbers."""
    status: ProjectStatus = ProjectStatus.ACTIVE


class TeamMode(StrEnum):
    """Who of a team is next."""

    ROUND_ROBIN = "round-robin"
    """Whose last new ticket lies longest back."""
    LEAST_OPEN = "least-open"
    """Who has fewest open tickets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Several of us who share work that a rule gives to the team."""

    id: str
    name: str
    members: tuple[str, ...]
    """Staff ids; the order decides between equals."""
    mode: TeamMode = TeamMode.ROUND_ROBIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Conditions that must hold together; groups may stand in groups."""

    wants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field path, with the operator as last part unless it is `is`, to the accepted values."""
    all: tuple["Conditions", ...] = ()
    any: tuple["Conditions", ...] = ()
    """One of these is enough, if there are any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfiguredRule:
    """A routing rule of the house: every condition must hold, then the assignee gets the ticket."""

    name: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field path (`issue.type`, `organisation.tier`, ...) to the accepted values; one of them is enough."""
    all: tuple[Conditions, ...] = ()
    any: tuple[Conditions, ...] = ()
    when_expr: str | None = None
    """An expression in CEL for what tables cannot say."""
    assign: str
    """Id of a member of staff or of a team."""


@dataclass(frozen=True, kw_only=True)
class Directory:
    """All of it at one moment. Immutable; a change makes a new one with a higher version."""

    staff: tuple[Staff, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    clients: tuple[Client, ...] = ()
    projects: tuple[Project, ...] = ()
    teams: tuple[Team, ...] = ()
    rules: tuple[ConfiguredRule, ...] = ()
    version: int = field(default=0, compare=False)

    @cached_property
    def staff_by_id(self) -> Mapping[str, Staff]:
        """Staff by id."""
        return {person.id: person for person in self.staff}

    @cached_property
    def teams_by_id(self) -> Mapping[str, Team]:
        """Teams by id."""
        return {team.id: team for team in self.teams}

    @cached_property
    def staff_by_address(self) -> Mapping[str, Staff]:
        """Staff by `address_key` of each of their addresses."""
        return {address_key(email): person for person in self.staff for email in person.emails}

    @cached_property
    def organisations_by_id(self) -> Mapping[str, Organisation]:
        """Organisations by id."""
        return {organisation.id: organisation for organisation in self.organisations}

    @cached_property
    def clients_by_address(self) -> Mapping[str, Client]:
        """Clients by `address_key` of each of their addresses."""
        return {address_key(email): client for client in self.clients for email in client.emails}

    def are_one_person(self, one: str | None, other: str | None) -> bool:
        """Whether two addresses, as `address_key`, are one client's; None is nobody's."""
        if one is None or other is None:
            return False
        client = self.clients_by_address.get(one)
        return one == other or (client is not None and client is self.clients_by_address.get(other))

    @cached_property
    def organisations_by_domain(self) -> Mapping[str, Organisation]:
        """Organisations by each of their mail domains, lower case."""
        return {domain.lower(): org for org in self.organisations for domain in org.domains}

    @cached_property
    def projects_by_key(self) -> Mapping[str, Project]:
        """Projects by key."""
        return {project.key: project for project in self.projects}

    @cached_property
    def lead(self) -> Staff | None:
        """Who decides where nobody else does: the first lead; without one the first PM."""
        leads = [p for p in self.staff if p.role is StaffRole.LEAD]
        return next(iter(leads + [p for p in self.staff if p.role is StaffRole.PM]), None)

    def organisation_at(self, address: str) -> Organisation | None:
        """The organisation whose mail domain this address has; parents of the domain count too."""
        domain = domain_of(address)
        while domain:
            if found := self.organisations_by_domain.get(domain):
                return found
            domain = domain.partition(".")[2]
        return None

    def country_at(self, address: str) -> str | None:
        """The country (ISO 3166-1) of that organisation, where the directory tells it."""
        organisation = self.organisation_at(address)
        return organisation.country[:2].upper() if organisation and organisation.country else None
