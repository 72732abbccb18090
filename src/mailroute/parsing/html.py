"""HTML to the text that a reader sees: resiliparse's home.

Quotes become "> " lines as in plain mail, so that one set of rules reads both; lines that mail programs draw
above old mail (borders, rules) become a line of underscores, as Outlook writes them in plain text.
"""

import re
from collections.abc import Callable, Sequence

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import ElementNode, HTMLTree, Node

# Private-use characters that mark structure through the extraction; taken out of the mail's own text first.
_OPEN, _CLOSE, _RULE, _TIGHT, _GAP = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_OWN = dict.fromkeys(map(ord, _OPEN + _CLOSE + _RULE + _TIGHT + _GAP))
RULE = "_" * 32
# More elements of a kind than this are left as they are: no mail has them, and each costs time.
_MOST_NODES = 3000
# Of the visible text; what is longer is clipped by the caller, who says so.
_LONGEST_TEXT = 500_000
_MOST_SHEETS, _LONGEST_SHEET, _MOST_RULES = 10, 50_000, 20
# A link's address is shown behind its words when it is short enough to read.
_LONGEST_LINK = 120

_HIDDEN = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all"
    r"|font-size\s{0,3}:\s{0,3}0(?:px|pt|em|%)?\s{0,3}(?:[;!'\"]|$)|opacity\s{0,3}:\s{0,3}0(?:\.0+)?\s{0,3}(?:[;!'\"]|$)"
    r"|max-height\s{0,3}:\s{0,3}0(?:px)?\s{0,3}(?:[;!'\"]|$)",
    re.IGNORECASE,
)
_HIDING_RULE = re.compile(
    r"\.([\w-]{1,60})\s{0,5}\{[^{}]{0,300}?(?:display\s{0,3}:\s{0,3}none|mso-hide\s{0,3}:\s{0,3}all)",
    re.IGNORECASE,
)
# Sheets put their media rules last; what follows the first one is left alone.
_AT_MEDIA = re.compile(r"@media\b", re.IGNORECASE)
_BORDER_TOP = re.compile(r"border-top\s{0,3}:[^;]{0,40}(?:solid|#[0-9a-f]{3})", re.IGNORECASE)
_NO_BORDER = re.compile(r"border(?:-left)?\s{0,3}:\s{0,3}(?:none|0)", re.IGNORECASE)
_ZERO_MARGIN = re.compile(
    r"margin\s{0,3}:\s{0,3}0\w{0,2}\s{0,3}(?:;|$)|margin-bottom\s{0,3}:\s{0,3}0", re.IGNORECASE
)
# Blocks that programs set apart from the text above them: signatures, and the mail that is answered or passed on.
_APART = (
    '#Signature, .gmail_signature, .moz-signature, #AppleMailSignature, #ms-outlook-mobile-signature, [id*="ignature"],'
    ' [class*="ignature"], #divRplyFwdMsg, #appendonsend, #reply-intro, .gmail_quote, .yahoo_quoted, .protonmail_quote,'
    " .moz-forward-container, .moz-cite-prefix, #zwchr"
)
_SPACES = re.compile(r"[ \xa0\u2002-\u200a\u202f]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f"))


def html_to_text(markup: str) -> str:
    """The visible text of *markup*: one line a block, quoted blocks behind "> "."""
    tree = HTMLTree.parse(markup.translate(_OWN))
    body = tree.body
    if body is None:
        return ""
    low = markup.lower()
    _drop_hidden(body, markup)
    _mark(tree, body, low)
    return _lines(extract_plain_text(tree, preserve_formatting=True, alt_texts=False)[:_LONGEST_TEXT])


def _found(body: ElementNode, selector: str) -> Sequence[ElementNode]:
    # A slice copies the matches once; walking the collection asks the whole document again for each of them.
    return body.query_selector_all(selector)[:_MOST_NODES]


def _drop_hidden(body: ElementNode, markup: str) -> None:
    """Take out what a reader does not see: preheaders, tracking text, words hidden for machines."""
    for name in set(_HIDING_RULE.findall(_style_sheets(markup))[:_MOST_RULES]):
        for node in _found(body, "." + name):
            node.decompose()
    if _HIDDEN.search(markup):
        for node in _found(body, "[style]"):
            if _HIDDEN.search(_attribute(node, "style")):
                node.decompose()
    if " hidden" in markup:
        for node in _found(body, "[hidden]"):
            node.decompose()


def _style_sheets(markup: str) -> str:
    """What the style elements say for every screen: rules under "@media" hide on some telephones only."""
    low, at = markup.lower(), 0
    kept: list[str] = []
    for _ in range(_MOST_SHEETS):
        start = low.find("<style", at)
        end = low.find("</style", start) if start >= 0 else -1
        if end < 0:
            break
        kept.append(_AT_MEDIA.split(markup[start : min(end, start + _LONGEST_SHEET)], maxsplit=1)[0])
        at = end
    return "".join(kept)


