"""Which project does a mail speak of? Order numbers first, then names and aliases, in one organisation only."""

from collections.abc import Iterable, Sequence

from mailroute.domain.directory import Directory, Organisation, Project, ProjectStatus
from mailroute.domain.issue import Issue
from mailroute.domain.reasons import Reason
from mailroute.domain.words import plain_words
from mailroute.routing.case import NamedProject


def _plain(text: str) -> str:
    """Plain words with a space at either end, so that a search finds whole words only."""
    return f" {plain_words(text)} "


def _bare(reference: str) -> str:
    return plain_words(reference).replace(" ", "")


def _by_reference(projects: Iterable[Project], issue: Issue, words: str) -> NamedProject | None:
    written = {bare: r.value for r in issue.references if (bare := _bare(r.value))}
    plain = _plain(words)
    for project in projects:
        for reference in project.references:
            value = written.get(_bare(reference))
            if value or _plain(reference) in plain:
                because = Reason(
                    "project-reference", f"{value or reference} is {project.key}, {project.name}"
                )
                return NamedProject(project, because, 0.97)
    return None


def _by_name(projects: Sequence[Project], words: str) -> NamedProject | None:
    """The longest name or alias that stands in *words*; two projects with equally long ones decide nothing."""
    plain = _plain(words)
    hits = [
        (len(_plain(name)), name, project)
        for project in projects
        for name in (project.key, project.name, *project.aliases)
        if len(_plain(name)) > 3 and _plain(name) in plain
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
    own = [p for p in directory.projects if p.organisation == organisation.id]
    current = [p for p in own if p.status is not ProjectStatus.CLOSED]
    for projects in (current, own):
        if named := _by_reference(projects, issue, words) or _by_name(projects, words):
            return named
    return None
