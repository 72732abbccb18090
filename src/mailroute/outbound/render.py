"""Draft -> subject, text and HTML, by Jinja2 in a sandbox. The one file that speaks Jinja2.

Values are only ever filled in, never compiled; templates see plain dicts alone (reference: CVE-2024-56326,
CVE-2025-27516 and their like need a real object to start from).
"""

import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import CUT_MARK, MailDraft
from mailroute.outbound.catalogue import mail_kind
from mailroute.outbound.context import KEYS
from mailroute.outbound.inline import inlined
from mailroute.outbound.templates import templates_dir
from mailroute.outbound.words import FILTERS

LANGUAGES = ("en", "de", "fr")
"""The first one is where a missing translation falls back to."""

MAX_OUTPUT_CHARACTERS = 4_000_000
"""Of one part; an endless loop in a template must not fill the memory."""

MAX_VALUE_CHARACTERS = 200_000
"""Of one value; a longer one is cut with a mark, for a mail must stay mailable."""

MAX_DEPTH = 8
"""Of the context; the contract has four levels."""

# Control characters have no business in mail, and half a surrogate pair cannot be encoded.
_UNPRINTABLE: dict[int, str | None] = dict.fromkeys(
    code for code in (*range(32), 127) if chr(code) not in "\t\n"
) | dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
"""All that a template may see."""


@dataclass(frozen=True, slots=True)
class MailLinks:
    """The two addresses under which a mail's reader can answer."""

    client_address: str
    """What is written there reaches the client."""
    internal_address: str
    """What is written there reaches rep and PM only."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What the templates made of a draft."""

    subject: str
    """One line, without the ticket mark."""
    text: str
    """LF line ends."""
    html: str


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """Something wrong with a template; `line` is 0 when the whole file is meant."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class BadTemplate(Misconfigured):
    """A template could not be rendered; says where."""

    def __init__(self, problem: TemplateProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Renderer:
    """Renders drafts; keeps the compiled templates. Safe to share between threads."""

    def __init__(self, override_dir: Path | None = None) -> None:
        self.folders = tuple(
            folder for folder in (override_dir, templates_dir() / "mail") if folder is not None
        )
        self.environment = _environment(self.folders)
        self._known: dict[str, Template] = {}

    def render(self, draft: MailDraft, links: MailLinks, timezone: str | None = None) -> Rendered:
        """The mail in the draft's language; file by file in English where there is no translation.

        Moments are shown in *timezone* (IANA), or in the zone that they came with.
        """
        mail_kind(draft.kind)
        values = _values(draft, links) | {"timezone": timezone}
        subject, text, html = (
            self._part(draft.kind, name, values) for name in ("subject.txt", "body.txt", "body.html")
        )
        return Rendered(" ".join(subject.split()), _tidy(text), inlined(html).strip() + "\n")

    def _part(self, kind: str, name: str, values: Mapping[str, Plain]) -> str:
        candidates = [f"{kind}/{values['language']}/{name}", f"{kind}/{name}"]
        try:
            return _capped(self._template(candidates), values)
        # A template is code of the operator's and may fail in any way that code can; TypeError is the commonest.
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
            raise BadTemplate(self._problem(error, candidates)) from error

    def _template(self, candidates: list[str]) -> Template:
        # By the first name, whether it exists or not: Jinja2 looks for a missing one on the disk each time.
        if (known := self._known.get(candidates[0])) is None:
            known = self._known[candidates[0]] = self.environment.select_template(candidates)
        return known

    def _problem(self, error: Exception, candidates: list[str]) -> TemplateProblem:
        if isinstance(error, TemplateSyntaxError):
            return TemplateProblem(error.filename or error.name or candidates[-1], error.lineno, str(error))
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if any(Path(frame.filename).is_relative_to(folder) for folder in self.folders)
        ]
        if not frames:
            return TemplateProblem(candidates[-1], 0, str(error))
        return TemplateProblem(frames[-1].filename, frames[-1].lineno or 0, str(error))


def _environment(folders: Iterable[Path]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals = {}  # `range` and `lipsum` only serve to make a mail long
    environment.filters.update(FILTERS)
    return environment


def _values(draft: MailDraft, links: MailLinks) -> dict[str, Plain]:
    if missing := sorted(KEYS[draft.kind] - set(draft.context)):
        raise Misconfigured(f"a draft of kind {draft.kind} lacks {', '.join(missing)} in its context")
    values = {key: _plain(value, MAX_DEPTH) for key, value in draft.context.items()}
    return values | {
        "subject": _plain(draft.subject, 1),
        "language": draft.language if draft.language in LANGUAGES else LANGUAGES[0],
        "links": {"client_address": links.client_address, "internal_address": links.internal_address},
        "cut_mark": CUT_MARK,
    }


def _plain(value: object, depth: int) -> Plain:
    """*value* as fresh plain data; anything that has methods of its own to call is refused."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        # str() takes the value out of an enum; line ends first, so that no line is glued to the next
        text = str(value).replace("\r\n", "\n").replace("\r", "\n").translate(_UNPRINTABLE)
        return text if len(text) <= MAX_VALUE_CHARACTERS else text[:MAX_VALUE_CHARACTERS] + "\n[cut here]"
    if depth > 0 and isinstance(value, Mapping):
        return {str(key): _plain(entry, depth - 1) for key, entry in value.items()}
    if depth > 0 and isinstance(value, list | tuple):
        return [_plain(entry, depth - 1) for entry in value]
    raise Misconfigured(f"a mail's context may not hold {type(value).__name__}, or is nested too deeply")


def _capped(template: Template, values: Mapping[str, Plain]) -> str:
    pieces: list[str] = []
    length = 0
    for piece in template.generate(values):
        length += len(piece)
        if length > MAX_OUTPUT_CHARACTERS:
            raise ValueError(f"makes more than {MAX_OUTPUT_CHARACTERS} characters")
        pieces.append(piece)
    return "".join(pieces)


def _tidy(text: str) -> str:
    """Without the empty lines that unused sections of a template leave."""
    kept: list[str] = []
    for line in text.strip("\n").split("\n"):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept) + "\n"
