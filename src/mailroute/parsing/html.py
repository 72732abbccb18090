"""HTML to the text that a reader sees: resiliparse's home.

Quotes become "> " lines as in plain mail, so that one set of rules reads both; lines that mail programs draw
above old mail (borders, rules) become a line of underscores, as Outlook writes them in plain text.
"""

import re

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

# Private-use characters that mark structure through the extraction; taken out of the mail's own text first.
_OPEN, _CLOSE, _RULE, _START = "\ue000", "\ue001", "\ue002", "\ue003"
_OWN = dict.fromkeys(map(ord, _OPEN + _CLOSE + _RULE + _START))
RULE = "_" * 32
# More elements than this in a selection are left as they are: no mail has them, and each costs time.
_MOST_NODES = 3000

_HIDDEN_STYLE = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all|font-size\s{0,3}:\s{0,3}0(?:px|pt|em|%)?\s{0,3}(?:;|!|$)"
    r"|opacity\s{0,3}:\s{0,3}0(?:\.0+)?\s{0,3}(?:;|!|$)|max-height\s{0,3}:\s{0,3}0(?:px)?\s{0,3}(?:;|!|$)|line-height\s{0,3}:\s{0,3}0(?:px)?\s{0,3}(?:;|!|$)",
    re.IGNORECASE,
)
_BORDER_TOP = re.compile(r"border(?:-top)?\s{0,3}:[^;]{0,40}solid[^;]{0,40}", re.IGNORECASE)
_OLD_INDENT = re.compile(r"border\s{0,3}:\s{0,3}(?:none|0)", re.IGNORECASE)
# Elements that programs put around the mail that they answer or pass on (ids and classes as found in mail).
_QUOTE_STARTS = (
    "#divRplyFwdMsg, #appendonsend, #zwchr, .yahoo_quoted, .protonmail_quote, .moz-forward-container, .moz-cite-prefix, .gmail_attr,"
    " #mail-editor-reference-message-container, .ms-outlook-mobile-reference-message, #reply-intro, .zmail_extra, #OLK_SRC_BODY_SECTION"
)
_DROPPED = "script, style, head, title, template, noscript, [hidden], .moz-txt-sig-sep-gone"
_SPACES = re.compile(r"[ \xa0\u2002-\u200a\u202f]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u200e\u200f"))


def html_to_text(markup: str) -> str:
    """The visible text of *markup*: one line a block, quoted blocks behind "> "."""
    tree = HTMLTree.parse(markup.translate(_OWN))
    body = tree.body
    if body is None:
        return ""
    _drop_hidden(tree, markup)
    _mark(tree, markup)
    text = extract_plain_text(tree, preserve_formatting=True, links=False, alt_texts=False)
    return _lines(_links(text))


def _drop_hidden(tree: HTMLTree, markup: str) -> None:
    """Take out what a reader does not see: preheaders, tracking text, words hidden for machines."""
    if not _HIDDEN_STYLE.search(markup):
        return
    for node in list(tree.body.query_selector_all("[style]"))[:_MOST_NODES]:
        style = node.getattr("style") or ""
        if _HIDDEN_STYLE.search(style) and not _breaks_line(node, style):
            node.decompose()


def _breaks_line(node: object, style: str) -> bool:
    """A zero line height on a table or an image holds layout together rather than hiding words."""
    return "line-height" in style and not re.search(r"display|visibility|hide|font-size|max-height", style)


def _mark(tree: HTMLTree, markup: str) -> None:
    low = markup.lower()
    if "<blockquote" in low:
        for node in list(tree.body.query_selector_all("blockquote"))[:_MOST_NODES]:
            if _is_quote(node):
                _surround(tree, node)
    if "<hr" in low:
        for node in list(tree.body.query_selector_all("hr"))[:_MOST_NODES]:
            _before(tree, node, _RULE)
    if "border-top" in low:
        for node in list(tree.body.query_selector_all('div[style*="border-top"]'))[:_MOST_NODES]:
            if _BORDER_TOP.search(node.getattr("style") or ""):
                _before(tree, node, _RULE)


def _is_quote(node: object) -> bool:
    style = node.getattr("style") or ""
    return (
        not _OLD_INDENT.search(style)
        or (node.getattr("type") or "") == "cite"
        or "quote" in (node.getattr("class") or "")
    )


def _surround(tree: HTMLTree, node: object) -> None:
    first = node.first_child
    opening = _line(tree, _OPEN)
    if first is None:
        node.append_child(opening)
    else:
        node.insert_before(opening, first)
    node.append_child(_line(tree, _CLOSE))


def _before(tree: HTMLTree, node: object, mark: str) -> None:
    if node.parent is not None:
        node.parent.insert_before(_line(tree, mark), node)


def _line(tree: HTMLTree, mark: str) -> object:
    element = tree.create_element("div")
    element.append_child(tree.create_text_node(mark))
    return element


def _links(text: str) -> str:
    return text


def _lines(text: str) -> str:
    depth = 0
    lines: list[str] = []
    for raw in re.split(r"\n|(?=[\ue000-\ue003])|(?<=[\ue000-\ue003])", text):
        if raw == _OPEN:
            depth += 1
        elif raw == _CLOSE:
            depth = max(0, depth - 1)
        else:
            line = (
                RULE
                if raw == _RULE
                else _SPACES.sub(" ", re.sub(r"\t+", "\t", raw)).translate(_INVISIBLE).rstrip()
            )
            lines.append("> " * min(depth, 20) + line if depth else line)
    return "\n".join(lines)
