"""Text and HTML of a mail tell the same, and the HTML reads well in programs that know little of CSS."""

import html
import re
from dataclasses import replace

import pytest

from mailroute.domain.policy import Policy
from mailroute.outbound.catalogue import MAIL_KINDS
from mailroute.outbound.compose import mail_links
from mailroute.outbound.inline import inlined
from mailroute.outbound.render import LANGUAGES, Rendered, Renderer
from mailroute.outbound.samples import sample_draft

_WORD = re.compile(r"[\w@.+:/%-]*\w")


def rendered(kind: str, language: str, renderer: Renderer, policy: Policy) -> Rendered:
    """The sample of a kind."""
    draft = replace(sample_draft(kind), language=language)
    return renderer.render(draft, mail_links(policy, draft.ticket))


def words(text: str) -> set[str]:
    """Words, numbers and addresses; capitals are a matter of headings."""
    return {found.casefold() for found in _WORD.findall(text)}


def shown(page: str) -> str:
    """What a reader sees of a page."""
    body = re.sub(r"(?s)<head>.*?</head>", "", page)
    return html.unescape(re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(MAIL_KINDS))
def test_both_parts_tell_the_same(kind: str, language: str, renderer: Renderer, policy: Policy) -> None:
    """Every word, number and address of the HTML stands in the text, and the other way round."""
    mail = rendered(kind, language, renderer, policy)

    assert words(mail.text) == words(shown(mail.html))


@pytest.mark.parametrize("kind", sorted(MAIL_KINDS))
def test_styles_stand_in_the_elements(kind: str, renderer: Renderer, policy: Policy) -> None:
    """Nothing but rules for dark readers is left in a style element, and nothing is fetched from anywhere."""
    page = rendered(kind, "en", renderer, policy).html
    styles = re.findall(r"(?s)<style>(.*?)</style>", page)

    assert "max-width:640px" in page
    assert all(style.strip().startswith("@media (prefers-color-scheme: dark)") for style in styles)
    assert not re.search(r"https?://|<link|<script|<img|url\(", page)


def test_text_of_strangers_stays_text() -> None:
    """Inlining does not bring escaped signs to life."""
    page = inlined("<p>&lt;style&gt;p{color:red}&lt;/style&gt; &lt;script&gt; &amp;lt;</p>")

    assert "&lt;style&gt;p{color:red}&lt;/style&gt; &lt;script&gt; &amp;lt;" in page
