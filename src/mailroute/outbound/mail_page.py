"""docs/mails.md: every mail that mailroute writes, as its readers see it; made from the catalogue and the samples."""

from collections.abc import Iterator, Mapping

from mailroute.domain.outgoing import Reader
from mailroute.domain.tokens import ReplyAudience
from mailroute.outbound.catalogue import MAIL_KINDS, MailKind
from mailroute.outbound.render import LANGUAGES, MailLinks, Renderer
from mailroute.outbound.samples import sample_draft
from mailroute.outbound.templates import templates_dir

_LINKS = MailLinks("issues+c.17.sample@northwind.example", "issues+i.17.sample@northwind.example")
_HEAD = """\
# Mails

Made from the catalogue, the templates and the samples by `mailroute check --mails > docs/mails.md`; a test keeps it
current. The text part is shown; each mail has an HTML part with the same words, but for the acknowledgement to a
stranger. To change a text, see `templates.override_dir` in [settings.md](settings.md); to add a kind,
[extending.md](extending.md).

Mail to clients comes in the client's language where there is a translation, mail to our people in `service.language`;
else in English.
"""
_TITLES: Mapping[Reader, str] = {
    Reader.CLIENT: "To clients",
    Reader.INTERNAL: "To our own people",
}
_ANSWERS: Mapping[ReplyAudience, str] = {
    ReplyAudience.CLIENT: "the client and our people",
    ReplyAudience.INTERNAL: "our people alone",
    ReplyAudience.BOUNCE: "nobody",
}
_NAMES: Mapping[str, str] = {"en": "English", "de": "German", "fr": "French"}


def to_markdown() -> str:
    """The whole page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    renderer = Renderer()
    yield _HEAD
    yield "| kind | what it is | answers reach | languages |"
    yield "| --- | --- | --- | --- |"
    for kind in MAIL_KINDS.values():
        answers = _ANSWERS[kind.answers_go_to]
        yield f"| [`{kind.name}`](#{kind.name}) | {kind.about} | {answers} | {_languages(kind)} |"
    for reader, title in _TITLES.items():
        yield f"\n## {title}"
        for kind in MAIL_KINDS.values():
            if kind.reader is reader:
                yield from _mail(kind, renderer)
    yield ""


def _languages(kind: MailKind) -> str:
    folder = templates_dir() / "mail" / kind.name
    return ", ".join(_NAMES[one] for one in LANGUAGES if one == "en" or (folder / one).is_dir())


def _mail(kind: MailKind, renderer: Renderer) -> Iterator[str]:
    rendered = renderer.render(sample_draft(kind.name), _LINKS)
    what = f"Auto-Submitted: {kind.auto_submitted}" if kind.auto_submitted else "a person's words"
    yield f"\n### {kind.name}\n"
    yield f"{kind.about[:1].upper()}{kind.about[1:]} ({what}).\n"
    yield f"```text\nSubject: {rendered.subject.strip()}\n"
    yield f"{rendered.text.strip()}\n```"
