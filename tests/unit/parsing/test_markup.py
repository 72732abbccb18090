"""HTML to the text that a reader sees."""

import pytest

from mailroute.parsing.html import RULE, html_to_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ('<p class="MsoNormal">One</p><p class="MsoNormal">Two</p>', "One\nTwo"),
        (
            "<blockquote>old<blockquote>older</blockquote></blockquote>",
            "\n> old\n> > older\n> \n".strip("\n"),
        ),
        ('<blockquote style="margin:0 0 0 40px;border:none">just indented</blockquote>', "just indented"),
        ('a<span style="display:none">hidden</span>b', "ab"),
        ('<div style="font-size:0">hidden</div>seen', "seen"),
        ("<style>.pre{display:none}</style><div class=pre>hidden</div>seen", "seen"),
        ('<a href="https://x.example/a">file</a>', "file <https://x.example/a>"),
        ('<a href="https://x.example/a">x.example/a</a>', "x.example/a"),
        ('<a href="mailto:a@x.example">a@x.example</a>', "a@x.example"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\tb"),
        ("<script>x</script><title>t</title>seen", "seen"),
        ("", ""),
    ],
)
def test_visible_text(markup: str, text: str) -> None:
    """Blocks, quotes, links and tables stay readable; what is hidden is gone."""
    lines = [line.rstrip() for line in html_to_text(markup).strip().split("\n")]

    assert [line.rstrip() for line in text.split("\n") if line.strip(" >")] == [
        x for x in lines if x.strip(" >")
    ]


def test_a_border_above_old_mail_is_a_line() -> None:
    """The line that Outlook draws is kept as a line of underscores."""
    markup = 'a<div style="border:none;border-top:solid #E1E1E1 1.0pt"><b>From:</b> x</div>'

    assert RULE in html_to_text(markup).split("\n")


def test_marks_cannot_be_forged() -> None:
    """Private-use characters in the mail do not open quotes."""
    assert html_to_text("\ue000forged").strip() == "forged"
