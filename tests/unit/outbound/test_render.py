"""Templates see plain values only, and values are never templates."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import MailDraft
from mailroute.outbound import render
from mailroute.outbound.render import BadTemplate, MailLinks, Renderer
from mailroute.outbound.samples import sample_draft

LINKS = MailLinks("issues+c.17.x@northwind.example", "issues+i.17.x@northwind.example")


def with_words(kind: str, words: str, **more: Any) -> MailDraft:
    """The sample of *kind*, its message saying *words*."""
    draft = sample_draft(kind)
    message = draft.context["message"] | {"words": words} | more
    return replace(draft, context={**draft.context, "message": message})


def overriding(tmp_path: Path, name: str, text: str) -> Renderer:
    """A renderer with one template of the user's own."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Renderer(tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        "{{ 7 * 7 }}",
        "{% for x in [1] %}{% endfor %}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{# gone #}",
        "# for x in y",
    ],
)
def test_template_marks_in_a_client_mail_stay_words(words: str, renderer: Renderer) -> None:
    """What a client writes is shown, never run."""
    rendered = renderer.render(with_words("ticket-assigned", words), LINKS)

    assert f"> {words}" in rendered.text


def test_markup_in_a_client_mail_is_shown_as_text(renderer: Renderer) -> None:
    """HTML in words, names and subjects reaches the reader escaped."""
    evil = '<img src="https://evil.example/x.png" onerror=alert(1)>'
    draft = with_words("ticket-assigned", evil, subject=evil, author={"name": evil, "address": evil})
    draft = replace(draft, subject=evil)

    html = renderer.render(draft, LINKS).html

    assert "<img" not in html
    assert html.count("&lt;img") >= 3


@pytest.mark.parametrize("kind", ["ticket-opened", "ticket-assigned", "reply", "note", "held"])
def test_html_holds_nothing_remote(kind: str, renderer: Renderer) -> None:
    """Opening a mail of ours asks no server for anything, and tells none."""
    html = renderer.render(sample_draft(kind), LINKS).html

    for mark in ("<img", "src=", "http:", "https:", "url(", "<link", "<script", "@import"):
        assert mark not in html


def test_line_ends_of_the_client_survive_in_html(renderer: Renderer) -> None:
    """A list that a client typed stays a list."""
    html = renderer.render(with_words("reply", "one\r\ntwo\rthree"), LINKS).html

    assert "one<br>\ntwo<br>\nthree" in html


def test_control_characters_and_broken_text_do_not_reach_the_mail(renderer: Renderer) -> None:
    """NUL, escape sequences and lone surrogates are dropped or replaced."""
    rendered = renderer.render(with_words("reply", "a\0b\x1b[31mc\ud800d"), LINKS)

    assert rendered.text.startswith("ab[31mc�d\n")


@pytest.mark.parametrize("value", [Mailbox("a", "b@c.example"), {1, 2}, b"raw", object(), print])
def test_objects_are_refused(value: object, renderer: Renderer) -> None:
    """A context holds plain data; an object in it is our own mistake and is told."""
    draft = replace(sample_draft("reply"), context={**sample_draft("reply").context, "message": value})

    with pytest.raises(Misconfigured, match="may not hold"):
        renderer.render(draft, LINKS)


def test_a_context_that_contains_itself_is_refused(renderer: Renderer) -> None:
    """Endless nesting ends in an error, not in a crash."""
    endless: dict[str, Any] = {}
    endless["again"] = endless
    draft = replace(sample_draft("reply"), context={**sample_draft("reply").context, "message": endless})

    with pytest.raises(Misconfigured, match="nested too deeply"):
        renderer.render(draft, LINKS)


def test_a_missing_key_is_named(renderer: Renderer) -> None:
    """A draft without what its template needs is refused with the name of the key."""
    context = {key: value for key, value in sample_draft("reply").context.items() if key != "message"}

    with pytest.raises(Misconfigured, match="kind reply lacks message"):
        renderer.render(replace(sample_draft("reply"), context=context), LINKS)


def test_a_monstrous_mail_is_cut_with_a_mark(renderer: Renderer) -> None:
    """A mail of a million characters is still answered, shortened."""
    rendered = renderer.render(with_words("ticket-assigned", '"' * 1_000_000), LINKS)

    assert len(rendered.html) < render.MAX_OUTPUT_CHARACTERS
    assert "[cut here]" in rendered.text


@pytest.mark.parametrize(
    ("language", "greeting"), [("de", "Guten Tag"), ("fr", "Bonjour"), ("en", "Hello"), ("pl", "Hello")]
)
def test_clients_are_greeted_in_their_language(language: str, greeting: str, renderer: Renderer) -> None:
    """German and French clients get theirs; everybody else gets English."""
    rendered = renderer.render(sample_draft("ticket-opened", language=language), LINKS)

    assert rendered.text.startswith(greeting)
    assert greeting in rendered.html


@pytest.mark.parametrize("language", ["../../../etc", "de/../fr", "", "DE\0"])
def test_a_strange_language_is_english(language: str, renderer: Renderer) -> None:
    """The language is looked up in a list and never used as a path."""
    rendered = renderer.render(sample_draft("ticket-opened", language=language), LINKS)

    assert rendered.text.startswith("Hello")


def test_one_template_of_the_user_replaces_one_file(tmp_path: Path) -> None:
    """A user's body.txt is used, and the other files of that kind stay the shipped ones."""
    mine = overriding(tmp_path, "ticket-received/body.txt", "Got it: {{ ticket.ref }}\n")

    rendered = mine.render(sample_draft("ticket-received"), LINKS)

    assert rendered.text == "Got it: MR-17\n"
    assert "it is in good hands" in rendered.html


def test_a_template_of_the_user_may_build_on_the_shipped_parts(tmp_path: Path) -> None:
    """The shipped layout can be extended from the user's folder."""
    text = '{% extends "_parts/layout.html" %}{% block main %}<p>{{ ticket.ref }}</p>{% endblock %}'
    mine = overriding(tmp_path, "reply/body.html", text)

    html = mine.render(sample_draft("reply"), LINKS).html

    assert "<p>MR-17</p>" in html
    assert html.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("one\n{{ tikcet.ref }}", "'tikcet' is undefined"),
        ("one\n{{ ticket.reff }}", "no attribute 'reff'"),
        ("one\n{% if %}", "Expected an expression"),
        ("one\n{{ ''.__class__.__mro__ }}", "unsafe"),
        ("one\n{{ message.attachments.append(1) }}", "unsafe"),
        ("one\n{{ range(9) }}", "'range' is undefined"),
        ("one\n{{ 1 / 0 }}", "division by zero"),
        ("one\n{{ ticket.ref | money }}", "No filter named 'money'"),
    ],
)
def test_a_bad_template_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    """Whatever a template does wrong is told with file and line, and runs nothing."""
    mine = overriding(tmp_path, "reply/body.txt", text)

    with pytest.raises(BadTemplate, match=message) as caught:
        mine.render(sample_draft("reply"), LINKS)
    assert (str(tmp_path / "reply" / "body.txt"), 2) == (caught.value.problem.file, caught.value.problem.line)


def test_a_template_that_never_ends_is_stopped(tmp_path: Path) -> None:
    """Output is capped, so that a loop in a template cannot fill the memory."""
    loop = (
        "{% for a in message.words %}{% for b in message.words %}{{ message.words }}{% endfor %}{% endfor %}"
    )
    mine = overriding(tmp_path, "reply/body.txt", loop)

    with pytest.raises(BadTemplate, match="more than 4000000 characters"):
        mine.render(with_words("reply", "x" * 1000), LINKS)