def _mark(tree: HTMLTree, body: ElementNode, low: str) -> None:
    """Put the marks of `_MARKS` where their elements stand; a word that must be in the markup spares the search."""
    for hints, selector, mark in _MARKS:
        if any(hint in low for hint in hints):
            for node in _found(body, selector):
                mark(tree, node)


def _mark_quote(tree: HTMLTree, node: ElementNode) -> None:
    if _is_quote(node):
        _surround(tree, node)


def _mark_rule(tree: HTMLTree, node: ElementNode) -> None:
    if node.tag == "hr" or _BORDER_TOP.search(_attribute(node, "style")):
        _before(tree, node, _RULE)


def _mark_tight(tree: HTMLTree, node: ElementNode) -> None:
    tight = "msonormal" in _attribute(node, "class").lower() or _ZERO_MARGIN.search(_attribute(node, "style"))
    if tight:
        _inside(tree, node, _TIGHT)


def _mark_apart(tree: HTMLTree, node: ElementNode) -> None:
    _before(tree, node, _GAP)


def _is_quote(node: ElementNode) -> bool:
    """A quotation; pages also indent with this element, then without a line at its side."""
    style = _attribute(node, "style")
    quotes = _attribute(node, "type") == "cite" or "quote" in _attribute(node, "class")
    return quotes or not _NO_BORDER.search(style)


def _show_link(tree: HTMLTree, node: ElementNode) -> None:
    address, words = _attribute(node, "href").strip(), (node.text or "").strip()
    bare = re.sub(r"^https?://(?:www\.)?|/$", "", address)
    if (
        words
        and len(address) <= _LONGEST_LINK
        and bare.casefold() not in words.casefold()
        and "@" not in words
    ):
        text = tree.create_text_node(f" <{address}>")
        if text is not None:
            node.append_child(text)


def _attribute(node: ElementNode, name: str) -> str:
    return node.getattr(name) or ""


def _surround(tree: HTMLTree, node: ElementNode) -> None:
    closing = _line(tree, _CLOSE)
    _inside(tree, node, _OPEN)
    if closing is not None:
        node.append_child(closing)


def _inside(tree: HTMLTree, node: ElementNode, mark: str) -> None:
    """Put a mark at the head of an element: in a line of its own, but before a tight paragraph's own text."""
    opening = tree.create_text_node(mark) if mark == _TIGHT else _line(tree, mark)
    first = node.first_child
    if opening is None:
        return
    if first is None:
        node.append_child(opening)
    else:
        node.insert_before(opening, first)


def _before(tree: HTMLTree, node: ElementNode, mark: str) -> None:
    line, parent = _line(tree, mark), node.parent
    if parent is not None and line is not None:
        parent.insert_before(line, node)


def _line(tree: HTMLTree, mark: str) -> Node | None:
    element, text = tree.create_element("div"), tree.create_text_node(mark)
    if element is None or text is None:
        return None
    element.append_child(text)
    return element


def _lines(text: str) -> str:
    """Lines with quote marks, tight paragraphs closed up, at most two empty lines together."""
    text = text.replace("\n\n" + _TIGHT, "\n" + _TIGHT).replace(_TIGHT, "")
    depth, blanks = 0, 0
    lines: list[str] = []
    for raw in re.split(r"\n|(?<=[\ue000-\ue002\ue004])|(?=[\ue000-\ue002\ue004])", text):
        if raw == _OPEN:
            depth += 1
            continue
        if raw == _CLOSE:
            depth = max(0, depth - 1)
            continue
        line = (
            RULE
            if raw == _RULE
            else _SPACES.sub(" ", re.sub(r"\t+", "\t", raw)).translate(_INVISIBLE).rstrip()
        )
        line = "" if line == _GAP else line
        blanks = 0 if line.strip() else blanks + 1
        if blanks <= 2:
            lines.append("> " * min(depth, 20) + line if depth else line)
    return "\n".join(lines)


_MARKS: tuple[tuple[tuple[str, ...], str, Callable[[HTMLTree, ElementNode], None]], ...] = (
    (("<blockquote",), "blockquote", _mark_quote),
    (("<hr",), "hr", _mark_rule),
    (("border-top",), 'div[style*="border-top"]', _mark_rule),
    (("msonormal", "margin"), "p", _mark_tight),
    (("ignature", "quote", "rplyfwd", "moz-"), _APART, _mark_apart),
    (("href",), 'a[href^="http"]', _show_link),
)
