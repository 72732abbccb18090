"""Which project does a mail speak of? Order numbers first, then names and aliases, in one organisation only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mailroute.domain.directory import Directory, Organisation, Project, ProjectStatus
from mailroute.domain.issue import Issue
from mailroute.domain.once import once_each
from mailroute.domain.reasons import Reason
from mailroute.domain.words import plain_words
from mailroute.routing.case import NamedProject


def _plain(text: str) -> str:
    """Plain words with a space at either end, so that a search finds whole words only."""
    return f" {plain_words(text)} "


def _bare(reference: str) -> str:
    return plain_words(reference).replace(" ", "")


@dataclass(frozen=True, slots=True)
class _Called:
    """A project with all that it is called, made ready for comparing."""

    project: Project
    references: tuple[tuple[str, str, str], ...]
    """As written, bare, plain."""
    names: tuple[tuple[str, str], ...]
    """As written, plain; too short ones left out."""

    @classmethod
    def of(cls, project: Project) -> "_Called":
        names = [(name, _plain(name)) for name in (project.key, project.name, *project.aliases)]
        return cls(
            project,
            tuple((reference, _bare(reference), _plain(reference)) for reference in project.references),
            tuple((name, plain) for name, plain in names if len(plain) > 3),
        )


@once_each
def _by_organisation(directory: Directory) -> Mapping[str, Sequence[_Called]]:
    """The projects of each organisation: read out of the directory once, not for each mail."""
    found: dict[str, list[_Called]] = {}
    for project in directory.projects:
        found.setdefault(project.organisation, []).append(_Called.of(project))
    return found


def _by_reference(projects: Iterable[_Called], issue: Issue, plain: str) -> NamedProject | None:
    written = {bare: r.value for r in issue.references if (bare := _bare(r.value))}
    for called in projects:
        for reference, bare, plain_reference in called.references:
            value = written.get(bare)
            if value or plain_reference in plain:
                project = called.project
                because = Reason(
                    "project-reference", f"{value or reference} is {project.key}, {project.name}"
                )
                return NamedProject(project, because, 0.97)
    return None


def _by_name(projects: Iterable[_Called], plain: str) -> NamedProject | None:
    """The longest name or alias that stands in the words; two projects with equally long ones decide nothing."""
    hits = [
        (len(plain_name), name, called.project)
        for called in projects
        for name, plain_name in called.names
        if plain_name in plain
    ]
    if not hits:
        return None
    length = max(hit[0] for hit in hits)
    best = [(name, project) for size, name, project in hits if size == length]
    if len({project.key for _, project in best}) > 1:
        return None
    name, project = best[0]
    return NamedProject(project, Reason("project-named", f"“{name}” is {project.key}, {project.name}"), 0.9)


def find_project(
    issue: Issue, words: str, organisation: Organisation | None, directory: Directory
) -> NamedProject | None:
    """The project that *words* or the issue's references point to, or None.

    Only projects of the requester's organisation count: a stranger who names somebody's order number must
    not land on that account. Closed projects count when nothing open fits: their clients still have questions.
    """
    if organisation is None:
        return None
    own = _by_organisation(directory).get(organisation.id, ())
    current = [called for called in own if called.project.status is not ProjectStatus.CLOSED]
    plain = _plain(words)
    for projects in (current, own):
        if named := _by_reference(projects, issue, plain) or _by_name(projects, plain):
            return named
    return None
