"""What is wrong with the templates, found before a mail needs them (`mailroute check`)."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

from mailroute.outbound.catalogue import MAIL_KINDS
from mailroute.outbound.context import ALWAYS, KEYS
from mailroute.outbound.render import LANGUAGES, BadTemplate, MailLinks, Renderer, TemplateProblem
from mailroute.outbound.samples import sample_draft

PARTS = ("subject.txt", "body.txt", "body.html")
_LINKS = MailLinks("issues+c.17.sample@northwind.example", "issues+i.17.sample@northwind.example")


def check_templates(override_dir: Path | None = None) -> list[TemplateProblem]:
    """Every problem of the templates as they would be used: with those in *override_dir* put first."""
    if override_dir is not None and not override_dir.is_dir():
        return [TemplateProblem(str(override_dir), 0, "there is no such folder of templates")]
    renderer = Renderer(override_dir)
    found = [*_unused_files(override_dir), *_unknown_names(renderer), *_failures(renderer)]
    return list(dict.fromkeys(found))


def _names(kind: str) -> list[str]:
    return [f"{kind}/{part}" for part in PARTS] + [
        f"{kind}/{language}/{part}" for language in LANGUAGES for part in PARTS
    ]


def _unused_files(override_dir: Path | None) -> Iterator[TemplateProblem]:
    """Files that no mail will ever read. Folders that begin with "_" hold parts for others to include."""
    if override_dir is None:
        return
    known = [name for kind in MAIL_KINDS for name in _names(kind)]
    for path in sorted(override_dir.rglob("*")):
        name = path.relative_to(override_dir).as_posix()
        if path.is_file() and name not in known and not name.startswith(("_", ".")):
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield TemplateProblem(str(path), 0, f"no mail uses this file{hint}")


def _unknown_names(renderer: Renderer) -> Iterator[TemplateProblem]:
    """Names that the context does not have, also in branches that the samples do not reach."""
    for kind in MAIL_KINDS:
        known = KEYS[kind] | ALWAYS
        for name in _names(kind):
            for path in [folder / name for folder in renderer.folders if (folder / name).is_file()][:1]:
                yield from _unknown_names_in(renderer, path, known)


def _unknown_names_in(renderer: Renderer, path: Path, known: frozenset[str]) -> Iterator[TemplateProblem]:
    try:
        tree = renderer.environment.parse(path.read_text(encoding="utf-8"))
    except (TemplateSyntaxError, UnicodeDecodeError):
        return  # rendering reports it, with its line
    for unknown in sorted(find_undeclared_variables(tree) - known):
        line = min((node.lineno for node in tree.find_all(nodes.Name) if node.name == unknown), default=0)
        near = get_close_matches(unknown, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else f"; known here: {', '.join(sorted(known))}"
        yield TemplateProblem(str(path), line, f'"{unknown}" is not in the context of this mail{hint}')


def _failures(renderer: Renderer) -> Iterator[TemplateProblem]:
    for kind in MAIL_KINDS:
        for language in LANGUAGES:
            for bare in (False, True):
                try:
                    rendered = renderer.render(sample_draft(kind, bare=bare, language=language), _LINKS)
                except BadTemplate as error:
                    yield error.problem
                    continue
                if not rendered.subject:
                    yield TemplateProblem(f"{kind}/subject.txt", 0, "makes an empty subject")
